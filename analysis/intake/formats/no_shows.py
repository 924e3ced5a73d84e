"""Citizens of a list of courses who never came: a column tells it, or the outcome, though there is a date started."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from analysis.i18n.vocabulary import word_in
from analysis.intake.findings.findings import Finding
from analysis.intake.parsing.attendance import ATTENDED, STAYED_AWAY, is_about_attendance, is_no_show, is_present
from analysis.intake.sheets import TextColumn
from analysis.intake.tables import Table, cleaned
from analysis.model.terms import Outcome

_CAME, _AWAY = word_in("yes_no", "yes", "en"), word_in("yes_no", "no", "en")


def with_presence(table: Table) -> Table:
    """Return the table with a column of those who came instead of one of those who stayed away."""
    column = table.columns.get(STAYED_AWAY)
    if column is None or ATTENDED in table.columns or not _are_marks(column):
        return table
    opposite = replace(column, values=[_opposite(value) for value in column.values])
    columns, headers, places = (
        {ATTENDED if key == STAYED_AWAY else key: one for key, one in of_table.items()}
        for of_table in (table.columns | {STAYED_AWAY: opposite}, table.headers, table.letters)
    )
    return replace(table, columns=columns, headers=headers, letters=places)  # type: ignore[arg-type]


def without_no_shows(table: Table, findings: list[Finding]) -> Table:
    """Return the courses without the start of those who never came. It was planned: they count as invited."""
    away = _by_outcome(table)
    column = table.columns.get(ATTENDED)
    if column is not None and _are_marks(column):
        _check_marks(table, column, findings)
        away |= _rows(column, lambda mark: is_present(mark) is False)
        rest = {key: one for key, one in table.columns.items() if key != ATTENDED}
        table = replace(table, columns=rest if "invited_on" in rest else _listed(rest))
    away &= ~table.columns["started_on"].blank()
    if not away.any():
        return table
    findings.append(table.finding("no_shows", "started_on", away))
    started = table.columns["started_on"]
    columns = {**table.columns, "started_on": started.emptied(away)}
    invited = columns.get("invited_on")
    if invited is None:
        columns = _listed(table.columns) | {"started_on": started.emptied(away)}
    elif (uninvited := away & invited.blank()).any():
        columns["invited_on"] = invited.with_cells(
            {place: started.at(place) for place in np.flatnonzero(uninvited).tolist()}
        )
    return replace(table, columns=columns)


def _listed(columns: dict[str, TextColumn]) -> dict[str, TextColumn]:
    """Return the columns with the date started, which was planned, as the date on which all were invited."""
    return {**columns, "invited_on": columns["started_on"]}


def _by_outcome(table: Table) -> np.ndarray:
    """Return a mask of the rows whose outcome says that the citizen never came."""
    column = table.columns.get("outcome")
    return np.zeros(len(table.rows), dtype=bool) if column is None else _rows(column, is_no_show)


def with_no_shows_as_dropped_out(table: Table) -> Table:
    """Return the table with the word of the format for outcomes that say that the citizen never came."""
    column = table.columns.get("outcome")
    if column is None:
        return table
    word = word_in("outcome", Outcome.DROPPED_OUT, "en")
    said = {value: word for value in column.values if is_no_show(value)}
    return replace(table, columns={**table.columns, "outcome": column.replaced(said)}) if said else table


def _check_marks(table: Table, column: TextColumn, findings: list[Finding]) -> None:
    """Report marks without a meaning, empty cells beside “no”, and citizens who came without a date started."""
    started, blank = ~table.columns["started_on"].blank(), column.blank()
    for mark in dict.fromkeys(cleaned(column.values[code]) for code in column.row_counts()):
        if mark and is_present(mark) is None:
            here = np.array([cleaned(value) == mark for value in column.values], dtype=bool)[column.codes]
            findings.append(table.finding("attendance_mark", ATTENDED, here, mark))
    says_no = _rows(column, lambda value: bool(cleaned(value)) and is_present(value) is False).any()
    if says_no and (blank & started).any():
        findings.append(table.finding("cell_empty", ATTENDED, blank & started))
    undated = _rows(column, lambda value: is_present(value) is True) & ~started & ~blank
    if undated.any():
        findings.append(table.finding("cell_empty", "started_on", undated))


def _are_marks(column: TextColumn) -> bool:
    """Return whether most words of a column tell who came, and none is a number of sessions."""
    marks = {cleaned(column.values[code]) for code in column.row_counts()} - {""}
    known = sum(is_present(mark) is not None for mark in marks)
    return bool(marks) and 2 * known > len(marks) and not any(mark.isdecimal() and mark not in "01" for mark in marks)


def _opposite(value: str) -> str:
    """Return the opposite of yes and no. Words about attendance itself, such as “came”, keep their meaning."""
    present = is_present(value)
    if present is None or is_about_attendance(value):
        return value
    return _AWAY if present else _CAME


def _rows(column: TextColumn, test: Callable[[str], bool]) -> np.ndarray:
    return np.array([test(value) for value in column.values], dtype=bool)[column.codes]
