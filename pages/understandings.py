"""How is inequality understood? The three understandings, by municipality, by whose they are, before and after."""

import pandas as pd
import streamlit as st

from analysis.charts.bars import parts, thin_parts
from analysis.charts.ternary import ternary
from analysis.measures.spread.understood import WEIGHTS, moved, shares
from analysis.model import Holder, Understanding
from analysis.wording import Wording
from analysis.wording.sentences import understanding_name
from pages.parts import session, show, themes
from pages.parts.choices import choose_instead, pick
from pages.parts.exhibit import exhibit
from pages.parts.themes import Themes

TRIANGLE, BARS = "triangle", "bars"
EVERYONE = ""


def names(wording: Wording) -> dict[str, str]:
    return {str(one): understanding_name(one, wording) for one in Understanding}


def phases(wording: Wording) -> dict[str, str]:
    return {"before": wording.text("Before the theme day"), "after": wording.text("After the theme day")}


def by_municipality(view: Themes, rows: pd.DataFrame) -> None:
    """Each municipality in the triangle, or as a bar."""
    wording = view.wording
    found = shares(rows, ["municipality", "asked"])
    kinds = {TRIANGLE: wording.text("Triangle"), BARS: wording.text("Bars")}
    kind = pick("shape", wording.text("Shown as"), kinds, default=TRIANGLE, segmented=True)
    latest = found.sort_values("asked").drop_duplicates("municipality")
    leading = latest["leading"].value_counts()
    counted = ", ".join(
        f"{name.lower()} {wording.integer(leading.get(key, 0))}" for key, name in names(wording).items()
    )
    draws = int(latest["leading"].isna().sum())
    if draws:
        counted += ", " + wording.text("two alike {number}", number=wording.integer(draws))
    answer = wording.text("Municipalities in which each weighs most: {counted}.", counted=counted)
    answer += " " + wording.text("A click makes that municipality's understanding the one of all pages.")
    if kind == TRIANGLE:
        figure = ternary(
            found,
            corners=names(wording),
            phases=phases(wording),
            marked=view.municipality,
            wording=wording,
            theme=session.theme(),
        )
    else:
        ordered = latest.sort_values(["disadvantaged", "gap"])
        figure = thin_parts(
            {row["municipality"]: [100 * row[key] for key in WEIGHTS] for row in ordered.to_dict("records")},
            leading=dict(zip(ordered["municipality"], ordered["leading"].fillna(""), strict=True)),
            names=list(names(wording).values()),
            unit=wording.text("Per cent of the votes, as last asked"),
            wording=wording,
            theme=session.theme(),
        )
    exhibit(
        view,
        figure,
        key=f"understood_{kind}",
        asks=wording.text("How do the municipalities understand inequality?"),
        answers=answer,
        numbers=_table(found, ["municipality", "asked"], view),
        drill=("understanding", "municipality"),
    )


def by_holder(view: Themes, rows: pd.DataFrame) -> None:
    """The three understandings of politicians, administration and practitioners, before and after."""
    wording = view.wording
    found = shares(rows, ["holder", "asked"])
    order = {str(one): place for place, one in enumerate(Holder)}
    found = found.sort_values(["holder", "asked"], key=lambda column: column.map(order | {"before": 0, "after": 1}))
    records = found.to_dict("records")
    keys = [f"{row['holder']} {row['asked']}" for row in records]
    said = [(view.word("holder", row["holder"]), phases(wording)[row["asked"]].lower()) for row in records]
    exhibit(
        view,
        parts(
            {key: [100 * row[one] for one in WEIGHTS] for key, row in zip(keys, records, strict=True)},
            labels={key: ", ".join(parts_said) for key, parts_said in zip(keys, said, strict=True)},
            names=list(names(wording).values()),
            keys=WEIGHTS,
            unit=wording.text("Per cent of the votes"),
            wording=wording,
            theme=session.theme(),
        ),
        key="by_holder",
        asks=wording.text("Whose understanding is it, and did it move?"),
        answers=_moved(view, rows),
        numbers=_table(found, ["holder", "asked"], view),
    )


def _moved(view: Themes, rows: pd.DataFrame) -> str:
    """How the shares moved among those who were asked both times."""
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


def _table(found: pd.DataFrame, by: list[str], view: Themes) -> pd.DataFrame:
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


def the_chosen(view: Themes, rows: pd.DataFrame) -> None:
    """How the chosen municipality understands it, and a way to look at everything so."""
    wording = view.wording
    found = shares(rows[rows["municipality"] == view.municipality], ["municipality", "asked"])
    if found.empty:
        return
    last = found.sort_values("asked").iloc[0]
    if pd.isna(last["leading"]):
        st.info(show.plain(wording.text("{municipality}: two weigh the same.", municipality=view.municipality)))
        return
    name = names(wording)[last["leading"]]
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="chosen_understanding"):
        st.markdown(
            show.plain(
                wording.text(
                    "In {municipality} “{name}” weighs most ({share}).",
                    municipality=view.municipality,
                    name=name,
                    share=wording.percent(last[last["leading"]], digits=0),
                )
            )
        )
        st.button(
            wording.text("Look at all pages so"),
            key="use_understanding",
            icon=":material/visibility:",
            on_click=choose_instead,
            kwargs={"understanding": last["leading"]},
        )


wording = session.language()
view = themes.begin(wording.text("How is inequality understood?"), needs="understandings")
holders = {EVERYONE: wording.text("Everyone"), **view.words("holder")}
holder = pick("holder", wording.text("Whose understanding"), holders, default=EVERYONE, segmented=True)
rows = view.understandings
asked = rows[rows["holder"] == holder] if holder else rows
if asked.empty:
    st.info(wording.text("Nothing of this is stored for what is chosen."), icon=":material/filter_alt_off:")
else:
    the_chosen(view, asked)
    by_municipality(view, asked)
    by_holder(view, rows)
themes.footnotes(
    view,
    wording.text(
        "Votes of a municipality's tables are added up; across municipalities each counts the same, however many voted."
    ),
    wording.text("Those who answered are those who took part: they do not stand for everyone in the municipality."),
)
