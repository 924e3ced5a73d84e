"""Terms of theme days: who took part, what was understood, and how far actions and requests have come."""

from enum import StrEnum


class DayKind(StrEnum):
    """Whether a theme day was for several municipalities or for one."""

    NATIONAL = "national"
    LOCAL = "local"


class Role(StrEnum):
    """Occupation of a participant of a theme day."""

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
    """Holder of an understanding of inequality."""

    POLITICIANS = "politicians"
    ADMINISTRATION = "administration"
    PRACTITIONERS = "practitioners"


class Level(StrEnum):
    """Target group of an action: everybody alike, some, or everybody in proportion to need."""

    UNIVERSAL = "universal"
    TARGETED = "targeted"
    PROPORTIONATE = "proportionate"


class Status(StrEnum):
    """Status of an action on its way into practice, in this order."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    TRANSLATED = "translated"
    """Translated into activities that can be carried out."""
    RUNNING = "running"
    EVALUATED = "evaluated"


class Progress(StrEnum):
    """How far an activity has come."""

    NOT_BEGUN = "not begun"
    UNDER_WAY = "under way"
    DONE = "done"
    DROPPED = "dropped"


class RequestKind(StrEnum):
    """Kind of a municipality's request."""

    THEME_DAY = "local theme day"
    ADVICE = "advice"


class RequestState(StrEnum):
    OPEN = "open"
    PLANNED = "planned"
    DONE = "done"
    WITHDRAWN = "withdrawn"

    @property
    def is_waiting(self) -> bool:
        """Whether the request still needs work."""
        return self in (RequestState.OPEN, RequestState.PLANNED)
