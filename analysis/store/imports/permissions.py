"""Permissions that a person needs to store a file, or to undo or redo an import."""

from collections.abc import Iterable, Mapping

import pyarrow as pa

from analysis.auth.roles import Action, Person, Role
from analysis.store.connection import Readable, sql, with_exclusive_lock
from analysis.store.lists import CONTAINED, LISTS, of_lists
from analysis.store.payload import FORMS, ImportPayload

RequiredPermissions = Mapping[Action, frozenset[str]]
"""For each action the municipalities in which it must be allowed; rows without municipality have an empty name."""


def action_of(form: str) -> Action:
    """Return the action that a person needs to store rows of this form."""
    return LISTS[form].action if form in LISTS else Action.STORE


def required_permissions(contents: ImportPayload) -> RequiredPermissions:
    """Return the permissions that storing this payload requires."""
    tables = [(form, getattr(contents, form)) for form in FORMS] + [("counts", contents.held_back)]
    filled: list[tuple[str, pa.Table]] = [(form, table) for form, table in tables if table is not None]
    return _required_permissions((form, name or "") for form, table in filled for name in _names(table))


@with_exclusive_lock
def required_permissions_of_imports(database: Readable, import_id: int | None = None) -> dict[int, RequiredPermissions]:
    """Return the permissions required to undo or redo each import, or this one, by import number."""
    with database.reading() as cursor:
        rows = cursor.execute(
            sql("contained").format(lists=of_lists(CONTAINED, LISTS)), {"import_id": import_id}
        ).fetchall()
    found: dict[int, list[tuple[str, str]]] = {}
    for number, form, municipality in rows:
        found.setdefault(number, []).append((form, municipality))
    return {number: _required_permissions(contained) for number, contained in found.items()}


def must(by: Person, needs: RequiredPermissions) -> None:
    """Raise ``NotAllowed`` if the person lacks one of the permissions."""
    for action, municipalities in needs.items():
        by.must(action, municipalities)


def may(by: Person, needs: RequiredPermissions) -> bool:
    """Return True if the person has all of the permissions."""
    return all(by.may(action, municipalities) for action, municipalities in needs.items())


def must_for_import(by: Person, database: Readable, import_id: int) -> None:
    """Raise ``NotAllowed`` if the person may not undo the import. An empty import requires the permission to store."""
    must(by, required_permissions_of_imports(database, import_id).get(import_id, _NOTHING))


def may_for_imports(by: Person, database: Readable, import_ids: Iterable[int]) -> set[int]:
    """Return the imports that the person may undo. The content of a purged import is unknown."""
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
