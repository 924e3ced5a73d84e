"""Exhibit of which kinds of adjustments went with which change: by tag, aim, involvement or target group."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.exhibits.adjustments.filters import Filter, filters
from analysis.exhibits.adjustments.results import WithResult, with_results
from analysis.exhibits.by_understanding import change_axis
from analysis.exhibits.cache import cached
from analysis.exhibits.choosing import Options
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.measured import measured_table
from analysis.exhibits.offer_changes import is_net
from analysis.i18n import Wording

FEWEST = 3
"""Fewest offers of a kind whose changes are pooled."""
MOST_NAMED = 4
"""Most kinds whose changes the sentence names; of more it names the first and the last."""
DIVIDED_BY = ("tags", "aims", "involved", "target", "theme")
"""Filters whose codes are the kinds."""
COLUMNS = ("kind", "offer", "offers", "estimate", "lower", "upper", "prediction_lower", "prediction_upper", "n")


def kind_options(wording: Wording) -> Options:
    """Return the ways to divide adjustments into kinds."""
    titles = {by.key: by.title for by in filters(wording)}
    labels = {key: titles[key] for key in DIVIDED_BY}
    return Options("kinds", wording.text("Kinds by"), labels, as_buttons=True)


@cached
def kinds(view: GapData, divided_by: str) -> Exhibit | None:
    """Build the forest of the pooled change of each kind; None if no kind has three offers with a known change.

    Also None net of the trend: the offers then share their comparison offers, and are not pooled.
    """
    if is_net(view):
        return None
    by = next(one for one in filters(view.wording) if one.key == divided_by)
    pooled, single = _pooled(with_results(view), by)
    if pooled.empty:
        return None
    wording = view.wording
    labels = dict(zip(pooled["unit"], pooled["kind"], strict=True))
    numbers = measured_table(view, pd.concat([pooled, single], ignore_index=True), COLUMNS)

    def draw(look: Any) -> Any:
        from analysis.charts.forest import pooled_forest

        unit, ends = change_axis(view)
        return pooled_forest(pooled, labels=labels, wording=wording, unit=unit, ends=ends, **look)

    return Exhibit(
        view,
        key="adjustment_kinds",
        asks=wording.text("Which kinds of adjustments went with which change?"),
        answers=_sentence(pooled, single, wording),
        draw=draw,
        numbers=numbers,
        plan="picture",
        caution=caution(wording),
    )


def caution(wording: Wording) -> str:
    """Return what a comparison of kinds cannot show."""
    return wording.text(
        "Kinds were not drawn by lot: offers that chose one kind differ from others in more than that. An offer counts "
        "in each of its kinds."
    )


def _pooled(found: Sequence[WithResult], by: Filter) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the pooled change of each kind with three offers or more, and each offer of the other kinds.

    Columns unit and kind (its code and its name), offer (of single ones), offers, and those of ``pooling.pooled``.
    """
    from analysis.measures.pooling import pooled

    rows: list[dict[str, Any]] = []
    for one in found:
        if one.direction is None or one.change is None:
            continue
        made = one.adjustment
        for code in by.codes(one):
            named = {"unit": code, "kind": by.label(code), "offer": f"{made.offer}, {made.municipality}"}
            rows.append({**one.change, **named, "offers": 1})
    effects = pd.DataFrame(rows)
    if effects.empty:
        return effects, effects
    number = effects.groupby("unit")["unit"].transform("size")
    single = effects[number < FEWEST].assign(prediction_lower=float("nan"), prediction_upper=float("nan"))
    many = effects[number >= FEWEST]
    if many.empty:
        return many, single
    together = pooled(many, ["unit", "kind"]).assign(offer="").sort_values("estimate", ignore_index=True)
    return together, single.sort_values(["kind", "estimate"])


def _sentence(pooled: pd.DataFrame, single: pd.DataFrame, wording: Wording) -> str:
    """State the change of each kind, or of the first and the last of many, and which have no interval or no pool."""
    named = pooled if len(pooled) <= MOST_NAMED else pooled.iloc[[0, -1]]
    said = [
        wording.text(
            "After “{kind}” ({count} offers) the average change was {estimate} (95% interval {lower} to {upper}).",
            kind=row["kind"],
            count=wording.integer(row["offers"]),
            **{name: wording.signed(100 * row[name]) for name in ("estimate", "lower", "upper")},
        )
        for row in named.to_dict("records")
    ]
    if pooled["prediction_lower"].isna().any():
        from analysis.measures.pooling import FEWEST_TO_PREDICT

        said.append(
            wording.text(
                "Where one more offer may land is estimated from {count} offers on.",
                count=wording.integer(FEWEST_TO_PREDICT),
            )
        )
    if not single.empty:
        said.append(
            wording.texts(
                "{count} kind has fewer than three offers and is not pooled: its results are in the table.",
                "{count} kinds have fewer than three offers and are not pooled: their results are in the table.",
                single["unit"].nunique(),
            )
        )
    return " ".join([*said, caution(wording)])
