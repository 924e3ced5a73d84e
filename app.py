"""Entry point of ``streamlit run app.py``: the pages, with the security middleware."""

import streamlit as st

from analysis import logs
from analysis.config import SignIn
from analysis.web import compat
from analysis.web.middleware import EXCEPTION_HANDLERS, MIDDLEWARE, ROUTES
from pages.components import error_message
from pages.components.warmup import warmed

logs.configure()
compat.ask_nobody_for_the_address()
app = st.App(
    "pages/main.py",
    lifespan=warmed,
    routes=ROUTES,
    middleware=MIDDLEWARE,
    exception_handlers=EXCEPTION_HANDLERS,
    secrets=SignIn().secrets(),
    on_script_error=error_message.show_error,
)
