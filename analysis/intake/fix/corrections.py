"""Corrections by a user before a file is stored: cells, repeated values, omitted rows, added groups."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from analysis.intake.findings.findings import Finding
from analysis.intake.lexicon.reference_data import ReferenceData, extended
from analysis.intake.read_file import Reading
from analysis.intake.sheets import RawSheet, letters
from analysis.intake.tables import cleaned
from analysis.model.terms import Dimension

FEWEST_RANKS = 2
"""Minimum number of ranks: an order has two ends."""


@dataclass(frozen=True)
class AddedGroup:
    """A group that a user adds to a dimension; ``rank`` 1 is the least advantaged."""

    dimension: str
    group: str
    rank: int | None = None


@dataclass(frozen=True)
class Corrections:
    """Changes to a file as read.

    Attributes
    ----------
    cells : new text by sheet, column letters and row.
    values : replacement of each value in a whole column, by sheet and column letters.
    left_out : rows of each sheet that are not stored.
    groups : groups that the user adds to dimensions.
    answers : the user's answers to the questions of the checks.
    constants : values that the user states for all rows of tables that lack the column, by column key.
    sheets : names of the sheets that are read; none for all.
    """

    cells: dict[tuple[str, str, int], str] = field(default_factory=dict)
    values: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    left_out: dict[str, frozenset[int]] = field(default_factory=dict)
    groups: tuple[AddedGroup, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()

    def without_rows(self) -> "Corrections":
        """Return the corrections that also apply to the next file of the same kind."""
        return Corrections(values=self.values, groups=self.groups, answers=self.answers, constants=self.constants)


def corrected(reading: Reading, corrections: Corrections) -> Reading:
    """Apply the corrections to the sheets of a file."""
    return replace(reading, sheets=[_corrected_column(sheet, corrections) for sheet in reading.sheets])


def _corrected_column(sheet: RawSheet, corrections: Corrections) -> RawSheet:
    columns = []
    changed: set[tuple[str, int]] = set()
    for position, column in enumerate(sheet.columns):
        place = letters(position)
        typed = {
            row - 1: text
            for (name, where, row), text in corrections.cells.items()
            if (name, where) == (sheet.name, place) and 0 < row <= sheet.rows
        }
        changed |= {(place, row + 1) for row in typed}
        meant = corrections.values.get((sheet.name, place), {})
        meant = {value: text for value, text in meant.items() if text.strip()}  # A blank replacement is ignored.
        if meant:
            meant = {value: meant[cleaned(value)] for value in column.values if cleaned(value) in meant}
        columns.append(column.replaced(meant).with_cells(typed))
    return replace(
        sheet,
        columns=columns,
        errors=[error for error in sheet.errors if error[:2] not in changed],
        uncomputed=[place for place in sheet.uncomputed if place not in changed],
        left_out=corrections.left_out.get(sheet.name, frozenset()),
        answers=corrections.answers,
    )


def without_rank(
    column: str,
    dimension: str,
    groups: list[tuple[str, int | None]],
    named: Dimension | None,
    *,
    ordered: bool,
    new: bool,
) -> list[Finding]:
    """Report new groups without a rank in an ordered dimension: ranks are never guessed, and a new order needs two."""
    if not ordered or not groups:
        return []
    ranks = [rank for _, rank in groups if rank is not None]
    unranked = tuple(name for name, rank in groups if rank is None)
    said = {"named": named or dimension}
    if new and (len(ranks) < FEWEST_RANKS or len(set(ranks)) < len(ranks)):
        names = unranked or tuple(name for name, _ in groups)
        return [Finding("rank_missing", column=column, value=dimension, values={"groups": names, **said})]
    if not unranked:
        return []
    return [Finding("rank_partly", column=column, value=dimension, values={"groups": unranked, **said})]


def with_groups(known: ReferenceData, groups: Iterable[AddedGroup]) -> ReferenceData:
    """Return the reference data with the user's groups added."""
    for one in groups:
        dimension = known.dimensions[one.dimension]
        known = known.with_dimension(
            extended(dimension, one.dimension, [(one.group, one.rank)], ordered=dimension.ordered)
        )
    return known
