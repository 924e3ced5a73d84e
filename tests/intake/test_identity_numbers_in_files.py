"""A file with an identity number anywhere is refused; other numbers that look so are left out with their column."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.config import Limits
from analysis.i18n import LANGUAGES, wording
from analysis.intake.detect.identity_number_columns import ScannedSheets, cpr_elsewhere, find_identity_numbers
from analysis.intake.findings.findings import Finding, Period
from analysis.intake.importing import store as store_file
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.read_file import read
from analysis.intake.reader.scan import scan_file
from analysis.intake.sheets import RawSheet, TextColumn
from analysis.intake.validate.validation import prepare
from analysis.store import Database
from analysis.text.identity_numbers import strength
from analysis.text.strength import Strength
from tests.support.workbooks import formats
from tests.support.workbooks.faults import (
    COURSE_HEADERS,
    SHEET_PART,
    book,
    count,
    counts,
    course,
    courses,
    patched,
    sound,
)
from tests.test_identity_numbers import DATES_AND_TIMES, IDS_OF_PERSONS, NOT_ONES, forms

Change = Callable[[Workbook], object]
DISGUISES = (
    "1/1/90-1234",
    "010170-1234",
    "cpr010170–1234",
    "０１０１７０ 1234",
    "010170\u00a01234",
    "0101701234",
    "131052A308T",
)
CORE = ("title", "subject", "creator", "keywords", "description", "lastModifiedBy", "category", "contentStatus")


def changed(change: Change) -> bytes:
    """A sound workbook, changed at the end."""
    return courses(course(), change=lambda made: change(made) and None)


def part(name: str, text: str) -> bytes:
    """A sound workbook with one part more."""
    return patched(sound(), {name: lambda _: text.encode()})


def validation(**about: Any) -> Change:
    def change(made: Workbook) -> None:
        rule = DataValidation(type="list", **{"formula1": '"a,b"', **about})
        rule.add("Z1")
        made.active.add_data_validation(rule)

    return change


def places(text: str) -> dict[str, bytes]:
    """The text in every place of a workbook that is no cell's value."""
    shown = {
        "comment": lambda made: setattr(made.active["A2"], "comment", Comment(text, "Ane")),
        "comment's author": lambda made: setattr(made.active["A2"], "comment", Comment("Se her", text)),
        "header": lambda made: setattr(made.active.oddHeader.left, "text", text),
        "footer": lambda made: setattr(made.active.evenFooter.right, "text", f"Side 1 {text}"),
        "custom property": lambda made: made.custom_doc_props.append(StringProperty(name="Ref", value=text)),
        "custom property's name": lambda made: made.custom_doc_props.append(StringProperty(name=text, value="x")),
        "defined name": lambda made: made.defined_names.add(DefinedName("a", attr_text=f'"{text}"')),
        "comment of a defined name": lambda made: made.defined_names.add(DefinedName("a", attr_text="1", comment=text)),
        "list of choices": validation(formula1=f'"a,{text}"'),
        "prompt": validation(prompt=text, showInputMessage=True),
        "link": lambda made: setattr(made.active["A2"], "hyperlink", f"https://example.dk/?ref={text}"),
        **{name: lambda made, name=name: setattr(made.properties, name, text) for name in CORE},
    }
    t = f"<t>{text[:4]}</t></r><r><rPr><b/></rPr><t>{text[4:]}</t>"
    parts = {
        "custom XML": ("customXml/item1.xml", f"<a><b>{text}</b></a>"),
        "attribute of custom XML": ("customXml/item2.xml", f'<a b="{text}"/>'),
        "note in two fonts": ("xl/comments1.xml", f"<comments><comment><text><r>{t}</r></text></comment></comments>"),
        "threaded comment": (
            "xl/threadedComments/threadedComment1.xml",
            f"<ThreadedComments><threadedComment><text>{text}</text></threadedComment></ThreadedComments>",
        ),
    }
    return {
        **{name: changed(change) for name, change in shown.items()},
        **{name: part(*where) for name, where in parts.items()},
    }


def scanned(content: bytes, folder: Path) -> dict[str, list[str]]:
    """What the scan of the package finds, in this process."""
    source = folder / "source"
    source.write_bytes(content)
    return scan_file(source, folder, Limits().bounds(memory=2**30))["numbers"]


def test_a_number_outside_the_cells_is_found_wherever_it_stands(tmp_path: Path) -> None:
    tried = {(place, text): content for text in DISGUISES for place, content in places(text).items()}
    missed = {
        (place, text)
        for (place, text), content in tried.items()
        if not scanned(content, tmp_path)["certain"] and not (text.isdigit() and scanned(content, tmp_path)["possible"])
    }
    print(f"{len(tried) - len(missed)} of {len(tried)}")
    assert missed == set()


