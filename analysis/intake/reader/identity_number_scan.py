"""Search a workbook for identity numbers outside the values of its cells.

The search covers every text and attribute of every part of the package, except the cell values in the rows of sheets,
which are read as cells. It covers all other content of the rows and all shared strings, because a string that no cell
uses is still in the file. In binary parts it covers the readable characters. The result contains only the places of
numbers, not the numbers.
"""

import html
import itertools
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from analysis.intake.reader.child import Refused
from analysis.text.identity_numbers import strength
from analysis.text.strength import Strength

PIECE = 2**20
MOST_SHARED = 1_000
COMMENTS, PROPERTIES, CUSTOM_XML = "comments", "properties", "custom_xml"
HEADERS, NAMES, SHEET, OTHER = "headers", "names", "sheet", "other"

_PLACES = (
    (re.compile(r"xl/(?:comments|threadedcomments|persons)|vmldrawing"), COMMENTS),
    (re.compile(r"docprops/|docmetadata/|meta\.xml"), PROPERTIES),
    (re.compile(r"customxml/"), CUSTOM_XML),
    (re.compile(r"xl/workbook\.xml"), NAMES),
    (re.compile(r"xl/(?:worksheets|chartsheets|dialogsheets|macrosheets)/[^/]*\.xml"), SHEET),
)
_LOOKS = re.compile(r"xl/theme/.*\.xml|\[content_types\]\.xml|.*settings\.xml|.*theme\d*\.xml")
"""Parts about appearance or calculation order: their numbers are sizes and positions."""
_HEADER_ELEMENTS = {f"{page}{part}" for page in ("odd", "even", "first") for part in ("Header", "Footer")}
_HEADER_CODE = re.compile(r"&(?:\"[^\"]*\"|K[0-9A-F]{6}|\d{1,3}|[A-Z])")
"""Codes in a header for font, size or page number."""
_INLINE = {"t", "r", "rPr", "rPh", "span", "a", "s", "tab", "line-break", "fld", "b", "i", "u", "br", "font"}
"""Elements of comments and drawings inside a text: the content after them belongs to the same text."""
_LOOK_OF_TEXT = {"rPr", "endParaRPr"}
"""Elements for the appearance of part of a text. Their content never ends the text."""
_SHAPE = re.compile(r"xl/(?:drawings|charts|diagrams|richdata|slicers|slicercaches)/.*")
"""Parts whose numbers are positions, sizes and computed values."""
_WRITTEN_IN_SHAPE = {"t"}
"""Elements of shapes with text typed by a user."""
_AS_TEXT = (".xml", ".rels", ".vml", ".svg", ".txt", ".json", ".html", ".htm", ".css", ".csv", ".rdf", "mimetype")
_SEARCHED_AS_BYTES = re.compile(
    r".*(?:printersettings[^/]*\.bin|thumbnail[^/]*)|xl/(?!vbaproject|media/|embeddings/).*\.bin|mimetype"
)
"""Parts whose texts are neither compressed nor images: printer settings, and parts of a binary workbook."""
_HIDDEN_IN_ROWS = re.compile(
    rb"<!--(.*?)-->|<(?:\w+:)?rPh\b(.*?)</(?:\w+:)?rPh>|<\?(.*?)\?>|</(?:\w+:)?\w+>([^<]{9,})<|<(?:\w+:)?(?!v\b|f\b|t\b)\w+[^<>]*(?<!/)>([^<]{9,})<"
    rb"|\b(?!ref=|spans=|r=)[\w:]+=[\"']([^\"'<>]{9,})[\"']|<v>([^<]{9,})</v>\s*<v>",
    re.S,
)
"""Row content other than cell values: comments, phonetic text, processing instructions, attributes, replaced values."""
WRITTEN_IN_ROWS = 3
"""The first groups are texts. Numbers in the other groups are positions and values."""
_SAID_OF_SHAPES = {"descr", "title", "name", "tooltip"}
_DOCUMENT_ID = re.compile(r"\b(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{12}-[1-9]\d{0,9}-[1-9]\d{0,8}\b")
"""SharePoint document id: twelve letters and digits, the list, the document."""
_LARGE = ("content.xml", "xl/pivotcache/", "xl/calcchain.xml", "xl/styles.xml")
_LONG_TEXT = re.compile(rb""">([^<>]{9,})<|="([^"<]{9,})"|='([^'<]{9,})'|<!--(.*?)-->|<\?(.*?)\?>""", re.S)
_SPLIT_AT_DASH = re.compile(r"(?:.*\D)?\d{6}(?:-\n|\n-)\d{4}(?:\D.*)?", re.S)
_DIGITS_IN_FORMAT = re.compile(rb"""formatCode=["'][^"'>]*(?:&quot;[^"&]*\d{3}|(?:\\\d){3})""")
"""A number format that adds three digits or more to what a cell holds."""
LONGEST_END = 2**16 + 2**10
"""Bytes: the end of an archive, with the longest comment."""
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]*\d[^<]*)<")
_FORMULA_TEXT = re.compile(r'"([^"]*)"')
_LONG_NUMBERS = re.compile(r"\d{9,12}")
_JOINED = re.compile(r'"\s*&\s*"')
_OPERATORS = re.compile(r'["&\s]')
"""Signs that join the parts of a text in a formula."""
_ROWS_BEGIN = re.compile(rb"<(?:\w+:)?sheetData\b[^>]*>")
_ROWS_END = re.compile(rb"</(?:\w+:)?sheetData>")
_MAY_HOLD = re.compile(
    rb"[\x80-\xff]|&#|(?:[0-9][^0-9]*){9}|(?<![0-9])[0-9][^0-9]+[0-9][^0-9]+(?:[0-9][^0-9]*){6}"
    rb"|[0-9][^0-9]{0,6}[A-Za-z]{2}[^0-9]{0,16}(?:[0-9][^0-9]{0,16}){6}"
    rb"|[0-9]{6}[^0-9]?[0-9]?[A-Z]{2}[0-9]"
)
"""Nine digits; or fewer with a one-digit day or month, a month name or letters; or characters that may be digits."""
_TEXT = re.compile(rb"<(?:\w+:)?t(?: [^>]*)?>([^<]*)</")
_SHARED = re.compile(rb"<(?:\w+:)?si\b[^>]*>(.*?)</(?:\w+:)?si>", re.S)
_SPOKEN = re.compile(rb"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh>", re.S)
_SPAN = re.compile(rb"</?text:(?:span|a|bookmark[\w-]*)\b[^<>]*>")
_SPACE = re.compile(rb"<text:(?:s|tab|line-break)\b[^<>]*/>")
_ANNOTATION = re.compile(rb"<office:annotation\b.*?</office:annotation>", re.S)
_PARAGRAPH = re.compile(rb"<text:p\b[^<>]*>([^<]*)")
_ENDS = (b"</table:table-row>", b"</text:p>", b">")
"""Ends at which a piece of a large part can be cut, in order of preference."""
_PRINTED = re.compile(rb"[\x20-\x7e\xa0-\xff\t\r\n]{9,}")
_PRINTED_WIDE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff\t\r\n]\x00){9,}")


