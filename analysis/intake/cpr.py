"""Identity numbers in a file that was read: the file is refused, and neither the number nor the file is kept.

Other numbers of ten digits can look the same: production units, area codes, telephone numbers. What a column holds is
decided by the whole column: how its numbers are written, its header, how many of its numbers could be identity
numbers, and how often each is repeated. Where that is not enough, a person says that the column holds no identity
numbers. Either way such a column is emptied before anything else looks at it, and the file itself is not kept.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.identity_numbers import LIKELY, Strength, has_long_number, holds_identity_number, masked, strength
from analysis.intake.checks import N_
from analysis.intake.contract import SHEETS
from analysis.intake.findings import Finding, Word
from analysis.intake.headers import Heading, headings
from analysis.intake.sheets import RawSheet, TextColumn, letters
from analysis.intake.tables import normalised

LEAST_SHARE = 0.5
FEWEST_COMPARED = 8
"""So many different long numbers must be there before the share of those that look like identity numbers counts."""
MOST_BY_CHANCE = 0.05
"""Of long numbers that have nothing to do with persons, a smaller share has the check digits of Norway or Sweden."""
STAMP = r"^(?:\d{4}-\d\d-\d\d|\d\d[-./]\d\d[-./]\d{4})[ T]\d\d[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?Z?$"
"""A date and a time of day, which needs no closer look."""
MOST_REPEATED = 10
FEWEST_ROWS = 30
"""A number that stands in so many rows, in a column of so many, belongs to a place and not to a citizen."""

_NAMES_PERSONS = re.compile(
    r".*(?:cpr|personn|person n|person ?id|fødsel|foedsel|födel|\bfnr\b|hetu\b|henkilö|kennit|samordning|\bssn\b"
    r"|social security|identity n|borger ?n|patient ?n).*"
)
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
"""What a workbook holds outside the values of its cells, as the scan names it."""


@dataclass(frozen=True)
class Doubt:
    """A column that may hold identity numbers, or other numbers that look so: a person can say that it does not."""

    sheet: str
    letters: str
    header: str

    @property
    def name(self) -> str:
        """By which it is named in ``read(…, no_cpr=…)``."""
        return f"{self.sheet}!{self.letters}"


@dataclass(frozen=True)
class Looked:
    """What was seen: the sheets without the columns that are left out, and why the file is refused, if it is."""

    sheets: list[RawSheet]
    left_out: list[Finding]
    refused: Finding | None = None
    doubts: tuple[Doubt, ...] = ()


def cpr_in_names(names: Iterable[str]) -> Finding | None:
    """Whether the name of the file or of one of its sheets holds what looks like an identity number."""
    return Finding("cpr_in_name") if holds_identity_number(names) else None


def look_for_cpr(sheets: Sequence[RawSheet], no_cpr: Collection[str] = ()) -> Looked:
    """Look through every cell. ``no_cpr`` are the columns of which a person says that they hold no such numbers."""
    said = {normalised(name) for name in no_cpr}
    kept, left_out, doubts = [], [], []
    refused: list[tuple[bool, Finding]] = []
    for sheet in sheets:
        columns = list(sheet.columns)
        for position, column in enumerate(sheet.columns):
            strengths = _strengths(column)
            if not strengths:
                continue
            one = _Column(sheet, position, strengths)
            doubt = Doubt(sheet.name, letters(position), masked(one.header))
            if one.is_other or (one.is_doubtful and said & one.names):
                columns[position] = one.emptied()
                left_out.append(one.finding("no_cpr_column", sheet.name, header=doubt.header))
                continue
            refused.append((one.is_doubtful, one.finding("cpr_number", sheet.name)))
            doubts += [doubt] if one.is_doubtful else []
        kept.append(replace(sheet, columns=columns))
    if refused:
        certain = next((finding for doubtful, finding in refused if not doubtful), None)
        return Looked([], [], certain or refused[0][1], () if certain else tuple(doubts))
    return Looked(kept, left_out)


def cpr_elsewhere(numbers: Mapping[str, Sequence[str]]) -> Looked:
    """What the scan saw outside the values of the cells: the places of numbers that are certain, or possible."""
    certain, possible = (tuple(PLACES[place] for place in numbers.get(key, ())) for key in ("certain", "possible"))
    refused = Finding("cpr_elsewhere", values={"where": certain}) if certain else None
    return Looked([], [Finding("long_number_elsewhere", values={"where": possible})] if possible else [], refused)


def _strengths(column: TextColumn) -> dict[int, Strength]:
    """The values that look like identity numbers, by their number in the column."""
    values = pa.array(column.values, pa.string())
    likely = pc.and_not(pc.match_substring_regex(values, LIKELY), pc.match_substring_regex(values, STAMP))
    found = {}
    for code in np.flatnonzero(likely.to_numpy(zero_copy_only=False)).tolist():
        if column.kind(code) != "d" and (seen := strength(column.values[code])) >= Strength.CHECKED:
            found[code] = seen
    if found and max(found.values()) is Strength.CHECKED:
        compared = sum(map(has_long_number, column.values))
        if compared >= FEWEST_COMPARED and len(found) < MOST_BY_CHANCE * compared:
            return {}
    return found


class _Column:
    """A column in which something looks like an identity number."""

    def __init__(self, sheet: RawSheet, position: int, strengths: dict[int, Strength]) -> None:
        self.position = position
        self.column = sheet.columns[position]
        self.strengths = strengths
        self.heading = _heading(sheet)
        self.header = self.heading.texts[position] if self.heading else ""
        here = letters(position)
        names = {here, self.header, f"{sheet.name}!{here}", f"{sheet.name}!{self.header}"}
        self.names = {normalised(name) for name in names} - {""}

    @property
    def is_doubtful(self) -> bool:
        """Whether the numbers may be others, in a column that is not ours."""
        bare = max(self.strengths.values()) < Strength.CERTAIN
        return bare and not self._is_ours and not _NAMES_PERSONS.fullmatch(normalised(self.header))

    @property
    def is_other(self) -> bool:
        """Whether the column tells by itself that its numbers are others."""
        if not self.is_doubtful:
            return False
        header = "" if holds_identity_number([self.header]) else normalised(self.header)
        return _NAMES_OTHERS.fullmatch(header) is not None or self._few_look_so or self._much_repeated

    @property
    def _is_ours(self) -> bool:
        return normalised(self.header) in _our_headers(self.heading.texts if self.heading else ())

    @property
    def _few_look_so(self) -> bool:
        compared = [code for code, text in enumerate(self.column.values) if has_long_number(text)]
        return len(compared) >= FEWEST_COMPARED and len(self.strengths) < LEAST_SHARE * len(compared)

    @property
    def _much_repeated(self) -> bool:
        tally = self.column.tally()
        rows = [tally.get(code, 0) for code in self.strengths]
        others = sum(tally.values()) - sum(rows) - tally.get(self._blank_code, 0)
        return sum(rows) >= FEWEST_ROWS and min(rows) >= MOST_REPEATED and others <= 1

    @property
    def _blank_code(self) -> int:
        return self.column.values.index("") if "" in self.column.values else -1

    def emptied(self) -> TextColumn:
        """The column with its header alone, and without that where it is a number too."""
        codes = self.column.codes.copy()
        below = np.arange(len(codes)) > (self.heading.last if self.heading else -1)
        gone = below | np.isin(codes, list(self.strengths))
        codes[gone] = len(self.column.values)
        used = [text if code not in self.strengths else "" for code, text in enumerate(self.column.values)]
        kinds = "".join(self.column.kind(code) for code in range(len(used))) + "u"
        shown = set(np.unique(codes).tolist())
        return TextColumn([text if code in shown else "" for code, text in enumerate(used)] + [""], codes, kinds)

    def finding(self, check: str, sheet: str, header: str = "") -> Finding:
        """A finding at the first row with such a number, without the number."""
        here = letters(self.position)
        row = int(np.isin(self.column.codes, list(self.strengths)).argmax())
        rows = () if header else (row + 1,)
        return Finding(check, sheet, rows, header or here, letters=here)


def _heading(sheet: RawSheet) -> Heading | None:
    """The first row with the most filled cells, where headers stand most often."""
    single = [one for one in headings(sheet) if one.first == one.last]
    return max(single, key=lambda one: sum(map(bool, one.texts)), default=None)


def _our_headers(texts: Iterable[str]) -> set[str]:
    """The headers of the kinds of sheet that know the most of these."""
    there = {normalised(text) for text in texts}
    most = max(len(there & words) for words in _header_words())
    return set().union(*(words for words in _header_words() if most and len(there & words) == most))


@cache
def _header_words() -> list[set[str]]:
    """For each kind of sheet the headers of its columns."""
    return [{normalised(header) for column in sheet.columns for header in column.headers} for sheet in SHEETS]
