"""A file whose periods are stored already: what is stored beside what the file has, and what the file means."""

from collections.abc import Sequence
from typing import TypeGuard

import pandas as pd
import streamlit as st

from analysis.i18n import Wording
from analysis.intake.findings.findings import sentence
from analysis.intake.report import rows_stored
from analysis.intake.validate.likely_mode import after_correction, by_numbers, likely_mode
from analysis.intake.validate.stored_data import not_correctable
from analysis.model.terms import Dimension
from analysis.store import Beside, Correction, ImportMode, Overlap
from pages.components import formatting
from pages.import_wizard.job import LATER

LOSSES = "losses"
"""Session key: whether the losses of a replacing file are accepted."""
KEEP = "keep"
"""The choice not to store the file."""


def choose_later(
    overlaps: Sequence[Overlap],
    beside: Sequence[Beside],
    correction: Correction | None,
    dimensions: dict[str, Dimension],
    wording: Wording,
) -> ImportMode | None:
    """Show what is stored beside what the file has, and ask what the file means for it; None to keep what is stored."""
    is_correction = correction is not None and correction.corrected > 0
    if not overlaps and not is_correction:
        return ImportMode.NEW
    st.header(wording.text("Some of it is stored already"))
    if overlaps:
        files = ", ".join(dict.fromkeys(one.file_name for one in overlaps))
        st.markdown(formatting.plain(wording.text("The same periods are stored from {files}.", files=files)))
    if correction is not None:
        st.markdown(formatting.plain(rows_stored(correction, wording)))
    if beside:
        _show(beside, wording.text("In the file"), dimensions, wording)
    choices = _choices(wording)
    chosen = st.radio(
        wording.text("What does this file mean?"), list(choices), format_func=choices.__getitem__, key=LATER
    )
    if likely := likely_mode(correction, beside):
        st.caption(formatting.plain(wording.text("Probably: {choice}.", choice=choices[likely])))
    if chosen == ImportMode.REPLACE and any(one.is_loss for one in beside):
        st.error(formatting.plain(_losses(beside, wording)), icon=":material/trending_down:")
        st.checkbox(wording.text("I know that fewer citizens are counted then"), key=LOSSES)
    if chosen == ImportMode.ADD and _is_stored_already(correction):
        st.error(formatting.plain(_again(correction, wording)), icon=":material/content_copy:")
        st.checkbox(wording.text("I know that these citizens count twice then"), key=LOSSES)
    if chosen == KEEP:
        st.info(formatting.plain(wording.text("The file can be stored once you choose what it means.")))
    if chosen == ImportMode.CORRECT and correction is not None:
        for finding in not_correctable(correction):
            st.error(formatting.plain(sentence(finding, wording)), icon=":material/error:")
        if correction.is_possible and beside:
            _show(after_correction(beside, correction), wording.text("After the correction"), dimensions, wording)
    return None if chosen == KEEP else ImportMode(chosen)


def _choices(wording: Wording) -> dict[str, str]:
    return {
        KEEP: wording.text("Keep what is stored, and do not store this file"),
        ImportMode.CORRECT: wording.text("Correct the rows that are stored already, and add the others"),
        ImportMode.REPLACE: wording.text("Let this file take its place in these periods"),
        ImportMode.ADD: wording.text("Add this file to what is stored: they are other citizens"),
    }


def why_not_later(
    mode: ImportMode, beside: Sequence[Beside], correction: Correction | None, wording: Wording
) -> list[str]:
    """Return the reasons against storing the file in this mode."""
    loses = mode is ImportMode.REPLACE and any(one.is_loss for one in beside)
    if loses and not st.session_state.get(LOSSES):
        return [wording.text("Say above that you know of the loss.")]
    if mode is ImportMode.ADD and _is_stored_already(correction) and not st.session_state.get(LOSSES):
        return [wording.text("Say above that you know that they count twice.")]
    if mode is ImportMode.CORRECT and correction is not None and not correction.is_possible:
        return [wording.text("The rows can't be corrected. The reason stands above.")]
    return []


def _is_stored_already(correction: Correction | None) -> TypeGuard[Correction]:
    """Return whether most rows of the file are stored already, so that adding them would count them twice."""
    return correction is not None and correction.corrected > correction.new


def _again(correction: Correction, wording: Wording) -> str:
    return wording.texts(
        "{count} row of the file is stored already and would count twice.",
        "{count} rows of the file are stored already and would count twice.",
        correction.corrected,
    )


def _show(beside: Sequence[Beside], name: str, dimensions: dict[str, Dimension], wording: Wording) -> None:
    """Show the stored numbers, others under this name, and the difference; dimensions with equal numbers together."""

    def named(keys: Sequence[str]) -> str:
        if len(keys) > 1:
            return wording.text("{count} dimensions", count=wording.integer(len(keys)))
        known = dimensions.get(keys[0])
        return known.label(wording.code) if known else keys[0]

    rows = [
        {
            wording.text("Municipality"): one.municipality,
            wording.text("Offer"): one.offer,
            wording.text("Dimension"): named(keys),
            wording.text("Period"): f"{wording.date(one.start)} – {wording.date(one.last_day)}",
            wording.text("Stored now"): " / ".join(map(wording.integer, one.stored)),
            name: " / ".join(map(wording.integer, one.in_file)),
            wording.text("Difference"): " / ".join(
                wording.signed(other - stored, digits=0) for stored, other in zip(one.stored, one.in_file, strict=True)
            ),
        }
        for one, keys in by_numbers(beside).items()
    ]
    formatting.label(wording.text("Citizens: invited / participated / completed"))
    formatting.table(
        pd.DataFrame(rows),
        key=f"beside_{len(rows)}_{len(name)}",
        text_columns=4,
        alt=wording.text("What is stored now beside what the file has"),
    )


def _losses(beside: Sequence[Beside], wording: Wording) -> str:
    """Say in words what would be lost."""
    lost = [one for one in beside if one.is_loss]
    parts = [
        wording.text(
            "{offer}, {start} to {end}: invited, participated and completed are {stored} now, and {in_file} afterwards",
            offer=one.offer,
            start=wording.date(one.start),
            end=wording.date(one.last_day),
            stored=" / ".join(map(wording.integer, one.stored)),
            in_file=" / ".join(map(wording.integer, one.in_file)),
        )
        for one in {(one.offer, one.start): one for one in lost}.values()
    ]
    return wording.text("If the file takes their place, a stage has fewer citizens. {parts}.", parts="; ".join(parts))