class IdentityNumberScan:
    """Places of identity numbers (``certain``) and of numbers that may be identity numbers (``possible``)."""

    def __init__(self) -> None:
        self.certain: set[str] = set()
        self.possible: set[str] = set()
        self.shared: set[str] = set()
        """Shared strings with numbers. If a cell displays one, the check of its column decides."""

    def search(self, place: str, text: str, *, numbers: bool = True, computed: bool = False) -> None:
        """Record the place if the text contains a number. Without ``numbers``, plain digits do not count.

        ``computed`` text, such as a formula, may have the form of a number by chance.
        """
        seen = strength(text)
        if seen is Strength.CERTAIN and not computed:
            self.certain.add(place)
        elif numbers and (seen >= Strength.GROUPED or (seen is Strength.DECIMAL and place == COMMENTS)):
            self.possible.add(place)

    def search_shared(self, text: str) -> None:
        """Record a shared string with a number. If there are too many to compare with cells, search the text itself."""
        if len(self.shared) >= MOST_SHARED:
            self.search(OTHER, text)
        elif strength(text) >= Strength.BARE:
            self.shared.add(text)

    def found(self) -> dict[str, list[str]]:
        """Return the places for the scan result. In text typed by users, plain digits are certain too."""
        written = self.possible & {COMMENTS, PROPERTIES, CUSTOM_XML, HEADERS, NAMES}
        certain, possible = sorted(self.certain | written), sorted(self.possible - written)
        return {"certain": certain, "possible": possible, "shared": sorted(self.shared)}


