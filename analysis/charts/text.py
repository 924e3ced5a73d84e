"""Text for figures. What stands in a workbook is data: Plotly must show it, never obey it."""

import html
import textwrap

from analysis.text.invisible_characters import visible


def plain(text: str, width: int | None = None) -> str:
    """The text as Plotly shows it letter by letter, in lines of at most ``width`` characters where a width is given.

    Plotly reads ``<b>`` and ``<a>`` as markup, ``&`` as the start of an entity, a pair of ``$`` as a formula, and
    ``%{x}`` as a place for something else.
    """
    text = visible(text)
    lines = textwrap.wrap(text, width) if width else [" ".join(text.split())]
    return "<br>".join(html.escape(line, quote=False).replace("$", "&#36;").replace("%{", "&#37;{") for line in lines)


def lines(text: str) -> int:
    """How many lines this text, already ``plain``, takes."""
    return text.count("<br>") + 1
