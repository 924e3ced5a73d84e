"""How far has the work come? Municipalities and people reached, when, who took part, and where it has not come."""

from typing import Any

import pandas as pd
import streamlit as st

from analysis import store
from analysis.charts.growth import Step, growth
from analysis.charts.kinds import kinds_map, kinds_tiles
from analysis.measures.spread import reach as measured
from analysis.model import DayKind
from analysis.wording import Wording
from pages.parts import session, show, themes
from pages.parts.alongside import gaps_alongside
from pages.parts.choices import pick
from pages.parts.exhibit import exhibit
from pages.parts.reached import divided, not_reached, size_names, who_took_part
from pages.parts.themes import Themes

MAP, TILES = "map", "tiles"
OWN_DAY, REACHED, NOT_REACHED = "own day", "reached", "not reached"


def figures(view: Themes, covered: pd.Series) -> None:
    """Four cards: municipalities, people, participants, theme days."""
    wording = view.wording
    days = view.days.drop_duplicates(["held_on", "place"])
    local = int((days["day_kind"] == DayKind.LOCAL).sum())
    with st.grid(4, min_column_width=200, key="spread_figures"):
        show.card(
            wording.text("Municipalities reached"),
            wording.integer(covered["reached"]),
            wording.percent(covered["share"]),
            wording.text("of {whole}", whole=wording.integer(covered["municipalities"])),
        )
        show.card(
            wording.text("Share of the population"),
            wording.percent(covered["population_share"]),
            _people(covered, wording),
        )
        show.card(
            wording.text("Participants"),
            wording.integer(view.days["participants"].sum()),
            wording.text("Someone who took part twice counts twice."),
        )
        show.card(
            wording.text("Theme days"),
            wording.integer(len(days)),
            wording.text("each date and place one"),
            wording.text("{local} of them local", local=wording.integer(local)),
        )


def _people(covered: pd.Series, wording: Wording) -> str:
    return wording.text(
        "{reached} of {whole} people",
        reached=wording.integer(covered["population_reached"]),
        whole=wording.integer(covered["population"]),
    )


def the_map(view: Themes, covered: pd.Series) -> None:
    """Which municipalities have taken part, and which have had a day of their own."""
    wording = view.wording
    names = {
        OWN_DAY: wording.text("Its own theme day"),
        REACHED: wording.text("Elsewhere"),
        NOT_REACHED: wording.text("Not reached"),
    }
    kinds = {
        row["name"]: OWN_DAY if row["has_own_day"] else REACHED if row["is_reached"] else NOT_REACHED
        for row in view.reach.to_dict("records")
    }
    told = {row["name"]: _told(row, names[kinds[row["name"]]], wording) for row in view.reach.to_dict("records")}
    shown_as = {MAP: wording.text("Map"), TILES: wording.text("Equal tiles")}
    kind = pick("map", wording.text("Shown as"), shown_as, default=MAP, segmented=True)
    look: dict[str, Any] = {"names": names, "told": told, "wording": wording, "theme": session.theme()}
    unit = wording.text("Municipalities by how they were reached")
    if kind == TILES:
        figure = kinds_tiles(kinds, tiles=store.municipality_tiles(), unit=unit, **look)
    else:
        shapes = store.municipality_shapes()
        figure = kinds_map(kinds, shapes=shapes.rings, points=shapes.points, unit=unit, **look)
    own = sum(kind == OWN_DAY for kind in kinds.values())
    answer = wording.text(
        "{reached} of {whole} municipalities, home to {share} of the people, took part; {own} had a theme day of their "
        "own.",
        reached=wording.integer(covered["reached"]),
        whole=wording.integer(covered["municipalities"]),
        share=wording.percent(covered["population_share"], digits=0),
        own=wording.integer(own),
    )
    exhibit(
        view,
        figure,
        key=f"reached_{kind}",
        asks=wording.text("Which municipalities have taken part?"),
        answers=answer,
        numbers=_municipalities(view.reach, kinds, names, wording),
        drill=("municipality",),
    )


