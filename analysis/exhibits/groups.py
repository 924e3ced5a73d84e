"""The groups of a dimension before and after: what happened."""

import pandas as pd

from analysis.charts.dumbbells import dumbbell
from analysis.exhibits.cache import remembered
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.gap_data import View
from analysis.measures.gaps import gaps
from analysis.model.terms import Phase
from pages.components import formatting
from pages.components.exhibit_card import measured_plan, measured_table
from pages.components.headline import said

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
            value, interval = formatting.NOTHING, ""
            if cells:
                value, interval = (formatting.gap_cells if scale == "absolute" else formatting.ratio_cells)(
                    cells[0], view.wording
                )
            row[when] = f"{value} ({interval})" if interval else value
        rows.append(row)
    return pd.DataFrame(rows)
