"""How files of the same kind were read before, offered for this one."""

from contextlib import suppress

import streamlit as st

from analysis.access import NotAllowed
from analysis.intake.remembering import Decisions, from_json, remembered
from analysis.store import SavedMapping, forget_mapping
from analysis.wording import Wording
from pages.parts import session, show
from pages.parts.uploading.work import Work


def offer_remembered(work: Work, wording: Wording) -> None:
    """One button for each way in which files of this shape were read before."""
    assert work.reading is not None
    known = remembered(session.database(), work.reading)
    if not known:
        return
    if name := work.cache.get("read_as"):
        st.success(show.plain(wording.text("Read as “{name}”.", name=name)), icon=":material/bookmark_added:")
        return
    with st.container(border=True, key="remembered"):
        st.markdown(show.plain(wording.text("Files of this shape have been read before.")))
        for number, one in enumerate(known):
            with st.container(horizontal=True):
                st.button(
                    show.plain(wording.text("Read it as “{name}”", name=one.name)),
                    key=f"read_as_{number}",
                    icon=":material/bookmark:",
                    on_click=_read_as,
                    args=(work, one),
                )
                st.button(
                    wording.text("Forget it"),
                    key=f"forget_{number}",
                    type="tertiary",
                    on_click=_forget,
                    args=(one.name,),
                )


def _forget(name: str) -> None:
    with suppress(NotAllowed):  # Who may not is shown no upload any more.
        forget_mapping(session.database(), name, by=session.person())


def _read_as(work: Work, saved: SavedMapping) -> None:
    found = from_json(saved.mapping)
    work.decisions = Decisions(found.mapping, found.mending)
    work.cache["read_as"] = saved.name
