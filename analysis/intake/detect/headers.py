"""Find the header row of a sheet and match its headers to the columns of the format."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from analysis.intake.contract import DIMENSION_KEYS, KINDS, Form, SheetKind
from analysis.intake.layout.cell_types import BLANK, TEXT, cell_type
from analysis.intake.layout.heading import Heading
from analysis.intake.layout.labels import stage_of
from analysis.intake.layout.numbered_headers import numbered_sessions
from analysis.intake.lexicon.end_dates import is_day_of_end
from analysis.intake.lexicon.fuzzy_match import LONGEST, misspelt_header, opposite
from analysis.intake.lexicon.percent_words import without_percent
from analysis.intake.lexicon.typos import compact, is_slip_of_text, start, starts
from analysis.intake.parsing.attendance import ATTENDED, STAYED_AWAY
from analysis.intake.parsing.questions import LIST_OF_CITIZENS
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import cleaned, normalised
from analysis.model.registry import derived
from analysis.model.terms import Stage

SEARCH_ROWS = 30
SHORTEST_MISSPELT = 5
LEAST_STAGES = 2
SESSION_DATES = {
    *("dato", "date", "datum", "päivä", "päivämäärä", "mødedato", "dag", "day", "session", "mødegang", "mødedag"),
    *("fremmødedato", "dato for fremmøde", "deltagelsesdato", "sessionsdato", "session date", "attendance date"),
    *("oppmøtedato", "møtedato", "närvarodatum", "träffdatum", "läsnäolopäivä", "tapaamispäivä"),
}
"""Headers of the date of a session, in a list of attendances."""
_STAGES = frozenset(Stage)
_OF_CITIZENS = {Form.COURSES, Form.COUNTS}
YEARS = {"år", "årstal", "year", "vuosi"}
PARTS_OF_YEARS = {
    **dict.fromkeys(("halvår", "half year", "puolivuosi"), 1),
    **dict.fromkeys(("kvartal", "quarter", "neljännesvuosi", "kvt"), 2),
    **dict.fromkeys(("måned", "month", "månad", "kuukausi", "mdr"), 3),
    **dict.fromkeys(("uge", "week", "vecka", "uke", "viikko"), 4),
}
"""Headers of a column of years, and of one of their quarters, months or weeks: the shorter, the higher."""


@dataclass(frozen=True)
class Match:
    """Columns of the format by the position of their headers.

    Attributes
    ----------
    keys : column key of each matched header.
    spelling : intended header of each misspelt one.
    twice : positions of duplicate columns.
    unknown : positions of headers that match no column.
    """

    keys: dict[int, str] = field(default_factory=dict)
    spelling: dict[int, str] = field(default_factory=dict)
    twice: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()

    def missing(self, spec: SheetKind, constants: Collection[str] = ()) -> list[str]:
        """Return the keys of the required columns that are missing. A dimension can have a column of its own."""
        there = {*self.keys.values(), *constants}
        if spec.form == Form.COUNTS and there & {column.key for column in spec.also}:
            there |= {"dimension", "group"}
        return [column.key for column in spec.columns if column.needed and column.key not in there]


def find(
    sheet: RawSheet, names: Mapping[str, str], constants: Collection[str] = ()
) -> tuple[SheetKind, Heading, Match] | None:
    """Return the best-matching kind of sheet and headers; None if nothing matches."""
    best_score, best = (False, False, 0, 0), None
    for heading in headings(sheet):
        for spec in KINDS.values():
            found = match(heading, spec)
            if spec.form == Form.COUNTS and _is_above_texts(sheet, heading, found):
                continue
            named = names.get(normalised(sheet.name)) == spec.form
            if spec.form == Form.CITIZEN_GROUPS and not _tells_groups_alone(found, sheet, named=named):
                continue
            if not named and spec.form not in _OF_CITIZENS and len(found.unknown) > len(found.keys):
                continue
            score = _score(found, spec, heading, constants, named=named)
            if score > best_score:
                best_score, best = score, (spec, heading, found)
        if best_score == (True, True, len(sheet.columns), 0):
            break  # Every column of a sheet with a known name is matched: no better match is possible.
    return best


def _is_above_texts(sheet: RawSheet, heading: Heading, found: Match) -> bool:
    """Return whether the row below the headers has texts, and no number, where the counts stand: further headers."""
    row = heading.last + 1
    stages = [at for at, key in found.keys.items() if key in _STAGES]
    if row >= sheet.rows or len(stages) < LEAST_STAGES:
        return False
    types = {cell_type(sheet.columns[at], row) for at in stages}
    return types <= {TEXT, BLANK} and TEXT in types


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


def match(heading: Heading, spec: SheetKind) -> Match:
    """Match the headers to the columns of this kind of sheet, exactly or with a spelling error."""
    texts, normal = heading.texts, heading.normalised
    words, weak = _words(spec), _weak_words(spec)
    keys: dict[int, str] = {}
    taken: dict[int, str] = {}
    twice, rest = [], []
    for position in range(len(texts)):
        key = words.get(normal[position])
        if key is None or normal[position] in weak:
            rest.append(position)
        elif key in keys.values() and not _is_part_of_year(normal, position, keys, key):
            twice.append(position)
        elif key in keys.values() and not _is_finer(normal, position, keys, key):
            rest.append(position)
        else:
            of_years = [other for other, used in keys.items() if used == key]
            rest += of_years
            keys = {other: used for other, used in keys.items() if other not in of_years} | {position: key}
    for position in list(rest):
        key = words.get(normal[position]) or _in_other_writing(normal[position], spec)
        if key is None and spec.form == Form.COUNTS:
            key = words.get(without_percent(normal[position])) or _only_stage(normal, position)
        if key is not None and key not in keys.values():
            keys[position] = key
            rest.remove(position)
            if key in {"offer", "invited_on"} and normal[position] in weak:
                taken[position] = spec.column(key).names["da"]
    if {ATTENDED, STAYED_AWAY} & {*keys.values()} and "started_on" not in keys.values():
        dates = [position for position in rest if normal[position] in SESSION_DATES]
        keys |= dict.fromkeys(dates[:1], "started_on")
        rest = [position for position in rest if position not in keys]
    spelling = dict(taken)
    free = {word: key for word, key in words.items() if key not in keys.values() and len(word) >= SHORTEST_MISSPELT}
    for position in rest:
        word = normal[position]
        near = _misspelt(word, free, spec)
        if near and free[near] not in keys.values():
            keys[position] = free[near]
            spelling[position] = _header(spec, near)
    unknown = tuple(p for p in rest if texts[p] and p not in keys)
    return Match(keys, spelling, tuple(twice), unknown)


def _only_stage(normal: list[str], position: int) -> str | None:
    """Return the stage that a header names among other words, such as “(number)”, if no other header names it."""
    stage = stage_of(normal[position])
    return None if sum(stage_of(text) == stage for text in normal) > 1 else stage


def _is_part_of_year(normal: list[str], position: int, keys: Mapping[int, str], key: str) -> bool:
    """Return whether a header and the earlier one of the same column are a year and a part of it, or two parts."""
    pair = {normal[position], *(normal[other] for other, used in keys.items() if used == key)}
    return key == "period" and len(pair) == 2 and pair <= YEARS | PARTS_OF_YEARS.keys() and not pair <= YEARS


def _is_finer(normal: list[str], position: int, keys: Mapping[int, str], key: str) -> bool:
    """Return whether a header names a shorter part of a year than the earlier one of the same column."""
    (earlier,) = (normal[other] for other, used in keys.items() if used == key)
    return PARTS_OF_YEARS.get(normal[position], 0) > PARTS_OF_YEARS.get(earlier, 0)


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
    return {normalised(header): column.key for column in (*spec.also, *spec.columns) for header in column.headers}


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
    return next(
        header for column in (*spec.columns, *spec.also) for header in column.headers if normalised(header) == word
    )


def _has_starts_of_citizens(found: Match, heading: Heading) -> bool:
    """Return whether there are ids of citizens beside the day of their start, or beside sessions with a number."""
    keys = {*found.keys.values()}
    return "citizen" in keys and ("started_on" in keys or bool(numbered_sessions(heading)))


def _tells_groups_alone(found: Match, sheet: RawSheet, *, named: bool) -> bool:
    """Return whether a table has ids and groups and nothing else, or the name of its sheet says so."""
    if sheet.answers.get(LIST_OF_CITIZENS) == "courses" or not DIMENSION_KEYS & {*found.keys.values()}:
        return False
    return "citizen" in found.keys.values() and (named or not (found.unknown or found.spelling))


def _score(
    found: Match, spec: SheetKind, heading: Heading, constants: Collection[str], *, named: bool
) -> tuple[bool, bool, int, int]:
    """Score the match of headers: sheet name, required columns, number of columns, preferably in one row."""
    needed = [column.key for column in spec.columns if column.needed]
    there = len(needed) - len(found.missing(spec, constants))
    complete = there == len(needed) and (spec.form != Form.OFFERS or len(found.keys) > len(needed))
    nearly = len(needed) > 3 and 2 * there > len(needed)
    nearly |= spec.form == Form.COURSES and _has_starts_of_citizens(found, heading)
    if not (complete or nearly or (named and found.keys)):
        return False, False, 0, 0
    return named, complete, len(found.keys), heading.first - heading.last
