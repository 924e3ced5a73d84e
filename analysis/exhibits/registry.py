"""Registry of exhibits by key: builder and page of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.auth.roles import DisclosureLevel
from analysis.exhibits import (
    actions,
    changes,
    dimensions,
    municipalities,
    over_time,
    requests,
    stages,
    theme_day_reach,
    understandings,
    with_and_without,
)
from analysis.exhibits.adjustments import kinds
from analysis.exhibits.choosing import Chooser, GivenChoices, MissingChoice
from analysis.exhibits.context import Context
from analysis.exhibits.coverage import coverage
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.gap_choices import GroupsNotChosen, chosen_gap_data, other_gap_data
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.groups import groups
from analysis.exhibits.starters import starters
from analysis.exhibits.stored_data import StoredData
from analysis.exhibits.theme_day_data import ThemeDayData, choose_place, chosen_theme_day_data
from analysis.i18n import wording
from analysis.measures.theme_days.ranking import Method
from analysis.model.choices import impossible


@dataclass(frozen=True)
class ExhibitRequest:
    """Complete input of an exhibit, as codes; also its cache key.

    ``choices`` are pairs of a key of ``analysis.model.choices`` and a code; ``version`` is that of all stored data.
    """

    exhibit: str
    choices: tuple[tuple[str, str], ...]
    language: str
    disclosure_level: DisclosureLevel
    version: int


@dataclass(frozen=True)
class Entry:
    """Page file of an exhibit, and its builder from gap data and a chooser of further choices."""

    page: str
    build: Callable[[GapData, Chooser], Exhibit | None]


@dataclass(frozen=True)
class ThemeDayEntry:
    """As ``Entry``, for theme-day data. ``needs`` names the list that must not be empty."""

    page: str
    build: Callable[[ThemeDayData, Context], Exhibit | None]
    needs: str


def _without_choices(build: Callable[[Any], Exhibit | None]) -> Callable[[Any, Any], Exhibit | None]:
    return lambda data, _: build(data)


def _crossed(view: GapData, chooser: Chooser) -> Exhibit | None:
    return dimensions.crossed(view, chooser.choose(dimensions.within_options(view)))


def _more_citizens(view: GapData, chooser: Chooser) -> Exhibit | None:
    return stages.more_citizens(view, chooser.choose_number(stages.closed_options(view.wording)))


def _over_time(view: GapData, chooser: Chooser) -> Exhibit | None:
    period = chooser.choose(over_time.period_options(view.wording))
    return over_time.over_time(view, period, chooser.choose(over_time.axis_options(view.wording)))


def _map(kind: str) -> Callable[[GapData, Chooser], Exhibit | None]:
    return lambda view, _: municipalities.municipality_map(view, kind)


def _kinds(view: GapData, chooser: Chooser) -> Exhibit | None:
    return kinds.kinds(view, chooser.choose(kinds.kind_options(view.wording)))


OF_GAPS: Mapping[str, Entry] = {
    "groups": Entry("overview", _without_choices(groups)),
    "extremes": Entry("overview", _without_choices(changes.extremes)),
    "dimensions": Entry("social_groups", _without_choices(dimensions.every_dimension)),
    "crossed": Entry("social_groups", _crossed),
    "starters": Entry("social_groups", _without_choices(starters)),
    "parts": Entry("stages", _without_choices(stages.parts)),
    "path": Entry("stages", _without_choices(stages.path)),
    "more_citizens": Entry("stages", _more_citizens),
    "municipality_map": Entry("municipalities", _map(municipalities.MAP)),
    "municipality_tiles": Entry("municipalities", _map(municipalities.TILES)),
    "levels": Entry("municipalities", _without_choices(municipalities.levels)),
    "changes": Entry("municipalities", _without_choices(municipalities.changes)),
    "funnel": Entry("municipalities", _without_choices(municipalities.funnel)),
    "offer_changes": Entry("municipalities", _without_choices(changes.offers_of_place)),
    "offers": Entry("adjustments", _without_choices(changes.offers)),
    "adjustment_kinds": Entry("adjustments", _kinds),
    "over_time": Entry("over_time", _over_time),
    "coverage": Entry("coverage", _without_choices(coverage)),
}


def _reached_map(kind: str) -> Callable[[ThemeDayData, Context], Exhibit | None]:
    return lambda themes, _: theme_day_reach.reached_map(themes, kind)


def _reached_by(by: str) -> Callable[[ThemeDayData, Context], Exhibit | None]:
    return lambda themes, _: theme_day_reach.reached_by(themes, by)


def _participants_by(by: str) -> Callable[[ThemeDayData, Context], Exhibit | None]:
    return lambda themes, _: theme_day_reach.participants_by(themes, by)


def _understanding_shares(shape: str) -> Callable[[ThemeDayData, Context], Exhibit | None]:
    def build(themes: ThemeDayData, context: Context) -> Exhibit | None:
        holder = context.chooser.choose(understandings.holder_options(themes))
        rows = understandings.held_by(themes, holder)
        return None if rows.empty else understandings.understanding_shares(themes, rows, shape)

    return build


def _by_holder(themes: ThemeDayData, _: Context) -> Exhibit | None:
    return understandings.by_holder(themes, themes.understandings)


def _own_understanding(themes: ThemeDayData, context: Context) -> Exhibit | None:
    return understandings.own_understanding(themes, choose_place(context, themes))


def _of_actions(
    build: Callable[[ThemeDayData, pd.DataFrame, Context], Exhibit | None],
) -> Callable[[ThemeDayData, Context], Exhibit | None]:
    def of_chosen(themes: ThemeDayData, context: Context) -> Exhibit | None:
        choose = context.chooser.choose
        rows = actions.narrowed(themes, choose(actions.area_options(themes)), choose(actions.level_options(themes)))
        return None if rows.empty else build(themes, rows, context)

    return of_chosen


def _ranking(themes: ThemeDayData, rows: pd.DataFrame, context: Context) -> Exhibit | None:
    kind = actions.choose_ballots(themes, context.chooser)
    method = Method(context.chooser.choose(actions.method_options(themes.wording)))
    return actions.ranking(themes, rows, kind, method, actions.chosen_action(rows, context.chooser))


def _action_with_and_without(themes: ThemeDayData, rows: pd.DataFrame, context: Context) -> Exhibit | None:
    action = actions.chosen_action(rows, context.chooser)
    return _with_and_without(themes, context, actions.action_with_and_without(themes, rows, action))


def _theme_days_with_and_without(themes: ThemeDayData, context: Context) -> Exhibit | None:
    return _with_and_without(themes, context, with_and_without.theme_days_with_and_without(themes))


def _with_and_without(themes: ThemeDayData, context: Context, two: with_and_without.ComparedSides) -> Exhibit | None:
    try:
        view = other_gap_data(context, synthetic=themes.synthetic)
    except GroupsNotChosen:
        return None
    return with_and_without.gaps_with_and_without(themes, view, two) if view else None


def _waiting(themes: ThemeDayData, _: Context) -> Exhibit | None:
    return requests.waiting(themes, requests.chosen_requests(themes))


OF_THEME_DAYS: Mapping[str, ThemeDayEntry] = {
    "reached_map": ThemeDayEntry("spread", _reached_map(municipalities.MAP), "days"),
    "reached_tiles": ThemeDayEntry("spread", _reached_map(municipalities.TILES), "days"),
    "growth": ThemeDayEntry("spread", _without_choices(theme_day_reach.growth), "days"),
    "reached_by_region": ThemeDayEntry("spread", _reached_by(theme_day_reach.REGION), "days"),
    "reached_by_size": ThemeDayEntry("spread", _reached_by(theme_day_reach.SIZE), "days"),
    "participants_by_role": ThemeDayEntry("spread", _participants_by(theme_day_reach.ROLE), "days"),
    "participants_by_area": ThemeDayEntry("spread", _participants_by(theme_day_reach.AREA), "days"),
    "not_reached": ThemeDayEntry("spread", _without_choices(theme_day_reach.not_reached), "days"),
    "understood_triangle": ThemeDayEntry(
        "understandings", _understanding_shares(understandings.TRIANGLE), "understandings"
    ),
    "understood_bars": ThemeDayEntry("understandings", _understanding_shares(understandings.BARS), "understandings"),
    "by_holder": ThemeDayEntry("understandings", _by_holder, "understandings"),
    "own_understanding": ThemeDayEntry("municipality", _own_understanding, ""),
    "ranking": ThemeDayEntry("actions", _of_actions(_ranking), "actions"),
    "funnel_of_actions": ThemeDayEntry(
        "actions", _of_actions(lambda themes, rows, _: actions.funnel_of_actions(themes, rows)), "actions"
    ),
    "together": ThemeDayEntry(
        "actions", _of_actions(lambda themes, rows, _: actions.together(themes, rows)), "actions"
    ),
    "beside_theme_days": ThemeDayEntry("spread", _theme_days_with_and_without, "days"),
    "beside_action": ThemeDayEntry("actions", _of_actions(_action_with_and_without), "actions"),
    "waiting": ThemeDayEntry("requests", _waiting, "requests"),
}


def page_of(exhibit: str) -> str | None:
    """Return the name of the exhibit's page; None if there is no such exhibit."""
    entry = OF_GAPS.get(exhibit) or OF_THEME_DAYS.get(exhibit)
    return entry.page if entry else None


