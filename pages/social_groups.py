"""Who is reached, who completes? One group compared with another, every group behind it, and the table."""

from typing import Any

import pandas as pd
import streamlit as st

from analysis.charts.dumbbells import dumbbell, gap_dumbbell
from analysis.model import MISSING, Phase
from analysis.wording.sentences import change_headline, change_sentence
from pages.parts import session, show
from pages.parts.view import View, choose


def rates_table(view: View, rates: pd.DataFrame) -> pd.DataFrame:
    """Each group before and after with interval and counts, citizens whose group is not stated last."""
    text = view.wording.text
    found: dict[tuple[str, str], dict[str, Any]] = {
        (row["group"], row["phase"]): row for row in rates.to_dict("records")
    }
    rows = []
    for group in [*view.labels(), MISSING]:
        row = {text("Group"): view.label(group)}
        for phase, name in ((Phase.BEFORE, text("before")), (Phase.AFTER, text("after"))):
            rate, interval, counts = show.rate_cells(found.get((group, phase)), view.wording)
            row |= {text("Rate {phase}", phase=name): rate}
            row |= {text("95% interval {phase}", phase=name): interval, text("Citizens {phase}", phase=name): counts}
        rows.append(row)
    return pd.DataFrame(rows)


def gap_table(view: View, gaps: pd.DataFrame, change: dict[str, Any]) -> pd.DataFrame:
    """The gap before and after on both scales, and its change."""
    text = view.wording.text
    names = {
        ("absolute", Phase.BEFORE): text("Gap before, percentage points"),
        ("absolute", Phase.AFTER): text("Gap after, percentage points"),
        ("relative", Phase.BEFORE): text("Ratio before"),
        ("relative", Phase.AFTER): text("Ratio after"),
    }
    found = {(row["scale"], row["phase"]): row for row in gaps.to_dict("records")}
    rows = []
    for key, name in names.items():
        if (row := found.get(key)) is None:
            continue
        value, interval = (
            show.gap_cells(row, view.wording) if key[0] == "absolute" else show.ratio_cells(row, view.wording)
        )
        rows.append((name, value, interval))
    value, interval = show.gap_cells(change, view.wording)
    rows.append((text("Change in the gap, percentage points"), value, interval))
    return pd.DataFrame(rows, columns=[text("Measure"), text("Value"), text("95% interval")])


wording = session.language()
view = choose(wording, with_groups=True)
change = view.change()
gaps = view.gaps([])
rates = view.rates(["group", "phase"])
headline = change_headline(change, view.selection.rate, wording)
sentence = change_sentence(change, view.compared, view.reference, view.selection.rate, wording)

show.heading(wording.text("Who is reached, who completes?"), view)
st.subheader(headline)
st.markdown(show.plain(sentence))
show.chart(
    gap_dumbbell(
        gaps.assign(unit=view.selection.dimension),
        labels={view.selection.dimension: f"{view.compared} – {view.reference}"},
        wording=wording,
        theme=session.theme(),
    ),
    alt=f"{headline}. {sentence}",
    key="gap_chart",
)
show.table(gap_table(view, gaps, change), key="gap_table", alt=wording.text("The gap before and after, and its change"))
st.subheader(wording.text("Every group before and after"))
show.chart(
    dumbbell(
        rates,
        labels=view.labels(),
        wording=wording,
        theme=session.theme(),
        reference=view.selection.reference,
        compared=view.selection.group,
    ),
    alt=wording.text("The rate of every group before and after, as in the table below"),
    key="groups_chart",
)
show.table(rates_table(view, rates), key="rates_table", alt=wording.text("The rate of every group before and after"))
show.footnotes(view)
