"""Preview of an import: the gaps and theme-day figures before and after the change."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analysis.exhibits.tables import NOTHING
from analysis.i18n import Wording
from analysis.i18n.sentences import exactness
from analysis.model.terms import Dimension, Rate, RoundingBase
from analysis.store import Snapshot
from pages.components import exact_counts, formatting
from pages.components.gap_preview import ARROW, Key, gap_figures


@dataclass(frozen=True)
class Figures:
    """Summary of the pages: gaps before and after, and progress of the theme days.

    ``municipalities`` are the municipalities that are covered; None for all.
    """

    gaps: dict[Key, str]
    theme_days: dict[str, str]
    dimensions: Mapping[str, Dimension]
    municipalities: frozenset[str] | None
    is_exact: bool
    """True if the gaps use real counts that are not rounded."""


@dataclass(frozen=True)
class Titles:
    """Titles of two states that are set beside each other, and the key of their tables on the page."""

    key: str
    first: str
    second: str


def figures(data: Snapshot, wording: Wording) -> Figures:
    """Return the figures of the stored data, or of the data after a change."""
    is_rounded = isinstance(
        data.disclosure_level.smallest_count(data.municipalities or {""}, synthetic=False), RoundingBase
    )
    return Figures(
        gap_figures(data, wording),
        theme_day_figures(data, wording),
        data.dimensions,
        data.municipalities,
        is_exact=not (is_rounded or data.synthetic),
    )


def theme_day_figures(data: Snapshot, wording: Wording) -> dict[str, str]:
    """Return the progress of the theme days, as text by label; empty if there are none."""
    figures = {
        wording.text("Municipalities reached"): data.theme_days["municipality"].nunique(),
        wording.text("Participants"): data.theme_days["participants"].sum(),
        wording.text("Understandings"): len(data.understandings),
        wording.text("Actions"): len(data.actions),
        wording.text("Actions running or evaluated"): data.actions["status"].isin(["running", "evaluated"]).sum(),
        wording.text("Requests"): len(data.requests.drop_duplicates(["municipality", "requested_on", "request"])),
        wording.text("Votes on actions"): data.votes["votes"].sum(),
    }
    return {name: wording.integer(number) for name, number in figures.items()}


def before_and_after(wording: Wording) -> Titles:
    """Return the titles of the two states of a change that is not stored yet."""
    return Titles("preview", wording.text("As it is"), wording.text("As it will be"))


def show_theme_days(now: dict[str, str], then: dict[str, str], titles: Titles, wording: Wording) -> None:
    """Show a table of the theme-day figures that differ between two states."""
    rows = [
        {
            wording.text("Theme days"): name,
            titles.first: now[name],
            titles.second: then[name],
        }
        for name in now
        if now[name] != then[name]
    ]
    if rows:
        formatting.label(wording.text("The theme days"))
        formatting.table(pd.DataFrame(rows), key=f"{titles.key}_days_{len(rows)}", alt=wording.text("The theme days"))


def show_change(now: Figures, then: Figures, titles: Titles, wording: Wording) -> None:
    """Show tables of the figures in two states; without the gaps if only theme days differ."""
    if now.municipalities is not None:
        names = ", ".join(wording.in_order(now.municipalities))
        st.caption(
            formatting.plain(wording.text("The figures below are of {municipalities} alone.", municipalities=names))
        )
    show_theme_days(now.theme_days, then.theme_days, titles, wording)
    if now.gaps != then.gaps or now.theme_days == then.theme_days:
        show_gaps(now, then, titles, wording)
        if now.is_exact:
            st.caption(formatting.plain(exactness(wording)))
            exact_counts.hide_table_downloads()


def show_gaps(now: Figures, then: Figures, titles: Titles, wording: Wording) -> None:
    """Show a table of the gaps in two states."""
    dimensions = then.dimensions
    rates = {Rate.PARTICIPATION: wording.text("Participation"), Rate.COMPLETION: wording.text("Completion")}
    rows = [
        {
            wording.text("Dimension"): dimensions[key].label(wording.code) if key in dimensions else key,
            wording.text("Rate"): rates[rate],
            titles.first: now.gaps.get((key, rate), NOTHING),
            titles.second: then.gaps.get((key, rate), NOTHING),
        }
        for key, rate in dict.fromkeys([*then.gaps, *now.gaps])
        if {now.gaps.get((key, rate), NOTHING), then.gaps.get((key, rate), NOTHING)} != {NOTHING}
    ]
    if any(ARROW in text for text in (*now.gaps.values(), *then.gaps.values())):
        formatting.label(wording.text("The gap in percentage points, before → after the adjustments"))
    else:
        formatting.label(wording.text("The gap now, in percentage points"))
    if not rows:
        st.caption(formatting.plain(wording.text("There is no gap to show.")))
        return
    formatting.table(
        pd.DataFrame(rows),
        key=f"{titles.key}_{len(rows)}",
        text_columns=2,
        alt=wording.text("The gaps as they are and as they will be"),
    )
