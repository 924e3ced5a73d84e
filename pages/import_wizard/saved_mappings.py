"""Saved mappings of files with the same shape, offered for this file."""

from contextlib import suppress

import streamlit as st

from analysis.auth.roles import NotAllowed
from analysis.i18n import Wording
from analysis.intake.mapping.saved_mappings import Decisions, from_json, saved_mapping
from analysis.store import SavedMapping, forget_mapping
from pages.components import formatting, recovery, session
from pages.components.sign_in import signed_in_person
from pages.import_wizard.job import ImportJob


def offer_saved_mapping(work: ImportJob, wording: Wording) -> None:
    """Show one button for each saved mapping of files of this shape."""
    assert work.reading is not None
    known = saved_mapping(session.database(), work.reading)
    if not known:
        return
    if name := work.cache.get("read_as"):
        st.success(formatting.plain(wording.text("Read as “{name}”.", name=name)), icon=":material/bookmark_added:")
        return
    with st.container(border=True, key="remembered"):
        st.markdown(formatting.plain(wording.text("Files of this shape have been read before.")))
        for number, one in enumerate(known):
            with st.container(horizontal=True):
                st.button(
                    formatting.plain(wording.text("Read it as “{name}”", name=one.name)),
                    key=f"read_as_{number}",
                    icon=":material/bookmark:",
                    on_click=_read_as,
                    args=(work, one),
                )
                st.button(
                    wording.text("Forget it"),
                    key=f"forget_{number}",
                    type="tertiary",
                    on_click=recovery.reporting_database_errors(_forget),
                    args=(one.name,),
                )


def _forget(name: str) -> None:
    with suppress(NotAllowed):  # A person without permission no longer sees the upload.
        forget_mapping(session.database(), name, by=signed_in_person())


def _read_as(work: ImportJob, saved: SavedMapping) -> None:
    found = from_json(saved.mapping)
    work.decisions = Decisions(found.mapping, found.corrections)
    work.cache["read_as"] = saved.name
