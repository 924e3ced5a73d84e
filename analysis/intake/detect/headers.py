"""Where a sheet's headers stand, and which of our columns each of them names."""

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
    """The rows that the headers stand in, counted from 0, and the header of every column."""

    first: int
    last: int
    texts: list[str]

    @cached_property
    def normalised(self) -> list[str]:
        """The headers as words are compared."""
        return [normalised(text) for text in self.texts]


@dataclass(frozen=True)
class Match:
    """Which of our columns each header names, by the header's position.

    ``spelling`` tells which header was meant where it was misspelt; ``wide`` are the stage, dimension and group of
    columns that hold one group each; ``twice`` are positions of a column that is there already.
    """

    keys: dict[int, str] = field(default_factory=dict)
    spelling: dict[int, str] = field(default_factory=dict)
    wide: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    twice: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()

    def missing(self, spec: SheetKind) -> list[str]:
        """The keys of the columns that are needed and not there."""
        there = set(self.keys.values()) | ({"dimension", "group", *Stage} if self.wide else set())
        return [column.key for column in spec.columns if column.needed and column.key not in there]


def find(sheet: RawSheet, known: ReferenceData, names: dict[str, str]) -> tuple[SheetKind, Heading, Match] | None:
    """The kind of sheet and the headers that fit best; None where nothing fits at all."""
    best_score, best = (False, False, 0, 0), None
    for heading in headings(sheet):
        for spec in KINDS.values():
            found = match(heading, spec, known)
            score = _score(found, spec, heading, named=names.get(normalised(sheet.name)) == spec.form)
            if score > best_score:
                best_score, best = score, (spec, heading, found)
        if best_score == (True, True, len(sheet.columns), 0):
            break  # Every column of a sheet of this name is known: nothing fits better.
    return best


def headings(sheet: RawSheet) -> Iterator[Heading]:
    """Every row that may be a row of headers, and every two rows that may be read together as one."""
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
    """The upper row with each text carried on over the empty cells right of it, as merged cells look."""
    filled = []
    current = ""
    for above, below in zip(upper, lower, strict=True):
        current = above or (current if below else "")
        filled.append(current)
    return filled


def _together(upper: list[str], lower: list[str]) -> list[str]:
    return [f"{above} {below}".strip() if above != below else below for above, below in zip(upper, lower, strict=True)]


def match(heading: Heading, spec: SheetKind, known: ReferenceData) -> Match:
    """Which of the columns of this kind of sheet each header names: word for word, or in spite of a slip."""
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
    """The column of a header that is written in other parts, as "Borgerid", or that names the day of an end."""
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
    """Whether a column is named by what happened: its header is a verb."""
    return key in _STAGES or key.endswith("_on")


@derived
def _compact_words(spec: SheetKind) -> dict[str, str]:
    return {compact(word): key for word, key in _words(spec).items()}


@derived
def _words(spec: SheetKind) -> dict[str, str]:
    return {normalised(header): column.key for column in spec.columns for header in column.headers}


@derived
def _words_by_start(spec: SheetKind) -> dict[tuple[int, str], list[str]]:
    """The headers that a text may be a slip of, by how it starts: every cell of the first rows is looked up."""
    by_start: dict[tuple[int, str], list[str]] = {}
    for word in _words(spec):
        for possible in starts(word):
            by_start.setdefault(possible, []).append(word)
    return by_start


@derived
def _weak_words(spec: SheetKind) -> frozenset[str]:
    return frozenset(normalised(header) for column in spec.columns for header in column.weak)


def opposite_of(text: str, spec: SheetKind, free: set[str]) -> str | None:
    """The header of one of these columns that a header says the opposite of, as “Ej gennemført” does."""
    words = {word: key for word, key in _words(spec).items() if key in free and len(word) >= SHORTEST_MISSPELT}
    word = opposite(normalised(text), words)
    return _header(spec, word) if word else None


def _header(spec: SheetKind, word: str) -> str:
    return next(header for column in spec.columns for header in column.headers if normalised(header) == word)


@derived
def stage_words() -> dict[str, str]:
    """The stage that each header of a column of counts names."""
    stages = (column for column in KINDS[Form.COUNTS].columns if column.key in tuple(Stage))
    return {normalised(header): column.key for column in stages for header in column.headers}


def _wide(texts: dict[int, str], known: ReferenceData) -> dict[int, tuple[str, str, str]]:
    """The columns whose headers name a stage and a group, all of the dimension that most of them belong to."""
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
    """How well headers fit a kind of sheet: by the sheet's name, by what is needed, by columns, best in one row."""
    needed = [column.key for column in spec.columns if column.needed]
    there = len(needed) - len(found.missing(spec))
    complete = there == len(needed) and (spec.form != Form.OFFERS or len(found.keys) > len(needed))
    nearly = len(needed) > 3 and 2 * there > len(needed)
    if not (complete or nearly or (named and found.keys)):
        return False, False, 0, 0
    return named, complete, len(found.keys) + len(found.wide), heading.first - heading.last
