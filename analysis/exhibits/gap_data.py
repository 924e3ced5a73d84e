"""Gap data: the counts of a selection, and the notes needed to read them. Every page of gaps uses them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from propcache.api import cached_property  # Unlike functools, without a lock across instances.

from analysis.auth.roles import DisclosureLevel
from analysis.exhibits.cache import cached
from analysis.exhibits.filters import filtered_counts
from analysis.exhibits.gap_counts import GapRequest
from analysis.exhibits.gap_notes import GapNotes
from analysis.exhibits.stored_data import StoredData
from analysis.i18n.answers import printed_change
from analysis.i18n.sentences import exactness, within_offers, within_offers_now
from analysis.measures.periods import joined_groups
from analysis.model.terms import MISSING, Dimension, Question

KEY = "\x1f"
"""Separator of the names in a composite row key."""


@dataclass(frozen=True)
class GapData(GapNotes):
    """The counts of a request, with their notes and source. Equal requests of the same data share one object."""

    @cached_property
    def printed(self) -> Mapping[str, float]:
        """Answer before and after and its change as printed, in points; the change must be shown."""
        return printed_change(self.change)

    @property
    def in_words(self) -> str:
        """The selection in one line: dimension, the two groups, place and period."""
        wording, chosen = self.wording, self.selection
        parts = [
            self.dimension.label(wording.code),
            wording.text("“{group}” against “{reference}”", group=self.compared, reference=self.reference),
            chosen.municipality or wording.text("All municipalities"),
        ]
        parts += [chosen.offer] if chosen.offer else []
        if chosen.divided_by:
            parts.append(wording.text("before and after {adjustment}", adjustment=self.named(chosen.divided_by)))
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

    @property
    def scope(self) -> str:
        """The offers that the comparison rests on, in a sentence; empty for the single offer that was chosen."""
        offers = int(self.level[self.phases[0]]["offers"])
        if self.is_now:
            return "" if offers < 2 else within_offers_now(offers, self.wording)
        return "" if self.selection.offer or not offers else within_offers(offers, self.wording)

    @property
    def foot(self) -> list[str]:
        """The notes that every copy and export of a number includes: the caution and the protection of small counts."""
        return [self.definitions[0], *self.of_trend, *self.of_protection]

    @property
    def synthetic(self) -> bool:
        """Whether the numbers are synthetic."""
        return self.selection.synthetic

    @property
    def source(self) -> str:
        """The data source."""
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
    """Return the gap data of a request. The dimension must have two groups with counts, or be that of totals."""
    selection = request.selection
    dimension = occurring(data, request.version, request.dimension, selection.synthetic, request.disclosure_level)
    assert dimension is not None
    everywhere = replace(selection, municipality=None, offer=None)
    counts = filtered_counts(data, request.version, request.dimension, everywhere, request.disclosure_level)
    if request.joined:
        counts, dimension = joined_groups(counts, dimension.halves), dimension.joined()
    question = Question(request.understanding, request.rate, dimension, request.group, request.reference)
    return GapData(request, data, question, counts)


@cached
def occurring(
    data: StoredData, version: int, dimension: str, synthetic: bool, disclosure_level: DisclosureLevel
) -> Dimension | None:
    """Return the dimension restricted to groups with counts; None if there are fewer than two.

    Totals without groups have one.
    """
    known = data.dimensions(version)[dimension]
    if known.is_undivided:
        return known
    groups = set(data.months(version, dimension, synthetic, disclosure_level)["group"].unique())
    try:
        return known.only(groups - {MISSING})
    except ValueError:
        return None
