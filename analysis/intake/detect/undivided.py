"""Numbers of a stage that a cross table does not divide by group, beside others that it divides."""

from collections.abc import Mapping
from dataclasses import replace

from analysis.intake.contract import DIMENSION_KEYS
from analysis.intake.detect.layouts import Layout
from analysis.intake.findings.findings import Finding
from analysis.intake.layout import labels
from analysis.intake.layout.stitching import ValueColumn
from analysis.intake.sheets import letters
from analysis.intake.tables import COUNTED
from analysis.model.terms import Stage

_OF_GROUPS = {labels.GROUP, *DIMENSION_KEYS}
_OF = "stage"
_UNKNOWN = {"invited_unknown": Stage.INVITED.value, "completion_unknown": Stage.COMPLETED.value}


def without_undivided(sheet: str, layout: Layout) -> tuple[Layout, list[int], list[Finding]]:
    """Return the layout without columns of a stage for all groups together, their positions and the findings.

    Such a number is the number of no group. It is unknown for each of them.
    """
    beside = [at for at, key in layout.keys.items() if key in COUNTED and any(one.others for one in layout.values)]
    among = [one for one in layout.values if _names_no_group(one) and any(map(_names_group, layout.values))]
    stages = {at: layout.keys[at] for at in beside} | {
        one.position: one.labels.get(labels.STAGE, Stage.PARTICIPATED.value) for one in among
    }
    if not stages:
        return layout, [], []
    kept = replace(
        layout,
        keys={at: key for at, key in layout.keys.items() if at not in stages},
        values=tuple(one for one in layout.values if one.position not in stages),
    )
    return kept, sorted(stages), _findings(sheet, kept, stages)


def _findings(sheet: str, kept: Layout, stages: Mapping[int, str]) -> list[Finding]:
    """Report each column. Participants must be divided, as the other stages are measured by them."""
    divided = {one.labels.get(labels.STAGE, "") for one in kept.values}
    row = (kept.heading.last + 1,)
    found = []
    for at, stage in sorted(stages.items()):
        is_needed = stage == Stage.PARTICIPATED and stage not in divided and labels.STAGE not in kept.keys.values()
        check = "participants_undivided" if is_needed else "stage_undivided"
        found.append(Finding(check, sheet, row, kept.heading.texts[at], values={_OF: stage}, letters=letters(at)))
    return found


def once_undivided(findings: list[Finding]) -> list[Finding]:
    """Return the findings without those that call a stage unknown which is only not divided."""
    there = {(one.sheet, one.values.get(_OF)) for one in findings if one.check == "stage_undivided"}
    return [one for one in findings if (one.sheet, _UNKNOWN.get(one.check)) not in there]


def _names_group(one: ValueColumn) -> bool:
    return any(one.labels.get(key) for key in _OF_GROUPS)


def _names_no_group(one: ValueColumn) -> bool:
    """Return whether a column has a stage, and nothing in its header rows of groups."""
    return bool(one.labels.get(labels.STAGE)) and not _names_group(one)
