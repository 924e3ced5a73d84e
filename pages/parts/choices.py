"""Choices that live in the address bar by their codes, so that a link shows the same in any language.

Streamlit's own binding writes the label a person sees, which a reader of another language would lose.

What is drawn elsewhere than on its own page, as in a story, takes the same choices from where they were kept.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

import streamlit as st

from analysis.wording.language import preferred

LONGEST_TEXT = 80
"""Characters that a person may write into the address."""
_given: ContextVar[Mapping[str, str] | None] = ContextVar("given", default=None)


@contextmanager
def given(choices: Mapping[str, str]) -> Iterator[None]:
    """Inside, choices are these by their codes, and no list is shown."""
    token = _given.set(choices)
    try:
        yield
    finally:
        _given.reset(token)


def are_given() -> bool:
    """Whether choices come from where they were kept, and no list is shown."""
    return _given.get() is not None


def unless_given(container: Callable[[], Any]) -> AbstractContextManager[Any]:
    """The container for lists; nothing where none is shown."""
    return nullcontext() if are_given() else container()


def held(key: str, default: Any) -> Any:
    """What was chosen by a list that stands elsewhere."""
    if (kept := _given.get()) is not None:
        return kept.get(key, default)
    return st.session_state.get(key, st.session_state.get(f"{key}_held", default))


def reader_language() -> str:
    """The code of the language that was chosen; before there is a choice that of the address, or the browser's."""
    return preferred([held("lang", ""), st.query_params.get("lang", ""), st.context.locale or ""])


def pick(
    key: str,
    label: str,
    options: Mapping[str, str],
    *,
    default: str,
    segmented: bool = False,
    hide_label: bool = False,
) -> str:
    """One of the options by its code, from a list or a row of buttons. A bad code in a link is passed over."""
    if (kept := _given.get()) is not None:
        return kept[key] if kept.get(key) in options else default
    st.session_state[key] = _chosen(key, default, options.__contains__)
    codes = list(options)
    shown: Any = "collapsed" if hide_label else "visible"
    if segmented:
        value = st.segmented_control(
            label, codes, key=key, format_func=options.__getitem__, required=True, label_visibility=shown
        )
    else:
        value = st.selectbox(label, codes, key=key, format_func=options.__getitem__, label_visibility=shown)
    chosen = str(value)
    _write_address(key, chosen, None if chosen == default else chosen)
    return chosen


def pick_text(key: str, label: str) -> str:
    """Words that a person writes."""
    if (kept := _given.get()) is not None:
        return kept.get(key, "")[:LONGEST_TEXT]
    st.session_state[key] = _chosen(key, "", lambda value: len(value) <= LONGEST_TEXT)
    chosen = str(st.text_input(label, key=key, max_chars=LONGEST_TEXT)).strip()
    _write_address(key, chosen, chosen or None)
    return chosen


def pick_number(key: str, label: str, *, least: int, most: int, step: int, default: int) -> int:
    """A whole number from a slider."""

    def parse(text: str) -> int:
        return int(text) if text.isdecimal() else -1

    if (kept := _given.get()) is not None:
        number = parse(kept.get(key, ""))
        return number if least <= number <= most else default
    st.session_state[key] = _chosen(key, default, lambda value: least <= value <= most, parse=parse)
    chosen = int(st.slider(label, least, most, step=step, key=key))
    _write_address(key, chosen, None if chosen == default else str(chosen))
    return chosen


def pick_whether(key: str, label: str) -> bool:
    """Whether something is switched on; off unless a person says otherwise."""
    if (kept := _given.get()) is not None:
        return kept.get(key) == "on"
    st.session_state[key] = _chosen(key, False, lambda value: isinstance(value, bool), parse=lambda text: text == "on")
    chosen = st.toggle(label, key=key)
    _write_address(key, chosen, "on" if chosen else None)
    return chosen


def choose_instead(**values: str) -> None:
    """Make these choices. Only before the lists are shown: from a button or a mark that was clicked."""
    for key, value in values.items():
        st.session_state[key] = value


def clear(keys: Iterable[str]) -> None:
    """Put choices back to what they are without a person, also where they have no list on this page."""
    for key in keys:
        for name in (key, f"{key}_held", f"{key}_in_address"):
            st.session_state.pop(name, None)
        if key in st.query_params:
            del st.query_params[key]


def remember_page() -> None:
    """Note where this run was: going to another page empties the address, and is not the way back to a default."""
    st.session_state["page_before"] = st.context.url


def _chosen(key: str, default: Any, known: Callable[[Any], bool], parse: Callable[[str], Any] = str) -> Any:
    in_address, written = st.query_params.get(key), st.session_state.get(f"{key}_in_address")
    if in_address != written:
        if in_address is not None and known(parse(in_address)):
            return parse(in_address)
        if in_address is None and st.context.url == st.session_state.get("page_before"):
            return default
    held = st.session_state.get(key, st.session_state.get(f"{key}_held"))
    return held if held is not None and known(held) else default


def _write_address(key: str, value: Any, code: str | None) -> None:
    if code is not None:
        if st.query_params.get(key) != code:
            st.query_params[key] = code
    elif key in st.query_params:
        del st.query_params[key]
    st.session_state[f"{key}_in_address"] = st.query_params.get(key)
    st.session_state[f"{key}_held"] = value
