"""What an installation may set, from environment variables. Each is described in the README."""

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOWEST_SMALLEST_COUNT = 3


def _database() -> Path:
    return Path(os.environ.get("LIGE_ADGANG_DATABASE", ROOT / "data" / "lige_adgang.duckdb"))


def _number(name: str, default: int) -> int:
    return int(os.environ.get(f"LIGE_ADGANG_{name}", default))


def _backups() -> Path | None:
    named = os.environ.get("LIGE_ADGANG_BACKUPS")
    return Path(named) if named else None


@dataclass(frozen=True)
class Settings:
    """The settings in force.

    ``database`` is the DuckDB file. ``smallest_count`` is the smallest count that is shown: 1 up to one below it are
    hidden. ``retention_days`` is how long an import that was undone is kept. ``backups`` is the folder in which the
    folder of backups stands, the database's own where it is None; one is made every ``backup_hours``, none by the
    clock where they are 0, and of the last ``daily_backups`` days and ``weekly_backups`` weeks that have any the newest
    of each is kept. Raises ``ValueError`` where ``smallest_count`` is below 3, Statistics Denmark's rule of thumb.
    """

    database: Path = field(default_factory=_database)
    smallest_count: int = field(default_factory=lambda: _number("SMALLEST_COUNT", 5))
    retention_days: int = field(default_factory=lambda: _number("RETENTION_DAYS", 365))

    backups: Path | None = field(default_factory=_backups)
    backup_hours: int = field(default_factory=lambda: _number("BACKUP_HOURS", 24))
    daily_backups: int = field(default_factory=lambda: _number("DAILY_BACKUPS", 7))
    weekly_backups: int = field(default_factory=lambda: _number("WEEKLY_BACKUPS", 4))

    def __post_init__(self) -> None:
        if self.smallest_count < LOWEST_SMALLEST_COUNT:
            raise ValueError(f"LIGE_ADGANG_SMALLEST_COUNT must be at least {LOWEST_SMALLEST_COUNT}")


@dataclass(frozen=True)
class Limits:
    """How large an uploaded file may be: packed and unpacked in megabytes, in rows and columns a sheet, in sheets.

    ``seconds`` and ``memory_megabytes`` are the most that reading any file may take; a small file gets less.
    """

    megabytes: int = field(default_factory=lambda: _number("MOST_MEGABYTES", 200))
    unpacked_megabytes: int = field(default_factory=lambda: _number("MOST_UNPACKED_MEGABYTES", 2000))
    rows: int = field(default_factory=lambda: _number("MOST_ROWS", 1_200_000))
    columns: int = field(default_factory=lambda: _number("MOST_COLUMNS", 500))
    sheets: int = field(default_factory=lambda: _number("MOST_SHEETS", 100))
    seconds: int = field(default_factory=lambda: _number("READING_SECONDS", 120))
    memory_megabytes: int = field(default_factory=lambda: _number("READING_MEGABYTES", 3000))

    def bounds(self, memory: int) -> dict[str, int]:
        """The limits for one file, whose reading may take this many bytes of memory at most."""
        return {
            "memory_bytes": min(memory, self.memory_megabytes * 2**20),
            "unpacked_bytes": self.unpacked_megabytes * 2**20,
            "rows": self.rows,
            "columns": self.columns,
            "sheets": self.sheets,
            "entries": 20 * self.sheets,
            "cells": 60 * self.rows,
        }
