"""Offers page: names that are alike, a form to rename, merge and describe an offer, and a table of all offers."""

import streamlit as st

from analysis.exhibits.offers import offers
from pages.components import form_entry, formatting, session
from pages.components.breadcrumbs import breadcrumbs
from pages.components.filter_sidebar import choose
from pages.components.offers.alike_names import show_alike
from pages.components.offers.change_form import change_offer

wording = session.language()
view = choose(wording)
breadcrumbs(view)
formatting.heading(wording.text("Which offers are there?"), wording, synthetic=view.synthetic)
form_entry.ask_person(wording)
form_entry.show_last_entry(wording)
show_alike(view)
change_offer(view)
rows = offers(view)
st.header(wording.texts("{count} offer", "{count} offers", len(rows)))
alt = wording.text("The offers and what is stated of them")
formatting.table(rows, key=f"offers_{len(rows)}", text_columns=6, alt=alt)
