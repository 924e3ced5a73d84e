"""What is worked out once for all who ask the same: of the same data, with the same choices, sight and language."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import streamlit as st

P = ParamSpec("P")
T = TypeVar("T")
AT_MOST = 128
"""Of each kind: as many as people look at together. What nobody has asked for longest goes first."""
_KNOWN_BY: dict[str | type[Any], Callable[[Any], Any]] = {
    "analysis.exhibits.gap_data.View": lambda view: view.known_as,
    "pages.components.theme_day_page.Themes": lambda themes: themes.known_as,
    "analysis.i18n.language.Wording": lambda wording: wording.code,
}


def remembered(made: Callable[P, T]) -> Callable[P, T]:
    """The function, which answers from memory where it has been asked the same before, whoever asked.

    It shows nothing, and draws on nothing but its arguments. Who asks for what is being worked out waits for it;
    others do not.
    """
    remember = st.cache_resource(max_entries=AT_MOST, show_spinner=False, hash_funcs=_KNOWN_BY)
    return cast("Callable[P, T]", remember(made))