class TextOutsideCells:
    """Search a sheet's part before and after its rows, piece by piece; inside rows, also the texts in formulas."""

    def __init__(self, scan: IdentityNumberScan) -> None:
        self._scan = scan
        self._parser = _Parser(scan, SHEET)
        self._in_rows = False

    def feed(self, piece: bytes, *, row_tags: bytes | None = None) -> None:
        """Search the next piece, which does not end inside a tag.

        If the rows contain only plain cells, only their ``row_tags`` need a search.
        """
        if not self._in_rows:
            begin = _ROWS_BEGIN.search(piece)
            if begin is None or begin[0].endswith(b"/>"):
                self._parser.feed(piece)
                return
            self._parser.feed(piece[: begin.end()])
            self._in_rows, piece = True, piece[begin.end() :]
        end = _ROWS_END.search(piece, max(piece.rfind(b"row>"), 0))
        if row_tags is None:
            self._search_formulas(piece)
            row_tags = piece[: end.end()] if end else piece
        self._search_hidden(row_tags)
        if end is not None:
            self._in_rows = False
            self._parser.feed(piece[end.start() :])

    def _search_formulas(self, piece: bytes) -> None:
        if b"f>" not in piece:
            return
        for formula in _FORMULA.findall(piece):
            if _MAY_HOLD.search(formula):
                whole = _JOINED.sub("", html.unescape(formula.decode("utf-8", "replace")))
                for text in _FORMULA_TEXT.findall(whole):
                    self._scan.search(SHEET, text)
                for text in (whole, _OPERATORS.sub("", whole), *_LONG_NUMBERS.findall(whole)):
                    self._scan.search(SHEET, text, computed=True)

    def _search_hidden(self, piece: bytes) -> None:
        for found in _HIDDEN_IN_ROWS.findall(piece):
            group, text = next(((group, text) for group, text in enumerate(found) if text), (0, b""))
            if _MAY_HOLD.search(text):
                written = html.unescape(text.decode("utf-8", "replace"))
                self._scan.search(SHEET, written, numbers=group < WRITTEN_IN_ROWS)


class _Parser:
    """Parser that searches every text and attribute of a part."""

    def __init__(self, scan: IdentityNumberScan, place: str, *, shape: bool = False) -> None:
        self._scan, self._place, self._shape = scan, place, shape
        self._inline = _INLINE if shape or place in {COMMENTS, OTHER} else set()
        self._depth = 0
        self._looks = 0
        self._said = False
        self._written: list[str] = []
        self._custom: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._written.append
        self._parser.CommentHandler = self._look
        self._parser.ProcessingInstructionHandler = lambda _, text: self._look(text)
        self._parser.StartDoctypeDeclHandler = _refuse

    def feed(self, piece: bytes) -> None:
        self._parser.Parse(piece, False)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            self._look(value, numbers=not self._shape or key in _SAID_OF_SHAPES)
        if self._place == CUSTOM_XML:
            self._look(name)
        self._depth += 1
        local = name.rpartition(":")[2]
        self._looks += local in _LOOK_OF_TEXT
        if local not in self._inline and not self._looks:
            self._flush(name)
        self._said |= local in _WRITTEN_IN_SHAPE

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local in {"br", "s", "tab", "line-break"}:
            self._written.append("\n" if local == "br" else " ")
        self._depth -= 1
        ends = local not in self._inline and not self._looks
        self._looks -= local in _LOOK_OF_TEXT
        if ends or not self._depth:
            self._flush(local)

    def _flush(self, name: str) -> None:
        if self._written:
            text = "".join(self._written)
            self._written.clear()
            place = HEADERS if name in _HEADER_ELEMENTS else None
            self._look(text, place, numbers=not self._shape or self._said)
            if self._place == CUSTOM_XML:
                self._custom.append(text)
        self._said = False

    def finish(self) -> None:
        """Search custom XML for an identity number that two elements share."""
        for first, second in itertools.pairwise(self._custom):
            if _SPLIT_AT_DASH.fullmatch(f"{first}\n{second}"):
                self._look(first + second)

    def _look(self, text: str, place: str | None = None, *, numbers: bool = True) -> None:
        if len(text) < 9:
            return
        if place == HEADERS:
            self._scan.search(HEADERS, _HEADER_CODE.sub("", text))
        if self._place in {PROPERTIES, CUSTOM_XML}:
            text = _DOCUMENT_ID.sub(" … ", text)
        self._scan.search(place or self._place, text, numbers=numbers)


def _refuse(*_: object) -> None:
    raise Refused("file_hostile")


def search_shared_texts(scan: IdentityNumberScan, piece: bytes) -> None:
    """Search a piece of the shared strings, with phonetic text. Columns decide about strings that a cell displays."""
    if _MAY_HOLD.search(piece) is None:
        return
    for shared in _SHARED.findall(piece):
        for spoken in _SPOKEN.findall(shared) if b"rPh" in shared else ():
            scan.search(OTHER, _joined(spoken))
        text = _SPOKEN.sub(b"", shared)
        if len(text) >= 9 and _MAY_HOLD.search(text):
            scan.search_shared(_joined(text))


def _joined(shared: bytes) -> str:
    """Join the runs of a string with varying format."""
    return html.unescape(b"".join(_TEXT.findall(shared)).decode("utf-8", "replace"))


