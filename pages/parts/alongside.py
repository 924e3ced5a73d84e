"""The link to the gaps: municipalities with something and without it, beside how their gaps changed."""

from collections.abc import Collection

import pandas as pd
import streamlit as st

from analysis.charts.beside import beside
from analysis.measures.frame import State
from analysis.measures.spread.beside import with_and_without
from analysis.model import Understanding
from analysis.wording import Wording
from analysis.wording.sentences import rate_name
from pages.parts import session, show
from pages.parts.answers import axis_name
from pages.parts.exhibit import exhibit
from pages.parts.selecting import choose_gaps
from pages.parts.themes import Themes

FEW = 10
"""Municipalities on a side below which the page says that they are few."""


def gaps_alongside(themes: Themes, having: Collection[str], names: tuple[str, str], asks: str) -> None:
    """How the gaps changed in the municipalities of ``having`` and in the others; ``names`` are those of the sides."""
    wording = themes.wording
    view = choose_gaps(wording, synthetic=themes.synthetic)
    if view is None:
        st.header(show.plain(asks))
        st.caption(wording.text("No courses or counts are stored, so there is no gap to set beside it."))
        return
    changes = view.changes(["municipality"])
    changes = changes[changes["municipality"].isin(themes.facts["name"])] if themes.region else changes
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
    is_rate = view.question.understanding is Understanding.DISADVANTAGED
    exhibit(
        view,
        beside(
            sides,
            medians=medians,
            unit=wording.text("Change in {measure}, percentage points", measure=axis_name(view.question, wording)),
            ends=(wording.text("← falls"), wording.text("rises →")),
            wording=wording,
            theme=session.theme(),
        ),
        key="alongside",
        asks=asks,
        answers=" ".join(_said(name, side, wording) for name, side in zip(names, found, strict=True)),
        numbers=_numbers(shown, having, names, wording),
        drill=("municipality",),
    )
    lines = [
        wording.text(
            "A description, not a comparison of like with like: the municipalities differ in much else, and who does "
            "something is not left to chance. It does not tell what would have happened otherwise."
        )
    ]
    if min(len(side) for side in sides.values()) < FEW:
        lines.append(wording.text("With so few municipalities the next one could turn the picture."))
    rate = rate_name(view.rate, wording)
    lines.append(
        wording.text("Measured in {rate} by {dimension}.", rate=rate, dimension=view.dimension.label(wording.code))
    )
    if is_rate:
        lines.append(wording.text("Here a rise is the better way."))
    st.caption("  \n".join(show.plain(line) for line in lines))


def _said(name: str, side: dict[str, float], wording: Wording) -> str:
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
