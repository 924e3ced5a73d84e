"""The switch for exact counts, for a person at their own computer, and what every page says while it is on."""

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
"""The browser's own copy of a table could not say that its counts are exact. The numbers as Excel do."""


def offer(wording: Wording) -> None:
    """The switch, where nobody signs in. Its state is kept on pages that do not have it."""
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
    """Leave tables without the browser's own way to take them away, on a page with exact counts."""
    st.html(_NO_BARE_TABLES)


@contextmanager
def with_exact_counts_note(wording: Wording) -> Iterator[None]:
    """Draw the page inside. At its foot, also where it stops early, it says that exact counts are on.

    To a consultant who sees exact counts of the own municipalities, the view says so where it is of them.
    """
    try:
        yield
    finally:
        if session.exact_counts():
            st.warning(formatting.plain(exactness(wording)), icon=":material/visibility:")
        seen = session.disclosure_level()
        if seen.everywhere or seen.exact:
            hide_table_downloads()
