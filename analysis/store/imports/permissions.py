"""What a person must be allowed to do to store what a file contains, or to take back what an import contains."""

from collections.abc import Iterable, Mapping

import pyarrow as pa

from analysis.auth.roles import Action, Person, Role
from analysis.store.connection import Readable, sql, with_exclusive_lock
from analysis.store.lists import CONTAINED, LISTS
from analysis.store.payload import FORMS, ImportPayload

RequiredPermissions = Mapping[Action, frozenset[str]]
"""For each action the municipalities in which it must be allowed; rows of no municipality have an empty name."""


def action_of(form: str) -> Action:
    """What a person must be allowed to do to store rows of this form."""
    return LISTS[form].action if form in LISTS else Action.STORE


def required_permissions(contents: ImportPayload) -> RequiredPermissions:
    """What storing these contents takes."""
    tables: dict[str, pa.Table] = {form: getattr(contents, form) for form in FORMS if contents.rows(form)}
    return _required_permissions((form, name or "") for form, table in tables.items() for name in _names(table))


@with_exclusive_lock
def required_permissions_of_imports(database: Readable, import_id: int | None = None) -> dict[int, RequiredPermissions]:
    """What taking each import back takes, or this one, or bringing it back, by its number."""
    with database.reading() as cursor:
        rows = cursor.execute(sql("contained").format(lists=CONTAINED), {"import_id": import_id}).fetchall()
    found: dict[int, list[tuple[str, str]]] = {}
    for number, form, municipality in rows:
        found.setdefault(number, []).append((form, municipality))
    return {number: _required_permissions(contained) for number, contained in found.items()}


def must(by: Person, needs: RequiredPermissions) -> None:
    """Raises ``NotAllowed`` where the person lacks any of it."""
    for action, municipalities in needs.items():
        by.must(action, municipalities)


def may(by: Person, needs: RequiredPermissions) -> bool:
    """Whether the person may do all of it."""
    return all(by.may(action, municipalities) for action, municipalities in needs.items())


def must_for_import(by: Person, database: Readable, import_id: int) -> None:
    """Raises ``NotAllowed`` where the person may not take the import back; what is empty is a matter of storing."""
    must(by, required_permissions_of_imports(database, import_id).get(import_id, _NOTHING))


def may_for_imports(by: Person, database: Readable, import_ids: Iterable[int]) -> set[int]:
    """Which of the imports the person may take back. What is in one that was deleted for good, nobody can tell."""
    if by.may(Action.STORE) and by.role is not Role.CONSULTANT:
        return set(import_ids)
    needs = required_permissions_of_imports(database)
    return {one for one in import_ids if one in needs and may(by, needs[one])}


_NOTHING: RequiredPermissions = {Action.STORE: frozenset()}


def _required_permissions(contained: Iterable[tuple[str, str]]) -> RequiredPermissions:
    found: dict[Action, set[str]] = {}
    for form, municipality in contained:
        found.setdefault(action_of(form), set()).add(municipality)
    return {action: frozenset(places) for action, places in found.items()} or _NOTHING


def _names(table: pa.Table) -> list[str | None]:
    return table["municipality"].unique().to_pylist()
