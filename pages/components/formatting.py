"""Formatting: plain text in Markdown, headings, cards, tables and footnotes."""

import re
from typing import Any

import pandas as pd
import streamlit as st

from analysis.exhibits.gap_data import GapData
from analysis.i18n import Wording
from analysis.text.invisible_characters import visible

MOST_ROWS, TALL = 50, 720
"""Number of rows up to which a table has its full height, and the height in pixels of a longer one."""
WRAPPED, THREE_LINES = 230, 72
"""Pixels: width of a column with wrapped texts, and height of the rows of its table."""
A_LETTER, BESIDE, WIDEST = 7, 30, 300
"""Pixels: width of a letter in a table, padding beside a text, and maximum width of an unwrapped column."""
_MARKUP = re.compile(
    r"""
    (?P<later>                                # What is looked for only after escapes have been undone:
        :(?=[\w+/-]+:|//)                     # :smile:, :material/delete:, https://
        | (?<=www)\. | @                      # www.example.org, name@example.org
        | (?<!\S)[-<>~](?=(?:->|[->=])(?!\S)) # -> becomes an arrow, -- a dash
    )
    | [\\`*_{}\[\]()<>\#+\-.!|~$:^=&]
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SPACE = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")


def plain(text: str) -> str:
    """Escape a text for Markdown, on one line: text from a workbook is data, never markup."""
    return _MARKUP.sub(_escaped, _SPACE.sub(" ", visible(text)))


def _escaped(found: re.Match[str]) -> str:
    """Escape a character with a backslash, or with an empty colour if it must be separated from its neighbours."""
    return f":color[\\{found[0]}]{{}}" if found["later"] else f"\\{found[0]}"


def heading(question: str, wording: Wording, *, synthetic: bool) -> None:
    """Show the heading of the page: its question or municipality, and whether the numbers are synthetic."""
    st.title(plain(question))
    if synthetic:
        synthetic_label(wording)


def synthetic_label(wording: Wording) -> None:
    """Show the label of synthetic data."""
    st.badge(
        wording.text("Synthetic demonstration data"),
        icon=":material/science:",
        color="orange",
    )


def card(title: str, value: str, note: str, unit: str = "") -> None:
    """Show a figure with its title, unit and note."""
    with st.container(border=True, height="stretch"):
        st.metric(plain(title), value, delta=unit or None, delta_color="off", delta_arrow="off")
        st.caption("  \n".join(plain(line) for line in note.split("\n")))


def label(text: str) -> None:
    """Show the label of a section, smaller than a heading."""
    st.markdown(f"**{plain(text)}**")


def table(rows: pd.DataFrame, *, key: str, text_columns: int = 1, wrapped: str | None = None, alt: str) -> None:
    """Show a table of formatted texts: the first and the text columns left-aligned, numbers right.

    A long table scrolls, and can be searched and sorted. All others have their full height.

    Wrap the texts of the column ``wrapped`` onto up to three lines.
    """
    columns = {name: _column(rows[name], is_first=place < text_columns) for place, name in enumerate(rows)}
    columns |= {wrapped: st.column_config.TextColumn(width=WRAPPED)} if wrapped else {}
    lines = THREE_LINES if wrapped else None
    height: Any = TALL if len(rows) > MOST_ROWS else "content"
    st.dataframe(rows, hide_index=True, column_config=columns, key=key, height=height, row_height=lines, alt=alt)


def _column(texts: "pd.Series[Any]", *, is_first: bool) -> Any:
    """Return the column settings.

    Streamlit sizes a column by its first texts, often empty in notes: measure all texts, and the header.
    """
    if not is_first and not any(str(text)[:1].isalpha() for text in texts):
        return st.column_config.TextColumn(alignment="right")
    width = BESIDE + A_LETTER * max(len(str(text)) for text in (texts.name, *texts))
    return st.column_config.TextColumn(width=width if width <= WIDEST else None)


def footnotes(view: GapData, *, with_left_out: bool = True) -> None:
    """Show the notes below the numbers: caution, definitions, omitted or hidden data, and the source."""
    left_out = view.left_out if with_left_out else []
    lines = [*view.definitions, *left_out, *view.of_protection, view.source]
    st.caption("  \n".join(plain(line) for line in lines))
