"""Cells of a sheet's XML: their positions and meanings."""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np

from analysis.intake.reader import cell_hashes
from analysis.intake.reader.cell_hashes import LAST_DAY, Meaning
from analysis.intake.reader.child import Refused
from analysis.intake.reader.identity_number_scan import IdentityNumberScan, search_shared_texts
from analysis.intake.reader.number_formats import Styles
from analysis.intake.reader.package import Package, parser
from analysis.intake.reader.shown_numbers import shows_other_number, shows_percentage
from analysis.intake.sheets import PERCENTAGE, SHOWN_OTHERWISE

SHARED_TEXTS, STYLES = "xl/sharedstrings.xml", "xl/styles.xml"

_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7}+)"([^>]*+>(?:<v>[^<]*+</v></c>|<is><t[^>]*+>[^<]*+</t></is></c>|(?<=/>)))'
)
"""A cell that contains only a value: its position and the rest."""
_ROW, _END_OF_ROW = re.compile(rb"<row[^>]*>"), b"</row>"
_PARTS = re.compile(
    rb'(?: s="(\d{1,6})")?(?: t="(s|n|str|inlineStr|b)")?(?:/>|>(?:<v>|<is><t(?: xml:space="preserve")?>)([^<]*)<.*)',
    re.S,
)
_SIMPLE = re.compile(rb' t="inlineStr"><is><t>([0-9A-Za-z.,:/-]+)</t></is></c>')
"""Most of the cells with unique values: ids without characters to ignore."""
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w+));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
MOST_MEANINGS = 200_000
LEAP_DAY_1900 = 60
"""Serial number of 29 February 1900, a date that does not exist."""
_PLAIN_TEXT = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>|<si><t/></si>|<si/>')
Key = bytes | tuple[int, str, str]
"""A cell without its position: the raw bytes, or style, type and text."""


class NotPlain(Exception):
    """The cell needs an XML parser, because it has unusual attributes or an unusual type."""


class Meanings(dict[Key, int]):
    """Cache of cell meanings: identical cells are evaluated once and get the same code.

    Attributes
    ----------
    texts, numbers : checksum and number of each code.
    impossible : contents of the codes with impossible dates.
    shown : display kind of the codes whose date is displayed in part, or whose number is displayed as another one.
    """

    def __init__(self, strings: "array[int]", styles: Styles) -> None:
        super().__init__()
        self.strings = strings
        self.dates = styles.dates()
        self.shown_by_style = styles.shown()
        self.other_numbers = styles.other_numbers()
        self.texts = array("d")
        self.numbers = array("d")
        self.impossible: dict[int, str] = {}
        self.shown: dict[int, str] = {}

    def __missing__(self, key: Key) -> int:
        if isinstance(key, bytes) and (simple := _SIMPLE.fullmatch(key)):
            code = self[key] = len(self.texts)
            self.texts.append(crc32(simple[1]))
            self.numbers.append(0)
            return code
        style, kind, text = parts(key) if isinstance(key, bytes) else key
        code = self[key] = len(self.texts)
        found = self._meaning(kind, text)
        if style in self.dates and kind in {"", "n"} and _is_odd_day(text):
            self.impossible[code] = text
            found = 0, 0.0
        if what := self.shown_by_style.get(str(style)):
            self.shown[code] = what
        elif style in self.other_numbers and kind in {"", "n"} and shows_other_number(self.other_numbers[style], text):
            is_percentage = shows_percentage(self.other_numbers[style])
            self.shown[code] = PERCENTAGE if is_percentage else SHOWN_OTHERWISE
        self.texts.append(found[0])
        self.numbers.append(found[1])
        return code

    def forget(self) -> None:
        """Clear the cache when it has too many entries for the memory."""
        if len(self) > MOST_MEANINGS:
            self.clear()
            self.texts, self.numbers, self.impossible, self.shown = array("d"), array("d"), {}, {}

    def _meaning(self, kind: str, text: str) -> Meaning:
        if kind == "e" or not text:
            return 0, 0.0
        if kind in {"", "n"}:
            return cell_hashes.of_number(text)
        if kind == "s":
            return self._shared(text), 0.0
        if kind == "b":
            return cell_hashes.of_truth(text)
        if kind == "d":
            return cell_hashes.of_iso(text)
        return cell_hashes.of_text(cell_hashes.decoded(text))

    def _shared(self, text: str) -> int:
        place = int(text) if text.strip().isdecimal() else -1
        if not 0 <= place < len(self.strings):
            raise Refused("file_damaged")
        return self.strings[place]


