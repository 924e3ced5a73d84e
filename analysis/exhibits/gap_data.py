"""Gap data: the counts of a selection, and the notes needed to read them. Every page of gaps uses them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd
from propcache.api import cached_property  # Unlike functools, without a lock across instances.

from analysis.auth.roles import DisclosureLevel
from analysis.exhibits.cache import cached
from analysis.exhibits.filters import filtered_counts
from analysis.exhibits.gap_counts import GapCounts, GapRequest
from analysis.exhibits.stored_data import StoredData
from analysis.i18n.answers import printed_change
from analysis.i18n.sentences import (
    caution,
    caution_now,
    exactness,
    follow_up,
    protection,
    rate_definition,
    within_offers,
    within_offers_now,
)
from analysis.measures.aggregate import OFFER
from analysis.measures.periods import joined_groups
from analysis.model.terms import MISSING, Dimension, Divider, Offer, Phase, Question, Rate, Stage

FEWEST_CITIZENS = 20
"""Minimum number of citizens for the note that compares citizens and courses."""
KEY = "\x1f"
"""Separator of the names in a composite row key."""


@dataclass(frozen=True)
class GapData(GapCounts):
    """The counts of a request, with their notes. Equal requests of the same data share one object."""

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
            parts.append(wording.text("before and after {adjustment}", adjustment=self._named(chosen.divided_by)))
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
        """Numbers of citizens and offers that the comparison of before and after excludes."""
        return [*self._in_transition, *self._unfinished, *self._never_adjusted, *self._incomparable]

    @property
    def _in_transition(self) -> list[str]:
        number = self.citizens(self.counts, Phase.TRANSITION)
        if number < self.disclosure_level.rounding_base:
            return []
        return [
            self.wording.texts(
                "Left out: {count} citizen in a month that straddles an adjustment.",
                "Left out: {count} citizens in months that straddle an adjustment.",
                number,
            )
        ]

    @property
    def _unfinished(self) -> list[str]:
        """Citizens of courses that run, and of offers that do not tell who completed; all of them have taken part."""
        if self.rate is Rate.PARTICIPATION:
            return []
        unfinished = self.months[~self.months["finished"]]
        unknown = [key for key, offer in self.offers.items() if not offer.knows_completion]
        is_unknown = pd.MultiIndex.from_frame(unfinished[OFFER]).isin(unknown)
        return [*self._without_time(unfinished[~is_unknown]), *self._without_completion(unfinished[is_unknown])]

    def _without_time(self, months: pd.DataFrame) -> list[str]:
        number = int(months[Stage.PARTICIPATED].sum())
        if number < self.disclosure_level.rounding_base:
            return []
        left_out = self.wording.texts(
            "Not finished: {count} citizen who took part in a month, from {month} on, that has not had time to "
            "complete.",
            "Not finished: {count} citizens who took part in months, from {month} on, that have not had time "
            "to complete.",
            number,
            month=self.wording.short_month(months["period_start"].min().date()),
        )
        offers = [self.offers[key] for key in months[OFFER].drop_duplicates().itertuples(index=False, name=None)]
        days = [one.follow_up_days for one in offers if one.follow_up_days is not None]
        last = max((one.cutoff for one in offers if one.cutoff is not None), default=None)
        if not days or last is None:
            return [left_out]
        return [f"{left_out} {follow_up(min(days), max(days), last, self.wording)}"]

    def _without_completion(self, months: pd.DataFrame) -> list[str]:
        number = int(months[Stage.PARTICIPATED].sum())
        if number < self.disclosure_level.rounding_base:
            return []
        return [
            self.wording.texts(
                "Left out: {count} citizen of an offer whose file does not say who completed.",
                "Left out: {count} citizens of offers whose files do not say who completed.",
                number,
            )
        ]

    @property
    def _never_adjusted(self) -> list[str]:
        unadjusted = self.counts.loc[self.counts["phase"] == Phase.UNADJUSTED, ["municipality", "offer"]]
        offers = len(unadjusted.drop_duplicates())
        if self.is_now or not offers:
            return []
        return [
            self.wording.texts(
                "Left out: {count} comparison offer, which has no adjustment.",
                "Left out: {count} comparison offers, which have no adjustment.",
                offers,
            )
        ]

    @property
    def _incomparable(self) -> list[str]:
        return [
            self.wording.text(
                "Left out: {offer} in {municipality}, {citizens} citizens, because a group is missing before or after.",
                offer=row["offer"],
                municipality=row["municipality"],
                citizens=self.wording.integer(row["n"]),
            )
            for row in self.offers_left_out.to_dict("records")
            if row["n"] > 0
        ]

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
        return [self.notes[0], *self._trend, *self._protection]

    @cached_property
    def notes(self) -> list[str]:
        """Notes needed to read the numbers: caution, definitions, exclusions and protection."""
        wording = self.wording
        return [
            caution_now(wording) if self.is_now else caution(wording),
            rate_definition(self.rate, wording),
            *self._before_and_after,
            self._dated,
            *self._under_way,
            *self._trend,
            *self._joined,
            *self._courses,
            *self.left_out,
            *self._protection,
        ]

    @property
    def _dated(self) -> str:
        """The month to which a course belongs."""
        shown = self._shown_offers
        from_start = [offer for offer in shown if offer.from_start]
        if not from_start:
            return self.wording.text("A course belongs to the month of its invitation.")
        if len(from_start) == len(shown):
            return self.wording.text("A course belongs to the month in which it began.")
        return self.wording.text(
            "A course belongs to the month of its invitation, but in {offers} to the month in which it began.",
            offers=", ".join(self.wording.in_order({f"{one.name} ({one.municipality})" for one in from_start})),
        )

    @property
    def _under_way(self) -> list[str]:
        """How many courses were under way when the practice was adjusted: they met both the old and the new."""
        if self.rate is Rate.PARTICIPATION or self.is_now:
            return []
        days = {key: offer.follow_up_days for key, offer in self.offers.items()}
        months = self.months[self.months["adjusted_on"].notna()]
        own = [days[key] for key in months[OFFER].itertuples(index=False, name=None)]
        time = pd.to_timedelta(pd.Series(own, months.index, dtype="float64"), unit="D")
        is_under_way = months["period_start"].lt(months["adjusted_on"]) & months["period_end"].gt(
            months["adjusted_on"] - time
        )
        number = int(months.loc[is_under_way, Stage.PARTICIPATED].sum())
        if number < self.disclosure_level.rounding_base:
            return []
        return [
            self.wording.texts(
                "About {count} course was under way at the adjustment: its month lies within the time to complete "
                "before it.",
                "About {count} courses were under way at the adjustment: their months lie within the time to complete "
                "before it.",
                number,
            )
        ]

    @property
    def _shown_offers(self) -> list[Offer]:
        shown = {tuple(key) for key in self.months[OFFER].drop_duplicates().itertuples(index=False, name=None)}
        return [offer for key, offer in self.offers.items() if key in shown]

    @property
    def _joined(self) -> list[str]:
        """What joined groups can hide."""
        if not self.request.joined:
            return []
        return [self.wording.text("Groups are joined: a shift between the groups that are joined shows as a change.")]

    @property
    def _courses(self) -> list[str]:
        """How many citizens have the courses that are counted, where some have several."""
        offers = [offer for offer in self._shown_offers if offer.courses is not None]
        base = max(self.smallest_count(), 1)
        courses, citizens = (
            base * round(sum(getattr(one, name) or 0 for one in offers) / base) for name in ("courses", "citizens")
        )
        if courses == citizens or citizens < FEWEST_CITIZENS:
            return []
        return [
            self.wording.text(
                "Courses are counted: {courses} in these offers, of {citizens} citizens, each once per offer and file.",
                courses=self.wording.integer(courses),
                citizens=self.wording.integer(citizens),
            )
        ]

    @property
    def _trend(self) -> list[str]:
        """Which figures are set against comparison offers, where a person asks for it."""
        if not self.selection.net_of_trend or self.is_now:
            return []
        if self.net is None:
            return [self.wording.text("Not set against comparison offers: none can be compared over the same months.")]
        parts = [
            self.wording.text(
                "Only the overall change and the gaps offer by offer are set against comparison offers. All other "
                "figures are not."
            )
        ]
        lacking = int(self.change["offers"]) - self.net.offers
        if lacking > 0:
            parts.append(
                self.wording.texts(
                    "Left out of the net change: {count} adjusted offer without a comparison over the same months.",
                    "Left out of the net change: {count} adjusted offers without a comparison over the same months.",
                    lacking,
                )
            )
        return parts

    @property
    def _before_and_after(self) -> list[str]:
        """What divides before and after, and the level of the intervals."""
        text, by = self.wording.text, self.selection.divided_by
        if by is None and not self.is_now:
            return [
                text(
                    "Before and after: relative to each offer's own first adjustment. Intervals: 95%, each as "
                    "described under Methods and data."
                )
            ]
        intervals = text("Intervals: 95%, each as described under Methods and data.")
        return [intervals] if by is None else [*self._divided(by), intervals]

    def _divided(self, by: Divider) -> list[str]:
        """What a later adjustment that was chosen means for the offer, and for the others."""
        divided = self.wording.texts(
            "Before and after in {offer}: relative to {adjustment}. The offer has {count} earlier adjustment; the "
            "months between the two count as before. In other offers: relative to their own first adjustment.",
            "Before and after in {offer}: relative to {adjustment}. The offer has {count} earlier adjustments; the "
            "months from them until this one count as before. In other offers: relative to their own first adjustment.",
            by.earlier,
            offer=by.offer,
            adjustment=self._named(by),
        )
        return [divided]

    def _named(self, by: Divider) -> str:
        return self.wording.text("“{title}”, {date}", title=by.title, date=self.wording.date(by.adjusted_on))

    @property
    def _protection(self) -> list[str]:
        """Protection of small counts; empty for exact counts, which ``source`` states."""
        smallest = self.smallest_count()
        return [] if smallest == 1 else [protection(smallest, self.wording)]

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
    """Return the gap data of a request. The dimension must have two groups with counts."""
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
    """Return the dimension restricted to groups with counts; None if there are fewer than two."""
    groups = set(data.months(version, dimension, synthetic, disclosure_level)["group"].unique())
    try:
        return data.dimensions(version)[dimension].only(groups - {MISSING})
    except ValueError:
        return None
