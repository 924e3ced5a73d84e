"""Coverage page: what somebody should ask about, the data by offer and month, and the newest file of each offer."""

import streamlit as st

from analysis.exhibits.coverage import coverage, files, questions
from pages.components import formatting, session
from pages.components.breadcrumbs import breadcrumbs
from pages.components.exhibit_card import exhibit
from pages.components.filter_sidebar import choose

MOST_SHOWN = 8
"""Number of questions that are shown without expanding."""

wording = session.language()
view = choose(wording)
breadcrumbs(view)
formatting.heading(wording.text("Where are data missing?"), wording, synthetic=view.selection.synthetic)
asked = questions(view)
if not asked:
    st.success(
        wording.text("No holes, no jumps, and no offer without new data in the last three months."),
        icon=":material/check_circle:",
    )
else:
    st.header(wording.texts("{count} thing to ask about", "{count} things to ask about", len(asked)))
    st.markdown("\n".join(f"- {formatting.plain(one)}" for one in asked[:MOST_SHOWN]))
    if others := asked[MOST_SHOWN:]:
        label = wording.texts("Show {count} more", "Show {count} more", len(others))
        with st.expander(label, key="more_questions", on_change="rerun") as opened:
            if opened.open:
                st.markdown("\n".join(f"- {formatting.plain(one)}" for one in others))
exhibit(coverage(view))
st.header(wording.text("Which file does it come from?"))
rows = files(view)
formatting.table(rows, key=f"files_{len(rows)}", text_columns=4, alt=wording.text("The newest file of each offer"))
st.caption("  \n".join(map(formatting.plain, [*view.of_protection, view.source])))
