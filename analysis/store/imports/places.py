"""Join two places that are one: the imports of one of them are stored again under the other's name.

Rows of an import never change. Each import with rows of the place is copied with the other name, and the import itself
is undone. Both are in the history, so that the old one can be brought back once its copy is undone.
"""

import duckdb

from analysis.auth.roles import Action, Person
from analysis.model.terms import Subject
from analysis.store import journal
from analysis.store.connection import sql, with_exclusive_lock
from analysis.store.database import Database
from analysis.store.imports.corrections import recount_changed
from analysis.store.imports.importing import all_sums, history
from analysis.store.imports.permissions import must, required_permissions_of_imports
from analysis.store.integrity import audit
from analysis.store.integrity.audit import Event
from analysis.store.integrity.checksums import DATA_TABLES, import_checksums, read_by

WITHOUT_PLACE = {"added_group"}
"""Tables with the rows of an import that have no municipality."""
OF_TABLE = "SELECT import_id, municipality FROM {table}"


@with_exclusive_lock
def join_places(database: Database, place: str, other: str, *, synthetic: bool, by: Person) -> list[int]:
    """Store what is stored of ``place`` under the name ``other``. Return the numbers of the new imports.

    Raise ``NotAllowed`` if the person may not store the whole content of an import with rows of the place, or may not
    store data of the other one.
    """
    with database.reading() as cursor:
        numbers = _imports_of(cursor, place, synthetic)
    with audit.attempted(database, by, Event.STORE):
        by.must(Action.STORE, [place, other])
        needs = required_permissions_of_imports(database)
        for number in numbers:
            must(by, needs.get(number, {}))
    copies = []
    with database.writing(touching={(synthetic, subject) for subject in Subject}) as cursor:
        for number in _imports_of(cursor, place, synthetic):
            copy = _copied(cursor, number, place, other)
            cursor.execute("UPDATE import SET undone_at = current_localtimestamp() WHERE import_id = ?", [number])
            audit.record(cursor, by, Event.TAKE_BACK, import_id=number)
            audit.record(cursor, by, Event.STORE, import_id=copy)
            copies.append(copy)
        for number in (*numbers, *copies):
            recount_changed(cursor, number)
    _confirm(database, copies)
    return copies


def _imports_of(cursor: duckdb.DuckDBPyConnection, place: str, synthetic: bool) -> list[int]:
    tables = " UNION ALL ".join(OF_TABLE.format(table=table) for table in DATA_TABLES if table not in WITHOUT_PLACE)
    query = sql("imports_of_place").format(tables=tables)
    rows = cursor.execute(query, {"place": place, "synthetic": synthetic}).fetchall()
    return [number for (number,) in rows]


def _copied(cursor: duckdb.DuckDBPyConnection, number: int, place: str, other: str) -> int:
    """Copy an import with another name of a place; return the number of the copy."""
    columns = [
        name for name, *_ in cursor.execute("DESCRIBE import").fetchall() if name not in {"import_id", "imported_at"}
    ]
    names = ", ".join(columns)
    row = cursor.execute(
        f"INSERT INTO import ({names}) SELECT {names} FROM import WHERE import_id = ? RETURNING import_id", [number]
    ).fetchone()
    assert row is not None
    (copy,) = row
    values = {"number": number, "copy": copy, "place": place, "other": other}
    named = "CASE municipality WHEN $place THEN $other ELSE municipality END AS municipality"
    for table in DATA_TABLES:
        changed = "$copy AS import_id" if table in WITHOUT_PLACE else f"$copy AS import_id, {named}"
        given = {key: value for key, value in values.items() if table not in WITHOUT_PLACE or key in {"number", "copy"}}
        cursor.execute(
            f"INSERT INTO {table} SELECT * REPLACE ({changed}) FROM {table} WHERE import_id = $number", given
        )
    for column in ("import_id", "replaced_import_id"):
        cursor.execute(
            f"INSERT INTO replacement SELECT * REPLACE ($copy AS {column}, {named}) FROM replacement "
            f"WHERE {column} = $number",
            values,
        )
    for column in ("import_id", "superseded_import_id"):
        cursor.execute(
            f"INSERT INTO superseded SELECT * REPLACE ($copy AS {column}) FROM superseded WHERE {column} = $number",
            {"copy": copy, "number": number},
        )
    return int(copy)


def _confirm(database: Database, copies: list[int]) -> None:
    """Write the copies to the journal."""
    records = {record.import_id: record for record in history(database)}
    for copy in copies:
        record = records[copy]
        held = {"contents": import_checksums(database, copy), "read_by": read_by()}
        sums = all_sums(database, copy).get(copy, [])
        journal.append(database.path, database.identity(), copy, record.file_name, record.sha256, sums, held)
