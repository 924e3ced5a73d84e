"""Who may do what: four roles, what each of them may do, and in which municipalities."""

import getpass
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from analysis.model.terms import SmallestRounded


class Role(StrEnum):
    """What a person is here."""

    VIEWER = "viewer"
    CONSULTANT = "consultant"
    """Of one municipality or several: acts, and may see more, only there."""
    PROJECT_LEADER = "project leader"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What a person can want to do."""

    LOOK = "look"
    """At what disclosure control lets out, and take it away."""
    STORE = "store"
    """Courses, counts and offers; take them back and bring them back."""
    ADJUST = "adjust"
    """Store adjustments, and take them back."""
    ENTER = "enter"
    """Theme days, understandings, actions, requests and votes, and take them back."""
    TELL = "tell"
    """Make, change and delete stories."""
    WATCH = "watch"
    """Who did what, and how the program fares."""


ALLOWED: Mapping[Role, frozenset[Action]] = {
    Role.VIEWER: frozenset({Action.LOOK}),
    Role.CONSULTANT: frozenset({Action.LOOK, Action.STORE, Action.ADJUST, Action.ENTER}),
    Role.PROJECT_LEADER: frozenset({Action.LOOK, Action.ADJUST, Action.ENTER, Action.TELL}),
    Role.ADMINISTRATOR: frozenset(Action),
}


class NotAllowed(Exception):
    """The person may not do this, or not in one of these municipalities."""

    def __init__(self, action: Action, municipalities: Iterable[str] = ()) -> None:
        self.action, self.municipalities = action, tuple(sorted(municipalities))
        super().__init__(f"{action}: {', '.join(self.municipalities) or 'nowhere'}")


@dataclass(frozen=True)
class Person:
    """``name`` stands in the audit; ``municipalities`` are those of a consultant, and empty for everybody else."""

    name: str
    role: Role
    municipalities: frozenset[str] = field(default_factory=frozenset)

    def may(self, action: Action, municipalities: Iterable[str] = ()) -> bool:
        """Whether the person may do this at all; of a consultant, whether in every one of these municipalities."""
        if action not in ALLOWED[self.role]:
            return False
        return self.role is not Role.CONSULTANT or action is Action.LOOK or set(municipalities) <= self.municipalities

    def may_store_something(self) -> bool:
        """Whether there is any file that the person may store."""
        return any(self.may(action) for action in (Action.STORE, Action.ADJUST, Action.ENTER))

    def must(self, action: Action, municipalities: Iterable[str] = ()) -> None:
        """Raises ``NotAllowed`` where the person may not."""
        places = set(municipalities)
        if not self.may(action, places):
            raise NotAllowed(action, places - self.municipalities)


NOBODY_SIGNED_IN = Person("", Role.ADMINISTRATOR)
"""Whoever sits at the computer on which the program runs, where no sign-in is asked for."""


@dataclass(frozen=True)
class DisclosureLevel:
    """How a person sees counts of citizens: synthetic counts are exact, others are multiples of ``base``.

    Counts of the municipalities in ``exact``, or with ``everywhere`` all counts, are exact too, small ones as well.
    """

    base: int
    exact: frozenset[str] = field(default_factory=frozenset)
    everywhere: bool = False

    def within(self, municipality: str | None) -> "DisclosureLevel":
        """The same where one municipality is looked at, or all of them together, who are then rounded alike."""
        return replace(self, exact=self.exact & {municipality})

    def smallest_count(self, municipalities: Iterable[str], *, synthetic: bool) -> int:
        """The smallest count that is shown of these municipalities together."""
        if synthetic:
            return self.base
        return 1 if self.everywhere or self.exact.issuperset(municipalities) else SmallestRounded(self.base)


AS_THEY_ARE = DisclosureLevel(1, everywhere=True)
"""For what no person looks at."""


def users_name() -> str:
    """Who uses the command line; empty where the system has none, as in some containers."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return ""
