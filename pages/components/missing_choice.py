"""Message for a link with a choice that does not exist."""

import streamlit as st

from analysis.exhibits.choice_texts import missing_text
from analysis.exhibits.choosing import MissingChoice
from analysis.model.choices import with_dependent
from pages.components import formatting, process
from pages.components.choice_state import clear


def show_missing_choice(missing: MissingChoice) -> None:
    """Show the missing choice, and a button that opens the page without it."""
    wording = process.language_before_signing_in()
    st.title(wording.text("This cannot be shown"))
    way_on = wording.text("Nothing else is shown in its place. The link may be old or mistyped.")
    st.warning(formatting.plain(f"{missing_text(missing, wording)} {way_on}"), icon=":material/link_off:")
    st.button(
        wording.text("Show the page without this choice"),
        key="without_gone",
        type="primary",
        icon=":material/filter_alt_off:",
        on_click=clear,
        args=(with_dependent(missing.key),),
    )
