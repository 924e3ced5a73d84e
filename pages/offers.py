"""Offers page: names that are alike, forms for offers, groups and municipalities, and a table of all offers."""

import streamlit as st

from analysis.exhibits.offers import offers
from pages.components import form_entry, formatting, session
from pages.components.breadcrumbs import breadcrumbs
from pages.components.filter_sidebar import choose
from pages.components.offers.alike_names import show_alike
from pages.components.offers.change_form import change_offer
from pages.components.offers.groups import change_groups
from pages.components.offers.same_names import show_same_names
from pages.components.offers.taking_out import bring_back, take_out

wording = session.language()
stored = session.data()
if not stored.coverage(stored.database.version()) and bring_back(wording):
    st.stop()
view = choose(wording)
breadcrumbs(view)
formatting.heading(wording.text("Which offers are there?"), wording, synthetic=view.synthetic)
form_entry.ask_person(wording)
form_entry.show_last_entry(wording)
bring_back(wording)
show_alike(view)
show_same_names(view)
change_offer(view)
change_groups(view)
rows = offers(view)
st.header(wording.texts("{count} offer", "{count} offers", len(rows)))
alt = wording.text("The offers and what is stated of them")
formatting.table(rows, key=f"offers_{len(rows)}", text_columns=6, alt=alt)
take_out(view)
