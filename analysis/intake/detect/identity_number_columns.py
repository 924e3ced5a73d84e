"""Find identity numbers in a file. Such a file is rejected, and neither the number nor the file is stored.

Other ten-digit numbers can look the same: production units, area codes, telephone numbers. The whole column decides:
the notation of its numbers, its header, the share of possible identity numbers, and their repetitions. If this is not
enough, the user can declare that the column contains no identity numbers. In both cases the column is emptied before
any further processing, and the original file is not stored.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import is_

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.intake.contract import KINDS
from analysis.intake.detect.headers import headings
from analysis.intake.detect.split_numbers import rests_of_split_numbers
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding, Word
from analysis.intake.layout.heading import Heading
from analysis.intake.sheets import NUMBERS, RawSheet, TextColumn, letters
from analysis.intake.tables import normalised
from analysis.model.registry import derived
from analysis.text.identity_numbers import (
    FEWEST_COMPARED,
    are_by_chance,
    has_long_number,
    has_nine_digits,
    holds_identity_number,
    is_bare_replacement,
    masked,
    may_be_disguised,
    strength,
)
from analysis.text.month_names import with_months_in_digits
from analysis.text.number_search import may_hold_identity_number
from analysis.text.strength import Strength

LEAST_SHARE = 0.5
FEWEST_DECIMALS = 2
"""A single number with a date and four decimals may be an amount: its column is left out."""
LEAST_DISGUISED = 0.2
"""Below this share, ids with as many digits look like identity numbers by chance."""
STAMP = (
    r"^(?:\d{4}-\d\d-\d\d|\d\d[-./]\d\d[-./]\d{4})[ T]\d\d(?::\d\d|[:.]\d\d[:.]\d\d(?:\.\d+)?)Z?$"
    r"|^(?:20[1-9]\d-\d\d-\d\d|\d\d[-./]\d\d[-./]20[1-9]\d)[ T]\d\d\.\d\d$"
)
"""A date and a time of day, which needs no further check. A time with a point must be in the export years."""
WHOLE_STAMP = re.compile(
    r"\D*(?:20[1-9]\d[01]\d[0-3]\d|[0-3]?\d\W[01]?\d\W(?:20[1-9]|[1-3])\d)[\W_]{0,3}[0-2]\d[0-5]\d\D*"
)
"""A date and a time of day, in digits only, in the export years."""
_DECIMAL = re.compile(r"\W*\d+(?:[.,'] ?\d+| \d{3})+\W*")
MOST_REPEATED = 10
FEWEST_ROWS = 30
"""A number that often repeats, in a column with at least this many rows, belongs to a place, not a citizen."""

_NAMES_PERSONS = re.compile(
    r".*(?:cpr|personn|person n|person ?id|fødsel|foedsel|födel|\bfnr\b|hetu\b|henkilö|kennit|samordning|\bssn\b"
    r"|social security|identity n|borger ?n|patient ?n).*"
)
_NAMES_NUMBER_OF_PERSONS = re.compile(
    r".*(?:cpr|person(?:al)? ?-?(?:nr|nummer|numre|number|no\b|id\b|identi)|fødselsn(?:r|um)|foedselsn(?:r|um)"
    r"|födelsen(?:r|um)|\bfnr\b|\bhetu\b|henkilötun|henkilönum|kennital|samordningsn|\bssn\b|social security"
    r"|national id).*"
)
"""Headers of columns that contain only identity numbers, in any notation."""
_NAMES_TELEPHONES = re.compile(r".*(?:tlf|telefon|mobil|phone|puhelin|\bgsm\b|sími).*")
_NAMES_CASES = re.compile(
    r".*(?:\bsag|\bcase|journal|\bj\.? ?n(?:r|o|um)|\bdok\b|\bdokn|\bdokument|\bdocument|\bdoc\b|esdh|faktura|invoice"
    r"|lasku|konto|account|\bordre|\border|bilag|\bärende|\bsak|diarie|\bd\.?n(?:r|o)\b|diaari|\basian|\basiakirja).*"
)
"""Headers of numbers that consist of a date, a dash and a serial number."""
_NAMES_OTHERS = re.compile(
    r"p ?(?:nr|nummer|number).*|.*(?:produktionsenhed|\bcvr|\bse ?nr|\bean\b|\bgln\b|tlf|telefon|mobil|phone|puhelin"
    r"|\bgsm\b|kode|code|koodi|område|omraade|\barea|aluee?|distri[kc]t|kvarter|bydel|sogn|postn|konto|account|faktura|invoice"
    r"|sags|journal|esdh|ydern|organisation|org ?n|enhed|yksikkö|enhet|løben|matrikel|ejendom|\bbbr|stregk|serien"
    r"|arbejdssted|institution|\bsor\b|virksomhed|företag|foretak|bedrift).*"
)

PLACES = {
    "comments": Word(N_("comments and notes")),
    "properties": Word(N_("the properties of the document")),
    "custom_xml": Word(N_("custom XML")),
    "headers": Word(N_("headers and footers")),
    "names": Word(N_("defined names")),
    "sheet": Word(N_("formulas, filters, rules and links")),
    "other": Word(N_("texts that no cell shows")),
}
"""Places outside the cell values, by their key in the scan result."""


@dataclass(frozen=True)
class AmbiguousColumn:
    """A column with possible identity numbers. The user can declare that it contains none."""

    sheet: str
    letters: str
    header: str
    has_ids: bool = False
    """Whether the column contains ids of citizens, which are replaced instead of left out."""

    @property
    def name(self) -> str:
        """Name of the column for ``read(…, no_cpr=…)``."""
        return f"{self.sheet}!{self.letters}"


@dataclass(frozen=True)
class ScannedSheets:
    """The search result: the sheets without omitted columns, and the reason for a rejection, if any."""

    sheets: list[RawSheet]
    left_out: list[Finding]
    refused: Finding | None = None
    doubts: tuple[AmbiguousColumn, ...] = ()


def cpr_in_names(names: Iterable[str]) -> Finding | None:
    """Report an apparent identity number in the name of the file or of a sheet."""
    without_stamps = (_STAMP_IN_NAME.sub(" ", name) for name in names)
    return Finding("cpr_in_name") if holds_identity_number(without_stamps) else None


_STAMP_IN_NAME = re.compile(r"(?<!\d)20[1-9]\d[01]\d[0-3]\d[-_ ]?[0-2]\d[0-5]\d(?!\d)")


def find_identity_numbers(sheets: Sequence[RawSheet], no_cpr: Collection[str] = ()) -> ScannedSheets:
    """Search every cell. ``no_cpr`` are the columns that the user declares free of identity numbers."""
    said = {normalised(name) for name in no_cpr}
    kept, left_out, doubts = [], [], []
    refused = [(False, finding) for sheet in sheets for finding in _in_faulty_cells(sheet)]
    for sheet in sheets:
        columns = list(sheet.columns)
        for one in _suspected(sheet):
            doubt = AmbiguousColumn(sheet.name, letters(one.position), masked(one.header), one.has_ids)
            if one.is_other or (one.is_doubtful and said & one.names):
                columns[one.position] = one.with_other_ids() if one.has_ids else one.emptied()
                check = "no_cpr_ids" if one.has_ids else "no_cpr_column"
                left_out.append(one.finding(check, sheet.name, header=doubt.header or doubt.letters))
                continue
            refused.append((one.is_doubtful, one.finding("cpr_number", sheet.name)))
            doubts += [doubt] if one.is_doubtful else []
        kept.append(sheet if all(map(is_, columns, sheet.columns)) else replace(sheet, columns=columns))
    if refused:
        certain = next((finding for doubtful, finding in refused if not doubtful), None)
        return ScannedSheets([], [], certain or refused[0][1], () if certain else tuple(doubts))
    return ScannedSheets(kept, left_out)


@dataclass(frozen=True)
class NumbersInColumn:
    """The identity numbers of a column, to replace them in a copy of the file.

    Attributes
    ----------
    position : position of the column, counted from 0.
    codes : codes of the values with an apparent number.
    header_rows : rows, counted from 0, whose header names such numbers.
    first_row : first row below the headers, counted from 0.
    has_ids : whether the column consists of ids of persons, also where a value does not look like a number.
    is_rest : whether these are the last digits of numbers whose date is in the column before.
    names : the names in ``named`` that mean this column.
    """

    position: int
    codes: frozenset[int]
    header_rows: tuple[int, ...]
    first_row: int
    has_ids: bool
    is_rest: bool
    names: frozenset[str]


def numbers_by_column(sheet: RawSheet, named: Collection[str] = ()) -> Iterable[NumbersInColumn]:
    """Yield the columns that a file is rejected for, and the ``named`` ones: header or letters, maybe after ``sheet!``.

    Parameters
    ----------
    sheet : sheet as read.
    named : columns that the user declares to contain identity numbers.
    """
    said = {normalised(name): name for name in named}
    suspected = {one.position: one for one in _suspected(sheet)}
    single = [row for row in headings(sheet) if row.first == row.last]
    heading = _heading(single)
    for position in range(len(sheet.columns)):
        one = suspected.get(position) or _Column(sheet, position, {}, heading, False, False, False)
        chosen = frozenset(said[name] for name in said.keys() & one.names)
        if (position not in suspected or one.is_other) and not chosen:
            continue
        above = [row for row in single if heading is None or row.first <= heading.first]
        rows = tuple(row.first for row in above if _names_numbers(row.texts[position]))
        values = [one.column.values[code] for code in one.strengths]
        yield NumbersInColumn(
            position,
            frozenset(one.strengths),
            rows,
            heading.last + 1 if heading else 0,
            bool(chosen) or one.is_named or len(values) >= LEAST_SHARE * sum(map(bool, one.column.values)),
            bool(values) and not any(map(has_nine_digits, values)) and all(map(str.isdecimal, values)),
            chosen,
        )


def _in_faulty_cells(sheet: RawSheet) -> Iterable[Finding]:
    """Report identity numbers in cells with an error or an impossible date, because findings quote their content."""
    for place, row, held in sheet.errors:
        if strength(held) >= Strength.GROUPED:
            yield Finding("cpr_number", sheet.name, (row,), place, letters=place)


def _suspected(sheet: RawSheet) -> "Iterable[_Column]":
    """Yield the columns with apparent identity numbers, or with a header that names them."""
    single = [row for row in headings(sheet) if row.first == row.last]
    heading = _heading(single)
    above = [row for row in single if heading is None or row.first <= heading.first]
    ours = _our_headers(heading.texts if heading else ())
    headers = heading.normalised if heading else [""] * len(sheet.columns)
    split = rests_of_split_numbers(sheet.columns, headers, heading.last + 1 if heading else 0)
    for position, (column, likely) in enumerate(zip(sheet.columns, _likely(sheet.columns), strict=True)):
        named = {normalised(row.texts[position]) for row in above if 0 < len(row.texts[position]) <= LONGEST_HEADER}
        last = min((row.last for row in above if _names_numbers(row.texts[position])), default=None)
        is_ours = heading is not None and normalised(heading.texts[position]) in ours
        is_citizen = is_ours and normalised(heading.texts[position]) in _citizen_headers() if heading else False
        strengths = _strengths(column, likely, strict=is_citizen or last is not None)
        if not strengths and (is_citizen or not is_ours) and position in split:
            strengths, is_ours, is_citizen = split[position], False, False
        filled = last is not None and _filled_below(column, last)
        if strengths or filled:
            names_persons = any(map(_NAMES_PERSONS.fullmatch, named))
            yield _Column(sheet, position, strengths, heading, filled, is_ours or names_persons, is_citizen)


LONGEST_HEADER = 80
MOST_WORDS = 6
"""A longer text above a column is a sentence about identity numbers, such as guidance."""


def _names_numbers(header: str) -> bool:
    if not 0 < len(header) <= LONGEST_HEADER or len(header.split()) > MOST_WORDS:
        return False
    return _NAMES_NUMBER_OF_PERSONS.fullmatch(normalised(header)) is not None


def _filled_below(column: TextColumn, row: int) -> bool:
    """Return whether the column has a value below the row, counted from 0."""
    return bool((~column.blank()[row + 1 :]).any())


def cpr_elsewhere(numbers: Mapping[str, Sequence[str]], sheets: Sequence[RawSheet] = ()) -> ScannedSheets:
    """Report the numbers that the scan found outside the cell values: certain or possible ones, by place.

    If a cell of the ``sheets`` displays a shared string, the check of its column decides.
    """
    hidden = _not_shown(numbers.get("shared", ()), sheets)
    if hidden:
        place = "certain" if any(strength(text) is Strength.CERTAIN for text in hidden) else "possible"
        numbers = {**numbers, place: sorted({*numbers.get(place, ()), "other"})}
    certain, possible = (tuple(PLACES[place] for place in numbers.get(key, ())) for key in ("certain", "possible"))
    refused = Finding("cpr_elsewhere", values={"where": certain}) if certain else None
    return ScannedSheets(
        [], [Finding("long_number_elsewhere", values={"where": possible})] if possible else [], refused
    )


def _not_shown(texts: Iterable[str], sheets: Sequence[RawSheet]) -> list[str]:
    """Return the texts that no cell contains, ignoring spaces."""
    wanted = {"".join(text.split()): text for text in texts}
    if not wanted:
        return []
    values = ("".join(value.split()) for sheet in sheets for column in sheet.columns for value in column.values)
    shown = "\n".join(values)
    return [text for compact, text in wanted.items() if compact not in shown]


def _likely(columns: Sequence[TextColumn]) -> list[np.ndarray]:
    """Return, for each column, the codes of the values that may be identity numbers."""
    values = pa.array([value for column in columns for value in column.values], pa.string())
    likely = pc.and_not(may_hold_identity_number(values), pc.match_substring_regex(values, STAMP))
    ends = np.cumsum([len(column.values) for column in columns], dtype=int)
    parts = np.split(likely.to_numpy(zero_copy_only=False), ends)
    return [np.flatnonzero(part) for part in parts[: len(columns)]]


def _strengths(column: TextColumn, likely: np.ndarray, *, strict: bool) -> dict[int, Strength]:
    """Return the certainty of apparent identity numbers by code. ``strict`` is for ids of persons."""
    found: dict[int, Strength] = {}
    stamps: dict[int, Strength] = {}
    decimals: dict[int, Strength] = {}
    codes = [code for code in likely.tolist() if column.kind(code) != "d"]
    for code in codes:
        seen = strength(column.values[code], is_number=column.kind(code) in NUMBERS + "u")
        if seen >= Strength.GROUPED:
            found[code] = seen
        elif seen is Strength.TIMESTAMP:
            stamps[code] = Strength.CERTAIN if strict else Strength.BARE
        elif seen is Strength.DECIMAL:
            decimals[code] = seen
    if stamps and (strict or not _are_stamps(column)):
        found |= stamps
    if decimals and not found and len(decimals) >= LEAST_SHARE * sum(map(_is_decimal, column.values)):
        found = decimals if len(decimals) < FEWEST_DECIMALS else dict.fromkeys(decimals, Strength.BARE)
    if strict and max(found.values(), default=Strength.NONE) <= Strength.GROUPED:
        found = _disguised(column, codes)
    return {} if found and are_by_chance(found.values(), column.values) else found


def _is_decimal(text: str) -> bool:
    return _DECIMAL.fullmatch(text) is not None


def _are_stamps(column: TextColumn) -> bool:
    """Return whether most of the long values are dates with a time of day."""
    long = [text for text in column.values if has_nine_digits(text)]
    return sum(WHOLE_STAMP.fullmatch(with_months_in_digits(text)) is not None for text in long) >= LEAST_SHARE * len(
        long
    )


def _disguised(column: TextColumn, codes: list[int]) -> dict[int, Strength]:
    """Return the ids whose digits alone form an identity number, unless so few do that it is by chance."""
    disguised = [code for code in codes if may_be_disguised(column.values[code])]
    few = len(codes) >= FEWEST_COMPARED and len(disguised) < LEAST_DISGUISED * len(codes)
    return {} if few else {code: _of_disguised(column.values[code]) for code in disguised}


def _of_disguised(text: str) -> Strength:
    return Strength.BARE if is_bare_replacement(text) else Strength.CERTAIN


class _Column:
    """A column with apparent identity numbers, or with a header that names them."""

    def __init__(
        self,
        sheet: RawSheet,
        position: int,
        strengths: dict[int, Strength],
        heading: Heading | None,
        named: bool,
        of_persons: bool,
        of_citizens: bool,
    ) -> None:
        self.position = position
        self.column = sheet.columns[position]
        self.strengths = strengths
        self.heading = heading
        self.is_named = named
        self.is_of_persons = of_persons
        self.has_ids = of_citizens and not named and self._are_of_another_system
        """Whether these are numeric ids, most of which cannot be identity numbers."""
        self.header = self.heading.texts[position] if self.heading else ""
        here = letters(position)
        names = {here, self.header, f"{sheet.name}!{here}", f"{sheet.name}!{self.header}"}
        self.names = {normalised(name) for name in names} - {""}

    @property
    def is_doubtful(self) -> bool:
        """Whether the user may declare that the numbers are not identity numbers."""
        if not self.strengths or self.has_ids:
            return True
        written_so = max(self.strengths.values()) is Strength.CERTAIN and not self._names(
            _NAMES_TELEPHONES, _NAMES_CASES
        )
        return not written_so and not self.is_of_persons and not self.is_named

    @property
    def is_other(self) -> bool:
        """Whether the column itself shows that its numbers are not identity numbers."""
        if not self.is_doubtful or self.is_named or self.has_ids:
            return False
        if self._names(_NAMES_TELEPHONES) or max(self.strengths.values()) is Strength.DECIMAL:
            return True
        if max(self.strengths.values()) >= Strength.PROBABLE:
            return False
        return self._names(_NAMES_OTHERS) or self._few_look_so or self._much_repeated

    def _names(self, *patterns: re.Pattern[str]) -> bool:
        """Return whether the header matches one of the patterns and is not an identity number itself."""
        header = "" if holds_identity_number([self.header]) else normalised(self.header)
        return any(pattern.fullmatch(header) for pattern in patterns)

    @property
    def _are_of_another_system(self) -> bool:
        """Whether few ids begin with a date, or all those dates are equal, as in serial numbers."""
        if not self.strengths or max(self.strengths.values()) > Strength.BARE:
            return False
        dates = {re.sub(r"\D", "", self.column.values[code]).zfill(10)[:6] for code in self.strengths}
        return self._few_look_so or (len(self.strengths) >= FEWEST_COMPARED and len(dates) == 1)

    @property
    def _few_look_so(self) -> bool:
        compared = [code for code, text in enumerate(self.column.values) if has_long_number(text)]
        return len(compared) >= FEWEST_COMPARED and len(self.strengths) < LEAST_SHARE * len(compared)

    @property
    def _much_repeated(self) -> bool:
        row_counts = self.column.row_counts()
        rows = [row_counts[code] for code in self.strengths if code in row_counts]
        others = sum(row_counts.values()) - sum(rows) - row_counts.get(self._blank_code, 0)
        return sum(rows) >= FEWEST_ROWS and min(rows) >= MOST_REPEATED and others <= 1

    @property
    def _blank_code(self) -> int:
        return self.column.values.index("") if "" in self.column.values else -1

    def with_other_ids(self) -> TextColumn:
        """Replace each long number by another id. Equal numbers stay equal, and ids differ between files."""
        long = [text for text in self.column.values if has_long_number(text) or has_nine_digits(text)]
        mark = hashlib.blake2b("\n".join(sorted(long)).encode(), digest_size=4).hexdigest()
        return self.column.replaced({text: f"id-{mark}-{number}" for number, text in enumerate(long, 1)})

    def emptied(self) -> TextColumn:
        """Remove all values below the header, and the header if it contains a number too."""
        codes = self.column.codes.copy()
        below = np.arange(len(codes)) > (self.heading.last if self.heading else -1)
        gone = below | np.isin(codes, list(self.strengths))
        codes[gone] = len(self.column.values)
        used = [text if code not in self.strengths else "" for code, text in enumerate(self.column.values)]
        kinds = "".join(self.column.kind(code) for code in range(len(used))) + "u"
        shown = set(np.unique(codes).tolist())
        return TextColumn([text if code in shown else "" for code, text in enumerate(used)] + [""], codes, kinds)

    def finding(self, check: str, sheet: str, header: str = "") -> Finding:
        """Return a finding at the first row with such a number, without the number itself."""
        here = letters(self.position)
        row = int(np.isin(self.column.codes, list(self.strengths)).argmax())
        if not self.strengths:
            first = int((~self.column.blank()).argmax())
            row = max(first, self.heading.last + 1 if self.heading else 0)
        rows = () if header else (row + 1,)
        return Finding(check, sheet, rows, header or here, letters=here)


def _heading(single: Iterable[Heading]) -> Heading | None:
    """Return the first row with the most filled cells, which usually contains the headers."""
    return max(single, key=lambda one: sum(map(bool, one.texts)), default=None)


def _our_headers(texts: Iterable[str]) -> set[str]:
    """Return the headers of the kinds of sheets that match most of these texts."""
    there = {normalised(text) for text in texts}
    most = max(len(there & words) for words in _header_words())
    return set().union(*(words for words in _header_words() if most and len(there & words) == most))


@derived
def _header_words() -> list[set[str]]:
    """Return the headers of each kind of sheet."""
    return [{normalised(header) for column in sheet.columns for header in column.headers} for sheet in KINDS.values()]


@derived
def _citizen_headers() -> set[str]:
    """Return the headers of the column with citizen ids."""
    return {
        normalised(header)
        for sheet in KINDS.values()
        for column in sheet.columns
        if column.key == "citizen"
        for header in column.headers
    }
