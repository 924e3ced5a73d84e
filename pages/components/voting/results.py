"""Live results of a theme day: votes so far, redrawn after each entry."""

import pandas as pd
import streamlit as st

from analysis.charts.bars import Bar, bars, parts
from analysis.exhibits.exhibit import Exhibit, Plan
from analysis.exhibits.theme_day_data import ThemeDayData, theme_days_of
from analysis.i18n import Wording
from analysis.i18n.sentences import understanding_name
from analysis.measures.theme_days.ranking import Method, ballots_of_votes, ranking
from analysis.measures.theme_days.understanding_shares import WEIGHTS, shares
from analysis.model.terms import Understanding
from pages.components import formatting, recovery
from pages.components.exhibit_card import exhibit
from pages.components.exhibit_context import context
from pages.components.voting.days import Day, of_day

LOOK_EVERY = 2
"""Seconds between checks for new entries."""
ON_UNDERSTANDINGS, ON_ACTIONS = "understandings", "actions"


def the_picture(view: ThemeDayData, day: Day, what: str) -> None:
    """Show the votes so far, with automatic refresh."""

    @st.fragment(run_every=LOOK_EVERY)
    def draw() -> None:
        with recovery.database_errors_explained():
            drawn()

    def drawn() -> None:
        newest = theme_days_of(context(view.wording), view.synthetic)
        if what == ON_UNDERSTANDINGS:
            asks = view.wording.text("How do we understand inequality?")
            found = picture_of_understandings(newest, day, asks)
        else:
            asks = view.wording.text("Which actions matter most to us?")
            found = picture_of_actions(newest, day, asks)
        if found:
            exhibit(found)
        else:
            waiting(asks, view.wording)

    draw()


def picture_of_understandings(view: ThemeDayData, day: Day, asks: str) -> Exhibit | None:
    """Return the weights from the votes of all tables; None before the first vote."""
    wording = view.wording
    rows = of_day(view, view.understandings, day)
    if rows.empty:
        return None
    names = [understanding_name(one, wording) for one in Understanding]
    when = {"before": wording.text("Before"), "after": wording.text("After")}
    found = {asked: shares(rows[rows["asked"] == asked].assign(municipality="all"), ["municipality"]) for asked in when}
    drawn = {when[asked]: [100 * one.iloc[0][key] for key in WEIGHTS] for asked, one in found.items() if len(one)}
    tables = rows.drop_duplicates(["municipality", "table"])
    last = list(drawn.values())[-1]
    most = max(range(len(names)), key=last.__getitem__)
    return Exhibit(
        view,
        key="day_understandings",
        asks=asks,
        draw=lambda look: parts(
            drawn,
            labels={name: name for name in drawn},
            names=names,
            keys=WEIGHTS,
            unit=wording.text("Per cent of the votes"),
            wording=wording,
            **look,
        ),
        answers=wording.texts(
            "{count} table so far; most weight on {name}.",
            "{count} tables so far; most weight on {name}.",
            len(tables),
            name=names[most].lower(),
        ),
        numbers=pd.DataFrame(
            {
                wording.text("Asked"): list(drawn),
                **{name: [values[place] for values in drawn.values()] for place, name in enumerate(names)},
            }
        ),
        plan=Plan("stacked", wording.text("Asked"), tuple(names)),
        tellable=False,
    )


def picture_of_actions(view: ThemeDayData, day: Day, asks: str) -> Exhibit | None:
    """Return the votes on actions; None before the first vote."""
    wording = view.wording
    rows = of_day(view, view.votes, day)
    if rows.empty:
        return None
    votes = rows.groupby("action")["votes"].sum().sort_values(ascending=False)
    ranked = ranking(ballots_of_votes(rows), Method.BORDA)
    rank = dict(zip(ranked["action"], ranked["rank"], strict=True))
    drawn = [
        Bar(name, number, wording.texts("{count} vote", "{count} votes", number))
        for name, number in votes.items()
        if number
    ]
    tables = rows.drop_duplicates(["municipality", "table"])
    return Exhibit(
        view,
        key="day_actions",
        asks=asks,
        draw=lambda look: bars(
            drawn,
            labels={name: name for name in votes.index},
            unit=wording.text("Votes"),
            wording=wording,
            **look,
        ),
        answers=wording.texts(
            "{count} table so far; “{action}” has the most votes.",
            "{count} tables so far; “{action}” has the most votes.",
            len(tables),
            action=votes.index[0],
        ),
        numbers=pd.DataFrame(
            {
                wording.text("Action"): votes.index,
                wording.text("Votes"): votes.to_numpy(),
                wording.text("Rank, every table counting the same"): [rank.get(name) for name in votes.index],
            }
        ),
        plan=Plan("bars", wording.text("Action"), wording.text("Votes")),
        tellable=False,
    )


def waiting(asks: str, wording: Wording) -> None:
    """Show that no table has voted yet."""
    st.header(formatting.plain(asks))
    st.info(wording.text("No table has voted yet. The picture grows as votes come in."), icon=":material/how_to_vote:")
