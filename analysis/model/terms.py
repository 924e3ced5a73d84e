"""Domain terms as types: stages, rates, phases, dimensions and the user's selection."""

import datetime as dt
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

MISSING = "missing"
"""Group of citizens whose group in a dimension is not stated: counted, never compared."""

COUNTS_COLUMNS = (
    "municipality",
    "offer",
    "phase",
    "dimension",
    "group",
    "invited",
    "participated",
    "completed",
)
"""Columns of the table of counts, the central table. ``invited`` is missing if only participants are known."""


class Stage(StrEnum):
    """Stage that a citizen reached; counts never increase from one stage to the next."""

    INVITED = "invited"
    PARTICIPATED = "participated"
    COMPLETED = "completed"


class Rate(StrEnum):
    """Share of citizens who went from one stage to a later one."""

    PARTICIPATION = "participation"
    COMPLETION = "completion"
    REACH = "reach"

    @property
    def numerator(self) -> Stage:
        return Stage.PARTICIPATED if self is Rate.PARTICIPATION else Stage.COMPLETED

    @property
    def denominator(self) -> Stage:
        return Stage.PARTICIPATED if self is Rate.COMPLETION else Stage.INVITED


class Phase(StrEnum):
    """Phase of a period relative to the offer's own adjustment."""

    BEFORE = "before"
    AFTER = "after"
    TRANSITION = "transition"
    """Periods that contain the adjustment: excluded, with a note."""
    UNADJUSTED = "unadjusted"
    """Every period of a comparison offer, which has no adjustment."""
    NOW = "now"
    """All periods of a selection that has no before and after to compare."""


class RoundingBase(int):
    """Smallest count shown if counts are rounded to its multiples; 0 and this value can represent smaller counts."""


class Understanding(StrEnum):
    """Definition of inequality: each interprets the same numbers differently."""

    DISADVANTAGED = "disadvantaged"
    """The situation of the worst-off: the rate of one group."""
    GAP = "gap"
    """The distance between the ends: the difference between two groups' rates."""
    GRADIENT = "gradient"
    """The gradient across all groups: the slope over ranked groups, or the dispersion of unranked ones."""


class Direction(StrEnum):
    """Direction of the change in the size of a gap or a gradient, or in the rate of one group."""

    NARROWED = "narrowed"
    WIDENED = "widened"
    CLOSED = "closed"
    """Narrowed, and nothing of a relevant size is left."""
    TURNED = "turned"
    """The group that was behind is now clearly ahead."""
    LEVELLED_DOWN = "levelled down"
    """Narrower only because the rate of those ahead fell."""
    ROSE = "rose"
    FELL = "fell"
    UNCLEAR = "unclear"
    """The interval of the change includes 0, or too many changes are compared to call this one clear."""


class Aim(StrEnum):
    """Aim of an adjustment."""

    RECRUITMENT = "recruitment"
    COMPLETION = "completion"
    BOTH = "both"


class OfferKind(StrEnum):
    SOCIAL = "social"
    HEALTH = "health"


class Outcome(StrEnum):
    """Outcome of a course, as stated by the export."""

    COMPLETED = "completed"
    DROPPED_OUT = "dropped out"
    RUNNING = "running"


class Named(StrEnum):
    """Kind of what can be called otherwise than in the files."""

    GROUP = "group"
    ADJUSTMENT = "adjustment"
    ACTION = "action"


class Practice(StrEnum):
    """How far an adjustment has come."""

    PLANNED = "planned"
    TESTING = "testing"
    PART_OF_PRACTICE = "part of practice"
    DROPPED = "dropped"


class Decision(StrEnum):
    """What follows from a test round."""

    KEEP = "keep"
    ADAPT = "adapt"
    DROP = "drop"


UNDIVIDED, EVERYBODY = "all", "all citizens"
"""Key of the dimension of totals without social groups, and of its only group."""
NO_ID = "#row "
"""Start of the id of a course whose citizen has none in the file. It is no other citizen's id, in any file."""


@dataclass(frozen=True)
class Group:
    """One level of a dimension. ``rank`` 1 is the least advantaged; None if the group is outside the order."""

    key: str
    labels: Mapping[str, str]
    rank: int | None = None

    def label(self, language: str) -> str:
        return self.labels.get(language, self.key)


