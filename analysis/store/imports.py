"""Imports: one uploaded file stored whole or not at all, known by its digest, and undone again."""

import datetime as dt
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from analysis.store.database import Database, sql


@dataclass(frozen=True)
class Contents:
    """What one file brings, ready to be stored. A table is None where the file has no such sheet.

    - ``courses``: sheet, row, municipality, offer, citizen, invited, participated, completed, invited_on, started_on,
      completed_on, outcome, and one column of group keys for each of ``dimensions``, in that order, at the end.
    - ``counts``: sheet, row, municipality, offer, period_start, period_end, dimension, group, invited, participated,
      completed.
    - ``offers``: sheet, row, municipality, offer, kind, theme, completion_rule.
    - ``adjustments``: sheet, row, municipality, offer, adjusted_on, title, what_changed, aim, citizens_involved,
      staff_involved.
    - ``periods``: municipality, offer, period_start, period_end: what courses and counts cover.
    - ``places``: municipality; ``added_groups``: dimension, ordered, group, rank. New to the reference lists.
    """

    courses: pa.Table | None = None
    dimensions: tuple[str, ...] = ()
    counts: pa.Table | None = None
    offers: pa.Table | None = None
    adjustments: pa.Table | None = None
    periods: pa.Table | None = None
    places: pa.Table | None = None
    added_groups: pa.Table | None = None

    def rows(self, name: str) -> int:
        table = getattr(self, name)
        return table.num_rows if table is not None else 0


@dataclass(frozen=True)
class ImportRecord:
    """One import: its file, its time, how many rows of each kind it brought, and when it was undone, if it was."""

    import_id: int
    file_name: str
    sha256: str
    imported_at: dt.datetime
    synthetic: bool
    courses: int
    counts: int
    offers: int
    adjustments: int
    undone_at: dt.datetime | None


@dataclass(frozen=True)
class Overlap:
    """An offer that an earlier import covers in some of the same periods. ``end`` is the first day after them."""

    municipality: str
    offer: str
    start: dt.date
    end: dt.date
    file_name: str


class AlreadyImported(Exception):
    """The same file, to the byte, is already stored."""

    def __init__(self, record: ImportRecord) -> None:
        super().__init__(record.file_name)
        self.record = record


@dataclass
class PeriodsOverlap(Exception):
    """Storing the file would count citizens twice."""

    overlaps: list[Overlap] = field(default_factory=list)


class NotStored(Exception):
    """What was read back after storing is not what was to be stored."""


def add_import(
    database: Database, contents: Contents, *, file_name: str, sha256: str, synthetic: bool = False
) -> ImportRecord:
    """Store the contents of one file in one transaction and build its counts.

    Raises ``AlreadyImported`` for a file that is stored and not undone, ``PeriodsOverlap`` where an offer's periods are
    stored already, and ``NotStored`` where the rows read back in a new transaction differ from those given.
    """
    with database.writing() as cursor:
        record = _same_file(cursor, sha256)
        if record is not None:
            raise AlreadyImported(record)
        overlapping = _overlaps(cursor, contents, synthetic)
        if overlapping:
            raise PeriodsOverlap(overlapping)
        import_id = _insert_record(cursor, contents, file_name, sha256, synthetic)
        _insert_contents(cursor, contents, import_id)
        cursor.execute(sql("build_counts"), {"import_id": import_id})
    _read_back(database, contents, import_id)
    return next(record for record in history(database) if record.import_id == import_id)


def undo_import(database: Database, import_id: int) -> None:
    """Take an import back: its rows stay in the file, and no query sees them."""
    with database.writing() as cursor:
        cursor.execute(
            "UPDATE import SET undone_at = current_localtimestamp() WHERE import_id = ? AND undone_at IS NULL",
            [import_id],
        )


def history(database: Database) -> list[ImportRecord]:
    """Every import, the newest first."""
    with database.reading() as cursor:
        rows = cursor.execute(f"{_RECORDS} ORDER BY import_id DESC").fetchall()
    return [ImportRecord(*row) for row in rows]


def already_imported(database: Database, sha256: str) -> ImportRecord | None:
    """The import that stored this very file and is not undone."""
    with database.reading() as cursor:
        return _same_file(cursor, sha256)


def overlaps(database: Database, contents: Contents, *, synthetic: bool = False) -> list[Overlap]:
    """Where storing these contents would count citizens twice."""
    with database.reading() as cursor:
        return _overlaps(cursor, contents, synthetic)


_RECORDS = """
SELECT import_id, file_name, sha256, imported_at, synthetic, courses, counts, offers, adjustments, undone_at
FROM import
"""


def _same_file(cursor: duckdb.DuckDBPyConnection, sha256: str) -> ImportRecord | None:
    row = cursor.execute(f"{_RECORDS} WHERE sha256 = ? AND undone_at IS NULL", [sha256]).fetchone()
    return ImportRecord(*row) if row else None


def _overlaps(cursor: duckdb.DuckDBPyConnection, contents: Contents, synthetic: bool) -> list[Overlap]:
    if contents.periods is None:
        return []
    cursor.register("staged_periods", contents.periods)
    return [Overlap(*row) for row in cursor.execute(sql("overlaps"), {"synthetic": synthetic}).fetchall()]


def _insert_record(
    cursor: duckdb.DuckDBPyConnection, contents: Contents, file_name: str, sha256: str, synthetic: bool
) -> int:
    row = cursor.execute(
        "INSERT INTO import (file_name, sha256, synthetic, courses, counts, offers, adjustments) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING import_id",
        [
            file_name,
            sha256,
            synthetic,
            *(contents.rows(name) for name in ("courses", "counts", "offers", "adjustments")),
        ],
    ).fetchone()
    assert row is not None
    return int(row[0])


def _insert_contents(cursor: duckdb.DuckDBPyConnection, contents: Contents, import_id: int) -> None:
    if contents.courses is not None:
        columns = [f'"group_{position}"' for position in range(len(contents.dimensions))]
        names = contents.courses.column_names[: -len(columns) or None]
        renamed = contents.courses.rename_columns([*names, *(column.strip('"') for column in columns)])
        cursor.register("staged_courses", renamed)
        cursor.execute(
            sql("insert_courses").format(group_columns=", ".join(f"CAST({column} AS VARCHAR)" for column in columns)),
            {"import_id": import_id, "dimensions": list(contents.dimensions)},
        )
    for table, staged in (
        ("uploaded_count", contents.counts),
        ("offer", contents.offers),
        ("adjustment", contents.adjustments),
        ("place", contents.places),
        ("added_group", contents.added_groups),
    ):
        if staged is not None:
            cursor.register("staged", staged)
            cursor.execute(f"INSERT INTO {table} SELECT ?, * FROM staged", [import_id])


def _read_back(database: Database, contents: Contents, import_id: int) -> None:
    """Trust nothing but what a new transaction reads: a commit after a failed statement raises nothing."""
    with database.reading() as cursor:
        for table, name in (
            ("course", "courses"),
            ("uploaded_count", "counts"),
            ("offer", "offers"),
            ("adjustment", "adjustments"),
        ):
            row = cursor.execute(f"SELECT count(*) FROM {table} WHERE import_id = ?", [import_id]).fetchone()
            if row is None or row[0] != contents.rows(name):
                raise NotStored(name)
