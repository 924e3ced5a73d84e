"""Which actions matter most, do they become practice, who has done it already, and who works together?"""

import pandas as pd
import streamlit as st

from analysis.charts.ranks import ranks
from analysis.measures.spread.ranking import Method, ballots_of_votes, ranking
from analysis.wording import Wording
from pages.parts import session, themes
from pages.parts.alongside import gaps_alongside
from pages.parts.choices import pick
from pages.parts.exhibit import exhibit
from pages.parts.practice import DONE, commonest, the_funnel, who_has_done_it, working_together
from pages.parts.selecting import ALL
from pages.parts.themes import Themes

PRIORITIES, VOTES = "priorities", "votes"
SURE = 0.975
"""The share of samples in which an action lies before the next one, at which the order of the two is called sure."""


def narrowed(view: Themes) -> pd.DataFrame:
    """The actions of the policy area and the level that are chosen."""
    wording = view.wording
    left, right = st.columns(2)
    with left:
        areas = {ALL: wording.text("All policy areas"), **view.words("area")}
        area = pick("area", wording.text("Policy area"), areas, default=ALL)
    with right:
        levels = {ALL: wording.text("All levels"), **view.words("level")}
        level = pick("level", wording.text("Level"), levels, default=ALL)
    rows = view.actions
    rows = rows[rows["area"] == area] if area else rows
    return rows[rows["level"] == level] if level else rows


def ballots(view: Themes, rows: pd.DataFrame) -> pd.DataFrame:
    """The lists that are put together: those of municipalities, or the votes of tables."""
    wording = view.wording
    kinds = {
        PRIORITIES: wording.text("The municipalities' priorities"),
        VOTES: wording.text("Votes at theme days"),
    }
    if view.votes.empty or pick("ranked", wording.text("Ranked by"), kinds, default=PRIORITIES) == PRIORITIES:
        return rows.rename(columns={"municipality": "ballot", "priority": "place"})[["ballot", "action", "place"]]
    voted = view.votes[view.votes["action"].isin(rows["action"])]
    return ballots_of_votes(voted)


def the_ranking(view: Themes, rows: pd.DataFrame) -> pd.DataFrame:
    """The ranked list, with how sure its order is."""
    wording = view.wording
    left, right = st.columns(2)
    with left:
        given = ballots(view, rows)
    with right:
        methods = {
            Method.BORDA.value: wording.text("Borda: every place counts alike"),
            Method.CENTROID.value: wording.text("Rank-order centroid: the first places count most"),
        }
        method = Method(pick("method", wording.text("Method"), methods, default=Method.BORDA.value))
    found = ranking(given, method)
    if found.empty:
        st.info(wording.text("No municipality has given priorities to these actions."), icon=":material/sort:")
        return found
    names = {name: name for name in found["action"]}
    exhibit(
        view,
        ranks(found, labels=names, chosen=chosen_action(view, rows), wording=wording, theme=session.theme()),
        key="ranking",
        asks=wording.text("Which actions matter most?"),
        answers=ranking_sentence(found, wording),
        numbers=pd.DataFrame(
            {
                wording.text("Action"): found["action"],
                wording.text("Rank"): found["rank"],
                wording.text("95% from"): found["lower"],
                wording.text("95% to"): found["upper"],
                wording.text("Score, 0 to 100"): 100 * found["score"],
                wording.text("Named by"): found["ballots"],
                wording.text("Placed first by"): found["first"],
                wording.text("Before the next, per cent of samples"): 100 * found["ahead"],
            }
        ),
        drill=("action",),
    )
    return found


def ranking_sentence(found: pd.DataFrame, wording: Wording) -> str:
    """The first on the list, on how many lists it rests, and down to where the order is sure."""
    first = found.iloc[0]
    said = wording.text(
        "“{action}” comes first: {ballots} of {asked} name it, {first} place it first.",
        action=first["action"],
        ballots=wording.integer(first["ballots"]),
        asked=wording.integer(first["asked"]),
        first=wording.integer(first["first"]),
    )
    sure = (found["ahead"] >= SURE).cummin().sum()
    if sure:
        more = wording.texts(
            "The order is sure for the first place; below it neighbours may well stand the other way round.",
            "The order is sure down to place {count}; below it neighbours may well stand the other way round.",
            int(sure),
        )
    else:
        more = wording.text("Neighbours on the list may well stand the other way round, the first two too.")
    return f"{said} {more}"


def chosen_action(view: Themes, rows: pd.DataFrame) -> str:
    """The action that is looked at, the one that most municipalities have unless a person picks another."""
    return str(st.session_state.get("action") or st.session_state.get("action_held") or commonest(rows))


wording = session.language()
view = themes.begin(wording.text("Which actions matter most, and do they become practice?"), needs="actions")
rows = narrowed(view)
if rows.empty:
    st.info(wording.text("Nothing of this is stored for what is chosen."), icon=":material/filter_alt_off:")
else:
    the_ranking(view, rows)
    the_funnel(view, rows)
    action = who_has_done_it(view, rows)
    working_together(view, rows)
    doing = rows[(rows["action"] == action) & rows["status"].isin(DONE)]
    gaps_alongside(
        view,
        set(doing["municipality"]),
        (wording.text("Do it"), wording.text("Do not")),
        wording.text("How did the gap change where “{action}” is done?", action=action),
    )
themes.footnotes(
    view,
    wording.text(
        "Ranks: each list gives points by place; what a list leaves out shares the places left over. The interval "
        "shows where the rank lies when lists are drawn anew."
    ),
)
