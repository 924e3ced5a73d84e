"""The counts as a tidy table for analysts, with a codebook: protected as on the pages, with column names that stay."""

from collections.abc import Callable, Iterable

import pandas as pd

from analysis.auth.roles import DisclosureLevel
from analysis.exhibits.stored_data import StoredData
from analysis.exhibits.tables import without_formulas
from analysis.i18n import LANGUAGES
from analysis.model.terms import MISSING, Dimension
from analysis.store import duckdb_file

COLUMNS = {
    "municipality": "name of the municipality or place",
    "offer": "name of the offer",
    "period_start": "first day of the period: a month, a quarter or another span as it was counted",
    "period_end": "first day after the period",
    "phase": "before, after or transition, by the first adjustment of the offer; unadjusted without one",
    "adjusted_on": "day of the first adjustment of the offer; empty without one",
    "dimension": "key of the division of the citizens",
    "group": f"key of the group; “{MISSING}” where it is not stated",
    "invited": "citizens who were invited or referred; empty for walk-ins",
    "participated": "citizens who came, among those invited or, where invited is empty, beside them",
    "completed": "citizens who completed, among those who came",
    "finished": "false if the courses of the period have not had time to complete, or it is not known who did",
}
"""The columns of the table, with their meaning. Names are never changed; new columns come last."""
KEYS = ["municipality", "offer", "dimension", "period_start", "group"]
HIDDEN = "Counts are multiples of {base}, rounded so that no small count can be seen; their sums are sums of these."
EXACT = "Counts are exact: the data are synthetic."


def tidy_counts(data: StoredData, disclosure_level: DisclosureLevel, *, synthetic: bool) -> pd.DataFrame:
    """Return every count by offer, period, dimension and group, with the columns of ``COLUMNS``.

    Counts that ``disclosure_level`` does not allow to be exact are rounded as on the pages.
    """
    months = data.months(data.database.version(), None, synthetic, disclosure_level)
    return months[list(COLUMNS)].sort_values(KEYS, ignore_index=True)


def data_files(
    data: StoredData, disclosure_level: DisclosureLevel, *, synthetic: bool
) -> dict[str, Callable[[], bytes]]:
    """Return what makes each file for analysts: the counts as csv, parquet and duckdb, and the codebook."""

    def counts() -> pd.DataFrame:
        return tidy_counts(data, disclosure_level, synthetic=synthetic)

    def book() -> pd.DataFrame:
        exactness = EXACT if synthetic else HIDDEN.format(base=disclosure_level.rounding_base)
        return codebook(data.dimensions(data.database.version()).values(), exactness)

    return {
        "csv": lambda: _plain_csv(counts()),
        "parquet": lambda: counts().to_parquet(index=False),
        "duckdb": lambda: duckdb_file({"counts": counts(), "codebook": book()}),
        "codebook": lambda: _plain_csv(book()),
    }


def _plain_csv(table: pd.DataFrame) -> bytes:
    """Encode with commas and decimal points, as R and Python read it."""
    return without_formulas(table).to_csv(index=False).encode("utf-8-sig")


def codebook(dimensions: Iterable[Dimension], how_exact: str) -> pd.DataFrame:
    """Return the meaning of each column, and the order and names of each dimension and group.

    Columns kind (“column”, “dimension”, “group” or “note”), dimension, key, rank, meaning, and a name by language.
    """
    rows: list[dict[str, object]] = [{"kind": "note", "key": "counts", "meaning": how_exact}]
    rows += [{"kind": "column", "key": name, "meaning": meaning} for name, meaning in COLUMNS.items()]
    for one in dimensions:
        names = {code: one.label(code) for code in LANGUAGES}
        rows.append({"kind": "dimension", "dimension": one.key, "key": one.key, **names})
        for group in one.groups:
            named = {code: group.label(code) for code in LANGUAGES}
            rows.append({"kind": "group", "dimension": one.key, "key": group.key, "rank": group.rank, **named})
    frame = pd.DataFrame(rows, columns=["kind", "dimension", "key", "rank", "meaning", *LANGUAGES])
    return frame.astype({"rank": "Int64"})
