"""Files that someone might hand in by mistake or with bad intent, each built anew and always the same."""

import datetime as dt
import functools
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from unittest import mock
from xml.sax.saxutils import escape

from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.container import ecma376_encrypted
from openpyxl import Workbook

HOSTILE: dict[str, Callable[[], tuple[str, bytes]]] = {}

NASTY_TEXTS: tuple[str, ...] = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "$\\LaTeX$",
    ":material/delete:",
    ":red[x]",
    "**x** _y_ `z` ~~w~~",
    "# x",
    "| a | b |",
    "&lt;b&gt; &amp; &#0;",
    "'; DROP TABLE course; --",
    '"; DROP TABLE course; --',
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://example.org";"x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\u202egnp.exe",
    "a\u200bb",
    "\ufeffx",
    "e\u0301 \u00e9",
    "_x0000_",
    "_x000D_",
    "👩‍👩‍👧‍👦 🇩🇰",
    "a\tb\nc",
    " x ",
    "NaN",
    "Infinity",
    "-inf",
    "1e308",
    "1e309",
    "-0",
    "NULL",
    "None",
    "null",
    "TRUE",
    "#N/A",
    "{value}",
    "{0.__class__}",
    "%s",
    "%(value)s",
    "${value}",
    "\\",
    "\\n",
    "'",
    '"',
    "''",
    '""',
    "`",
    "../../etc/passwd",
    "2024-02-30",
    "٣",
)

_HEADERS = ["Kommune", "Tilbud", "Borger-id", "Inviteret", "Startet", "Gennemført", "Udfald", "Uddannelse"]
_TEXT_ROW = ["Aarhus", "Rygestop", "b-1", "02-03-2015", "12-03-2015", "01-06-2015", "Gennemført", "Grundskole"]
_DAY = dt.datetime(2024, 1, 1)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_CONTENT_TYPES = "[Content_Types].xml"
_BOOK = "xl/workbook.xml"
_BOOK_RELATED = "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"
_SHEET = "xl/worksheets/sheet1.xml"

_MEGABYTE = 1 << 20
_BOMB_SIZE = 2200 * _MEGABYTE  # Above what 31 bits hold, below what needs ZIP64.
_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True)
class _Entry:
    """An entry of a zip file, with the checksum and the size that its headers state."""

    name: str
    packed: bytes
    method: int
    checksum: int
    size: int


def _hostile(build: Callable[[], tuple[str, bytes]]) -> Callable[[], tuple[str, bytes]]:
    HOSTILE[build.__name__] = build
    return build


# What is unpacked is far larger than what was handed in.


@_hostile
def zip_bomb() -> tuple[str, bytes]:
    """A sheet of 2 MB that unpacks to 2.2 GB of spaces: whoever reads it whole runs out of memory."""
    return "zip_bomb.xlsx", _archive(_parts() | {_SHEET: _bomb(b" ")})


@_hostile
def zip_bomb_of_cells() -> tuple[str, bytes]:
    """A sheet of a few MB that unpacks to 2.2 GB of real cells: no single text is long, but there are 180 million."""
    return "zip_bomb_of_cells.xlsx", _archive(_parts() | {_SHEET: _bomb(b"<c><v>7</v></c>")})


@_hostile
def zip_bomb_that_lies() -> tuple[str, bytes]:
    """The zip bomb with both its headers stating 4 kB: adding up stated sizes does not find it."""
    bomb = _bomb(b" ")
    return "zip_bomb_that_lies.xlsx", _archive(
        _parts() | {_SHEET: _Entry(bomb.name, bomb.packed, bomb.method, bomb.checksum, 4096)}
    )


@_hostile
def entity_bomb_in_sheet() -> tuple[str, bytes]:
    """A sheet with entities that expand to a billion words."""
    return "entity_bomb_in_sheet.xlsx", _package(**{_SHEET: _entity_bomb("UTF-8").encode()})


@_hostile
def entity_bomb_in_shared_strings() -> tuple[str, bytes]:
    """The shared strings with entities that expand to a billion words, in a file whose sheet is harmless."""
    strings = f'<sst xmlns="{_MAIN}" count="1" uniqueCount="1"><si><t>&e9;</t></si></sst>'
    return "entity_bomb_in_shared_strings.xlsx", _with_strings(f"{_HEAD}{_laughs('sst')}{strings}")


