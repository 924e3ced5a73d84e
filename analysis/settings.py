"""What an installation may set, from environment variables. Each is described in the README."""

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOWEST_SMALLEST_COUNT = 3


def _database() -> Path:
    return Path(os.environ.get("LIGE_ADGANG_DATABASE", ROOT / "data" / "lige_adgang.duckdb"))


def _smallest_count() -> int:
    return int(os.environ.get("LIGE_ADGANG_SMALLEST_COUNT", "5"))


@dataclass(frozen=True)
class Settings:
    """The settings in force.

    ``database`` is the DuckDB file. ``smallest_count`` is the smallest count that is shown: 1 up to one below it are
    hidden. Raises ``ValueError`` where it is below 3, Statistics Denmark's rule of thumb.
    """

    database: Path = field(default_factory=_database)
    smallest_count: int = field(default_factory=_smallest_count)

    def __post_init__(self) -> None:
        if self.smallest_count < LOWEST_SMALLEST_COUNT:
            raise ValueError(f"LIGE_ADGANG_SMALLEST_COUNT must be at least {LOWEST_SMALLEST_COUNT}")
