"""Attendances: which of them make a course complete, by a rule that the user states."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.i18n import wording
from analysis.intake.findings.findings import Finding
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing import date_columns
from analysis.intake.parsing.questions import COMPLETION_RULE, SESSIONS_APART, Answers
from analysis.intake.sheets import TextColumn
from analysis.intake.tables import Reason, Table, cleaned, normalised, word_codes

PRESENT = {
    *("x", "1", "ja", "yes", "j", "y", "+", "✓", "✔", "√", "v", "p", "t", "til stede", "tilstede", "present", "mødt"),
    *("mødte", "deltog", "deltaget", "kom", "närvarande", "paikalla", "läsnä", "k", "kyllä", "true", "sand", "sant"),
    *(
        "ok",
        "møtt",
        "fremmødt",
        "mødt op",
        "mødte op",
        "har deltaget",
        "deltok",
        "deltog",
        "oppmøtt",
        "attended",
        "came",
    ),
    *("deltagit", "osallistui"),
}
ABSENT = {
    *("", "0", "nej", "no", "n", "-", "–", "a", "f", "fravær", "fraværende", "afbud", "udeblev", "udeblevet", "absent"),
    *("u", "frånvarande", "poissa", "ei", "false", "falsk", "falskt", "syg", "sick", "ferie", "/", "o", "nei"),
    *("ikke mødt", "ikke fremmødt", "ikke mødt op", "mødte ikke", "mødte ikke op", "ej mødt", "deltog ikke"),
    *("udeblivelse", "ikke deltaget", "meldt afbud", "afmeldt", "sygemeldt", "sygdom", "did not attend", "no show"),
    *("ikke møtt", "deltok ikke", "uteble", "avbud", "forfall", "syk", "sjuk", "uteblev", "ej deltagit", "excused"),
    *("ei osallistunut", "sairas", "ei paikalla"),
}
GENERAL = {
    *("x", "1", "0", "ja", "yes", "j", "y", "nej", "no", "n", "+", "-", "–", "v", "p", "t", "k", "a", "f", "u", "o"),
    *("/", "ok", "✓", "✔", "√", "true", "sand", "sant", "false", "falsk", "falskt", "kyllä", "ei", "nei", ""),
}
"""Marks that can be about something else than attendance, such as the outcome of a course."""
CANCELLED = {"aflyst", "avlyst", "cancelled", "canceled", "inställd", "inställt", "peruttu", "udgår", "fridag", "ferie"}
"""Marks of a session that was not held."""
ATTENDED = "attended"
"""Column that tells whether the citizen came to the session of the row."""
STAYED_AWAY = "stayed_away"
"""Column that tells the opposite."""
NO_SHOW = {
    *("udeblevet", "udeblev", "udeblivelse", "ikke mødt", "ikke mødt op", "mødte ikke", "mødte ikke op", "ej mødt"),
    *("mødte aldrig", "mødte aldrig op", "aldrig mødt", "aldrig mødt op", "ikke fremmødt", "kom ikke", "kom aldrig"),
    *(
        "deltog ikke",
        "ikke deltaget",
        "no show",
        "noshow",
        "did not attend",
        "did not come",
        "never came",
        "not attended",
    ),
    *("ikke møtt", "møtte ikke", "ikke oppmøtt", "deltok ikke", "uteblitt", "uteble", "uteblev", "uteblivit"),
    *("kom inte", "ej deltagit", "deltog inte", "ei osallistunut", "ei saapunut", "ei tullut"),
}
"""Outcomes of a course that say that the citizen never came."""
NO_GROUPS_OF_CITIZENS = {
    *("municipality", "offer", "citizen", "invited_on", "started_on", "completed_on", "outcome", ATTENDED, STAYED_AWAY),
    *("sessions_attended", "sessions_held", "attended_share"),
}
"""Columns of courses that tell no group of the citizen."""
LONG_BREAK = 90
"""Days without a session of an offer from which on the next ones may be another course."""
_RULE = re.compile(r"(share|number):(\d{1,3})|last")


@dataclass(frozen=True)
class CompletionRule:
    """The attendances that make a course complete.

    Attributes
    ----------
    kind : ``share`` of the sessions in per cent, ``number`` of sessions, or ``last``: the last session.
    least : the smallest share or number.
    """

    kind: str
    least: int = 0

    def met(self, attended: np.ndarray, held: np.ndarray, came_last: np.ndarray) -> np.ndarray:
        """Return who completed, by the number of sessions attended and held, and whether they came to the last."""
        match self.kind:
            case "share":
                return (attended > 0) & (100 * attended >= self.least * held)
            case "number":
                return attended >= max(self.least, 1)
        return came_last

    def text(self) -> str:
        """Return the rule as it is stored with the offer: in Danish, as most offers are described."""
        text = wording("da").text
        match self.kind:
            case "share":
                return text("At least {number} per cent of the sessions", number=self.least)
            case "number":
                return text("At least {number} sessions", number=self.least)
        return text("Came to the last session")


def rule_of(answer: str | None) -> CompletionRule | None:
    """Parse an answer such as ``share:75``, ``number:6`` or ``last``; None if it is no rule."""
    match = _RULE.fullmatch(answer or "")
    if match is None or (match[1] == "share" and not 1 <= int(match[2]) <= 100) or match[2] == "0":
        return None
    return CompletionRule(match[1] or "last", int(match[2] or 0))


def is_present(mark: str) -> bool | None:
    """Return whether a mark in a register says that the citizen came; None for an unknown mark."""
    word = normalised(mark)
    return True if word in PRESENT or mark.strip() == "*" else False if word in ABSENT else None


def is_no_show(word: str) -> bool:
    """Return whether the outcome of a course says that the citizen never came."""
    return normalised(word) in NO_SHOW


def is_about_attendance(mark: str) -> bool:
    """Return whether a word can only be about attendance, such as “came” or “sent apologies”."""
    return is_present(mark) is not None and normalised(mark) not in GENERAL


def courses_of(table: Table, findings: list[Finding], answers: Answers) -> Table:
    """Return a course for each citizen of an offer, from a table with a row for each attendance.

    Where a column tells who came, all dates of the offer are its sessions. Otherwise the most sessions that one
    citizen attended stand for those held. Invalid dates become findings.
    """
    days = cells.parse_column(table, "started_on", date_columns.date(table, "started_on"), findings)
    day = cells.as_days(table.columns["started_on"], days)
    keys = {key: word_codes(table.columns[key]) for key in ("municipality", "offer", "citizen")}
    cancelled = _cancelled(table, keys, day, findings)
    came = _came(table, cancelled, findings) & ~cancelled
    listed = np.where(cancelled, np.datetime64("NaT"), day)
    frame = pd.DataFrame({**keys, "listed": listed, "day": np.where(came, day, np.datetime64("NaT"))})
    frame = frame.assign(place=np.arange(len(frame)), series=_series(table, frame, findings, answers))
    frame = frame.sort_values("listed", kind="stable")
    if ATTENDED in table.columns and frame["series"].any():
        frame = frame[frame.groupby([*keys, "series"])["day"].transform("count") > 0]
    grouped = frame.groupby([*keys, "series"], sort=False)
    courses = grouped.agg(
        place=("place", "first"), first=("day", "min"), last=("day", "max"), attended=("day", "nunique")
    ).reset_index()
    of_offer = ["municipality", "offer", "series"]
    sessions = frame.groupby(of_offer)["listed"].agg(["nunique", "max"])
    sessions = courses.join(sessions, on=of_offer)
    most = courses.groupby(of_offer)["attended"].transform("max")
    held = (sessions["nunique"] if ATTENDED in table.columns else most).to_numpy()
    came_last = (sessions["last"] == sessions["max"]).to_numpy()
    rule = rule_of(answers.get(COMPLETION_RULE))
    if rule is None:
        findings.append(table.finding(COMPLETION_RULE, "citizen", np.ones(len(table.rows), dtype=bool)))
    completed = (
        rule.met(courses["attended"].to_numpy(), held, came_last) if rule else np.zeros(len(courses), dtype=bool)
    )
    first_session = frame.groupby(of_offer)["listed"].min()
    opened = courses.join(first_session, on=of_offer)["listed"]
    courses = courses.assign(completed=completed, opened=opened).sort_values("place")
    kept = courses["place"].to_numpy()
    _report_several_groups(table, frame, findings)
    columns = {key: column.take(kept) for key, column in table.columns.items()}
    columns["started_on"] = _days(courses["first"])
    columns["completed_on"] = _days(courses["last"].where(courses["completed"]))
    if "invited_on" in columns:  # The invitation to the first series is none to a later one.
        again = courses.assign(invited=columns["invited_on"].codes).duplicated([*keys, "invited"]).to_numpy()
        columns["invited_on"] = columns["invited_on"].emptied(again)
    elif ATTENDED in table.columns:
        columns["invited_on"] = _days(courses["opened"])
        if opened.notna().any():
            findings.append(Finding("register_listed", table.sheet, values={"day": opened.min().date()}))
    result = replace(
        table,
        columns=columns,
        rows=table.rows[kept],
        completion_rule=rule.text() if rule else "",
    )
    joined = np.setdiff1d(table.rows, result.rows)
    check = "attendances_marked" if ATTENDED in table.columns else "attendances_joined"
    findings.append(table.finding(check, "citizen", np.isin(table.rows, joined), courses=len(kept)))
    return result.with_left_out(joined, Reason.JOINED)


def _report_several_groups(table: Table, frame: pd.DataFrame, findings: list[Finding]) -> None:
    """Report the rows of citizens with several groups of a dimension in one course: the first of them is stored."""
    course = frame.sort_values("place").groupby(["municipality", "offer", "citizen", "series"], sort=False)
    place = course["place"].transform("first").sort_index()
    for key in table.columns.keys() - NO_GROUPS_OF_CITIZENS:
        group = pd.Series(word_codes(table.columns[key])).take(place.index)
        filled = group[group > 0]
        several = filled.groupby(place[filled.index]).transform("nunique") > 1
        rows = np.isin(np.arange(len(table.rows)), several.index[several])
        if rows.any():
            findings.append(table.finding("attendances_differ", key, rows))


def _series(table: Table, frame: pd.DataFrame, findings: list[Finding], answers: Answers) -> np.ndarray:
    """Return the number of the series of sessions of each row: a long break in an offer ends a series.

    Citizens who came before and after a break are asked about. Where all citizens are listed for all sessions and
    nobody came in two series, there is one.
    """
    days = frame[["municipality", "offer", "listed"]].drop_duplicates().sort_values("listed")
    after_break = days.groupby(["municipality", "offer"])["listed"].diff() > pd.Timedelta(days=LONG_BREAK)
    series = after_break.groupby([days["municipality"], days["offer"]]).cumsum()
    of_day = days.assign(series=series).set_index(["municipality", "offer", "listed"])["series"]
    found = frame.join(of_day, on=["municipality", "offer", "listed"])["series"].fillna(0).to_numpy(dtype=np.int64)
    came = frame.assign(series=found)[frame["day"].notna()]
    again = came.groupby(["municipality", "offer", "citizen"])["series"].transform("nunique") > 1
    if again.any() and SESSIONS_APART not in answers:
        rows = np.isin(np.arange(len(frame)), came.index[again])
        findings.append(table.finding(SESSIONS_APART, "citizen", rows, citizens=int(came[again]["citizen"].nunique())))
    is_one = not again.any() if ATTENDED in table.columns else False
    return np.zeros_like(found) if is_one or answers.get(SESSIONS_APART) == "one" else found


def _cancelled(table: Table, keys: dict[str, np.ndarray], day: np.ndarray, findings: list[Finding]) -> np.ndarray:
    """Return a mask of the rows of sessions that were not held: every mark of the offer on that day says so."""
    nothing = np.zeros(len(table.rows), dtype=bool)
    column = table.columns.get(ATTENDED)
    words = [normalised(value) for value in column.values] if column is not None else []
    if column is None or not CANCELLED & {*words}:
        return nothing
    marked = np.array([word in CANCELLED or not word for word in words], dtype=bool)[column.codes]
    said = np.array([word in CANCELLED for word in words], dtype=bool)[column.codes]
    of_session = {"place": keys["municipality"], "offer": keys["offer"], "day": day}
    sessions = pd.DataFrame({**of_session, "all": marked, "any": said}).groupby(list(of_session), dropna=False)
    mask = (sessions["all"].transform("all") & sessions["any"].transform("any")).to_numpy(dtype=bool) & ~np.isnat(day)
    if mask.any():
        days = tuple(np.unique(day[mask]).astype(object).tolist())
        findings.append(Finding("attendances_cancelled", table.sheet, values={"days": days}))
    return mask


def _came(table: Table, cancelled: np.ndarray, findings: list[Finding]) -> np.ndarray:
    """Return a mask of the rows of citizens who came: all rows, unless a column tells it."""
    if ATTENDED not in table.columns:
        return np.ones(len(table.rows), dtype=bool)
    column = table.columns[ATTENDED]
    for mark in unknown_marks(column.take(np.flatnonzero(~cancelled))):
        here = np.array([cleaned(value) == mark for value in column.values], dtype=bool)[column.codes] & ~cancelled
        findings.append(table.finding("attendance_mark", ATTENDED, here, mark))
    return np.array([bool(is_present(value)) for value in column.values], dtype=bool)[column.codes]


def _days(days: pd.Series) -> TextColumn:
    """Return dates as a column of the sheet; blank where missing."""
    texts = days.dt.strftime("%Y-%m-%d").fillna("")
    codes, values = pd.factorize(texts)
    return TextColumn(list(values), codes.astype(np.int32), "d" * len(values))


def unknown_marks(column: TextColumn, may_be_present: Collection[str] = ()) -> list[str]:
    """Return the marks of a register that neither say that a citizen came nor that they stayed away.

    ``may_be_present`` are marks that can say either: Danish F is “came” or “absent”.
    """
    marks = (cleaned(column.values[code]) for code in column.row_counts())
    return [mark for mark in marks if is_present(mark) is None or normalised(mark) in may_be_present]