@_hostile
def external_entity() -> tuple[str, bytes]:
    """A sheet with an entity that stands for a file of this machine: its text must not become data."""
    sheet = _sheet_xml(_row_xml(1, _HEADERS) + f'<row r="2">{_text_cell("A2", "&secret;", escaped=True)}</row>')
    secret = '<!DOCTYPE worksheet [<!ENTITY secret SYSTEM "file:///etc/passwd">]>\n<worksheet'
    return "external_entity.xlsx", _package(**{_SHEET: sheet.replace("<worksheet", secret, 1).encode()})


@_hostile
def utf16_entity_bomb() -> tuple[str, bytes]:
    """The entity bomb in UTF-16 with a byte order mark: a search of the bytes for a DOCTYPE does not find it."""
    part = b"\xff\xfe" + _entity_bomb("UTF-16").encode("utf-16-le")
    return "utf16_entity_bomb.xlsx", _package(**{_SHEET: part})


# Sheets whose stated or real extent is far beyond their content.


@_hostile
def far_cell() -> tuple[str, bytes]:
    """Two cells, one at each end of the sheet: a table that spans both has 17 billion cells."""
    return "far_cell.xlsx", _with_rows(_far_row())


@_hostile
def far_cell_single_quotes() -> tuple[str, bytes]:
    """The far cell with its place in single quotes: a search for r="XFD does not find it."""
    return "far_cell_single_quotes.xlsx", _with_rows(_far_row().replace('"', "'"))


@_hostile
def sparse_diagonal() -> tuple[str, bytes]:
    """2049 cells along the diagonal: a table that spans them has 268 million cells."""
    places = [1, *range(8, 16385, 8)]
    rows = "".join(f'<row r="{place}"><c r="{_letters(place)}{place}"><v>1</v></c></row>' for place in places)
    return "sparse_diagonal.xlsx", _with_rows(rows)


@_hostile
def false_string_count() -> tuple[str, bytes]:
    """Two shared strings that state to be four billion: room must not be made for what is only stated."""
    strings = f'<sst xmlns="{_MAIN}" count="4000000000" uniqueCount="4000000000"><si><t>Kommune</t></si></sst>'
    return "false_string_count.xlsx", _with_strings(f"{_HEAD}{strings}")


@_hostile
def million_styles() -> tuple[str, bytes]:
    """A million styles of cells in a file of one row: slow for whoever builds an object for each."""
    count = 1_000_000
    style = '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    styles = (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        f'<borders count="1"><border/></borders><cellXfs count="{count}">{style * count}</cellXfs></styleSheet>'
    )
    return "million_styles.xlsx", _package(**{_STYLES: styles.encode()})


@_hostile
def ten_thousand_sheets() -> tuple[str, bytes]:
    """Ten thousand sheets with the usual headers and one row each: all of them look like data."""
    rows = _sheet_xml(_row_xml(1, _HEADERS) + _row_xml(2, _TEXT_ROW)).encode()
    numbers = range(1, 10_001)
    return "ten_thousand_sheets.xlsx", _package(
        **{_BOOK: _book_xml(numbers), _BOOK_RELATED: _book_related_xml(numbers), _CONTENT_TYPES: _types_xml(numbers)},
        **{f"xl/worksheets/sheet{number}.xml": rows for number in numbers},
    )


@_hostile
def deeply_nested_xml() -> tuple[str, bytes]:
    """A sheet of half a million elements within each other: a reader that calls itself runs out of stack."""
    depth = 500_000
    return "deeply_nested_xml.xlsx", _with_rows("<row>" * depth + "</row>" * depth)


@_hostile
def long_cells() -> tuple[str, bytes]:
    """A hundred rows of cells as long as Excel allows, 32,767 characters: valid, but nothing to show on a page."""
    rows = [_row_xml(row, ["Å" * 32_767] * len(_HEADERS)) for row in range(2, 102)]
    return "long_cells.xlsx", _with_rows(_row_xml(1, _HEADERS) + "".join(rows))


@_hostile
def many_columns() -> tuple[str, bytes]:
    """One row of 16,384 headers, as many as Excel allows: valid, but too many to offer as a choice."""
    return "many_columns.xlsx", _with_rows(_row_xml(1, [f"Kolonne {column}" for column in range(1, 16385)]))


