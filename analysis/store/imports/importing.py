"""Imports: store one uploaded file completely or not at all, identified by its digest; undo and list imports."""

import datetime as dt
import json
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

import duckdb
import pyarrow as pa

from analysis.auth.roles import Person
from analysis.model.terms import Part
from analysis.store import journal, uploaded_files
from analysis.store.connection import Readable, sql, with_exclusive_lock
from analysis.store.counts_statement import IN_ORDER_OF_COUNTS, build_counts, staged_courses
from analysis.store.current_names import register_named
from analysis.store.database import Database
from analysis.store.errors import duckdb_errors_translated
from analysis.store.follow_up import build_follow_up
from analysis.store.imports.corrections import NotCorrectable, correct_rows, must_be_correctable, recount_changed
from analysis.store.imports.overlaps import Overlap, found_overlaps
from analysis.store.imports.packages import mode_used
from analysis.store.imports.permissions import may_for_imports, must, must_for_import, required_permissions
from analysis.store.integrity import audit
from analysis.store.integrity.audit import Event
from analysis.store.integrity.checksums import import_checksums, read_by
from analysis.store.lists import LISTS, SUMS, of_lists
from analysis.store.payload import FORMS, ImportMode, ImportPayload, Source, Sums, partitions_of, sums
from analysis.text.identity_numbers import HoldsIdentityNumber, must_not_hold_identity_number, strength
from analysis.text.strength import Strength

_KEEPING = ThreadPoolExecutor(2, thread_name_prefix="uploaded-file")


@dataclass(frozen=True)
class ImportRecord:
    """One import: its source, its time, its number of rows of each kind, and its state."""

    import_id: int
    file_name: str
    sha256: str
    imported_at: dt.datetime
    synthetic: bool
    courses: int
    counts: int
    offers: int
    adjustments: int
    theme_days: int
    understandings: int
    actions: int
    requests: int
    votes: int
    undone_at: dt.datetime | None
    person: str
    understood: str
    findings: str
    left_out: str
    purged_at: dt.datetime | None
    typed: bool = False
    """Whether it is an entry of a form on a page."""
    added: bool = False
    """Whether it counts beside others in the same periods."""
    corrects: bool = False
    """Whether its rows take the place of single rows of others."""
    citizen_groups: int = 0
    names: int = 0
    descriptions: int = 0
    test_rounds: int = 0
    activities: int = 0
    consequences: int = 0
    origin_name: str | None = None
    made_at: dt.datetime | None = None
    rounding_base: int | None = None

    @property
    def is_outline(self) -> bool:
        """Return True if the record has only a name, a time and whether the import was undone."""
        return not self.sha256

    @property
    def outline(self) -> "ImportRecord":
        """Return the record without information about its content.

        Even the digest of a small file reveals its numbers.
        """
        nothing: dict[str, Any] = dict.fromkeys(FORMS, 0)
        return replace(self, sha256="", person="", understood="[]", findings="[]", left_out="[]", **nothing)


class AlreadyImported(Exception):
    """An identical file is already stored."""

    def __init__(self, record: ImportRecord) -> None:
        super().__init__(record.file_name)
        self.record = record


@dataclass
class PeriodsOverlap(Exception):
    """Storing the file would count citizens twice."""

    overlaps: list[Overlap] = field(default_factory=list)


class StoredRowsDiffer(Exception):
    """The import was undone: the stored rows do not match the file."""


@with_exclusive_lock
def add_import(
    database: Database,
    contents: ImportPayload,
    source: Source,
    *,
    by: Person,
    mode: ImportMode = ImportMode.NEW,
    original: bytes | None = None,
    no_cpr: int = 0,
) -> ImportRecord:
    """Store the payload of one file in one transaction, build its counts and store the uploaded file.

    Parameters
    ----------
    mode
        What the import means for what is stored in the same periods.
    original
        The uploaded file; it is not stored if the import is refused.
    no_cpr
        Number of columns that look like CPR numbers but that the person declared to be something else.

    Raises
    ------
    NotAllowed
        The person may not store the whole payload.
    AlreadyImported
        The file is already stored and not undone.
    PeriodsOverlap
        Periods of an offer are already stored, and ``mode`` is NEW.
    NotCorrectable
        ``mode`` is CORRECT, and no row is stored already, or it is not sure which.
    StoredRowsDiffer
        The rows and sums that a new transaction reads back differ from those given.
    HoldsIdentityNumber
        A text looks like an identity number.
    DatabaseError
        The disk is full, or the database fails.
    """
    with audit.attempted(database, by, Event.STORE):
        must(by, required_permissions(contents))
    must_not_hold_identity_number(source.texts())
    if contents.hold_identity_number() or any(strength(text) > Strength.CHECKED for text in source.quoted()):
        raise HoldsIdentityNumber
    if original is None:
        return _add(database, contents, source, by=by, mode=mode, no_cpr=no_cpr)
    keeping = _KEEPING.submit(_keep, database, source.sha256, original)
    try:
        return _add(
            database,
            contents,
            source,
            by=by,
            mode=mode,
            no_cpr=no_cpr,
            is_kept=keeping.result,
        )
    except (AlreadyImported, PeriodsOverlap, NotCorrectable):
        if keeping.result():
            with suppress(OSError):
                uploaded_files.discard(database.path, source.sha256)
        raise


