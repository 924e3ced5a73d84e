"""Correct the match of headers by the values below them: yes and no below “Completed”, attendance below “Status”."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import Form, SheetKind
from analysis.intake.detect.headers import SESSION_DATES, Match
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.cell_types import BLANK, DAY, MARK, NUMBER, types_of
from analysis.intake.layout.heading import Heading
from analysis.intake.layout.labels import OFFER
from analysis.intake.lexicon.drop_outs import is_drop_out_header
from analysis.intake.lexicon.end_dates import is_end_date_header
from analysis.intake.lexicon.opposites import negated
from analysis.intake.lexicon.yes_no import all_yes_no, yes_no_meanings
from analysis.intake.parsing.attendance import ATTENDED, CANCELLED, STAYED_AWAY, is_about_attendance, is_present
from analysis.intake.sheets import RawSheet, TextColumn, letters
from analysis.intake.tables import Table, normalised

MOST_WORDS = 20
"""Maximum number of distinct values of a column of words."""
MOSTLY = 0.9
OF_NUMBERS = (NUMBER, MARK, BLANK)


@dataclass(frozen=True)
class ByValues:
    """A corrected match. ``words`` replaces values of the file by words of the format, by column key."""

    match: Match
    findings: tuple[Finding, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def in_words(self, table: Table) -> Table:
        """Return the table with the words of the format."""
        columns = {key: table.columns[key].replaced(dict(words)) for key, words in self.words.items()}
        return replace(table, columns={**table.columns, **columns})


def matched_by_values(sheet: RawSheet, spec: SheetKind, heading: Heading, match: Match) -> ByValues:
    """Return the match of headers of courses, corrected where the values of a column leave no doubt."""
    if spec.form != Form.COURSES:
        return ByValues(match)
    match = _with_drop_outs(sheet, heading, match)
    found = _completed_yes_no(sheet, heading, match)
    return found if found is not None else _session_list(sheet, heading, match)


def _with_drop_outs(sheet: RawSheet, heading: Heading, match: Match) -> Match:
    """Take a column that tells who dropped out for the outcome, beside the date on which courses ended."""
    if _position(match, "completed_on") is None or _position(match, "outcome") is not None:
        return match
    found = [at for at in match.unknown if is_drop_out_header(heading.texts[at])]
    if len(found) != 1:
        return match
    values = _values(sheet, heading, found[0])
    if not _holds_days(_below(sheet, heading, found[0])) and not (values and all_yes_no(values)):
        return match
    unknown = tuple(at for at in match.unknown if at != found[0])
    return replace(match, keys={**match.keys, found[0]: "outcome"}, unknown=unknown)


def _completed_yes_no(sheet: RawSheet, heading: Heading, match: Match) -> ByValues | None:
    """Take a column of completion dates for the outcome if it has yes and no instead of dates."""
    position = _position(match, "completed_on")
    if position is None or _position(match, "outcome") is not None:
        return None
    header = heading.texts[position]
    words = _yes_no(_values(sheet, heading, position))
    if words is None or is_end_date_header(header) or negated(header):
        return None
    keys = {**match.keys, position: "outcome"}
    found = Finding("completed_yes_no", sheet.name, column=header, letters=letters(position))
    return ByValues(replace(match, keys=keys), (found,), {"outcome": words})


def _yes_no(values: set[str] | None) -> dict[str, str] | None:
    """Return the word of the format for each yes and no; None if the values say something else.

    Beside both yes and no there may be other words, which are asked about. 1 and 0 say so only if there is nothing
    else.
    """
    if not values:
        return None
    meanings = yes_no_meanings()
    every = {value: meanings[word] for value in values if (word := normalised(value)) in meanings}
    meant = all_yes_no(values) or every
    others = [value for value in values if value not in meant]
    if others and ({*meant.values()} != {"yes", "no"} or any(map(_has_digit, others))):
        return None
    return {value: word_in("yes_no", meaning, "en") for value, meaning in meant.items()}


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _session_list(sheet: RawSheet, heading: Heading, match: Match) -> ByValues:
    """Find the date and the attendance of each session in a list with a row for each citizen and session."""
    started, citizen = _position(match, "started_on"), _position(match, "citizen")
    if citizen is None or (started is not None and heading.normalised[started] not in SESSION_DATES):
        return ByValues(match)
    marks = _position(match, ATTENDED)
    attended = _position(match, STAYED_AWAY) if marks is None else marks
    status = _position(match, "outcome")
    if attended is None and status is None and started is None and _position(match, "completed_on") is None:
        return _days_only(sheet, heading, match, citizen)
    if attended is None and (status is None or not _tells_attendance(_values(sheet, heading, status))):
        return ByValues(match)
    possible = [*match.unknown, *([started] if started is not None else [])]
    dates = _session_dates(sheet, heading, possible)
    if len(dates) != 1:
        return ByValues(match)
    findings: tuple[Finding, ...] = ()
    keys = {at: key for at, key in match.keys.items() if key != "started_on"} | {dates[0]: "started_on"}
    if attended is None and status is not None:
        if not _have_several(_below(sheet, heading, citizen), _below(sheet, heading, dates[0])):
            return ByValues(match)
        keys[status] = ATTENDED
        findings = (Finding("status_attendance", sheet.name, column=heading.texts[status], letters=letters(status)),)
    unknown = tuple(sorted({*possible} - {*keys}))
    return ByValues(replace(match, keys=keys, unknown=unknown), findings)


def _days_only(sheet: RawSheet, heading: Heading, match: Match, citizen: int) -> ByValues:
    """Take the only column of session dates for the start, if citizens stand there with several days."""
    dates = _session_dates(sheet, heading, match.unknown)
    if len(dates) != 1 or not _have_several(_below(sheet, heading, citizen), _below(sheet, heading, dates[0])):
        return ByValues(match)
    unknown = tuple(at for at in match.unknown if at != dates[0])
    return ByValues(replace(match, keys={**match.keys, dates[0]: "started_on"}, unknown=unknown))


def _session_dates(sheet: RawSheet, heading: Heading, possible: Collection[int]) -> list[int]:
    """Return those of the columns that hold the dates of sessions, by their headers and values."""
    named = [at for at in possible if heading.normalised[at] in SESSION_DATES]
    return [at for at in named if _holds_days(_below(sheet, heading, at))]


def _tells_attendance(values: set[str] | None) -> bool:
    """Return whether all values say that a citizen came or stayed away, and some of them say nothing else."""
    if not values or not any(map(is_about_attendance, values)):
        return False
    return all(is_present(value) is not None or normalised(value) in CANCELLED for value in values)


def _have_several(citizens: TextColumn, days: TextColumn) -> bool:
    """Return whether some citizens have rows on several days."""
    filled = ~citizens.blank() & ~days.blank()
    pairs = np.unique(np.column_stack([citizens.codes[filled], days.codes[filled]]), axis=0)
    return len(np.unique(pairs[:, 0])) < len(pairs)


def _holds_days(column: TextColumn) -> bool:
    types = types_of(column)
    some = types[types != BLANK]
    return bool(len(some)) and (some == DAY).mean() >= MOSTLY


def _position(match: Match, key: str) -> int | None:
    return next((at for at, used in match.keys.items() if used == key), None)


def _below(sheet: RawSheet, heading: Heading, position: int) -> TextColumn:
    column = sheet.columns[position]
    return replace(column, codes=column.codes[heading.last + 1 :])


def _values(sheet: RawSheet, heading: Heading, position: int) -> set[str] | None:
    """Return the distinct texts of a column below the headers; None if they are too many for words."""
    column = _below(sheet, heading, position)
    codes = column.row_counts()
    if len(codes) > MOST_WORDS + 1:
        return None
    return {column.values[code] for code in codes if column.values[code].strip()}


def without_numbers(match: Match, sheet: RawSheet, heading: Heading) -> Match:
    """Return the match without misspelt headers of offers over nothing but numbers: they are something else."""
    rows = np.arange(heading.last + 1, sheet.rows)
    wrong = [
        at
        for at in match.spelling
        if match.keys.get(at) == OFFER and np.isin(types_of(sheet.columns[at].take(rows)), OF_NUMBERS).all()
    ]
    if not wrong:
        return match
    keys = {at: key for at, key in match.keys.items() if at not in wrong}
    spelling = {at: text for at, text in match.spelling.items() if at not in wrong}
    return replace(match, keys=keys, spelling=spelling, unknown=(*match.unknown, *wrong))
