"""Dry runs: compute the figures before and after a change, for a person who may make it, then roll the change back.

A figure that combines stored counts with a file can reveal these counts to the person who chooses the file: the step of
a rounded figure reveals the exact count. The person must therefore be allowed to make the change. A dry run shows only
counts that the person may see exactly, or counts that the change cannot affect.
"""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import pandas as pd
import pyarrow as pa

from analysis.auth.roles import OF_MUNICIPALITIES as ROLES_OF_MUNICIPALITIES
from analysis.auth.roles import Action, DisclosureLevel, Person, Role
from analysis.model.terms import Dimension
from analysis.store.connection import Readable
from analysis.store.counts import counts_by_month, coverage, dimensions
from analysis.store.database import Database
from analysis.store.follow_up import build_follow_up
from analysis.store.imports.corrections import RECOUNTED_TABLES, must_be_correctable, recount_changed
from analysis.store.imports.importing import insert_payload, insert_record, meet_stored
from analysis.store.imports.packages import mode_used
from analysis.store.imports.permissions import must, must_for_import, required_permissions
from analysis.store.integrity import audit
from analysis.store.integrity.audit import Event
from analysis.store.lists import LIST_TABLES
from analysis.store.payload import ImportMode, ImportPayload, Source
from analysis.store.theme_days import actions, requests, theme_days, understandings, votes

NUMBER = 2**31 - 1
"""Number of the import in a dry run: higher than every real import number."""
OF_MUNICIPALITIES = (
    *("counts", "held_back", "crossed_counts", "follow_up", "running"),
    *RECOUNTED_TABLES,
    *LIST_TABLES,
    "package_unfinished",
)
"""Tables from which figures are computed. Each has a column municipality."""

Change = Callable[[duckdb.DuckDBPyConnection], None]


@dataclass(frozen=True)
class Snapshot:
    """Data that a dry run shows: counts by period of each dimension, at the disclosure level, and theme days.

    ``municipalities`` are the municipalities that are shown; None for all.
    """

    synthetic: bool
    disclosure_level: DisclosureLevel
    municipalities: frozenset[str] | None
    counts: dict[str, pd.DataFrame]
    dimensions: dict[str, Dimension]
    theme_days: pd.DataFrame
    understandings: pd.DataFrame
    actions: pd.DataFrame
    requests: pd.DataFrame
    votes: pd.DataFrame


def preview_import(
    database: Database,
    contents: ImportPayload,
    counts: pa.Table,
    source: Source,
    *,
    by: Person,
    disclosure_level: DisclosureLevel,
    mode: ImportMode,
) -> tuple[Snapshot, Snapshot]:
    """Return the data before and after this import. ``counts`` are its counts.

    ``disclosure_level`` is that of the person on the pages. Raise ``NotAllowed`` if the person may not store the whole
    payload. The audit gets a line in both cases.
    """
    with audit.attempted(database, by, Event.PREVIEW):
        must(by, required_permissions(contents))
    holds = ", ".join(contents.forms)
    audit.note(database, by, Event.PREVIEW, holds=holds, replacing="yes" if mode is ImportMode.REPLACE else "")

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        if mode is ImportMode.CORRECT:
            must_be_correctable(cursor, contents, synthetic=source.synthetic)
        used = mode_used(cursor, contents, mode, synthetic=source.synthetic)
        import_id = insert_record(cursor, contents, source, [], NUMBER, mode=used)
        insert_payload(cursor, contents, import_id)
        build_follow_up(cursor, import_id)
        cursor.register("staged", counts)
        cursor.execute("INSERT INTO counts SELECT ?, * FROM staged", [import_id])
        meet_stored(cursor, contents, import_id, used, synthetic=source.synthetic)

    return _before_and_after(database, change, by, disclosure_level, synthetic=source.synthetic)


def preview_undone(
    database: Database, import_id: int, *, undone: bool, by: Person, disclosure_level: DisclosureLevel, synthetic: bool
) -> tuple[Snapshot, Snapshot]:
    """Return the data before and after an import is undone or redone.

    Raise ``NotAllowed`` if the person may not store the content of the import. The audit gets a line in both cases.
    """
    with audit.attempted(database, by, Event.PREVIEW):
        must_for_import(by, database, import_id)
    audit.note(database, by, Event.PREVIEW, import_id=import_id)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute(
            "UPDATE import SET undone_at = CASE WHEN ? THEN current_localtimestamp() END WHERE import_id = ?",
            [undone, import_id],
        )
        recount_changed(cursor, import_id)

    return _before_and_after(database, change, by, disclosure_level, synthetic=synthetic)


def _before_and_after(
    database: Database, change: Change, by: Person, disclosure_level: DisclosureLevel, *, synthetic: bool
) -> tuple[Snapshot, Snapshot]:
    only = by.municipalities if by.role in ROLES_OF_MUNICIPALITIES else None
    seen = _disclosure_level_in_dry_run(by, disclosure_level)
    with database.dry_run() as (trial, cursor):
        if only is not None:
            _leave_only(cursor, only)
        before = _snapshot(trial, seen, only, synthetic)
        change(cursor)
        if only is not None:  # Imports with corrected rows are counted anew, with all their municipalities.
            _leave_only(cursor, only)
        return before, _snapshot(trial, seen, only, synthetic)


def _disclosure_level_in_dry_run(by: Person, disclosure_level: DisclosureLevel) -> DisclosureLevel:
    """Return exact counts, of all municipalities or of their own, for a person who may store counts.

    All others see rounded counts: they may not store counts, so their change cannot move the rounding.
    """
    may_store = by.may(Action.STORE)
    own = by.municipalities if may_store and by.role is Role.CONSULTANT else frozenset[str]()
    return DisclosureLevel(disclosure_level.rounding_base, own, everywhere=may_store and by.role is not Role.CONSULTANT)


def _leave_only(cursor: duckdb.DuckDBPyConnection, municipalities: frozenset[str]) -> None:
    """Delete the rows of all other municipalities for the duration of the dry run."""
    for table in OF_MUNICIPALITIES:
        cursor.execute(
            f"DELETE FROM {table} WHERE municipality IS NULL OR NOT list_contains(?, municipality)",
            [sorted(municipalities)],
        )


def _snapshot(
    trial: Readable, disclosure_level: DisclosureLevel, only: frozenset[str] | None, synthetic: bool
) -> Snapshot:
    covered = coverage(trial).get(synthetic)
    return Snapshot(
        synthetic,
        disclosure_level,
        only,
        {
            key: counts_by_month(trial, disclosure_level, dimension=key, synthetic=synthetic)
            for key in (covered.dimensions if covered else ())
        },
        dimensions(trial),
        theme_days(trial, synthetic=synthetic),
        understandings(trial, synthetic=synthetic),
        actions(trial, synthetic=synthetic),
        requests(trial, synthetic=synthetic),
        votes(trial, synthetic=synthetic),
    )