# Packages that are not put together as they should be.


@_hostile
def climbing_names() -> tuple[str, bytes]:
    """A good workbook with entries named as paths out of the folder: unpacking it would write elsewhere."""
    names = ["../../evil.txt", "/tmp/evil.txt", "..\\..\\evil.txt", "C:\\evil.txt"]
    return "climbing_names.xlsx", _package(**dict.fromkeys(names, b"evil"))


@_hostile
def workbook_in_workbook() -> tuple[str, bytes]:
    """A workbook with a workbook embedded, with a workbook embedded, with one more: only the outermost is data."""
    inner = _package()
    for _ in range(3):
        inner = _with_embedded(inner)
    return "workbook_in_workbook.xlsx", inner


@_hostile
def no_sheets() -> tuple[str, bytes]:
    """A workbook with an empty list of sheets, which Excel never writes: there is no first sheet to take."""
    return "no_sheets.xlsx", _package(
        **{_BOOK: _book_xml([]), _BOOK_RELATED: _book_related_xml([]), _CONTENT_TYPES: _types_xml([]), _SHEET: None}
    )


@_hostile
def missing_sheet_part() -> tuple[str, bytes]:
    """A workbook that lists a sheet whose part is not there."""
    return "missing_sheet_part.xlsx", _package(**{_SHEET: None})


@_hostile
def sheet_path_outside() -> tuple[str, bytes]:
    """A workbook whose sheet is a path out of the package to a file of this machine."""
    related = _book_related_xml([1]).replace(b"worksheets/sheet1.xml", b"../../../etc/passwd")
    return "sheet_path_outside.xlsx", _package(**{_BOOK: _book_xml([1]), _BOOK_RELATED: related, _SHEET: None})


@_hostile
def duplicate_entries() -> tuple[str, bytes]:
    """Two entries with the name of the sheet and different data: a check may read one and the reader the other."""
    other = _sheet_xml(_row_xml(1, _HEADERS) + _row_xml(2, ["Odense", *_TEXT_ROW[1:]]))
    return "duplicate_entries.xlsx", _zip([*_entries(_parts()), _entry(_SHEET, other.encode())])


@_hostile
def duplicate_cells() -> tuple[str, bytes]:
    """The cell A2 twice with different values: which one counts is not defined."""
    cells = _text_cell("A2", "Aarhus") + _text_cell("A2", "Odense") + _text_cell("B2", "Rygestop")
    return "duplicate_cells.xlsx", _with_rows(f'{_row_xml(1, _HEADERS)}<row r="2">{cells}</row>')


