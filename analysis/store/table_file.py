"""Tables as a DuckDB file of their own, for programs of others: a copy, which nothing writes back."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pandas as pd


def duckdb_file(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Return a DuckDB file with these tables, by name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.duckdb"
        with duckdb.connect(path) as connection:
            for name, table in tables.items():
                connection.register("staged", table)
                connection.execute(f'CREATE TABLE "{name}" AS FROM staged')
        return path.read_bytes()
