"""The counts of a selection and the answers that follow from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
from propcache.api import cached_property  # Unlike functools, without a lock across instances.

from analysis import store
from analysis.auth.roles import DisclosureLevel
from analysis.exhibits.filters import filtered, filtered_counts, placed
from analysis.exhibits.stored_data import StoredData
from analysis.i18n import Wording, wording
from analysis.measures.aggregate import OFFER
from analysis.measures.aggregate import placed as units_of
from analysis.measures.by_understanding import (
    Answer,
    answer,
    changes,
    changes_of,
    levels,
    levels_of,
    needed_groups,
)
from analysis.measures.net_change import NetChange, net_change
from analysis.measures.periods import by_phase, finished, in_phases, joined_groups, phases_of
from analysis.measures.rates import rates, rates_within_offers
from analysis.measures.result_frame import State
from analysis.measures.within_offers import offers_left_out
from analysis.model.terms import (
    MISSING,
    Dimension,
    Offer,
    Phase,
    Question,
    Rate,
    RoundingBase,
    Selection,
    Understanding,
)
from analysis.store import Rounded


@dataclass(frozen=True)
class GapRequest:
    """Complete input of gap data, as codes; also their cache key."""

    understanding: Understanding
    rate: Rate
    dimension: str
    group: str
    reference: str
    selection: Selection
    version: int
    language: str
    disclosure_level: DisclosureLevel
    joined: bool = False
    """Whether neighbouring groups are joined to two."""


@dataclass(frozen=True)
class GapCounts:
    """The counts of a request and their derived results.

    ``everywhere`` holds the counts at the request's disclosure level, filtered by all choices except municipality and
    offer.
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
        """All known dimensions, by key."""
        return self.data.dimensions(self.request.version)

    @property
    def adjustments(self) -> pd.DataFrame:
        """All adjustments, with the columns of ``store.adjustments``."""
        return self.data.adjustments(self.request.version, self.selection.synthetic)

    @property
    def offers(self) -> dict[tuple[str, str], Offer]:
        """All offers with counts, by municipality and name."""
        return self.data.offers(self.request.version, self.selection.synthetic)

    @cached_property
    def shown_offers(self) -> list[Offer]:
        """The offers of the selection."""
        keys, _ = units_of(self.months, OFFER)
        shown = set(keys.itertuples(index=False, name=None))
        return [offer for key, offer in self.offers.items() if key in shown]

    @property
    def dimension(self) -> Dimension:
        return self.question.dimension

    @property
    def rate(self) -> Rate:
        return self.question.rate

    @property
    def is_narrowed(self) -> bool:
        """Whether the selection leaves out offers or periods."""
        chosen = self.selection
        return chosen != Selection(net_of_trend=chosen.net_of_trend, synthetic=chosen.synthetic)

    @cached_property
    def months(self) -> pd.DataFrame:
        """Counts of the selection by period."""
        return placed(self.everywhere, self.selection)

    def months_of(self, rate: Rate) -> pd.DataFrame:
        """Counts of the selection by period, of the periods that count for this rate."""
        return finished(self.months, rate)

    def counts_of(self, rate: Rate) -> pd.DataFrame:
        """Counts of the selection by phase, of the periods that count for this rate."""
        return self.counts if rate is self.rate else self._by_phase(self.months_of(rate))

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """Before and after; or now, where the selection has no before and after to compare."""
        return phases_of(self.months)

    @property
    def is_now(self) -> bool:
        return self.phases == (Phase.NOW,)

    def _by_phase(self, months: pd.DataFrame, *more: str) -> pd.DataFrame:
        return by_phase(in_phases(months, self.phases), *more)

    @cached_property
    def counts(self) -> pd.DataFrame:
        """Counts of the selection by phase, of the periods that count for the rate."""
        return self._by_phase(self.months_of(self.rate))

    @cached_property
    def counts_everywhere(self) -> pd.DataFrame:
        return self._by_phase(finished(self.everywhere, self.rate))

    def smallest_count(self, counts: pd.DataFrame | None = None) -> int:
        """Return the smallest count that may be shown, for the selection or for these counts."""
        return self._smallest_of_selection if counts is None else self._smallest_of(counts)

    @cached_property
    def _smallest_of_selection(self) -> int:
        return self._smallest_of(self.counts)

    def _smallest_of(self, counts: pd.DataFrame) -> int:
        """Counts that another installation rounded more are as uncertain as its base says."""
        places = set(counts["municipality"].unique())
        own = self.disclosure_level.smallest_count(places, synthetic=self.selection.synthetic)
        bases = [one.base for one in self.rounded_elsewhere if one.municipality in places]
        return RoundingBase(max(bases)) if bases and max(bases) >= own else own

    @property
    def rounded_elsewhere(self) -> list[Rounded]:
        """The municipalities with counts that another installation rounded."""
        return self.data.rounded_elsewhere(self.request.version, self.selection.synthetic)

    def every_dimension(self) -> pd.DataFrame:
        """Return the counts of the selection by phase, for all dimensions."""
        selection = replace(self.selection, municipality=None, offer=None)
        everywhere = filtered_counts(self.data, self.request.version, None, selection, self.disclosure_level)
        return self._by_phase(finished(placed(everywhere, self.selection), self.rate))

    def crossed_with(self, other: str) -> pd.DataFrame:
        """Return the counts of the selection by phase within each group of another dimension, in column ``within``."""
        version, selection = self.request.version, self.selection
        months = self.data.crossed(version, self.dimension.key, other, selection.synthetic, self.disclosure_level)
        if self.request.joined:
            months = joined_groups(months, self.dimensions[self.dimension.key].halves)
        crossed = placed(filtered(self.data, months, selection, version), selection)
        return self._by_phase(finished(crossed, self.rate), "within")

    @property
    def crossable(self) -> dict[str, str]:
        """Dimensions to cross with this one, as labels by key; empty if no courses state both."""
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
        """Return the group labels from top to bottom: the most advantaged first, unordered groups last."""
        ranked = sorted(self.dimension.groups, key=lambda group: -(group.rank or 0))
        return {group.key: group.label(self.wording.code) for group in ranked}

    def rates(self, by: Sequence[str], rate: Rate | None = None, counts: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return the rates in each unit of ``by``, from the selection or from other counts."""
        asked = self.counts if counts is None else counts
        return rates(asked, rate or self.rate, by, self.smallest_count(asked))

    def levels(self, by: Sequence[str], counts: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return the answer before and after in each unit."""
        asked = self.counts if counts is None else counts
        return levels(asked, self.question, by, self.smallest_count(asked), self.phases)

    def changes(self, by: Sequence[str], counts: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return the change in the answer in each unit."""
        asked = self.counts if counts is None else counts
        return changes(asked, self.question, by, self.smallest_count(asked))

    @cached_property
    def _answer(self) -> Answer:
        """Answer for the whole selection."""
        return answer(self.counts, self.question, [], self.smallest_count(), self.phases)

    @cached_property
    def change(self) -> dict[str, Any]:
        """Change in the answer for the whole selection; nothing is shown of it now."""
        found = self.changes([]) if self.is_now else changes_of(self._answer, self.question, [])
        return found.iloc[0].to_dict()

    @cached_property
    def months_with_comparisons(self) -> pd.DataFrame:
        """Counts by period of the selection's adjusted offers and of all comparison offers, for the rate."""
        chosen, everywhere = self.months_of(self.rate), finished(self.everywhere, self.rate)
        own = chosen[chosen["phase"] != Phase.UNADJUSTED]
        return pd.concat([own, everywhere[everywhere["phase"] == Phase.UNADJUSTED]], ignore_index=True)

    @cached_property
    def net(self) -> NetChange | None:
        """Change of the whole selection net of the trend; None if it is not asked for, or cannot be shown."""
        is_linear = self.question.understanding is not Understanding.GRADIENT or self.question.has_slope
        if not self.selection.net_of_trend or self.is_now or not is_linear:
            return None
        months = self.months_with_comparisons
        found = net_change(months, self.question, self.smallest_count(months))
        return found if found.state == State.SHOWN else None

    @cached_property
    def level(self) -> Mapping[str, dict[str, Any]]:
        """Answer for the whole selection, by phase."""
        return {row["phase"]: row for row in levels_of(self._answer, [], self.phases).to_dict("records")}

    @cached_property
    def offer_changes(self) -> pd.DataFrame:
        """Change in the answer for each offer of the selection."""
        return self.changes(["municipality", "offer"])

    @cached_property
    def municipality_levels(self) -> pd.DataFrame:
        """Answer before and after in all municipalities, also those not chosen; now where nothing is adjusted."""
        counts = self.counts_everywhere
        divided = self.levels(["municipality"], counts=counts)
        if self.is_now:
            return divided
        adjusted = counts.loc[counts["phase"].isin(self.phases), "municipality"].unique()
        others = in_phases(counts[~counts["municipality"].isin(adjusted)], (Phase.NOW,))
        if others.empty:
            return divided
        smallest = self.smallest_count(others)
        present = levels(by_phase(others), self.question, ["municipality"], smallest, (Phase.NOW,))
        names = set(present["municipality"])
        return pd.concat([divided[~divided["municipality"].isin(names)], present], ignore_index=True)

    @cached_property
    def municipality_changes(self) -> pd.DataFrame:
        """Change in the answer in all municipalities, regardless of the chosen one."""
        return self.changes(["municipality"], counts=self.counts_everywhere)

    def rates_within_offers(
        self, by: Sequence[str] = (), rate: Rate | None = None, counts: pd.DataFrame | None = None
    ) -> pd.DataFrame:
        """Return the rate of each group before and after in each unit of ``by``, over the compared offers.

        Groups are in the order of ``labels``, then “not stated”; counts are those of the selection or others.
        """
        asked = self.counts if counts is None else counts
        groups, compared = [*self.labels(), MISSING], needed_groups(self.question)
        places = {key: place for place, key in enumerate([*groups, *Phase])}
        found = rates_within_offers(
            asked,
            rate or self.rate,
            by,
            groups,
            compared,
            self.smallest_count(asked),
            self.phases,
            may_drop=self.may_drop_groups,
        )
        return found.sort_values([*by, "group", "phase"], key=lambda keys: keys.map(places).fillna(0), kind="stable")

    @property
    def may_drop_groups(self) -> bool:
        """Whether groups that few offers have are left out of the comparison rather than the offers."""
        return self.question.understanding is Understanding.GRADIENT

    @cached_property
    def group_rates(self) -> pd.DataFrame:
        """Rates of the groups before and after, over the compared offers."""
        return self.rates_within_offers().reset_index(drop=True)

    @cached_property
    def compared_groups(self) -> list[str]:
        """Groups that every compared offer has before and after."""
        groups, used = needed_groups(self.question), self._answer.rates.population[0] > 0
        return [group for group, is_used in zip(groups, used, strict=True) if is_used] or groups

    @cached_property
    def offers_left_out(self) -> pd.DataFrame:
        """Offers that cannot be compared: ``municipality``, ``offer``, and ``n`` citizens."""
        adjusted = self.counts[self.counts["phase"].isin(self.phases)]
        if adjusted.empty:
            return adjusted[["municipality", "offer"]].assign(n=0)
        return offers_left_out(adjusted, self.rate, self.compared_groups, self.phases)

    @cached_property
    def crude_change(self) -> dict[str, Any]:
        """Change in the answer if all citizens are added up, whatever their offer."""
        return self.changes([], counts=self.counts.assign(municipality="", offer="")).iloc[0].to_dict()

    @cached_property
    def ends(self) -> Mapping[tuple[str, str], dict[str, Any]]:
        """Rates by group and phase."""
        return {(row["group"], row["phase"]): row for row in self.group_rates.to_dict("records")}

    @cached_property
    def left(self) -> int:
        """Number of citizens in the selection."""
        return self.citizens(self.months)

    @cached_property
    def whole(self) -> int:
        """Number of citizens without any filter."""
        return self.citizens(
            self.data.months(self.request.version, self.dimension.key, self.selection.synthetic, self.disclosure_level)
        )

    def citizens(self, counts: pd.DataFrame, phase: Phase | None = None) -> int:
        """Return the number of citizens in the denominator of the rate."""
        if phase is not None:
            counts = counts[counts["phase"] == phase]
        return int(counts[self.rate.denominator.value].sum())
