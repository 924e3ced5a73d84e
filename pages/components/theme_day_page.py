"""Start and end of the theme-day pages: filters, question and footnotes."""

from typing import NoReturn

import streamlit as st

from analysis.exhibits.theme_day_data import ThemeDayData, chosen_theme_day_data
from analysis.i18n import Wording
from pages.components import empty_states, formatting, session
from pages.components.exhibit_context import context


def begin(question: str, *, needs: str | None = None, of_place: bool = True) -> ThemeDayData:
    """Draw the filters and the question, and return the theme-day data.

    Stop the page if the table ``needs`` is empty.
    """
    themes = choose(session.language(), adding=needs is None, of_place=of_place)
    formatting.heading(question, themes.wording, synthetic=themes.synthetic)
    if needs is not None and getattr(themes, needs).empty:
        nothing_stored(themes.wording)
    return themes


def nothing_stored(wording: Wording) -> NoReturn:
    """Report that the selection has no theme-day data of this kind, and stop the page."""
    st.info(wording.text("Nothing of this is stored for what is chosen."), icon=":material/filter_alt_off:")
    st.page_link("upload.py", label=wording.text("Go to upload"), icon=":material/upload_file:")
    st.stop()


def choose(wording: Wording, *, adding: bool = False, beside_gaps: bool = False, of_place: bool = True) -> ThemeDayData:
    """Draw the filters: the kind of data, and with ``of_place`` the place.

    Stop the page if there are no data. A page for ``adding`` may be empty. A page that shows theme days ``beside_gaps``
    needs data of either kind.
    """
    data = session.data()
    version = data.database.version()
    kinds = data.theme_day_kinds(version) | (set(data.coverage(version)) if beside_gaps else set())
    if not kinds and not adding:
        empty_states.no_theme_days(wording)
    with st.sidebar:
        return chosen_theme_day_data(context(wording), kinds, adding=adding, with_places=of_place)


def footnotes(themes: ThemeDayData, *lines: str) -> None:
    """Show notes for the reader, the published totals, and the source."""
    st.caption("  \n".join(formatting.plain(line) for line in (*lines, *themes.notes, themes.source)))
