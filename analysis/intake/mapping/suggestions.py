"""Suggest the meaning of the columns and values of an unknown file, with a confidence."""

from dataclasses import dataclass
from enum import StrEnum

from analysis.i18n.vocabulary import missing_words
from analysis.intake.contract import Column, Form
from analysis.intake.detect.headers import is_event, match
from analysis.intake.layout.heading import Heading
from analysis.intake.lexicon.end_dates import is_end_date_header
from analysis.intake.lexicon.fuzzy_match import CERTAIN, nearest
from analysis.intake.lexicon.header_hints import hint
from analysis.intake.lexicon.neutral_words import (
    OF_CITIZENS,
    OF_EVENTS,
    OF_GROUPS,
    OF_IDS,
    OF_NAMES,
    OF_OUTCOMES,
    OF_PERSONS,
)
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.mapping.ages import BIRTH_YEAR
from analysis.intake.mapping.mapping import spec
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing import municipality_columns
from analysis.intake.sheets import TextColumn
from analysis.intake.tables import cleaned, normalised
from analysis.model.registry import derived

CONTENT_LOOKED_AT = 200
LEAST_CONTENT = 0.6
LIKELY = 80
"""Confidence of a header with a possible other meaning: an end is not always a completion."""


CLOSE, UNSURE = 90, 50
"""Least likeness of a header that is nearly always right, and the confidence of one that is less alike."""


class Why(StrEnum):
    """Basis of a suggestion."""

    NAME = "name"
    SPELLING = "spelling"
    CONTENT = "content"


@dataclass(frozen=True)
class Suggestion:
    """A header that may match a column of the format; ``confidence`` is from 0 to 100."""

    header: str
    confidence: int
    why: Why

    @property
    def certain(self) -> bool:
        """Whether the user need not confirm it."""
        return self.confidence == CERTAIN


def suggestions(
    heading: Heading, columns: dict[str, TextColumn], form: str, known: ReferenceData
) -> dict[str, Suggestion]:
    """Suggest a header for columns of the format, by the headers or otherwise by the values."""
    named = match(heading, spec(form))
    found = {}
    for position, key in named.keys.items():
        text = heading.texts[position]
        sure = Suggestion(text, CERTAIN, Why.NAME)
        if position in named.spelling:
            sure = Suggestion(text, _likeness(text, key, form), Why.SPELLING)
        if normalised(text) in _weak_headers() or (key == "completed_on" and is_end_date_header(text)):
            sure = Suggestion(text, LIKELY, Why.NAME)
        found[key] = sure
    taken = {one.header for one in found.values()}
    left = {text: column for text, column in columns.items() if text not in taken}
    for key, of_word in _by_part_of_name(left, form, set(found)).items():
        found[key] = of_word
        left.pop(of_word.header, None)
    for text in list(left):
        named_by = hint(text, _hinted_fields(form) - set(found))
        if named_by is not None:
            found[named_by[0]] = Suggestion(text, named_by[1], Why.SPELLING)
            left.pop(text)
    values = {text: _first_values(column) for text, column in left.items()}
    for key, test in _contents(known, form).items():
        if key in found:
            continue
        best = max(((_share(some, test), text) for text, some in values.items()), default=(0.0, ""))
        if best[0] >= LEAST_CONTENT:
            found[key] = Suggestion(best[1], round(90 * best[0]), Why.CONTENT)
            values.pop(best[1])
    return found


def _hinted_fields(form: str) -> set[str]:
    own = {column.key for column in spec(form).columns}
    return own | {BIRTH_YEAR} if form == Form.COURSES else own & {"municipality", "offer"}


@derived
def _weak_headers() -> frozenset[str]:
    return frozenset(normalised(header) for column in spec(Form.COURSES).columns for header in column.weak)


def _likeness(text: str, key: str, form: str) -> int:
    words = spec(form).column(key).headers
    near = nearest(normalised(text), [normalised(word) for word in words])
    return round(near[1]) if near else 80


def _by_part_of_name(left: dict[str, TextColumn], form: str, found: set[str]) -> dict[str, Suggestion]:
    """Suggest headers that contain a header of the format or a similar text. Use each header once."""
    suggested: dict[str, Suggestion] = {}
    taken: set[str] = set()
    for column in spec(form).columns:
        if column.key in found:
            continue
        likely = [(near[1], text) for text in left if text not in taken and (near := _near(text, column))]
        if likely:
            likeness, text = max(likely)
            suggested[column.key] = Suggestion(text, _confidence(likeness), Why.SPELLING)
            taken.add(text)
    return suggested


def _confidence(likeness: float) -> int:
    """Return the confidence of a likeness: the share that is right among the labelled headers of the tests."""
    return min(round(likeness), 95) if likeness >= CLOSE else UNSURE


def _near(text: str, column: Column) -> tuple[str, float] | None:
    """Return the header of a column with the same meaning as a text, ignoring words for a date, number or code."""
    words = [normalised(word) for word in column.headers]
    if is_event(column.key):
        return nearest(normalised(text), words, OF_EVENTS)
    if column.key == "citizen":
        return nearest(normalised(text), words, OF_IDS, OF_IDS) or nearest(normalised(text), words, OF_PERSONS)
    suffixes = {"municipality": OF_NAMES, "offer": OF_NAMES}.get(column.key, OF_GROUPS)
    neutral = OF_OUTCOMES if column.key == "outcome" else suffixes | OF_CITIZENS
    return nearest(normalised(text), words, neutral, suffixes)


def _contents(known: ReferenceData, form: str) -> dict[str, cells.Parse]:
    """Return a test of the values for each column that can be recognised by its values."""
    tests = {"municipality": municipality_columns.municipality(known)}
    if form == Form.COURSES:
        ours = {column.key for column in spec(form).columns}
        tests |= {"outcome": cells.word("outcome", "yes_no")}
        tests |= {key: cells.group(known, key) for key in known.dimensions if key in ours}
    return tests


def _first_values(column: TextColumn) -> list[str]:
    """Return the first distinct values of a column that are neither numbers nor words for a missing value."""
    texts = [cleaned(column.values[code]) for code in column.present()[:CONTENT_LOOKED_AT].tolist()]
    return [text for text in texts if text and normalised(text) not in missing_words() and not text.isdecimal()]


def _share(texts: list[str], test: cells.Parse) -> float:
    """Return the share of the texts that pass the test."""
    return sum(_takes(test, text) for text in texts) / len(texts) if texts else 0.0


def _takes(test: cells.Parse, text: str) -> bool:
    try:
        test(text, "u")
    except cells.ParseError:
        return False
    return True
