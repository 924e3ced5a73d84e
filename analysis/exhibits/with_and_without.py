"""Compare the changes of gaps in municipalities with and without an attribute."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from analysis.charts.with_and_without import two_sides
from analysis.exhibits.by_understanding import axis_name
from analysis.exhibits.exhibit import Exhibit, Plan
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.i18n import Wording
from analysis.measures.result_frame import State
from analysis.measures.theme_days.with_and_without import with_and_without


@dataclass(frozen=True)
class ComparedSides:
    """``having`` are the municipalities with the attribute, ``names`` the two sides, ``asks`` the question."""

    key: str
    having: frozenset[str]
    names: tuple[str, str]
    asks: str


def theme_days_with_and_without(themes: ThemeDayData) -> ComparedSides:
    """Compare municipalities with and without a theme day."""
    text = themes.wording.text
    return ComparedSides(
        "beside_theme_days",
        frozenset(themes.days["municipality"]),
        (text("Took part in theme days"), text("Took part in none")),
        text("How did the gap change where theme days were held?"),
    )


def gaps_with_and_without(themes: ThemeDayData, view: GapData, two: ComparedSides) -> Exhibit:
    """Build the exhibit of the changes of gaps in municipalities with and without the attribute."""
    wording, having, names = themes.wording, two.having, two.names
    changes = _changes(themes, view)
    found = with_and_without(changes, having).to_dict("records")
    shown = changes[changes["state"] == State.SHOWN]
    sides = {
        name: [
            (row["municipality"], 100 * row["estimate"])
            for row in shown.to_dict("records")
            if (row["municipality"] in having) == side["has"]
        ]
        for name, side in zip(names, found, strict=True)
    }
    medians = {name: 100 * float(side["median"]) for name, side in zip(names, found, strict=True)}
    return Exhibit(
        view,
        key=two.key,
        caution=wording.text(
            "A description, not a comparison of like with like: the municipalities differ in much else, and who does "
            "something is not left to chance. It does not tell what would have happened otherwise."
        ),
        asks=two.asks,
        answers=" ".join(_side_text(name, side, wording) for name, side in zip(names, found, strict=True)),
        draw=lambda look: two_sides(
            sides,
            medians=medians,
            unit=wording.text("Change in {measure}, percentage points", measure=axis_name(view.question, wording)),
            ends=(wording.text("← falls"), wording.text("rises →")),
            wording=wording,
            **look,
        ),
        numbers=_numbers(shown, having, names, wording),
        plan=Plan(
            "bars",
            (wording.text("Municipality"), wording.text("Side")),
            wording.text("Change, percentage points"),
            interval=(wording.text("95% from"), wording.text("95% to")),
        ),
        drill=("municipality",),
    )


def shown_on_each_side(themes: ThemeDayData, view: GapData, two: ComparedSides) -> tuple[int, int]:
    """Return the number of municipalities with numbers that can be shown, on each side."""
    shown = _changes(themes, view)
    shown = shown[shown["state"] == State.SHOWN]["municipality"].isin(two.having)
    return int(shown.sum()), int((~shown).sum())


def _changes(themes: ThemeDayData, view: GapData) -> pd.DataFrame:
    changes = view.municipality_changes
    return changes[changes["municipality"].isin(themes.facts["name"])] if themes.region else changes


def _side_text(name: str, side: dict[str, float], wording: Wording) -> str:
    number = int(side["municipalities"])
    if not number:
        return wording.text("{side}: none with numbers that can be shown.", side=name)
    values = {key: wording.signed(100 * side[key]) for key in ("median", "lowest", "highest")}
    return wording.texts(
        "{side}: the one municipality changed by {median} percentage points.",
        "{side}: the middle of {count} municipalities changed by {median} percentage points ({lowest} to {highest}).",
        number,
        side=name,
        **values,
    )


def _numbers(shown: pd.DataFrame, having: Collection[str], names: tuple[str, str], wording: Wording) -> pd.DataFrame:
    has = shown["municipality"].isin(list(having))
    return pd.DataFrame(
        {
            wording.text("Municipality"): shown["municipality"],
            wording.text("Side"): has.map({True: names[0], False: names[1]}),
            wording.text("Change, percentage points"): 100 * shown["estimate"],
            wording.text("95% from"): 100 * shown["lower"],
            wording.text("95% to"): 100 * shown["upper"],
        }
    ).reset_index(drop=True)
