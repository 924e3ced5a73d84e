"""Mappings that a person has confirmed, each under a name, known again by the shape of a file."""

import datetime as dt
from dataclasses import dataclass

from analysis.store.database import Database


@dataclass(frozen=True)
class SavedMapping:
    """``shape`` tells files of the same kind; ``mapping`` is the intake's own JSON."""

    name: str
    shape: str
    mapping: str
    saved_at: dt.datetime


def save_mapping(database: Database, name: str, shape: str, mapping: str) -> None:
    """Keep a mapping under a name; what had the name before is replaced."""
    with database.writing() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO saved_mapping (name, shape, mapping) VALUES (?, ?, ?)", [name, shape, mapping]
        )


def saved_mappings(database: Database) -> list[SavedMapping]:
    """Every mapping, the newest first."""
    with database.reading() as cursor:
        rows = cursor.execute("SELECT name, shape, mapping, saved_at FROM saved_mapping ORDER BY saved_at DESC")
        return [SavedMapping(*row) for row in rows.fetchall()]


def forget_mapping(database: Database, name: str) -> None:
    """Delete a mapping; what was stored with it stays."""
    with database.writing() as cursor:
        cursor.execute("DELETE FROM saved_mapping WHERE name = ?", [name])