@pytest.mark.parametrize(
    ("place", "where"),
    [
        ("comment", "comments and notes"),
        ("footer", "headers and footers"),
        ("custom XML", "custom XML"),
        ("title", "the properties of the document"),
        ("defined name", "defined names"),
        ("prompt", "formulas, filters, rules and links"),
    ],
)
def test_the_file_is_refused_and_the_place_is_named(place: str, where: str) -> None:
    reading = read(places("010170 – 1234")[place], "export.xlsx")
    assert not reading.sheets
    (found,) = reading.findings
    assert (found.check, [word.english for word in found.values["where"]]) == ("cpr_elsewhere", [where])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("xl/pivotCache/pivotCacheRecords1.xml", '<r><s v="010170-1234"/></r>'),
        ("xl/sharedStrings.xml", '<sst uniqueCount="1"><si><t>010170-1234</t></si></sst>'),
        ("xl/drawings/drawing1.xml", "<d><p><r><t>0101</t></r><r><t>70-1234</t></r></p></d>"),
        ("xl/externalLinks/externalLink1.xml", "<e><c><v>010170-1234</v></c></e>"),
        ("xl/media/image1.svg", "<svg><text>010170-1234</text></svg>"),
        ("xl/media/note.txt", "010170–1234"),
        ("customXml/item.json", '{"a": "010170-1234"}'),
        ("customXml/mysettings.xml", "<a>010170-1234</a>"),
        ("xl/vbaProject.bin", "\0\0Borger 010170-1234\0"),
        ("xl/theme/theme9.xml", "<a><!-- 010170-1234 --></a>"),
        ("xl/styles.xml", "<styleSheet><!-- 010170-1234 --></styleSheet>"),
        ("xl/styles.xml", "<styleSheet><?note 010170-1234?></styleSheet>"),
        ("xl/styles.xml", '<styleSheet><cellStyle name="010170-1234"/></styleSheet>'),
        ("xl/styles.xml", "<styleSheet><cellStyle name='010170-1234'/></styleSheet>"),
        ("xl/styles.xml", "<styleSheet><note>010170-1234</note></styleSheet>"),
        ("customXml/item1.xml", "<a><b>150785</b><b>-1239</b></a>"),
        ("customXml/item1.xml", "<a><cpr1507851239/></a>"),
        ("docProps/custom.xml", "<p><a>BORGER-0101701234-1</a></p>"),
        ("docProps/custom.xml", "<p><a>010170-1234-2015</a></p>"),
        (
            "xl/worksheets/sheet9.xml",
            '<worksheet><sheetData><row><c t="str"><v>010170-1234</v></c></row></sheetData></worksheet>',
        ),
    ],
)
def test_what_a_workbook_keeps_behind_its_cells_is_looked_at(tmp_path: Path, name: str, text: str) -> None:
    numbers = scanned(part(name, text), tmp_path)
    assert numbers["certain"] or numbers["shared"]
    assert cpr_elsewhere(numbers).refused


FONT = '<rPr><b/><sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/></rPr>'
FILL = '<a:rPr lang="da-DK"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill><a:latin typeface="Arial"/></a:rPr>'
SHAPE = '<d xmlns:a="a"><a:p><a:r>{}<a:t>{}</a:t></a:r><a:r>{}<a:t>{}</a:t></a:r></a:p></d>'
NOTE = "<comments><comment><text><r>{}<t>{}</t></r><r>{}<t>{}</t></r></text></comment></comments>"
SPLIT = {
    "comment": part("xl/comments1.xml", NOTE.format(FONT, "ring 30", FONT, "1270-1234 i morgen")),
    "text box": part("xl/drawings/drawing1.xml", SHAPE.format(FILL, "ring 30", FILL, "1270-1234 i morgen")),
    "button": part("xl/drawings/vmlDrawing1.vml", '<div><font face="a">3012</font><font face="b">70-1234</font></div>'),
    "shared text": part("xl/sharedStrings.xml", f"<sst><si><r>{FONT}<t>301270</t></r><r><t>-1234</t></r></si></sst>"),
    "spoken form": part(
        "xl/sharedStrings.xml", '<sst><si><t>Ane</t><rPh sb="0" eb="1"><t>301270-1234</t></rPh></si></sst>'
    ),
    "OpenDocument": part("content.xml", "<text:p>30<text:span text:style-name='T1'>1270-</text:span>1234</text:p>"),
    "comment in OpenDocument": part(
        "content.xml",
        "<office:annotation><text:p>3012<text:span>70</text:span><text:s/>1234</text:p></office:annotation>",
    ),
}
APART = {
    "comment": part("xl/comments1.xml", NOTE.format(FONT, "Møde 30", FONT, " borgere, 12 hold")),
    "two text boxes": part("xl/drawings/drawing1.xml", "<d><p><r><t>301270</t></r></p><p><r><t>-1234</t></r></p></d>"),
    "OpenDocument": part("content.xml", "<text:p>301270</text:p><text:p>-1234</text:p>"),
    "shared text": part("xl/sharedStrings.xml", "<sst><si><t>301270</t></si><si><t>-1234</t></si></sst>"),
}


