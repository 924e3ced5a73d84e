"""Table and native chart of an exhibit that shows the frame of a measure."""

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.exhibits.cell_texts import unit as unit_of
from analysis.exhibits.exhibit import Kind, Plan
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.tables import column_titles, readable


def measured_table(
    view: GapData, frame: pd.DataFrame, columns: Sequence[str], *, unit: str | None = None
) -> pd.DataFrame:
    """Return these columns of a measure's frame as a readable table; the default unit is that of the answer."""
    wording = view.wording
    titles = column_titles(wording, unit=unit or unit_of(view))
    groups = {group: view.label(group) for group in [*view.labels(), "missing"]}
    return readable(frame, names={"group": groups}, columns={name: titles[name] for name in columns}, wording=wording)


def measured_plan(
    view: GapData,
    *category: str,
    kind: Kind = "bars",
    series: str | None = None,
    unit: str | None = None,
    categories: Iterable[str] = (),
) -> Plan:
    """Plan a native chart of a measure's frame; the default unit is that of the answer.

    ``category`` and ``series`` are columns of ``measured_table``, which must have ``estimate``, ``lower``, ``upper``.
    Only the phases before and after are drawn. Lines have no intervals, because there would be too many.
    """
    titles = column_titles(view.wording, unit=unit or unit_of(view))
    return Plan(
        kind,
        tuple(titles[one] for one in category),
        titles["estimate"],
        series=titles[series] if series else None,
        interval=None if kind == "lines" else (titles["lower"], titles["upper"]),
        categories=tuple(categories),
        names=_phase_names(view) if series == "phase" else (),
    )


def _phase_names(view: GapData) -> tuple[str, ...]:
    text = view.wording.text
    return (text("now"),) if view.is_now else (text("before"), text("after"))
