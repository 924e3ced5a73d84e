"""The vocabulary of the project as types: stages, rates, phases, dimensions and the selection a person has made."""

import datetime as dt
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MISSING = "missing"
"""The group of citizens whose place in a dimension is not stated: counted, never compared."""

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
"""The one table in the middle. ``invited`` is missing where only participants are known."""


class Stage(StrEnum):
    """How far a citizen came; counts never rise along the way."""

    INVITED = "invited"
    PARTICIPATED = "participated"
    COMPLETED = "completed"


class Rate(StrEnum):
    """A share of citizens who went from one stage to a later one."""

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
    """Where a period lies relative to the offer's own adjustment."""

    BEFORE = "before"
    AFTER = "after"
    TRANSITION = "transition"
    """Periods that straddle the adjustment: left out, and said so."""
    UNADJUSTED = "unadjusted"
    """Every period of a comparison offer, which has no adjustment."""


class SmallestRounded(int):
    """The smallest count that is shown where counts are multiples of it: there 0, and it, can stand for fewer."""


class Understanding(StrEnum):
    """What is meant by inequality: the same numbers read differently under each."""

    DISADVANTAGED = "disadvantaged"
    """How do the worst-off fare? The rate of one group."""
    GAP = "gap"
    """How far apart are the ends? The difference between two groups' rates."""
    GRADIENT = "gradient"
    """How steep is it across everyone? The slope over the ranked groups, or how far unranked ones lie apart."""


class Direction(StrEnum):
    """What happened to the size of a gap or a gradient, whichever way it runs, or to the rate of one group."""

    NARROWED = "narrowed"
    WIDENED = "widened"
    TURNED = "turned"
    """It runs the other way and is no smaller: the group that was behind came ahead by as much or more."""
    ROSE = "rose"
    FELL = "fell"
    UNCLEAR = "unclear"
    """The interval of the change includes none at all."""


class Aim(StrEnum):
    """What an adjustment was meant to better."""

    RECRUITMENT = "recruitment"
    COMPLETION = "completion"
    BOTH = "both"


class OfferKind(StrEnum):
    SOCIAL = "social"
    HEALTH = "health"


class Outcome(StrEnum):
    """How a course ended, as the export says it."""

    COMPLETED = "completed"
    DROPPED_OUT = "dropped out"
    RUNNING = "running"


class DayKind(StrEnum):
    """Whether a theme day was for municipalities together or for one."""

    NATIONAL = "national"
    LOCAL = "local"


class Role(StrEnum):
    """What a participant of a theme day works as."""

    POLITICIAN = "politician"
    DIRECTOR = "director"
    LEADER = "leader"
    CONSULTANT = "consultant"
    FRONT_LINE = "front-line"


class Area(StrEnum):
    """A policy area of a municipality."""

    HEALTH = "health"
    SOCIAL = "social"
    CHILDREN = "children"
    EMPLOYMENT = "employment"
    CARE = "care"
    CULTURE = "culture"
    TECHNICAL = "technical"
    MANAGEMENT = "management"
    OTHER = "other"


class Holder(StrEnum):
    """Whose understanding of inequality it is."""

    POLITICIANS = "politicians"
    ADMINISTRATION = "administration"
    PRACTITIONERS = "practitioners"


class Level(StrEnum):
    """Whom an action is for: all alike, some, or all but more for those who need more."""

    UNIVERSAL = "universal"
    TARGETED = "targeted"
    PROPORTIONATE = "proportionate"


class Status(StrEnum):
    """How far an action has come on the way into practice, in this order."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    TRANSLATED = "translated"
    """Into activities that can be carried out."""
    RUNNING = "running"
    EVALUATED = "evaluated"


class RequestKind(StrEnum):
    """What a municipality asks for."""

    THEME_DAY = "local theme day"
    ADVICE = "advice"


class RequestState(StrEnum):
    OPEN = "open"
    PLANNED = "planned"
    DONE = "done"
    WITHDRAWN = "withdrawn"

    @property
    def is_waiting(self) -> bool:
        """Whether something remains to be done."""
        return self in (RequestState.OPEN, RequestState.PLANNED)


@dataclass(frozen=True)
class Group:
    """One level of a dimension. ``rank`` 1 is the least advantaged; none where the group has no place in the order."""

    key: str
    labels: Mapping[str, str]
    rank: int | None = None

    def label(self, language: str) -> str:
        return self.labels.get(language, self.key)


@dataclass(frozen=True)
class Dimension:
    """A way to divide citizens into groups.

    ``reference`` and ``compared`` are the keys of the groups that a comparison starts from; in an ordered dimension
    they are its most and its least advantaged group.
    """

    key: str
    labels: Mapping[str, str]
    ordered: bool
    groups: tuple[Group, ...]
    reference: str
    compared: str

    def label(self, language: str) -> str:
        return self.labels.get(language, self.key)

    def group(self, key: str) -> Group:
        """The group with this key. Raises ``KeyError`` where the dimension has none such."""
        for group in self.groups:
            if group.key == key:
                return group
        raise KeyError(key)

    def only(self, keys: set[str]) -> "Dimension":
        """The same dimension with only the groups that occur, its two ends chosen among them.

        Raises ``ValueError`` where fewer than two groups are left to compare.
        """
        groups = tuple(group for group in self.groups if group.key in keys)
        ranked = [group for group in groups if group.rank is not None] if self.ordered else list(groups)
        if len(ranked) < 2:
            raise ValueError(f"{self.key}: fewer than two groups to compare")
        if self.ordered:
            ranked.sort(key=lambda group: group.rank or 0)
            compared, reference = ranked[0].key, ranked[-1].key
        else:
            present = [group.key for group in ranked]
            reference = self.reference if self.reference in present else present[0]
            others = [key for key in present if key != reference]
            compared = self.compared if self.compared in others else others[0]
        return Dimension(self.key, self.labels, self.ordered, groups, reference, compared)


@dataclass(frozen=True)
class Question:
    """What is asked of the counts: under which understanding, of which rate, between which groups of a dimension."""

    understanding: Understanding
    rate: Rate
    dimension: Dimension
    group: str
    reference: str

    @property
    def has_slope(self) -> bool:
        """Whether a gradient over the groups has a direction: only where they are ranked."""
        return self.dimension.ordered


@dataclass(frozen=True)
class Selection:
    """Where and when a person has chosen to look. None stands for all."""

    municipality: str | None = None
    offer: str | None = None
    kind: OfferKind | None = None
    aim: Aim | None = None
    first_month: dt.date | None = None
    last_month: dt.date | None = None
    window: int | None = None
    """Months on either side of each offer's adjustment."""
    net_of_trend: bool = False
    """Whether changes are set against those of the comparison offers."""
    synthetic: bool = False


@dataclass(frozen=True)
class Offer:
    """A municipal social or health offer, with what counts as completed in it."""

    municipality: str
    name: str
    kind: OfferKind | None = None
    theme: str | None = None
    completion_rule: str | None = None


class Subject(StrEnum):
    """What data are about. What is worked out of the one is not touched by a change of the other."""

    GAPS = "gaps"
    THEME_DAYS = "theme days"


Part = tuple[bool, Subject]
"""Synthetic (True) or own (False) data, of one subject."""
EVERYTHING: frozenset[Part] = frozenset(itertools.product((True, False), Subject))
