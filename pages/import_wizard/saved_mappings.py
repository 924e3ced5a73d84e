"""Saved mappings of files with the same columns, offered for this file; also from a colleague's file."""

from contextlib import suppress

import streamlit as st

from analysis.auth.roles import NotAllowed
from analysis.i18n import Wording
from analysis.intake.mapping.saved_mappings import Decisions, NotAMapping, Remembered, parsed, placed_in, remembered
from analysis.store import forget_mapping
from pages.components import formatting, recovery, session
from pages.components.sign_in import signed_in_person
from pages.import_wizard.job import ImportJob

MOST_NAMED = 6
"""Maximum number of new columns that are named."""


def offer_saved_mapping(work: ImportJob, wording: Wording) -> None:
    """Show one button for each saved mapping that fits the file, and take a mapping from a file."""
    assert work.reading is not None
    if name := work.cache.get("read_as"):
        st.success(formatting.plain(wording.text("Read as “{name}”.", name=name)), icon=":material/bookmark_added:")
        label = wording.text("Do not read it so")
        st.button(label, key="not_so", type="tertiary", icon=":material/undo:", on_click=_not_so, args=(work,))
        return
    reading = work.reading
    known = work.kept(("remembered", session.database().version()), lambda: remembered(session.database(), reading))
    if known:
        with st.container(border=True, key="remembered"):
            st.markdown(formatting.plain(wording.text("Files with these columns have been read before.")))
            for number, one in enumerate(known):
                _offer(work, number, one, wording)
    _take_from_file(work, wording)


def _offer(work: ImportJob, number: int, one: Remembered, wording: Wording) -> None:
    with st.container(horizontal=True):
        st.button(
            formatting.plain(wording.text("Read it as “{name}”", name=one.name)),
            key=f"read_as_{number}",
            icon=":material/bookmark:",
            on_click=_read_as,
            args=(work, one.name, one.decisions),
        )
        st.button(
            wording.text("Forget it"),
            key=f"forget_{number}",
            type="tertiary",
            on_click=recovery.reporting_database_errors(_forget),
            args=(one.name,),
        )
    if one.new_columns:
        said = wording.text("New columns since then: {names}.", names=", ".join(one.new_columns[:MOST_NAMED]))
        st.caption(formatting.plain(said))


def _take_from_file(work: ImportJob, wording: Wording) -> None:
    """Take a mapping that a colleague has downloaded."""
    with st.expander(
        wording.text("A colleague's mapping as a file"), on_change="rerun", key="mapping_file_open"
    ) as inside:
        if not inside.open:
            return
        chosen = st.file_uploader(wording.text("Mapping (.json)"), type=["json"], max_upload_size=1, key="mapping_file")
    if chosen is None:
        return
    try:
        decisions = parsed(chosen.getvalue().decode("utf-8"))
    except (NotAMapping, UnicodeDecodeError):
        said = wording.text("“{name}” is not a mapping that was downloaded here.", name=chosen.name)
        st.error(formatting.plain(said), icon=":material/error:")
        return
    assert work.reading is not None
    _read_as(work, chosen.name.rsplit(".", 1)[0], placed_in(work.reading, decisions))
    st.rerun()


def _forget(name: str) -> None:
    with suppress(NotAllowed):  # A person without permission no longer sees the upload.
        forget_mapping(session.database(), name, by=signed_in_person())


def _not_so(work: ImportJob) -> None:
    """Forget the saved mapping for this file; a callback."""
    work.decisions = Decisions()
    work.cache.pop("read_as")


def _read_as(work: ImportJob, name: str, decisions: Decisions) -> None:
    work.decisions = decisions
    work.cache["read_as"] = name