def test_a_number_that_changes_its_look_within_is_found(tmp_path: Path) -> None:
    seen = {name: scanned(content, tmp_path) for name, content in SPLIT.items()}
    found = [name for name, numbers in seen.items() if numbers["certain"] or cpr_elsewhere(numbers).refused]
    others = {name: scanned(content, tmp_path) for name, content in APART.items()}
    print(f"{len(found)} of {len(SPLIT)}")
    assert found == list(SPLIT)
    assert [name for name, numbers in others.items() if any(numbers.values())] == []


@pytest.mark.parametrize(
    "text",
    [
        "<si><t>3012701234</t></si>",
        "<si><r><t>30127</t></r><r><t>01234</t></r></si>",
        '<si><t>Ane</t><rPh sb="0" eb="1"><t>3012701234</t></rPh></si>',
    ],
)
def test_a_bare_number_that_no_cell_shows_is_not_kept(tmp_path: Path, text: str) -> None:
    looked = cpr_elsewhere(scanned(part("xl/sharedStrings.xml", f"<sst>{text}</sst>"), tmp_path))
    assert ([found.check for found in looked.left_out], looked.refused) == (["long_number_elsewhere"], None)


def test_a_bare_number_that_a_cell_shows_is_for_its_column(tmp_path: Path) -> None:
    numbers = scanned(part("xl/sharedStrings.xml", "<sst><si><t>1003273548</t></si></sst>"), tmp_path)
    assert cpr_elsewhere(numbers, [sheet_of(["1003273548"])]) == ScannedSheets([], [])


def test_a_bare_number_in_a_comment_among_rows_is_not_kept(tmp_path: Path) -> None:
    content = patched(
        sound(), {SHEET_PART: lambda xml: xml.replace(b"</row></sheetData>", b"<!-- 3012701234 --></row></sheetData>")}
    )
    assert scanned(content, tmp_path)["possible"] == ["sheet"]


ROWS = {
    "comment": '<!-- 010170-1234 --><c r="I2"><v>5</v></c>',
    "instruction": '<?x 010170-1234?><c r="I2"><v>5</v></c>',
    "attribute": '<c r="I2" x="010170-1234"><v>5</v></c>',
    "short date": '<c r="I2" x="1/1/90-1234"><v>5</v></c>',
    "spoken form": '<c r="I2" t="inlineStr"><is><t>ok</t><rPh sb="0" eb="1"><t>010170-1234</t></rPh></is></c>',
    "joined texts": '<c r="I2" t="str"><f>"010170-12"&amp;"34"</f><v>x</v></c>',
    "between cells": '<c r="I2"><v>5</v></c>010170-1234',
}
COMPUTED = {
    "formula": '<c r="I2"><f>010170-1234</f><v>5</v></c>',
    "number in a formula": '<c r="I2"><f>101701234*1</f><v>5</v></c>',
    "bare number in a text": '<c r="I2" t="str"><f>IF(1,"x","0101701234")</f><v>x</v></c>',
}


def test_what_rows_hold_beside_values_is_looked_at(tmp_path: Path) -> None:
    def in_row(cell: str) -> dict[str, list[str]]:
        end = f"{cell}</row></sheetData>".encode()
        content = patched(sound(), {SHEET_PART: lambda xml: xml.replace(b"</row></sheetData>", end)})
        return scanned(content, tmp_path)

    refused = [name for name, cell in ROWS.items() if in_row(cell)["certain"]]
    not_kept = [name for name, cell in COMPUTED.items() if in_row(cell)["possible"]]
    print(f"{len(refused)} of {len(ROWS)}, {len(not_kept)} of {len(COMPUTED)}")
    assert (refused, not_kept) == (list(ROWS), list(COMPUTED))


def test_what_is_written_in_a_shape_is_no_size(tmp_path: Path) -> None:
    shape = '<d x="0101701234"><p><r><t>Borger {}</t></r></p></d>'
    assert scanned(part("xl/drawings/drawing1.xml", shape.format("0101701234")), tmp_path)["possible"]
    assert not scanned(part("xl/drawings/drawing1.xml", shape.format("12")), tmp_path)["possible"]


