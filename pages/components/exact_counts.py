"""Switch for exact counts, for a person at the local computer, and the note on every page while it is on."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.i18n import Wording
from analysis.i18n.sentences import exactness
from pages.components import formatting, session
from pages.components.sign_in import signed_in_person

_NO_BARE_TABLES = """<style>
[data-testid="stElementToolbarButton"] [aria-label^="Download as CSV"] {display: none}
</style>"""
"""Hide the table download of the browser: the file could not state that its counts are exact.

The Excel download states it.
"""


def offer(wording: Wording) -> None:
    """Show the switch if the program requires no sign-in. Its state persists on pages without the switch."""
    if signed_in_person() is not NOBODY_SIGNED_IN:
        return
    st.session_state[session.EXACT_COUNTS] = session.exact_counts()
    st.toggle(
        wording.text("Exact counts"),
        key=session.EXACT_COUNTS,
        help=formatting.plain(
            wording.text(
                "Own data are rounded, so that nobody can be recognised. Switch this on only where nobody else "
                "sees the screen. Every page and every file then says so."
            )
        ),
    )
    st.session_state[session.EXACT_COUNTS_HELD] = session.exact_counts()


def hide_table_downloads() -> None:
    """Hide the table download of the browser, on a page with exact counts."""
    st.html(_NO_BARE_TABLES)


@contextmanager
def with_exact_counts_note(wording: Wording) -> Iterator[None]:
    """Draw the page in this block. Then state at the bottom that exact counts are on, also if the page stops early.

    For a consultant with exact counts of their own municipalities, the page content itself states it.
    """
    try:
        yield
    finally:
        if session.exact_counts():
            st.warning(formatting.plain(exactness(wording)), icon=":material/visibility:")
        seen = session.disclosure_level()
        if seen.everywhere or seen.exact:
            hide_table_downloads()
