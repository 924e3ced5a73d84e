"""Citizens without ids: each row of a register is one citizen, and names are replaced by numbers of the file."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from analysis.intake.detect.personal_data import NAME, are_names
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.cross_tables import CrossTable
from analysis.intake.lexicon.session_sums import is_of_sessions, is_sum
from analysis.intake.lexicon.total_words import is_total
from analysis.intake.sheets import RawSheet, TextColumn, letters
from analysis.intake.tables import Table, cleaned, normalised
from analysis.model.terms import NO_ID

CITIZEN = "citizen"


def with_row_ids(
    sheet: RawSheet, cross: CrossTable, keys: dict[int, str], notes: Collection[int] = ()
) -> tuple[RawSheet, CrossTable, dict[int, str], list[Finding]]:
    """Return the sheet, its headers and the keys of its columns with one more column: an id for each citizen's row.

    Nothing changes where there are ids. Names are not taken for ids, and the rows of ``notes`` are no citizens.
    """
    below = np.arange(cross.heading.last + 1, sheet.rows)
    position = next((at for at, key in keys.items() if key == CITIZEN), None)
    findings: list[Finding] = []
    if position is not None:
        if not are_names(sheet.columns[position].take(below)):
            return sheet, cross, keys, []
        header, place = cross.heading.texts[position], letters(position)
        findings.append(Finding("personal_column", sheet.name, column=header, values={"what": NAME}, letters=place))
    rows = np.setdiff1d(_rows(sheet, cross), list(notes)).astype(np.int64)
    texts = [_label_of_sums(sheet, cross, row) or f"{NO_ID}{sheet.name} {row + 1}" for row in rows.tolist()]
    number = sum(text.startswith(NO_ID) for text in texts)
    codes = np.zeros(sheet.rows, dtype=np.int32)
    codes[rows] = np.arange(1, len(rows) + 1)
    column = TextColumn(["", *texts], codes, "t" * (len(rows) + 1))
    heading = cross.heading
    levels = tuple([*one, ""] for one in heading.levels)
    wider = replace(heading, texts=[*heading.texts, ""], levels=levels)
    findings.append(Finding("rows_without_ids", sheet.name, (heading.last + 1,), values={"number": number}))
    others = {at: key for at, key in keys.items() if at != position}
    sheet = replace(sheet, columns=[*sheet.columns, column])
    return sheet, replace(cross, heading=wider), {**others, len(heading.texts): CITIZEN}, findings


def without_names(table: Table) -> tuple[Table, list[Finding]]:
    """Return courses with an id of this file in place of each name below a header of ids."""
    column = table.columns.get(CITIZEN)
    if column is None or not are_names(column):
        return table, []
    numbers = {word: number for number, word in enumerate(dict.fromkeys(map(normalised, column.values)))}
    values = [f"{NO_ID}{table.sheet} {numbers[normalised(text)]}" if text.strip() else "" for text in column.values]
    columns = {**table.columns, CITIZEN: TextColumn(values, column.codes, "t" * len(values))}
    everything = np.ones(len(table.rows), dtype=bool)
    return replace(table, columns=columns), [table.finding("names_replaced", CITIZEN, everything)]


def without_header_of_ids(table: Table) -> Table:
    """Return the table without header and letters of the column of ids, which the sheet does not have."""
    headers, places = (
        {key: text for key, text in names.items() if key != CITIZEN} for names in (table.headers, table.letters)
    )
    return replace(table, headers=headers, letters=places)


def _label_of_sums(sheet: RawSheet, cross: CrossTable, row: int) -> str:
    """Return the label of a row that sums up the sessions; empty for a row of a citizen."""
    labels = (cleaned(sheet.columns[at].at(row)) for at in cross.labels)
    return next(
        (text for text in labels if is_total(text) or is_of_sessions(text) or (is_sum(text) and text[:1].islower())), ""
    )


def _rows(sheet: RawSheet, cross: CrossTable) -> np.ndarray:
    """Return the rows of citizens: with a mark or a label, down to the first empty row after the last mark."""
    marked = np.any([~sheet.columns[at].blank() for at in cross.numbers], axis=0)
    filled = marked | np.any([~sheet.columns[at].blank() for at in cross.labels], axis=0) if cross.labels else marked
    filled[: cross.heading.last + 1] = False
    last = int(np.flatnonzero(marked)[-1]) if marked.any() else cross.heading.last
    empty = np.flatnonzero(~filled[last + 1 :])
    if len(empty):
        filled[last + 1 + int(empty[0]) :] = False
    return np.flatnonzero(filled)
