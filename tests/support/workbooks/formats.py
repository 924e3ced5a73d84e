"""Writers of small valid spreadsheets in the formats other than xlsx that the intake reads."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

import xlwt

Sheets = dict[str, list[list[object]]]

_EPOCH = dt.datetime(1899, 12, 30)
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# Record types of MS-XLSB.
_ROW, _REAL, _TEXT, _FORMAT, _XF = 0x00, 0x05, 0x06, 0x2C, 0x2F
_BEGIN_SHEET, _END_SHEET, _BEGIN_BOOK, _END_BOOK = 0x81, 0x82, 0x83, 0x84
_BEGIN_SHEETS, _END_SHEETS, _BEGIN_DATA, _END_DATA = 0x8F, 0x90, 0x91, 0x92
_DIMENSION, _BOOK_PROPERTIES, _SHEET = 0x94, 0x99, 0x9C
_BEGIN_STYLES, _END_STYLES, _BEGIN_FORMATS, _END_FORMATS = 0x116, 0x117, 0x267, 0x268
_BEGIN_CELL_XFS, _END_CELL_XFS, _BEGIN_STYLE_XFS, _END_STYLE_XFS = 0x269, 0x26A, 0x272, 0x273
_DATE_FORMAT = 164  # The first number that a workbook may give to a format of its own.


def ods(sheets: Sheets) -> bytes:
    """An OpenDocument spreadsheet as LibreOffice writes it: odd because no part is named as in xlsx."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>{''.join(map(_ods_row, rows))}</table:table>"
        for name, rows in sheets.items()
    )
    content = (
        f'{_HEAD}<office:document-content {_ODS_NAMES} office:version="1.3"><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'{_HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        f' manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return _zip(
        {
            "mimetype": _ODS_TYPE.encode(),  # First and stored, so that the type stands at a fixed place.
            "META-INF/manifest.xml": manifest.encode(),
            "content.xml": content.encode(),
        },
        stored={"mimetype"},
    )


def xlsb(sheets: Sheets) -> bytes:
    """A binary workbook: odd because its parts are records and not XML, with dates only known by their style."""
    numbered = list(enumerate(sheets.items(), start=1))
    parts = {f"xl/worksheets/sheet{number}.bin": _xlsb_sheet(rows) for number, (_, rows) in numbered}
    binary = "application/vnd.ms-excel"
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.bin" ContentType="{binary}.worksheet"/>'
        for number, _ in numbered
    )
    related = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.bin") for number, _ in numbered]
    listed = b"".join(
        _record(_SHEET, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(name))
        for number, (name, _) in numbered
    )
    content_types = (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="bin" ContentType="{binary}.sheet.binary.macroEnabled.main"/>'
        f'<Override PartName="/xl/styles.bin" ContentType="{binary}.styles"/>{types}</Types>'
    )
    workbook = (
        _record(_BEGIN_BOOK)
        + _record(_BOOK_PROPERTIES, struct.pack("<III", 0, 0, 0))
        + _record(_BEGIN_SHEETS)
        + listed
        + _record(_END_SHEETS)
        + _record(_END_BOOK)
    )
    return _zip(
        {
            "[Content_Types].xml": content_types.encode(),
            "_rels/.rels": _related([("rId1", "officeDocument", "xl/workbook.bin")]),
            "xl/workbook.bin": workbook,
            "xl/_rels/workbook.bin.rels": _related([*related, ("rIdStyles", "styles", "styles.bin")]),
            "xl/styles.bin": _xlsb_styles(),
            **parts,
        }
    )


