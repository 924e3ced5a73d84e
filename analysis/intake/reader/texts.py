"""Identity numbers in a workbook outside the values of its cells.

Every text and every attribute of every part of the package is looked at, but for the rows of sheets, whose values are
read as cells, and for what holds only how things look. Of the rows the texts within formulas are looked at, and of the
shared texts all, because a text that no cell uses any more is still in the file. Only where a number stands is told.
"""

import html
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.parsers import expat

from analysis.identity_numbers import Strength, strength
from analysis.intake.reader.child import Refused

PIECE = 2**20
COMMENTS, PROPERTIES, CUSTOM_XML = "comments", "properties", "custom_xml"
HEADERS, NAMES, SHEET, OTHER = "headers", "names", "sheet", "other"

_PLACES = (
    (re.compile(r"xl/(?:comments|threadedcomments|persons)|vmldrawing"), COMMENTS),
    (re.compile(r"docprops/|docmetadata/|meta\.xml"), PROPERTIES),
    (re.compile(r"customxml/"), CUSTOM_XML),
    (re.compile(r"xl/workbook\.xml"), NAMES),
    (re.compile(r"xl/(?:worksheets|chartsheets|dialogsheets|macrosheets)/[^/]*\.xml"), SHEET),
)
_LOOKS = re.compile(r"xl/(?:styles|theme/.*|calcchain)\.xml|\[content_types\]\.xml|.*settings\.xml|.*theme\d*\.xml")
"""Parts that say only how things look, or in which order they are computed."""
_HEADER_ELEMENTS = {f"{page}{part}" for page in ("odd", "even", "first") for part in ("Header", "Footer")}
_HEADER_CODE = re.compile(r"&(?:\"[^\"]*\"|K[0-9A-F]{6}|\d{1,3}|[A-Z])")
"""How a header says its font, its size or the number of the page."""
_INLINE = {"t", "r", "rPr", "rPh", "span", "a", "s", "tab", "line-break", "fld", "b", "i", "u", "br"}
"""Elements of comments and drawings that end within a text: what comes after belongs to the same."""
_SHAPE = re.compile(r"xl/(?:drawings|charts|diagrams|richdata|slicers|slicercaches)/.*")
"""Parts whose numbers are places, sizes and computed values."""
_SAID_OF_SHAPES = {"descr", "title", "name", "tooltip"}
_DOCUMENT_ID = re.compile(r"\b[A-Z0-9]{6,20}-\d{1,10}-\d{1,9}\b")
"""How SharePoint numbers documents."""
_LARGE = ("content.xml", "xl/pivotcache/")
_LONG_TEXT = re.compile(rb'>([^<>]{9,})<|="([^"<]{9,})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]*\d{3}[^<]*)<")
_FORMULA_TEXT = re.compile(r'"([^"]*)"')
_ROWS_BEGIN = re.compile(rb"<(?:\w+:)?sheetData\b[^>]*>")
_ROWS_END = re.compile(rb"</(?:\w+:)?sheetData>")
_MAY_HOLD = re.compile(rb"[\x80-\xff]|&#|(?:[0-9][^0-9]*){9}")
"""Nine digits, or letters that may be some."""
_TEXT = re.compile(rb"<(?:\w+:)?t(?: [^>]*)?>([^<]*)</")
_PRINTED = re.compile(rb"[\x20-\x7e\xa0-\xff\t\r\n]{9,}")
_PRINTED_WIDE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff\t\r\n]\x00){9,}")


class Texts:
    """Where identity numbers stand (``certain``), and numbers that may be some or others (``possible``)."""

    def __init__(self) -> None:
        self.certain: set[str] = set()
        self.possible: set[str] = set()

    def look_at(self, place: str, text: str, *, numbers: bool = True) -> None:
        """Note the place where the text holds a number. Without ``numbers`` digits alone are not taken for one."""
        seen = strength(text)
        if seen is Strength.CERTAIN:
            self.certain.add(place)
        elif seen >= Strength.CHECKED and numbers:
            self.possible.add(place)

    def found(self) -> dict[str, list[str]]:
        """The places as the scan's answer has them. In what a person wrote also bare numbers are certain."""
        written = self.possible & {COMMENTS, PROPERTIES, CUSTOM_XML, HEADERS, NAMES}
        return {"certain": sorted(self.certain | written), "possible": sorted(self.possible - written)}


