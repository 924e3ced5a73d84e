"""The groups of a dimension before and after: what happened."""

from analysis.charts.dumbbells import dumbbell
from analysis.handouts.exhibit import Exhibit
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
