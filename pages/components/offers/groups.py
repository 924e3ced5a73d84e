"""Form of the groups that files added: another name, also that of another group, and the order of a dimension."""

import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.offers import names_of_today, other_names
from analysis.intake.contract import Form
from analysis.intake.name_entries import Rows, SameName, added_groups, for_sheet, in_order, names_payload, only_in
from analysis.model.terms import Dimension
from analysis.store import StoredName
from pages.components import form_entry, formatting, permissions
from pages.components.offers.effect import show_effect_on_dimension

GROUP, NAME, DIMENSION, ORDER = (f"group_{field}" for field in ("place", "name", "dimension", "order"))
"""Session keys of the fields."""
FEWEST_IN_ORDER = 2


def change_groups(view: GapData) -> None:
    """Ask for a group that files added and its name, and for the order of added dimensions. Show what they change."""
    added = added_groups(names_of_today(view))
    if not added:
        return
    st.header(view.wording.text("Groups that files added"))
    left, right = st.columns(2)
    with left:
        _join(view, added)
    with right:
        _order(view, added)


def _join(view: GapData, added: list[StoredName]) -> None:
    wording = view.wording
    known = view.data.dimensions(view.request.version)
    labels = {one: f"{one.name} ({known[one.belongs_to].label(wording.code)})" for one in added}
    if st.session_state.get(GROUP) not in added:
        st.session_state[GROUP] = None
    group = st.selectbox(
        wording.text("Group"),
        sorted(added, key=lambda one: (one.belongs_to, one.name)),
        index=None,
        format_func=labels.__getitem__,
        key=GROUP,
        placeholder=wording.text("choose one"),
    )
    if group is None:
        return
    dimension = known[group.belongs_to]
    others = {one.key: one.label(wording.code) for one in dimension.groups if one.key != group.name}
    st.session_state.setdefault(NAME, None)
    name = st.selectbox(
        wording.text("New name, or another group that it is the same as"),
        list(others),
        index=None,
        format_func=lambda key: others.get(key, key),
        key=NAME,
        accept_new_options=True,
        placeholder=group.name,
        help=wording.text("The numbers of two groups that are the same are added up, until the entry is taken back."),
    )
    name = str(name or "").strip()
    if not name or name == group.name:
        return
    own = only_in(group, permissions.own_places(group.municipalities, Action.STORE))
    why = permissions.reason_not_allowed(Action.STORE, wording, group.municipalities)
    if not own.municipalities:
        st.info(formatting.plain(why or ""), icon=":material/block:")
        return
    if why:
        places = ", ".join(wording.in_order(own.municipalities))
        st.caption(formatting.plain(wording.text("The name changes in {municipalities} only.", municipalities=places)))
    entries = SameName(own, name).entries(other_names(view))
    said = wording.text("“{old}” is now “{name}”.", old=group.name, name=others.get(name, name))
    _save(view, entries, own.municipalities, dimension, said, title=f"{group.name} = {name}", key="group_save")


def _order(view: GapData, added: list[StoredName]) -> None:
    """Ask for the order of a dimension that files added."""
    wording = view.wording
    known = view.data.dimensions(view.request.version)
    own = {one.belongs_to: known[one.belongs_to] for one in added if not known[one.belongs_to].labels}
    if not own:
        return
    dimension = own[
        st.selectbox(
            wording.text("Dimension"), list(own), format_func=lambda key: own[key].label(wording.code), key=DIMENSION
        )
    ]
    ranked = sorted((group for group in dimension.groups if group.rank), key=lambda group: group.rank or 0)
    now = [group.key for group in ranked] if dimension.ordered else []
    key, groups = f"{ORDER}_{dimension.key}", [group.key for group in dimension.groups]
    if not set(st.session_state.setdefault(key, now)) <= set(groups):
        st.session_state[key] = now
    order = st.multiselect(
        wording.text("Order, from the least to the most advantaged"),
        groups,
        key=key,
        placeholder=wording.text("choose the least advantaged first"),
    )
    if len(order) < FEWEST_IN_ORDER or order == now:
        return
    places = sorted({place for one in added if one.belongs_to == dimension.key for place in one.municipalities})
    if why := permissions.reason_not_allowed(Action.STORE, wording, places):
        st.info(formatting.plain(why), icon=":material/block:")
        return
    label = dimension.label(wording.code)
    said = wording.text("The groups of {dimension} have an order.", dimension=label)
    title = wording.text("Order of {dimension}", dimension=label)
    _save(view, in_order(dimension.key, order, places), tuple(places), dimension, said, title=title, key="order_save")


def _save(
    view: GapData, entries: Rows, places: tuple[str, ...], dimension: Dimension, said: str, *, title: str, key: str
) -> None:
    """Show what the entries do to the gaps, and store them once the person agrees."""
    wording = view.wording
    show_effect_on_dimension(view, names_payload(entries), places, dimension.key)
    if st.button(wording.text("Save"), type="primary", icon=":material/save:", key=key):
        if form_entry.enter(view, {Form.NAMES: for_sheet(entries)}, f"{title}.xlsx", said):
            for field in (GROUP, NAME, f"{ORDER}_{dimension.key}"):
                st.session_state.pop(field, None)
        st.rerun()
