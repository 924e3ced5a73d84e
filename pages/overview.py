"""Did access become more equal? Four figures, each group before and after, where it changed most, what is not known."""

import pandas as pd
import streamlit as st

from analysis.measures.frame import State
from analysis.model import MISSING
from pages.parts import session, show
from pages.parts.answers import changes_chart, groups_exhibit, headline_figures
from pages.parts.exhibit import exhibit, measured_table
from pages.parts.offers import how_many, offer_changes, offer_labels
from pages.parts.page import begin
from pages.parts.view import View

AT_EACH_END = 3
FEWEST_BEHIND_A_NAME = 2


def strongest_and_weakest(changes: pd.DataFrame) -> pd.DataFrame:
    """The offers at either end of those that are shown."""
    shown = changes[changes["state"] == State.SHOWN].sort_values("estimate", ignore_index=True)
    if len(shown) <= 2 * AT_EACH_END:
        return shown
    return pd.concat([shown.head(AT_EACH_END), shown.tail(AT_EACH_END)], ignore_index=True)


def what_is_not_known(view: View) -> list[str]:
    """What the figures leave out, a line each."""
    wording = view.wording
    lines = show.left_out(view)
    missing = view.citizens(view.counts[view.counts["group"] == MISSING])
    if missing >= session.settings().smallest_count:
        lines.append(
            wording.text(
                "The group of {missing} of {all} citizens is not stated. They are counted, and compared with nobody.",
                missing=wording.integer(missing),
                all=wording.integer(view.citizens(view.counts)),
            )
        )
    hidden = int(view.changes(["municipality", "offer"])["state"].eq(State.HIDDEN).sum())
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
groups_exhibit(view)
changes = offer_changes(view)
extremes = strongest_and_weakest(changes)
if len(extremes) >= FEWEST_BEHIND_A_NAME:
    exhibit(
        view,
        changes_chart(view, extremes, offer_labels(view, extremes)),
        key="extremes",
        asks=wording.text("Where did it change most, and where least?"),
        answers=how_many(changes, view),
        numbers=measured_table(
            view,
            changes,
            ["municipality", "offer", "before", "after", "estimate", "lower", "upper", "direction", "n"],
        ),
        drill=("municipality", "offer"),
    )
if lines := what_is_not_known(view):
    st.header(wording.text("What is not known?"))
    st.markdown("\n".join(f"- {show.plain(line)}" for line in lines))
show.footnotes(view, with_left_out=False)
