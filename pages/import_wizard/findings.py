"""Findings of checks: their places, and a list of warnings and notes with a line for each check."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.i18n import Wording
from analysis.intake.findings.check import Severity
from analysis.intake.findings.findings import SHOWN_ROWS, Finding, blocks, message, place, remedy, value_text
from pages.components import formatting

SHOWN = 3
"""Number of findings of a check that are shown without expanding."""
MOST_CHECKS, MOST_OPEN = 25, 5
"""Number of lines that are shown, and of warnings that stand open where nothing else is left to do."""
MOST_PLACES = 10_000


def show_findings(findings: list[Finding], wording: Wording, *, by_hand: bool = False) -> None:
    """Show warnings and notes: one line for each check, its places on demand. Errors are in the list of fixes."""
    titles = {
        Severity.WARNING: (":material/warning:", wording.text("Stored as it is, and worth a look")),
        Severity.NOTE: (":material/info:", wording.text("For your information")),
    }
    for severity, (icon, title) in titles.items():
        groups = _by_check([finding for finding in findings if finding.severity is severity])
        if not groups:
            continue
        is_open = severity is Severity.WARNING and len(groups) <= MOST_OPEN and not blocks(findings)
        with st.expander(f"{icon} **{title}** ({len(groups)})", expanded=is_open):
            for group in groups[:MOST_CHECKS]:
                _show_check(group, wording, by_hand=by_hand)


def _by_check(findings: list[Finding]) -> list[list[Finding]]:
    """Group the findings by check, those in the most rows first."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.check, []).append(finding)
    return sorted(groups.values(), key=lambda group: -_times(group))


def _times(findings: Sequence[Finding]) -> int:
    """Return the number of places. A finding without rows has one."""
    return sum(max(len(finding.rows), 1) for finding in findings)


def _show_check(group: list[Finding], wording: Wording, *, by_hand: bool) -> None:
    """Show one check as a line, with the number of columns and places. Its details open on demand."""
    said = message(group[0], wording)
    columns = len({(finding.sheet, finding.letters or finding.column) for finding in group})
    counted = []
    if (others := len({finding.value for finding in group}) - 1) > 0:
        counted.append(wording.texts("and {count} other like it", "and {count} others like it", others))
    if columns > 1:
        counted.append(wording.texts("{count} column", "{count} columns", columns))
    if (times := _times(group)) > 1:
        counted.append(wording.texts("{count} place", "{count} places", times))
    label = formatting.plain(said) + (f" :gray[{formatting.plain(', '.join(counted))}]" if counted else "")
    with st.expander(label, key=f"check_{group[0].check}", on_change="rerun") as details:
        if details.open:
            show_remedy(group[0], wording, by_hand=by_hand)
            if times > 1:
                _show_table(group, group[0].check, wording)
            elif where := place(group[0], wording):
                st.markdown(f":gray[{formatting.plain(where)}]")


def show_places(findings: Sequence[Finding], key: str, wording: Wording, *, by_hand: bool = False) -> None:
    """Show findings with the same solution: the first ones, the remedy, and every place on demand."""
    for finding in findings[:SHOWN]:
        lines = [f"**{formatting.plain(message(finding, wording))}**"]
        if where := place(finding, wording):
            lines.append(f":gray[{formatting.plain(where)}]")
        st.markdown("  \n".join(lines))
    show_remedy(findings[0], wording, by_hand=by_hand)
    times = _times(findings)
    if len(findings) > SHOWN or times > SHOWN_ROWS * len(findings):
        said = wording.texts("All {count} place", "All {count} places", times)
        with st.expander(said, key=f"places_{key}", on_change="rerun") as places:
            if places.open:
                _show_table(findings, key, wording)


def show_remedy(finding: Finding, wording: Wording, *, by_hand: bool) -> None:
    st.markdown(f":material/arrow_forward: {formatting.plain(remedy(finding, wording, by_hand=by_hand))}")


def _show_table(findings: Sequence[Finding], key: str, wording: Wording) -> None:
    """Show one row for each place: sheet, row, column, value, message."""
    rows = [
        (finding.sheet, row, finding.column, value_text(finding, wording), message(finding, wording))
        for finding in findings
        for row in finding.rows or (None,)
    ][:MOST_PLACES]
    names = [
        wording.text("Sheet"),
        wording.text("Row"),
        wording.text("Column"),
        wording.text("Value"),
        wording.text("What was seen"),
    ]
    frame = pd.DataFrame(rows, columns=names).astype({names[1]: "Int64"})
    st.dataframe(frame, hide_index=True, key=f"table_{key}", width="stretch")
