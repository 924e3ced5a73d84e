"""Queries for theme-day data: participants, understandings, actions with their activities, requests and votes."""

from collections.abc import Sequence

import pandas as pd

from analysis.store.connection import Readable, sql
from analysis.store.lists import LISTS
from analysis.store.payload import ImportPayload


def theme_days(database: Readable, *, synthetic: bool) -> pd.DataFrame:
    """Return the participants of theme days.

    Returns
    -------
    Columns held_on, place, day_kind, municipality, role, area (may be missing), participants.
    """
    return _frame(database, "theme_days", synthetic)


def understandings(database: Readable, *, synthetic: bool) -> pd.DataFrame:
    """Return the understandings of inequality, as votes or shares.

    Returns
    -------
    Columns import_id (the import of the row), municipality, held_on, asked (before or after), holder, table, and the
    votes or shares disadvantaged, gap, gradient.
    """
    return _frame(database, "understandings", synthetic)


def actions(database: Readable, *, synthetic: bool) -> pd.DataFrame:
    """Return the actions, one row per municipality and action.

    Returns
    -------
    Columns municipality, action, area, level, priority (1 first), status, responsible, involved (a list of areas),
    evidence, co_owners (a list of areas), missing_competence, and the day of each status: proposed_on, decided_on,
    translated_on, running_on, evaluated_on. Any after action may be missing.
    """
    return _frame(database, "actions", synthetic)


def activities(database: Readable, *, synthetic: bool) -> pd.DataFrame:
    """Return what is done under the actions.

    Returns
    -------
    Columns municipality, action, activity, who, due_on, progress (a ``Progress``). The last three may be missing.
    """
    return _frame(database, "activities", synthetic)


def consequences(database: Readable, *, synthetic: bool) -> pd.DataFrame:
    """Return what the understanding of each municipality means for its actions: the newest text.

    Returns
    -------
    Columns municipality, written_on, consequence.
    """
    return _frame(database, "consequences", synthetic)


def requests(database: Readable, *, synthetic: bool) -> pd.DataFrame:
    """Return the events of requests. The last event of a request gives its current state.

    Returns
    -------
    Columns municipality, requested_on, request, state, state_on, next_step, person, imported_at.
    """
    return _frame(database, "requests", synthetic)


def votes(database: Readable, *, synthetic: bool) -> pd.DataFrame:
    """Return the votes on actions.

    Returns
    -------
    Columns import_id, held_on, municipality, table, action, votes.
    """
    return _frame(database, "votes", synthetic)


def theme_day_data(database: Readable) -> set[bool]:
    """Return which kinds of theme-day data exist: synthetic (True), real (False)."""
    with database.reading() as cursor:
        return {synthetic for (synthetic,) in cursor.execute(sql("theme_day_data")).fetchall()}


def takes_the_place(database: Readable, contents: ImportPayload, *, synthetic: bool) -> bool:
    """Return True if the payload has rows with keys that are already stored."""
    for name, stored_list in LISTS.items():
        table, keys = getattr(contents, name), stored_list.replaced_by
        if table is None or not keys:
            continue
        stored = _keys(_frame(database, name, synthetic), keys)
        if len(stored.merge(_keys(table.to_pandas(), keys))):
            return True
    return False


def _keys(frame: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({key: frame[key].astype(str) for key in keys}).drop_duplicates()


def _frame(database: Readable, query: str, synthetic: bool) -> pd.DataFrame:
    with database.reading() as cursor:
        return cursor.execute(sql(query), {"synthetic": synthetic}).df()
