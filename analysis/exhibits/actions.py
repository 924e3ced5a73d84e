"""Exhibits about actions: ranking, progress by status, and policy areas that share actions."""

import pandas as pd

from analysis.charts.bars import Bar, bars
from analysis.charts.matrix import matrix
from analysis.charts.ranks import ranks
from analysis.exhibits.choosing import Chooser, Options
from analysis.exhibits.exhibit import Exhibit, Plan
from analysis.exhibits.long_lists import MOST_DRAWN, says_first
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.exhibits.with_and_without import ComparedSides
from analysis.i18n import Wording
from analysis.measures.theme_days.ranking import Method, ballots_of_votes
from analysis.measures.theme_days.ranking import ranking as ranked
from analysis.measures.theme_days.time_to_implementation import stages
from analysis.measures.theme_days.time_to_implementation import together as in_common
from analysis.model.choices import ALL
from analysis.model.theme_day_terms import Status

DONE = (Status.RUNNING, Status.EVALUATED)
PRIORITIES, VOTES = "priorities", "votes"
SURE = 0.975
"""Share of samples that must rank an action before the next one for their order to count as certain."""


def area_options(view: ThemeDayData) -> Options:
    """Return the policy areas to choose from; the empty code selects all."""
    areas = {ALL: view.wording.text("All policy areas"), **view.words("area")}
    return Options("area", view.wording.text("Policy area"), areas)


def level_options(view: ThemeDayData) -> Options:
    """Return the levels to choose from; the empty code selects all."""
    levels = {ALL: view.wording.text("All levels"), **view.words("level")}
    return Options("level", view.wording.text("Level"), levels)


def narrowed(view: ThemeDayData, area: str, level: str) -> pd.DataFrame:
    """Return the actions of a policy area and a level; an empty value selects all."""
    rows = view.actions
    rows = rows[rows["area"] == area] if area else rows
    return rows[rows["level"] == level] if level else rows


def choose_ballots(view: ThemeDayData, chooser: Chooser) -> str:
    """Choose the input of the ranking: the municipalities' priorities or, if there are any, the votes of tables."""
    if view.votes.empty:
        return PRIORITIES
    kinds = {
        PRIORITIES: view.wording.text("The municipalities' priorities"),
        VOTES: view.wording.text("Votes at theme days"),
    }
    return chooser.choose(Options("ranked", view.wording.text("Ranked by"), kinds))


def method_options(wording: Wording) -> Options:
    methods = {
        Method.BORDA.value: wording.text("Borda: every place counts alike"),
        Method.CENTROID.value: wording.text("Rank-order centroid: the first places count most"),
    }
    return Options("method", wording.text("Method"), methods)


def chosen_action(rows: pd.DataFrame, chooser: Chooser) -> str:
    """Return the selected action; by default the one that most municipalities have.

    Raises ``MissingChoice`` if the requested action does not exist.
    """
    chooser.must_exist("action", set(rows["action"]))
    return str(chooser.requested("action") or commonest(rows))


def commonest(rows: pd.DataFrame) -> str:
    """Return the action that most municipalities have."""
    return str(rows["action"].value_counts().index[0])


def ranking(view: ThemeDayData, rows: pd.DataFrame, kind: str, method: Method, chosen: str) -> Exhibit | None:
    """Build the ranked list of actions with its uncertainty; None if there are no ballots."""
    wording = view.wording
    found = ranked(_ballots(view, rows, kind), method)
    if found.empty:
        return None
    names = {name: name for name in found["action"]}
    drawn = found[(found.index < MOST_DRAWN) | (found["action"] == chosen)]
    answers = f"{_ranking_sentence(found, wording)} {says_first(min(len(drawn), MOST_DRAWN), len(found), wording)}"
    return Exhibit(
        view,
        key="ranking",
        asks=wording.text("Which actions matter most?"),
        answers=answers.strip(),
        draw=lambda look: ranks(drawn, labels=names, chosen=chosen, wording=wording, **look),
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
        plan=Plan(
            "bars",
            wording.text("Action"),
            wording.text("Rank"),
            interval=(wording.text("95% from"), wording.text("95% to")),
        ),
        drill=("action",),
    )


