"""Choices that live in the address bar by their codes, so that a link shows the same in any language.

Streamlit's own binding writes the label a person sees, which a reader of another language would lose. Every key is in
``analysis.model.choices``.

What is drawn elsewhere than on its own page, as in a story, takes the same choices from where they were kept.

A link or a slide may ask for what is not there. Then a page says so and stops, and a slide raises ``Gone``: nothing
else is shown in its place.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, NoReturn

import streamlit as st

from analysis.i18n import wording
from analysis.i18n.language import preferred
from analysis.model.choices import CHOICES, Values
from analysis.text.identity_numbers import holds_identity_number

LONGEST_TEXT = 80
"""Characters that a person may write into the address."""
_given: ContextVar[Mapping[str, str] | None] = ContextVar("given", default=None)


class Gone(Exception):
    """What was chosen is not there, or no longer: in the data, or at all."""

    def __init__(self, key: str, value: str) -> None:
        super().__init__(key)
        self.key, self.value = key, value[:LONGEST_TEXT]


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
    assert key in CHOICES
    if (kept := _given.get()) is not None:
        return kept.get(key, default)
    return st.session_state.get(key, st.session_state.get(f"{key}_held", default))


def reader_language() -> str:
    """The code of the language that was chosen; before there is a choice that of the address, or the browser's."""
    return preferred([held("lang", ""), st.query_params.get("lang", ""), st.context.locale or ""])


def wanted(key: str) -> str | None:
    """What a slide or a link asks for, or a person has chosen; None for neither."""
    if (kept := _given.get()) is not None:
        return kept.get(key)
    linked = _linked(key)
    return held(key, None) if linked is None else linked


def must_be_there(key: str, there: Collection[str]) -> None:
    """Stops where a slide or a link asks for another; before anything is drawn that would stand beside it."""
    kept = _given.get()
    value = _linked(key) if kept is None else kept.get(key)
    if value is not None and value not in there:
        _stop_at(Gone(key, value))


def pick(
    key: str,
    label: str,
    options: Mapping[str, str],
    *,
    default: str,
    segmented: bool = False,
    hide_label: bool = False,
    of: Any = None,
    always: bool = False,
) -> str:
    """One of the options by its code, from a list or a row of buttons.

    ``of`` is what the options follow from. Where that is as it was when a person chose, and their choice is no longer
    among the options, the data have changed. ``always`` writes the default into the address too.
    """
    _check(key, options)
    if (kept := _given.get()) is not None:
        must_be_there(key, options)
        return kept.get(key, default)
    st.session_state[key] = _chosen(key, default, options.__contains__, of=of)
    codes = list(options)
    shown: Any = "collapsed" if hide_label else "visible"
    if segmented:
        value = st.segmented_control(
            label, codes, key=key, format_func=options.__getitem__, required=True, label_visibility=shown
        )
    else:
        value = st.selectbox(label, codes, key=key, format_func=options.__getitem__, label_visibility=shown)
    chosen = str(value)
    _write_address(key, chosen, chosen if always or chosen != default else None)
    st.session_state[f"{key}_of"] = of
    return chosen


def only(key: str, code: str, *, of: Any) -> str:
    """The one code that there is, without a list; it is in the address like every choice."""
    _check(key, (code,))
    must_be_there(key, (code,))
    if not are_given():
        chosen = held(key, None)
        if chosen is not None and chosen != code and st.session_state.get(f"{key}_of") == of:
            _stop_at(Gone(key, str(chosen)))
        if st.query_params.get(key) != code:
            st.query_params[key] = code
        st.session_state[f"{key}_in_address"] = code
    return code


def none_of(key: str) -> None:
    """No list of this choice is shown, as it would mean nothing. Stops where it is asked for nevertheless."""
    must_be_there(key, ("",))
    if not are_given():
        clear((key,))


def pick_text(key: str, label: str) -> str:
    """Words that a person writes. Stops at more than anybody can write."""
    assert CHOICES[key].values is Values.NAMES
    if (kept := _given.get()) is not None:
        return kept.get(key, "")[:LONGEST_TEXT]
    if holds_identity_number([st.query_params.get(key, "")]):
        del st.query_params[key]
    st.session_state[key] = _chosen(key, "", lambda value: len(value) <= LONGEST_TEXT)
    chosen = str(st.text_input(label, key=key, max_chars=LONGEST_TEXT)).strip()
    if holds_identity_number([chosen]):
        said = wording(reader_language()).text("This looks like a CPR number. It is neither searched for nor kept.")
        st.error(said, icon=":material/error:")
        chosen = ""
    _write_address(key, chosen, chosen or None)
    return chosen


