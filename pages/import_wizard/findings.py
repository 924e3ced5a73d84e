"""Findings, grouped by severity: blockers expanded, warnings and notes collapsed."""

import pandas as pd
import streamlit as st

from analysis.i18n import Wording
from analysis.intake.findings.check import Severity
from analysis.intake.findings.findings import SHOWN_ROWS, Finding, message, place, remedy
from pages.components import formatting

SHOWN = 3
"""Number of findings of a check that are shown without expanding."""
MOST_GROUPS = 25
MOST_PLACES = 10_000


def show_findings(findings: list[Finding], wording: Wording) -> None:
    """Show every finding by severity and check: the first places immediately, all on demand."""
    titles = {
        Severity.ERROR: (":material/block:", wording.text("Must be mended before the file can be stored")),
        Severity.WARNING: (":material/warning:", wording.text("Stored as it is, and worth a look")),
        Severity.NOTE: (":material/info:", wording.text("For your information")),
    }
    for severity, (icon, title) in titles.items():
        groups = _by_check([finding for finding in findings if finding.severity is severity])
        if not groups:
            continue
        with st.expander(f"{icon} **{title}** ({len(groups)})", expanded=severity is Severity.ERROR):
            for number, group in enumerate(groups[:MOST_GROUPS]):
                _show_group(group, f"{severity}_{number}", wording)


def _by_check(findings: list[Finding]) -> list[list[Finding]]:
    """Group the findings by check, those in the most rows first."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.check, []).append(finding)
    return sorted(groups.values(), key=lambda group: -sum(_times(finding) for finding in group))


def _times(finding: Finding) -> int:
    return max(len(finding.rows), 1)


def _show_group(group: list[Finding], key: str, wording: Wording) -> None:
    """Show one check: its first findings, the remedy, and every place."""
    times = sum(_times(finding) for finding in group)
    for finding in group[:SHOWN]:
        lines = [f"**{formatting.plain(message(finding, wording))}**"]
        if where := place(finding, wording):
            lines.append(f":gray[{formatting.plain(where)}]")
        st.markdown("  \n".join(lines))
    st.markdown(f":material/arrow_forward: {formatting.plain(remedy(group[0], wording))}")
    if len(group) > SHOWN or times > SHOWN_ROWS * len(group):
        said = wording.texts("All {count} place", "All {count} places", times)
        with st.expander(said, key=f"places_{key}", on_change="rerun") as places:
            if places.open:
                st.dataframe(_places(group, wording), hide_index=True, key=f"table_{key}", width="stretch")


def _places(group: list[Finding], wording: Wording) -> pd.DataFrame:
    """Return one row per place: sheet, row, column, value, message."""
    rows = [
        (finding.sheet, row, finding.column, finding.value, message(finding, wording))
        for finding in group
        for row in finding.rows or (None,)
    ][:MOST_PLACES]
    names = [
        wording.text("Sheet"),
        wording.text("Row"),
        wording.text("Column"),
        wording.text("Value"),
        wording.text("What was seen"),
    ]
    frame = pd.DataFrame(rows, columns=names)
    return frame.astype({names[1]: "Int64"})
