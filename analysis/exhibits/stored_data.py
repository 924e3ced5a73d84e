"""Queries of one open database, each cached per version of the data and shared by all sessions."""

from dataclasses import dataclass

import pandas as pd

from analysis import store
from analysis.auth.roles import DisclosureLevel, Person
from analysis.exhibits.cache import cached
from analysis.model.terms import Dimension, Offer
from analysis.store import Database


@dataclass(frozen=True, eq=False)
class StoredData:
    """A database with cached queries. ``version`` is what ``Database.version`` gives for the kind of data asked for."""

    database: Database

    @cached
    def coverage(self, version: int) -> dict[bool, store.Coverage]:
        """What there is of synthetic (True) and of own (False) data, of the kind whose version it is, or of both."""
        return store.coverage(self.database)

    @cached
    def dimensions(self, version: int) -> dict[str, Dimension]:
        return store.dimensions(self.database)

    @cached
    def months(
        self, version: int, dimension: str | None, synthetic: bool, disclosure_level: DisclosureLevel
    ) -> pd.DataFrame:
        """The counts of a dimension, or of all, by period, at this level of disclosure.

        Rounding one dimension takes nearly as long as rounding all, so one is taken out of all.
        """
        if dimension is None or synthetic or disclosure_level.everywhere:
            return store.counts_by_month(self.database, disclosure_level, dimension=dimension, synthetic=synthetic)
        every = self.months(version, None, synthetic, disclosure_level)
        return every[every["dimension"] == dimension].reset_index(drop=True)

    @cached
    def crossed(
        self, version: int, dimension: str, other: str, synthetic: bool, disclosure_level: DisclosureLevel
    ) -> pd.DataFrame:
        """The counts of a dimension within the groups of another, by period, at this level of disclosure."""
        return store.crossed_counts(
            self.database, disclosure_level, dimension=dimension, other=other, synthetic=synthetic
        )

    @cached
    def crossings(self, version: int, synthetic: bool) -> dict[str, tuple[str, ...]]:
        return store.crossings(self.database, synthetic=synthetic)

    @cached
    def offers(self, version: int, synthetic: bool) -> dict[tuple[str, str], Offer]:
        """Every offer that has counts, by municipality and name."""
        return {(offer.municipality, offer.name): offer for offer in store.offers(self.database, synthetic=synthetic)}

    @cached
    def adjustments(self, version: int, synthetic: bool) -> pd.DataFrame:
        return store.adjustments(self.database, synthetic=synthetic)

    @cached
    def required_permissions_of_imports(self, version: int) -> dict[int, store.RequiredPermissions]:
        """The permissions that undoing each import needs, by its number."""
        return store.required_permissions_of_imports(self.database)

    @cached
    def imports(self, version: int, by: Person) -> list[store.ImportRecord]:
        """Every import, the newest first, as the person may know it."""
        return store.history_for(self.database, by)

    @cached
    def theme_day_kinds(self, version: int) -> set[bool]:
        """Whether there are synthetic (True) and own (False) theme-day data."""
        return store.theme_day_data(self.database)

    @cached
    def theme_day_list(self, version: int, name: str, synthetic: bool) -> pd.DataFrame:
        """The theme-day rows of one list: theme_days, understandings, actions, requests or votes."""
        read = {
            "theme_days": store.theme_days,
            "understandings": store.understandings,
            "actions": store.actions,
            "requests": store.requests,
            "votes": store.votes,
        }[name]
        return read(self.database, synthetic=synthetic)
