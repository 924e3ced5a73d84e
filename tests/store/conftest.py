"""A database whose data count as real."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from analysis.store import Database


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, demonstration_file: Path) -> Iterator[Database]:
    """The demonstration data as if they were real; always with the same secret, so that roundings are the same."""
    path = tmp_path_factory.mktemp("own") / "own.duckdb"
    path.write_bytes(demonstration_file.read_bytes())
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE import SET synthetic = false")
        connection.execute("UPDATE identity SET database_id = '3f0c5a52-8a6e-4c0b-9d0e-52f6a1d7c9b8'")
    opened = Database(path)
    yield opened
    opened.close()
