"""What the values of a column mean: a choice for each of the groups, outcomes and other words that stand in it."""

from collections.abc import Iterator, Mapping
from typing import Any

import streamlit as st

from analysis.i18n import Wording
from analysis.i18n.vocabulary import WORDS, word_in
from analysis.intake.lexicon.opposites import negated
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.lexicon.total_words import is_total
from analysis.intake.mapping.mapping import DimensionMapping
from analysis.intake.mapping.suggestions import suggested_group
from analysis.intake.parsing.columns import ParseError, word
from analysis.intake.parsing.columns import group as parser_of_groups
from analysis.model.terms import MISSING
from pages.components import formatting
from pages.import_wizard.mapping_columns import NEW_DIMENSION

MOST_ROW_VALUES = 500
MOST_VALUES = 60
"""Maximum number of distinct values of a column that are asked about."""
CERTAIN = 100


def choose_groups(
    name: str, found: Mapping[str, int], target: str, place: str, knowledge: ReferenceData, wording: Wording
) -> DimensionMapping:
    """Ask for the group of each value of a column, and for the order of new groups.

    ``target`` is the key of a dimension, or ``NEW_DIMENSION``. ``place`` makes the keys of the widgets.
    """
    is_new = target == NEW_DIMENSION
    known = None if is_new else knowledge.dimensions[target]
    title = name if known is None else f"{name} → {known.label(wording.code)}"
    own = [value for value in found if value and not is_total(value)]
    open_values = own if is_new else [value for value in own if not _is_known(value, target, knowledge)]
    with st.expander(formatting.plain(title), expanded=bool(open_values)):
        if is_new:
            label = wording.text("The groups have an order from least to most advantaged")
            ordered = st.checkbox(label, key=f"map_ordered_{place}")
            named = {value: value for value in own}
            for value in _in_grid(own[:MOST_VALUES]):
                named[value] = _choose_name(value, own, place, wording)
            groups = list(dict.fromkeys(named.values()))
            ranks = _choose_ranks(groups[:MOST_VALUES], place, wording) if ordered else {}
            return DimensionMapping(name, ordered, named, ranks)
        meant: dict[str, str] = {}
        for value in _in_grid(open_values[:MOST_VALUES]):
            if chosen := _choose_group(value, found[value], target, place, knowledge, wording):
                meant[value] = chosen
        new = [value for value in meant if meant[value] == value]
        ordered = knowledge.dimensions[target].ordered
        ranks = _choose_ranks(new, place, wording) if ordered and new else {}
    return DimensionMapping(target, ordered, meant, ranks)


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


def _is_known(value: str, target: str, knowledge: ReferenceData) -> bool:
    """Return whether a value is a group of a dimension as it stands, or an age within a band."""
    try:
        parser_of_groups(knowledge, target)(value, "u")
    except ParseError:
        return False
    return True


def _in_grid(values: list[str]) -> Iterator[str]:
    """Yield each value inside a cell of a grid."""
    with st.grid(3, min_column_width=260):
        for value in values:
            with st.container():
                yield value


def _key(place: str, value: str) -> str:
    return f"map_group_{place}_{value}"


def _choose_group(
    value: str, rows: int, target: str, place: str, knowledge: ReferenceData, wording: Wording
) -> str | None:
    dimension = knowledge.dimensions[target]
    options = [*(group.key for group in dimension.groups), MISSING, value]
    labels = {group.key: group.label(wording.code) for group in dimension.groups}
    labels |= {MISSING: wording.text("not stated"), value: wording.text("a new group: {name}", name=value)}
    said = wording.texts("{value} ({count} row)", "{value} ({count} rows)", rows, value=value)
    likely = suggested_group(value, target, knowledge)
    chosen = st.selectbox(
        formatting.plain(said),
        options,
        index=None,
        format_func=labels.__getitem__,
        key=_key(place, value),
        placeholder=wording.text("choose the group"),
    )
    if likely is not None and chosen is None and likely[1] < CERTAIN:
        perhaps = labels.get(likely[0], likely[0])
        said = wording.text("Perhaps “{name}”: {number}% sure.", name=perhaps, number=wording.integer(likely[1]))
        st.caption(formatting.plain(said))
    return chosen


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
    """Ask for the meaning of each value of a column with a fixed list of words, where any is not understood."""
    open_values = [value for value in found if value and (negated(name) or not _is_word(key, value))]
    if not open_values or len(open_values) > MOST_VALUES:
        return {}
    formatting.label(wording.text("What do the values of “{column}” mean?", column=name))
    meant = {}
    for value in _in_grid(open_values):
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


def _is_word(key: str, value: str) -> bool:
    try:
        word(key)(value, "u")
    except ParseError:
        return False
    return True


def choose_texts(key: str, name: str, found: Mapping[str, int], hint: str, wording: Wording) -> dict[str, str]:
    """Ask for other texts of values that are not understood, such as periods and dates."""
    formatting.label(wording.text("What do the values of “{column}” mean?", column=name))
    st.caption(formatting.plain(hint))
    meant = {}
    for value in _in_grid(list(found)[:MOST_VALUES]):
        text = st.text_input(formatting.plain(value), key=f"map_text_{key}_{value}", placeholder=value)
        if text.strip():
            meant[value] = text.strip()
    return meant