def build(data: StoredData, request: ExhibitRequest) -> Exhibit | None:
    """Build the requested exhibit; None if there are no data for it or no such exhibit.

    Raises ``MissingChoice`` if a chosen value does not exist.
    """
    choices = {**dict(request.choices), "lang": request.language}
    if (bad := impossible(choices)) is not None:
        raise MissingChoice(*bad)
    context = Context(data, request.disclosure_level, wording(request.language), GivenChoices(choices))
    if request.exhibit in OF_GAPS:
        return _of_gaps(OF_GAPS[request.exhibit], context)
    if request.exhibit in OF_THEME_DAYS:
        return _of_theme_days(OF_THEME_DAYS[request.exhibit], context)
    return None


def _of_gaps(entry: Entry, context: Context) -> Exhibit | None:
    if not context.data.coverage(context.data.database.version()):
        return None
    try:
        view = chosen_gap_data(context)
    except GroupsNotChosen:
        return None
    return entry.build(view, context.chooser) if view and not view.months.empty else None


def _of_theme_days(entry: ThemeDayEntry, context: Context) -> Exhibit | None:
    kinds = context.data.theme_day_kinds(context.data.database.version())
    if not kinds:
        return None
    themes = chosen_theme_day_data(context, kinds)
    if entry.needs and getattr(themes, entry.needs).empty:
        return None
    return entry.build(themes, context)