def xls(sheets: Sheets) -> bytes:
    """A workbook of Excel 97 to 2003: odd because it is an OLE container, with dates only known by their format."""
    book = xlwt.Workbook(encoding="utf-8")
    as_date = xlwt.easyxf(num_format_str="dd-mm-yyyy")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name, cell_overwrite_ok=False)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, dt.date):
                    sheet.write(row, column, cell, as_date)
                elif cell is not None:
                    sheet.write(row, column, cell)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _ods_row(cells: list[object]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(cell: object) -> str:
    match cell:
        case None:
            return "<table:table-cell/>"
        case dt.date():
            kind, shown = f'office:value-type="date" office:date-value="{cell.isoformat()}"', f"{cell:%d-%m-%Y}"
        case int() | float():
            kind, shown = f'office:value-type="float" office:value="{cell!r}"', repr(cell)
        case _:
            kind, shown = 'office:value-type="string"', str(cell)
    paragraphs = "".join(f"<text:p>{_ods_text(line)}</text:p>" for line in shown.split("\n"))
    return f"<table:table-cell {kind}>{paragraphs}</table:table-cell>"


def _ods_text(line: str) -> str:
    """Spaces that XML would fold, and tabs, are elements in this format."""
    spaced = escape(line).replace("\t", "<text:tab/>").replace("  ", ' <text:s text:c="1"/>')
    return f'<text:s text:c="1"/>{spaced[1:]}' if spaced.startswith(" ") else spaced


def _xlsb_sheet(rows: list[list[object]]) -> bytes:
    width = max(map(len, rows), default=0)
    records = [
        _record(_BEGIN_SHEET),
        _record(_DIMENSION, struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, max(width - 1, 0))),
        _record(_BEGIN_DATA),
    ]
    for number, cells in enumerate(rows):
        if cells:
            # No style, 300 twips high, one span of columns.
            height = struct.pack("<IIHBBBIII", number, 0, 300, 0, 0, 0, 1, 0, len(cells) - 1)
            records.append(_record(_ROW, height))
            records += (_xlsb_cell(column, cell) for column, cell in enumerate(cells) if cell is not None)
    return b"".join([*records, _record(_END_DATA), _record(_END_SHEET)])


def _xlsb_cell(column: int, cell: object) -> bytes:
    match cell:
        case dt.datetime():
            return _record(_REAL, struct.pack("<IId", column, 1, (cell - _EPOCH) / dt.timedelta(days=1)))
        case dt.date():
            return _record(_REAL, struct.pack("<IId", column, 1, (cell - _EPOCH.date()).days))
        case int() | float():
            return _record(_REAL, struct.pack("<IId", column, 0, cell))
        case _:
            return _record(_TEXT, struct.pack("<II", column, 0) + _wide(str(cell)))


def _xlsb_styles() -> bytes:
    """Style 0 is general, style 1 a date."""

    def style(parent: int, number_format: int) -> bytes:
        return _record(_XF, struct.pack("<HHHHHBBHBB", parent, number_format, 0, 0, 0, 0, 0, 0, 0, 0))

    count = struct.pack("<I", 1)
    return (
        _record(_BEGIN_STYLES)
        + _record(_BEGIN_FORMATS, count)
        + _record(_FORMAT, struct.pack("<H", _DATE_FORMAT) + _wide("dd-mm-yyyy"))
        + _record(_END_FORMATS)
        + (_record(_BEGIN_STYLE_XFS, count) + style(0xFFFF, 0) + _record(_END_STYLE_XFS))
        + _record(_BEGIN_CELL_XFS, struct.pack("<I", 2))
        + (style(0, 0) + style(0, _DATE_FORMAT))
        + (_record(_END_CELL_XFS) + _record(_END_STYLES))
    )


def _record(kind: int, content: bytes = b"") -> bytes:
    """A record is its type and its size, seven bits to a byte, and its content."""
    return _sevens(kind) + _sevens(len(content)) + content


def _sevens(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


def _wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def _related(targets: Iterable[tuple[str, str, str]]) -> bytes:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in targets
    )
    return f'{_HEAD}<Relationships xmlns="{_RELATIONSHIPS}">{entries}</Relationships>'.encode()


def _zip(parts: dict[str, bytes], stored: Iterable[str] = ()) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), part, method)
    return content.getvalue()
