"""What ``streamlit run app.py`` serves: the door, behind the server's own rules."""

import streamlit as st

app = st.App("door.py")
