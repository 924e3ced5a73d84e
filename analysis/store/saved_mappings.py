"""Mappings that a person has confirmed, stored by name and found again by the shape of a file."""

from dataclasses import dataclass

from analysis.auth.roles import Action, NotAllowed, Person
from analysis.store.database import Database
from analysis.store.integrity.audit import Event, attempted, record
from analysis.text.identity_numbers import must_not_hold_identity_number, texts_in


@dataclass(frozen=True)
class SavedMapping:
    """A saved mapping. ``shape`` identifies files of the same structure; ``mapping`` is JSON of the intake layer."""

    name: str
    shape: str
    mapping: str


def save_mapping(database: Database, name: str, shape: str, mapping: str, *, by: Person) -> None:
    """Store a mapping under a name; replace an existing one of the same name.

    Raise ``NotAllowed`` and ``HoldsIdentityNumber``.
    """
    with attempted(database, by, Event.SAVE_MAPPING):
        _must_store_something(by)
    must_not_hold_identity_number([name, *texts_in(mapping)])
    with database.writing(touching=()) as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO saved_mapping (name, shape, mapping) VALUES (?, ?, ?)", [name, shape, mapping]
        )
        record(cursor, by, Event.SAVE_MAPPING, shape=shape)


def saved_mappings(database: Database) -> list[SavedMapping]:
    """Return every mapping, newest first."""
    with database.reading() as cursor:
        rows = cursor.execute("SELECT name, shape, mapping FROM saved_mapping ORDER BY saved_at DESC")
        return [SavedMapping(*row) for row in rows.fetchall()]


def forget_mapping(database: Database, name: str, *, by: Person) -> None:
    """Delete a mapping; imports that used it remain. Raise ``NotAllowed``."""
    with attempted(database, by, Event.FORGET_MAPPING):
        _must_store_something(by)
    with database.writing(touching=()) as cursor:
        forgotten = cursor.execute("DELETE FROM saved_mapping WHERE name = ? RETURNING shape", [name]).fetchall()
        for (shape,) in forgotten:
            record(cursor, by, Event.FORGET_MAPPING, shape=shape)


def _must_store_something(by: Person) -> None:
    """Raise ``NotAllowed`` if the person may store no file: a mapping applies to files of any form and municipality."""
    if not by.may_store_something():
        raise NotAllowed(Action.STORE)
