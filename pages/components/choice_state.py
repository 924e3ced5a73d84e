"""Choices in the address bar and in the session, by their codes, so that a link shows the same in any language.

Streamlit's own binding writes the label that a person sees, which a reader of another language would lose. A choice has
up to four entries in the session: its key, which Streamlit drops where the widget is not shown; ``_held``, which stays;
``_in_address``, what this session wrote into the address; and ``_of``, what the options followed from.
"""

from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st

from analysis.i18n.language import preferred
from analysis.model.choices import CHOICES


def chosen_value(key: str, default: Any) -> Any:
    """The chosen value, also where the widget stands on another page."""
    assert key in CHOICES
    return st.session_state.get(key, st.session_state.get(f"{key}_held", default))


def reader_language() -> str:
    """The code of the language that was chosen; before there is a choice that of the address, or the browser's."""
    return preferred([chosen_value("lang", ""), st.query_params.get("lang", ""), st.context.locale or ""])


def value_in_link(key: str) -> str | None:
    """The value in the address that this session has not written into it."""
    in_address = st.query_params.get(key)
    return in_address if in_address != st.session_state.get(f"{key}_in_address") else None


def current(
    key: str,
    default: Any,
    exists: Callable[[Any], bool],
    missing: Callable[[str, str], None],
    *,
    parse: Callable[[str], Any] = str,
    depends_on: Any = None,
) -> Any:
    """The value of a choice in this run: from the link, else what the person chose, else the default.

    Calls ``missing``, which stops the page, for a link to a value that does not exist, and where a person's choice is
    gone although what its options depend on is as it was.
    """
    if (value := value_in_link(key)) is not None:
        if not exists(parse(value)):
            missing(key, value)
        return parse(value)
    was_removed = key not in st.query_params and st.session_state.get(f"{key}_in_address") is not None
    if was_removed and st.context.url == st.session_state.get("page_before"):
        return default
    chosen = chosen_value(key, None)
    if chosen is None or exists(chosen):
        return default if chosen is None else chosen
    if depends_on is not None and st.session_state.get(f"{key}_of") == depends_on:
        missing(key, str(chosen))
    return default


def write(key: str, value: Any, code: str | None) -> None:
    """Hold the value, and write its code into the address; without a code the address has none."""
    if code is not None:
        if st.query_params.get(key) != code:
            st.query_params[key] = code
    elif key in st.query_params:
        del st.query_params[key]
    st.session_state[f"{key}_in_address"] = st.query_params.get(key)
    st.session_state[f"{key}_held"] = value


def choose_instead(**values: str) -> None:
    """Make these choices. Only before the widgets are drawn: from a button or a mark that was clicked."""
    for key, value in values.items():
        assert key in CHOICES
        st.session_state[key] = value


def clear(keys: Iterable[str]) -> None:
    """Reset choices to their defaults, also those that have no widget on this page."""
    for key in keys:
        assert key in CHOICES
        for name in (key, f"{key}_held", f"{key}_in_address", f"{key}_of"):
            st.session_state.pop(name, None)
        if key in st.query_params:
            del st.query_params[key]


def remember_page() -> None:
    """Note the page of this run: going to another one empties the address, which resets no choice."""
    st.session_state["page_before"] = st.context.url
