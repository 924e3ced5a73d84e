"""Catalogue of adjustments as cards, each with the change of the gap."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analysis.exhibits.cache import cached
from analysis.exhibits.cell_texts import state_text, unit
from analysis.exhibits.gap_choices import adjustment_code
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.offer_changes import offer_changes
from analysis.exhibits.tables import NOTHING
from analysis.i18n import Wording
from analysis.i18n.sentences import adjustment_name
from analysis.measures.directions import BETTER, WORSE
from analysis.measures.result_frame import State
from analysis.model.terms import Aim, Direction, Offer, Rate
from pages.components import formatting
from pages.components.choice_state import choose_instead

SHAPES = {
    Direction.NARROWED: "▼",
    Direction.FELL: "▼",
    Direction.WIDENED: "▲",
    Direction.ROSE: "▲",
    Direction.CLOSED: "●",
    Direction.TURNED: "■",
    Direction.LEVELLED_DOWN: "▽",
    Direction.UNCLEAR: "◇",
}
"""The same symbols as in the charts."""

Row = dict[str, Any]


@cached
def catalogue(view: GapData) -> list[Row]:
    """Return every adjustment of the selection with the change of its offer, one dictionary each.

    One adjustment of each offer divides before and after: the chosen one, or the first. ``divides`` marks it, and
    ``code`` is the code of an adjustment in a link.
    """
    made = view.adjustments
    there = view.months[["municipality", "offer"]].drop_duplicates()
    made = made.merge(there, on=["municipality", "offer"]).sort_values(["municipality", "offer", "adjusted_on"])
    # If some rows have a text, pandas has NaN in the others, and NaN is truthy.
    what_changed = made["what_changed"].fillna("")
    made = made.assign(divides=~made.duplicated(["municipality", "offer"]), what_changed=what_changed)
    days = made["adjusted_on"].dt.date
    made["code"] = [adjustment_code(day, title) for day, title in zip(days, made["title"], strict=True)]
    if (by := view.selection.divided_by) is not None:
        own = (made["municipality"] == by.municipality) & (made["offer"] == by.offer)
        made["divides"] = made["divides"].where(~own, made["code"] == adjustment_code(by.adjusted_on, by.title))
    found = {(row["municipality"], row["offer"]): row for row in offer_changes(view).to_dict("records")}
    offers = view.offers
    rows = []
    for row in made.to_dict("records"):
        place = (row["municipality"], row["offer"])
        rows.append({**row, "change": found.get(place), "known": offers.get(place, Offer(*place))})
    return rows


def matching(rows: Iterable[Row], search: str) -> list[Row]:
    """Return the adjustments that contain every word of the search, ignoring case and accents."""
    words = _plain_letters(search).split()
    return [row for row in rows if all(word in _plain_letters(_searched(row)) for word in words)]


def in_order(rows: Sequence[Row], order: str, wording: Wording) -> list[Row]:
    """Sort by change (the most equal first), by date (newest first), or by municipality."""
    if order == "date":
        return sorted(rows, key=lambda row: row["adjusted_on"], reverse=True)
    if order == "municipality":
        places = {name: at for at, name in enumerate(wording.in_order({row["municipality"] for row in rows}))}
        return sorted(rows, key=lambda row: places[row["municipality"]])
    return sorted(rows, key=_by_change)


def card(view: GapData, row: Row, number: int) -> None:
    """Show one adjustment: the change, the offer, the aim, the people involved and the result."""
    wording = view.wording
    offer: Offer = row["known"]
    with st.container(border=True, height="stretch", key=f"card_{number}"):
        st.markdown(f"### {formatting.plain(row['title'])}")
        when = wording.date(pd.Timestamp(row["adjusted_on"]).date())
        st.caption(formatting.plain(f"{row['offer']}, {row['municipality']} · {when}"))
        if row["what_changed"]:
            st.markdown(formatting.plain(row["what_changed"]))
        st.markdown(_result(view, row))
        st.caption("  \n".join(formatting.plain(line) for line in _facts(row, offer, view)))
        st.button(
            wording.text("See this offer") if row["divides"] else wording.text("See before and after this one"),
            key=f"see_{number}",
            icon=":material/arrow_forward:",
            type="tertiary",
            on_click=choose_instead,
            kwargs={"municipality": row["municipality"], "offer": row["offer"]}
            | ({} if row["divides"] else {"adjustment": row["code"]}),
        )


def _result(view: GapData, row: Row) -> str:
    """Return the result with its chart symbol, or the reason why there is no number."""
    wording, change = view.wording, row["change"]
    if not row["divides"]:
        if (by := view.selection.divided_by) is not None:
            said = wording.text("“{title}” divides before and after here; this is another one.", title=by.title)
            return formatting.plain(said)
        return formatting.plain(
            wording.text("The offer's first adjustment divides before and after; this is a later one.")
        )
    if change is None and row["adjusted_on"].date() > dt.date.today():
        return formatting.plain(
            wording.text("Planned. There is a before and after once months from after it are stored.")
        )
    if change is None:
        return formatting.plain(wording.text("What happened is unknown: there is no before, or no after."))
    if change["state"] != State.SHOWN:
        reason = state_text(change, wording)
        return formatting.plain(wording.text("What happened: {reason}", reason=reason or NOTHING))
    way = Direction(change["direction"])
    values = {
        "before": wording.decimal(100 * change["before"]),
        "after": wording.decimal(100 * change["after"]),
        "change": wording.signed(100 * change["estimate"]),
        "lower": wording.decimal(100 * change["lower"]),
        "upper": wording.decimal(100 * change["upper"]),
    }
    said = wording.text("{before} → {after} {unit}", unit=unit(view), before=values["before"], after=values["after"])
    interval = wording.text("change {change} (95% interval {lower} to {upper})", **values)
    colour = "blue" if way in BETTER else "orange" if way in WORSE else "gray"
    word = formatting.plain(_direction_text(way, wording))
    return f":{colour}[**{SHAPES[way]} {word}**]  \n{formatting.plain(said)}  \n{formatting.plain(interval)}"


def _direction_text(way: Direction, wording: Wording) -> str:
    return {
        Direction.NARROWED: wording.text("Clearly narrower"),
        Direction.WIDENED: wording.text("Clearly wider"),
        Direction.CLOSED: wording.text("Clearly closed"),
        Direction.TURNED: wording.text("Turned the other way"),
        Direction.LEVELLED_DOWN: wording.text("Narrower only as those ahead fell back"),
        Direction.ROSE: wording.text("Clearly higher"),
        Direction.FELL: wording.text("Clearly lower"),
        Direction.UNCLEAR: wording.text("No clear change"),
    }[way]


def aim_name(aim: str, wording: Wording) -> str:
    """Return the label of an aim; the aim itself if it has none."""
    return {
        Aim.RECRUITMENT: wording.text("Better recruitment"),
        Aim.COMPLETION: wording.text("Better completion"),
        Aim.BOTH: wording.text("Better recruitment and completion"),
    }.get(Aim(aim), aim)


def _facts(row: Row, offer: Offer, view: GapData) -> list[str]:
    wording = view.wording
    lines = [wording.text("Aim: {aim}", aim=aim_name(row["aim"], wording))]
    if (row["aim"], view.rate) in {(Aim.RECRUITMENT, Rate.COMPLETION), (Aim.COMPLETION, Rate.PARTICIPATION)}:
        lines[0] += " " + wording.text("(you are looking at another stage)")
    lines.append(wording.text("Involved: {who}", who=_involved(row, wording)))
    lines += _followed_by(row, view)
    if offer.theme:
        lines.append(wording.text("Theme: {theme}", theme=offer.theme))
    if offer.completion_rule:
        lines.append(wording.text("Completed means: {rule}", rule=offer.completion_rule))
    return lines


def _followed_by(row: Row, view: GapData) -> list[str]:
    """Return the adjustments that fall into the months after this one."""
    made = view.later_adjustments
    if made.empty or not row["divides"]:
        return []
    own = made[(made["municipality"] == row["municipality"]) & (made["offer"] == row["offer"])]
    if own.empty:
        return []
    named = (adjustment_name(one.title, one.adjusted_on.date(), view.wording) for one in own.itertuples())
    return [view.wording.text("The months after include: {adjustments}", adjustments="; ".join(named))]


def _involved(row: Mapping[str, Any], wording: Wording) -> str:
    citizens, staff = (row[name] is True for name in ("citizens_involved", "staff_involved"))
    if citizens and staff:
        return wording.text("citizens and staff")
    if citizens:
        return wording.text("citizens")
    return wording.text("staff") if staff else wording.text("nobody stated")


def _by_change(row: Row) -> tuple[int, float]:
    """Return the place of an adjustment: clearly better, then not clear, then clearly worse, then unknown."""
    change = row["change"]
    known = change is not None and change["state"] == State.SHOWN and row["divides"]
    if not known:
        return len(Direction), 0.0
    way = Direction(change["direction"])
    is_rate = way in (Direction.ROSE, Direction.FELL)
    return (way not in BETTER) + (way in WORSE), -change["estimate"] if is_rate else change["estimate"]


def _searched(row: Row) -> str:
    known: Offer = row["known"]
    texts = (row["title"], row["what_changed"], row["offer"], row["municipality"], known.theme)
    return " ".join(str(text) for text in texts if text)


def _plain_letters(text: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter)
    )
