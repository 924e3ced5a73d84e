"""The audit: an append-only log of actions (person, time, object, result), chained by digests.

The content of a line is restricted: ``FIELDS`` names the fields of each event and ``_ALLOWED`` the values of each
field. A line has no count, no cell value and no file name: a name can contain a CPR number or a person's name, and the
digest of a name can be found by trying all names. A line identifies an import by its number. Only the import itself has
the name and the digest of its file. For a refused file only the reason is stored.

The chain proves that no line was changed, moved, inserted or removed between the first and the last. It does not prove
that no lines were cut off at the end. It does not protect against a person who can write to the file and compute every
digest again. A log that is stored elsewhere reveals both: it has the number and the digest of every line (``logs``).
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
    """An action of a person, or an attempt."""

    SIGN_IN = "sign in"
    SIGN_OUT = "sign out"
    PREVIEW = "preview"
    """Preview the effect of storing a file, or of undoing or redoing an import."""
    STORE = "store"
    """Store a file or a form entry; both are imports."""
    TAKE_BACK = "take back"
    BRING_BACK = "bring back"
    EXPORT = "export"
    ADD_STORY = "add story"
    CHANGE_STORY = "change story"
    DELETE_STORY = "delete story"
    SAVE_MAPPING = "save mapping"
    FORGET_MAPPING = "forget mapping"
    WATCH = "watch"
    """View the audit."""
    PURGE = "purge"
    """The program deletes an import whose retention period has passed."""
    PURGE_AUDIT = "purge audit"


class Result(StrEnum):
    """Result of an action: done, or the reason for its refusal."""

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
"""Replaces a value from a workbook or from user input, such as the name of an offer."""
_LONG_NUMBER = re.compile(r"\d[\d\s.–-]{5,}\d")
LONGEST_NAME = 200
PROGRAM = Person("Lige Adgang", Role.ADMINISTRATOR)
"""Person of actions that the program does automatically."""


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
        """Return the expected digest of this line, given the digest of the previous line."""
        details = [previous, self.number, self.moment.isoformat(timespec="microseconds"), self.person, self.role]
        details += [self.event, self.result, self.about]
        return hashlib.sha256(json.dumps(details, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Chain:
    """Result of checking the chain: number of lines, last digest, and the first line that breaks the chain."""

    lines: int
    last: str
    broken_at: int | None


def record(
    cursor: duckdb.DuckDBPyConnection, by: Person, event: Event, result: Result = Result.DONE, **about: Any
) -> None:
    """Add a line in the transaction of the action. Raise ``ValueError`` for a field or value that is not allowed."""
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
    """Add a line for an action that has no transaction. Raise as ``record``."""
    with database.writing(touching=()) as cursor:
        record(cursor, by, event, result, **about)


@contextmanager
def attempted(database: "Database", by: Person, event: Event) -> Iterator[None]:
    """Add a line if the block raises ``NotAllowed``."""
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
    """Return the lines, newest first: number, moment (UTC), person, role, event, result, about (JSON)."""
    wanted = {"since": since, "before": before, "person": person, "event": event and event.value}
    with database.reading() as cursor:
        return cursor.execute(sql("audit_lines"), wanted).df()


@with_exclusive_lock
def audit_people(database: "Database") -> list[str]:
    """Return every person in the audit."""
    with database.reading() as cursor:
        rows = cursor.execute("SELECT DISTINCT person FROM audit ORDER BY person").fetchall()
    return [person for (person,) in rows]


@with_exclusive_lock
def newest_audit_line(database: "Database") -> tuple[int, str]:
    """Return the number and the digest of the last line."""
    with database.reading() as cursor:
        return _last(cursor)


@with_exclusive_lock
def check_audit(database: "Database") -> Chain:
    """Check that every line follows from the previous one, and the first from the database id or the last purge."""
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
    """Delete lines older than ``days`` days; a new line stores the digest with which the remaining chain continues."""
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
    """Return the number and the digest of the last line; 0 and the database id if there is none."""
    last = cursor.execute("SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    if last is not None:
        return last[0], last[1]
    row = cursor.execute("SELECT database_id FROM identity").fetchone()
    assert row is not None
    return 0, str(row[0])


def _purged_digest(lines: list[Line], through: int) -> str:
    """Return the digest of the last purged line, as recorded in the line about the purge; empty if there is none."""
    for line in lines:
        about = json.loads(line.about) if line.event == Event.PURGE_AUDIT else {}
        if about.get("through") == str(through):
            return str(about["digest"])
    return ""


def _details_as_json(event: Event, about: Mapping[str, Any]) -> str:
    details = {}
    for name, value in about.items():
        if name not in FIELDS[event]:
            raise ValueError(f"the event {event.value} has no field {name}")
        if not value:
            continue
        if name == "choices":
            details[name] = ", ".join(f"{key}={code}" for key, code in known_choices(value).items())
        elif re.fullmatch(_ALLOWED[name], str(value)):
            details[name] = str(value)
        else:
            raise ValueError(f"the field {name} takes no such value")
    return json.dumps({name: details[name] for name in FIELDS[event] if name in details}, ensure_ascii=False)


def known_choices(choices: Mapping[str, str]) -> dict[str, str]:
    """Return the choices as codes; replace a name from a workbook by a short hash that only distinguishes it."""
    return {key: _code(CHOICES[key], str(choices[key])) for key in RECORDED if choices.get(key)}


def _code(choice: Choice, value: str) -> str:
    if choice.values in (Values.CODES, Values.MONTH):
        return value if choice.is_code(value) else UNSAID
    if masked(value) != value:
        return UNSAID
    return value if value in _known_values().get(choice.values, ()) else UNSAID + _mark(value)


def _mark(name: str) -> str:
    """Return a short hash that distinguishes names without revealing them."""
    return hashlib.blake2b(name.encode(), digest_size=3).hexdigest()


@cache
def _known_values() -> Mapping[Values, frozenset[str]]:
    """Return the values that this program knows without stored data."""
    dimensions = reference_dimensions()
    days = (dt.date.min, REGIONS_CHANGE_ON)
    return {
        Values.MUNICIPALITY: frozenset(danish_municipalities()),
        Values.REGION: frozenset(name for day in days for name in municipality_facts(day)["region"]),
        Values.DIMENSION: frozenset(dimensions),
        Values.GROUP: frozenset(group.key for dimension in dimensions.values() for group in dimension.groups),
    }
