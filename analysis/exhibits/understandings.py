"""Exhibits of how inequality is understood: by municipality, by holder, before and after, and in one municipality."""

from typing import Any

import pandas as pd

from analysis.charts.bars import parts, thin_parts
from analysis.charts.ternary import ternary
from analysis.exhibits.cache import cached
from analysis.exhibits.choosing import Options
from analysis.exhibits.exhibit import ChartStyle, Exhibit, Plan
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.i18n import Wording
from analysis.i18n.sentences import understanding_name
from analysis.measures.theme_days.understanding_shares import WEIGHTS, moved, shares
from analysis.model.terms import Understanding
from analysis.model.theme_day_terms import Holder

TRIANGLE, BARS = "triangle", "bars"
EVERYONE = ""


def names(wording: Wording) -> dict[str, str]:
    return {str(one): understanding_name(one, wording) for one in Understanding}


def phases(wording: Wording) -> dict[str, str]:
    return {"before": wording.text("Before the theme day"), "after": wording.text("After the theme day")}


def holder_options(view: ThemeDayData) -> Options:
    """Return the holders of an understanding; the empty code selects all."""
    holders = {EVERYONE: view.wording.text("Everyone"), **view.words("holder")}
    return Options("holder", view.wording.text("Whose understanding"), holders, as_buttons=True)


def shape_options(wording: Wording) -> Options:
    """Return the chart types: ternary plot, or bars."""
    shapes = {TRIANGLE: wording.text("Triangle"), BARS: wording.text("Bars")}
    return Options("shape", wording.text("Shown as"), shapes, as_buttons=True)


def held_by(view: ThemeDayData, holder: str) -> pd.DataFrame:
    """Return the understandings of this holder, or of all."""
    rows = view.understandings
    return rows[rows["holder"] == holder] if holder else rows


