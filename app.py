"""What ``streamlit run app.py`` serves: the door, behind the server's own rules."""

import streamlit as st

from analysis.settings import SignIn

app = st.App("door.py", secrets=SignIn().secrets())
