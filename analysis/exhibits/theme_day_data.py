"""Theme-day data of a region, as of a reference date."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd
from propcache.api import cached_property

from analysis import store
from analysis.exhibits.cache import cached
from analysis.exhibits.choosing import Options
from analysis.exhibits.context import Context, choose_synthetic, data_labels
from analysis.exhibits.stored_data import StoredData
from analysis.i18n import Wording, wording
from analysis.i18n.coded_words import WORDS
from analysis.i18n.vocabulary import word_in
from analysis.measures.theme_days.reach import reached
from analysis.model.choices import ALL, OWN, SAMPLE
from analysis.model.terms import Subject

DATES = {
    "theme_days": ("held_on",),
    "understandings": ("held_on",),
    "actions": ("proposed_on", "decided_on", "translated_on", "running_on", "evaluated_on"),
    "requests": ("requested_on", "state_on"),
    "votes": ("held_on",),
}


@dataclass(frozen=True)
class ThemeDayRequest:
    """Complete input of theme-day data, as codes; also their cache key."""

    synthetic: bool
    version: int
    region: str | None
    municipality: str | None
    language: str
    today: dt.date


@dataclass(frozen=True)
class ThemeDayData:
    """The theme-day rows of a request. Equal requests of the same data share one object."""

    request: ThemeDayRequest
    data: StoredData

    @property
    def synthetic(self) -> bool:
        """Whether the numbers are synthetic."""
        return self.request.synthetic

    @property
    def region(self) -> str | None:
        return self.request.region

    @property
    def municipality(self) -> str | None:
        return self.request.municipality

    @property
    def wording(self) -> Wording:
        return wording(self.request.language)

    @property
    def today(self) -> dt.date:
        return self.request.today

    @cached_property
    def until(self) -> dt.date:
        """The reference date: today, or the latest date in demonstration data."""
        days = [day for day in (self._last(name, key) for name, keys in DATES.items() for key in keys) if day]
        return max(days) if self.synthetic and days else self.today

    def _last(self, name: str, key: str) -> dt.date | None:
        day = self.data.theme_day_list(self.request.version, name, self.synthetic)[key].max()
        return None if pd.isna(day) else pd.Timestamp(day).date()

    def _within(self, name: str) -> pd.DataFrame:
        rows = self.data.theme_day_list(self.request.version, name, self.synthetic)
        return rows[rows["municipality"].isin(self.facts["name"])] if self.region else rows

    @cached_property
    def facts(self) -> pd.DataFrame:
        """Municipalities of the region, or all, as of the reference date."""
        facts = store.municipality_facts(self.until)
        return facts[facts["region"] == self.region] if self.region else facts

    @cached_property
    def days(self) -> pd.DataFrame:
        return self._within("theme_days")

    @cached_property
    def understandings(self) -> pd.DataFrame:
        return self._within("understandings")

    @cached_property
    def actions(self) -> pd.DataFrame:
        return self._within("actions")

    @cached_property
    def activities(self) -> pd.DataFrame:
        return self._within("activities")

    @cached_property
    def consequences(self) -> pd.DataFrame:
        return self._within("consequences")

    @cached_property
    def requests(self) -> pd.DataFrame:
        return self._within("requests")

    @cached_property
    def votes(self) -> pd.DataFrame:
        return self._within("votes")

    @cached_property
    def reach(self) -> pd.DataFrame:
        """All municipalities with whether they were reached; columns of ``measures.theme_days.reach.reached``."""
        return reached(self.days, self.facts)

    @property
    def in_words(self) -> str:
        """The selection in one line."""
        parts = [self.region or self.wording.text("All regions"), self.municipality]
        return " · ".join(part for part in parts if part)

    @property
    def notes(self) -> list[str]:
        """Published totals, which readers must not confuse with these numbers."""
        published = self.wording.text(
            "In the project itself, more than 140 leaders and consultants from 53 of Denmark's 98 municipalities took "
            "part in theme days (KL, Center for Forebyggelse i praksis), and six municipalities adjusted 19 offers "
            "(LAKS, 2014–2016)."
        )
        return [published]

    @property
    def foot(self) -> list[str]:
        """The notes that every copy and export of a number includes: none."""
        return []

    @property
    def source(self) -> str:
        """The data source."""
        until = self.wording.date(self.until)
        if self.synthetic:
            return self.wording.text("Source: synthetic demonstration data of theme days, up to {day}.", day=until)
        return self.wording.text("Source: workbooks uploaded and entries made here, as of {day}.", day=until)

    def word(self, kind: str, key: str | None) -> str:
        """Return the label of a coded value in this language; “Not stated” if it is missing."""
        if not isinstance(key, str):
            return self.wording.text("Not stated")
        return word_in(kind, key, self.wording.code)

    def words(self, kind: str) -> dict[str, str]:
        """Return the labels of all codes of a column."""
        return {key: self.word(kind, key) for key in WORDS[kind]}


@cached
def theme_day_data(data: StoredData, request: ThemeDayRequest) -> ThemeDayData:
    return ThemeDayData(request, data)


def chosen_theme_day_data(
    context: Context, kinds: set[bool], *, adding: bool = False, with_places: bool = True
) -> ThemeDayData:
    """Return the theme-day data of the choices; ``kinds`` lists the kinds of data that exist.

    ``adding`` allows a page without data. Without ``with_places``, there are no choices of region and municipality.
    """
    wording, chooser = context.wording, context.chooser
    synthetic = _choose_kind_to_add(context, kinds) if adding else choose_synthetic(context, kinds, Subject.THEME_DAYS)
    everywhere = theme_days_of(context, synthetic)
    if not with_places:
        return everywhere
    regions = dict.fromkeys(everywhere.facts["region"])
    labels = {ALL: wording.text("All regions"), **{name: name for name in regions}}
    region = chooser.choose(Options("region", wording.text("Region"), labels)) or None
    in_region = theme_days_of(context, synthetic, region)
    names = wording.in_order({*in_region.facts["name"], *_other_places(in_region)})
    places = {ALL: wording.text("All municipalities"), **{name: name for name in names}}
    key = Subject.THEME_DAYS, synthetic, region
    options = Options("municipality", wording.text("Municipality"), places, depends_on=key)
    return theme_days_of(context, synthetic, region, chooser.choose(options) or None)


def theme_days_of(
    context: Context, synthetic: bool, region: str | None = None, municipality: str | None = None
) -> ThemeDayData:
    """Return the theme-day data as of today."""
    version = context.version(synthetic, Subject.THEME_DAYS)
    request = ThemeDayRequest(synthetic, version, region, municipality, context.wording.code, dt.date.today())
    return theme_day_data(context.data, request)


def choose_place(context: Context, themes: ThemeDayData) -> str:
    """Choose a municipality from those with stored data, unless one is already chosen; empty if there are none."""
    if themes.municipality:
        return themes.municipality
    version = context.version(themes.synthetic, Subject.GAPS)
    places = {name for name, _ in context.data.offers(version, themes.synthetic)}
    for rows in (themes.days, themes.understandings, themes.actions, themes.requests):
        places |= set(rows["municipality"])
    names = {name: name for name in themes.wording.in_order(places)}
    if not names:
        return ""
    first = next(iter(names))
    options = Options("about", themes.wording.text("Municipality"), names, first, depends_on=themes.region)
    return context.chooser.choose(options)


def _other_places(themes: ThemeDayData) -> set[str]:
    """Return stored places that are not Danish municipalities."""
    if themes.region:
        return set()
    return {name for rows in (themes.days, themes.actions, themes.requests) for name in rows["municipality"].dropna()}


def _choose_kind_to_add(context: Context, kinds: set[bool]) -> bool:
    """Choose whether entered data become demonstration data; the default is yes only if no own data exist."""
    default = SAMPLE if kinds == {True} else OWN
    labels, text = data_labels(context.wording), context.wording.text
    return context.chooser.choose(Options("data", text("Data"), labels, default, always_in_link=True)) == SAMPLE