def _keep(database: Database, sha256: str, original: bytes) -> bool:
    """Store the uploaded file; return whether it is new."""
    with duckdb_errors_translated():
        return uploaded_files.keep(database.path, sha256, original)


def _add(
    database: Database,
    contents: ImportPayload,
    source: Source,
    *,
    by: Person,
    mode: ImportMode,
    no_cpr: int,
    is_kept: Callable[[], bool] = bool,
) -> ImportRecord:
    """Store the payload as ``add_import`` does. ``is_kept`` waits until the uploaded file is on the disk."""
    expected = sums(contents)
    with database.writing(touching=partitions_of(contents.forms, synthetic=source.synthetic)) as cursor:
        same = _same_file(cursor, source.sha256)
        if same is not None:
            raise AlreadyImported(same)
        overlapping = found_overlaps(cursor, contents, synthetic=source.synthetic)
        if overlapping and mode is ImportMode.NEW:
            raise PeriodsOverlap(overlapping)
        if mode is ImportMode.CORRECT:
            must_be_correctable(cursor, contents, synthetic=source.synthetic)
        used = mode if overlapping or mode is ImportMode.CORRECT else ImportMode.NEW
        used = mode_used(cursor, contents, used, synthetic=source.synthetic)
        import_id = insert_record(cursor, contents, source, expected, mode=used)
        insert_payload(cursor, contents, import_id)
        for query in (build_counts(), sql("build_crossed_counts")):
            cursor.execute(query, {"import_id": import_id})
        build_follow_up(cursor, import_id)
        meet_stored(cursor, contents, import_id, used, synthetic=source.synthetic)
        audit.record(
            cursor,
            by,
            Event.STORE,
            import_id=import_id,
            holds=", ".join(contents.forms),
            replacing="yes" if used is ImportMode.REPLACE else "",
            no_cpr=no_cpr,
        )
        is_kept()
    stored = all_sums(database, import_id, contents.forms).get(import_id, [])
    if stored != expected:
        _undo(database, import_id, audit.PROGRAM)
        raise StoredRowsDiffer(source.file_name)
    # The import is stored. The next check of the journal writes a line that cannot be written now.
    with suppress(OSError):
        held = {"contents": import_checksums(database, import_id, contents.forms), "read_by": read_by()}
        identity = database.identity()
        journal.append(database.path, identity, import_id, source.file_name, source.sha256, stored, held)
    return next(record for record in history(database) if record.import_id == import_id)


@with_exclusive_lock
def undo_import(database: Database, import_id: int, *, by: Person) -> None:
    """Undo an import: its rows remain in the file, queries ignore them, and the rows it replaced are visible again.

    Raise ``NotAllowed`` if the person may not store the content of the import.
    """
    with audit.attempted(database, by, Event.TAKE_BACK):
        must_for_import(by, database, import_id)
    _undo(database, import_id, by)


def _undo(database: Database, import_id: int, by: Person) -> None:
    with database.writing(touching=partitions_of_payload(database, import_id)) as cursor:
        taken_back = cursor.execute(
            "UPDATE import SET undone_at = current_localtimestamp() WHERE import_id = ? AND undone_at IS NULL "
            "RETURNING import_id",
            [import_id],
        ).fetchall()
        if taken_back:
            recount_changed(cursor, import_id)
            audit.record(cursor, by, Event.TAKE_BACK, import_id=import_id)


def partitions_of_payload(database: Database, import_id: int) -> set[Part]:
    """Return the data partitions of an import; empty if there is no such import.

    An import without rows has counts that are all held back.
    """
    with database.reading() as cursor:
        rows = cursor.execute(f"{_RECORDS} WHERE import_id = ?", [import_id]).fetchall()
    records = [ImportRecord(*row) for row in rows]
    return {
        part
        for record in records
        for part in partitions_of(
            [form for form in FORMS if getattr(record, form)] or ["counts"], synthetic=record.synthetic
        )
    }


def history(database: Database) -> list[ImportRecord]:
    """Return every import, newest first."""
    with database.reading() as cursor:
        rows = cursor.execute(f"{_RECORDS} ORDER BY import_id DESC").fetchall()
    return [ImportRecord(*row) for row in rows]


def history_for(database: Database, by: Person) -> list[ImportRecord]:
    """Return every import, newest first; only the outline if the person may not store its content."""
    records = history(database)
    known = may_for_imports(by, database, [one.import_id for one in records])
    return [one if one.import_id in known else one.outline for one in records]


