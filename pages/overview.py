"""Did access become more equal? Four figures, each group before and after, where it changed most, what is not known."""

import streamlit as st

from analysis.measures.frame import State
from analysis.model import MISSING
from pages.parts import session, show
from pages.parts.answers import headline_figures
from pages.parts.exhibit import exhibit
from pages.parts.exhibits.changes import extremes
from pages.parts.exhibits.groups import groups
from pages.parts.page import begin
from pages.parts.view import View


def what_is_not_known(view: View) -> list[str]:
    """What the figures leave out, a line each."""
    wording = view.wording
    lines = list(view.left_out)
    missing = view.citizens(view.counts[view.counts["group"] == MISSING])
    if missing >= session.settings().smallest_count:
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


wording = session.language()
view = begin(wording.text("Did access become more equal?"))
headline_figures(view)
exhibit(groups(view))
if ends := extremes(view):
    exhibit(ends)
if lines := what_is_not_known(view):
    st.header(wording.text("What is not known?"))
    st.markdown("\n".join(f"- {show.plain(line)}" for line in lines))
show.footnotes(view, with_left_out=False)
