"""How things are shown: text that is data, a chart with its sentence, a table, and what stands below them."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analysis.handouts.tables import NOTHING as NOTHING
from analysis.measures.frame import State
from analysis.model import Phase, Understanding
from analysis.wording import Wording
from analysis.wording.sentences import caution, rate_definition
from pages.parts.session import settings
from pages.parts.view import View

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=])")


def plain(text: str) -> str:
    """Text that markdown shows as it stands: what comes from a workbook is data, never markup."""
    return _MARKUP.sub(r"\\\1", text)


def heading(question: str, wording: Wording, *, synthetic: bool) -> None:
    """The page's question, and whether the numbers are made up."""
    st.title(question)
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


def table(rows: pd.DataFrame, *, key: str, text_columns: int = 1, alt: str) -> None:
    """A table of ready texts: the first columns to the left, the numbers to the right, as high as it needs."""
    right = {name: st.column_config.TextColumn(alignment="right") for name in rows.columns[text_columns:]}
    st.dataframe(rows, hide_index=True, column_config=right, key=key, height="content", alt=alt)


def rank_column(wording: Wording) -> Any:
    """A column for ranks. As numbers, the empty ones would read "None" in every language."""
    return st.column_config.TextColumn(wording.text("Rank"), validate=r"^[1-9]?\d?$", alignment="right")


def interval(row: Mapping[str, Any], wording: Wording) -> str:
    """An interval of percentages or points, without its unit."""
    return wording.text(
        "{lower} to {upper}", lower=wording.decimal(100 * row["lower"]), upper=wording.decimal(100 * row["upper"])
    )


def state(row: Mapping[str, Any], wording: Wording) -> str | None:
    """What stands in place of a number that is not shown; None where it is shown."""
    if row["state"] == State.SHOWN:
        return None
    if row["state"] == State.HIDDEN:
        return wording.text("hidden")
    if row["state"] == State.UNDEFINED:
        return wording.text("not defined")
    return NOTHING


def rate_cells(row: Mapping[str, Any] | None, wording: Wording) -> tuple[str, str, str]:
    """A rate, its interval, and its numerator out of its denominator, as texts."""
    if row is None:
        return NOTHING, "", ""
    if missing := state(row, wording):
        return missing, "", ""
    counts = wording.text(
        "{numerator} of {denominator}",
        numerator=wording.integer(row["numerator"]),
        denominator=wording.integer(row["n"]),
    )
    return wording.percent(row["estimate"]), interval(row, wording), counts


def gap_cells(row: Mapping[str, Any], wording: Wording) -> tuple[str, str]:
    """A gap in percentage points and its interval, as texts."""
    if missing := state(row, wording):
        return missing, ""
    return wording.decimal(100 * row["estimate"]), interval(row, wording)


def ratio_cells(row: Mapping[str, Any], wording: Wording) -> tuple[str, str]:
    """A ratio of two rates and its interval, as texts."""
    if missing := state(row, wording):
        return missing, ""
    limits = {"lower": wording.decimal(row["lower"], 2), "upper": wording.decimal(row["upper"], 2)}
    return wording.decimal(row["estimate"], 2), wording.text("{lower} to {upper}", **limits)


def unit(view: View) -> str:
    """What the answer is measured in."""
    if view.question.understanding is Understanding.DISADVANTAGED:
        return view.wording.text("per cent")
    return view.wording.text("percentage points")


def footnotes(view: View, *, with_left_out: bool = True) -> None:
    """What a reader must know to read the numbers: caution, definitions, what is left out or hidden, the source."""
    wording = view.wording
    lines = [caution(wording), rate_definition(view.rate, wording)]
    lines.append(
        wording.text(
            "Before and after: by the month of invitation, relative to each offer's own first adjustment. Intervals: "
            "95%, each as Methods and data tells."
        )
    )
    lines += left_out(view) if with_left_out else []
    lines.append(
        wording.text(
            "Hidden: a count, or what remains of it, from 1 to {most}, so that no number points at a person.",
            most=wording.integer(settings().smallest_count - 1),
        )
    )
    lines.append(view.source)
    st.caption("  \n".join(plain(line) for line in lines))


def left_out(view: View) -> list[str]:
    """How many citizens and offers the comparison of before and after leaves out."""
    wording = view.wording
    lines = []
    number = view.citizens(view.counts, Phase.TRANSITION)
    if number >= settings().smallest_count:
        lines.append(
            wording.texts(
                "Left out: {count} citizen in a month that straddles an adjustment.",
                "Left out: {count} citizens in months that straddle an adjustment.",
                number,
            )
        )
    unadjusted = view.counts.loc[view.counts["phase"] == Phase.UNADJUSTED, ["municipality", "offer"]]
    offers = len(unadjusted.drop_duplicates())
    if offers:
        lines.append(
            wording.texts(
                "Left out: {count} comparison offer, which has no adjustment.",
                "Left out: {count} comparison offers, which have no adjustment.",
                offers,
            )
        )
    return lines