def test_a_package_with_a_comment_is_looked_at(tmp_path: Path) -> None:
    made = io.BytesIO(sound())
    with zipfile.ZipFile(made, "a") as package:
        package.comment = b"borger 010170-1234"
    assert scanned(made.getvalue(), tmp_path)["certain"]


@pytest.mark.parametrize("number", ["010170\u00a01234", "010170–1234", "０１０１７０１２３４", "010170\u200b1234"])
def test_one_letter_of_another_encoding_hides_nothing(number: str) -> None:
    text = f"Kommune;Tilbud;Note\nAarhus;Gåtur;{number}\n".encode() + b"Aarhus;R\xf8gestop;\n"
    assert [found.check for found in read(text, "export.csv").findings] == ["cpr_number"]


def test_properties_of_office_and_sharepoint_are_no_identity_numbers(tmp_path: Path) -> None:
    ordinary = (
        '<p Ref="0x0101008A3B0101701234567812AB"><a>{0101F0A1-0101-7012-3401-010170123401}</a>'
        "<b>2015-03-12T14:30:00Z</b><c>YCXZ34JY5ZUZ-1010745873-45</c><d>https://d.docs.live.net/3101121234ab56cd/Ark</d>"
        "<e>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d0101701234b0</e><f>12-03-2015 14:30</f></p>"
    )
    for name in ("customXml/item1.xml", "docProps/custom.xml", "docMetadata/LabelInfo.xml"):
        assert scanned(part(name, ordinary), tmp_path) == {"certain": [], "possible": [], "shared": []}


ORDINARY = {
    "Periode": "2015-01-01 - 2015-03-31",
    "Bemærkning": "01.01.2015 - 2016",
    "Udfører": "Ryg (P-nr. 1012264321)",
}


@pytest.mark.parametrize("header", ORDINARY)
def test_periods_and_named_numbers_are_kept_as_they_stand(header: str) -> None:
    reading = read(with_ids(header, ORDINARY[header]), "export.xlsx")
    assert ORDINARY[header] in reading.sheets[0].columns[8].values


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_other_formats_are_looked_at_too(kind: str) -> None:
    build = getattr(formats, kind)
    refused = read(build({"Forløb": [COURSE_HEADERS, course()], "Noter": [["010170-1234"]]}), f"export.{kind}")
    assert [finding.check for finding in refused.findings] == ["cpr_number"]


def sheet_of(values: Iterable[str], header: str = "Nummer", kind: str = "t") -> RawSheet:
    texts = [header, *values]
    codes = np.arange(len(texts))
    others = TextColumn(["Kommune", "Aarhus"], np.minimum(codes, 1), "tt")
    return RawSheet("Ark1", [others, TextColumn(texts, codes, "t" + kind * (len(texts) - 1))], len(texts))


def test_every_form_in_a_cell_is_refused() -> None:
    all_forms = forms()
    cells = [form for form in all_forms if find_identity_numbers([sheet_of([form])]).refused]
    headers = [form for form in all_forms if find_identity_numbers([sheet_of(["x"], header=form)]).refused]
    print(f"{len(cells)} of {len(all_forms)} in cells, {len(headers)} of {len(all_forms)} in headers")
    assert cells == headers == all_forms


@pytest.mark.parametrize(
    "cell", [101701234, 101701234.0, "010170\u200b-1234", "010170\n1234", "０１０１７０１２３４", '=0101701234&""']
)
def test_a_cell_is_refused_as_it_is_read(cell: object) -> None:
    content = book({"Forløb": [COURSE_HEADERS, course()], "Noter": [["frit felt"], [cell]]})
    if isinstance(cell, str) and cell.startswith("="):
        content = with_stored_value(content, "0101701234")
    (found,) = read(content, "export.xlsx").findings
    assert (found.check, found.sheet, found.rows, found.letters) == ("cpr_number", "Noter", (2,), "A")


