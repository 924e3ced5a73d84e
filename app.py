"""What ``streamlit run app.py`` serves: the door, behind the server's own rules."""

import streamlit as st

from analysis import logs
from analysis.settings import SignIn
from pages.parts import trouble

logs.configure()
app = st.App("door.py", secrets=SignIn().secrets(), on_script_error=trouble.tell)
