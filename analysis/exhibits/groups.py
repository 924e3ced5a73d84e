"""Exhibit of the groups of a dimension before and after."""

import pandas as pd

from analysis.charts.dumbbells import dumbbell
from analysis.charts.phases import phase_title
from analysis.exhibits.by_understanding import headline_and_sentence
from analysis.exhibits.cache import cached
from analysis.exhibits.cell_texts import NOTHING, gap_cells, ratio_cells
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.measured import measured_plan, measured_table
from analysis.measures.gaps import gaps

RATE_COLUMNS = ("group", "phase", "estimate", "lower", "upper", "numerator", "n")


@cached
def groups(view: GapData) -> Exhibit:
    """Build the headline, its sentence, and each group of the dimension before and after."""
    return exhibit_of_groups(view, "groups", headline_and_sentence(view), view.group_rates, drill=("group",))


def exhibit_of_groups(
    view: GapData, key: str, said: tuple[str, str], rates: pd.DataFrame, *, drill: tuple[str, ...] = ()
) -> Exhibit:
    """Build an exhibit of one proportion of each group, from rows of ``RATE_COLUMNS``; ``said`` are its sentences."""
    wording, unit = view.wording, view.wording.text("per cent")
    headline, sentence = said
    return Exhibit(
        view,
        key=key,
        asks=headline,
        answers=sentence,
        draw=lambda look: dumbbell(
            rates,
            labels=view.labels(),
            wording=wording,
            reference=view.question.reference,
            compared=view.question.group,
            **look,
        ),
        numbers=measured_table(view, rates, RATE_COLUMNS, unit=unit),
        plan=measured_plan(view, "group", series="phase", unit=unit, categories=view.labels().values()),
        drill=drill,
    )


@cached
def both_scales(view: GapData) -> pd.DataFrame:
    """Return the gap before and after in points, and as the ratios of reaching and of not reaching the stage."""
    text, asked = view.wording.text, view.question
    smallest = view.smallest_count()
    found = gaps(view.counts, asked.rate, asked.group, asked.reference, [], smallest, phases=view.phases)
    names = {
        "absolute": text("Percentage points"),
        "relative": text("Ratio of those who reached the stage"),
        "relative shortfall": text("Ratio of those who did not"),
    }
    rows = []
    for scale, name in names.items():
        row = {text("Measure"): name}
        for phase in view.phases:
            when = phase_title(phase, view.wording)
            cells = found[(found["scale"] == scale) & (found["phase"] == phase)].to_dict("records")
            value, interval = NOTHING, ""
            if cells:
                value, interval = (gap_cells if scale == "absolute" else ratio_cells)(cells[0], view.wording)
            row[when] = f"{value} ({interval})" if interval else value
        rows.append(row)
    return pd.DataFrame(rows)