class UnsearchedParts(NamedTuple):
    """Content of a package that cannot be searched: embedded files, and parts with compressed texts or images."""

    embedded: bool = False
    unsearched: bool = False


def search_parts(scan: IdentityNumberScan, package: zipfile.ZipFile, done: Iterable[str]) -> UnsearchedParts:
    """Search every part except those in ``done``, and the metadata of the package."""
    embedded = unsearched = False
    scan.search(OTHER, package.comment.decode("utf-8", "replace"))
    search_bytes(scan, _after_archive(package))
    for entry in package.infolist():
        name = entry.filename.lower()
        for text in (entry.filename, entry.comment.decode("utf-8", "replace")):
            scan.search(OTHER, text)
        search_bytes(scan, entry.extra)
        if entry.filename in done or entry.is_dir():
            continue
        embedded |= "/embeddings/" in f"/{name}" or name.endswith((".xlsx", ".docx", ".zip"))
        if name.startswith(_LARGE):
            _search_large_xml(scan, package, entry)
        elif name.endswith((".xml", ".rels", ".vml", ".svg")):
            shape = _SHAPE.fullmatch(name) or _LOOKS.fullmatch(name)
            _search_xml(scan, package, entry, _place(name), shape=shape is not None)
        else:
            search_bytes(scan, package.read(entry), _place(name))
            if name.endswith(_AS_TEXT):
                scan.search(_place(name), package.read(entry).decode("utf-8", "replace"))
            unsearched |= not name.endswith(_AS_TEXT) and _SEARCHED_AS_BYTES.fullmatch(name) is None
    return UnsearchedParts(embedded, unsearched)


def _after_archive(package: zipfile.ZipFile) -> bytes:
    """Return the bytes after the end of the archive, which no reader of archives shows."""
    file = package.fp
    if file is None:
        return b""
    file.seek(max(0, file.seek(0, os.SEEK_END) - LONGEST_END))
    _, mark, end = file.read().rpartition(b"PK\5\6")
    return end[18 + len(package.comment) :] if mark else b""


def _search_xml(
    scan: IdentityNumberScan, package: zipfile.ZipFile, entry: zipfile.ZipInfo, place: str, *, shape: bool
) -> None:
    parser = _Parser(scan, place, shape=shape)
    with package.open(entry) as file:
        while piece := file.read(PIECE):
            try:
                parser.feed(piece)
            except expat.ExpatError:  # Not valid XML, or HTML inside a comment shape.
                search_bytes(scan, piece + file.read(), place)
                return
    parser.finish()


def _search_large_xml(scan: IdentityNumberScan, package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Search a part with content for every row of a sheet. This uses patterns instead of a parser, for speed."""
    with package.open(entry) as file:
        rest = b""
        while piece := file.read(PIECE):
            piece = rest + piece
            cut = next((found + len(end) for end in _ENDS if (found := piece.rfind(end)) >= 0), 0)
            _search_rows(scan, piece[:cut])
            rest = piece[cut:]
        _search_rows(scan, rest)


def _search_rows(scan: IdentityNumberScan, piece: bytes) -> None:
    """Search every text and attribute, the joined text across format changes, and formats that add digits."""
    if b"formatCode" in piece and _DIGITS_IN_FORMAT.search(piece):
        scan.possible.add(OTHER)
    pieces = {piece, _SPACE.sub(b" ", _SPAN.sub(b"", piece))} if b"<text:" in piece else {piece}
    for text in itertools.chain.from_iterable(itertools.chain(*_LONG_TEXT.findall(one)) for one in pieces):
        if _MAY_HOLD.search(text):
            scan.search(OTHER, html.unescape(text.decode("utf-8", "replace")))
    for annotation in itertools.chain.from_iterable(map(_ANNOTATION.findall, pieces)):
        for text in _PARAGRAPH.findall(annotation):
            scan.search(COMMENTS, html.unescape(text.decode("utf-8", "replace")))


def _place(name: str) -> str:
    return next((place for pattern, place in _PLACES if pattern.search(name)), OTHER)


def search_bytes(scan: IdentityNumberScan, content: bytes, place: str = OTHER) -> None:
    """Search the readable characters of a part or file that is not XML."""
    for text in _printed(content):
        scan.search(place, text)


def _printed(content: bytes) -> Iterator[str]:
    for found in _PRINTED.finditer(content):
        if _MAY_HOLD.search(found[0]):
            yield found[0].decode("latin-1")
    for found in _PRINTED_WIDE.finditer(content):
        yield found[0].decode("utf-16-le")


def search_file(source: Path) -> IdentityNumberScan:
    """Search a binary workbook outside its cells, as far as its characters are readable without its format."""
    scan = IdentityNumberScan()
    search_bytes(scan, source.read_bytes())
    return scan
