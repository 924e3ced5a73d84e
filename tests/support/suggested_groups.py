"""The group that the list of what must be put right suggests for a text."""

from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing.columns import ParsedWithNote, ParseError, group
from analysis.model.terms import Group


def suggested_group(value: str, dimension: str, known: ReferenceData) -> str | None:
    """Return the key of the group that a text is, or that is suggested for it; None without a suggestion."""
    try:
        found = group(known, dimension)(value, "u")
    except ParseError as error:
        nearest = error.values.get("nearest")
        return nearest.key if isinstance(nearest, Group) else nearest
    return found.meaning if isinstance(found, ParsedWithNote) else found
