"""Lists of groups of citizens: which courses get a group from a list before it is stored."""

from dataclasses import dataclass

from analysis.auth.roles import Person
from analysis.store.connection import sql, with_exclusive_lock
from analysis.store.counts_statement import staged_courses
from analysis.store.database import Database
from analysis.store.imports.permissions import may, required_permissions
from analysis.store.payload import ImportPayload


@dataclass(frozen=True)
class ListedCitizens:
    """Citizens of a list, those of them with a course, and those whose course states another group than the list."""

    citizens: int
    with_courses: int
    differing: int


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
