"""The story of an adjustment: from the challenge to what others can use."""

from collections import Counter

import streamlit as st

from analysis.exhibits.adjustments import texts
from analysis.exhibits.adjustments.adjustment import Adjustment
from analysis.exhibits.adjustments.results import Result, WithResult, result_name
from analysis.i18n import Wording
from pages.components import formatting
from pages.components.adjustment_cards import see

MOST_SIMILAR = 6


def beginning(made: Adjustment, wording: Wording) -> None:
    """Show why the change was made, what it is, and who took part."""
    _parts(texts.beginning(made, wording))


def tried(made: Adjustment, wording: Wording) -> None:
    """Show the test rounds as a time line: what was tried, what was learned, and what came next."""
    if not made.rounds:
        return
    st.header(wording.text("Test rounds"))
    for one in made.rounds:
        with st.container(border=True, key=f"shown_round_{one.number}"):
            when = f"**{one.mark} {formatting.plain(wording.date(one.tried_on))}**"
            st.markdown(f"{when} {formatting.plain(one.tried)}")
            lines = texts.after_round(one, wording)
            if lines:
                st.markdown("  \n".join(f"→ {formatting.plain(line)}" for line in lines))


def ending(made: Adjustment, wording: Wording) -> None:
    """Show what it took, what stood in the way, and what others can use."""
    parts = texts.ending(made, wording)
    if any(parts.values()) or "link" in made.texts:
        st.header(wording.text("What others can use"))
    _parts(parts)
    if "link" in made.texts:
        st.link_button(wording.text("Open the link"), made.texts["link"], icon=":material/open_in_new:")


def similar_ones(others: list[WithResult], wording: Wording) -> None:
    """Show the adjustments of other offers with a tag in common, and how many of them went better or worse."""
    if not others:
        return
    st.header(wording.text("Similar adjustments"))
    number = Counter(one.result for one in others)
    counted = ", ".join(
        f"{wording.integer(number[result])} {result_name(result, wording).lower()}"
        for result in Result
        if number[result]
    )
    st.markdown(
        formatting.plain(
            wording.texts(
                "{count} adjustment of another offer has a tag in common: {results}.",
                "{count} adjustments of other offers have a tag in common: {results}.",
                len(others),
                results=counted,
            )
        )
    )
    for one in others[:MOST_SIMILAR]:
        made = one.adjustment
        about = f"{made.offer}, {made.municipality} · {result_name(one.result, wording)}"
        see(made, wording, made.title, about)


def _parts(parts: dict[str, str]) -> None:
    """Show the texts that there are, each beside its name; below it on a phone."""
    for name, text in parts.items():
        if text:
            left, right = st.columns([1, 4])
            left.markdown(f"**{formatting.plain(name)}**")
            right.markdown(formatting.plain(text))
