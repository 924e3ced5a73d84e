"""Tables whose row labels of several kinds stand in one column of the sheet."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from analysis.intake.detect.cross_counts import field_names
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.labels import PERIOD
from analysis.intake.layout.outlines import PART, TOTAL, Outline
from analysis.intake.sheets import RawSheet, letters
from analysis.intake.tables import Reason, Table


def with_outline(table: Table, findings: list[Finding], outline: Outline) -> tuple[Table, list[Finding]]:
    """Return a table and its findings with the labels in their place in the sheet; say how they are read.

    The further columns of the outline are read from the one that has all labels.
    """
    names, place, header = field_names(), letters(outline.position), outline.header
    added = {place, *(letters(len(outline.sheet.columns) - 1 - at) for at in range(len(outline.kinds)))}
    own = {key for key, at in table.letters.items() if at in added}
    moved = [
        replace(one, column=header, letters=place) if one.letters in added else one
        for one in findings
        if one.value != TOTAL or one.check != "totals_row"  # The sheet does not say so.
    ]
    about_labels = [
        Finding(
            "labels_of_kinds",
            table.sheet,
            column=header or place,
            value=text,
            values={"meant": names[PERIOD if kind == PART else kind]},
            letters=place,
        )
        for kind, text in outline.kinds
    ]
    table = replace(
        table,
        letters={key: place if key in own else at for key, at in table.letters.items()},
        headers={key: header if key in own else text for key, text in table.headers.items()},
    )
    return table.with_others(outline.headings + 1, Reason.NOTE), [*about_labels, *moved]


def unclear_labels(sheet: RawSheet, alone: Mapping[int, str]) -> Finding:
    """Report rows above others that only have a label, if it is not clear what they say of them."""
    return Finding("heading_unclear", sheet.name, tuple(row + 1 for row in alone), value=next(iter(alone.values())))


def without_rows_of_one_cell(sheet: RawSheet) -> RawSheet:
    """Return the sheet without the rows of a single cell that the user leaves out."""
    rows = [row - 1 for row in sorted(sheet.left_out) if row <= sheet.rows]
    mask = np.zeros(sheet.rows, dtype=bool)
    mask[[row for row in rows if sum(bool(text.strip()) for text in sheet.row(row)) == 1]] = True
    return replace(sheet, columns=[one.emptied(mask) for one in sheet.columns]) if mask.any() else sheet
