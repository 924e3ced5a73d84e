"""What every page of the theme days begins with: the choices at the side, and what is stored behind them."""

import datetime as dt
from dataclasses import dataclass
from typing import NoReturn

import pandas as pd
import streamlit as st
from propcache.api import cached_property

from analysis import store
from analysis.exhibits import cached_queries
from analysis.exhibits.cache import remembered
from analysis.i18n import Wording
from analysis.i18n.vocabulary import WORDS, word_in
from analysis.measures.theme_days.reach import reached
from analysis.model.choices import ALL, OWN, SAMPLE
from analysis.model.terms import Subject
from pages.components import empty_states, formatting, session
from pages.components.choice_widgets import pick, unless_given
from pages.components.filter_sidebar import choose_data

DATES = {
    "theme_days": ("held_on",),
    "understandings": ("held_on",),
    "actions": ("proposed_on", "decided_on", "translated_on", "running_on", "evaluated_on"),
    "requests": ("requested_on", "state_on"),
    "votes": ("held_on",),
}


@dataclass(frozen=True, eq=False)
class Themes:
    """What is stored of the theme days, in the region that is chosen, and how it is looked at."""

    synthetic: bool
    version: int
    region: str | None
    municipality: str | None
    wording: Wording
    today: dt.date

    @property
    def known_as(self) -> str:
        """What tells it from every other."""
        return repr((self.synthetic, self.version, self.region, self.municipality, self.wording.code, self.today))

    @cached_property
    def until(self) -> dt.date:
        """The day on which things stand so: today, or the last day that demonstration data speak of."""
        days = [day for day in (self._last(name, key) for name, keys in DATES.items() for key in keys) if day]
        return max(days) if self.synthetic and days else self.today

    def _last(self, name: str, key: str) -> dt.date | None:
        day = cached_queries.theme_day_list(self.version, name, self.synthetic)[key].max()
        return None if pd.isna(day) else pd.Timestamp(day).date()

    def _within(self, name: str) -> pd.DataFrame:
        rows = cached_queries.theme_day_list(self.version, name, self.synthetic)
        return rows[rows["municipality"].isin(self.facts["name"])] if self.region else rows

    @cached_property
    def facts(self) -> pd.DataFrame:
        """The municipalities of the region, or all of them, as they are on that day."""
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
    def requests(self) -> pd.DataFrame:
        return self._within("requests")

    @cached_property
    def votes(self) -> pd.DataFrame:
        return self._within("votes")

    @cached_property
    def reach(self) -> pd.DataFrame:
        """Each municipality and whether it was reached, as ``measures.spread.reach.reached`` tells."""
        return reached(self.days, self.facts)

    @property
    def in_words(self) -> str:
        """What is chosen, in a line."""
        parts = [self.region or self.wording.text("All regions"), self.municipality]
        return " · ".join(part for part in parts if part)

    @property
    def notes(self) -> list[str]:
        """The published totals, so that nobody takes the numbers for them."""
        published = self.wording.text(
            "In the project itself, more than 140 leaders and consultants from 53 of Denmark's 98 municipalities took "
            "part in theme days (KL, Center for Forebyggelse i praksis), and six municipalities adjusted 19 offers "
            "(LAKS, 2014–2016)."
        )
        return [published]

    @property
    def foot(self) -> list[str]:
        """Those of the notes that go wherever a number goes: none."""
        return []

    @property
    def source(self) -> str:
        """Where the numbers come from."""
        until = self.wording.date(self.until)
        if self.synthetic:
            return self.wording.text("Source: synthetic demonstration data of theme days, up to {day}.", day=until)
        return self.wording.text("Source: workbooks uploaded and entries made here, as of {day}.", day=until)

    def word(self, kind: str, key: str | None) -> str:
        """One of the few words of a column, in this language; what is not stated as such."""
        if not isinstance(key, str):
            return self.wording.text("Not stated")
        return word_in(kind, key, self.wording.code)

    def words(self, kind: str) -> dict[str, str]:
        """All the words of a column by their keys."""
        return {key: self.word(kind, key) for key in WORDS[kind]}


def begin(question: str, *, needs: str | None = None, of_place: bool = True) -> Themes:
    """The choices at the side, under this question. Stops the page where nothing is stored that it ``needs``."""
    themes = choose(session.language(), adding=needs is None, of_place=of_place)
    formatting.heading(question, themes.wording, synthetic=themes.synthetic)
    if needs is not None and getattr(themes, needs).empty:
        nothing_stored(themes.wording)
    return themes


