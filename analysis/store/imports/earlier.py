"""The data as they were on an earlier day."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from analysis.store.connection import sql
from analysis.store.database import Database, DryRunDatabase
from analysis.store.imports.corrections import recount_changed


@contextmanager
def as_of(database: Database, day: dt.date) -> Iterator[DryRunDatabase]:
    """Open the data as they were when this day began: with the imports that counted then. Nothing is changed.

    With several servers, rows that were corrected since stay corrected: the replica lacks the rows of courses.
    """
    with database.dry_run() as (trial, cursor):
        moment = dt.datetime.combine(day, dt.time())
        for (import_id,) in cursor.execute(sql("go_back"), {"moment": moment}).fetchall():
            recount_changed(cursor, import_id)
        yield trial