def already_imported(database: Database, sha256: str) -> ImportRecord | None:
    """Return the import of the identical file that is not undone."""
    with database.reading() as cursor:
        return _same_file(cursor, sha256)


def stored_totals(database: Readable, import_id: int) -> list[Sums]:
    """Return the stored sums of an import for each sheet."""
    return all_sums(database, import_id).get(import_id, [])


@with_exclusive_lock
def all_sums(
    database: Readable, import_id: int | None = None, forms: Collection[str] = tuple(LISTS)
) -> dict[int, list[Sums]]:
    """Return the stored sums of each import, or of this one, by import number; of lists only those of ``forms``."""
    with database.reading() as cursor:
        query = sql("stored_sums").format(lists=of_lists(SUMS, forms))
        rows = cursor.execute(query, {"import_id": import_id}).fetchall()
    found: dict[int, list[Sums]] = {}
    for number, *of_sheet in rows:
        found.setdefault(number, []).append(Sums(*of_sheet))
    return found


def original(database: Database, sha256: str, *, by: Person) -> bytes | None:
    """Return the uploaded file with this digest; None if it is not stored.

    Raise ``NotAllowed`` if the person may not store the content of the import.
    """
    for record in history(database):
        if record.sha256 == sha256 and record.purged_at is None:
            must_for_import(by, database, record.import_id)
    return uploaded_files.original(database.path, sha256)


_RECORDS = f"SELECT {', '.join(one.name for one in fields(ImportRecord))} FROM import"


def _same_file(cursor: duckdb.DuckDBPyConnection, sha256: str) -> ImportRecord | None:
    row = cursor.execute(f"{_RECORDS} WHERE sha256 = ? AND undone_at IS NULL", [sha256]).fetchone()
    return ImportRecord(*row) if row else None


def insert_record(
    cursor: duckdb.DuckDBPyConnection,
    contents: ImportPayload,
    source: Source,
    expected: list[Sums],
    import_id: int | None = None,
    *,
    mode: ImportMode = ImportMode.NEW,
) -> int:
    """Insert the record of an import; return its number, by default the next one."""
    amounts = {name: contents.rows(name) for name in FORMS}
    values = {**vars(source), **amounts, "sums": json.dumps([asdict(one) for one in expected])}
    values |= {"added": mode is ImportMode.ADD, "corrects": mode is ImportMode.CORRECT}
    if contents.package is not None:
        values |= vars(contents.package)
    if import_id is not None:
        values["import_id"] = import_id
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    row = cursor.execute(
        f"INSERT INTO import ({names}) VALUES ({marks}) RETURNING import_id", list(values.values())
    ).fetchone()
    assert row is not None
    return int(row[0])


def insert_payload(cursor: duckdb.DuckDBPyConnection, contents: ImportPayload, import_id: int) -> None:
    """Insert every table of the payload."""
    if contents.courses is not None:
        courses = f"{staged_courses(cursor, contents)} ORDER BY {IN_ORDER_OF_COUNTS}"
        values = {"import_id": import_id, "dimensions": list(contents.dimensions)}
        cursor.execute(f"INSERT INTO course SELECT $import_id, * FROM ({courses})", values)
    if contents.counts is not None:
        _insert(cursor, "uploaded_count", contents.counts, import_id)
    _insert(cursor, "held_back", contents.held_back, import_id)
    insert_lists(cursor, contents, import_id)


def insert_lists(cursor: duckdb.DuckDBPyConnection, contents: ImportPayload, import_id: int) -> None:
    """Insert all tables except courses and counts."""
    for name, one in LISTS.items():
        _insert(cursor, one.table, getattr(contents, name), import_id)
    _insert(cursor, "place", contents.places, import_id)
    _insert(cursor, "added_group", contents.added_groups, import_id)
    _insert(cursor, "package_unfinished", contents.unfinished, import_id)


def meet_stored(
    cursor: duckdb.DuckDBPyConnection, contents: ImportPayload, import_id: int, mode: ImportMode, *, synthetic: bool
) -> None:
    """Let the import replace others in the periods that it covers, or correct their rows, as the mode says."""
    if mode is ImportMode.CORRECT:
        correct_rows(cursor, import_id, synthetic=synthetic)
    elif mode is ImportMode.REPLACE and contents.periods is not None:
        register_named(cursor, "staged_periods", contents.periods, synthetic=synthetic)
        cursor.execute(sql("replace_periods"), {"import_id": import_id, "synthetic": synthetic})
    has_lists = cursor.execute("SELECT 1 FROM citizen_group LIMIT 1").fetchone() is not None
    if mode is ImportMode.CORRECT or has_lists or contents.offers is not None or contents.names is not None:
        recount_changed(cursor, import_id)


def _insert(cursor: duckdb.DuckDBPyConnection, table: str, staged: pa.Table | None, import_id: int) -> None:
    if staged is not None:
        cursor.register("staged", staged)
        cursor.execute(f"INSERT INTO {table} BY NAME SELECT ? AS import_id, * FROM staged", [import_id])
