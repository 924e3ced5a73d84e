"""What the pages read from the store: asked once for each version of the data, and shared by all sessions."""

import pandas as pd
import streamlit as st

from analysis import store
from analysis.auth.roles import Person, Sight
from analysis.model.terms import Dimension, Offer
from pages.components.session import database

# Resources, not data: handing out the frame itself saves a copy in every run, and pandas copies on write.


@st.cache_resource(max_entries=4, show_spinner=False)
def coverage(version: int) -> dict[bool, store.Coverage]:
    """What there is of synthetic (True) and of own (False) data; of the kind whose version it is, or of both."""
    return store.coverage(database())


@st.cache_resource(max_entries=4, show_spinner=False)
def dimensions(version: int) -> dict[str, Dimension]:
    return store.dimensions(database())


@st.cache_resource(max_entries=32, show_spinner=False)
def months(version: int, dimension: str | None, synthetic: bool, sight: Sight) -> pd.DataFrame:
    """The counts of a dimension, or of all, by period, as they are seen so.

    Those of one are taken out of all: rounding one takes nearly as long as rounding all together.
    """
    if dimension is None or synthetic or sight.everywhere:
        return store.counts_by_month(database(), sight, dimension=dimension, synthetic=synthetic)
    every = months(version, None, synthetic, sight)
    return every[every["dimension"] == dimension].reset_index(drop=True)


@st.cache_resource(max_entries=16, show_spinner=False)
def crossed(version: int, dimension: str, other: str, synthetic: bool, sight: Sight) -> pd.DataFrame:
    """The counts of a dimension within the groups of another, by period, as they are seen so."""
    return store.crossed_counts(database(), sight, dimension=dimension, other=other, synthetic=synthetic)


@st.cache_resource(max_entries=4, show_spinner=False)
def crossings(version: int, synthetic: bool) -> dict[str, tuple[str, ...]]:
    return store.crossings(database(), synthetic=synthetic)


@st.cache_resource(max_entries=4, show_spinner=False)
def offers(version: int, synthetic: bool) -> dict[tuple[str, str], Offer]:
    """Every offer that has counts, by municipality and name."""
    return {(offer.municipality, offer.name): offer for offer in store.offers(database(), synthetic=synthetic)}


@st.cache_resource(max_entries=4, show_spinner=False)
def adjustments(version: int, synthetic: bool) -> pd.DataFrame:
    return store.adjustments(database(), synthetic=synthetic)


@st.cache_resource(max_entries=2, show_spinner=False)
def needs_of_imports(version: int) -> dict[int, store.Needs]:
    """What taking each import back takes, by its number."""
    return store.needs_of_imports(database())


@st.cache_resource(max_entries=32, show_spinner=False)
def imports(version: int, by: Person) -> list[store.ImportRecord]:
    """Every import, the newest first, as the person may know it."""
    return store.history_for(database(), by)


@st.cache_resource(max_entries=2, show_spinner=False)
def theme_day_data(version: int) -> set[bool]:
    return store.theme_day_data(database())


@st.cache_resource(max_entries=10, show_spinner=False)
def theme_day_list(version: int, name: str, synthetic: bool) -> pd.DataFrame:
    """What is stored of the theme days under one of the names of ``store``'s lists of them."""
    read = {
        "theme_days": store.theme_days,
        "understandings": store.understandings,
        "actions": store.actions,
        "requests": store.requests,
        "votes": store.votes,
    }[name]
    return read(database(), synthetic=synthetic)
