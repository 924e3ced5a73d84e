"""Context of the exhibits of a page: stored data, disclosure level and choices."""

from collections.abc import Callable, Mapping
from typing import Any

from analysis.exhibits.context import Context
from analysis.i18n import Wording
from pages.components import session
from pages.components.choice_widgets import Widgets


def context(wording: Wording, sections: Mapping[str, Callable[[], Any]] | None = None) -> Context:
    """Return the context. Choices come from widgets, drawn in these sections of the page."""
    return Context(session.data(), session.disclosure_level(), wording, Widgets(sections or {}))
