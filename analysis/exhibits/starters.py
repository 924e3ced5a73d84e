"""Exhibit of who starts: each group's share of all starters, walk-ins included."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.exhibits.cache import cached
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.groups import exhibit_of_groups
from analysis.measures.directions import rate_directions
from analysis.measures.intervals import Interval, mover_difference
from analysis.measures.result_frame import State
from analysis.measures.starters import shares_of_starters, walk_ins
from analysis.model.terms import MISSING, Direction, Phase, Rate, Stage

MUCH_UNKNOWN = 0.05
"""Minimum share of starters without a known group for a sentence about them."""


@cached
def starters(view: GapData) -> Exhibit:
    """Build the shares of the groups of a dimension among all who started."""
    wording, counts = view.wording, view.counts_of(Rate.PARTICIPATION)
    groups = [key for key in view.labels() if key in set(counts["group"])]
    shares = shares_of_starters(counts, groups, view.smallest_count(counts), view.phases)
    own = {row["phase"]: row for row in shares[shares["group"] == view.question.group].to_dict("records")}
    headline, sentence = _in_words(own, view)
    sentence += _unknown(counts, view)
    number = walk_ins(counts)
    if number >= view.disclosure_level.rounding_base and number > 0:
        sentence += " " + wording.texts(
            "{count} course is that of a walk-in, whom nobody had invited.",
            "{count} courses are those of walk-ins, whom nobody had invited.",
            number,
        )
    return exhibit_of_groups(view, "starters", (headline, sentence), shares)


def _unknown(counts: pd.DataFrame, view: GapData) -> str:
    """State the share of starters whose group is unknown, where it is large enough to turn the answer."""
    started = counts.groupby(["phase", counts["group"] == MISSING])[Stage.PARTICIPATED.value].sum()
    shares = [started.get((phase, True), 0) / max(started.loc[phase].sum(), 1) for phase in view.phases]
    if max(shares) < MUCH_UNKNOWN:
        return ""
    shown = [view.wording.percent(share) for share in shares]
    if view.is_now:
        return " " + view.wording.text("The group of {now} is unknown and left out.", now=shown[0])
    return " " + view.wording.text(
        "The group is unknown of {before} before and {after} after; they are left out.", before=shown[0], after=shown[1]
    )


def _in_words(rows: Mapping[str, Mapping[str, Any]], view: GapData) -> tuple[str, str]:
    """Return the headline and the sentence about the group's share."""
    wording, group = view.wording, view.compared
    if not rows or any(row["state"] != State.SHOWN for row in rows.values()):
        return wording.text("Who starts?"), wording.text("The share of “{group}” cannot be shown.", group=group)
    shares = {phase: wording.percent(row["estimate"]) for phase, row in rows.items()}
    if view.is_now:
        now = wording.text("{share} of all who start are “{group}”.", share=shares[Phase.NOW], group=group)
        return wording.text("Who starts?"), now
    before, after = (
        Interval(*(np.asarray(rows[phase][name]) for name in Interval._fields)) for phase in (Phase.BEFORE, Phase.AFTER)
    )
    change = mover_difference(after, before)
    headline = {
        Direction.ROSE: wording.text("“{group}” make up more of those who start", group=group),
        Direction.FELL: wording.text("“{group}” make up less of those who start", group=group),
    }.get(Direction(str(rate_directions(change))), wording.text("No clear change in who starts"))
    return headline, wording.text(
        "Of all who started, {before} were “{group}” before and {after} after (95% interval of the change: {lower} to "
        "{upper} points).",
        before=shares[Phase.BEFORE],
        after=shares[Phase.AFTER],
        group=group,
        lower=wording.decimal(100 * float(change.lower)),
        upper=wording.decimal(100 * float(change.upper)),
    )