def pick_number(key: str, label: str, *, least: int, most: int, step: int, default: int) -> int:
    """A whole number from a slider. Stops at any other."""
    _check(key, (str(least), str(most)))

    def parse(text: str) -> int:
        return int(text) if text.isdecimal() and len(text) <= len(str(most)) else least - 1

    if (kept := _given.get()) is not None:
        number = parse(kept.get(key, str(default)))
        if not least <= number <= most:
            _stop_at(Gone(key, kept[key]))
        return number
    st.session_state[key] = _chosen(key, default, lambda value: least <= value <= most, parse=parse)
    chosen = int(st.slider(label, least, most, step=step, key=key))
    _write_address(key, chosen, None if chosen == default else str(chosen))
    return chosen


def pick_whether(key: str, label: str) -> bool:
    """Whether something is switched on; off unless a person says otherwise. Stops at any other word."""
    _check(key, ("on",))
    must_be_there(key, ("on",))
    if (kept := _given.get()) is not None:
        return key in kept
    st.session_state[key] = _chosen(key, False, lambda value: isinstance(value, bool), parse=lambda text: text == "on")
    chosen = st.toggle(label, key=key)
    _write_address(key, chosen, "on" if chosen else None)
    return chosen


def choose_instead(**values: str) -> None:
    """Make these choices. Only before the lists are shown: from a button or a mark that was clicked."""
    for key, value in values.items():
        assert key in CHOICES
        st.session_state[key] = value


def clear(keys: Iterable[str]) -> None:
    """Put choices back to what they are without a person, also where they have no list on this page."""
    for key in keys:
        assert key in CHOICES
        for name in (key, f"{key}_held", f"{key}_in_address", f"{key}_of"):
            st.session_state.pop(name, None)
        if key in st.query_params:
            del st.query_params[key]


def remember_page() -> None:
    """Note where this run was: going to another page empties the address, and is not the way back to a default."""
    st.session_state["page_before"] = st.context.url


def _check(key: str, options: Iterable[str]) -> None:
    """Raises ``KeyError`` for a choice, or a code of it, that is not in ``analysis.model.choices``."""
    choice = CHOICES[key]
    unknown = [code for code in options if not choice.is_code(code)]
    if unknown:
        raise KeyError(f"{key}: {unknown}")


def _stop_at(gone: Gone) -> NoReturn:
    """Say on the page what is gone, whatever part of it is being drawn; where choices are given, raise it."""
    if are_given():
        raise gone
    from pages.components.missing_choice import show_gone

    with st._main:
        show_gone(gone)
    st.stop()


def _linked(key: str) -> str | None:
    """What the address asks for that this session has not written into it."""
    in_address = st.query_params.get(key)
    return in_address if in_address != st.session_state.get(f"{key}_in_address") else None


def _chosen(
    key: str, default: Any, known: Callable[[Any], bool], parse: Callable[[str], Any] = str, of: Any = None
) -> Any:
    if (linked := _linked(key)) is not None:
        if not known(parse(linked)):
            _stop_at(Gone(key, linked))
        return parse(linked)
    removed = key not in st.query_params and st.session_state.get(f"{key}_in_address") is not None
    if removed and st.context.url == st.session_state.get("page_before"):
        return default
    chosen = st.session_state.get(key, st.session_state.get(f"{key}_held"))
    if chosen is None or known(chosen):
        return default if chosen is None else chosen
    if of is not None and st.session_state.get(f"{key}_of") == of:
        _stop_at(Gone(key, str(chosen)))
    return default


def _write_address(key: str, value: Any, code: str | None) -> None:
    if code is not None:
        if st.query_params.get(key) != code:
            st.query_params[key] = code
    elif key in st.query_params:
        del st.query_params[key]
    st.session_state[f"{key}_in_address"] = st.query_params.get(key)
    st.session_state[f"{key}_held"] = value
