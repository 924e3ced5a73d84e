"""What a file for periods that are stored already probably means."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.store import Beside, Correction, ImportMode


def likely_mode(correction: Correction | None, beside: Sequence[Beside]) -> ImportMode | None:
    """Return the mode that the contents suggest, None if they suggest none.

    Rows that are all new are added. A file with all rows that are stored, or more, takes their place. One with some of
    them corrects these.
    """
    if correction is None or correction.across:
        return None
    if not correction.corrected:
        return ImportMode.ADD
    if not any(one.is_loss for one in beside):
        return ImportMode.REPLACE
    return ImportMode.CORRECT if correction.is_possible else None


def after_correction(beside: Sequence[Beside], correction: Correction) -> list[Beside]:
    """Return the same offers, periods and dimensions with the numbers after the correction in place of the file's."""
    after = []
    for one in beside:
        removed = (0, 0, 0)
        for dimension in ("", one.dimension):
            found = correction.removed.get((one.municipality, one.offer, dimension), (0, 0, 0))
            removed = tuple(sum(pair) for pair in zip(removed, found, strict=True))  # type: ignore[assignment]
        numbers = zip(one.stored, removed, one.in_file, strict=True)
        after.append(replace(one, in_file=tuple(stored - gone + new for stored, gone, new in numbers)))
    return after


def by_numbers(beside: Sequence[Beside]) -> dict[Beside, list[str]]:
    """Return the dimensions with equal numbers together, as those of courses are: their keys by what they share."""
    together: dict[Beside, list[str]] = {}
    for one in beside:
        together.setdefault(replace(one, dimension=""), []).append(one.dimension)
    return together
