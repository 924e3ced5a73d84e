"""A file whose periods are stored already: what is stored beside what the file has, and what the file means."""

from collections.abc import Sequence
from enum import StrEnum

import pandas as pd
import streamlit as st

from analysis.i18n import Wording
from analysis.model.terms import Dimension
from analysis.store import Beside, Overlap
from pages.components import formatting
from pages.import_wizard.job import LATER

LOSSES = "losses"
"""Session key: whether the losses of a replacing file are accepted."""


class Later(StrEnum):
    """What a file means for the periods that are stored already."""

    KEEP = "keep"
    REPLACE = "replace"
    ADD = "add"


def choose_later(
    overlaps: Sequence[Overlap], beside: Sequence[Beside], dimensions: dict[str, Dimension], wording: Wording
) -> Later:
    """Show what is stored beside what the file has, and ask what the file means for it."""
    if not overlaps:
        return Later.REPLACE
    st.header(wording.text("The same periods are stored already"))
    files = ", ".join(dict.fromkeys(one.file_name for one in overlaps))
    st.markdown(formatting.plain(wording.text("From {files}.", files=files)))
    if beside:
        _show(beside, dimensions, wording)
    choices = {
        Later.KEEP: wording.text("Keep what is stored, and do not store this file"),
        Later.REPLACE: wording.text("Let this file take its place in these periods"),
        Later.ADD: wording.text("Add this file to what is stored: they are other citizens"),
    }
    chosen = st.radio(
        wording.text("What does this file mean?"), list(choices), format_func=choices.__getitem__, key=LATER
    )
    if chosen is Later.REPLACE and any(one.is_loss for one in beside):
        st.error(formatting.plain(_losses(beside, wording)), icon=":material/trending_down:")
        st.checkbox(wording.text("I know that fewer citizens are counted then"), key=LOSSES)
    return Later(chosen)


def loses_unseen(later: Later, beside: Sequence[Beside]) -> bool:
    """Return whether citizens would be lost, and the person has not said that they know."""
    loses = later is Later.REPLACE and any(one.is_loss for one in beside)
    return loses and not st.session_state.get(LOSSES)


def _show(beside: Sequence[Beside], dimensions: dict[str, Dimension], wording: Wording) -> None:
    stages = (wording.text("invited"), wording.text("participated"), wording.text("completed"))
    rows = [
        {
            wording.text("Municipality"): one.municipality,
            wording.text("Offer"): one.offer,
            wording.text("Dimension"): dimensions[one.dimension].label(wording.code)
            if one.dimension in dimensions
            else one.dimension,
            wording.text("Period"): f"{wording.date(one.start)} – {wording.date(one.last_day)}",
            wording.text("Citizens"): stage,
            wording.text("Stored now"): wording.integer(stored),
            wording.text("In the file"): wording.integer(in_file),
            wording.text("Difference"): wording.signed(in_file - stored, digits=0),
        }
        for one in beside
        for stage, stored, in_file in zip(stages, one.stored, one.in_file, strict=True)
    ]
    formatting.table(
        pd.DataFrame(rows),
        key=f"beside_{len(rows)}",
        text_columns=5,
        alt=wording.text("What is stored now beside what the file has"),
    )


def _losses(beside: Sequence[Beside], wording: Wording) -> str:
    """Say in words what would be lost."""
    lost = [one for one in beside if one.is_loss]
    parts = [
        wording.text(
            "{offer}, {start} to {end}: {stored} participants are counted now, and {in_file} afterwards",
            offer=one.offer,
            start=wording.date(one.start),
            end=wording.date(one.last_day),
            stored=wording.integer(one.stored[1]),
            in_file=wording.integer(one.in_file[1]),
        )
        for one in {(one.offer, one.start): one for one in lost}.values()
    ]
    return wording.text("If the file takes their place, fewer citizens are counted. {parts}.", parts="; ".join(parts))
