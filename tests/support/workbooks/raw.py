"""Workbooks of hand-made XML, for what no library writes: other programs write it, or nobody should."""

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

Cell = Callable[[str], str]

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_FORMATS = (0, 14, 22, 46, 164)
GENERAL, DAY, MOMENT, DURATION, OWN_DURATION = range(5)
"""The styles of ``Book``."""


@dataclass(frozen=True)
class Book:
    """What a package is made of. ``sheets`` are names, parts below xl and kinds; all worksheets have these rows."""

    rows: str
    strings: str | None = None
    sheets: tuple[tuple[str, str, str], ...] = (("Optælling", "worksheets/sheet1.xml", "worksheet"),)
    prefix: str = ""
    main: str = MAIN
    office: str = OFFICE
    properties: str = ""
    relations: str = ""
    parts: dict[str, str] = field(default_factory=dict)

    def content(self) -> bytes:
        """The package; a prefix stands before every element of its own."""
        before = f"{self.prefix}:" if self.prefix else ""
        names = f'xmlns{":" + self.prefix if self.prefix else ""}="{self.main}"'
        related = "".join(
            _relation(f"rId{n}", kind, part, self.office) for n, (_, part, kind) in enumerate(self.sheets)
        )
        related += _relation("rStyles", "styles", "styles.xml", self.office) + self.relations
        listed = "".join(
            f'<{before}sheet name="{name}" sheetId="{n + 1}" r:id="rId{n}"/>'
            for n, (name, _, _) in enumerate(self.sheets)
        )
        made = {
            "[Content_Types].xml": _types(self.sheets),
            "_rels/.rels": _relations(_relation("rId1", "officeDocument", "xl/workbook.xml", self.office)),
            "xl/styles.xml": f'<styleSheet xmlns="{self.main}">{_styles()}</styleSheet>',
            "xl/workbook.xml": f'<{before}workbook {names} xmlns:r="{self.office}">{self.properties}'
            f"<{before}sheets>{listed}</{before}sheets></{before}workbook>",
        }
        for _, part, kind in self.sheets:
            inside = _prefixed(f"<sheetData>{self.rows}</sheetData>", before) if kind == "worksheet" else ""
            made[f"xl/{part}"] = f"<{before}{kind} {names}>{inside}</{before}{kind}>"
        if self.strings is not None:
            made["xl/sharedStrings.xml"] = f"<{before}sst {names}>{_prefixed(self.strings, before)}</{before}sst>"
            related += _relation("rStrings", "sharedStrings", "sharedStrings.xml", self.office)
        made["xl/_rels/workbook.xml.rels"] = _relations(related)
        return zipped({name: _HEAD + part for name, part in (made | self.parts).items()})


def rows(*lines: Iterable[object]) -> str:
    """Rows of cells: texts and numbers as they are, anything else as a function of its place writes it."""
    written = []
    for number, cells in enumerate(lines, start=1):
        places = ((f"{chr(65 + column)}{number}", cell) for column, cell in enumerate(cells))
        written.append(f'<row r="{number}">{"".join(_cell(place, cell) for place, cell in places)}</row>')
    return "".join(written)


def written(inside: str, attributes: str = "") -> Cell:
    """A cell with this XML in it."""
    return lambda place: f'<c r="{place}"{attributes}>{inside}</c>'


def zipped(parts: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part.encode(), zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _cell(place: str, cell: object) -> str:
    if callable(cell):
        return str(cell(place))
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{cell}</t></is></c>'
    return "" if cell is None else f'<c r="{place}"><v>{cell}</v></c>'


def _prefixed(xml: str, before: str) -> str:
    return xml.replace("</", "\0").replace("<", f"<{before}").replace("\0", f"</{before}") if before else xml


def _relation(key: str, kind: str, target: str, office: str) -> str:
    return f'<Relationship Id="{key}" Type="{office}/{kind}" Target="{target}"/>'


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _styles() -> str:
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in _FORMATS)
    return (
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm:ss"/></numFmts><fonts><font/></fonts>'
        f"<fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs>{styles}</cellXfs>"
    )


def _types(sheets: Iterable[tuple[str, str, str]]) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(f'<Override PartName="/xl/{part}" ContentType="{kind}.{one}+xml"/>' for _, part, one in sheets)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{parts}</Types>'
    )