def with_stored_value(content: bytes, value: str) -> bytes:
    """The workbook with this value stored beside the only formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        name = next(one for one in package.namelist() if b"<f>" in package.read(one))
    return patched(
        content,
        {
            name: lambda xml: (
                xml.replace(b"<v></v>", b"")
                .replace(b"<v/>", b"")
                .replace(b"<v />", b"")
                .replace(b"</f>", f"</f><v>{value}</v>".encode())
            )
        },
    )


def test_ordinary_cells_are_not_refused() -> None:
    found = [text for text in NOT_ONES if find_identity_numbers([sheet_of([text])]).refused]
    print(f"{len(NOT_ONES) - len(found)} of {len(NOT_ONES)}")
    assert found == []


def test_numbers_with_four_decimals_are_judged_by_the_other_decimals_of_their_column() -> None:
    one = find_identity_numbers([sheet_of(["301270.1234"])])
    assert ([found.check for found in one.left_out], one.refused) == (["no_cpr_column"], None)
    several = find_identity_numbers([sheet_of(["301270.1234", "121145,4321", "110203.9999"])])
    assert several.refused
    assert [doubt.letters for doubt in several.doubts] == ["B"]
    amounts = find_identity_numbers([sheet_of(["301270.1234", "498211.5", "905312.25"])])
    assert (amounts.left_out, amounts.refused) == ([], None)


def test_a_date_and_a_time_of_day_in_the_notation_of_a_number_is_asked_about() -> None:
    for text in DATES_AND_TIMES:
        assert find_identity_numbers([sheet_of([text], header="Noter")]).doubts, text
        overruled = find_identity_numbers([sheet_of([text], header="Noter")], no_cpr=["Noter"])
        assert [found.check for found in overruled.left_out] == ["no_cpr_column"]
        for numbers in ([text, "010170-1234"], ["010135-1530"]):
            certain = find_identity_numbers([sheet_of(numbers, header="Noter")])
            assert certain.refused
            assert not certain.doubts
    assert not read(with_ids("Borger-id", *DATES_AND_TIMES), "export.xlsx").doubts


@pytest.mark.parametrize("between", [".", ",", " ", "'"])
def test_amounts_that_all_begin_with_a_date_are_asked_about(between: str) -> None:
    dates = [text.replace(".", between) for text in ("1.507.851.239", "3.012.701.234", "1.103.029.999")]
    assert find_identity_numbers([sheet_of(dates)]).doubts
    amounts = find_identity_numbers([sheet_of([dates[0], f"4{dates[1]}", f"9{dates[2]}"])])
    assert (amounts.left_out, amounts.refused) == ([], None)


def test_a_comment_that_is_a_number_with_four_decimals_is_refused(tmp_path: Path) -> None:
    assert scanned(places("301270.1234")["comment"], tmp_path)["certain"]


def test_a_day_in_letters_in_rows_and_parts_is_looked_at(tmp_path: Path) -> None:
    for text in ("1. jan 70-1234", "se 301270, 1234 nu"):
        for name in ("comment", "custom XML"):
            numbers = scanned(places(text)[name], tmp_path)
            assert numbers["certain"], (name, text)


def test_ids_of_persons_are_judged_by_their_digits() -> None:
    tried = {(header, text) for header in ("CPR-nummer", "Borger-id") for text in IDS_OF_PERSONS}
    passed = {(header, text) for header, text in tried if read(with_ids(header, text), "export.xlsx").sheets}
    print(f"{len(tried) - len(passed)} of {len(tried)}")
    assert passed == set()


def with_ids(header: str, *ids: str) -> bytes:
    if header in COURSE_HEADERS:
        return courses(*(course(one) for one in ids))
    return courses(*([*course(), one] for one in ids), headers=[*COURSE_HEADERS, header])


TEN_RANDOM = [
    "8120345671",
    "4501928374",
    "0912745533",
    "9988776655",
    "5550001112",
    "7361528190",
    "6677889900",
    "8191919191",
]
IN_A_ROW = tuple(f"20120000{number:02}" for number in range(1, 10))


@pytest.mark.parametrize("numbers", [IN_A_ROW, (*TEN_RANDOM, "2512345678")])
def test_ids_of_another_system_are_replaced_where_the_person_says_that_they_are_no_cpr_numbers(
    numbers: tuple[str, ...],
) -> None:
    written = (*numbers, numbers[0], "b-7")
    content = with_ids("Borger-id", *written)
    refused = read(content, "export.xlsx")
    assert [found.check for found in refused.findings] == ["cpr_number"]
    assert [(doubt.letters, doubt.has_ids) for doubt in refused.doubts] == [("C", True)]
    again = read(content, "export.xlsx", no_cpr=["Borger-id"])
    assert [found.check for found in again.findings] == ["no_cpr_ids"]
    column = again.sheets[0].columns[2]
    ids = [column.at(row) for row in range(1, len(written) + 1)]
    assert (column.at(0), ids[-1]) == ("Borger-id", "b-7")
    assert (ids[0] == ids[-2], len(set(ids))) == (True, len(numbers) + 1)
    assert not any(one in "".join(column.values) for one in numbers)
    other = read(with_ids("Borger-id", *numbers[1:], "2012000099"), "april.xlsx", no_cpr=["Borger-id"])
    assert {other.sheets[0].columns[2].at(row) for row in range(1, len(numbers))}.isdisjoint(ids)


def test_bare_administrative_numbers_are_asked_about_like_other_bare_numbers() -> None:
    replacements = ["6510384179", "6201029876", "9112991234"]
    assert find_identity_numbers([sheet_of(replacements, header="Borger-id")]).refused
    assert find_identity_numbers([sheet_of(["6510384179"], header="Borger-id")]).refused
    assert not find_identity_numbers([sheet_of(replacements, header="Nr.")]).refused
    ids = [f"45{number:08}" for number in range(39)]
    assert not find_identity_numbers([sheet_of([*ids, "6510384179"], header="Borger-id")]).refused
    in_a_row = [f"65010000{number:02}" for number in range(1, 10)]
    assert [doubt.has_ids for doubt in read(with_ids("Borger-id", *in_a_row), "export.xlsx").doubts] == [True]


@pytest.mark.parametrize(
    ("header", "value"),
    [("Borger-id", "010170-1234"), ("Borger-id", "a101701234"), ("CPR-nummer", "2012000001"), ("Noter", "010170-1234")],
)
def test_numbers_that_are_written_or_named_as_cpr_numbers_are_no_ids(header: str, value: str) -> None:
    content = with_ids(header, value)
    assert [found.check for found in read(content, "export.xlsx", no_cpr=[header]).findings] == ["cpr_number"]


def test_a_cell_with_an_error_is_looked_at() -> None:
    cell = b'<c r="I2" t="e"><v>#010170-1234</v></c></row></sheetData>'
    content = patched(sound(), {SHEET_PART: lambda xml: xml.replace(b"</row></sheetData>", cell)})
    (found,) = read(content, "export.xlsx").findings
    assert (found.check, found.rows, found.letters, found.value) == ("cpr_number", (2,), "I", "")


@pytest.mark.parametrize(
    "header", ["CPR-nummer", "cpr nr.", "Fødselsnummer", "Personnummer", "Henkilötunnus", "Kennitala"]
)
def test_a_column_named_after_the_number_is_refused_however_it_looks(header: str) -> None:
    content = with_ids(header, "010170 l234", "xxxxxx-xxxx")
    reading = read(content, "export.xlsx")
    assert [(found.check, found.rows) for found in reading.findings] == [("cpr_number", (2,))]
    assert [doubt.name for doubt in reading.doubts] == ["Forløb!I"]
    again = read(content, "export.xlsx", no_cpr=["I"])
    assert again.sheets
    assert "no_cpr_column" in {found.check for found in again.findings}
    assert not any("l234" in value for value in again.sheets[0].columns[8].values)


def test_times_of_an_export_are_no_birth_numbers_among_their_like() -> None:
    stamps = [f"2015031{day}14{minute}" for day in range(1, 10) for minute in range(10, 60)]
    assert not find_identity_numbers([sheet_of(stamps, header="Oprettet")]).refused
    births = ["01-01-1995 1234", "02-02-1996 5432", "03-03-1997 2212"]
    assert find_identity_numbers([sheet_of(births, header="Oprettet")]).refused


@pytest.mark.parametrize(
    "header",
    [
        *(
            "Sagsnr.",
            "Faktura",
            "Journalnummer",
            "Dok",
            "Dok.nr.",
            "Dokumentnummer",
            "J.nr.",
            "Jnr",
            "J nr",
            "Journalnr",
        ),
        *("Diarienummer", "Dnr", "Saksnr", "Journalpostnr", "Diaarinumero", "Asianumero"),
    ],
)
def test_numbers_of_cases_written_like_birth_numbers_are_in_doubt(header: str) -> None:
    content = with_ids(header, "010115-0001", "010115-0002")
    assert [doubt.letters for doubt in read(content, "export.xlsx").doubts] == ["I"]
    assert read(content, "export.xlsx", no_cpr=[header]).sheets


def test_telephone_numbers_written_like_birth_numbers_are_left_out() -> None:
    reading = read(with_ids("Telefon", "201012-3456", "311299-4321"), "export.xlsx")
    assert reading.sheets
    assert "no_cpr_column" in {found.check for found in reading.findings}


def test_what_the_program_says_of_a_file_is_no_identity_number(database: Database) -> None:
    months = ["2014-09", "2014-10", "2014-11", "2015-02", "2015-03", "2015-04", "2015-05"]
    content = counts(*(count(Periode=month) for month in months))
    reading = read(content, "export.xlsx")
    prepared = prepare(reading, load_reference_data(database))
    day_and_year = (dt.date(1970, 12, 30), Period(dt.date(2015, 1, 1), dt.date(2016, 1, 1)))
    prepared.findings.append(Finding("month_missing", value="Rygestop", values={"periods": day_and_year}))
    record = store_file(database, reading, prepared, Decisions(), content, by=NOBODY_SIGNED_IN)
    said = [found["said"]["da"] for found in json.loads(record.findings) if found["check"] == "month_missing"]
    assert "december 2014, januar 2015" in said[0]
    assert strength(said[1]) is Strength.CERTAIN


P_NUMBERS = [1003273548, 1003273548, 1003411290]


@dataclass(frozen=True)
class Others:
    header: str
    values: tuple[object, ...]


OTHERS = {
    "production units": Others("P-nummer", tuple(P_NUMBERS)),
    "area codes": Others("Områdekode", ("0301010101", "0302010102", "0303010104")),
    "telephone numbers": Others("Tlf.", ("0701234567", "0401234567", "0501234567")),
    "CVR numbers": Others("CVR", (10127012, 10127013, 10127014)),
    "case numbers, of which one could be a date": Others("Nr.", tuple(TEN_RANDOM)),
    "one institution in every row": Others("Udfører", ("1003273548",) * 40),
}


def with_column(others: Others) -> bytes:
    rows = [[*course(f"b-{number}"), value] for number, value in enumerate(others.values)]
    return courses(*rows, headers=[*COURSE_HEADERS, others.header])


@pytest.mark.parametrize("name", OTHERS)
def test_a_column_of_other_numbers_is_left_out_and_the_rest_is_stored(database: Database, name: str) -> None:
    others = OTHERS[name]
    content = with_column(others)
    reading = read(content, "export.xlsx")
    prepared = prepare(reading, load_reference_data(database))
    assert prepared.faultless, [finding.check for finding in prepared.findings]
    record = store_file(database, reading, prepared, Decisions(), content, by=NOBODY_SIGNED_IN)
    assert record.courses == len(others.values)
    if name != "CVR numbers":
        assert prepared.personal
        assert store.original(database, record.sha256, by=NOBODY_SIGNED_IN) is None
        seen = str(reading.sheets) + str(prepared.findings) + record.understood + record.findings
        assert not any(str(value) in seen for value in others.values)


def test_a_column_in_doubt_is_refused_until_a_person_says_what_it_is(database: Database) -> None:
    content = with_column(Others("Nr.", ("0301010101", "0302010102")))
    reading = read(content, "export.xlsx")
    assert [finding.check for finding in reading.findings] == ["cpr_number"]
    (doubt,) = reading.doubts
    assert (doubt.name, doubt.header) == ("Forløb!I", "Nr.")
    for said in ("Forløb!I", "I", "nr.", "Forløb!Nr."):
        again = read(content, "export.xlsx", no_cpr=[said])
        assert again.sheets, said
    prepared = prepare(again, load_reference_data(database))
    record = store_file(database, again, prepared, Decisions(), content, by=NOBODY_SIGNED_IN)
    assert store.original(database, record.sha256, by=NOBODY_SIGNED_IN) is None
    line = store.audit_lines(database).iloc[0]
    assert '"no_cpr": "1"' in line["about"]


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Borger-id", ("0301010101", "0302010102")),
        ("CPR-nr.", ("0301010101", "0302010102")),
        ("Personnummer", ("0301010101", "0302010102")),
        ("Nr.", ("030101-0101", "0302010102")),
        ("P-nummer", ("030101-0101", "1003273548")),
    ],
)
def test_what_is_certain_stays_refused_whatever_is_said(header: str, values: tuple[str, ...]) -> None:
    names = [*COURSE_HEADERS, header] if header not in COURSE_HEADERS else COURSE_HEADERS
    rows = [[*course(), value] if names is not COURSE_HEADERS else course(value) for value in values]
    reading = read(courses(*rows, headers=names), "export.xlsx", no_cpr=["C", "I", header])
    assert not reading.sheets
    assert not reading.doubts
    assert [finding.check for finding in reading.findings] == ["cpr_number"]


TwoColumns = tuple[str, tuple[object, ...], str, tuple[object, ...]]
BORN = ("010170", "311299", "150645")
SPLIT_NUMBERS = (
    ("Fødselsdato", BORN, "Løbenr.", ("1234", "4321", "9876")),
    ("Fødselsdato", (10170, 311299, 150645), "Sidste fire", (1234, 4321, 9876)),
    ("Født", ("01-01-1970", "31-12-1999", "15-06-1945"), "Sidste 4", ("0234", "4321", "9876")),
    ("Født", ("1970-01-01", "1999-12-31", "1945-06-15"), "Kontrolcifre", ("0234", "4321", "9876")),
    ("Dato", BORN, "Nr.", ("0234", "4321", "0012")),
)
NOT_SPLIT = (
    ("Dato", ("010115", "311214", "150615"), "Kl.", ("0830", "1430", "0900")),
    ("Dato", ("010115", "311214", "150615"), "Start", ("0830", "1430", "0900")),
    ("Dato", BORN, "Antal", ("1234", "4321", "9876")),
    ("Dato", BORN, "Postnr.", ("0150", "0560", "0999")),
    ("Fødselsdato", BORN, "Indmeldt", ("2015", "2014", "2013")),
    ("Fødselsdato", BORN, "Kontrol", ("2015", "2014", "2013")),
    ("Fødselsdato", BORN, "Løbenr.", ("1", "2", "3")),
    ("Fødselsdato", BORN, "Løbenr.", ("12345", "1234", "1235")),
    ("Antal", ("99", "102", "45"), "Løbenr.", ("1234", "4321", "9876")),
)


def with_two_columns(first: str, ones: Iterable[object], second: str, others: Iterable[object]) -> bytes:
    rows = ([*course(f"b-{other}"), one, other] for one, other in zip(ones, others, strict=True))
    return courses(*rows, headers=[*COURSE_HEADERS, first, second])


@pytest.mark.parametrize("columns", SPLIT_NUMBERS)
def test_a_number_in_two_columns_is_asked_about(
    columns: TwoColumns,
) -> None:
    content = with_two_columns(*columns)
    reading = read(content, "export.xlsx")
    assert [(found.check, found.letters, found.rows) for found in reading.findings] == [("cpr_number", "J", (2,))]
    assert [doubt.letters for doubt in reading.doubts] == ["J"]
    again = read(content, "export.xlsx", no_cpr=["J"])
    assert {again.sheets[0].columns[9].at(row) for row in range(1, 4)} == {""}


@pytest.mark.parametrize("columns", NOT_SPLIT)
def test_a_date_before_another_number_is_no_number_in_two_columns(
    columns: TwoColumns,
) -> None:
    assert read(with_two_columns(*columns), "export.xlsx").sheets


def test_ids_of_ones_own_are_no_swedish_numbers_because_one_has_the_check_digit() -> None:
    ids = [f"45{number:08}" for number in range(39)]
    by_chance = find_identity_numbers([sheet_of([*ids, "8112189876"], header="Borger-id")])
    assert not by_chance.refused
    assert by_chance.sheets[0].columns[1].values[-1] == "8112189876"
    assert find_identity_numbers([sheet_of([*ids[:8], "8112189876"], header="Borger-id")]).refused


def test_ids_in_groups_are_no_identity_numbers_because_a_few_begin_as_a_date_does() -> None:
    ids = [f"45-{number:08}" for number in range(39)]
    by_chance = find_identity_numbers([sheet_of([*ids, "10-12345678", "11-12345678"], header="Borger-id")])
    assert not by_chance.refused
    assert by_chance.sheets[0].columns[1].values[-1] == "11-12345678"
    assert find_identity_numbers([sheet_of(["10-12345678", "11-12345678"], header="Borger-id")]).refused
    assert find_identity_numbers([sheet_of([*ids, "010190-12-34"], header="Borger-id")]).refused


def test_a_column_left_out_keeps_its_header_and_nothing_else() -> None:
    looked = find_identity_numbers([sheet_of(["1003273548", "1003411290", "se note"], header="P-nr.")])
    (sheet,) = looked.sheets
    assert sheet.columns[1].values.count("P-nr.") == 1
    assert [sheet.columns[1].at(row) for row in range(4)] == ["P-nr.", "", "", ""]
    assert not any("1003" in value or "note" in value for value in sheet.columns[1].values)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_place_has_a_name_in_every_language(code: str) -> None:
    from analysis.intake.detect.identity_number_columns import PLACES

    assert all(place.in_language(wording(code)) for place in PLACES.values())


def test_bytes_after_the_archive_are_searched(tmp_path: Path) -> None:
    sound = part("docProps/note.xml", "<a/>")
    assert not scanned(sound, tmp_path)["certain"]
    assert scanned(sound + b"Borger 150785-1239", tmp_path)["certain"]


def test_a_file_whose_number_format_adds_digits_is_not_kept(tmp_path: Path) -> None:
    for code in ("0&quot;-1239&quot;", r"0\-\1\2\3\9", "@&quot;-1239&quot;"):
        style = f'<styleSheet><numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts></styleSheet>'
        assert scanned(part("xl/styles.xml", style), tmp_path)["possible"]
    plain = '<styleSheet><numFmt numFmtId="170" formatCode="#,##0&quot; kr.&quot;"/></styleSheet>'
    assert not scanned(part("xl/styles.xml", plain), tmp_path)["possible"]
