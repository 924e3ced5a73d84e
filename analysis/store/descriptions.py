"""Queries for the stories of adjustments: descriptions, test rounds and drafts."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from analysis.store.connection import Readable, sql


@dataclass(frozen=True)
class Entry:
    """An import with something about an adjustment.

    ``has_story`` if it has the adjustment or its description, ``rounds`` are the numbers of its test rounds, and
    ``is_alone`` is true if it has nothing else.
    """

    import_id: int
    imported_at: dt.datetime
    person: str
    has_story: bool
    is_draft: bool
    rounds: list[int]
    is_alone: bool


def descriptions(database: Readable, *, synthetic: bool) -> pd.DataFrame:
    """Return the newest description of each adjustment.

    Returns
    -------
    Columns municipality, offer, title, challenge, target_group, tags (a list of keys of the word list, or own words),
    partners, took, barriers, experiences, advice, contact, link, practice, action (of a theme day),
    from_municipality, from_offer, from_title (the adjustment that the idea comes from), import_id. Any but the first
    three may be missing.
    """
    return _frame(database, "descriptions", synthetic=synthetic)


def rounds(database: Readable, *, synthetic: bool) -> pd.DataFrame:
    """Return the test rounds of adjustments.

    Returns
    -------
    Columns municipality, offer, title, number (1 is the first), tried_on, tried, learned, decision (keep, adapt, drop).
    The last two may be missing.
    """
    return _frame(database, "rounds", synthetic=synthetic)


def drafts(database: Readable, municipalities: Collection[str], *, synthetic: bool) -> pd.DataFrame:
    """Return the drafts of adjustments in these municipalities: those in which the person may store adjustments.

    Returns
    -------
    Columns as of ``adjustments`` and ``descriptions``.
    """
    return _frame(database, "drafts", synthetic=synthetic, municipalities=sorted(municipalities))


def entries_of_adjustment(
    database: Readable, municipality: str, offer: str, title: str, *, synthetic: bool
) -> list[Entry]:
    """Return the imports that say something about an adjustment, newest first."""
    values = {"municipality": municipality, "offer": offer, "title": title, "synthetic": synthetic}
    with database.reading() as cursor:
        return [Entry(*row) for row in cursor.execute(sql("entries_of_adjustment"), values).fetchall()]


def _frame(database: Readable, query: str, **values: object) -> pd.DataFrame:
    with database.reading() as cursor:
        return cursor.execute(sql(query), values).df()
