"""Uploads that were not finished: kept for a while in memory, so that a reload of the page does not lose them."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import streamlit as st

from analysis.i18n import Wording
from analysis.intake.mapping.saved_mappings import Decisions
from pages.components import formatting
from pages.components.sign_in import signed_in_person
from pages.import_wizard.job import LATER, MAPPING_NAME, SHOWS_ON, ImportJob, forget

SECONDS_KEPT = 30 * 60
MOST_FILES, MOST_BYTES = 20, 300 * 2**20
"""Maximum of what is kept in memory for everybody together. The oldest goes first."""
_COOKIE = "_streamlit_xsrf"
_OF_WIDGETS = ("map_", "by_hand_", LATER, MAPPING_NAME, SHOWS_ON)
_BUTTONS = {"map_likely", "map_file"}
_CONTINUED = "continued"


@dataclass(frozen=True)
class Unfinished:
    """An upload as far as it came: the file, the decisions, and what the widgets said."""

    file_name: str
    content: bytes
    decisions: Decisions
    no_cpr: frozenset[str]
    widgets: dict[str, Any]
    since: float


@dataclass
class Shelf:
    """The unfinished uploads of all browsers, by the key of each."""

    now: Callable[[], float] = time.time
    _kept: dict[str, Unfinished] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def put(self, key: str, one: Unfinished) -> None:
        """Keep this upload, in place of an earlier one of the same browser."""
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = one
            self._drop_old()

    def get(self, key: str) -> Unfinished | None:
        """Return the upload of this browser, unless it is too old."""
        with self._lock:
            self._drop_old()
            return self._kept.get(key)

    def drop(self, key: str) -> None:
        """Keep nothing for this browser any more."""
        with self._lock:
            self._kept.pop(key, None)

    def _drop_old(self) -> None:
        for key in [key for key, one in self._kept.items() if self.now() - one.since > SECONDS_KEPT]:
            del self._kept[key]
        while len(self._kept) > MOST_FILES or sum(len(one.content) for one in self._kept.values()) > MOST_BYTES:
            del self._kept[next(iter(self._kept))]


@st.cache_resource(show_spinner=False)
def shelf() -> Shelf:
    """Return the single shelf of the process."""
    return Shelf()


def browser_key(cookie: str, person: str) -> str:
    """Return the key of a person in a browser, from its cookie against forged requests; empty without one.

    The cookie is ``2|mask|masked|time``, with another mask each time.
    """
    parts = cookie.split("|")
    try:
        mask, masked = bytes.fromhex(parts[1]), bytes.fromhex(parts[2])
    except (IndexError, ValueError):
        return ""
    if not mask or len(masked) < 16:
        return ""
    token = bytes(byte ^ mask[place % len(mask)] for place, byte in enumerate(masked))
    return hashlib.sha256(token + person.encode()).hexdigest()


def _key() -> str:
    return browser_key(str(st.context.cookies.get(_COOKIE, "")), signed_in_person().name)


def keep(work: ImportJob) -> None:
    """Keep this upload for a reload, in memory only. A refused file, as one with CPR numbers, is not kept."""
    key = _key()
    if not key or not work.content or work.reading is None or not work.reading.sheets:
        return
    state = {str(name): value for name, value in st.session_state.items()}
    widgets = {name: value for name, value in state.items() if name.startswith(_OF_WIDGETS) and name not in _BUTTONS}
    plain = {name: value for name, value in widgets.items() if not isinstance(value, dict)}
    shelf().put(key, Unfinished(work.file_name, work.content, work.decisions, work.no_cpr, plain, time.time()))


def drop() -> None:
    """Keep nothing of this browser: the file was stored or taken away."""
    st.session_state.pop(_CONTINUED, None)
    if key := _key():
        shelf().drop(key)


def continued() -> ImportJob | None:
    """Return the upload that the person goes on with after a reload."""
    work: ImportJob | None = st.session_state.get("work")
    return work if work is not None and st.session_state.get(_CONTINUED) == work.file_id else None


def offer_unfinished(wording: Wording) -> None:
    """Offer to go on with the upload that a reload of the page interrupted."""
    key = _key()
    one = shelf().get(key) if key else None
    if one is None or "work" in st.session_state:
        return
    with st.container(border=True, key="unfinished"):
        st.markdown(formatting.plain(wording.text("You had not finished with {name}.", name=one.file_name)))
        with st.container(horizontal=True):
            st.button(
                wording.text("Go on with it"), key="go_on", icon=":material/resume:", on_click=_go_on, args=(one,)
            )
            st.button(wording.text("Discard it"), key="discard", icon=":material/close:", on_click=drop)


def _go_on(one: Unfinished) -> None:
    """Take the upload up again; a callback."""
    forget()
    work = ImportJob(f"continued-{one.since}", one.file_name, one.content, decisions=one.decisions, no_cpr=one.no_cpr)
    st.session_state["work"] = work
    st.session_state[_CONTINUED] = work.file_id
    for name, value in one.widgets.items():
        st.session_state[name] = value
