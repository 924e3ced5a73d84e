"""Gaps of a data snapshot as short texts, for tables that show them before and after a change."""

from typing import Any

import pandas as pd

from analysis.exhibits.cell_texts import gap_cells
from analysis.exhibits.tables import NOTHING
from analysis.i18n import Wording
from analysis.measures.gaps import Scale, gaps
from analysis.measures.periods import by_phase, finished, in_phases, phases_of
from analysis.measures.result_frame import State
from analysis.model.terms import MISSING, Rate
from analysis.store import Snapshot

Key = tuple[str, Rate]
ARROW = " → "
"""Between the gap before and the gap after an adjustment."""


def gap_figures(data: Snapshot, wording: Wording) -> dict[Key, str]:
    """Return the gap of each dimension in each rate, before and after, as text; hidden if counts are small."""
    figures = {}
    for key, months in data.counts.items():
        try:
            dimension = data.dimensions[key].only(set(months["group"]) - {MISSING})
        except ValueError:
            continue
        if not dimension.has_pair:
            continue
        smallest = data.disclosure_level.smallest_count(months["municipality"].unique(), synthetic=data.synthetic)
        phases = phases_of(months)
        for rate in (Rate.PARTICIPATION, Rate.COMPLETION):
            counts = by_phase(in_phases(finished(months, rate), phases))
            ends = (dimension.compared, dimension.reference)
            found = gaps(counts, rate, *ends, [], smallest, scales=[Scale.ABSOLUTE], phases=phases)
            figures[key, rate] = _phase_text(found, wording)
    return figures


def _phase_text(found: pd.DataFrame, wording: Wording) -> str:
    rows: list[dict[str, Any]] = found.to_dict("records")
    if all(row["state"] == State.EMPTY for row in rows):
        return NOTHING
    return ARROW.join(gap_cells(row, wording)[0] for row in rows)
