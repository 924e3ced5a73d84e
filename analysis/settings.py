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


def _names(name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in os.environ.get(f"LIGE_ADGANG_{name}", "").split(",") if part.strip())


@dataclass(frozen=True)
class Settings:
    """The settings in force.

    ``database`` is the DuckDB file. ``smallest_count`` is the smallest count that is shown: 1 up to one below it are
    hidden. ``retention_days`` is how long an import that was undone is kept. Raises ``ValueError`` where
    ``smallest_count`` is below 3, Statistics Denmark's rule of thumb.
    """

    database: Path = field(default_factory=_database)
    smallest_count: int = field(default_factory=lambda: _number("SMALLEST_COUNT", 5))
    retention_days: int = field(default_factory=lambda: _number("RETENTION_DAYS", 365))

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


@dataclass(frozen=True)
class Serving:
    """What the server lets through, so that one person cannot make it slow for the others.

    ``hosts`` are the names under which it answers; none means any. ``sessions`` may be open at once, each with
    ``reruns_a_minute`` and messages of ``message_megabytes`` at most. An upload takes ``upload_seconds`` at most, and
    all uploaded files together ``held_megabytes`` of memory. ``readings`` go on at once and as many as
    ``readings_waiting`` wait. Below ``free_megabytes`` of free disk the program is not well. ``metrics_from_anywhere``
    says whether other computers may ask what is counted.
    """

    hosts: tuple[str, ...] = field(default_factory=lambda: _names("HOSTS"))
    sessions: int = field(default_factory=lambda: _number("MOST_SESSIONS", 200))
    reruns_a_minute: int = field(default_factory=lambda: _number("MOST_RERUNS_A_MINUTE", 240))
    message_megabytes: int = field(default_factory=lambda: _number("MOST_MESSAGE_MEGABYTES", 10))
    upload_seconds: int = field(default_factory=lambda: _number("UPLOAD_SECONDS", 300))
    held_megabytes: int = field(default_factory=lambda: _number("MOST_HELD_MEGABYTES", 1000))
    readings: int = field(default_factory=lambda: _number("MOST_READINGS", 2))
    readings_waiting: int = field(default_factory=lambda: _number("MOST_READINGS_WAITING", 20))
    free_megabytes: int = field(default_factory=lambda: _number("LEAST_FREE_MEGABYTES", 500))
    metrics_from_anywhere: bool = field(default_factory=lambda: bool(_number("METRICS_FROM_ANYWHERE", 0)))

    def __post_init__(self) -> None:
        if min(self.sessions, self.reruns_a_minute, self.message_megabytes, self.upload_seconds, self.readings) < 1:
            raise ValueError("The server needs room for at least one session, and for what it does")
