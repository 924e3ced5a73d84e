"""From an action to what happened: its activities, the adjustments that carry it out, and their results."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.exhibits.adjustments.adjustment import Adjustment, records
from analysis.exhibits.adjustments.filters import practice_name
from analysis.exhibits.tables import NOTHING
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.i18n import Wording
from analysis.model.theme_day_terms import Progress, Status

Row = dict[str, str]


@dataclass(frozen=True)
class Activity:
    """One thing that is done to carry out an action. ``who`` is empty and the last two are None if not stated."""

    activity: str
    who: str
    due_on: dt.date | None
    progress: Progress | None


@dataclass(frozen=True)
class CarriedOut:
    """An action of a municipality, with its activities and the adjustments that carry it out.

    ``row`` has the columns of ``store.actions``, with days as dates and None for a missing value.
    """

    row: Mapping[str, Any]
    activities: tuple[Activity, ...]
    adjustments: tuple[Adjustment, ...]

    @property
    def municipality(self) -> str:
        return str(self.row["municipality"])

    @property
    def action(self) -> str:
        return str(self.row["action"])

    @property
    def status(self) -> Status:
        return Status(self.row["status"])

    @property
    def since(self) -> dt.date | None:
        """Day of the status, if stated."""
        day: dt.date | None = self.row[f"{self.status}_on"]
        return day

    @property
    def is_begun(self) -> bool:
        """Whether there is an activity or an adjustment."""
        return bool(self.activities or self.adjustments)

    @property
    def is_described(self) -> bool:
        """Whether its evidence, a co-owner or a missing competence is stated."""
        return any(self.row[key] for key in ("evidence", "co_owners", "missing_competence"))


def carried_out(view: ThemeDayData, rows: pd.DataFrame, known: Sequence[Adjustment]) -> list[CarriedOut]:
    """Return what carries out each action in ``rows`` of ``view.actions``; ``known`` are all adjustments."""
    activities: dict[tuple[str, str], list[Activity]] = {}
    for row in records(view.activities):
        activities.setdefault(_key(row["municipality"], row["action"]), []).append(_activity(row))
    adjustments: dict[tuple[str, str], list[Adjustment]] = {}
    for one in known:
        if one.action:
            adjustments.setdefault(_key(one.municipality, one.action), []).append(one)
    found = []
    for row in map(_plain, records(rows)):
        key = _key(row["municipality"], row["action"])
        found.append(CarriedOut(row, tuple(activities.get(key, ())), tuple(adjustments.get(key, ()))))
    return found


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with timestamps as dates, and arrays as lists."""

    def plain(value: Any) -> Any:
        if isinstance(value, pd.Timestamp):
            return value.date()
        return value.tolist() if isinstance(value, np.ndarray) else value

    return {key: plain(value) for key, value in row.items()}


def _key(municipality: str, action: str) -> tuple[str, str]:
    return municipality, action.strip().casefold()


def _activity(row: Mapping[str, Any]) -> Activity:
    known = _plain(row)
    progress = Progress(known["progress"]) if known["progress"] else None
    return Activity(known["activity"], known["who"] or "", known["due_on"], progress)


def how_far(view: ThemeDayData, one: CarriedOut) -> str:
    """Return the status of an action with its day, and how many of its activities are done."""
    wording = view.wording
    status = view.word("status", one.status)
    said = wording.text("{status} since {day}", status=status, day=wording.date(one.since)) if one.since else status
    if not one.activities:
        return said
    done, count = _done(one)
    activities = wording.texts(
        "{done} of {count} activity done", "{done} of {count} activities done", count, done=wording.integer(done)
    )
    return f"{said}, {activities}"


def _done(one: CarriedOut) -> tuple[int, int]:
    """Return how many of its activities are done, and of how many: those that are dropped do not count."""
    left = [activity for activity in one.activities if activity.progress is not Progress.DROPPED]
    return sum(activity.progress is Progress.DONE for activity in left), len(left)


def state_of(view: ThemeDayData, one: CarriedOut) -> Row:
    """Return the status of an action and how many activities are done, as texts by column."""
    wording = view.wording
    done, count = map(wording.integer, _done(one))
    return {
        wording.text("Status"): view.word("status", one.status),
        wording.text("Activities done"): wording.text("{done} of {count}", done=done, count=count)
        if one.activities
        else NOTHING,
    }


def chain(view: ThemeDayData, found: Sequence[CarriedOut], results: Mapping[str, str], *, by: str) -> list[Row]:
    """Return a row for each adjustment of each action, as texts by column; one without if it has none.

    ``by`` is ``action`` or ``municipality``: what the first column names. ``results`` are by the id of an adjustment.
    """
    wording = view.wording
    rows = []
    for one in found:
        first = wording.text("Action") if by == "action" else wording.text("Municipality")
        of_action = {first: getattr(one, by), **state_of(view, one)}
        rows += [of_action | _of_adjustment(made, results, wording) for made in one.adjustments or (None,)]
    return rows


def _of_adjustment(made: Adjustment | None, results: Mapping[str, str], wording: Wording) -> Row:
    names = (
        wording.text("Adjustment"),
        wording.text("Offer"),
        wording.text("How far"),
        wording.text("Test rounds"),
        wording.text("What happened"),
    )
    if made is None:
        return dict.fromkeys(names, NOTHING)
    state = practice_name(made.state, wording) if made.state else NOTHING
    values = (made.title, made.offer, state, wording.integer(len(made.rounds)), results.get(made.id, NOTHING))
    return dict(zip(names, values, strict=True))


def activity_rows(view: ThemeDayData, one: CarriedOut) -> list[Row]:
    """Return a row for each activity: what, who, when and how far, as texts by column."""
    wording = view.wording
    return [
        {
            wording.text("Activity"): activity.activity,
            wording.text("Who"): activity.who or NOTHING,
            wording.text("When"): wording.date(activity.due_on) if activity.due_on else NOTHING,
            wording.text("How far"): view.word("progress", activity.progress) if activity.progress else NOTHING,
        }
        for activity in one.activities
    ]


def about(view: ThemeDayData, one: CarriedOut) -> Row:
    """Return what an action builds on, who owns it too and what is missing, by their names; empty if not stated."""
    return {
        view.wording.text("Evidence"): one.row["evidence"] or "",
        view.wording.text("Co-owners"): ", ".join(view.word("area", area) for area in one.row["co_owners"]),
        view.wording.text("Missing competence"): one.row["missing_competence"] or "",
    }
