"""Values that become groups, dimensions or places of their own, instead of being replaced."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from analysis.i18n import Wording
from analysis.intake.fix.corrections import AddedDimension, AddedGroup
from analysis.intake.fix.decisions import add_dimension, add_groups, keep_place
from analysis.intake.fix.entries import Entry, WrongValue
from analysis.intake.fix.possible_values import PossibleValues
from analysis.intake.tables import cleaned
from analysis.intake.validate.prepared import Prepared
from pages.components import formatting
from pages.import_wizard.job import ImportJob, reference_data_of

ADD_GROUP, ADD_DIMENSION, ADD_ORDERED, KEEP_PLACE = "@add_group", "@add_dimension", "@add_ordered", "@keep_place"
"""Options besides the texts that can replace a value."""
NO_RANK, HIGHEST_RANK = 0, 20
MOST_ADDED = 500
"""Maximum number of values that are added as groups at once."""


def adding_options(possible: PossibleValues) -> list[str]:
    """Return the options of a value that add it to the reference data."""
    if possible.is_place:
        return [KEEP_PLACE]
    if possible.is_dimension:
        return [ADD_DIMENSION, ADD_ORDERED]
    return [ADD_GROUP] if possible.dimension else []


def labels_of_adding(wording: Wording) -> dict[str, str]:
    return {
        KEEP_PLACE: wording.text("Keep as a place of its own"),
        ADD_GROUP: wording.text("Add as a group"),
        ADD_DIMENSION: wording.text("Add as a new dimension"),
        ADD_ORDERED: wording.text("Add as a new dimension whose groups have an order"),
    }


def apply_addition(work: ImportJob, wrong: WrongValue, possible: PossibleValues, option: str) -> None:
    """Add a value as the option says. A group with an order waits for its rank."""
    if option == KEEP_PLACE:
        work.correct(keep_place(work.corrections, wrong.value))
    elif option in {ADD_DIMENSION, ADD_ORDERED}:
        work.correct(add_dimension(work.corrections, AddedDimension(wrong.value, option == ADD_ORDERED)))
    elif not possible.ordered:
        _add(work, possible.dimension, [(wrong.value, None)])


def choose_rank(work: ImportJob, wrong: WrongValue, possible: PossibleValues, key: str, wording: Wording) -> None:
    """Ask for the rank of a new group. Its choice adds the group."""

    def add() -> None:
        _add(work, possible.dimension, [(wrong.value, st.session_state[f"rank_{key}"] or None)])

    st.selectbox(
        formatting.plain(wording.text("Rank of {name}", name=wrong.value)),
        [*range(1, HIGHEST_RANK + 1), NO_RANK],
        index=None,
        format_func=lambda rank: wording.integer(rank) if rank else wording.text("no rank"),
        key=f"rank_{key}",
        placeholder=wording.text("1 is the least advantaged"),
        on_change=add,
    )
    _show_ranks(work, possible.dimension, wording)


def _show_ranks(work: ImportJob, dimension: str, wording: Wording) -> None:
    """Show the ranks of the groups that the dimension has already."""
    if known := reference_data_of(work).dimensions.get(dimension):
        ranked_groups = (f"{group.label(wording.code)} {group.rank}" for group in known.groups if group.rank)
        st.caption(formatting.plain(wording.text("Ranks now: {groups}.", groups=", ".join(ranked_groups))))


def add_all(
    work: ImportJob,
    prepared: Prepared,
    entry: Entry,
    possible: Callable[[WrongValue], PossibleValues],
    wording: Wording,
) -> None:
    """Offer to add all values of an entry as groups at once: in an ordered dimension with a table of their ranks."""
    kinds = {(one.dimension, one.ordered) for one in map(possible, entry.values)}
    if len(kinds) != 1 or not (kind := kinds.pop())[0]:
        return
    names = _all_values(prepared, entry)
    if not 1 < len(names) <= MOST_ADDED:
        return
    dimension, ordered = kind
    label = wording.texts("Add {count} value as a group", "Add all {count} values as groups", len(names))
    key = f"add_all_{entry.key}"
    if not ordered:
        st.button(
            label,
            key=key,
            icon=":material/playlist_add:",
            on_click=_add,
            args=(work, dimension, [(name, None) for name in names]),
        )
        return
    with st.expander(label, key=key, icon=":material/playlist_add:", on_change="rerun") as opened:
        if opened.open:
            _add_with_ranks(work, dimension, names, f"{key}_{work.corrections_number}", wording)


def _all_values(prepared: Prepared, entry: Entry) -> list[str]:
    """Return the values of an entry, also those that only a common finding reports."""
    names = [wrong.value for wrong in entry.values]
    for finding in entry.findings:
        for table in prepared.tables if finding.more else ():
            rows = np.isin(table.rows, finding.rows) & (table.sheet == finding.sheet)
            for column in (table.columns[key] for key, place in table.letters.items() if place == finding.letters):
                names += [cleaned(column.values[code]) for code in np.unique(column.codes[rows]).tolist()]
    return list(dict.fromkeys(filter(None, names)))


def _add_with_ranks(work: ImportJob, dimension: str, names: Sequence[str], key: str, wording: Wording) -> None:
    st.caption(
        formatting.plain(
            wording.text("Rank 1 is the least advantaged. A group without a rank stands outside the order.")
        )
    )
    _show_ranks(work, dimension, wording)
    columns = [wording.text("In the file"), wording.text("Rank")]
    table = pd.DataFrame({columns[0]: list(names), columns[1]: pd.array([pd.NA] * len(names), dtype="Int64")})
    number = partial(st.column_config.NumberColumn, min_value=1, max_value=HIGHEST_RANK, step=1)
    ranked = st.data_editor(
        table,
        column_config={columns[1]: number(columns[1])},
        disabled=columns[:1],
        hide_index=True,
        num_rows="fixed",
        key=f"ranks_{key}",
    )
    ranks = [None if pd.isna(rank) else int(rank) for rank in ranked[columns[1]]]
    st.button(
        wording.text("Add these groups"),
        key=f"add_{key}",
        icon=":material/playlist_add:",
        on_click=_add,
        args=(work, dimension, list(zip(names, ranks, strict=True))),
    )


def _add(work: ImportJob, dimension: str, groups: Sequence[tuple[str, int | None]]) -> None:
    """Add values to their dimension as groups; a callback."""
    added = [AddedGroup(dimension, name, rank) for name, rank in groups]
    work.correct(add_groups(work.corrections, added))
