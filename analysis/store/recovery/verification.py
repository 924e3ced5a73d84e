"""Compare the journal with the database, and verify imports that were stored but not yet verified."""

import json
from collections.abc import Iterator
from contextlib import suppress

from analysis.store import journal
from analysis.store.connection import with_exclusive_lock
from analysis.store.database import Database
from analysis.store.imports.importing import all_sums, history
from analysis.store.journal import Difference, is_abandoned
from analysis.store.payload import Sums


@with_exclusive_lock
def check_journal(database: Database) -> list[Difference]:
    """Return the differences between the journal and the database.

    Read back and verify imports that were stored but not yet verified when the program ended.
    """
    identity = database.identity()
    records = history(database)
    held = all_sums(database)
    stored = {record.import_id: held.get(record.import_id, []) for record in records if record.purged_at is None}
    purged = {record.import_id for record in records if record.purged_at is not None}
    written = [line for line in journal.lines(database.path) if is_abandoned(line) or line["import_id"] not in purged]
    live = {record.sha256 for record in records if record.undone_at is None}
    differences = journal.compare(written, identity, stored, live)
    confirmed = {line["import_id"] for line in written if line["database"] == identity and not is_abandoned(line)}
    expected = dict(_expected(database))
    for record in reversed(records):
        if record.import_id in purged | confirmed:
            continue
        found = stored[record.import_id]
        if expected[record.import_id] in (found, []):
            with suppress(OSError):  # If writing fails now, the next check writes the line.
                journal.append(database.path, identity, record.import_id, record.file_name, record.sha256, found)
        elif record.undone_at is None:
            differences.append(
                Difference("changed", record.import_id, record.file_name, record.imported_at, record.sha256)
            )
    return differences


def _expected(database: Database) -> Iterator[tuple[int, list[Sums]]]:
    with database.reading() as cursor:
        rows = cursor.execute("SELECT import_id, sums FROM import").fetchall()
    for import_id, written in rows:
        yield import_id, [Sums(**one) for one in json.loads(written)]
