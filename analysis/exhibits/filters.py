"""Filter counts by offer and period, for any dimension."""

import pandas as pd

from analysis.auth.roles import DisclosureLevel
from analysis.exhibits.cache import cached
from analysis.exhibits.stored_data import StoredData
from analysis.measures.periods import around_adjustment, between, divided_at
from analysis.model.terms import Aim, Selection

Places = set[tuple[str, str]]


@cached
def filtered_counts(
    data: StoredData, version: int, dimension: str | None, selection: Selection, disclosure_level: DisclosureLevel
) -> pd.DataFrame:
    """Return the counts by period of one or all dimensions, filtered by all choices except municipality and offer."""
    return filtered(data, data.months(version, dimension, selection.synthetic, disclosure_level), selection, version)


@cached
def filtered_offers(
    data: StoredData, version: int, dimension: str, selection: Selection, disclosure_level: DisclosureLevel
) -> dict[str, list[str]]:
    """Return the offers with such counts, by municipality."""
    counts = filtered_counts(data, version, dimension, selection, disclosure_level)
    offers = counts[["municipality", "offer"]].drop_duplicates()
    return {str(name): rows["offer"].tolist() for name, rows in offers.groupby("municipality")}


def filtered(data: StoredData, counts: pd.DataFrame, selection: Selection, version: int) -> pd.DataFrame:
    """Filter counts by period by all choices except municipality and offer.

    If a later adjustment of an offer is chosen, it divides the periods of that offer.
    """
    if (by := selection.divided_by) is not None:
        counts = divided_at(counts, by.municipality, by.offer, by.adjusted_on)
    counts = _in_places(counts, _places(data, selection, version))
    counts = between(counts, selection.first_month, selection.last_month)
    return counts if selection.window is None else around_adjustment(counts, selection.window)


def held_back(data: StoredData, version: int, dimension: str, selection: Selection) -> pd.DataFrame:
    """Return the periods of the selection that the dimension leaves out, with the columns of ``store.held_back``."""
    periods = data.held_back(version, selection.synthetic)
    periods = placed(periods[periods["dimension"] == dimension], selection)
    periods = _in_places(periods, _places(data, selection, version))
    return between(periods, selection.first_month, selection.last_month)


def placed(counts: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Filter counts by the chosen municipality and offer."""
    if selection.municipality is not None:
        counts = counts[counts["municipality"] == selection.municipality]
    if selection.offer is not None:
        counts = counts[counts["offer"] == selection.offer]
    return counts


def _in_places(counts: pd.DataFrame, places: Places | None) -> pd.DataFrame:
    if places is None:
        return counts
    return counts[pd.MultiIndex.from_arrays([counts["municipality"], counts["offer"]]).isin(list(places))]


def _places(data: StoredData, selection: Selection, version: int) -> Places | None:
    """Return the offers of the chosen kind and aim; None for all."""
    if selection.kind is None and selection.aim is None:
        return None
    offers = data.offers(version, selection.synthetic)
    found = {place for place, offer in offers.items() if selection.kind in (None, offer.kind)}
    return found if selection.aim is None else found & _with_aim(data, selection.aim, selection.synthetic, version)


def _with_aim(data: StoredData, aim: Aim, synthetic: bool, version: int) -> Places:
    """Return the offers with an adjustment of this aim or of both aims, and all comparison offers."""
    made = data.adjustments(version, synthetic)
    aimed = made[made["aim"].isin([aim, Aim.BOTH])]
    adjusted = set(zip(made["municipality"], made["offer"], strict=True))
    unadjusted = set(data.offers(version, synthetic)) - adjusted
    return set(zip(aimed["municipality"], aimed["offer"], strict=True)) | unadjusted
