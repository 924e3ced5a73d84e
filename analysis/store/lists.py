"""The kinds of sheets that are stored as they are, a row a thing: one entry each, which everything else here reads."""

from dataclasses import dataclass

from analysis.auth.roles import Action
from analysis.model.terms import Subject


@dataclass(frozen=True)
class StoredList:
    """Where the rows of a kind of sheet are stored, and who may store them.

    Attributes
    ----------
    table : the table, which has the columns of the payload, by name, and ``import_id``.
    subject : what its data are about.
    action : what a person must be allowed to do to store it.
    replaced_by : the columns that tell of what a later import replaces what an earlier one said; the view of live rows
        has the same. None where rows are only added.
    """

    table: str
    subject: Subject
    action: Action
    replaced_by: tuple[str, ...] = ()


LISTS = {
    "offers": StoredList("offer", Subject.GAPS, Action.STORE),
    "adjustments": StoredList("adjustment", Subject.GAPS, Action.ADJUST),
    "theme_days": StoredList("theme_day", Subject.THEME_DAYS, Action.ENTER, ("held_on", "place", "municipality")),
    "understandings": StoredList(
        "understanding", Subject.THEME_DAYS, Action.ENTER, ("municipality", "held_on", "asked", "holder", "table")
    ),
    "actions": StoredList("action", Subject.THEME_DAYS, Action.ENTER, ("municipality", "action")),
    "requests": StoredList("request", Subject.THEME_DAYS, Action.ENTER),
    "votes": StoredList("vote", Subject.THEME_DAYS, Action.ENTER, ("held_on", "municipality", "table")),
}
"""Each by the field of ``ImportPayload`` that holds its rows."""
LIST_TABLES = tuple(one.table for one in LISTS.values())


def of_every_list(query: str) -> str:
    """The query for every list, its ``{form}`` and ``{table}`` filled in, as one."""
    return "\nUNION ALL\n".join(query.format(form=form, table=one.table) for form, one in LISTS.items())


SUMS = of_every_list(
    "SELECT import_id, '{form}', sheet, count(DISTINCT row), count(*), 0, 0, 0 "
    "FROM {table} JOIN wanted USING (import_id) GROUP BY import_id, sheet"
)
CONTAINED = of_every_list(
    "SELECT import_id, '{form}', coalesce(municipality, '') FROM {table} JOIN wanted USING (import_id) GROUP BY ALL"
)
"""What the queries of the same names say of lists."""
