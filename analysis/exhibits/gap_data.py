"""A selection, the question asked of it, and the counts behind it: what every page draws from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
from propcache.api import cached_property  # Of the standard library's, one person waits for another's.

from analysis import store
from analysis.auth.roles import DisclosureLevel
from analysis.exhibits.cache import cached
from analysis.exhibits.filters import filtered, filtered_counts, placed
from analysis.exhibits.stored_data import StoredData
from analysis.i18n import Wording, wording
from analysis.i18n.sentences import caution, exactness, protection, rate_definition
from analysis.measures.by_understanding import changes, levels
from analysis.measures.periods import by_phase
from analysis.measures.rates import rates
from analysis.model.terms import MISSING, Dimension, Offer, Phase, Question, Rate, Selection, Understanding

KEY = "\x1f"
"""Between the parts of a key that tells a row of a chart by several names."""


@dataclass(frozen=True)
class GapRequest:
    """Everything that gap data follow from, by codes: also the key by which they are cached."""

    understanding: Understanding
    rate: Rate
    dimension: str
    group: str
    reference: str
    selection: Selection
    version: int
    language: str
    disclosure_level: DisclosureLevel


@dataclass(frozen=True)
class GapData:
    """The counts that a request leaves, and what follows from them. Equal requests of the same data share it.

    ``everywhere`` is the counts with every choice but that of a municipality or an offer, at the request's disclosure
    level.
    """

    request: GapRequest
    data: StoredData
    question: Question = field(compare=False)
    everywhere: pd.DataFrame = field(compare=False)

    @property
    def selection(self) -> Selection:
        return self.request.selection

    @property
    def disclosure_level(self) -> DisclosureLevel:
        return self.request.disclosure_level

    @property
    def wording(self) -> Wording:
        return wording(self.request.language)

    @property
    def coverage(self) -> store.Coverage:
        return self.data.coverage(self.request.version)[self.selection.synthetic]

    @property
    def dimensions(self) -> dict[str, Dimension]:
        """Every dimension that is known, by its key."""
        return self.data.dimensions(self.request.version)

    @property
    def adjustments(self) -> pd.DataFrame:
        """Every adjustment, as ``store.adjustments`` has them."""
        return self.data.adjustments(self.request.version, self.selection.synthetic)

    @property
    def offers(self) -> dict[tuple[str, str], Offer]:
        """Every offer that has counts, by municipality and name."""
        return self.data.offers(self.request.version, self.selection.synthetic)

    @property
    def dimension(self) -> Dimension:
        return self.question.dimension

    @property
    def rate(self) -> Rate:
        return self.question.rate

    @cached_property
    def months(self) -> pd.DataFrame:
        """The counts by period of what is chosen."""
        return placed(self.everywhere, self.selection)

    @cached_property
    def counts(self) -> pd.DataFrame:
        """The counts by phase of what is chosen."""
        return by_phase(self.months)

    @cached_property
    def counts_everywhere(self) -> pd.DataFrame:
        return by_phase(self.everywhere)

    def smallest_count(self, counts: pd.DataFrame | None = None) -> int:
        """The smallest count that is shown of what is chosen, or of these counts."""
        places = (self.counts if counts is None else counts)["municipality"].unique()
        return self.disclosure_level.smallest_count(places, synthetic=self.selection.synthetic)

    def every_dimension(self) -> pd.DataFrame:
        """The counts by phase of what is chosen, of every dimension at once."""
        selection = replace(self.selection, municipality=None, offer=None)
        everywhere = filtered_counts(self.data, self.request.version, None, selection, self.disclosure_level)
        return by_phase(placed(everywhere, self.selection))

    def crossed_with(self, other: str) -> pd.DataFrame:
        """The counts by phase of what is chosen, within each group of another dimension: a column ``within``."""
        version, selection = self.request.version, self.selection
        months = self.data.crossed(version, self.dimension.key, other, selection.synthetic, self.disclosure_level)
        return by_phase(placed(filtered(self.data, months, selection, version), selection), "within")

    @property
    def crossable(self) -> dict[str, str]:
        """The dimensions that courses can be crossed with, by their keys; none where courses lack either."""
        others = self.data.crossings(self.request.version, self.selection.synthetic).get(self.dimension.key, ())
        return {key: self.dimensions[key].label(self.wording.code) for key in others}

    def label(self, group: str) -> str:
        if group == MISSING:
            return self.wording.text("Not stated")
        return self.dimension.group(group).label(self.wording.code)

    @property
    def compared(self) -> str:
        return self.label(self.question.group)

    @property
    def reference(self) -> str:
        return self.label(self.question.reference)

    def labels(self) -> dict[str, str]:
        """The groups from top to bottom: the most advantaged first, then those outside the order."""
        ranked = sorted(self.dimension.groups, key=lambda group: -(group.rank or 0))
        return {group.key: group.label(self.wording.code) for group in ranked}

    def rates(self, by: Sequence[str], rate: Rate | None = None, counts: pd.DataFrame | None = None) -> pd.DataFrame:
        """Rates in each unit of ``by``, of what is chosen unless other counts are given."""
        asked = self.counts if counts is None else counts
        return rates(asked, rate or self.rate, by, self.smallest_count(asked))

    def levels(self, by: Sequence[str], counts: pd.DataFrame | None = None) -> pd.DataFrame:
        """The answer before and after in each unit."""
        asked = self.counts if counts is None else counts
        return levels(asked, self.question, by, self.smallest_count(asked))

    def changes(self, by: Sequence[str], counts: pd.DataFrame | None = None) -> pd.DataFrame:
        """The change in the answer in each unit."""
        asked = self.counts if counts is None else counts
        return changes(asked, self.question, by, self.smallest_count(asked))

    @cached_property
    def change(self) -> dict[str, Any]:
        """The change in the answer over the whole selection."""
        return self.changes([]).iloc[0].to_dict()

    @cached_property
    def level(self) -> Mapping[str, dict[str, Any]]:
        """The answer over the whole selection, by phase."""
        return {row["phase"]: row for row in self.levels([]).to_dict("records")}

    @cached_property
    def offer_changes(self) -> pd.DataFrame:
        """The change in the answer in every offer of the selection."""
        return self.changes(["municipality", "offer"])

    @cached_property
    def municipality_levels(self) -> pd.DataFrame:
        """The answer before and after in every municipality, whichever is chosen."""
        return self.levels(["municipality"], counts=self.counts_everywhere)

    @cached_property
    def municipality_changes(self) -> pd.DataFrame:
        """The change in the answer in every municipality, whichever is chosen."""
        return self.changes(["municipality"], counts=self.counts_everywhere)

    @cached_property
    def group_rates(self) -> pd.DataFrame:
        """The groups as ``labels`` has them, and those not stated; of each its phases, before and after first."""
        places = {key: place for place, key in enumerate([*self.labels(), MISSING, *Phase])}
        found = self.rates(["group", "phase"])
        return found.sort_values(["group", "phase"], key=lambda keys: keys.map(places), ignore_index=True)

    @cached_property
    def ends(self) -> Mapping[tuple[str, str], dict[str, Any]]:
        """The rates by group and phase."""
        return {(row["group"], row["phase"]): row for row in self.group_rates.to_dict("records")}

    @cached_property
    def left(self) -> int:
        """How many citizens the choices leave."""
        return self.citizens(self.months)

    @cached_property
    def whole(self) -> int:
        """How many citizens there are without any choice but the question."""
        return self.citizens(
            self.data.months(self.request.version, self.dimension.key, self.selection.synthetic, self.disclosure_level)
        )

    def citizens(self, counts: pd.DataFrame, phase: Phase | None = None) -> int:
        """How many citizens the rate is taken of."""
        if phase is not None:
            counts = counts[counts["phase"] == phase]
        return int(counts[self.rate.denominator.value].sum())

    @property
    def in_words(self) -> str:
        """What is chosen, in a line: the dimension, the two groups, where and when."""
        wording, chosen = self.wording, self.selection
        parts = [
            self.dimension.label(wording.code),
            wording.text("“{group}” against “{reference}”", group=self.compared, reference=self.reference),
            chosen.municipality or wording.text("All municipalities"),
        ]
        parts += [chosen.offer] if chosen.offer else []
        if chosen.first_month or chosen.last_month:
            first = chosen.first_month or self.coverage.first_day
            last = chosen.last_month or self.coverage.last_day
            parts.append(f"{wording.short_month(first)} \N{EN DASH} {wording.short_month(last)}")
        if chosen.window:
            parts.append(
                wording.texts(
                    "{count} month on either side of the adjustment",
                    "{count} months on either side of the adjustment",
                    chosen.window,
                )
            )
        return " · ".join(parts)

    @cached_property
    def left_out(self) -> list[str]:
        """How many citizens and offers the comparison of before and after leaves out."""
        wording, lines = self.wording, []
        number = self.citizens(self.counts, Phase.TRANSITION)
        if number >= self.disclosure_level.base:
            lines.append(
                wording.texts(
                    "Left out: {count} citizen in a month that straddles an adjustment.",
                    "Left out: {count} citizens in months that straddle an adjustment.",
                    number,
                )
            )
        unadjusted = self.counts.loc[self.counts["phase"] == Phase.UNADJUSTED, ["municipality", "offer"]]
        offers = len(unadjusted.drop_duplicates())
        if offers:
            lines.append(
                wording.texts(
                    "Left out: {count} comparison offer, which has no adjustment.",
                    "Left out: {count} comparison offers, which have no adjustment.",
                    offers,
                )
            )
        return lines

    @property
    def foot(self) -> list[str]:
        """Those of the notes that go wherever a number goes: the caution, and what is hidden."""
        return [self.notes[0], *self._protection]

    @cached_property
    def notes(self) -> list[str]:
        """What a reader must know to read the numbers: caution, definitions, what is left out or hidden."""
        wording = self.wording
        return [
            caution(wording),
            rate_definition(self.rate, wording),
            wording.text(
                "Before and after: by the month of invitation, relative to each offer's own first adjustment. "
                "Intervals: 95%, each as Methods and data tells."
            ),
            *self.left_out,
            *self._protection,
        ]

    @property
    def _protection(self) -> list[str]:
        """How small counts are protected; ``source`` says that they are not."""
        smallest = self.smallest_count()
        return [] if smallest == 1 else [protection(smallest, self.wording)]

    @property
    def synthetic(self) -> bool:
        """Whether the numbers are made up."""
        return self.selection.synthetic

    @property
    def source(self) -> str:
        """Where the numbers come from."""
        covered = self.coverage
        values = {"first": self.wording.date(covered.first_day), "last": self.wording.date(covered.last_day)}
        if self.selection.synthetic:
            return self.wording.text(
                "Source: synthetic demonstration data, {first} to {last}. No citizen stands behind the numbers.",
                **values,
            )
        source = self.wording.text("Source: workbooks uploaded here, {first} to {last}.", **values)
        return f"{source} {exactness(self.wording)}" if self.smallest_count() == 1 else source


@cached
def gap_data(data: StoredData, request: GapRequest) -> GapData:
    """The gap data of a request. The dimension must have two groups that occur."""
    selection = request.selection
    dimension = occurring(data, request.version, request.dimension, selection.synthetic, request.disclosure_level)
    assert dimension is not None
    everywhere = replace(selection, municipality=None, offer=None)
    return GapData(
        request,
        data,
        Question(request.understanding, request.rate, dimension, request.group, request.reference),
        filtered_counts(data, request.version, request.dimension, everywhere, request.disclosure_level),
    )


@cached
def occurring(
    data: StoredData, version: int, dimension: str, synthetic: bool, disclosure_level: DisclosureLevel
) -> Dimension | None:
    """The dimension with the groups that have counts; None where there are not two to compare."""
    groups = set(data.months(version, dimension, synthetic, disclosure_level)["group"].unique())
    try:
        return data.dimensions(version)[dimension].only(groups - {MISSING})
    except ValueError:
        return None
