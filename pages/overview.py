"""Overview page: four figures, each group before and after, the largest changes, and the limits of the data."""

import streamlit as st

from analysis.exhibits.cell_texts import state_text
from analysis.exhibits.changes import extremes
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.groups import groups
from analysis.i18n.answers import change_in_words
from analysis.measures.result_frame import State
from analysis.model.terms import MISSING
from pages.components import formatting, process, session
from pages.components.exhibit_card import exhibit
from pages.components.gap_page import begin
from pages.components.headline import headline_figures


def what_is_not_known(view: GapData) -> list[str]:
    """Return the limits of the figures, one line each."""
    wording = view.wording
    lines = list(view.left_out)
    missing = view.citizens(view.counts[view.counts["group"] == MISSING])
    if missing >= process.settings().smallest_count:
        lines.append(
            wording.text(
                "The group of {missing} of {all} citizens is not stated. They are counted, and compared with nobody.",
                missing=wording.integer(missing),
                all=wording.integer(view.citizens(view.counts)),
            )
        )
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
    else:
        said = str(state_text(change, wording))
    warning = wording.text("Here a change in who goes where counts as a change, and offers without both phases too.")
    place.markdown(formatting.plain(f"{said} {warning}"))


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
