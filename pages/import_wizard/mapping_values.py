"""What the values of a column mean: a choice for each of the groups, outcomes and other words that stand in it."""

from collections.abc import Iterator, Mapping
from typing import Any

import streamlit as st

from analysis.i18n import Wording
from analysis.i18n.coded_words import WORDS
from analysis.i18n.vocabulary import word_in
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.lexicon.total_words import is_total
from analysis.intake.mapping.mapping import DimensionMapping
from analysis.intake.values.dates import range_from_date
from pages.components import formatting

MOST_ROW_VALUES = 500
MOST_VALUES = 60
"""Maximum number of distinct values of a column that are asked about."""


def known_dimension(target: str, knowledge: ReferenceData) -> DimensionMapping:
    """Return the mapping of a column to a dimension that exists: its groups are read as they stand."""
    return DimensionMapping(target, knowledge.dimensions[target].ordered)


def new_dimension(name: str, found: Mapping[str, int], place: str, wording: Wording) -> DimensionMapping:
    """Ask for the groups of a new dimension and for their order. ``place`` makes the keys of the widgets.

    A range of numbers that became a date is no group yet: the list of what must be put right asks about it.
    """
    values = [value for value in found if value and not is_total(value) and not range_from_date(value)]
    with st.expander(formatting.plain(name), expanded=True):
        label = wording.text("The groups have an order from least to most advantaged")
        ordered = st.checkbox(label, key=f"map_ordered_{place}")
        named = {value: value for value in values}
        for value in _in_grid(values[:MOST_VALUES]):
            named[value] = _choose_name(value, values, place, wording)
        groups = list(dict.fromkeys(named.values()))
        ranks = _choose_ranks(groups[:MOST_VALUES], place, wording) if ordered else {}
    return DimensionMapping(name, ordered, named, ranks)


def choose_rows(found: Mapping[str, Mapping[str, int]], wording: Wording) -> dict[str, str]:
    """Ask for the value of the rows that are read, in each of these columns; at first the one of most rows."""
    chosen = {}
    for name, values in found.items():
        options = [value for value in values if value][:MOST_ROW_VALUES]
        if options:
            most = max(options, key=values.__getitem__)
            chosen[name] = st.selectbox(
                formatting.plain(wording.text("Only the rows where “{column}” is", column=name)),
                options,
                index=options.index(most),
                key=f"map_only_{name}",
            )
    return chosen


def _in_grid(values: list[str]) -> Iterator[str]:
    """Yield each value inside a cell of a grid."""
    with st.grid(3, min_column_width=260):
        for value in values:
            with st.container():
                yield value


def _key(place: str, value: str) -> str:
    return f"map_group_{place}_{value}"


def _choose_name(value: str, values: list[str], place: str, wording: Wording) -> str:
    """Ask for the group of a value of a new dimension: its own, that of another value, or a name that is typed."""
    chosen = st.selectbox(
        formatting.plain(wording.text("The group of {value}", value=value)),
        values,
        index=values.index(value),
        key=_key(place, value),
        accept_new_options=True,
    )
    return chosen or value


def _choose_ranks(groups: list[str], place: str, wording: Wording) -> dict[str, int]:
    st.caption(
        formatting.plain(
            wording.text("Rank 1 is the least advantaged. A group without a rank stands outside the order.")
        )
    )
    ranks: dict[str, int] = {}
    for group in _in_grid(groups):
        rank = st.selectbox(
            formatting.plain(wording.text("Rank of {name}", name=group)),
            list(range(1, 21)),
            index=None,
            key=f"map_rank_{place}_{group}",
            placeholder=wording.text("no rank"),
        )
        if rank is not None:
            ranks[group] = rank
    return ranks


def choose_words(key: str, name: str, found: Mapping[str, int], wording: Wording) -> dict[str, str]:
    """Ask for the meaning of each value of a column with a fixed list of words."""
    values = [value for value in found if value]
    if not values or len(values) > MOST_VALUES:
        return {}
    formatting.label(wording.text("What do the values of “{column}” mean?", column=name))
    meant = {}
    for value in _in_grid(values):
        said = wording.texts("{value} ({count} row)", "{value} ({count} rows)", found[value], value=value)
        chosen: Any = st.selectbox(
            formatting.plain(said),
            list(WORDS[key]),
            index=None,
            format_func=lambda one: word_in(key, one, wording.code),
            key=f"map_word_{key}_{value}",
            placeholder=wording.text("choose what it means"),
        )
        if chosen is not None:
            meant[value] = word_in(key, chosen, "en")
    return meant