def _ballots(view: ThemeDayData, rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return the ballots to rank: columns ``ballot``, ``action`` and ``place``."""
    if kind == PRIORITIES:
        return rows.rename(columns={"municipality": "ballot", "priority": "place"})[["ballot", "action", "place"]]
    return ballots_of_votes(view.votes[view.votes["action"].isin(rows["action"])])


def _ranking_sentence(found: pd.DataFrame, wording: Wording) -> str:
    """State the first action, the number of ballots that name it, and the places whose order is certain."""
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


def funnel_of_actions(view: ThemeDayData, rows: pd.DataFrame) -> Exhibit:
    """Build the funnel of actions by status."""
    wording = view.wording
    found = stages(rows)
    labels = view.words("status")
    whole = int(found["reached"].iloc[0])
    drawn = [
        Bar(
            row["status"],
            row["reached"],
            wording.text(
                "{number} ({share})",
                number=wording.integer(row["reached"]),
                share=wording.percent(row["share"], digits=0),
            ),
            whole,
        )
        for row in found.to_dict("records")
    ]
    reached = dict(zip(found["status"], found["reached"], strict=True))
    return Exhibit(
        view,
        key="funnel_of_actions",
        asks=wording.text("Do they become practice?"),
        answers=wording.text(
            "Of {whole} actions {decided} were decided, {translated} translated into activities and {running} begun.",
            whole=wording.integer(whole),
            decided=wording.integer(reached["decided"]),
            translated=wording.integer(reached["translated"]),
            running=wording.integer(reached["running"]),
        ),
        draw=lambda look: bars(
            drawn, labels=labels, unit=wording.text("Actions that came so far"), wording=wording, **look
        ),
        numbers=pd.DataFrame(
            {
                wording.text("Stage"): found["status"].map(labels),
                wording.text("Came so far"): found["reached"],
                wording.text("Share, per cent"): 100 * found["share"],
                wording.text("Came no further yet"): found["stayed"],
            }
        ),
        plan=Plan("bars", wording.text("Stage"), wording.text("Came so far")),
    )


def together(view: ThemeDayData, rows: pd.DataFrame) -> Exhibit | None:
    """Build the exhibit of policy areas that share actions."""
    wording = view.wording
    found = in_common(rows)
    if found.empty:
        return None
    labels = {key: word for key, word in view.words("area").items() if key in set(found["area"])}
    apart = found[found["area"] < found["other"]].sort_values("actions", ascending=False)
    if apart.empty:
        answer = wording.text("No two policy areas have an action in common.")
    else:
        most = apart.iloc[0]
        answer = wording.texts(
            "Most often {one} and {other}: {count} action.",
            "Most often {one} and {other}: {count} actions.",
            int(most["actions"]),
            one=labels[most["area"]].lower(),
            other=labels[most["other"]].lower(),
        )
    return Exhibit(
        view,
        key="together",
        asks=wording.text("Which policy areas work together?"),
        answers=answer,
        draw=lambda look: matrix(
            found,
            labels=labels,
            unit=wording.text("Actions in common; on the diagonal, all of the area's own"),
            wording=wording,
            **look,
        ),
        numbers=pd.DataFrame(
            {
                wording.text("Policy area"): apart["area"].map(labels),
                wording.text("Together with"): apart["other"].map(labels),
                wording.text("Actions"): apart["actions"],
            }
        ).reset_index(drop=True),
        plan="table",
    )


def action_with_and_without(view: ThemeDayData, rows: pd.DataFrame, action: str) -> ComparedSides:
    """Compare municipalities with and without this action in practice."""
    text = view.wording.text
    doing = rows[(rows["action"] == action) & rows["status"].isin(DONE)]
    return ComparedSides(
        "beside_action",
        frozenset(doing["municipality"]),
        (text("Do it"), text("Do not")),
        text("How did the gap change where “{action}” is done?", action=action),
    )
