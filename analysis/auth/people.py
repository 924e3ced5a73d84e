"""Role of a signed-in person, from the claims of the identity provider and the file of people.

An invalid entry gives nobody a role. The program reports it to administrators and never guesses.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.auth.roles import OF_MUNICIPALITIES, Role

Claims = Mapping[str, Any]
"""Claims of the identity provider about a person, by their OpenID Connect names."""
Place = Callable[[str], str | None]
"""Function that returns the name of the municipality for a spelling; None if there is none."""

LONGEST_NAME = 120
CLOCKS_DIFFER = 300
"""Tolerated difference in seconds between the provider's clock and the local one."""
STRONGEST_FIRST = (Role.ADMINISTRATOR, Role.PROJECT_LEADER, Role.CONSULTANT, Role.PRACTITIONER, Role.VIEWER)


@dataclass(frozen=True)
class Fault:
    """An invalid entry in the file of people.

    ``what`` is unreadable, nobody, twice, unknown role, no municipality or unknown municipality; ``who`` is the e-mail
    or subject of the entry, ``value`` the invalid text.
    """

    what: str
    who: str = ""
    value: str = ""


@dataclass(frozen=True)
class RoleGrant:
    """A role with its municipalities."""

    role: Role
    municipalities: frozenset[str] = frozenset()


@dataclass(frozen=True)
class People:
    """Content of the file of people: roles by verified e-mail in lower case, and by the provider's subject."""

    by_email: Mapping[str, RoleGrant]
    by_subject: Mapping[str, RoleGrant]
    faults: tuple[Fault, ...] = ()

    @property
    def is_unreadable(self) -> bool:
        return any(fault.what == "unreadable" for fault in self.faults)


NO_PEOPLE = People({}, {})


def name_of(claims: Claims) -> str:
    """Return the name for the audit. It includes the verified e-mail, so that nobody can impersonate another person."""
    known = email_of(claims) or str(claims.get("sub", ""))
    said = " ".join(str(claims.get("name") or "").split())[:LONGEST_NAME]
    return f"{said} ({known})" if said and said != known else known


def email_of(claims: Claims) -> str:
    """Return the e-mail in lower case; empty if the provider has not verified it."""
    verified = claims.get("email_verified")
    return str(claims.get("email") or "").strip().casefold() if verified is True or verified == "true" else ""


def sign_in_expired(claims: Claims, now: float, hours: int) -> bool:
    """Return True if the sign-in is older than ``hours``, or its time is unknown."""
    signed_in = claims.get("iat")
    return not isinstance(signed_in, int | float) or not -CLOCKS_DIFFER <= now - signed_in <= hours * 3600


def role_of(claims: Claims, people: People, role_claim: str, place: Place) -> RoleGrant | None:
    """Return the role of a person: from the file of people, or else from the role claim; None if there is none."""
    by_file = people.by_subject.get(str(claims.get("sub", ""))) or people.by_email.get(email_of(claims))
    return by_file or by_claim(values_of(claims, role_claim), place)


def values_of(claims: Claims, role_claim: str) -> list[str]:
    """Return the texts of a claim, which is one text or a list of texts; empty if the claim is missing."""
    if not role_claim:
        return []
    found: Any = claims
    for part in [role_claim] if role_claim in claims else role_claim.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, str)]


def by_claim(values: Iterable[str], place: Place) -> RoleGrant | None:
    """Return the strongest role in values such as “consultant:Aarhus”, with all municipalities that it is given for.

    Ignore unknown municipalities and all other values. Without a known municipality such a role is not given.
    """
    roles: dict[Role, set[str]] = {}
    for value in values:
        name, _, municipalities = value.partition(":")
        role = _role(name)
        if role is not None and bool(municipalities) == (role in OF_MUNICIPALITIES):
            roles.setdefault(role, set()).update(filter(None, map(place, municipalities.split(","))))
    for role in STRONGEST_FIRST:
        if role in roles and (roles[role] or role not in OF_MUNICIPALITIES):
            return RoleGrant(role, frozenset(roles[role]))
    return None


def faults_of_claim(values: Iterable[str], place: Place) -> list[str]:
    """Return the unknown municipalities in the values."""
    named = [one.strip() for value in values if _role(value.partition(":")[0]) for one in value.split(":")[1:]]
    return [one for many in named for one in many.split(",") if place(one) is None]


def read_people(path: Path, place: Place) -> People:
    """Read the current file of people. Report invalid entries as faults; they give nobody a role."""
    import tomllib

    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("person")
    except (OSError, ValueError):
        entries = None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return People({}, {}, (Fault("unreadable"),))
    faults: list[Fault] = []
    by_email, by_subject = [], []
    for entry in entries:
        email, subject = str(entry.get("email", "")).strip().casefold(), str(entry.get("subject", ""))
        given = _role_grant(entry, email or subject, place, faults)
        if not (email or subject):
            faults.append(Fault("nobody"))
        by_email += [(email, given)] if email else []
        by_subject += [(subject, given)] if subject else []
    return People(dict(_once(by_email, faults)), dict(_once(by_subject, faults)), tuple(faults))


def _role_grant(entry: Mapping[str, Any], who: str, place: Place, faults: list[Fault]) -> RoleGrant | None:
    """Return the role of an entry; None, with a fault, if the entry is invalid."""
    role = _role(str(entry.get("role", "")))
    named = entry.get("municipalities", [])
    named = named if isinstance(named, list) else [named]
    unknown = [Fault("unknown municipality", who, str(one)) for one in named if place(str(one)) is None]
    faults += unknown
    if role is None:
        faults.append(Fault("unknown role", who, str(entry.get("role", ""))))
    elif role not in OF_MUNICIPALITIES:
        return None if unknown else RoleGrant(role)
    elif len(unknown) == len(named):
        faults += [] if unknown else [Fault("no municipality", who)]
    else:
        return RoleGrant(role, frozenset(filter(None, (place(str(one)) for one in named))))
    return None


def _once(entries: list[tuple[str, RoleGrant | None]], faults: list[Fault]) -> Iterator[tuple[str, RoleGrant]]:
    """Return the entries that occur once.

    Ignore a person who occurs twice: the program does not guess which is meant.
    """
    keys = [key for key, _ in entries]
    faults += [Fault("twice", key) for key in dict.fromkeys(keys) if keys.count(key) > 1]
    yield from ((key, given) for key, given in entries if keys.count(key) == 1 and given is not None)


def _role(name: str) -> Role | None:
    plain = " ".join(name.replace("_", " ").replace("-", " ").split()).casefold()
    return Role(plain) if plain in list(Role) else None