def as_last_asked(found: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of each municipality after its theme day, or before it if nobody was asked after."""
    return found.sort_values("asked").drop_duplicates("municipality")


def understanding_shares(view: ThemeDayData, rows: pd.DataFrame, shape: str) -> Exhibit:
    """Build the exhibit of each municipality's shares, as a point in a ternary plot or as a bar."""
    wording = view.wording
    found = shares(rows, ["municipality", "asked"])
    latest = as_last_asked(found)
    leading = latest["leading"].value_counts()
    counted = ", ".join(
        f"{name.lower()} {wording.integer(leading.get(key, 0))}" for key, name in names(wording).items()
    )
    draws = int(latest["leading"].isna().sum())
    if draws:
        counted += ", " + wording.text("two alike {number}", number=wording.integer(draws))
    answer = wording.text("Municipalities in which each weighs most: {counted}.", counted=counted)
    answer += " " + wording.text("A click makes that municipality's understanding the one of all pages.")
    ordered = latest.sort_values(["disadvantaged", "gap"])

    def draw(look: ChartStyle) -> Any:
        if shape == TRIANGLE:
            corners = names(wording)
            return ternary(
                found, corners=corners, phases=phases(wording), marked=view.municipality, wording=wording, **look
            )
        return thin_parts(
            {row["municipality"]: [100 * row[key] for key in WEIGHTS] for row in ordered.to_dict("records")},
            leading=dict(zip(ordered["municipality"], ordered["leading"].fillna(""), strict=True)),
            names=list(names(wording).values()),
            unit=wording.text("Per cent of the votes, as last asked"),
            wording=wording,
            **look,
        )

    return Exhibit(
        view,
        key=f"understood_{shape}",
        asks=wording.text("How do the municipalities understand inequality?"),
        answers=answer,
        draw=draw,
        numbers=_table(found, ["municipality", "asked"], view),
        plan=_plan(view, wording.text("Municipality"), wording.text("Asked")),
        drill=("understanding", "municipality"),
    )


def by_holder(view: ThemeDayData, rows: pd.DataFrame) -> Exhibit:
    """Build the shares of the three understandings by holder (politicians, administration, practitioners) and phase."""
    wording = view.wording
    found = shares(rows, ["holder", "asked"])
    order = {str(one): place for place, one in enumerate(Holder)}
    found = found.sort_values(["holder", "asked"], key=lambda column: column.map(order | {"before": 0, "after": 1}))
    records = found.to_dict("records")
    keys = [f"{row['holder']} {row['asked']}" for row in records]
    said = [(view.word("holder", row["holder"]), phases(wording)[row["asked"]].lower()) for row in records]
    return Exhibit(
        view,
        key="by_holder",
        asks=wording.text("Whose understanding is it, and did it move?"),
        answers=_moved(view, rows),
        draw=lambda look: parts(
            {key: [100 * row[one] for one in WEIGHTS] for key, row in zip(keys, records, strict=True)},
            labels={key: ", ".join(parts_said) for key, parts_said in zip(keys, said, strict=True)},
            names=list(names(wording).values()),
            keys=WEIGHTS,
            unit=wording.text("Per cent of the votes"),
            wording=wording,
            **look,
        ),
        numbers=_table(found, ["holder", "asked"], view),
        plan=_plan(view, wording.text("Whose understanding"), wording.text("Asked")),
    )


def _moved(view: ThemeDayData, rows: pd.DataFrame) -> str:
    """State the change in the shares among those asked both times."""
    wording = view.wording
    found = moved(rows, []).iloc[0]
    if not found["municipalities"] or pd.isna(found["municipalities"]):
        return wording.text("Nobody was asked both before and after.")
    said = ", ".join(f"{name.lower()} {wording.signed(100 * found[key])}" for key, name in names(wording).items())
    return wording.text(
        "From before to after, in percentage points, in the {number} municipalities asked both times: {moved}.",
        number=wording.integer(found["municipalities"]),
        moved=said,
    )


def _table(found: pd.DataFrame, by: list[str], view: ThemeDayData) -> pd.DataFrame:
    wording = view.wording
    titles = {
        "municipality": (wording.text("Municipality"), {}),
        "holder": (wording.text("Whose understanding"), view.words("holder")),
        "asked": (wording.text("Asked"), phases(wording)),
    }
    columns = {}
    for key in by:
        title, words = titles[key]
        columns[title] = found[key].map(words) if words else found[key]
    columns |= {wording.text("{name}, per cent", name=name): 100 * found[key] for key, name in names(wording).items()}
    columns[wording.text("Votes")] = found["total"].round().astype("int64")
    columns[wording.text("Municipalities")] = found["municipalities"]
    return pd.DataFrame(columns).reset_index(drop=True)


def _plan(view: ThemeDayData, *category: str) -> Plan:
    """Plan the three understandings as parts of a whole."""
    text = view.wording.text
    return Plan(
        "stacked", category, tuple(text("{name}, per cent", name=name) for name in names(view.wording).values())
    )


@cached
def own_understanding(view: ThemeDayData, name: str) -> Exhibit | None:
    """Build the understandings of one municipality, by holder."""
    wording = view.wording
    rows = view.understandings[view.understandings["municipality"] == name]
    if rows.empty:
        return None
    found = shares(rows, ["holder", "asked"]).sort_values(["holder", "asked"], ascending=[True, False])
    records = found.to_dict("records")
    labels = {
        f"{row['holder']} {row['asked']}": ", ".join(
            (view.word("holder", row["holder"]), phases(wording)[row["asked"]].lower())
        )
        for row in records
    }
    title = wording.text("Whose understanding")
    return Exhibit(
        view,
        key="own_understanding",
        asks=wording.text("How is inequality understood in {municipality}?", municipality=name),
        answers=wording.text("A click makes that understanding the one of all pages."),
        draw=lambda look: parts(
            {key: [100 * row[one] for one in WEIGHTS] for key, row in zip(labels, records, strict=True)},
            labels=labels,
            names=list(names(wording).values()),
            keys=WEIGHTS,
            unit=wording.text("Per cent of the votes"),
            wording=wording,
            **look,
        ),
        numbers=pd.DataFrame(
            {
                title: list(labels.values()),
                **{wording.text("{name}, per cent", name=one): 100 * found[key] for key, one in names(wording).items()},
            }
        ).reset_index(drop=True),
        plan=_plan(view, title),
        drill=("understanding",),
    )
