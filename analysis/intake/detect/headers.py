"""Find the header row of a sheet and match its headers to the columns of the format."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from analysis.intake.contract import KINDS, Form, SheetKind
from analysis.intake.lexicon.end_dates import is_day_of_end
from analysis.intake.lexicon.fuzzy_match import LONGEST, misspelt_header, opposite
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.lexicon.typos import compact, is_slip_of_text, start, starts
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import cleaned, normalised
from analysis.model.registry import derived
from analysis.model.terms import MISSING, Stage

SEARCH_ROWS = 30
SHORTEST_MISSPELT = 5
_STAGES = frozenset(Stage)


@dataclass(frozen=True)
class Heading:
    """The first and last header row, counted from 0, and the header of every column."""

    first: int
    last: int
    texts: list[str]

    @cached_property
    def normalised(self) -> list[str]:
        """The headers, normalised for comparison."""
        return [normalised(text) for text in self.texts]


@dataclass(frozen=True)
class Match:
    """Columns of the format by the position of their headers.

    Attributes
    ----------
    keys : column key of each matched header.
    spelling : intended header of each misspelt one.
    wide : stage, dimension and group of each column that contains a single group.
    twice : positions of duplicate columns.
    unknown : positions of headers that match no column.
    """

    keys: dict[int, str] = field(default_factory=dict)
    spelling: dict[int, str] = field(default_factory=dict)
    wide: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    twice: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()

    def missing(self, spec: SheetKind) -> list[str]:
        """Return the keys of the required columns that are missing."""
        there = set(self.keys.values()) | ({"dimension", "group", *Stage} if self.wide else set())
        return [column.key for column in spec.columns if column.needed and column.key not in there]


def find(sheet: RawSheet, known: ReferenceData, names: dict[str, str]) -> tuple[SheetKind, Heading, Match] | None:
    """Return the best-matching kind of sheet and headers; None if nothing matches."""
    best_score, best = (False, False, 0, 0), None
    for heading in headings(sheet):
        for spec in KINDS.values():
            found = match(heading, spec, known)
            score = _score(found, spec, heading, named=names.get(normalised(sheet.name)) == spec.form)
            if score > best_score:
                best_score, best = score, (spec, heading, found)
        if best_score == (True, True, len(sheet.columns), 0):
            break  # Every column of a sheet with a known name is matched: no better match is possible.
    return best


def headings(sheet: RawSheet) -> Iterator[Heading]:
    """Yield each row that can be a header row, and each pair of rows that can form one header."""
    upper: list[str] = []
    first = int(sheet.filled.argmax()) if sheet.rows else 0
    for number in range(first, min(first + SEARCH_ROWS, sheet.rows)):
        texts = [cleaned(text) for text in sheet.row(number)]
        if any(texts):
            yield Heading(number, number, texts)
        if any(upper) and any(texts):
            yield Heading(number - 1, number, _together(_filled_right(upper, texts), texts))
        upper = texts


def _filled_right(upper: list[str], lower: list[str]) -> list[str]:
    """Fill empty cells of the upper row with the text to their left, as merged cells appear."""
    filled = []
    current = ""
    for above, below in zip(upper, lower, strict=True):
        current = above or (current if below else "")
        filled.append(current)
    return filled


def _together(upper: list[str], lower: list[str]) -> list[str]:
    return [f"{above} {below}".strip() if above != below else below for above, below in zip(upper, lower, strict=True)]


def match(heading: Heading, spec: SheetKind, known: ReferenceData) -> Match:
    """Match the headers to the columns of this kind of sheet, exactly or with a spelling error."""
    texts, normal = heading.texts, heading.normalised
    words, weak = _words(spec), _weak_words(spec)
    keys: dict[int, str] = {}
    twice, rest = [], []
    for position in range(len(texts)):
        key = words.get(normal[position])
        if key is None or normal[position] in weak:
            rest.append(position)
        elif key in keys.values():
            twice.append(position)
        else:
            keys[position] = key
    for position in list(rest):
        key = words.get(normal[position]) or _in_other_writing(normal[position], spec)
        if key is not None and key not in keys.values():
            keys[position] = key
            rest.remove(position)
    wide = _wide({position: normal[position] for position in rest}, known) if spec.form == Form.COUNTS else {}
    twice += [position for position, one in wide.items() if one in [wide[p] for p in wide if p < position]]
    spelling = {}
    free = {word: key for word, key in words.items() if key not in keys.values() and len(word) >= SHORTEST_MISSPELT}
    for position in rest:
        word = normal[position]
        near = _misspelt(word, free, spec) if position not in wide else None
        if near and free[near] not in keys.values():
            keys[position] = free[near]
            spelling[position] = _header(spec, near)
    unknown = tuple(p for p in rest if texts[p] and p not in keys and p not in wide)
    return Match(keys, spelling, wide, tuple(twice), unknown)


def _in_other_writing(word: str, spec: SheetKind) -> str | None:
    """Return the column of a header with other word boundaries ("Borgerid"), or of a header that names an end date."""
    if key := _compact_words(spec).get(compact(word)):
        return key
    return "completed_on" if spec.form == Form.COURSES and is_day_of_end(word) else None


def _misspelt(word: str, free: dict[str, str], spec: SheetKind) -> str | None:
    if not SHORTEST_MISSPELT <= len(word) <= LONGEST:
        return None
    likely = [one for one in _words_by_start(spec).get(start(word), ()) if one in free and is_slip_of_text(word, one)]
    if not likely:
        return None
    verbs = [one for one in likely if is_event(free[one])]
    nouns = [one for one in likely if not is_event(free[one])]
    near = misspelt_header(word, verbs, verbs=True) or misspelt_header(word, nouns)
    return near[0] if near else None


def is_event(key: str) -> bool:
    """Return whether the header of a column is a verb, such as "completed"."""
    return key in _STAGES or key.endswith("_on")


@derived
def _compact_words(spec: SheetKind) -> dict[str, str]:
    return {compact(word): key for word, key in _words(spec).items()}


@derived
def _words(spec: SheetKind) -> dict[str, str]:
    return {normalised(header): column.key for column in spec.columns for header in column.headers}


@derived
def _words_by_start(spec: SheetKind) -> dict[tuple[int, str], list[str]]:
    """Return the possible headers by their ``start``, because every cell of the first rows is looked up."""
    by_start: dict[tuple[int, str], list[str]] = {}
    for word in _words(spec):
        for possible in starts(word):
            by_start.setdefault(possible, []).append(word)
    return by_start


@derived
def _weak_words(spec: SheetKind) -> frozenset[str]:
    return frozenset(normalised(header) for column in spec.columns for header in column.weak)


def opposite_of(text: str, spec: SheetKind, free: set[str]) -> str | None:
    """Return the header that a header negates, for example “Ej gennemført”, among the columns ``free``."""
    words = {word: key for word, key in _words(spec).items() if key in free and len(word) >= SHORTEST_MISSPELT}
    word = opposite(normalised(text), words)
    return _header(spec, word) if word else None


def _header(spec: SheetKind, word: str) -> str:
    return next(header for column in spec.columns for header in column.headers if normalised(header) == word)


@derived
def stage_words() -> dict[str, str]:
    """Return the stage of each header of a column of counts."""
    stages = (column for column in KINDS[Form.COUNTS].columns if column.key in tuple(Stage))
    return {normalised(header): column.key for column in stages for header in column.headers}


def _wide(texts: dict[int, str], known: ReferenceData) -> dict[int, tuple[str, str, str]]:
    """Return the columns whose headers name a stage and a group, within the most frequent dimension."""
    parts = {position: part for position, text in texts.items() if (part := _stage_and_rest(text))}
    belongs = Counter(
        dimension
        for _, rest in parts.values()
        for dimension, words in known.groups.items()
        if words.get(rest, MISSING) != MISSING
    )
    if not belongs:
        return {}
    dimension = belongs.most_common(1)[0][0]
    words = known.groups[dimension]
    found = {p: (stage, dimension, words[rest]) for p, (stage, rest) in parts.items() if rest in words}
    stages = {stage for stage, _, _ in found.values()}
    return found if {Stage.PARTICIPATED, Stage.COMPLETED} <= stages else {}


def _stage_and_rest(word: str) -> tuple[str, str] | None:
    for stage_word, stage in stage_words().items():
        if word.startswith(stage_word + " "):
            return stage, word[len(stage_word) :].strip(" ,:()")
        if word.endswith(" " + stage_word):
            return stage, word[: -len(stage_word)].strip(" ,:()")
    return None


def _score(found: Match, spec: SheetKind, heading: Heading, *, named: bool) -> tuple[bool, bool, int, int]:
    """Score the match of headers: sheet name, required columns, number of columns, preferably in one row."""
    needed = [column.key for column in spec.columns if column.needed]
    there = len(needed) - len(found.missing(spec))
    complete = there == len(needed) and (spec.form != Form.OFFERS or len(found.keys) > len(needed))
    nearly = len(needed) > 3 and 2 * there > len(needed)
    if not (complete or nearly or (named and found.keys)):
        return False, False, 0, 0
    return named, complete, len(found.keys) + len(found.wide), heading.first - heading.last
