"""State of choices in the address and the session, as codes, so that a link shows the same in any language.

Streamlit's own binding writes the displayed label, which is invalid in another language. A choice has up to four
entries in the session: its key, which Streamlit drops if the widget is not shown; ``_held``, a permanent copy;
``_in_address``, the code that this session wrote into the address; and ``_of``, the values that the options depend on.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from analysis.i18n.language import preferred
from analysis.model.choices import CHOICES, with_dependent


def chosen_value(key: str, default: Any) -> Any:
    """Return the chosen value, also if the widget is on another page."""
    assert key in CHOICES
    return st.session_state.get(key, st.session_state.get(f"{key}_held", default))


def reader_language() -> str:
    """Return the code of the chosen language; before a choice, that of the address or of the browser."""
    return preferred([chosen_value("lang", ""), st.query_params.get("lang", ""), st.context.locale or ""])


def value_in_link(key: str) -> str | None:
    """Return the value in the address if this session did not write it."""
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
    """Return the value of a choice in this run: from the link, else the person's choice, else the default.

    Call ``missing``, which stops the page, if a link has a value that does not exist. Also call it if the person's
    choice no longer exists although ``depends_on`` has not changed.
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
    """Store the value in the session and its code in the address; remove it from the address if ``code`` is None.

    Another code also removes what this session wrote there of the choices that depend on this one.
    """
    if st.query_params.get(key) != code:
        dependent = [one for one in with_dependent(key)[1:] if one in st.query_params and value_in_link(one) is None]
        for one in dependent:
            st.session_state.pop(f"{one}_in_address", None)
        _change_address({**dict.fromkeys(dependent), key: code})
    st.session_state[f"{key}_in_address"] = st.query_params.get(key)
    st.session_state[f"{key}_held"] = value


def follow_default(key: str, default: Any) -> None:
    """Let a choice that was the default be the default of today: other data have another first and last month."""
    before = st.session_state.get(f"{key}_default")
    if before not in {None, default} and chosen_value(key, None) == before:
        for name in (key, f"{key}_held", f"{key}_of"):
            st.session_state.pop(name, None)
    st.session_state[f"{key}_default"] = default


def choose_instead(**values: str | bool) -> None:
    """Set these choices. Call it before the widgets are drawn, in the callback of a button or a chart."""
    for key, value in values.items():
        assert key in CHOICES
        st.session_state[key] = value


def clear(keys: Iterable[str]) -> None:
    """Reset choices to their defaults, also those without a widget on this page."""
    cleared = tuple(keys)
    for key in cleared:
        assert key in CHOICES
        for name in (key, f"{key}_held", f"{key}_in_address", f"{key}_of"):
            st.session_state.pop(name, None)
    _change_address(dict.fromkeys(cleared))


def _change_address(changes: Mapping[str, str | None]) -> None:
    """Change entries of the address in one step, as every step is one of the browser's Back; None removes an entry."""
    before = {key: st.query_params.get_all(key) for key in st.query_params}
    kept = {key: values for key, values in before.items() if changes.get(key, "") is not None}
    after = kept | {key: [code] for key, code in changes.items() if code is not None}
    if after != before:
        st.query_params.from_dict(after)


def remember_page() -> None:
    """Store the page of this run: opening another page empties the address, which must not reset choices."""
    st.session_state["page_before"] = st.context.url
