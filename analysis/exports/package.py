"""Make a package: the protected counts, offers and adjustments of this installation, for another one."""

import datetime as dt

import pandas as pd

from analysis import store
from analysis.auth.roles import DisclosureLevel
from analysis.exports.workbook import numbers
from analysis.i18n import Wording
from analysis.model import package
from analysis.model.package import ADJUSTMENTS, COLUMNS, COUNTS, EXACT, GROUPS, NO, OFFERS, YES
from analysis.model.terms import Dimension
from analysis.store import Database
from analysis.store.reference import reference_dimensions
from analysis.text.office_text import legal

MOST_NAMED = 3
"""Number of municipalities that the name of the origin has."""


class NothingToPack(Exception):
    """The installation has no counts of its own."""


def make_package(
    database: Database, disclosure_level: DisclosureLevel, wording: Wording, *, synthetic: bool, made_at: dt.datetime
) -> bytes:
    """Return a workbook with the counts that everybody may see, without those of packages from elsewhere.

    Synthetic counts are exact, all others are rounded as on the pages of people who may not see exact ones. Raise
    ``NothingToPack``.
    """
    counts = store.own_counts(database, disclosure_level, synthetic=synthetic)
    if counts.empty:
        raise NothingToPack
    offers = store.offers(database, synthetic=synthetic)
    of_offers = pd.DataFrame([{"offer": one.name, **vars(one), "follow_up_days": one.stated_days} for one in offers])
    of_offers["kind"] = [None if one.kind is None else one.kind.value for one in offers]
    places = set(zip(counts["municipality"], counts["offer"], strict=True))
    tables = {
        COUNTS: _counts(database, counts, synthetic=synthetic),
        OFFERS: _of_places(of_offers, places),
        ADJUSTMENTS: _of_places(store.adjustments(database, synthetic=synthetic), places),
        GROUPS: _groups(store.dimensions(database), set(counts["dimension"])),
    }
    tables = {name: _plain(table[list(COLUMNS[name])]) for name, table in tables.items()}
    last_day = (counts["period_end"].max() - pd.Timedelta(days=1)).date()
    base = EXACT if synthetic else str(disclosure_level.rounding_base)
    manifest = {
        "form": package.FORM,
        "about": wording.text(
            "Upload this file in another installation of Lige Adgang. It has counts only, protected where it was made, "
            "and nothing about single citizens. A later package from here takes its place."
        ),
        "origin": store.origin_of(database),
        "municipalities": origin_name(wording.in_order(counts["municipality"].unique())),
        "made at": made_at.isoformat(timespec="seconds"),
        "last day": min(last_day, made_at.date()).isoformat(),
        "multiples of": base,
        "synthetic": YES if synthetic else NO,
        **{f"digest {name}": package.digest(_cells(table)) for name, table in tables.items()},
    }
    manifest[package.OF_MANIFEST] = package.manifest_digest(manifest.items())
    return numbers(tables, list(manifest.items()), about_name=package.MANIFEST)


def origin_name(municipalities: list[str]) -> str:
    """Return the name of an installation with these municipalities."""
    more = len(municipalities) - MOST_NAMED
    return ", ".join(municipalities[:MOST_NAMED]) + (f" + {more}" if more > 0 else "")


def _counts(database: Database, counts: pd.DataFrame, *, synthetic: bool) -> pd.DataFrame:
    """Add what is known of the completion of each period."""
    unknown = store.without_completion(database, synthetic=synthetic)
    keys = ["municipality", "offer", "period_start"]
    marked = counts.merge(unknown.assign(knows_completion=False), on=keys, how="left")
    return marked.assign(
        knows_completion=marked["knows_completion"].isna(),
        period_start=marked["period_start"].dt.date,
        period_end=marked["period_end"].dt.date,
    )


def _of_places(table: pd.DataFrame, places: set[tuple[str, str]]) -> pd.DataFrame:
    """Return the rows of these offers."""
    if table.empty:
        return table
    return table[[one in places for one in zip(table["municipality"], table["offer"], strict=True)]]


def _groups(dimensions: dict[str, Dimension], used: set[str]) -> pd.DataFrame:
    """Return the groups of the counted dimensions that the reference list lacks."""
    reference = reference_dimensions()
    rows = [
        {"dimension": key, "ordered": one.ordered, "group": group.key, "rank": group.rank}
        for key, one in dimensions.items()
        if key in used
        for group in one.groups
        if key not in reference or group.key not in {known.key for known in reference[key].groups}
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS[GROUPS]))


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with cells of texts, whole numbers, days and None."""
    return table.astype(object).map(_cell).reset_index(drop=True)


def _cell(value: object) -> object:
    match value:
        case bool():
            return YES if value else NO
        case str():
            return legal(value)
        case pd.Timestamp() if not pd.isna(value):
            return value.date()
        case dt.date() if not pd.isna(value):
            return value
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]


def _cells(table: pd.DataFrame) -> list[list[str]]:
    """Return the texts of the cells, row by row, with the headers first."""
    rows = table.to_numpy(dtype=object).tolist()
    return [list(table), *(["" if value is None or pd.isna(value) else str(value) for value in row] for row in rows)]