@dataclass(frozen=True)
class Dimension:
    """A division of citizens into groups.

    ``reference`` and ``compared`` are the keys of the default groups of a comparison; in an ordered dimension they are
    its most and its least advantaged group. ``has_pair`` is False if nothing says which groups to compare: the user
    has to choose them.
    """

    key: str
    labels: Mapping[str, str]
    ordered: bool
    groups: tuple[Group, ...]
    reference: str
    compared: str
    has_pair: bool = True

    def label(self, language: str) -> str:
        return self.labels.get(language, self.key)

    @property
    def is_undivided(self) -> bool:
        """Whether its numbers are totals, without social groups."""
        return self.key == UNDIVIDED

    def group(self, key: str) -> Group:
        """Return the group with this key. Raises ``KeyError`` if the dimension lacks it."""
        for group in self.groups:
            if group.key == key:
                return group
        raise KeyError(key)

    def only(self, keys: set[str]) -> "Dimension":
        """Restrict the dimension to these groups, and choose its compared and reference group among them.

        Raises ``ValueError`` if fewer than two groups remain to compare.
        """
        groups = tuple(group for group in self.groups if group.key in keys)
        if len(groups) < 2:
            raise ValueError(f"{self.key}: fewer than two groups to compare")
        ranked = sorted((group for group in groups if group.rank is not None), key=lambda group: group.rank or 0)
        if self.ordered and len(ranked) > 1:
            return replace(self, groups=groups, reference=ranked[-1].key, compared=ranked[0].key)
        present = [group.key for group in groups]
        has_pair = self.has_pair and not self.ordered and {self.reference, self.compared} <= {*present}
        reference = self.reference if self.reference in present else present[0]
        others = [key for key in present if key != reference]
        compared = self.compared if self.compared in others else others[0]
        return replace(self, ordered=False, groups=groups, reference=reference, compared=compared, has_pair=has_pair)

    @property
    def halves(self) -> dict[str, str]:
        """Map each ranked group to the end of the dimension that it is nearer to; empty for fewer than three groups."""
        ranked = [group for group in self.groups if group.rank is not None] if self.ordered else []
        keys = [group.key for group in sorted(ranked, key=lambda group: group.rank or 0)]
        half = len(keys) // 2
        return {key: keys[0] if place < half else keys[-1] for place, key in enumerate(keys)} if len(keys) > 2 else {}

    def joined(self) -> "Dimension":
        """Join neighbouring groups into the two ``halves``, named by their first and last group."""
        groups = {group.key: group for group in self.groups}
        parts: dict[str, list[Group]] = {}
        for key, end in self.halves.items():
            parts.setdefault(end, []).append(groups[key])
        joined = [Group(end, _joined_labels(of), rank) for rank, (end, of) in enumerate(parts.items(), start=1)]
        rest = [group for group in self.groups if group.key not in self.halves]
        return Dimension(self.key, self.labels, self.ordered, (*joined, *rest), joined[-1].key, joined[0].key)


def _joined_labels(groups: list[Group]) -> dict[str, str]:
    """Return the labels of groups as one, from the first to the last."""
    languages = {language for group in groups for language in group.labels} or {"en"}
    ends = [groups[0], groups[-1]] if len(groups) > 1 else groups
    return {language: " \N{EN DASH} ".join(group.label(language) for group in ends) for language in languages}


@dataclass(frozen=True)
class Question:
    """Question to the counts: the understanding, the rate, and the two groups of a dimension."""

    understanding: Understanding
    rate: Rate
    dimension: Dimension
    group: str
    reference: str

    @property
    def has_slope(self) -> bool:
        """Whether a gradient over the groups has a direction: true only if they are ranked."""
        return self.dimension.ordered


@dataclass(frozen=True)
class Divider:
    """A later adjustment of an offer that divides before and after, instead of its first one."""

    municipality: str
    offer: str
    adjusted_on: dt.date
    title: str
    earlier: int
    """Number of adjustments of the offer on earlier days."""


@dataclass(frozen=True)
class Selection:
    """The user's filters. None means all."""

    municipality: str | None = None
    offer: str | None = None
    divided_by: Divider | None = None
    """None for the offer's first adjustment."""
    kind: OfferKind | None = None
    aim: Aim | None = None
    first_month: dt.date | None = None
    last_month: dt.date | None = None
    window: int | None = None
    """Number of months on either side of each offer's adjustment."""
    net_of_trend: bool = False
    """Whether the changes of the comparison offers are subtracted."""
    synthetic: bool = False


@dataclass(frozen=True)
class Offer:
    """A municipal social or health offer, with its rule of completion.

    Attributes
    ----------
    stated_days, measured_days : days from the beginning of a course until it has had time to complete, as stated, and
        as measured and rounded up to whole weeks.
    cutoff : the day on which the newest file shows the courses.
    knows_completion : whether any file states who completed.
    courses, citizens : exact number of courses in the files, and of citizens in each file; None for counts.
    from_start : whether courses belong to the month of their start, in place of their invitation.
    wait_days : days from invitation to start that 95 of 100 starters waited at most, rounded up to whole weeks.
    knows_running : whether every file states which courses still run.
    ended_on : the day from which it is no longer there; None while it is.
    """

    municipality: str
    name: str
    kind: OfferKind | None = None
    theme: str | None = None
    completion_rule: str | None = None
    stated_days: int | None = None
    measured_days: int | None = None
    cutoff: dt.date | None = None
    knows_completion: bool = True
    courses: int | None = None
    citizens: int | None = None
    from_start: bool = False
    wait_days: int | None = None
    knows_running: bool = True
    ended_on: dt.date | None = None

    @property
    def follow_up_days(self) -> int | None:
        return self.measured_days if self.stated_days is None else self.stated_days


class Subject(StrEnum):
    """Subject of data. A change of one subject does not affect results derived from the other."""

    GAPS = "gaps"
    THEME_DAYS = "theme days"


Part = tuple[bool, Subject]
"""Synthetic (True) or own (False) data of one subject."""
EVERYTHING: frozenset[Part] = frozenset(itertools.product((True, False), Subject))
