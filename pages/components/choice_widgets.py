"""Widgets for choices: list, buttons, slider, switch and text field. Each writes its code into the address.

If a link has a value that does not exist, the page reports it and stops.
"""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, NoReturn

import streamlit as st

from analysis.exhibits.choosing import LONGEST_VALUE, MissingChoice, NumberOptions, Options, check_codes
from analysis.i18n import wording
from analysis.model.choices import CHOICES, Values
from analysis.text.identity_numbers import holds_identity_number
from analysis.web import compat
from pages.components.choice_state import (
    chosen_value,
    clear,
    current,
    follow_default,
    reader_language,
    value_in_link,
    write,
)
from pages.components.missing_choice import show_missing_choice

BAR = "|"


@dataclass(frozen=True)
class Widgets:
    """A ``Chooser`` that draws a widget for each choice, in its section of the page."""

    sections: Mapping[str, Callable[[], Any]] = field(default_factory=dict)

    def choose(self, options: Options) -> str:
        return pick(options)

    def choose_number(self, options: NumberOptions) -> int:
        return pick_number(options)

    def is_on(self, key: str, label: str) -> bool:
        """Draw a switch, off by default, and return its state."""
        check_codes(key, ("on",))
        self.must_exist(key, ("on",))
        st.session_state[key] = current(key, False, _is_switch, _missing, parse=lambda text: text == "on")
        chosen = st.toggle(label, key=key)
        write(key, chosen, "on" if chosen else None)
        return chosen

    def only(self, key: str, code: str, *, depends_on: Any) -> str:
        check_codes(key, (code,))
        self.must_exist(key, (code,))
        _must_be_left(key, code, depends_on)
        if st.query_params.get(key) != code:
            st.query_params[key] = code
        st.session_state[f"{key}_in_address"] = code
        return code

    def none_of(self, key: str, *, depends_on: Any = None) -> None:
        self.must_exist(key, ("",))
        if depends_on is not None:
            _must_be_left(key, "", depends_on)
        clear((key,))

    def must_exist(self, key: str, values: Collection[str]) -> None:
        value = value_in_link(key)
        if value is not None and value not in values:
            _missing(key, value)

    def requested(self, key: str) -> str | None:
        value = value_in_link(key)
        return chosen_value(key, None) if value is None else value

    def section(self, name: str) -> AbstractContextManager[Any]:
        make = self.sections.get(name)
        return make() if make else nullcontext()


def pick(options: Options) -> str:
    """Return the code of one of the options, from a list or a row of buttons."""
    key, labels = options.key, options.labels
    default, depends_on = options.default, options.depends_on
    if options.moves:
        follow_default(key, default)
    st.session_state[key] = current(key, default, labels.__contains__, _missing, depends_on=depends_on)
    codes, name = list(labels), labels.__getitem__
    if options.as_buttons:
        value: Any = st.segmented_control(options.label, codes, key=key, format_func=name, required=True)
    else:
        value = st.selectbox(options.label, codes, key=key, format_func=name)
    chosen = str(value)
    write(key, chosen, chosen if options.always_in_link or chosen != default else None)
    st.session_state[f"{key}_of"] = depends_on
    return chosen


def pick_several(key: str, label: str, labels: Mapping[str, str]) -> list[str]:
    """Return the codes of any number of options, from a row of chips. The address has them with bars between them."""
    assert CHOICES[key].values is Values.NAMES
    st.session_state[key] = current(key, [], set(labels).issuperset, _missing, parse=lambda text: text.split(BAR))
    chosen = st.pills(label, list(labels), key=key, format_func=labels.__getitem__, selection_mode="multi")
    write(key, chosen, BAR.join(chosen) or None)
    return list(chosen)


def pick_number(options: NumberOptions) -> int:
    """Return an integer from a slider."""
    key, least, most = options.key, options.least, options.most

    def exists(value: int | None) -> bool:
        return value is not None and least <= value <= most

    st.session_state[key] = current(key, options.default, exists, _missing, parse=options.parse)
    chosen = int(st.slider(options.label, least, most, step=options.step, key=key))
    write(key, chosen, None if chosen == options.default else str(chosen))
    return chosen


def pick_text(key: str, label: str) -> str:
    """Return a text that a person enters. Refuse identity numbers."""
    assert CHOICES[key].values is Values.NAMES
    if holds_identity_number([st.query_params.get(key, "")]):
        del st.query_params[key]
    st.session_state[key] = current(key, "", lambda value: len(value) <= LONGEST_VALUE, _missing)
    chosen = str(st.text_input(label, key=key, max_chars=LONGEST_VALUE)).strip()
    if holds_identity_number([chosen]):
        message = wording(reader_language()).text("This looks like a CPR number. It is neither searched for nor kept.")
        st.error(message, icon=":material/error:")
        chosen = ""
    write(key, chosen, chosen or None)
    return chosen


def _must_be_left(key: str, code: str, depends_on: Any) -> None:
    """Report the person's choice if only this code is left although the inputs of the options have not changed."""
    chosen = chosen_value(key, None)
    if chosen is not None and chosen != code and st.session_state.get(f"{key}_of") == depends_on:
        _missing(key, str(chosen))


def _is_switch(value: object) -> bool:
    return isinstance(value, bool)


def _missing(key: str, value: str) -> NoReturn:
    """Report the choice that does not exist, on the main part of the page, and stop."""
    with compat.main_part():
        show_missing_choice(MissingChoice(key, value))
    st.stop()