def _told(row: dict[str, object], kind: str, wording: Wording) -> str:
    number = int(str(row["participants"]))
    if not number:
        return kind
    return f"{kind}. " + wording.texts("{count} participant", "{count} participants", number)


def _municipalities(rows: pd.DataFrame, kinds: dict[str, str], names: dict[str, str], wording: Wording) -> pd.DataFrame:
    return pd.DataFrame(
        {
            wording.text("Municipality"): rows["name"],
            wording.text("Reached"): rows["name"].map(kinds).map(names),
            wording.text("First on"): rows["first_on"].dt.date,
            wording.text("Region"): rows["region"],
            wording.text("Participants"): rows["participants"],
            wording.text("Population"): rows["population"],
        }
    ).reset_index(drop=True)


def how_it_grew(view: Themes) -> None:
    """The municipalities reached, theme day by theme day."""
    wording = view.wording
    found = measured.growth(view.days, view.reach)
    whole = len(view.reach)
    steps = [
        Step(
            row["held_on"].date(),
            row["reached"],
            wording.integer(row["reached"]),
            wording.text(
                "{day}: {reached} municipalities, {share} of the people, {participants} participants",
                day=wording.date(row["held_on"].date()),
                reached=wording.integer(row["reached"]),
                share=wording.percent(row["population_share"], digits=0),
                participants=wording.integer(row["participants"]),
            ),
        )
        for row in found.to_dict("records")
    ]
    if not steps:
        return
    first, last = steps[0], steps[-1]
    exhibit(
        view,
        growth(
            steps,
            most=whole,
            unit=wording.text("Municipalities reached so far"),
            most_said=wording.text("All {whole}", whole=wording.integer(whole)),
            wording=wording,
            theme=session.theme(),
        ),
        key="growth",
        asks=wording.text("How did it grow?"),
        answers=wording.text(
            "From {first} municipalities on {day} to {last} on {until}.",
            first=first.text,
            day=wording.date(first.day),
            last=last.text,
            until=wording.date(last.day),
        ),
        numbers=pd.DataFrame(
            {
                wording.text("Date"): found["held_on"].dt.date,
                wording.text("Municipalities reached"): found["reached"],
                wording.text("Share of the population, per cent"): 100 * found["population_share"],
                wording.text("Participants"): found["participants"],
            }
        ),
    )


def chosen(view: Themes) -> None:
    """The one municipality that is chosen, in a line, with the way to its page."""
    wording = view.wording
    rows = view.reach[view.reach["name"] == view.municipality].to_dict("records")
    if not rows:
        return
    [row] = rows
    said = (
        wording.text(
            "{municipality}: {participants} participants, the first on {day}.",
            municipality=row["name"],
            participants=wording.integer(row["participants"]),
            day=wording.date(row["first_on"].date()),
        )
        if row["is_reached"]
        else wording.text("{municipality} has not taken part.", municipality=row["name"])
    )
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="chosen_municipality"):
        st.markdown(show.plain(said))
        st.page_link("pages/municipality.py", label=wording.text("See its page"), icon=":material/arrow_forward:")


wording = session.language()
view = themes.begin(wording.text("How far has the work come?"), needs="days")
covered = measured.coverage(view.reach).iloc[0]
figures(view, covered)
chosen(view)
the_map(view, covered)
how_it_grew(view)
left, right = st.columns(2, gap="large")
with left:
    regions = {name: name for name in view.facts["region"]}
    divided(view, "region", wording.text("In which regions?"), regions)
    who_took_part(view, "role", wording.text("Who took part?"))
with right:
    divided(view, "size", wording.text("Large and small municipalities?"), size_names(wording))
    who_took_part(view, "area", wording.text("From which policy areas?"))
not_reached(view)
gaps_alongside(
    view,
    set(view.days["municipality"]),
    (wording.text("Took part in theme days"), wording.text("Took part in none")),
    wording.text("How did the gap change where theme days were held?"),
)
themes.footnotes(
    view,
    wording.text(
        "Population: Statistics Denmark, 1 January 2024. Every municipality is counted, so there is no interval."
    ),
    wording.text("Participants are counted, never named. They are professionals; no citizen is among them."),
)
