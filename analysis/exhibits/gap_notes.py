"""Notes that are needed to read the numbers of a selection: cautions, definitions, and what is left out."""

import numpy as np
import pandas as pd
from propcache.api import cached_property  # Unlike functools, without a lock across instances.

from analysis.exhibits.doubts import doubts
from analysis.exhibits.gap_counts import GapCounts
from analysis.exhibits.left_out import left_out
from analysis.i18n.sentences import adjustment_name, caution, caution_now, protection, rate_definition
from analysis.measures.aggregate import OFFER, is_key, placed
from analysis.model.terms import Divider, Phase, Rate, Stage

FEWEST_CITIZENS = 20
"""Minimum number of citizens for the note that compares citizens and courses."""
MANY_COURSES = 1.2
"""Courses per citizen from which intervals are too narrow."""
MOST_NAMED = 3
"""Maximum number of adjustments that a note names."""


class GapNotes(GapCounts):
    """The counts of a request, and their notes."""

    @cached_property
    def left_out(self) -> list[str]:
        """Numbers of citizens and offers that the comparison of before and after excludes."""
        return left_out(self)

    @cached_property
    def doubts(self) -> list[str]:
        """What else can have made the change, or the gap."""
        return doubts(self)

    @property
    def notes(self) -> list[str]:
        """Notes needed to read the numbers: caution, definitions, doubts, exclusions and protection."""
        return [*self.definitions, *self.doubts, *self.left_out, *self.of_protection]

    @cached_property
    def definitions(self) -> list[str]:
        """The caution, and what the numbers mean."""
        wording = self.wording
        return [
            caution_now(wording) if self.is_now else caution(wording),
            rate_definition(self.rate, wording),
            *self._before_and_after,
            *self._later_adjustments,
            self._dated,
            *self._waiting,
            *self._under_way,
            *self._walk_ins,
            *self.of_trend,
            *self._joined,
            *self._courses,
        ]

    @property
    def _dated(self) -> str:
        """The month to which a course belongs."""
        shown = self.shown_offers
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
    def _waiting(self) -> list[str]:
        """What counting from the start does to participation."""
        if self.rate is Rate.COMPLETION or not any(offer.from_start for offer in self.shown_offers):
            return []
        return [
            self.wording.text(
                "Where courses are counted from their start, a change in the waiting time shows as a change in "
                "participation."
            )
        ]

    @cached_property
    def later_adjustments(self) -> pd.DataFrame:
        """Adjustments that fall into the months after, with the columns of ``adjustments``."""
        columns = [*OFFER, "period_end", "adjusted_on"]
        after = self.months.loc[is_key(self.months["phase"], Phase.AFTER), columns]
        keys, place = placed(after, OFFER)
        until = np.full(len(keys), np.datetime64("1000-01-01", "s"))
        np.maximum.at(until, place, after["period_end"].to_numpy("datetime64[s]"))
        since = after["adjusted_on"].to_numpy("datetime64[s]")[np.unique(place, return_index=True)[1]]
        spans = dict(zip(keys.itertuples(index=False, name=None), zip(since, until, strict=True), strict=True))
        made = self.adjustments
        days = made["adjusted_on"].to_numpy("datetime64[s]")
        own = [spans.get(key) for key in made[OFFER].itertuples(index=False, name=None)]
        is_inside = [span is not None and bool(span[0] < day < span[1]) for day, span in zip(days, own, strict=True)]
        return made[np.array(is_inside, dtype=np.bool_)]

    @property
    def _later_adjustments(self) -> list[str]:
        later = self.later_adjustments
        if self.is_now or later.empty:
            return []
        named = [
            adjustment_name(row.title, row.adjusted_on.date(), self.wording)
            for row in later.head(MOST_NAMED).itertuples()
        ]
        more = [self.wording.text("and others")] if len(later) > MOST_NAMED else []
        return [
            self.wording.texts(
                "The months after include {count} later adjustment: {adjustments}.",
                "The months after include {count} later adjustments: {adjustments}.",
                len(later),
                adjustments="; ".join([*named, *more]),
            )
        ]

    @property
    def _walk_ins(self) -> list[str]:
        """How many of those who started came without an invitation, before and after."""
        months = self.months_of(self.rate)
        is_walk_in, started = months["invited"].isna().to_numpy(), months[Stage.PARTICIPATED].to_numpy(dtype=np.int64)
        values = {}
        for phase in (Phase.BEFORE, Phase.AFTER):
            inside = is_key(months["phase"], phase)
            values[str(phase)] = int(started[inside & is_walk_in].sum())
            values[f"all_{phase}"] = int(started[inside].sum())
        number = values["before"] + values["after"]
        if self.is_now or is_walk_in.all() or number < self.disclosure_level.rounding_base:
            return []
        said = {name: self.wording.integer(value) for name, value in values.items()}
        if self.rate is Rate.COMPLETION:
            return [
                self.wording.text(
                    "Completion counts those who came without an invitation too: {before} of {all_before} who started "
                    "before, and {after} of {all_after} after.",
                    **said,
                )
            ]
        return [
            self.wording.text(
                "Those who came without an invitation do not count here: {before} of {all_before} who started before, "
                "and {after} of {all_after} after.",
                **said,
            )
        ]

    @property
    def _under_way(self) -> list[str]:
        """How many courses were under way when the practice was adjusted: they met both the old and the new."""
        if self.rate is Rate.PARTICIPATION or self.is_now:
            return []
        columns = [*OFFER, "period_start", "period_end", "adjusted_on", Stage.PARTICIPATED]
        months = self.months.loc[self.months["adjusted_on"].notna(), columns]
        keys, place = placed(months, OFFER)
        days = [self.offers[key].follow_up_days for key in keys.itertuples(index=False, name=None)]
        time = pd.to_timedelta(pd.Series(days, dtype="float64").to_numpy()[place], unit="D")
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
    def _joined(self) -> list[str]:
        """What joined groups can hide."""
        if not self.request.joined:
            return []
        return [self.wording.text("Groups are joined: a shift between the groups that are joined shows as a change.")]

    @property
    def _courses(self) -> list[str]:
        """How many citizens have the courses that are counted, where some have several."""
        offers = [offer for offer in self.shown_offers if offer.courses is not None]
        base = max(self.smallest_count(), 1)
        courses, citizens = (
            base * round(sum(getattr(one, name) or 0 for one in offers) / base) for name in ("courses", "citizens")
        )
        if courses == citizens or citizens < FEWEST_CITIZENS:
            return []
        counted = self.wording.text(
            "Courses are counted: {courses} in these offers, of {citizens} citizens, each once per offer and file.",
            courses=self.wording.integer(courses),
            citizens=self.wording.integer(citizens),
        )
        if courses < MANY_COURSES * citizens:
            return [counted]
        narrow = self.wording.text(
            "Courses of one citizen resemble each other: the intervals are too narrow, and a clear change may be "
            "chance."
        )
        if self.rate is Rate.COMPLETION:
            return [f"{counted} {narrow}"]
        repeated = self.wording.text(
            "Every invitation counts: citizens who are invited again lower participation, and more so where it happens "
            "more often."
        )
        return [f"{counted} {narrow} {repeated}"]

    @property
    def of_trend(self) -> list[str]:
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
        parts.append(
            self.wording.texts(
                "The trend is that of {count} comparison offer. If offers drift each by itself, or began at another "
                "level, the net change is less certain than its interval.",
                "The trend is that of {count} comparison offers. If offers drift each by itself, or began at another "
                "level, the net change is less certain than its interval.",
                self.net.comparisons,
            )
        )
        if self.net.unused_months:
            parts.append(
                self.wording.text(
                    "The net change is over {used} of {all} months, those that comparison offers have too.",
                    used=self.wording.integer(self.net.months),
                    all=self.wording.integer(self.net.months + self.net.unused_months),
                )
            )
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
            adjustment=self.named(by),
        )
        return [divided]

    def named(self, by: Divider) -> str:
        return adjustment_name(by.title, by.adjusted_on, self.wording)

    @property
    def of_protection(self) -> list[str]:
        """Protection of small counts, here and where packages were made; ``source`` states that counts are exact."""
        smallest = self.smallest_count()
        return [] if smallest == 1 else [protection(smallest, self.wording), *self._rounded_elsewhere]

    @property
    def _rounded_elsewhere(self) -> list[str]:
        """Whose counts another installation rounded."""
        places = set(self.counts["municipality"].unique())
        by_base: dict[int, list[str]] = {}
        for one in self.rounded_elsewhere:
            if one.municipality in places:
                by_base.setdefault(one.base, []).append(one.municipality)
        return [
            self.wording.text(
                "The counts of {municipalities} come in a package from another installation. They were rounded there, "
                "to multiples of {base}, and are not rounded again here.",
                municipalities=", ".join(self.wording.in_order(names)),
                base=self.wording.integer(base),
            )
            for base, names in by_base.items()
        ]
