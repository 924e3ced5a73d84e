"""Build the table below given headers: its data rows, apart from titles, notes, totals and merged cells."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from analysis.intake.contract import DIMENSION_KEYS, Form
from analysis.intake.detect import personal_data
from analysis.intake.detect.crossed_periods import with_crossed_periods, without_parts_of_periods
from analysis.intake.detect.measures import distribution_across, measures_around
from analysis.intake.detect.split_periods import with_whole_periods
from analysis.intake.detect.subtotals import subtotals
from analysis.intake.detect.totals import without_totals
from analysis.intake.findings.findings import Finding
from analysis.intake.layout import labels
from analysis.intake.layout.cell_types import MARK, NUMBER, types_of
from analysis.intake.layout.heading import Heading
from analysis.intake.layout.margins import by_one_dimension
from analysis.intake.layout.stitching import ValueColumn, stages_joined, unpivoted
from analysis.intake.lexicon.percent_words import says_measure, says_percent
from analysis.intake.lexicon.total_words import LONGEST, PART
from analysis.intake.parsing.questions import REST
from analysis.intake.sheets import PERCENTAGE, RawSheet, TextColumn, constant, letters
from analysis.intake.tables import COUNTED, LeftOut, Reason, Table, cleaned, normalised, with_separators

_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
NO_ROWS = np.zeros(0, dtype=np.int64)
FEWEST_CELLS = 2
"""Number of cells of a note below a table, at most: a code and its meaning."""
FEW_ROWS = 10
"""Maximum number of rows that are left unread without a question."""
MOST_RECORDS = 2_000_000
"""Maximum number of records that the rows of a cross table become."""


def table_at(
    sheet: RawSheet,
    form: str,
    heading: Heading,
    keys: Mapping[int, str],
    values: Sequence[ValueColumn] = (),
    constants: Mapping[str, str] | None = None,
    filled_down: Collection[int] = (),
    used: Collection[int] = (),
    notes: np.ndarray = NO_ROWS,
) -> tuple[Table | None, list[Finding]]:
    """Build the table below these headers; return it with the findings.

    Parameters
    ----------
    keys : column key by position.
    values : columns of numbers that become records of their own.
    constants : value of all rows, by column key.
    filled_down : positions of labels that stand only in the first of their rows.
    used : positions of other columns that are read elsewhere.
    notes : rows below the headers that are notes, counted from 0, though they have values in these columns.
    """
    heading = _as_written(heading, sheet)
    numbers = {one.position for one in values} | {at for at, key in keys.items() if key in COUNTED}
    sheet, findings = _unmerged(sheet, heading, numbers)
    sheet, years, about_years = with_whole_periods(sheet, heading, keys, [one.position for one in values])
    used = [*used, *years]
    positions = [*keys, *(one.position for one in values)]
    rows, notes, seen = _data_rows(sheet, heading, positions, numbers, notes)
    findings += [*about_years, *seen]
    if form == Form.COUNTS:
        asked = measures_around(sheet, heading, keys, [one.position for one in values], notes.tolist())
        findings += asked or distribution_across(sheet, values, rows)
    dropped = [p for p, text in enumerate(heading.texts) if text and p not in positions and p not in used]
    findings += _dropped(sheet, heading, dropped, rows)
    findings += _without_header(sheet, heading, [*positions, *used], rows) if form == Form.COUNTS else []
    if not len(rows):
        return None, [*findings, Finding("no_rows", sheet.name)]
    if len(rows) * len({one.others for one in values}) > MOST_RECORDS:
        return None, [*findings, Finding("too_many_rows", sheet.name, values={"limit": MOST_RECORDS})]
    columns = {key: sheet.columns[position].take(rows) for position, key in keys.items()}
    findings += _labels_once(sheet, heading, filled_down, rows)
    columns |= {keys[at]: columns[keys[at]].filled_down(_below_labels(columns, keys)) for at in filled_down}
    table = Table(
        form,
        sheet.name,
        columns | {key: constant(text, len(rows)) for key, text in (constants or {}).items()},
        {key: heading.texts[position] for position, key in keys.items()},
        rows + 1,
        {key: letters(position) for position, key in keys.items()},
        tuple(heading.texts[position] for position in dropped),
        left_out=(LeftOut(sheet.name, tuple((notes + 1).tolist()), Reason.NOTE),) if len(notes) else (),
        rows_in_file=len(rows) + len(notes),
        beside=_numbered(sheet, [*dropped, *used]),
    )
    of_labels = [at for at, key in keys.items() if key not in COUNTED] if form == Form.COUNTS else []
    sums = subtotals(sheet, of_labels, rows)
    if sums.any():
        findings.append(Finding("subtotals", sheet.name, tuple((rows[sums] + 1).tolist())))
        table = table.without(sums, Reason.TOTAL)
    table = table.without(np.isin(table.rows, list(sheet.left_out)), Reason.PERSON)
    rows = table.rows - 1
    if values:
        findings += _empty_cells(sheet, heading, [one.position for one in values], rows)
        of_numbers = {one.position: sheet.columns[one.position].take(rows) for one in values}
        labelled, of_rows = table.rows, table.columns.get(labels.PERIOD)
        table = unpivoted(table, of_numbers, values, {one.position: heading.texts[one.position] for one in values})
        table = with_crossed_periods(table, labelled, of_rows, sheet)
        table = table.with_left_out(np.setdiff1d(labelled, table.rows), Reason.NOTE)
    if labels.STAGE in table.columns:
        said = [labels.stage_of(text) for text in table.columns[labels.STAGE].values]
        table, seen = stages_joined(table, [said[code] for code in table.columns[labels.STAGE].codes.tolist()])
        findings += seen
    table, seen = by_one_dimension(table, DIMENSION_KEYS) if form == Form.COUNTS else (table, [])
    findings += seen
    table = _with_percentages(table)
    table = with_separators(table, sheet.answers.get("number_two_meanings"))
    findings += _hidden(sheet, table, positions, heading)
    findings += _no_counts(table)
    return without_parts_of_periods(without_totals(table, findings, sheet.answers.get("total_or_own"))), findings


def _as_written(heading: Heading, sheet: RawSheet) -> Heading:
    """Return the headers without years that the sheet does not have."""
    texts = [sheet.part_headers.get(at, text) for at, text in enumerate(heading.texts)]
    return replace(heading, texts=texts) if sheet.part_headers else heading


def _no_counts(table: Table) -> list[Finding]:
    """Report rows of counts whose label says that they are a part of other rows, or an average or an amount."""
    found = []
    for key in ("offer", "group", "municipality"):
        if table.form != Form.COUNTS or key not in table.columns:
            continue
        column = table.columns[key]
        for code in column.row_counts():
            text = cleaned(column.values[code])
            if labels.is_of_which(text) or (key == "offer" and says_measure(text)):
                found.append(table.finding("row_no_count", key, column.codes == code, text))
    return found


def _empty_cells(sheet: RawSheet, heading: Heading, positions: Sequence[int], rows: np.ndarray) -> list[Finding]:
    """Report cells without a number in rows of a cross table that have others."""
    blank = np.column_stack([sheet.columns[at].take(rows).blank() for at in positions])
    some = ~blank.all(axis=1)
    found = []
    for place, at in enumerate(positions):
        here = blank[:, place] & some
        if here.any() and not here[some].all():
            empty = tuple((rows[here] + 1).tolist())
            found.append(Finding("cells_empty", sheet.name, empty, heading.texts[at], letters=letters(at)))
    return found


def _numbered(sheet: RawSheet, positions: Sequence[int]) -> np.ndarray | None:
    """Return a number for each row of the sheet, by what it says in these columns; None without columns."""
    if not positions:
        return None
    codes = np.column_stack([sheet.columns[at].codes for at in positions])
    return np.unique(codes, axis=0, return_inverse=True)[1].ravel()


def _with_percentages(table: Table) -> Table:
    """Return the table with the numbers of columns as percentages, where the header says so.

    A cell that displays 0.5 as 50% says so itself. Without such a format, 0.5 is 50% if no number is above 1.
    """
    said = {
        key: table.columns[key] for key in COUNTED if key in table.columns and says_percent(table.headers.get(key, ""))
    }
    columns = {
        key: column.replaced(_percentages([value for value in _plain(column) if _PLAIN.fullmatch(value.strip())]))
        for key, column in said.items()
    }
    return replace(table, columns={**table.columns, **columns}) if columns else table


def _plain(column: TextColumn) -> Iterator[str]:
    """Yield the values in the rows of a column that their cells do not display as percentages."""
    for code in column.present().tolist():
        if column.kind(code) != PERCENTAGE:
            yield column.values[code]


def _percentages(numbers: Sequence[str]) -> dict[str, str]:
    """Return each number as a percentage; as a share of 1 if none is above 1 and some are below."""
    shares = {text: Fraction(text.strip().replace(",", ".")) for text in numbers}
    are_of_one = all(share <= 1 for share in shares.values()) and any(0 < share < 1 for share in shares.values())
    if not are_of_one:
        return {text: f"{text}%" for text in numbers}
    return {text: f"{float(100 * share):.10g}%" for text, share in shares.items()}


def _below_labels(columns: Mapping[str, TextColumn], keys: Mapping[int, str]) -> np.ndarray:
    """Return a mask of the rows in which the labels above may hold: no totals, no second row running without one."""
    of_labels = [columns[key] for key in keys.values() if key not in COUNTED]
    labelled = np.any([~column.blank() for column in of_labels], axis=0)
    totals = np.any([_says_total(column) for column in of_labels], axis=0)
    return (labelled | np.concatenate([[False], labelled[:-1]])) & ~totals


def _says_total(column: TextColumn) -> np.ndarray:
    said = [len(value) < LONGEST and PART.fullmatch(normalised(value)) is not None for value in column.values]
    return np.array(said, dtype=bool)[column.codes]


def _labels_once(sheet: RawSheet, heading: Heading, filled: Collection[int], rows: np.ndarray) -> list[Finding]:
    """Report columns with labels that stand only in the first of their rows."""
    found = []
    for at in filled:
        uncomputed = {row for place, row in sheet.uncomputed if place == letters(at)}
        blank = tuple(row for row in (rows[sheet.columns[at].take(rows).blank()] + 1).tolist() if row not in uncomputed)
        if not blank:
            continue
        text = heading.texts[at] or letters(at)
        found.append(Finding("labels_once", sheet.name, blank, text, values={"column": text}, letters=letters(at)))
    return found


def _without_header(sheet: RawSheet, heading: Heading, used: Collection[int], rows: np.ndarray) -> list[Finding]:
    """Report columns with numbers and without a header."""
    found = []
    last = max((at for at, text in enumerate(heading.texts) if text), default=0)
    for at in range(len(sheet.columns)):
        if at not in used and not heading.texts[at]:
            below = sheet.columns[at].take(rows)
            if np.isin(types_of(below), (NUMBER, MARK)).any():
                is_of_text_file = all(below.kind(code) == "u" for code in below.present().tolist())
                check = "cells_beyond_headers" if is_of_text_file and at >= last else "column_without_header"
                found.append(
                    Finding(check, sheet.name, column=letters(at), values={"column": letters(at)}, letters=letters(at))
                )
    return found


def with_unread(table: Table, unread: np.ndarray, answers: Mapping[str, str]) -> tuple[Table, list[Finding]]:
    """Return the table with the rows of the mask accounted for, which are those of a table that is not read.

    If they are most of the sheet, the user is asked about them.
    """
    rows = np.flatnonzero(unread) + 1
    is_most = len(rows) > max(len(np.unique(table.rows)), FEW_ROWS)
    check = "most_unread" if is_most and REST not in answers else "table_unread"
    return table.with_others(rows, Reason.UNREAD), [Finding(check, table.sheet, tuple(rows.tolist()))]


def title_above(sheet: RawSheet, heading: Heading) -> str:
    """Return the texts above the headers."""
    texts = [cleaned(text) for row in range(heading.first) if sheet.filled[row] for text in sheet.row(row)]
    return " ".join(dict.fromkeys(filter(None, texts)))


def _unmerged(sheet: RawSheet, heading: Heading, numbers: Collection[int]) -> tuple[RawSheet, list[Finding]]:
    """Copy the label of merged cells to every row that they cover. A number in merged cells is reported, not copied."""
    columns = list(sheet.columns)
    findings = []
    for block in sheet.merged:
        rows = range(max(block.first_row, heading.last + 2), min(block.last_row, sheet.rows) + 1)
        if block.first_row == block.last_row or len(rows) < 2 or block.first_column >= len(columns):
            continue
        position = block.first_column
        value = columns[position].at(block.first_row - 1)
        header, place = heading.texts[position], letters(position)
        if position in numbers:
            if value.strip():
                findings.append(
                    Finding("merged_number", sheet.name, tuple(rows), header, cleaned(value), letters=place)
                )
            continue
        columns[position] = columns[position].with_cells({row - 1: value for row in rows[1:]})
        findings.append(Finding("merged_cells", sheet.name, tuple(rows), header, cleaned(value), letters=place))
    return replace(sheet, columns=columns), findings


def _data_rows(
    sheet: RawSheet, heading: Heading, positions: list[int], numbers: Collection[int], known_notes: np.ndarray
) -> tuple[np.ndarray, np.ndarray, list[Finding]]:
    """Return the positions of the data rows and of the notes below the headers, and the findings.

    Two cells below the last row with a number, or below an empty row at the end, are a note too: “99 | not stated”.
    """
    findings = []
    filled = np.zeros(sheet.rows, dtype=np.int32)
    for position in positions:
        filled += ~sheet.columns[position].blank()
    filled[: heading.last + 1] = 0
    filled[known_notes] = 0
    anything = sheet.filled.copy()
    anything[: heading.last + 1] = False
    if len(positions) > 2 and (filled > 1).any():
        has_labels = len(set(positions) - set(numbers)) > FEWEST_CELLS
        filled[_last_row(sheet, filled, numbers if has_labels else ()) + 1 :] = 0
    rows = np.flatnonzero(filled)
    notes = np.flatnonzero(anything & (filled == 0))
    above = sheet.filled[: max(heading.first, 0)].any()
    gaps = len(rows) and int(rows[-1]) - heading.last > len(rows)
    aside = sheet.columns and sheet.columns[0].blank().all()
    if len(notes) or above or gaps or aside:
        findings.append(Finding("around_table", sheet.name, tuple((notes + 1).tolist())))
    return rows, notes, findings


def _last_row(sheet: RawSheet, filled: np.ndarray, numbers: Collection[int]) -> int:
    """Return the last row with cells enough for a row of data, of which ``filled`` is the number."""
    last = int(np.flatnonzero(filled > 1)[-1])
    enough = np.flatnonzero(filled > FEWEST_CELLS)
    if not len(enough):
        return last
    if numbers:
        counted = np.any([~sheet.columns[at].blank() for at in numbers], axis=0) & (filled > 1)
        return max(int(enough[-1]), int(np.flatnonzero(counted)[-1]) if counted.any() else 0)
    gaps = np.flatnonzero(filled[enough[-1] : last + 1] == 0)
    return int(enough[-1] + gaps[0]) if len(gaps) else last


def _dropped(sheet: RawSheet, heading: Heading, positions: list[int], rows: np.ndarray) -> list[Finding]:
    """Report columns that are left out because the format lacks them. Mark those with personal data."""
    found = []
    for position in positions:
        text = heading.texts[position]
        what = personal_data.kind_of(text, sheet.columns[position].take(rows))
        check = "personal_column" if what else "unknown_column"
        values: dict[str, object] = {"what": what} if what else {}
        found.append(Finding(check, sheet.name, column=text, values=values, letters=letters(position)))
    return found


def _hidden(sheet: RawSheet, table: Table, positions: list[int], heading: Heading) -> list[Finding]:
    found = []
    if sheet.hidden:
        found.append(Finding("hidden_sheet", sheet.name))
    rows = tuple(row for row in sheet.hidden_rows if row in set(table.rows.tolist()))
    if rows:
        found.append(Finding("hidden_rows", sheet.name, rows))
    for position in sheet.hidden_columns:
        if position in positions:
            text = heading.texts[position]
            found.append(Finding("hidden_columns", sheet.name, column=text, letters=letters(position)))
    return found
