"""The cells of a sheet's XML: where each of them is, and what it means."""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from analysis.intake.reader import cell_hashes
from analysis.intake.reader.cell_hashes import LAST_DAY, Meaning
from analysis.intake.reader.child import Refused
from analysis.intake.reader.identity_numbers import Texts, look_at_shared_texts
from analysis.intake.reader.number_formats import Styles
from analysis.intake.reader.package import Package, parser
from analysis.intake.reader.shown_numbers import shows_other_number
from analysis.intake.sheets import SHOWN_OTHERWISE

SHARED_TEXTS, STYLES = "xl/sharedstrings.xml", "xl/styles.xml"

_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7}+)"([^>]*+>(?:<v>[^<]*+</v></c>|<is><t[^>]*+>[^<]*+</t></is></c>|(?<=/>)))'
)
"""A cell with nothing in it but a value: where it is, and the rest."""
_ROW = re.compile(rb"<row[^>]*>")
_PARTS = re.compile(
    rb'(?: s="(\d{1,6})")?(?: t="(s|n|str|inlineStr|b)")?(?:/>|>(?:<v>|<is><t(?: xml:space="preserve")?>)([^<]*)<.*)',
    re.S,
)
_SIMPLE = re.compile(rb' t="inlineStr"><is><t>([0-9A-Za-z.,:/-]+)</t></is></c>')
"""Most of the cells of which no two are alike: ids, in which nothing is to be left out."""
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w+));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
MOST_MEANINGS = 200_000
LEAP_DAY_1900 = 60
"""The number of 29 February 1900, a day that never was."""
_PLAIN_TEXT = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>|<si><t/></si>|<si/>')
Key = bytes | tuple[int, str, str]
"""A cell without its place: as it is written, or its style, its type and its text."""


class NotPlain(Exception):
    """A cell is to be parsed: it has attributes or a type that are not of every day."""


class Meanings(dict[Key, int]):
    """What cells mean, each that is written in the same way once.

    ``texts`` and ``numbers`` are by the numbers of the meanings. ``impossible`` are the numbers of those that are dates
    which no calendar has, with what the cell holds. ``shown`` are those of which only a part of a date is shown, and
    the numbers that are shown as others.
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
            self.shown[code] = SHOWN_OTHERWISE
        self.texts.append(found[0])
        self.numbers.append(found[1])
        return code

    def forget(self) -> None:
        """Begin anew where there are so many meanings that they would fill the memory."""
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
    """The style, the type and the text of a plain cell. Raises ``NotPlain`` for any other."""
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


def shared_strings(package: Package, looked_at: Texts) -> "array[int]":
    """The checksum of each shared text. Refuses a number of texts that no part of that size could hold."""
    found = array("Q")
    if SHARED_TEXTS not in package:
        return found
    for number, piece in enumerate(package.pieces(SHARED_TEXTS)):
        if number == 0:
            _check_number_of_texts(piece, package.size(SHARED_TEXTS))
        look_at_shared_texts(looked_at, piece)
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
    """``count`` is how often texts are used, and may be large; readers make room for ``uniqueCount``."""
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
    """The letters of the columns of some cells, their rows, and the rest of each, as they are written."""

    letters: Sequence[bytes] = ()
    rows: Sequence[bytes] = ()
    keys: Sequence[Key] = ()
    row_tags: bytes = b""

    def placed(self, meanings: Meanings) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The rows and the columns of the cells, from 0, and the numbers of their meanings. Raises ``NotPlain``."""
        number = len(self.keys)
        codes = np.fromiter(map(meanings.__getitem__, self.keys), np.int64, number)
        rows = np.fromiter(map(int, self.rows), np.int64, number) - 1
        return rows, np.fromiter(map(_COLUMNS.__getitem__, self.letters), np.int64, number) - 1, codes


def plain_cells(piece: bytes) -> Cells | None:
    """The cells of a piece that consists of rows and plain cells only, with nothing hidden; None for any other."""
    rows = b"".join(_ROW.findall(piece))
    found = _CELL.findall(piece)
    columns = list(zip(*found, strict=True)) or [(), (), ()]
    length = len(rows) + len(b"</row>") * piece.count(b"</row>") + len(b'<c r=""') * len(found)
    length += sum(len(b"".join(column)) for column in columns)
    letters, numbers, keys = columns
    return Cells(letters, numbers, keys, rows) if length == len(piece) and b"hidden" not in rows else None


class _Columns(dict[bytes, int]):
    """The number of each column by its letters."""

    def __missing__(self, letters: bytes) -> int:
        self[letters] = column_number(letters.decode())
        return self[letters]


def column_number(letters: str) -> int:
    """A column's number from its letters, A being 1."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The letters of a column from its number, 1 being A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_COLUMNS = _Columns()
