"""Imports that correct single rows of earlier ones: which rows, and the counts of these imports without them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb
import pyarrow as pa

from analysis.auth.roles import Person
from analysis.store.connection import sql, with_exclusive_lock
from analysis.store.counts_statement import build_counts, with_others
from analysis.store.current_names import register_named
from analysis.store.database import Database
from analysis.store.follow_up import build_follow_up
from analysis.store.imports.permissions import may, required_permissions
from analysis.store.payload import STAGES, ImportPayload

NO_IMPORT = 0
RECOUNTED = ("counts", "crossed_counts", "follow_up", "running")
"""Tables that are made of the rows of an import."""
RECOUNTED_TABLES = tuple(f"recounted_{table}" for table in RECOUNTED)
FIRST_NUMBER = 2**31 - 2
"""Import number under which rows are counted anew; the next ones count down. All are higher than real ones."""
Place = tuple[str, str, str]
"""Municipality, offer and dimension; the dimension is empty for courses, which count in all."""


@dataclass(frozen=True)
class Correction:
    """What a file would correct.

    Attributes
    ----------
    corrected, new : number of its rows that are stored already, and of those that are not.
    ambiguous : sheet and row of the courses of which several stored ones could be meant.
    across : sheet and row of the counts whose periods are not those of the stored counts.
    held_back : whether numbers of the same periods are held back, in the file or in what is stored.
    removed : the invited, participants and completed of the stored rows that are corrected.
    """

    corrected: int = 0
    new: int = 0
    ambiguous: tuple[tuple[str, int], ...] = ()
    across: tuple[tuple[str, int], ...] = ()
    held_back: bool = False
    removed: dict[Place, tuple[int, ...]] = field(default_factory=dict)

    @property
    def is_possible(self) -> bool:
        return bool(self.corrected) and not (self.ambiguous or self.across or self.held_back)


class NotCorrectable(Exception):
    """No row of the file is stored already, or it is not sure which."""


@with_exclusive_lock
def correction_of(
    database: Database, contents: ImportPayload, *, by: Person, synthetic: bool = False
) -> Correction | None:
    """Return what the payload would correct; None if the person may not store it: it reveals who is stored."""
    if not may(by, required_permissions(contents)):
        return None
    with database.reading() as cursor:
        return _found_correction(cursor, contents, synthetic=synthetic)


def _found_correction(cursor: duckdb.DuckDBPyConnection, contents: ImportPayload, *, synthetic: bool) -> Correction:
    """Return what the payload, which is not stored, would correct."""
    found = Correction(held_back=_is_held_back(cursor, contents, synthetic))
    if contents.courses is not None:
        found = _of_courses(cursor, contents.courses, found, synthetic)
    if contents.counts is not None:
        found = _of_counts(cursor, contents.counts, found, synthetic)
    return found


def _of_courses(cursor: duckdb.DuckDBPyConnection, courses: pa.Table, found: Correction, synthetic: bool) -> Correction:
    """Add which courses are stored already."""
    cursor.register("staged_corrections", courses)
    values = {"import_id": NO_IMPORT, "synthetic": synthetic}
    query = _matching_courses("FROM staged_corrections")
    rows: list[dict[str, Any]] = cursor.sql(query, params=values).to_arrow_table().to_pylist()
    live = [row for row in rows if row["is_live"]]
    matched = {(row["sheet"], row["row"]) for row in live}
    removed = dict(found.removed)
    for row in live:
        stages = (int(row[stage] or 0) for stage in STAGES)
        _add(removed, (row["municipality"], row["offer"], ""), stages)
    return replace(
        found,
        corrected=found.corrected + len(matched),
        new=found.new + courses.num_rows - len(matched),
        ambiguous=tuple(sorted({(row["sheet"], row["row"]) for row in rows if not row["is_sure"]})),
        removed=removed,
    )


def _of_counts(cursor: duckdb.DuckDBPyConnection, counts: pa.Table, found: Correction, synthetic: bool) -> Correction:
    """Add which counts are stored already."""
    register_named(cursor, "staged_corrections", with_others(counts), synthetic=synthetic)
    query = sql("matching_counts").format(given="FROM staged_corrections")
    rows: list[dict[str, Any]] = cursor.sql(query, params={"synthetic": synthetic}).to_arrow_table().to_pylist()
    same = [row for row in rows if row["is_stored"]]
    removed = dict(found.removed)
    for row in same:
        _add(removed, (row["municipality"], row["offer"], row["dimension"]), (row[stage] or 0 for stage in STAGES))
    return replace(
        found,
        corrected=found.corrected + len(same),
        new=found.new + len(rows) - len(same),
        across=tuple(sorted((row["sheet"], row["row"]) for row in rows if row["crosses"])),
        removed=removed,
    )


def _add(removed: dict[Place, tuple[int, ...]], place: Place, stages: Iterable[int]) -> None:
    before = removed.get(place, (0, 0, 0))
    removed[place] = tuple(one + other for one, other in zip(before, stages, strict=True))


def _matching_courses(given: str) -> str:
    return sql("matching_courses").format(given=given)


def _is_held_back(cursor: duckdb.DuckDBPyConnection, contents: ImportPayload, synthetic: bool) -> bool:
    """Return whether the file, or what is stored in its periods, has numbers that are held back."""
    if contents.held_back is not None and contents.held_back.num_rows:
        return True
    if contents.periods is None:
        return False
    register_named(cursor, "staged_periods", contents.periods, synthetic=synthetic)
    return bool(cursor.execute(sql("held_back_in_periods"), {"synthetic": synthetic}).fetchall())


def must_be_correctable(cursor: duckdb.DuckDBPyConnection, contents: ImportPayload, *, synthetic: bool) -> None:
    """Raise ``NotCorrectable`` if it is not sure which stored rows the payload corrects, or there are none."""
    if not _found_correction(cursor, contents, synthetic=synthetic).is_possible:
        raise NotCorrectable


def correct_rows(cursor: duckdb.DuckDBPyConnection, import_id: int, *, synthetic: bool) -> None:
    """Let the rows of a stored import take the place of earlier ones."""
    values = {"import_id": import_id, "synthetic": synthetic}
    matching = _matching_courses("FROM course WHERE import_id = $import_id")
    cursor.execute(sql("supersede_courses").format(matching=matching), values)
    corrected = _corrected_by(cursor, import_id)
    cursor.execute(sql("adopt_follow_up"), {"import_id": import_id, "corrected": corrected})


def recount_changed(cursor: duckdb.DuckDBPyConnection, import_id: int) -> None:
    """Count anew the imports that this one changes, after it is stored, undone or redone.

    It can correct their rows, or state groups of their citizens. If it names offers or groups anew, other imports may
    correct other rows than before.
    """
    if cursor.execute(sql("has_new_names"), {"import_id": import_id}).fetchone():
        changed = [number for (number,) in cursor.execute(sql("with_corrected_rows")).fetchall()]
    else:
        changed = _corrected_by(cursor, import_id)
    grouped = cursor.execute(sql("grouped_by"), {"import_id": import_id}).fetchall()
    _recount_all(cursor, dict.fromkeys([*changed, *(number for (number,) in grouped)]))


def _corrected_by(cursor: duckdb.DuckDBPyConnection, import_id: int) -> list[int]:
    return [number for (number,) in cursor.execute(sql("corrected_by"), {"import_id": import_id}).fetchall()]


def _recount_all(cursor: duckdb.DuckDBPyConnection, import_ids: Iterable[int]) -> None:
    for place, import_id in enumerate(import_ids):
        _recount(cursor, import_id, FIRST_NUMBER - place)


def _recount(cursor: duckdb.DuckDBPyConnection, import_id: int, number: int) -> None:
    """Count an import without the rows that live imports correct. The rows are counted as an import ``number``.

    Without its rows, as in the replica of a server, its counts stay as they are.
    """
    if not cursor.execute(sql("has_rows"), {"import_id": import_id}).fetchone():
        return
    for table in ("recounted", *RECOUNTED_TABLES):
        cursor.execute(f"DELETE FROM {table} WHERE import_id = ?", [import_id])
    values = {"import_id": import_id}
    if not cursor.execute(sql("has_corrected_rows"), values).fetchone():
        return
    cursor.execute(
        "INSERT INTO import BY NAME SELECT * REPLACE ($number AS import_id, NULL AS undone_at) FROM import "
        "WHERE import_id = $import_id",
        {**values, "number": number},
    )
    for table in ("course", "uploaded_count", "held_back"):
        cursor.execute(sql(f"remaining_{table}"), {**values, "number": number})
    for query in (build_counts(), sql("build_crossed_counts")):
        cursor.execute(query, {"import_id": number})
    build_follow_up(cursor, number)
    if cursor.execute("SELECT corrects FROM import WHERE import_id = ?", [import_id]).fetchone() == (True,):
        cursor.execute(sql("adopt_follow_up"), {"import_id": number, "corrected": [import_id]})
    cursor.execute("INSERT INTO recounted VALUES (?)", [import_id])
    for table in RECOUNTED:
        cursor.execute(
            f"INSERT INTO recounted_{table} SELECT * REPLACE (? AS import_id) FROM {table} WHERE import_id = ?",
            [import_id, number],
        )
    for table in ("import", "course", "uploaded_count", "held_back", *RECOUNTED):
        cursor.execute(f"DELETE FROM {table} WHERE import_id = ?", [number])
