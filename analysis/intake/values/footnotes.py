"""Marks of footnotes behind the labels and periods of tables."""

import re

_FOOTNOTE = re.compile(
    r"(?:\*+|[\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}]+| \d\)"
    r"| ?\((?:foreløbi|foreløpi|preliminä|prelimina|provisional|ennakkotie)[^)]*\))$",
    re.IGNORECASE,
)
_ASKED = re.compile(r"(?<=\w) ?\(?(?:ja|yes|j|y|kyllä|k) ?/ ?(?:nej|nei|no|n|ei|e)\)? ?\??$")
"""What a header adds to say that it is a question: “(ja/nej)”."""
_MARK = re.compile(r"(?:(?<=[^\W\d_])\d\)| ?\(\d\))$")


def without_footnote(text: str) -> str:
    """Return the text without a mark of a footnote or a remark that the numbers are provisional at its end."""
    return _FOOTNOTE.sub("", text)


def plain_label(text: str) -> str:
    """Return a label without the mark of a footnote at its end, and without the quote sign that makes it text."""
    return _MARK.sub("", without_footnote(text)).lstrip("'’")


def without_question(header: str) -> str:
    """Return a normalised header without what it adds to say that it is a question."""
    return _ASKED.sub("", header)
