"""How things are shown: text that is data, a chart with its sentence, a table, and what stands below them."""

import re
from typing import Any

import pandas as pd
import streamlit as st

from analysis.exhibits.gap_data import GapData
from analysis.i18n import Wording
from analysis.text.invisible_characters import visible

WRAPPED, THREE_LINES = 230, 72
"""Pixels: of a column whose texts are wrapped, and of the rows of its table."""
A_LETTER, BESIDE, WIDEST = 7, 30, 300
"""Pixels: of a letter in a table, of what is beside a text, and of the widest column that is shown whole."""
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
    """Text that markdown shows as it stands, in one line: what comes from a workbook is data, never markup."""
    return _MARKUP.sub(_escaped, _SPACE.sub(" ", visible(text)))


def _escaped(found: re.Match[str]) -> str:
    """The sign behind a backslash; and in a colour without a colour where it must stand apart from its neighbours."""
    return f":color[\\{found[0]}]{{}}" if found["later"] else f"\\{found[0]}"


def heading(question: str, wording: Wording, *, synthetic: bool) -> None:
    """The page's question or the municipality it is about, and whether the numbers are made up."""
    st.title(plain(question))
    if synthetic:
        synthetic_label(wording)


def synthetic_label(wording: Wording) -> None:
    st.badge(
        wording.text("Synthetic demonstration data"),
        icon=":material/science:",
        color="orange",
    )


def card(title: str, value: str, note: str, unit: str = "") -> None:
    """A figure with what it is, its unit, and what stands below it."""
    with st.container(border=True, height="stretch"):
        st.metric(plain(title), value, delta=unit or None, delta_color="off", delta_arrow="off")
        st.caption("  \n".join(plain(line) for line in note.split("\n")))


def label(text: str) -> None:
    """What the part below is, smaller than a heading."""
    st.markdown(f"**{plain(text)}**")


def table(rows: pd.DataFrame, *, key: str, text_columns: int = 1, wrapped: str | None = None, alt: str) -> None:
    """A table of ready texts, as high as it needs: the first columns and those of words to the left, numbers right.

    The texts of the column ``wrapped`` go on in a second and a third line.
    """
    columns = {name: _column(rows[name], is_first=place < text_columns) for place, name in enumerate(rows)}
    columns |= {wrapped: st.column_config.TextColumn(width=WRAPPED)} if wrapped else {}
    lines = THREE_LINES if wrapped else None
    st.dataframe(rows, hide_index=True, column_config=columns, key=key, height="content", row_height=lines, alt=alt)


def _column(texts: "pd.Series[Any]", *, is_first: bool) -> Any:
    """Streamlit makes a column as wide as its first texts, which in one of notes are empty: words are measured here."""
    if not is_first and not any(str(text)[:1].isalpha() for text in texts):
        return st.column_config.TextColumn(alignment="right")
    width = BESIDE + A_LETTER * max((len(str(text)) for text in texts), default=0)
    return st.column_config.TextColumn(width=width if width <= WIDEST else None)


def rank_column(wording: Wording) -> Any:
    """A column for ranks. As numbers, the empty ones would read "None" in every language."""
    return st.column_config.TextColumn(wording.text("Rank"), validate=r"^[1-9]?\d?$", alignment="right")


def footnotes(view: GapData, *, with_left_out: bool = True) -> None:
    """What a reader must know to read the numbers: caution, definitions, what is left out or hidden, the source."""
    lines = view.notes if with_left_out else [line for line in view.notes if line not in view.left_out]
    st.caption("  \n".join(plain(line) for line in (*lines, view.source)))
