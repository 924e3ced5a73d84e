"""What an entry on an offer or on groups does to the gaps."""

from collections.abc import Collection
from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis import store
from analysis.auth.roles import NotAllowed
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.offers import names
from analysis.exhibits.tables import NOTHING
from analysis.i18n import Wording
from analysis.intake.offer_entries import OfferChange
from analysis.model.terms import Rate
from analysis.store import ImportMode, ImportPayload, Snapshot, Source
from pages.components import formatting, session
from pages.components.gap_preview import Key, gap_figures
from pages.components.sign_in import signed_in_person


def show_effect(view: GapData, change: OfferChange) -> None:
    """Show a table of the offer's gaps with and without the change."""
    wording = view.wording
    found = _before_and_after(view, change.payload(names(view)))
    if found is None:
        return
    before, after = found
    now = {change.offer: gap_figures(_of(before, change, change.offer), wording)}
    other = change.new_name if change.new_name and (change.municipality, change.new_name) in view.offers else ""
    if other:
        now[other] = gap_figures(_of(before, change, other), wording)
        _say_what_is_added(before, change, other, wording)
    then = gap_figures(_of(after, change, change.new_name or change.offer), wording)
    if other:
        columns = {**now, wording.text("Together"): then}
    else:
        columns = {wording.text("As it is"): now[change.offer], wording.text("As it will be"): then}
    _table(columns, before, wording)


def show_effect_on_dimension(view: GapData, payload: ImportPayload, places: Collection[str], dimension: str) -> None:
    """Show a table of the gaps of one dimension in these municipalities with and without the payload."""
    wording = view.wording
    found = _before_and_after(view, payload)
    if found is None:
        return
    before, after = (replace(one, counts=_of_dimension(one, places, dimension)) for one in found)
    columns = {
        wording.text("As it is"): gap_figures(before, wording),
        wording.text("As it will be"): gap_figures(after, wording),
    }
    _table(columns, after, wording)


def _of_dimension(data: Snapshot, places: Collection[str], dimension: str) -> dict[str, pd.DataFrame]:
    months = data.counts.get(dimension)
    return {} if months is None else {dimension: months[months["municipality"].isin(list(places))]}


def _before_and_after(view: GapData, payload: ImportPayload) -> tuple[Snapshot, Snapshot] | None:
    """Return the data without and with an entry; None for a person who may not store it."""
    try:
        return store.preview_import(
            session.database(),
            payload,
            store.counts_of(ImportPayload()),
            Source("", "", synthetic=view.synthetic, typed=True),
            by=signed_in_person(),
            disclosure_level=session.disclosure_level(),
            mode=ImportMode.NEW,
        )
    except NotAllowed:
        return None


def _of(data: Snapshot, change: OfferChange, offer: str) -> Snapshot:
    """Return the data of one offer."""
    counts = {
        key: months[(months["municipality"] == change.municipality) & (months["offer"] == offer)]
        for key, months in data.counts.items()
    }
    return replace(data, counts={key: months for key, months in counts.items() if len(months)})


def _say_what_is_added(before: Snapshot, change: OfferChange, other: str, wording: Wording) -> None:
    """Say in how many periods both offers have numbers: they are added up there."""
    both = [
        set(pd.concat([one["period_start"] for one in _of(before, change, offer).counts.values()] or [pd.Series()]))
        for offer in (change.offer, other)
    ]
    shared = len(both[0] & both[1])
    values = {"offer": change.offer, "other": other}
    said = wording.text("“{offer}” and “{other}” become one offer, “{other}”.", **values)
    if shared:
        said += " " + wording.texts(
            "In {count} period both have numbers, which are added up.",
            "In {count} periods both have numbers, which are added up.",
            shared,
        )
    st.info(formatting.plain(said), icon=":material/merge:")


def _table(columns: dict[str, dict[Key, str]], before: Snapshot, wording: Wording) -> None:
    rates = {Rate.PARTICIPATION: wording.text("Participation"), Rate.COMPLETION: wording.text("Completion")}
    keys = dict.fromkeys(key for figures in columns.values() for key in figures)
    rows = [
        {
            wording.text("Dimension"): before.dimensions[key].label(wording.code),
            wording.text("Rate"): rates[rate],
            **{title: figures.get((key, rate), NOTHING) for title, figures in columns.items()},
        }
        for key, rate in keys
        if len({figures.get((key, rate), NOTHING) for figures in columns.values()}) > 1
    ]
    if not rows:
        st.caption(formatting.plain(wording.text("The gaps stay as they are.")))
        return
    formatting.label(wording.text("The gap in percentage points"))
    formatting.table(
        pd.DataFrame(rows),
        key=f"offer_effect_{len(rows)}_{len(columns)}",
        text_columns=2,
        alt=wording.text("The gaps as they are and as they will be"),
    )
