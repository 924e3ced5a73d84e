"""Every exhibit by its key: how it is built from choices, and the page on which it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.exhibits import (
    actions,
    cached_queries,
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
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.gap_data import View
from analysis.exhibits.groups import groups
from analysis.i18n import Wording
from analysis.model.choices import impossible
from analysis.model.story import Slide
from pages.components.choice_widgets import Gone, given
from pages.components.filter_sidebar import choose_gaps, chosen_view
from pages.components.session import database
from pages.components.theme_day_page import Themes, choose_place, chosen_themes


@dataclass(frozen=True)
class Entry:
    """``page`` is the file of the page; ``build`` takes the View, or the Themes, of the choices.

    ``needs`` is what of the Themes must not be empty, as on the page itself.
    """

    page: str
    build: Callable[[Any], Exhibit | None]
    needs: str = ""


OF_GAPS: Mapping[str, Entry] = {
    "groups": Entry("overview", groups),
    "extremes": Entry("overview", changes.extremes),
    "dimensions": Entry("social_groups", dimensions.every_dimension),
    "crossed": Entry("social_groups", lambda view: dimensions.crossed(view, dimensions.choose_within(view))),
    "parts": Entry("stages", stages.parts),
    "path": Entry("stages", stages.path),
    "more_citizens": Entry("stages", lambda view: stages.more_citizens(view, stages.choose_closed(view.wording))),
    "municipality_map": Entry("municipalities", lambda view: municipalities.municipality_map(view, municipalities.MAP)),
    "municipality_tiles": Entry(
        "municipalities", lambda view: municipalities.municipality_map(view, municipalities.TILES)
    ),
    "levels": Entry("municipalities", municipalities.levels),
    "changes": Entry("municipalities", municipalities.changes),
    "funnel": Entry("municipalities", municipalities.funnel),
    "offer_changes": Entry("municipalities", changes.offers_of_place),
    "offers": Entry("adjustments", changes.offers),
    "over_time": Entry(
        "over_time",
        lambda view: over_time.over_time(
            view, over_time.choose_every(view.wording), over_time.choose_axis(view.wording)
        ),
    ),
}
OF_THEME_DAYS: Mapping[str, Entry] = {
    "reached_map": Entry("spread", lambda themes: theme_day_reach.reached_map(themes, theme_day_reach.MAP), "days"),
    "reached_tiles": Entry("spread", lambda themes: theme_day_reach.reached_map(themes, theme_day_reach.TILES), "days"),
    "growth": Entry("spread", theme_day_reach.growth, "days"),
    "reached_by_region": Entry(
        "spread", lambda themes: theme_day_reach.reached_by(themes, theme_day_reach.REGION), "days"
    ),
    "reached_by_size": Entry("spread", lambda themes: theme_day_reach.reached_by(themes, theme_day_reach.SIZE), "days"),
    "participants_by_role": Entry(
        "spread", lambda themes: theme_day_reach.participants_by(themes, theme_day_reach.ROLE), "days"
    ),
    "participants_by_area": Entry(
        "spread", lambda themes: theme_day_reach.participants_by(themes, theme_day_reach.AREA), "days"
    ),
    "not_reached": Entry("spread", theme_day_reach.not_reached, "days"),
    "understood_triangle": Entry(
        "understandings", lambda themes: _understood(themes, understandings.TRIANGLE), "understandings"
    ),
    "understood_bars": Entry(
        "understandings", lambda themes: _understood(themes, understandings.BARS), "understandings"
    ),
    "by_holder": Entry(
        "understandings", lambda themes: understandings.by_holder(themes, themes.understandings), "understandings"
    ),
    "own_understanding": Entry("municipality", lambda themes: _own_understanding(themes)),
    "ranking": Entry("actions", lambda themes: _of_actions(themes, _ranking), "actions"),
    "funnel_of_actions": Entry("actions", lambda themes: _of_actions(themes, actions.funnel_of_actions), "actions"),
    "together": Entry("actions", lambda themes: _of_actions(themes, actions.together), "actions"),
    "beside_theme_days": Entry(
        "spread", lambda themes: _beside(themes, with_and_without.beside_theme_days(themes)), "days"
    ),
    "beside_action": Entry("actions", lambda themes: _of_actions(themes, _beside_action), "actions"),
    "waiting": Entry("requests", lambda themes: requests.waiting(themes, requests.chosen_requests(themes)), "requests"),
}


def _understood(themes: Themes, shape: str) -> Exhibit | None:
    rows = understandings.held_by(themes, understandings.choose_holder(themes))
    return None if rows.empty else understandings.understood(themes, rows, shape)


def _own_understanding(themes: Themes) -> Exhibit | None:
    return understandings.own_understanding(themes, choose_place(themes))


def _of_actions(themes: Themes, build: Callable[[Themes, pd.DataFrame], Exhibit | None]) -> Exhibit | None:
    rows = actions.narrowed(themes, actions.choose_area(themes), actions.choose_level(themes))
    return None if rows.empty else build(themes, rows)


def _ranking(themes: Themes, rows: pd.DataFrame) -> Exhibit | None:
    return actions.ranking(themes, rows, actions.choose_ballots(themes), actions.choose_method(themes.wording))


def _beside_action(themes: Themes, rows: pd.DataFrame) -> Exhibit | None:
    return _beside(themes, actions.beside_action(themes, rows, actions.chosen_action(rows)))


def _beside(themes: Themes, two: with_and_without.Beside) -> Exhibit | None:
    view = choose_gaps(themes.wording, synthetic=themes.synthetic)
    return with_and_without.alongside(themes, view, two) if view else None


def page_of(exhibit: str) -> str | None:
    """The name of the page on which the exhibit stands; None for an exhibit that there is not."""
    entry = OF_GAPS.get(exhibit) or OF_THEME_DAYS.get(exhibit)
    return entry.page if entry else None


def built(slide: Slide, wording: Wording) -> Exhibit | None:
    """The exhibit of a slide in this language; None where there is nothing to show it of, or no such exhibit.

    Raises ``Gone`` where the slide makes a choice that is not there any more.
    """
    if (bad := impossible(slide.choices)) is not None:
        raise Gone(*bad)
    with given({**slide.choices, "lang": wording.code}):
        if slide.exhibit in OF_GAPS:
            view = _view(wording)
            return OF_GAPS[slide.exhibit].build(view) if view else None
        if slide.exhibit in OF_THEME_DAYS:
            entry, themes = OF_THEME_DAYS[slide.exhibit], _themes(wording)
            if themes is None or (entry.needs and getattr(themes, entry.needs).empty):
                return None
            return entry.build(themes)
    return None


def _view(wording: Wording) -> View | None:
    if not cached_queries.coverage(database().version()):
        return None
    view = chosen_view(wording)
    return view if view and not view.months.empty else None


def _themes(wording: Wording) -> Themes | None:
    covered = cached_queries.theme_day_data(database().version())
    return chosen_themes(covered, wording) if covered else None