def nothing_stored(wording: Wording) -> NoReturn:
    """There are theme days, but not of this kind or not of there. Stops the page."""
    st.info(wording.text("Nothing of this is stored for what is chosen."), icon=":material/filter_alt_off:")
    st.page_link("pages/upload.py", label=wording.text("Go to upload"), icon=":material/upload_file:")
    st.stop()


def choose(wording: Wording, *, adding: bool = False, beside_gaps: bool = False, of_place: bool = True) -> Themes:
    """The choices at the side: which data, and ``of_place``: where.

    A page for ``adding`` may be empty. One that shows theme days ``beside_gaps`` has something to show where either is.
    Otherwise the page stops where there is nothing.
    """
    version = session.database().version()
    covered = cached_queries.theme_day_data(version) | (set(cached_queries.coverage(version)) if beside_gaps else set())
    if not covered and not adding:
        empty_states.no_theme_days(wording)
    return chosen_themes(covered, wording, adding=adding, of_place=of_place)


def chosen_themes(covered: set[bool], wording: Wording, *, adding: bool = False, of_place: bool = True) -> Themes:
    """What is stored, of the data ``covered``, with the choices of the lists at the side."""
    with unless_given(lambda: st.sidebar):
        synthetic = (
            _choose_data_to_add_to(covered, wording) if adding else choose_data(covered, wording, of=Subject.THEME_DAYS)
        )
        version = session.database().version((synthetic, Subject.THEME_DAYS))
        everywhere = themes_of(synthetic, version, None, None, wording)
        if not of_place:
            return everywhere
        regions = dict.fromkeys(everywhere.facts["region"])
        labels = {ALL: wording.text("All regions"), **{name: name for name in regions}}
        region = pick("region", wording.text("Region"), labels, default=ALL) or None
        themes = themes_of(synthetic, version, region, None, wording)
        every = {ALL: wording.text("All municipalities")}
        names = wording.in_order({*themes.facts["name"], *_other_places(themes)})
        municipality = pick(
            "municipality",
            wording.text("Municipality"),
            every | {name: name for name in names},
            default=ALL,
            of=(Subject.THEME_DAYS, synthetic, region),
        )
    return themes_of(synthetic, version, region, municipality or None, wording)


def themes_of(synthetic: bool, version: int, region: str | None, municipality: str | None, wording: Wording) -> Themes:
    """What is stored of the theme days there today."""
    return _themes(synthetic, version, region, municipality, wording, dt.date.today())


@remembered
def _themes(
    synthetic: bool, version: int, region: str | None, municipality: str | None, wording: Wording, today: dt.date
) -> Themes:
    return Themes(synthetic, version, region, municipality, wording, today)


def choose_place(themes: Themes) -> str:
    """The municipality that is looked at: the chosen one, or one of those that anything is stored of; else none."""
    if themes.municipality:
        return themes.municipality
    version = session.database().version((themes.synthetic, Subject.GAPS))
    places = {name for name, _ in cached_queries.offers(version, themes.synthetic)}
    for rows in (themes.days, themes.understandings, themes.actions, themes.requests):
        places |= set(rows["municipality"])
    names = {name: name for name in themes.wording.in_order(places)}
    if not names:
        return ""
    return pick("about", themes.wording.text("Municipality"), names, default=next(iter(names)), of=themes.region)


def _other_places(themes: Themes) -> set[str]:
    """Places outside the Danish list that something is stored of."""
    if themes.region:
        return set()
    return {name for rows in (themes.days, themes.actions, themes.requests) for name in rows["municipality"].dropna()}


def _choose_data_to_add_to(covered: set[bool], wording: Wording) -> bool:
    """Whether what is entered belongs to the demonstration data: only while there is no other, or on purpose."""
    labels = {OWN: wording.text("Own data"), SAMPLE: wording.text("Demonstration data")}
    default = SAMPLE if covered == {True} else OWN
    return pick("data", wording.text("Data"), labels, default=default, always=True) == SAMPLE


def footnotes(themes: Themes, *lines: str) -> None:
    """What a reader must know, the published totals, and the source."""
    st.caption("  \n".join(formatting.plain(line) for line in (*lines, *themes.notes, themes.source)))
