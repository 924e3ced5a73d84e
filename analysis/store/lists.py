"""Registry of the sheets that are stored row by row without conversion: one entry per form."""

from collections.abc import Collection
from dataclasses import dataclass

from analysis.auth.roles import Action
from analysis.model.terms import Subject


@dataclass(frozen=True)
class StoredList:
    """Table of one form, and the permission to store its rows.

    Attributes
    ----------
    table : the table, which has the columns of the payload, by name, and ``import_id``.
    subject : subject of its data. ``also``: a second subject whose data it changes.
    action : permission that storing it requires.
    replaced_by : key columns: a later import replaces earlier rows with the same key; the view of live rows uses the
        same columns. None if rows are only added.
    """

    table: str
    subject: Subject
    action: Action
    replaced_by: tuple[str, ...] = ()
    also: Subject | None = None

    @property
    def subjects(self) -> set[Subject]:
        return {self.subject, self.also or self.subject}


LISTS = {
    "offers": StoredList("offer", Subject.GAPS, Action.STORE),
    "adjustments": StoredList("adjustment", Subject.GAPS, Action.ADJUST),
    "descriptions": StoredList("description", Subject.GAPS, Action.ADJUST),
    "test_rounds": StoredList("test_round", Subject.GAPS, Action.ADJUST),
    "citizen_groups": StoredList("citizen_group", Subject.GAPS, Action.STORE),
    "theme_days": StoredList("theme_day", Subject.THEME_DAYS, Action.ENTER, ("held_on", "place", "municipality")),
    "understandings": StoredList(
        "understanding", Subject.THEME_DAYS, Action.ENTER, ("municipality", "held_on", "asked", "holder", "table")
    ),
    "actions": StoredList("action", Subject.THEME_DAYS, Action.ENTER, ("municipality", "action")),
    "activities": StoredList("activity", Subject.THEME_DAYS, Action.ENTER, ("municipality", "action", "activity")),
    "consequences": StoredList("consequence", Subject.THEME_DAYS, Action.ENTER, ("municipality",)),
    "requests": StoredList("request", Subject.THEME_DAYS, Action.ENTER),
    "votes": StoredList("vote", Subject.THEME_DAYS, Action.ENTER, ("held_on", "municipality", "table")),
    "names": StoredList("renaming", Subject.GAPS, Action.STORE, also=Subject.THEME_DAYS),
}
"""Lists by the field of ``ImportPayload`` that has their rows."""
LIST_TABLES = tuple(one.table for one in LISTS.values())


def of_lists(query: str, forms: Collection[str]) -> str:
    """Return a query for each of these lists with ``{form}`` and ``{table}`` filled in, each after a UNION."""
    parts = (query.format(form=form, table=one.table) for form, one in LISTS.items() if form in forms)
    return "".join(f"UNION ALL\n{part}\n" for part in parts)


SUMS = (
    "SELECT import_id, '{form}', sheet, count(DISTINCT row), count(*), 0, 0, 0 "
    "FROM {table} JOIN wanted USING (import_id) GROUP BY import_id, sheet"
)
CONTAINED = (
    "SELECT import_id, '{form}', coalesce(municipality, '') FROM {table} JOIN wanted USING (import_id) GROUP BY ALL"
)
"""Parts for lists of the queries of the same names."""
