"""The audit: who did what, when, on what, and how it ended; lines that are only added, each chained to the one before.

What may stand in a line is closed: ``FIELDS`` names the fields of each event and ``_ALLOWED`` what each may hold. There
is no count, no cell value and no name of a file: a name can hold a CPR number or a person's name, and a digest of a
name gives it away to whoever tries them all. An import is known by its number; the name and the digest of its file
stand with the import alone. Of a file that was refused nothing is kept but why.

The chain proves that no line was changed, moved, put in or taken out between the first and the last. It does not prove
that nothing was cut off at the end, nor does it stand against somebody who can write the file and make every digest
anew. Both show where the log is kept elsewhere: it has the number and the digest of every line (``logs``).
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from analysis import logs
from analysis.auth.roles import NotAllowed, Person, Role
from analysis.model.choices import CHOICES, RECORDED, Choice, Values
from analysis.store.connection import sql, with_exclusive_lock
from analysis.store.payload import FORMS
from analysis.store.reference import REGIONS_CHANGE_ON, danish_municipalities, municipality_facts, reference_dimensions
from analysis.text.identity_numbers import masked

if TYPE_CHECKING:
    from analysis.store.database import Database


class Event(StrEnum):
    """What a person does, or wants to do."""

    SIGN_IN = "sign in"
    SIGN_OUT = "sign out"
    PREVIEW = "preview"
    """Look at what storing a file, taking an import back or bringing it back would change."""
    STORE = "store"
    """A file, or what was entered on a page: both are imports."""
    TAKE_BACK = "take back"
    BRING_BACK = "bring back"
    EXPORT = "export"
    ADD_STORY = "add story"
    CHANGE_STORY = "change story"
    DELETE_STORY = "delete story"
    SAVE_MAPPING = "save mapping"
    FORGET_MAPPING = "forget mapping"
    WATCH = "watch"
    """Look at this audit."""
    PURGE = "purge"
    """The program deletes an import whose retention period has passed."""
    PURGE_AUDIT = "purge audit"


class Result(StrEnum):
    """How it ended: done, or why it was refused."""

    DONE = "done"
    NOT_ALLOWED = "not allowed"
    CPR_NUMBER = "CPR number"
    FAULTY = "faulty"
    ALREADY_STORED = "already stored"
    OVERLAPPING = "overlapping"
    CHANGED_MEANWHILE = "changed meanwhile"


FIELDS: Mapping[Event, tuple[str, ...]] = {
    Event.SIGN_IN: (),
    Event.SIGN_OUT: (),
    Event.PREVIEW: ("import_id", "holds", "replacing"),
    Event.STORE: ("import_id", "holds", "replacing", "no_cpr"),
    Event.TAKE_BACK: ("import_id",),
    Event.BRING_BACK: ("import_id",),
    Event.EXPORT: ("what", "format", "story", "import_id", "choices"),
    Event.ADD_STORY: ("story",),
    Event.CHANGE_STORY: ("story",),
    Event.DELETE_STORY: ("story",),
    Event.SAVE_MAPPING: ("shape",),
    Event.FORGET_MAPPING: ("shape",),
    Event.WATCH: (),
    Event.PURGE: ("import_id",),
    Event.PURGE_AUDIT: ("through", "digest"),
}
_NUMBER, _DIGEST = r"\d{1,9}", r"[0-9a-f]{64}"
_ALLOWED = {
    "import_id": _NUMBER,
    "holds": rf"({'|'.join(FORMS)})(, ({'|'.join(FORMS)}))*",
    "replacing": "yes",
    "no_cpr": _NUMBER,
    "what": "[a-z_]{1,40}",
    "format": "[a-z]{3,10}",
    "story": r"[0-9a-f]{12}|[a-z-]{1,40}",
    "shape": _DIGEST,
    "through": _NUMBER,
    "digest": _DIGEST,
}
UNSAID = "…"
"""Stands for a choice that comes out of a workbook or off a keyboard, such as the name of an offer."""
_LONG_NUMBER = re.compile(r"\d[\d\s.–-]{5,}\d")
LONGEST_NAME = 200
PROGRAM = Person("Lige Adgang", Role.ADMINISTRATOR)
"""Who does what the program does by itself."""


@dataclass(frozen=True)
class Line:
    """One line, as the check reads it. ``about`` is JSON."""

    number: int
    moment: dt.datetime
    person: str
    role: str
    event: str
    result: str
    about: str
    digest: str

    def digest_after(self, previous: str) -> str:
        """What the digest of this line must be after a line of that digest."""
        told = [previous, self.number, self.moment.isoformat(timespec="microseconds"), self.person, self.role]
        told += [self.event, self.result, self.about]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Chain:
    """The chain as it was found: its lines, its last digest, and the first line that does not follow from the rest."""

    lines: int
    last: str
    broken_at: int | None


def record(
    cursor: duckdb.DuckDBPyConnection, by: Person, event: Event, result: Result = Result.DONE, **about: Any
) -> None:
    """Add a line, in the transaction of what it tells of. Raises ``ValueError`` for what may not stand in it."""
    number, previous = _last(cursor)
    has_role = (event, result) != (Event.SIGN_IN, Result.NOT_ALLOWED)
    line = Line(
        number + 1,
        _now(),
        _LONG_NUMBER.sub(UNSAID, masked(by.name))[:LONGEST_NAME],
        by.role.value if has_role else "",
        event.value,
        result.value,
        _details_as_json(event, about),
        "",
    )
    digest = line.digest_after(previous)
    values = [*vars(line).values()][:-1]
    cursor.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [*values, digest])
    logs.info("audit", number=line.number, act=line.event, result=line.result, digest=digest)


def note(database: "Database", by: Person, event: Event, result: Result = Result.DONE, **about: Any) -> None:
    """Add a line about what has no transaction of its own. Raises as ``record``."""
    with database.writing(touching=()) as cursor:
        record(cursor, by, event, result, **about)


@contextmanager
def attempted(database: "Database", by: Person, event: Event) -> Iterator[None]:
    """Where what is done inside is not allowed, a line tells of the attempt."""
    try:
        yield
    except NotAllowed:
        note(database, by, event, Result.NOT_ALLOWED)
        raise


@with_exclusive_lock
def audit_lines(
    database: "Database",
    *,
    since: dt.datetime | None = None,
    before: dt.datetime | None = None,
    person: str | None = None,
    event: Event | None = None,
) -> pd.DataFrame:
    """The lines, the newest first: number, moment (UTC), person, role, event, result, about (JSON)."""
    wanted = {"since": since, "before": before, "person": person, "event": event and event.value}
    with database.reading() as cursor:
        return cursor.execute(sql("audit_lines"), wanted).df()


@with_exclusive_lock
def audit_people(database: "Database") -> list[str]:
    """Everybody who stands in the audit."""
    with database.reading() as cursor:
        rows = cursor.execute("SELECT DISTINCT person FROM audit ORDER BY person").fetchall()
    return [person for (person,) in rows]


@with_exclusive_lock
def newest_audit_line(database: "Database") -> tuple[int, str]:
    """The number and the digest of the last line."""
    with database.reading() as cursor:
        return _last(cursor)


@with_exclusive_lock
def check_audit(database: "Database") -> Chain:
    """Whether every line follows from the one before it, and the first from the database or from what was purged."""
    with database.reading() as cursor:
        lines = [Line(*row) for row in cursor.execute("SELECT * FROM audit ORDER BY number").fetchall()]
    if not lines:
        return Chain(0, database.identity(), None)
    number = lines[0].number - 1
    digest = database.identity() if number == 0 else _purged_digest(lines, number)
    for line in lines:
        if line.number != number + 1 or line.digest != line.digest_after(digest):
            return Chain(len(lines), lines[-1].digest, line.number)
        number, digest = line.number, line.digest
    return Chain(len(lines), digest, None)


def purge_audit(database: "Database", days: int) -> None:
    """Delete the lines that are older than so many days; a new line keeps the digest that the rest goes on from."""
    oldest = _now() - dt.timedelta(days=days)
    with database.writing(touching=()) as cursor:
        row = cursor.execute(sql("audit_older"), {"oldest": oldest}).fetchone()
        if row is None:
            return
        through, digest = row
        record(cursor, PROGRAM, Event.PURGE_AUDIT, through=through, digest=digest)
        cursor.execute("DELETE FROM audit WHERE number <= ?", [through])


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def _last(cursor: duckdb.DuckDBPyConnection) -> tuple[int, str]:
    """The number and the digest of the last line; before the first, nought and what tells this database from others."""
    last = cursor.execute("SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    if last is not None:
        return last[0], last[1]
    row = cursor.execute("SELECT database_id FROM identity").fetchone()
    assert row is not None
    return 0, str(row[0])


def _purged_digest(lines: list[Line], through: int) -> str:
    """The digest of the last line that was purged, as the line about it tells; empty where none does."""
    for line in lines:
        about = json.loads(line.about) if line.event == Event.PURGE_AUDIT else {}
        if about.get("through") == str(through):
            return str(about["digest"])
    return ""


def _details_as_json(event: Event, about: Mapping[str, Any]) -> str:
    told = {}
    for name, value in about.items():
        if name not in FIELDS[event]:
            raise ValueError(f"the event {event.value} has no field {name}")
        if not value:
            continue
        if name == "choices":
            told[name] = ", ".join(f"{key}={code}" for key, code in known_choices(value).items())
        elif re.fullmatch(_ALLOWED[name], str(value)):
            told[name] = str(value)
        else:
            raise ValueError(f"the field {name} takes no such value")
    return json.dumps({name: told[name] for name in FIELDS[event] if name in told}, ensure_ascii=False)


def known_choices(choices: Mapping[str, str]) -> dict[str, str]:
    """The choices by their codes; of a name from a workbook, only a mark that tells it from others."""
    return {key: _code(CHOICES[key], str(choices[key])) for key in RECORDED if choices.get(key)}


def _code(choice: Choice, value: str) -> str:
    if choice.values in (Values.CODES, Values.MONTH):
        return value if choice.is_code(value) else UNSAID
    if masked(value) != value:
        return UNSAID
    return value if value in _known_values().get(choice.values, ()) else UNSAID + _mark(value)


def _mark(name: str) -> str:
    """What tells one name from another, and not what the name is."""
    return hashlib.blake2b(name.encode(), digest_size=3).hexdigest()


@cache
def _known_values() -> Mapping[Values, frozenset[str]]:
    """The values that this program knows without any data."""
    dimensions = reference_dimensions()
    days = (dt.date.min, REGIONS_CHANGE_ON)
    return {
        Values.MUNICIPALITY: frozenset(danish_municipalities()),
        Values.REGION: frozenset(name for day in days for name in municipality_facts(day)["region"]),
        Values.DIMENSION: frozenset(dimensions),
        Values.GROUP: frozenset(group.key for dimension in dimensions.values() for group in dimension.groups),
    }
