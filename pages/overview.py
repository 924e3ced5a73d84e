"""Overview page: four figures, each group before and after, the largest changes, and the limits of the data."""

import streamlit as st

from analysis.exhibits.changes import extremes
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.groups import groups
from analysis.i18n.answers import change_in_words
from analysis.measures.result_frame import State
from pages.components import formatting, session
from pages.components.exhibit_card import exhibit
from pages.components.gap_page import begin
from pages.components.headline import headline_figures


def what_is_not_known(view: GapData) -> list[str]:
    """Return the limits of the figures, one line each."""
    wording = view.wording
    lines = [*view.doubts, *view.left_out]
    hidden = int(view.offer_changes["state"].eq(State.HIDDEN).sum())
    if hidden:
        lines.append(
            wording.texts(
                "Hidden: {count} offer, whose numbers are too small to show by itself.",
                "Hidden: {count} offers, whose numbers are too small to show by themselves.",
                hidden,
            )
        )
    return lines


@st.fragment
def added_up(view: GapData) -> None:
    """Show the crude change, of all citizens added up, once it is asked for."""
    wording = view.wording
    label = wording.text("All citizens added up, whatever their offer")
    place = st.expander(label, key="added_up", on_change="rerun")
    if not place.open:
        return
    change = view.crude_change
    if change["state"] == State.SHOWN:
        said = change_in_words(change, view.question, wording)
        said += " " + wording.text(
            "Here a change in who goes where counts as a change, and offers without both phases too."
        )
    else:
        said = wording.text("There are too few citizens, or none, to add up before and after.")
    place.markdown(formatting.plain(said))


wording = session.language()
view = begin(wording.text("Did access become more equal?"), wording.text("How equal is access?"))
headline_figures(view)
exhibit(groups(view))
if not view.is_now:
    added_up(view)
if ends := extremes(view):
    exhibit(ends)
if lines := what_is_not_known(view):
    st.header(wording.text("What is not known?"))
    st.markdown("\n".join(f"- {formatting.plain(line)}" for line in lines))
formatting.footnotes(view, with_left_out=False)
