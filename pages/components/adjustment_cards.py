"""Catalogue of adjustments as cards: the challenge, the idea and the result."""

from collections.abc import Sequence

import streamlit as st

from analysis.exhibits.adjustments.adjustment import Adjustment
from analysis.exhibits.adjustments.filters import aim_name, involved, involved_names, tag_name
from analysis.exhibits.adjustments.results import (
    SHAPES,
    Result,
    WithResult,
    change_lines,
    direction_name,
    why_unknown,
)
from analysis.exhibits.adjustments.texts import where_and_when
from analysis.exhibits.gap_data import GapData
from analysis.i18n import Wording
from analysis.i18n.sentences import adjustment_name
from analysis.model.terms import Aim, Rate
from pages.components import formatting

COLOURS = {Result.BETTER: "blue", Result.WORSE: "orange"}
AT_A_TIME = 12
COLUMN_WIDTH = 320
LONGEST_IDEA = 180
"""Number of characters of a text on a card. The page of the adjustment has all of it."""


def cards(view: GapData, found: Sequence[WithResult]) -> None:
    """Show the first adjustments as cards, and a button for more."""
    many = st.session_state.get("cards_shown", AT_A_TIME)
    with st.grid(3, min_column_width=COLUMN_WIDTH, key="cards"):
        for number, one in enumerate(found[:many]):
            card(view, one, number)
    if len(found) > many and st.button(view.wording.text("Show more"), key="more_cards"):
        st.session_state["cards_shown"] = many + AT_A_TIME
        st.rerun()


def card(view: GapData, one: WithResult, number: int) -> None:
    """Show one adjustment: its challenge, what was changed, the result, and a link to its page."""
    wording, made = view.wording, one.adjustment
    with st.container(border=True, height="stretch", key=f"card_{number}"):
        st.markdown(f"### {formatting.plain(made.title)}")
        st.caption(formatting.plain(where_and_when(made, wording)))
        if challenge := made.texts.get("challenge"):
            st.markdown(f"**{wording.text('Challenge')}** {formatting.plain(_shortened(challenge))}")
        if made.what_changed:
            st.markdown(formatting.plain(_shortened(made.what_changed)))
        st.markdown(result_text(view, one))
        st.caption("  \n".join(formatting.plain(line) for line in facts(view, one)))
        see(made, wording)


def see(made: Adjustment, wording: Wording, label: str = "", about: str = "") -> None:
    """Show the link to the page of an adjustment, and below it what the label has no room for on a phone."""
    st.page_link(
        "adjustment.py",
        label=formatting.plain(label or wording.text("Read more")),
        icon=":material/arrow_forward:",
        query_params={**st.query_params, "case": made.id},
    )
    if about:
        st.caption(formatting.plain(about))


def result_text(view: GapData, one: WithResult) -> str:
    """Return the result with its chart symbol as Markdown, or the reason why there is no number."""
    if one.direction is None:
        return formatting.plain(why_unknown(view, one))
    colour = COLOURS.get(one.result, "gray")
    word = formatting.plain(direction_name(one.direction, view.wording))
    lines = [formatting.plain(line) for line in change_lines(view, one)]
    return "  \n".join([f":{colour}[**{SHAPES[one.direction]} {word}**]", *lines])


def facts(view: GapData, one: WithResult) -> list[str]:
    """Return the facts about an adjustment: tags, aim, who took part, and what follows from its offer."""
    wording, made = view.wording, one.adjustment
    aim = wording.text("Aim: {aim}", aim=aim_name(made.aim, wording))
    if (made.aim, view.rate) in {(Aim.RECRUITMENT, Rate.COMPLETION), (Aim.COMPLETION, Rate.PARTICIPATION)}:
        aim += " " + wording.text("(you are looking at another stage)")
    names = involved_names(wording)
    who = ", ".join(names[code].lower() for code in involved(made)) or wording.text("not stated")
    lines = [aim, wording.text("Involved: {who}", who=who), *_followed_by(view, one)]
    if made.tags:
        lines.insert(0, wording.text("Tags: {tags}", tags=", ".join(tag_name(tag, wording) for tag in made.tags)))
    if made.known.theme:
        lines.append(wording.text("Theme: {theme}", theme=made.known.theme))
    if made.known.completion_rule:
        lines.append(wording.text("Completed means: {rule}", rule=made.known.completion_rule))
    return lines


def _followed_by(view: GapData, one: WithResult) -> list[str]:
    """Return the adjustments that fall into the months after this one."""
    made = view.later_adjustments
    if made.empty or not one.divides:
        return []
    own = made[(made["municipality"] == one.adjustment.municipality) & (made["offer"] == one.adjustment.offer)]
    if own.empty:
        return []
    named = (adjustment_name(later.title, later.adjusted_on.date(), view.wording) for later in own.itertuples())
    return [view.wording.text("The months after include: {adjustments}", adjustments="; ".join(named))]


def _shortened(text: str) -> str:
    """Return a text of the length that a card has room for, cut between words."""
    if len(text) <= LONGEST_IDEA:
        return text
    return text[:LONGEST_IDEA].rsplit(" ", 1)[0] + " …"
