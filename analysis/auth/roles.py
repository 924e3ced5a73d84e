"""Roles and permissions: five roles, the actions allowed for each, and in which municipalities."""

import getpass
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from analysis.model.terms import RoundingBase


class Role(StrEnum):
    """Role of a person."""

    VIEWER = "viewer"
    CONSULTANT = "consultant"
    """Consultant of one or several municipalities: may act, and may see exact counts, only there."""
    PRACTITIONER = "practitioner"
    """Front-line employee of one or several municipalities: may write about their adjustments, and see all pages."""
    PROJECT_LEADER = "project leader"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """Action that requires a permission."""

    LOOK = "look"
    """View data after disclosure control, and export them."""
    STORE = "store"
    """Store courses, counts and offers; undo and redo these imports."""
    ADJUST = "adjust"
    """Store adjustments, and undo these imports."""
    ENTER = "enter"
    """Store theme days, understandings, actions, requests and votes, and undo these imports."""
    TELL = "tell"
    """Create, change and delete stories."""
    WATCH = "watch"
    """View the audit and the state of the program."""


ALLOWED: Mapping[Role, frozenset[Action]] = {
    Role.VIEWER: frozenset({Action.LOOK}),
    Role.CONSULTANT: frozenset({Action.LOOK, Action.STORE, Action.ADJUST, Action.ENTER}),
    Role.PRACTITIONER: frozenset({Action.LOOK, Action.ADJUST}),
    Role.PROJECT_LEADER: frozenset({Action.LOOK, Action.ADJUST, Action.ENTER, Action.TELL}),
    Role.ADMINISTRATOR: frozenset(Action),
}


OF_MUNICIPALITIES = frozenset({Role.CONSULTANT, Role.PRACTITIONER})
"""Roles that are given for municipalities: their people may act only there."""


class NotAllowed(Exception):
    """The person may not do this, or not in one of these municipalities."""

    def __init__(self, action: Action, municipalities: Iterable[str] = ()) -> None:
        self.action, self.municipalities = action, tuple(sorted(municipalities))
        super().__init__(f"{action}: {', '.join(self.municipalities) or 'nowhere'}")


@dataclass(frozen=True)
class Person:
    """A person. ``name`` is recorded in the audit; ``municipalities`` are empty unless the role is given for some."""

    name: str
    role: Role
    municipalities: frozenset[str] = field(default_factory=frozenset)

    def may(self, action: Action, municipalities: Iterable[str] = ()) -> bool:
        """Return True if the role allows the action; where it is given for municipalities, in all of these."""
        if action not in ALLOWED[self.role]:
            return False
        return self.role not in OF_MUNICIPALITIES or action is Action.LOOK or set(municipalities) <= self.municipalities

    def may_store_something(self) -> bool:
        """Return True if there is any file that the person may store."""
        return any(self.may(action) for action in (Action.STORE, Action.ADJUST, Action.ENTER))

    def must(self, action: Action, municipalities: Iterable[str] = ()) -> None:
        """Raise ``NotAllowed`` if the person may not do this."""
        places = set(municipalities)
        if not self.may(action, places):
            raise NotAllowed(action, places - self.municipalities)


NOBODY_SIGNED_IN = Person("", Role.ADMINISTRATOR)
"""Any user of the local computer, if the program requires no sign-in."""


@dataclass(frozen=True)
class DisclosureLevel:
    """Disclosure level of a user: synthetic counts are exact, other counts are multiples of ``rounding_base``.

    Counts of the municipalities in ``exact`` are exact too, also small ones. With ``everywhere`` all counts are exact.
    """

    rounding_base: int
    exact: frozenset[str] = field(default_factory=frozenset)
    everywhere: bool = False

    def within(self, municipality: str | None) -> "DisclosureLevel":
        """Return the level for one municipality, or for all together, which are then all rounded in the same way."""
        return replace(self, exact=self.exact & {municipality})

    def smallest_count(self, municipalities: Iterable[str], *, synthetic: bool) -> int:
        """Return the smallest count that is shown of these municipalities together; counts of none are not exact."""
        if synthetic:
            return self.rounding_base
        places = set(municipalities)
        is_exact = self.everywhere or bool(places and self.exact >= places)
        return 1 if is_exact else RoundingBase(self.rounding_base)


AS_THEY_ARE = DisclosureLevel(1, everywhere=True)
"""Disclosure level without rounding, for results that no person sees."""


def users_name() -> str:
    """Return the user of the command line; empty if the system has no user name, as in some containers."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return ""
