"""Pages in the order of the menu."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from analysis.auth.roles import Action, Person
from analysis.i18n import Wording


def pages(wording: Wording, who: Person | None) -> dict[str, list[StreamlitPage]]:
    """Return every page under its name in this language. Without icons: the browser would fetch them from outside.

    The menu lacks pages that the person may not see; such a page states this when its address is opened.
    """
    return {
        wording.text("The gaps"): [
            st.Page("overview.py", title=wording.text("Overview"), default=True),
            st.Page("social_groups.py", title=wording.text("Social groups")),
            st.Page("stages.py", title=wording.text("Where on the way")),
            st.Page("municipalities.py", title=wording.text("Municipalities")),
            st.Page("adjustments.py", title=wording.text("Adjustments")),
            st.Page("adjustment.py", title=wording.text("One adjustment")),
            st.Page("over_time.py", title=wording.text("Over time")),
        ],
        wording.text("The theme days"): [
            st.Page("spread.py", title=wording.text("Spread")),
            st.Page("understandings.py", title=wording.text("Understandings")),
            st.Page("actions.py", title=wording.text("Actions")),
            st.Page("requests.py", title=wording.text("Requests")),
            st.Page("municipality.py", title=wording.text("One municipality")),
            st.Page("theme_day.py", title=wording.text("During a theme day")),
        ],
        wording.text("On stage"): [st.Page("stories.py", title=wording.text("Stories"))],
        wording.text("The data"): [
            st.Page("methods.py", title=wording.text("Methods and data")),
            st.Page("coverage.py", title=wording.text("Coverage")),
            st.Page("offers.py", title=wording.text("Offers")),
            st.Page("upload.py", title=wording.text("Upload")),
            st.Page(
                "audit.py",
                title=wording.text("Who did what"),
                visibility="visible" if who and who.may(Action.WATCH) else "hidden",
            ),
        ],
    }
