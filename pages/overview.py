"""Did access become more equal? Four figures, each group before and after, and one sentence."""

import streamlit as st

from analysis.charts.dumbbells import dumbbell
from analysis.wording.sentences import change_headline, change_sentence
from pages.parts import session, show
from pages.parts.figures import headline_figures
from pages.parts.view import choose

wording = session.language()
view = choose(wording)
change = view.change()
headline = change_headline(change, view.selection.rate, wording)
sentence = change_sentence(change, view.compared, view.reference, view.selection.rate, wording)

show.heading(wording.text("Did access become more equal?"), view)
headline_figures(view, change)
st.subheader(headline)
st.markdown(show.plain(sentence))
show.chart(
    dumbbell(
        view.rates(["group", "phase"]),
        labels=view.labels(),
        wording=wording,
        theme=session.theme(),
        reference=view.selection.reference,
        compared=view.selection.group,
    ),
    alt=f"{headline}. {sentence}",
    key="overview_chart",
)
show.footnotes(view)
