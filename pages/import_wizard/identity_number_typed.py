"""Refuse a CPR number that is typed or chosen while a file is put right: it is neither applied nor kept."""

from collections.abc import Iterable

import streamlit as st

from analysis.store import Event, Result
from analysis.text.identity_numbers import holds_identity_number
from pages.components import audit_log

CPR_TYPED = "cpr_typed_at"
"""Session key: the entry of the list at which something like a CPR number was typed."""


def is_refused(texts: Iterable[str], at: str) -> bool:
    """Return whether one of the texts looks like a CPR number. Record it, and report it at the entry."""
    if not holds_identity_number(list(texts)):
        return False
    audit_log.refused(Event.STORE, Result.CPR_NUMBER)
    st.session_state[CPR_TYPED] = at
    return True
