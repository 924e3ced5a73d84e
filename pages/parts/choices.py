"""Choices that live in the address bar by their codes, so that a link shows the same in any language.

Streamlit's own binding writes the label a person sees, which a reader of another language would lose.
"""

from collections.abc import Mapping

import streamlit as st


def pick(
    key: str,
    label: str,
    options: Mapping[str, str],
    *,
    default: str,
    segmented: bool = False,
) -> str:
    """One of the options by its code, from a list or a row of buttons. A bad code in a link is passed over."""
    st.session_state[key] = _chosen(key, options, default)
    codes = list(options)
    if segmented:
        value = st.segmented_control(
            label, codes, key=key, format_func=options.__getitem__, required=True, width="stretch"
        )
    else:
        value = st.selectbox(label, codes, key=key, format_func=options.__getitem__)
    chosen = str(value)
    _write_address(key, chosen, default)
    return chosen


def remember_page() -> None:
    """Note where this run was: going to another page empties the address, and is not the way back to a default."""
    st.session_state["page_before"] = st.context.url


def _chosen(key: str, options: Mapping[str, str], default: str) -> str:
    in_address, written = st.query_params.get(key), st.session_state.get(f"{key}_in_address")
    if in_address != written:
        if in_address is not None and in_address in options:
            return in_address
        if in_address is None and st.context.url == st.session_state.get("page_before"):
            return default
    held = st.session_state.get(key, st.session_state.get(f"{key}_held"))
    return held if held is not None and held in options else default


def _write_address(key: str, value: str, default: str) -> None:
    if value != default:
        if st.query_params.get(key) != value:
            st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]
    st.session_state[f"{key}_in_address"] = st.query_params.get(key)
    st.session_state[f"{key}_held"] = value
