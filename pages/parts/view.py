"""The selection a person has made and the counts behind it, from one place at the side of every page."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from analysis import store
from analysis.measures.gaps import change_in_gap, gaps
from analysis.measures.rates import rates
from analysis.model import MISSING, Dimension, Phase, Rate, Selection
from analysis.wording import Wording
from pages.parts.choices import pick
from pages.parts.session import database, journal_differences, settings

ALL = ""
SAMPLE = "demonstration"
OWN = "own"
CACHED_SELECTIONS = 64


@dataclass(frozen=True)
class View:
    """A selection, its dimension with the groups that occur in it, and the counts by offer and phase."""

    selection: Selection
    dimension: Dimension
    counts: pd.DataFrame
    coverage: store.Coverage
    wording: Wording

    def label(self, group: str) -> str:
        if group == MISSING:
            return self.wording.text("Not stated")
        return self.dimension.group(group).label(self.wording.code)

    @property
    def compared(self) -> str:
        return self.label(self.selection.group)

    @property
    def reference(self) -> str:
        return self.label(self.selection.reference)

    def labels(self) -> dict[str, str]:
        """The groups from top to bottom: the most advantaged first, then those outside the order."""
        ranked = sorted(self.dimension.groups, key=lambda group: -(group.rank or 0))
        return {group.key: group.label(self.wording.code) for group in ranked}

    def rates(self, by: list[str]) -> pd.DataFrame:
        return rates(self.counts, self.selection.rate, by, settings().smallest_count)

    def gaps(self, by: list[str]) -> pd.DataFrame:
        return gaps(self.counts, *self._compared(), by, settings().smallest_count)

    def changes(self, by: list[str]) -> pd.DataFrame:
        return change_in_gap(self.counts, *self._compared(), by, settings().smallest_count)

    def change(self) -> dict[str, Any]:
        """The change in the gap over the whole selection."""
        return self.changes([]).iloc[0].to_dict()

    def in_transition(self) -> int | None:
        """How many citizens stand in periods that straddle an adjustment; None where too few to say."""
        stage = self.selection.rate.denominator.value
        number = int(self.counts.loc[self.counts["phase"] == Phase.TRANSITION, stage].sum())
        return number if number == 0 or number >= settings().smallest_count else None

    def _compared(self) -> tuple[Rate, str, str]:
        return self.selection.rate, self.selection.group, self.selection.reference


def choose(wording: Wording, *, with_groups: bool = False, with_offer: bool = True) -> View:
    """The choices at the side. Stops the page, and says what to do, where there is nothing to show."""
    if journal_differences():
        st.error(wording.text("The database is not as it was stored. See Imports on the upload page."))
    covered = _coverage(database().version())
    if not covered:
        _empty(wording)
    with st.sidebar:
        synthetic = _choose_data(covered, wording)
        coverage = covered[synthetic]
        dimensions = _dimensions(database().version())
        known = [key for key in dimensions if key in coverage.dimensions]
        key = pick(
            "dimension",
            wording.text("Dimension"),
            {key: dimensions[key].label(wording.code) for key in known},
            default=known[0],
        )
        rate = Rate(pick("rate", wording.text("Rate"), _rate_labels(wording), default=Rate.COMPLETION.value))
        counts = _counts(database().version(), key, synthetic)
        municipality = _choose_place("municipality", counts, wording)
        if municipality:
            counts = counts[counts["municipality"] == municipality]
        offer = _choose_place("offer", counts, wording) if municipality and with_offer else None
        if offer:
            counts = counts[counts["offer"] == offer]
        try:
            dimension = dimensions[key].only(set(counts["group"]) - {MISSING})
        except ValueError:
            dimension = None
        if dimension is not None:
            compared, reference = _choose_groups(dimension, wording) if with_groups else _ends(dimension)
    if dimension is None:
        st.info(wording.text("This selection has fewer than two groups to compare. Choose another dimension."))
        st.stop()
    selection = Selection(key, rate, compared, reference, municipality, offer, synthetic=synthetic)
    return View(selection, dimension, counts, coverage, wording)


def _choose_data(covered: dict[bool, store.Coverage], wording: Wording) -> bool:
    if len(covered) == 1:
        return next(iter(covered))
    labels = {OWN: wording.text("Own data"), SAMPLE: wording.text("Demonstration data")}
    return pick("data", wording.text("Data"), labels, default=OWN) == SAMPLE


def _choose_place(kind: str, counts: pd.DataFrame, wording: Wording) -> str | None:
    """One municipality, or one offer, of those that have counts; None for all of them."""
    titles = {
        "municipality": (wording.text("Municipality"), wording.text("All municipalities")),
        "offer": (wording.text("Offer"), wording.text("All offers")),
    }
    title, every = titles[kind]
    labels = {ALL: every, **{name: name for name in sorted(counts[kind].unique())}}
    chosen = pick(kind, title, labels, default=ALL)
    return None if chosen == ALL else chosen


def _choose_groups(dimension: Dimension, wording: Wording) -> tuple[str, str]:
    labels = {group.key: group.label(wording.code) for group in dimension.groups}
    compared = pick("group", wording.text("Group"), labels, default=dimension.compared)
    others = {key: label for key, label in labels.items() if key != compared}
    default = dimension.reference if dimension.reference != compared else next(iter(others))
    return compared, pick("reference", wording.text("Compared with"), others, default=default)


def _ends(dimension: Dimension) -> tuple[str, str]:
    return dimension.compared, dimension.reference


def _rate_labels(wording: Wording) -> dict[str, str]:
    return {
        Rate.PARTICIPATION.value: wording.text("Participation rate"),
        Rate.COMPLETION.value: wording.text("Completion rate"),
        Rate.REACH.value: wording.text("Reach"),
    }


def _empty(wording: Wording) -> None:
    st.title(wording.text("No data yet"))
    st.markdown(
        wording.text(
            "Upload a workbook with courses or counts, or start from the template on the upload page. To look around "
            "first, load the demonstration data: six municipalities and two dozen offers, all of it synthetic."
        )
    )
    left, right = st.columns(2)
    left.page_link("pages/upload.py", label=wording.text("Go to upload"), icon=":material/upload_file:")
    if right.button(wording.text("Load demonstration data"), type="primary", key="load_demonstration"):
        from analysis.intake.demonstration import load

        with st.spinner(wording.text("Loading the demonstration data …")):
            load(database())
        st.rerun()
    st.stop()


@st.cache_data(max_entries=2, show_spinner=False)
def _coverage(version: int) -> dict[bool, store.Coverage]:
    return store.coverage(database())


@st.cache_data(max_entries=2, show_spinner=False)
def _dimensions(version: int) -> dict[str, Dimension]:
    return store.dimensions(database())


@st.cache_data(max_entries=CACHED_SELECTIONS, show_spinner=False)
def _counts(version: int, dimension: str, synthetic: bool) -> pd.DataFrame:
    return store.counts_by_phase(database(), dimension=dimension, synthetic=synthetic)


@st.cache_data(max_entries=2, show_spinner=False)
def offers(version: int, synthetic: bool) -> dict[tuple[str, str], Any]:
    """Every offer that has counts, by municipality and name."""
    return {(offer.municipality, offer.name): offer for offer in store.offers(database(), synthetic=synthetic)}


@st.cache_data(max_entries=2, show_spinner=False)
def adjustments(version: int, synthetic: bool) -> pd.DataFrame:
    return store.adjustments(database(), synthetic=synthetic)
