"""Reference data for a workbook: municipalities, dimensions with their groups, and stored offers."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.i18n.vocabulary import missing_words
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Word
from analysis.intake.lexicon.municipality_names import OTHER, spellings_elsewhere
from analysis.intake.lexicon.similar_groups import SimilarGroups
from analysis.intake.tables import normalised
from analysis.model.terms import MISSING, Dimension, Group
from analysis.store import (
    Database,
    actions,
    dimensions,
    group_spellings,
    municipalities,
    municipality_spellings,
    offer_names,
    theme_days,
)


@dataclass(frozen=True)
class ReferenceData:
    """``municipalities`` and ``groups`` map each normalised spelling to the name or key.

    ``country`` is the user's answer where the municipalities of the file are; empty without an answer.
    """

    municipalities: dict[str, str]
    dimensions: dict[str, Dimension]
    groups: dict[str, dict[str, str]]
    offers: frozenset[tuple[str, str]] = frozenset()
    actions: frozenset[str] = frozenset()
    theme_days: frozenset[dt.date] = frozenset()
    country: str = ""

    def group_label(self, dimension: str, group: str) -> Group | Word:
        """Return the group for display in a message."""
        return Word(N_("not stated")) if group == MISSING else self.dimensions[dimension].group(group)

    @cached_property
    def similar_groups(self) -> dict[str, SimilarGroups]:
        """The spellings of the groups by dimension, to find the most similar one."""
        return {dimension: SimilarGroups(words) for dimension, words in self.groups.items()}

    def with_places(self, places: list[str]) -> "ReferenceData":
        return replace(self, municipalities={**self.municipalities, **{normalised(place): place for place in places}})

    def in_country(self, country: str, texts: Iterable[str]) -> "ReferenceData":
        """Return a copy for a file whose municipalities are in this country; ``texts`` are those of the file."""
        if country != OTHER:
            return replace(self, country=country)
        return replace(self, country=country, municipalities=spellings_elsewhere(texts, self.municipalities.values()))

    def with_dimension(self, dimension: Dimension) -> "ReferenceData":
        """Return a copy with a new dimension, or with a dimension that has more groups."""
        return replace(
            self,
            dimensions={**self.dimensions, dimension.key: dimension},
            groups={**self.groups, dimension.key: _group_words(dimension)},
        )


def load_reference_data(database: Database, *, synthetic: bool = False) -> ReferenceData:
    """Load the reference data from the reference lists and the stored imports."""
    names = {name: name for name in municipalities(database)} | municipality_spellings()
    found = dimensions(database, with_joined=True)
    return ReferenceData(
        municipalities={normalised(spelling): name for spelling, name in names.items()},
        dimensions=found,
        groups={key: _group_words(dimension) for key, dimension in found.items()},
        offers=frozenset(offer_names(database, synthetic=synthetic)),
        actions=frozenset(actions(database, synthetic=synthetic)["action"]),
        theme_days=frozenset(theme_days(database, synthetic=synthetic)["held_on"].dt.date),
    )


def _group_words(dimension: Dimension) -> dict[str, str]:
    words = {normalised(spelling): key for spelling, key in group_spellings().get(dimension.key, {}).items()}
    for group in dimension.groups:
        words.update({normalised(word): group.key for word in (group.key, *group.labels.values())})
    return {**words, **{normalised(word): MISSING for word in missing_words()}}


def extended(
    dimension: Dimension | None, key: str, groups: list[tuple[str, int | None]], *, ordered: bool
) -> Dimension:
    """Add groups and ranks to a dimension, or create a new dimension from them."""
    if dimension is None:
        added = tuple(Group(name, {}, rank) for name, rank in groups)
        ranked = sorted((group for group in added if group.rank), key=lambda group: group.rank or 0) or added
        least, most = (ranked[0].key, ranked[-1].key) if ranked else ("", "")
        return Dimension(key, {}, ordered, added, most, least, has_pair=ordered)
    present = {group.key for group in dimension.groups}
    added = tuple(Group(name, {}, rank) for name, rank in groups if name not in present)
    return replace(dimension, groups=(*dimension.groups, *added))