class Outside:
    """What a sheet's part holds before and after its rows, fed a piece at a time; of the rows, texts in formulas."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._parser = _Parser(texts, SHEET)
        self._in_rows = False

    def feed(self, piece: bytes) -> None:
        """Look at the next piece, none of which ends within a tag."""
        if not self._in_rows:
            begin = _ROWS_BEGIN.search(piece)
            if begin is None or begin[0].endswith(b"/>"):
                self._parser.feed(piece)
                return
            self._parser.feed(piece[: begin.end()])
            self._in_rows, piece = True, piece[begin.end() :]
        end = _ROWS_END.search(piece, max(piece.rfind(b"</row>"), piece.rfind(b":row>"), 0))
        self._look_at_formulas(piece)
        if end is not None:
            self._in_rows = False
            self._parser.feed(piece[end.start() :])

    def _look_at_formulas(self, piece: bytes) -> None:
        if b"f>" not in piece:
            return
        for formula in _FORMULA.findall(piece):
            for text in _FORMULA_TEXT.findall(html.unescape(formula.decode("utf-8", "replace"))):
                self._texts.look_at(SHEET, text)


class _Parser:
    """Looks at every text and attribute of a part."""

    def __init__(self, texts: Texts, place: str, *, shape: bool = False) -> None:
        self._texts, self._place, self._shape = texts, place, shape
        self._inline = _INLINE if shape or place == COMMENTS else set()
        self._depth = 0
        self._written: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._written.append
        self._parser.CommentHandler = self._look
        self._parser.StartDoctypeDeclHandler = _refuse

    def feed(self, piece: bytes) -> None:
        self._parser.Parse(piece, False)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            if not self._shape or key in _SAID_OF_SHAPES:
                self._look(value)
        self._depth += 1
        if name.rpartition(":")[2] not in self._inline:
            self._flush(name)

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "br":
            self._written.append("\n")
        self._depth -= 1
        if local not in self._inline or not self._depth:
            self._flush(local)

    def _flush(self, name: str) -> None:
        if self._written:
            text = "".join(self._written)
            self._written.clear()
            self._look(text, HEADERS if name in _HEADER_ELEMENTS else None)

    def _look(self, text: str, place: str | None = None) -> None:
        if len(text) < 9:
            return
        if place == HEADERS:
            self._texts.look_at(HEADERS, _HEADER_CODE.sub("", text))
        if self._place in {PROPERTIES, CUSTOM_XML}:
            text = _DOCUMENT_ID.sub(" … ", text)
        self._texts.look_at(place or self._place, text, numbers=not self._shape)


def _refuse(*_: object) -> None:
    raise Refused("file_hostile")


def look_at_shared_texts(texts: Texts, piece: bytes) -> None:
    """Look at a piece of the shared texts. Digits alone are for the columns to decide that hold them."""
    if _MAY_HOLD.search(piece) is None:
        return
    for text in _TEXT.findall(piece):
        if len(text) >= 9 and _MAY_HOLD.search(text):
            texts.look_at(OTHER, html.unescape(text.decode("utf-8", "replace")))


def look_at_parts(texts: Texts, package: zipfile.ZipFile, done: Iterable[str]) -> bool:
    """Look at every part but those that are ``done``; whether files are embedded that nobody looks into."""
    embedded = False
    for entry in package.infolist():
        name = entry.filename.lower()
        for text in (entry.filename, entry.comment.decode("utf-8", "replace")):
            texts.look_at(OTHER, text)
        if entry.filename in done or _LOOKS.fullmatch(name):
            continue
        embedded |= "/embeddings/" in f"/{name}" or name.endswith((".xlsx", ".docx", ".zip"))
        if name.startswith(_LARGE):
            _look_at_large_xml(texts, package, entry)
        elif name.endswith((".xml", ".rels", ".vml")):
            _look_at_xml(texts, package, entry, _place(name), shape=_SHAPE.fullmatch(name) is not None)
        elif name.endswith(".bin") and "vbaproject" not in name:
            look_at_bytes(texts, package.read(entry), _place(name))
    return embedded


def _look_at_xml(texts: Texts, package: zipfile.ZipFile, entry: zipfile.ZipInfo, place: str, *, shape: bool) -> None:
    parser = _Parser(texts, place, shape=shape)
    with package.open(entry) as file:
        while piece := file.read(PIECE):
            try:
                parser.feed(piece)
            except expat.ExpatError:  # Not XML after all, or HTML in a comment's shape.
                look_at_bytes(texts, piece + file.read(), place)
                return


def _look_at_large_xml(texts: Texts, package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """A part with a row for every row of a sheet: faster, and blind to texts that change their look within."""
    with package.open(entry) as file:
        rest = b""
        while piece := file.read(PIECE):
            piece = rest + piece
            cut = piece.rfind(b">") + 1
            for text in itertools.chain(*_LONG_TEXT.findall(piece[:cut])):
                if _MAY_HOLD.search(text):
                    texts.look_at(OTHER, html.unescape(text.decode("utf-8", "replace")))
            rest = piece[cut:]


def _place(name: str) -> str:
    return next((place for pattern, place in _PLACES if pattern.search(name)), OTHER)


def look_at_bytes(texts: Texts, content: bytes, place: str = OTHER) -> None:
    """Look at what can be read in a part or a file that is not XML."""
    for text in _printed(content):
        texts.look_at(place, text)


def _printed(content: bytes) -> Iterator[str]:
    for found in _PRINTED.finditer(content):
        if _MAY_HOLD.search(found[0]):
            yield found[0].decode("latin-1")
    for found in _PRINTED_WIDE.finditer(content):
        yield found[0].decode("utf-16-le")


def look_at_file(source: Path) -> Texts:
    """What stands in a binary workbook outside its cells, as far as it can be read without knowing the format."""
    texts = Texts()
    look_at_bytes(texts, source.read_bytes())
    return texts
