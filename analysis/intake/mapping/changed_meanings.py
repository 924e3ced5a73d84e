"""Corrections after the user gave a column another meaning: what was corrected under the old one is dropped."""

from collections.abc import Mapping as Lookup
from dataclasses import replace

from analysis.intake.fix.corrections import Corrections
from analysis.intake.mapping.mapping import Mapping


def without_old_meanings(
    corrections: Corrections, before: Mapping, after: Mapping, letters_of: Lookup[str, str]
) -> Corrections:
    """Return the corrections without those of columns whose meaning changed.

    ``letters_of`` are the letters of each column of the sheet by its name. Groups that the user added to a dimension
    that no column has any more are dropped too.
    """
    old, new = _meanings(before), _meanings(after)
    sheets = {before.sheet, *before.sheets, after.sheet, *after.sheets}
    changed = {letters_of[name] for name in {*old, *new} if old.get(name) != new.get(name) and name in letters_of}
    gone = {one.dimension for one in before.all_dimensions} - {one.dimension for one in after.all_dimensions}
    if not changed and not gone:
        return corrections
    return replace(
        corrections,
        values={place: one for place, one in corrections.values.items() if not _is_in(place, sheets, changed)},
        cells={cell: text for cell, text in corrections.cells.items() if not _is_in(cell[:2], sheets, changed)},
        left_out_columns=tuple(one for one in corrections.left_out_columns if not _is_in(one, sheets, changed)),
        groups=tuple(one for one in corrections.groups if one.dimension not in gone),
    )


def _is_in(place: tuple[str, str], sheets: set[str], columns: set[str]) -> bool:
    return place[0] in sheets and place[1] in columns


def _meanings(mapping: Mapping) -> dict[str, tuple[str, ...]]:
    """Return what each column is, by its name; headers over numbers are what their levels say."""
    levels = tuple(level.key for level in mapping.levels)
    return {
        **dict.fromkeys(mapping.numbers, levels),
        **{name: (key,) for key, name in mapping.columns.items()},
        **{name: ("dimension", one.dimension) for name, one in mapping.dimensions.items()},
    }