@_hostile
def cut_in_the_middle() -> tuple[str, bytes]:
    """The first half of a workbook, as an interrupted transfer leaves it: the directory at its end is missing."""
    whole = _package()
    return "cut_in_the_middle.xlsx", whole[: len(whole) // 2]


@_hostile
def cut_in_the_directory() -> tuple[str, bytes]:
    """A workbook cut within its directory: all the data is there, but not the list of it."""
    whole = _package()
    start = whole.index(b"PK\x01\x02")
    return "cut_in_the_directory.xlsx", whole[: (start + len(whole)) // 2]


@_hostile
def flipped_byte() -> tuple[str, bytes]:
    """One digit of a date changed in the sheet after its checksum was made: the XML is still good, the data is not."""
    sheet = _sheet_xml(_row_xml(1, _HEADERS) + _row_xml(2, _TEXT_ROW)).encode()
    changed = sheet.replace(b"01-06-2015", b"01-06-2055")
    entry = _Entry(_SHEET, changed, zipfile.ZIP_STORED, zlib.crc32(sheet), len(changed))
    return "flipped_byte.xlsx", _archive(_parts() | {_SHEET: entry})


# OLE containers.


@_hostile
def encrypted() -> tuple[str, bytes]:
    """A good workbook behind a password, Password1, which makes it an OLE container and not a zip file."""
    chance = random.Random(1)
    content = io.BytesIO()
    clock = mock.Mock(wraps=dt.datetime)
    clock.now.return_value = _DAY
    with mock.patch("secrets.token_bytes", chance.randbytes), mock.patch.object(ecma376_encrypted, "datetime", clock):
        OOXMLFile(io.BytesIO(_package())).encrypt("Password1", content)
    return "encrypted.xlsx", content.getvalue()


@_hostile
def old_excel_garbage() -> tuple[str, bytes]:
    """The first eight bytes of an old workbook and then noise: every size and every pointer in it is random."""
    return "old_excel_garbage.xls", _OLE_MAGIC + random.Random(2).randbytes(20_000)


@_hostile
def loop_in_ole() -> tuple[str, bytes]:
    """An OLE container whose directory goes on in itself: following its chain never ends."""
    return "loop_in_ole.xls", _ole(chain=[2, 1], workbook_at=3)


@_hostile
def loop_in_ole_stream() -> tuple[str, bytes]:
    """An OLE container with a sound directory, but whose stream of the workbook goes on in itself."""
    return "loop_in_ole_stream.xls", _ole(chain=[0xFFFFFFFE, 3, 2], workbook_at=2)


# Other formats under the wrong name.


@_hostile
def csv_named_xlsx() -> tuple[str, bytes]:
    """Good text with semicolons under the name of a workbook."""
    return "csv_named.xlsx", _csv().encode()


@_hostile
def html_named_xls() -> tuple[str, bytes]:
    """A page with a table under the name of an old workbook, as many systems export it; Excel opens it."""
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (_HEADERS, _TEXT_ROW))
    return "html_named.xls", f'<html><meta charset="utf-8"><body><table>{rows}</table></body></html>'.encode()


@_hostile
def pdf_named_xlsx() -> tuple[str, bytes]:
    """A document of one empty page under the name of a workbook."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    content, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj%sendobj\n" % (number, item)
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return "pdf_named.xlsx", b"%s%strailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        content,
        table,
        len(content),
    )


@_hostile
def png_named_xlsx() -> tuple[str, bytes]:
    """A picture of one pixel under the name of a workbook."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    pixel = chunk(b"IDAT", zlib.compress(bytes(4)))
    return "png_named.xlsx", b"\x89PNG\r\n\x1a\n" + header + pixel + chunk(b"IEND", b"")


@_hostile
def zip_named_xlsx() -> tuple[str, bytes]:
    """An ordinary zip file with two files of text under the name of a workbook."""
    return "zip_named.xlsx", _archive({"readme.txt": b"Hej\n", "data/forloeb.csv": _csv().encode()})


@_hostile
def docx_named_xlsx() -> tuple[str, bytes]:
    """A document of Word under the name of a workbook: a package of the same kind without a workbook in it."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    types = _types([("/word/document.xml", word)])
    text = f"{_HEAD}<w:document {names}><w:body><w:p><w:r><w:t>Hej</w:t></w:r></w:p></w:body></w:document>"
    return "docx_named.xlsx", _archive(
        {
            _CONTENT_TYPES: types,
            "_rels/.rels": _related([("rId1", "officeDocument", "word/document.xml")]),
            "word/document.xml": text.encode(),
        }
    )


# Files that are hardly anything, and text that is not what it seems.


@_hostile
def empty() -> tuple[str, bytes]:
    """A file of no bytes, as an export that failed leaves it."""
    return "empty.xlsx", b""


@_hostile
def only_bom() -> tuple[str, bytes]:
    """A byte order mark and no text after it: the file is not empty, its text is."""
    return "only_bom.csv", b"\xef\xbb\xbf"


@_hostile
def nul_bytes() -> tuple[str, bytes]:
    """10 kB of zeros, as a disk that lost the content leaves it: valid UTF-8."""
    return "nul_bytes.csv", bytes(10_000)


@_hostile
def random_bytes() -> tuple[str, bytes]:
    """10 kB of noise under the name of a workbook."""
    return "random_bytes.xlsx", random.Random(3).randbytes(10_000)


@_hostile
def huge_line_csv() -> tuple[str, bytes]:
    """One line of 20 MB without a delimiter: reading by lines does not bound the memory."""
    return "huge_line.csv", b"a" * 20_000_000


@_hostile
def quote_never_closed_csv() -> tuple[str, bytes]:
    """Headers and then 5 MB of rows behind a quote that is never closed: all of them are one cell."""
    headers, row = _csv().splitlines(keepends=True)
    content = f'{headers}"{row}'.encode()
    return "quote_never_closed.csv", content + row.encode() * ((5_000_000 - len(content)) // len(row.encode()) + 1)


@_hostile
def lone_surrogates_csv() -> tuple[str, bytes]:
    """Rows with halves of characters and overlong forms: valid in neither UTF-8 nor UTF-16."""
    headers, row = _csv().encode().splitlines(keepends=True)
    broken = [b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xc0\xaf", b"\xf5\x80\x80\x80", b"\xff\xfe", b"\x00\xd8", b"\xc3"]
    return "lone_surrogates.csv", headers + b"".join(row.replace(b"b-1", b"b" + odd) for odd in broken)


# The sound workbook that the others start from.


@functools.cache
def _sound_parts() -> tuple[tuple[str, bytes], ...]:
    book = Workbook()
    sheet = book.active
    sheet.title = "Forløb"
    sheet.append(_HEADERS)
    days = [dt.date(2015, 3, 2), dt.date(2015, 3, 12), dt.date(2015, 6, 1)]
    sheet.append([*_TEXT_ROW[:3], *days, *_TEXT_ROW[6:]])
    content = io.BytesIO()
    book.save(content)
    with zipfile.ZipFile(content) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    del parts["docProps/core.xml"]  # It states the time of writing.
    core = b'<Override PartName="/docProps/core.xml"'
    types = parts[_CONTENT_TYPES]
    start = types.index(core)
    parts[_CONTENT_TYPES] = types[:start] + types[types.index(b"/>", start) + 2 :]
    parts["_rels/.rels"] = _related([("rId1", "officeDocument", _BOOK)])
    return tuple(parts.items())


def _parts() -> dict[str, bytes | _Entry | None]:
    return dict(_sound_parts())


def _package(**parts: bytes | _Entry | None) -> bytes:
    """The sound workbook with these parts in place of its own or added to them; None takes a part out."""
    return _archive(_parts() | parts)


def _with_rows(rows: str) -> bytes:
    return _package(**{_SHEET: _sheet_xml(rows).encode()})


def _with_strings(strings: str) -> bytes:
    """The sound workbook with shared strings, of which its sheet uses the first."""
    types = _types_xml([1]).replace(
        b"</Types>", f'<Override PartName="/{_STRINGS}" ContentType="{_TYPES}.sharedStrings+xml"/></Types>'.encode()
    )
    related = _book_related_xml([1], ("rIdStrings", "sharedStrings", "sharedStrings.xml"))
    sheet = _sheet_xml(f'<row r="1"><c r="A1" t="s"><v>0</v></c></row>{_row_xml(2, _TEXT_ROW)}')
    return _package(
        **{
            _CONTENT_TYPES: types,
            _BOOK: _book_xml([1]),
            _BOOK_RELATED: related,
            _STRINGS: strings.encode(),
            _SHEET: sheet.encode(),
        }
    )


def _with_embedded(inner: bytes) -> bytes:
    """The sound workbook with another one embedded in its sheet."""
    default = f'<Default Extension="xlsx" ContentType="{_TYPES}.sheet"/></Types>'.encode()
    place = "embeddings/Microsoft_Excel_Worksheet.xlsx"
    return _package(
        **{
            _CONTENT_TYPES: dict(_sound_parts())[_CONTENT_TYPES].replace(b"</Types>", default),
            "xl/worksheets/_rels/sheet1.xml.rels": _related([("rId1", "package", f"../{place}")]),
            f"xl/{place}": inner,
        }
    )


def _sheet_xml(rows: str) -> str:
    return f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _row_xml(row: int, texts: Iterable[str]) -> str:
    cells = "".join(_text_cell(f"{_letters(column)}{row}", text) for column, text in enumerate(texts, start=1))
    return f'<row r="{row}">{cells}</row>'


def _text_cell(place: str, text: str, escaped: bool = False) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text if escaped else escape(text)}</t></is></c>'


def _far_row() -> str:
    return '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@functools.cache
def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _book_xml(numbers: Iterable[int]) -> bytes:
    sheets = "".join(f'<sheet name="Forløb {number}" sheetId="{number}" r:id="rId{number}"/>' for number in numbers)
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'.encode()


def _book_related_xml(numbers: Iterable[int], *others: tuple[str, str, str]) -> bytes:
    sheets = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    return _related([*sheets, ("rIdStyles", "styles", "styles.xml"), *others])


def _types_xml(numbers: Iterable[int]) -> bytes:
    sheets = [(f"/xl/worksheets/sheet{number}.xml", f"{_TYPES}.worksheet+xml") for number in numbers]
    return _types([(f"/{_BOOK}", f"{_TYPES}.sheet.main+xml"), (f"/{_STYLES}", f"{_TYPES}.styles+xml"), *sheets])


def _types(parts: Iterable[tuple[str, str]]) -> bytes:
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()


def _related(targets: Iterable[tuple[str, str, str]]) -> bytes:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in targets
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{entries}</Relationships>'.encode()


def _laughs(root: str) -> str:
    """The declaration of ten entities, each ten times the one before."""
    entities = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    return f'<!DOCTYPE {root} [<!ENTITY e0 "ha">{entities}]>\n'


def _entity_bomb(encoding: str) -> str:
    rows = _row_xml(1, _HEADERS) + f'<row r="2">{_text_cell("A2", "&e9;", escaped=True)}</row>'
    sheet = _sheet_xml(rows).replace("UTF-8", encoding, 1)
    return sheet.replace("<worksheet", f"{_laughs('worksheet')}<worksheet", 1)


def _csv() -> str:
    return "".join(";".join(row) + "\r\n" for row in (_HEADERS, _TEXT_ROW))


# Zip files written byte by byte, so that they may state what is not so.


def _bomb(unit: bytes) -> _Entry:
    """The sheet with the unit repeated to the size of a bomb, packed once and then put in again and again."""
    before, after = _sheet_xml(f'{_row_xml(1, _HEADERS)}<row r="2">\0</row>').encode().split(b"\0")
    chunk = unit * (8 * _MEGABYTE // len(unit))
    times = _BOMB_SIZE // len(chunk) + 1
    # After a full flush the stream is at a byte and looks back at nothing: the piece fits behind itself.
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    tail = packer.compress(after) + packer.flush(zlib.Z_FINISH)
    checksum = zlib.crc32(before)
    for _ in range(times):
        checksum = zlib.crc32(chunk, checksum)
    size = len(before) + times * len(chunk) + len(after)
    return _Entry(_SHEET, head + piece * times + tail, zipfile.ZIP_DEFLATED, zlib.crc32(after, checksum), size)


def _entry(name: str, content: bytes) -> _Entry:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    return _Entry(name, packed, zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content))


def _entries(parts: dict[str, bytes | _Entry | None]) -> list[_Entry]:
    return [
        part if isinstance(part, _Entry) else _entry(name, part) for name, part in parts.items() if part is not None
    ]


def _archive(parts: dict[str, bytes | _Entry | None]) -> bytes:
    return _zip(_entries(parts))


def _zip(entries: Iterable[_Entry]) -> bytes:
    content, directory, count = io.BytesIO(), io.BytesIO(), 0
    for entry in entries:
        count += 1
        name, place = entry.name.encode(), content.tell()
        # Version 2.0, names in UTF-8, on the first day that a zip file can state.
        common = struct.pack(
            *("<HHHHHIIIHH", 20, 0x800, entry.method, 0, 0x21, entry.checksum),
            *(len(entry.packed), entry.size, len(name), 0),
        )
        content.write(b"PK\x03\x04" + common + name + entry.packed)
        directory.write(b"PK\x01\x02" + struct.pack("<H", 20) + common)
        directory.write(struct.pack("<HHHII", 0, 0, 0, 0, place) + name)
    start, listed = content.tell(), directory.getvalue()
    content.write(listed + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(listed), start, 0))
    return content.getvalue()


# OLE containers written byte by byte.


def _ole(chain: list[int], workbook_at: int) -> bytes:
    """A container whose allocation table is in sector 0, with this chain for the sectors from 1 on.

    The directory starts in sector 1 and names one stream, the workbook, which starts in the given sector.
    """
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    header = _OLE_MAGIC + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0) + b"\xff" * 432
    table = [0xFFFFFFFD, *chain]
    table += [free] * (128 - len(table))

    def named(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        wide = (name + "\0").encode("utf-16-le")
        return struct.pack("<64sHBBIII16xI8x8xIQ", wide, len(wide), kind, 1, free, free, child, 0, start, size)

    directory = named("Root Entry", 5, 1, end, 0) + named("Workbook", 2, free, workbook_at, 8192) + bytes(256)
    sectors = [struct.pack("<128I", *table), directory] + [bytes(512)] * 3
    return header + b"".join(sectors)
