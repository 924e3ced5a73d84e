"""Lists of groups of citizens: which courses get a group from a list before it is stored."""

from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa

from analysis.auth.roles import Person
from analysis.model.terms import MISSING
from analysis.store.connection import sql, with_exclusive_lock
from analysis.store.counts_statement import staged_courses
from analysis.store.database import Database
from analysis.store.imports.permissions import may, required_permissions
from analysis.store.payload import ImportPayload


@dataclass(frozen=True)
class ListedCitizens:
    """Citizens of a list, those with a course, and those with another group in their course or in a stored list."""

    citizens: int
    with_courses: int
    differing: int
    changed: int


def with_listed_groups(cursor: duckdb.DuckDBPyConnection, contents: ImportPayload, *, synthetic: bool) -> ImportPayload:
    """Return the payload with the groups of stored lists where its courses lack one, as they will be counted."""
    if contents.courses is None:
        return contents
    courses = contents.courses
    places = pa.array(range(len(courses)), pa.int64())
    cursor.register("staged_ids", courses.select(["municipality", "citizen"]).append_column("place", places))
    rows = cursor.execute(sql("listed_groups"), {"synthetic": synthetic}).fetchall()
    cursor.unregister("staged_ids")
    if not rows:
        return contents
    found: dict[str, dict[int, str]] = {}
    for place, dimension, group in rows:
        found.setdefault(dimension, {})[place] = group
    for dimension, groups in found.items():
        has = dimension in contents.dimensions
        own = courses[dimension].to_pylist() if has else [MISSING] * len(courses)
        filled = [groups.get(at, MISSING) if group == MISSING else group for at, group in enumerate(own)]
        courses = courses.drop_columns([dimension]) if has else courses
        courses = courses.append_column(dimension, pa.array(filled, pa.string()))
    dimensions = tuple(dict.fromkeys([*(one for one in contents.dimensions if one not in found), *found]))
    return replace(contents, courses=courses, dimensions=dimensions)


@with_exclusive_lock
def listed_citizens(
    database: Database, contents: ImportPayload, *, by: Person, synthetic: bool = False
) -> ListedCitizens | None:
    """Compare a list of groups with the courses that are stored and those of the same file.

    None if there is no list, or if the person may not store it: it reveals who is stored.
    """
    if contents.citizen_groups is None or not may(by, required_permissions(contents)):
        return None
    with database.reading() as cursor:
        cursor.register("staged_groups", contents.citizen_groups)
        courses = ""
        values: dict[str, object] = {"synthetic": synthetic}
        if contents.courses is not None:
            courses = f"UNION ALL SELECT municipality, citizen, groups FROM ({staged_courses(cursor, contents)})"
            values["dimensions"] = list(contents.dimensions)
        row = cursor.execute(sql("matching_citizens").format(courses=courses), values).fetchone()
    assert row is not None
    return ListedCitizens(*row)
