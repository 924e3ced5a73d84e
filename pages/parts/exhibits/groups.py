"""The groups of a dimension before and after: what happened."""

import pandas as pd

from analysis.charts.dumbbells import dumbbell
from analysis.handouts.exhibit import Exhibit
from analysis.measures.gaps import gaps
from analysis.model import Phase
from pages.parts import show
from pages.parts.answers import said
from pages.parts.exhibit import measured_plan, measured_table
from pages.parts.remembered import remembered
from pages.parts.view import View

RATE_COLUMNS = ("group", "phase", "estimate", "lower", "upper", "numerator", "n")


@remembered
def groups(view: View) -> Exhibit:
    """The headline, its sentence, and each group of the dimension before and after."""
    wording, rates = view.wording, view.group_rates
    headline, sentence = said(view)
    unit = wording.text("per cent")
    return Exhibit(
        view,
        key="groups",
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
        drill=("group",),
    )


@remembered
def both_scales(view: View) -> pd.DataFrame:
    """The gap before and after in points, and as the ratio of those who reached the stage and of those who did not."""
    text, asked = view.wording.text, view.question
    smallest = view.smallest_count()
    found = gaps(view.counts, asked.rate, asked.group, asked.reference, [], smallest)
    names = {
        "absolute": text("Percentage points"),
        "relative": text("Ratio of those who reached the stage"),
        "relative shortfall": text("Ratio of those who did not"),
    }
    rows = []
    for scale, name in names.items():
        row = {text("Measure"): name}
        for phase, when in ((Phase.BEFORE, text("Before")), (Phase.AFTER, text("After"))):
            cells = found[(found["scale"] == scale) & (found["phase"] == phase)].to_dict("records")
            value, interval = show.NOTHING, ""
            if cells:
                value, interval = (show.gap_cells if scale == "absolute" else show.ratio_cells)(cells[0], view.wording)
            row[when] = f"{value} ({interval})" if interval else value
        rows.append(row)
    return pd.DataFrame(rows)
