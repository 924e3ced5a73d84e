"""What ``streamlit run app.py`` serves: the door, behind the rules that make it safe to run for others."""

import streamlit as st

from analysis.settings import SignIn
from pages.parts.serving.rules import MIDDLEWARE, ROUTES

app = st.App("door.py", routes=ROUTES, middleware=MIDDLEWARE, secrets=SignIn().secrets())
