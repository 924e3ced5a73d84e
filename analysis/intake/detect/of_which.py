"""Headers such as “of which women”, behind the column of all participants."""

from dataclasses import replace

import numpy as np

from analysis.intake.layout.labels import group_of_which, is_of_which, stage_of
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import cleaned

MOST_ROWS = 20


def with_stages_of_parts(sheet: RawSheet, known: ReferenceData) -> RawSheet:
    """Return the sheet with the stage in headers that name a part of the column of a stage to their left."""
    for row in np.flatnonzero(sheet.filled)[:MOST_ROWS].tolist():
        stage, changed = "", {}
        for at, text in enumerate(map(cleaned, sheet.row(row))):
            group = group_of_which(text, known) if stage else ""
            if group:
                changed[at] = f"{stage} {group}"
            elif text and not is_of_which(text):
                stage = text if stage_of(text) else ""
        if changed:
            columns = list(sheet.columns)
            for at, text in changed.items():
                columns[at] = columns[at].with_cells({row: text})
            return replace(sheet, columns=columns)
    return sheet
