"""Names of offers: rows keep those that are written in their file, and every query sees those of today."""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from analysis.store.connection import Readable, sql


def register_named(cursor: duckdb.DuckDBPyConnection, view: str, rows: pa.Table, *, synthetic: bool) -> None:
    """Make rows of a file, with the columns municipality and offer, a view with the names of today."""
    cursor.register("given_rows", rows)
    named = cursor.sql(sql("named"), params={"synthetic": synthetic}).to_arrow_table()
    cursor.unregister("given_rows")
    cursor.register(view, named)


def written_names(database: Readable, *, synthetic: bool) -> dict[tuple[str, str], str]:
    """Return the name of today of each offer that files call otherwise, by municipality and name in the files."""
    with database.reading() as cursor:
        rows = cursor.execute(sql("written_names"), {"synthetic": synthetic}).fetchall()
    return {(municipality, offer): name for municipality, offer, name in rows}


def renamed(
    names: Mapping[tuple[str, str], str], municipality: str, name: str, new_name: str
) -> list[dict[str, str | None]]:
    """Return the rows that give an offer a new name: one for each name that files have for it.

    Parameters
    ----------
    names : as ``written_names`` returns them.
    name : the name of today.

    Returns
    -------
    Rows with municipality, offer and new_name, as a sheet of offers has them.
    """
    written = [offer for (place, offer), one in names.items() if place == municipality and one == name]
    own = [] if names.get((municipality, name), name) != name else [name]
    offers = dict.fromkeys([*own, *written])
    return [{"municipality": municipality, "offer": offer, "new_name": new_name} for offer in offers]
