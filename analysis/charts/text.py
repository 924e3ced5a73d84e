"""Text for figures. Text from a workbook is data: Plotly must show it and never interpret it."""

import html
import textwrap

from analysis.text.invisible_characters import visible


def plain(text: str, width: int | None = None) -> str:
    """Escape the text so that Plotly shows it literally, in lines of at most ``width`` characters if given.

    Plotly reads ``<b>`` and ``<a>`` as markup, ``&`` as the start of an entity, a pair of ``$`` as a formula, and
    ``%{x}`` as a placeholder.
    """
    text = visible(text)
    lines = textwrap.wrap(text, width) if width else [" ".join(text.split())]
    return "<br>".join(html.escape(line, quote=False).replace("$", "&#36;").replace("%{", "&#37;{") for line in lines)


def lines(text: str) -> int:
    """Return the number of lines of a text that is already ``plain``."""
    return text.count("<br>") + 1
