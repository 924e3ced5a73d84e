"""Single decisions about a file: add one to the corrections, list them, and undo one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from analysis.intake.findings.findings import Finding
from analysis.intake.fix.corrections import AddedDimension, AddedGroup, Corrections
from analysis.intake.fix.entries import rows_by_sheet
from analysis.intake.sheets import RawSheet, letters
from analysis.intake.tables import cleaned

K = TypeVar("K")
V = TypeVar("V")


class Kind(StrEnum):
    VALUE = "value"
    CELL = "cell"
    LEFT_OUT = "left_out"
    COLUMN_LEFT_OUT = "column_left_out"
    GROUP = "group"
    DIMENSION = "dimension"
    PLACE = "place"
    CONSTANT = "constant"


@dataclass(frozen=True)
class Decision:
    """One decision of the user.

    Attributes
    ----------
    sheet, letters, row : position; ``row`` is 0 for a whole column.
    value : the value in the file, a group, a dimension, or the key of a column without values.
    text : what takes its place: a text, or the key of a dimension.
    rows : rows that are left out.
    """

    kind: Kind
    sheet: str = ""
    letters: str = ""
    row: int = 0
    value: str = ""
    text: str = ""
    rows: tuple[int, ...] = ()


def replace_value(
    corrections: Corrections, sheets: Iterable[RawSheet], findings: Iterable[Finding], text: str
) -> Corrections:
    """Replace the value of the findings in their columns. ``sheets`` are those of the file as it was read.

    A value that the user wrote before is replaced where it was written.
    """
    values = {place: dict(meant) for place, meant in corrections.values.items()}
    cells = dict(corrections.cells)
    by_name = {sheet.name: sheet for sheet in sheets}
    for finding in findings:
        place, value = (finding.sheet, finding.letters), finding.value
        meant = values.setdefault(place, {})
        meant.update({before: text for before, after in meant.items() if cleaned(after) == value})
        cells.update(
            {cell: text for cell, after in cells.items() if cell[:2] == place and cleaned(after) == value},
        )
        if finding.sheet in by_name and _has_value(by_name[finding.sheet], *place[1:], value):
            meant[value] = text
    return replace(corrections, values={place: meant for place, meant in values.items() if meant}, cells=cells)


def _has_value(sheet: RawSheet, place: str, value: str) -> bool:
    column = next((one for at, one in enumerate(sheet.columns) if letters(at) == place), None)
    return column is not None and any(cleaned(text) == value for text in column.values)


def leave_out(corrections: Corrections, findings: Iterable[Finding]) -> Corrections:
    """Leave out the rows of the findings."""
    left_out = dict(corrections.left_out)
    for sheet, rows in rows_by_sheet(findings).items():
        left_out[sheet] = left_out.get(sheet, frozenset()) | rows
    return replace(corrections, left_out=left_out)


def keep_place(corrections: Corrections, place: str) -> Corrections:
    """Keep a text as a place beside the municipalities."""
    return replace(corrections, places=tuple(dict.fromkeys((*corrections.places, place))))


def leave_out_columns(corrections: Corrections, findings: Iterable[Finding]) -> Corrections:
    """Leave out the numbers below the headers of the findings."""
    places = [(finding.sheet, finding.letters) for finding in findings]
    return replace(corrections, left_out_columns=tuple(dict.fromkeys((*corrections.left_out_columns, *places))))


def add_groups(corrections: Corrections, groups: Iterable[AddedGroup]) -> Corrections:
    """Add groups to their dimensions."""
    return replace(corrections, groups=tuple(dict.fromkeys((*corrections.groups, *groups))))


def add_dimension(corrections: Corrections, dimension: AddedDimension) -> Corrections:
    """Add a dimension."""
    return replace(corrections, dimensions=tuple(dict.fromkeys((*corrections.dimensions, dimension))))


def is_about(decision: Decision, sheets: Iterable[RawSheet]) -> bool:
    """Return whether a decision is about something in these sheets: a saved one may be about another file."""
    if decision.kind is not Kind.VALUE:
        return True
    return any(one.name == decision.sheet and _has_value(one, decision.letters, decision.value) for one in sheets)


def decisions_of(corrections: Corrections) -> list[Decision]:
    """Return the decisions, except answers to questions, the latest of each kind first."""
    values = [
        Decision(Kind.VALUE, sheet, place, value=value, text=text)
        for (sheet, place), meant in corrections.values.items()
        for value, text in meant.items()
    ]
    cells = [
        Decision(Kind.CELL, sheet, place, row, text=text) for (sheet, place, row), text in corrections.cells.items()
    ]
    left_out = [
        Decision(Kind.LEFT_OUT, sheet, rows=tuple(sorted(rows))) for sheet, rows in corrections.left_out.items() if rows
    ]
    columns = [Decision(Kind.COLUMN_LEFT_OUT, sheet, place) for sheet, place in corrections.left_out_columns]
    groups = [
        Decision(Kind.GROUP, value=one.group, text=one.dimension, row=one.rank or 0) for one in corrections.groups
    ]
    dimensions = [Decision(Kind.DIMENSION, value=one.name) for one in corrections.dimensions]
    places = [Decision(Kind.PLACE, value=place) for place in corrections.places]
    constants = [Decision(Kind.CONSTANT, value=key, text=text) for key, text in corrections.constants.items()]
    return [
        one
        for some in (constants, places, dimensions, groups, values, cells, left_out, columns)
        for one in reversed(some)
    ]


def without(corrections: Corrections, decision: Decision) -> Corrections:
    """Undo a decision."""
    match decision.kind:
        case Kind.VALUE:
            place = (decision.sheet, decision.letters)
            meant = _without(corrections.values.get(place, {}), decision.value)
            others = _without(corrections.values, place)
            return replace(corrections, values={**others, place: meant} if meant else others)
        case Kind.CELL:
            cell = (decision.sheet, decision.letters, decision.row)
            return replace(corrections, cells=_without(corrections.cells, cell))
        case Kind.LEFT_OUT:
            return replace(corrections, left_out=_without(corrections.left_out, decision.sheet))
        case Kind.COLUMN_LEFT_OUT:
            place = (decision.sheet, decision.letters)
            columns = tuple(one for one in corrections.left_out_columns if one != place)
            return replace(corrections, left_out_columns=columns)
        case Kind.GROUP:
            group = AddedGroup(decision.text, decision.value, decision.row or None)
            return replace(corrections, groups=tuple(one for one in corrections.groups if one != group))
        case Kind.PLACE:
            places = tuple(one for one in corrections.places if one != decision.value)
            return replace(corrections, places=places)
        case Kind.DIMENSION:
            return replace(
                corrections,
                dimensions=tuple(one for one in corrections.dimensions if one.name != decision.value),
                groups=tuple(one for one in corrections.groups if one.dimension != decision.value),
            )
        case Kind.CONSTANT:
            return replace(corrections, constants=_without(corrections.constants, decision.value))


def _without(some: Mapping[K, V], key: K) -> dict[K, V]:
    return {one: value for one, value in some.items() if one != key}