def _is_odd_day(text: str) -> bool:
    try:
        number = float(text)
    except ValueError:
        return False
    return number < 0 or number >= LAST_DAY or int(number) == LEAP_DAY_1900


def parts(written: bytes) -> tuple[int, str, str]:
    """Return style, type and text of a plain cell. Raises ``NotPlain`` for any other."""
    match = _PARTS.fullmatch(written)
    if match is None:
        raise NotPlain
    style, kind, text = match.groups()
    return int(style or 0), (kind or b"").decode(), _unescaped((text or b"").decode("utf-8", "replace"))


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: "re.Match[str]") -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMED.get(name, match[0])
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(number) if number < 0x110000 else "\ufffd"


def shared_strings(package: Package, scan: IdentityNumberScan) -> "array[int]":
    """Return the checksum of each shared string. Reject a stated number of strings that the part cannot contain."""
    found = array("Q")
    if SHARED_TEXTS not in package:
        return found
    for number, piece in enumerate(package.pieces(SHARED_TEXTS)):
        if number == 0:
            _check_number_of_texts(piece, package.size(SHARED_TEXTS))
        search_shared_texts(scan, piece)
        plain = _PLAIN_TEXT.findall(piece)
        if number > 0 and len(plain) == piece.count(b"<si") and b"<!" not in piece:
            texts = [_unescaped(text.decode("utf-8", "replace")) for text in plain]
            found.extend(cell_hashes.of_text(cell_hashes.decoded(text))[0] for text in texts)
        else:
            found.extend(_parsed_texts(piece, first=number == 0))
    return found


_UNIQUE = re.compile(rb'\buniqueCount="(\d+)"')
MOST_TEXTS_STATED = 1_000_000


def _check_number_of_texts(beginning: bytes, size: int) -> None:
    """Check ``uniqueCount``, for which readers allocate memory. ``count``, the number of uses, may be large."""
    if any(int(count) > MOST_TEXTS_STATED + size for count in _UNIQUE.findall(beginning[:2000])):
        raise Refused("file_hostile")


def _parsed_texts(piece: bytes, *, first: bool) -> "array[int]":
    found = array("Q")
    inside: list[str] = []
    text: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        inside.append(name)
        if name == "si":
            text.clear()

    def end(name: str) -> None:
        inside.pop()
        if name.rpartition(":")[2] == "si":
            found.append(cell_hashes.of_text(cell_hashes.decoded("".join(text)))[0])

    def characters(some: str) -> None:
        if inside and inside[-1] == "t" and "rPh" not in inside:
            text.append(some)

    made = parser(start)
    made.EndElementHandler, made.CharacterDataHandler = end, characters
    if not first:
        made.Parse(b"<piece>", False)
        inside.clear()
        piece = piece.replace(b"</sst>", b"")
    made.Parse(piece, False)
    return found


@dataclass(frozen=True)
class Cells:
    """Column letters, rows from 1, and remaining bytes or parts of some cells."""

    letters: Sequence[bytes] = ()
    rows: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    keys: Sequence[Key] = ()
    row_tags: bytes = b""

    def placed(self, meanings: Meanings) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return rows and columns, from 0, and codes of the cells' meanings. Raises ``NotPlain``."""
        number = len(self.keys)
        codes = np.fromiter(map(meanings.__getitem__, self.keys), np.int64, number)
        return self.rows - 1, np.fromiter(map(_COLUMNS.__getitem__, self.letters), np.int64, number) - 1, codes


def plain_cells(piece: bytes) -> Cells | None:
    """Return the cells of a piece with only rows, plain cells and nothing hidden; None for any other piece."""
    tags = b"".join(_ROW.findall(piece))
    letters, numbers, keys = list(zip(*_CELL.findall(piece), strict=True)) or [(), (), ()]
    rows = b" ".join((*numbers, b""))  # With a space for the quotation mark after each number.
    length = len(tags) + len(_END_OF_ROW) * piece.count(_END_OF_ROW)
    length += len(b'<c r="') * len(keys) + len(b"".join(letters)) + len(rows) + len(b"".join(keys))
    if length != len(piece) or b"hidden" in tags:
        return None
    return Cells(letters, np.fromstring(rows, dtype=np.int64, sep=" "), keys, tags)


class _Columns(dict[bytes, int]):
    """Cache of column numbers by letters."""

    def __missing__(self, letters: bytes) -> int:
        self[letters] = column_number(letters.decode())
        return self[letters]


def column_number(letters: str) -> int:
    """Return a column's number from its letters; A is 1."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return a column's letters from its number; 1 is A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_COLUMNS = _Columns()
