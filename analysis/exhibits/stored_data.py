"""Cached queries of one open database. Results are keyed by data version and shared by all sessions."""

from dataclasses import dataclass

import pandas as pd

from analysis import store
from analysis.auth.roles import DisclosureLevel, Person
from analysis.exhibits.cache import cached
from analysis.model.terms import Dimension, Offer
from analysis.store import Database


@dataclass(frozen=True, eq=False)
class StoredData:
    """A database with cached queries. ``version`` is the ``Database.version`` of the requested kind of data."""

    database: Database

    @cached
    def coverage(self, version: int) -> dict[bool, store.Coverage]:
        """Return the coverage of synthetic (True) and own (False) data; ``version`` is that of one or both kinds."""
        return store.coverage(self.database)

    @cached
    def dimensions(self, version: int) -> dict[str, Dimension]:
        return store.dimensions(self.database)

    @cached
    def months(
        self, version: int, dimension: str | None, synthetic: bool, disclosure_level: DisclosureLevel
    ) -> pd.DataFrame:
        """Return the counts by period of one dimension, or of all, at this disclosure level.

        Rounding one dimension takes nearly as long as rounding all, so one dimension is filtered from the whole result.
        """
        if dimension is None or synthetic or disclosure_level.everywhere:
            return store.counts_by_month(self.database, disclosure_level, dimension=dimension, synthetic=synthetic)
        every = self.months(version, None, synthetic, disclosure_level)
        return every[every["dimension"] == dimension].reset_index(drop=True)

    @cached
    def crossed(
        self, version: int, dimension: str, other: str, synthetic: bool, disclosure_level: DisclosureLevel
    ) -> pd.DataFrame:
        """Return the counts by period of a dimension within the groups of another, at this disclosure level."""
        return store.crossed_counts(
            self.database, disclosure_level, dimension=dimension, other=other, synthetic=synthetic
        )

    @cached
    def crossings(self, version: int, synthetic: bool) -> dict[str, tuple[str, ...]]:
        return store.crossings(self.database, synthetic=synthetic)

    @cached
    def offers(self, version: int, synthetic: bool) -> dict[tuple[str, str], Offer]:
        """Return all offers with counts, by municipality and name."""
        return {(offer.municipality, offer.name): offer for offer in store.offers(self.database, synthetic=synthetic)}

    @cached
    def written_names(self, version: int, synthetic: bool) -> dict[tuple[str, str], str]:
        """Return the name of today of each offer that files call otherwise, by municipality and name in the files."""
        return store.written_names(self.database, synthetic=synthetic)

    @cached
    def names(self, version: int, synthetic: bool) -> list[store.StoredName]:
        """Return the names of today of groups, adjustments and actions."""
        return store.stored_names(self.database, synthetic=synthetic)

    @cached
    def other_names(self, version: int, synthetic: bool) -> list[store.OtherName]:
        """Return the groups, adjustments and actions that files call otherwise."""
        return store.other_names(self.database, synthetic=synthetic)

    @cached
    def taken_out(self, version: int, synthetic: bool) -> list[tuple[str, str]]:
        """Return the offers that no page shows."""
        return store.taken_out(self.database, synthetic=synthetic)

    @cached
    def held_back(self, version: int, synthetic: bool) -> pd.DataFrame:
        return store.held_back(self.database, synthetic=synthetic)

    @cached
    def without_completion(self, version: int, synthetic: bool) -> pd.DataFrame:
        return store.without_completion(self.database, synthetic=synthetic)

    @cached
    def files_of_offers(self, version: int, synthetic: bool) -> pd.DataFrame:
        return store.files_of_offers(self.database, synthetic=synthetic)

    @cached
    def rounded_elsewhere(self, version: int, synthetic: bool) -> list[store.Rounded]:
        """Return the municipalities with counts that another installation rounded."""
        return store.rounded_elsewhere(self.database, synthetic=synthetic)

    @cached
    def adjustments(self, version: int, synthetic: bool) -> pd.DataFrame:
        return store.adjustments(self.database, synthetic=synthetic)

    @cached
    def descriptions(self, version: int, synthetic: bool) -> pd.DataFrame:
        return store.descriptions(self.database, synthetic=synthetic)

    @cached
    def rounds(self, version: int, synthetic: bool) -> pd.DataFrame:
        return store.rounds(self.database, synthetic=synthetic)

    @cached
    def drafts(self, version: int, synthetic: bool, municipalities: tuple[str, ...]) -> pd.DataFrame:
        """Return the drafts in municipalities in which the person may store adjustments."""
        return store.drafts(self.database, municipalities, synthetic=synthetic)

    @cached
    def required_permissions_of_imports(self, version: int) -> dict[int, store.RequiredPermissions]:
        """Return the permissions required to undo each import, by import number."""
        return store.required_permissions_of_imports(self.database)

    @cached
    def imports(self, version: int, by: Person) -> list[store.ImportRecord]:
        """Return all imports, newest first, with the details that the person may see."""
        return store.history_for(self.database, by)

    @cached
    def theme_day_kinds(self, version: int) -> set[bool]:
        """Return the kinds of theme-day data that exist: synthetic (True), own (False)."""
        return store.theme_day_data(self.database)

    @cached
    def theme_day_list(self, version: int, name: str, synthetic: bool) -> pd.DataFrame:
        """Return the theme-day rows of one list, by the name of its query in ``store``."""
        read = {
            "theme_days": store.theme_days,
            "understandings": store.understandings,
            "actions": store.actions,
            "activities": store.activities,
            "consequences": store.consequences,
            "requests": store.requests,
            "votes": store.votes,
        }[name]
        return read(self.database, synthetic=synthetic)
