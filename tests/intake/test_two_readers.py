"""The two readers of a workbook see the same values, whoever wrote it; where they do not, it is said where."""

import datetime as dt
import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from analysis.config import Limits
from analysis.intake.findings.findings import Finding
from analysis.intake.read_file import _sheet
from analysis.intake.reader.scan import scan_file
from analysis.intake.reader.values import read_values
from analysis.intake.reader_agreement import disagreements
from analysis.intake.sheets import RawSheet
from tests.support.workbooks.faults import COUNT_HEADERS
from tests.support.workbooks.raw import (
    DAY,
    DURATION,
    MOMENT,
    OWN_DURATION,
    STRICT_MAIN,
    STRICT_OFFICE,
    Book,
    rows,
    written,
)

Seen = tuple[list[RawSheet], list[Finding]]
ROW = ["Aarhus", "Rygestop", "2015-03", "Køn", "Kvinde", 200, 120, 60]


@pytest.fixture
def seen(tmp_path: Path) -> Callable[..., Seen]:
    """Reads a workbook with both readers in this process: the sheets, and where the readers differ."""

    def read(content: bytes, other: bytes | None = None) -> Seen:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        (folder / "source").write_bytes(content)
        bounds = Limits().bounds(2**33)
        scan = scan_file(folder / "source", folder, bounds)
        (folder / "source").write_bytes(other or content)
        values = read_values(folder / "source", folder, bounds)
        pairs = zip(values["sheets"], scan["sheets"], strict=True)
        sheets = [_sheet(folder, entry, scanned, scan["date_1904"]) for entry, scanned in pairs]
        return sheets, disagreements(folder, scan, values, sheets)

    return read


def counts(**cells: object) -> str:
    """A sheet of one count, with other cells by their headers."""
    return rows(COUNT_HEADERS, (dict(zip(COUNT_HEADERS, ROW, strict=True)) | cells).values())


def told(number: int, of: Iterable[object]) -> None:
    print(f"{number} of {len(list(of))}")


NUMBERS = [
    *("12<!-- x -->0", "12<?x y?>0", "1&#50;0", "1&#x32;0", "<![CDATA[120]]>", "12<![CDATA[0]]>", "&#49;20"),
    *("120<!-- -->", "<!-- -->120", "1<!-- a -->2<!-- b -->0", "120", "120.0", "1.2E2", "+120", "0120", " 120 "),
]


def test_a_number_is_whole_or_refused_in_its_cell(seen: Callable[..., Seen]) -> None:
    for number in NUMBERS:
        (sheet,), findings = seen(Book(counts(Deltaget=written(f"<v>{number}</v>"))).content())
        places = [(finding.check, finding.rows, finding.letters) for finding in findings]
        assert places == [("readers_disagree", (2,), "G")] or (not places and sheet.row(1)[6].strip() == "120"), number
    told(len(NUMBERS), NUMBERS)


TEXTS = [
    *("Kvi<!-- -->nde", "Kvi<![CDATA[nde]]>", "<![CDATA[Kvinde]]>", "K&#118;inde", "Kvinde<?x?>", "Kvinde"),
    *("  Kvinde ", "Kvi_x006E_de", "Kvinde_x000D_", "\nKvinde\n"),
]
RUNS = [
    "<r><t>Kvi</t></r><r><rPr><b/></rPr><t>nde</t></r>",
    '<t>Kvinde</t><rPh sb="0" eb="1"><t>x</t></rPh><phoneticPr fontId="1"/>',
    '<t xml:space="preserve">Kvinde</t>',
]


@pytest.mark.parametrize("is_shared", [False, True])
def test_a_text_is_the_same_however_it_is_written(seen: Callable[..., Seen], is_shared: bool) -> None:
    for inside in [*(f"<t>{text}</t>" for text in TEXTS), *RUNS]:
        cell = written("<v>1</v>", ' t="s"') if is_shared else written(f"<is>{inside}</is>", ' t="inlineStr"')
        book = Book(counts(Gruppe=cell), strings=f"<si><t>Mand</t></si><si>{inside}</si>" if is_shared else None)
        (sheet,), findings = seen(book.content())
        assert (sheet.row(1)[4].strip(), findings) == ("Kvinde", []), inside
    told(len(TEXTS) + len(RUNS), [*TEXTS, *RUNS])


EMPTY = [
    "<si><t/></si>",
    "<si><t></t></si>",
    '<si><t xml:space="preserve"></t></si>',
    "<si/>",
    "<si><r><t></t></r></si>",
]


@pytest.mark.parametrize("prefix", ["", "x"])
def test_an_empty_shared_text_is_empty(seen: Callable[..., Seen], prefix: str) -> None:
    for empty in EMPTY:
        cells = counts(Inviteret=written("<v>0</v>", ' t="s"'), Gruppe=written("<v>1</v>", ' t="s"'))
        (sheet,), findings = seen(Book(cells, strings=f"{empty}<si><t>Kvinde</t></si>", prefix=prefix).content())
        assert (sheet.row(1)[4:6], findings) == (["Kvinde", ""], []), empty
    told(len(EMPTY), EMPTY)


ERRORS = [
    *("#N/A", "#REF!", "#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA", "#ERROR!", "#BLOCKED!", "#UNKNOWN!"),
    *("#CONNECT!", "#BUSY!", "#PYTHON!", "Err:502"),
]


def test_an_error_of_any_name_is_found_and_all_else_is_read(seen: Callable[..., Seen]) -> None:
    for error in ERRORS:
        (sheet,), findings = seen(Book(counts(Inviteret=written(f"<v>{error}</v>", ' t="e"'))).content())
        assert (sheet.errors, sheet.row(1)[5:], findings) == ([("F", 2, error)], ["", "120", "60"], [])
    told(len(ERRORS), ERRORS)


ODD_DAYS = ["1000000000", "-1000000000", "1e15", "1e300", "-5", "-0.5", "60", "2958466"]


def test_a_day_that_no_calendar_has_is_found_and_all_else_is_read(seen: Callable[..., Seen]) -> None:
    tried = [(number, style) for number in ODD_DAYS for style in (DAY, MOMENT, DURATION, OWN_DURATION)]
    for number, style in tried:
        cell = written(f"<v>{number}</v>", f' s="{style}"')
        (sheet,), findings = seen(Book(counts(Inviteret=cell)).content())
        assert (sheet.errors, sheet.row(1)[6:], findings) == ([("F", 2, number)], ["120", "60"], []), (number, style)
    told(len(tried), tried)


def test_moments_of_both_calendars_are_the_same_to_both_readers(seen: Callable[..., Seen]) -> None:
    chance = random.Random(4)
    numbers = [
        chance.choice([chance.random(), chance.uniform(61, 70_000), chance.randrange(61, 70_000)]) for _ in range(500)
    ]
    for properties in ("", '<workbookPr date1904="1"/>'):
        lines = [[written(f"<v>{number!r}</v>", f' s="{chance.randrange(5)}"')] for number in numbers]
        assert seen(Book(rows(*lines), properties=properties).content())[1] == []


SHAPES = {
    "strict": Book(counts(), main=STRICT_MAIN, office=STRICT_OFFICE),
    "a prefix": Book(counts(), prefix="x"),
    "a long prefix": Book(counts(), prefix="ss.main-1"),
    "SharePoint": Book(
        counts(),
        relations='<Relationship Id="rX" Type="http://x/customXml" Target="../customXml/item1.xml"/>',
        parts={"customXml/item1.xml": "<a/>"},
    ),
    "a link outside": Book(
        counts(), relations='<Relationship Id="rX" Type="x" Target="../../x" TargetMode="External"/>'
    ),
    "another folder": Book(counts(), sheets=(("Optælling", "data/one.xml", "worksheet"),)),
    **{
        f"{kind} {place}": Book(
            counts(),
            sheets=tuple(
                sorted(
                    [("Optælling", "worksheets/sheet1.xml", "worksheet"), ("Andet", f"{kind}s/sheet1.xml", kind)],
                    reverse=place == "last",
                )
            ),
        )
        for kind in ("chartsheet", "dialogsheet", "xlMacrosheet")
        for place in ("first", "last")
    },
    "breaks between elements": Book(counts().replace("><", ">\n  <")),
    "no places": Book(re.sub(r'(<c|<row) r="\w+"', r"\1", counts())),
    "single quotes": Book(counts().replace(' t="inlineStr"', "\n t='inlineStr'")),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_workbook_of_another_program_is_read(seen: Callable[..., Seen], shape: str) -> None:
    (sheet,), findings = seen(SHAPES[shape].content())
    assert findings == []
    assert sheet.row(1) == [str(cell) for cell in ROW]


def test_a_stated_number_of_uses_is_no_attack(seen: Callable[..., Seen]) -> None:
    book = Book(counts(Gruppe=written("<v>0</v>", ' t="s"')), strings="<si><t>Kvinde</t></si>")
    stated = {"xl/sharedStrings.xml": '<sst xmlns="{}" count="210011" uniqueCount="1"><si><t>Kvinde</t></si></sst>'}
    parts = {name: part.format(book.main) for name, part in stated.items()}
    (sheet,), findings = seen(Book(book.rows, strings=book.strings, parts=parts).content())
    assert (sheet.row(1)[4], findings) == ("Kvinde", [])


def large(rows_wanted: int, seed: int) -> list[list[object]]:
    """Rows enough for several pieces of XML, most of them plain, some with what makes a piece be parsed."""
    chance = random.Random(seed)
    return [
        [
            f"b-{number}",
            chance.choice(["Køn &amp; alder", "Æ Ø Å", "a", "  x "]),
            chance.choice([number, chance.random(), -number, 1e15 + number, 0]),
            written(f"<v>{chance.randrange(61, 60_000)}</v>", f' s="{DAY}"'),
            written(f"<v>{chance.randrange(2)}</v>", ' t="b"'),
            None if chance.random() < 0.3 else chance.randrange(3),
            written("<f>1+1</f><v>2</v>") if number % 4_000 == 1_000 else "y",
        ]
        for number in range(rows_wanted)
    ]


def test_large_sheets_are_the_same_to_both_and_one_other_cell_is_found(seen: Callable[..., Seen]) -> None:
    lines = large(5_000, seed=1)
    content = Book(rows(*lines)).content()
    (sheet,), findings = seen(content)
    assert (sheet.rows, findings) == (5_000, [])
    other: dict[int, object] = {0: "b-0x", 1: "Æ Ø", 2: 7, 3: 41_000, 4: written("<v>1</v>"), 5: 9, 6: "z"}
    for column, cell in other.items():
        row = 600 * (column + 1)
        changed = [list(line) for line in lines]
        changed[row][column] = cell
        _, findings = seen(content, Book(rows(*changed)).content())
        assert [(one.check, one.rows, one.letters) for one in findings] == [
            ("readers_disagree", (row + 1,), chr(65 + column))
        ]
    told(len(other), other)


def test_rows_that_change_places_are_found(seen: Callable[..., Seen]) -> None:
    lines = [["a", 1], ["b", 2], ["c", 3]]
    _, findings = seen(Book(rows(*lines)).content(), Book(rows(lines[0], lines[2], lines[1])).content())
    assert [(one.rows, one.letters) for one in findings] == [((2, 3), "")]


def test_true_is_no_one_and_false_is_no_zero_in_any_order(seen: Callable[..., Seen]) -> None:
    cells = {"1": 1, "1.0": written("<v>1.0</v>"), "0": 0, "true": written("<v>1</v>", ' t="b"')}
    cells["false"] = written("<v>0</v>", ' t="b"')
    chance = random.Random(2)
    for _ in range(20):
        order = chance.choices(list(cells), k=12)
        (sheet,), findings = seen(Book(rows(*([cells[name]] for name in order))).content())
        (column,) = sheet.columns
        read = [(column.at(row), column.kind(int(column.codes[row]))) for row in range(len(order))]
        assert read == [(name.removesuffix(".0"), "b" if name.isalpha() else "n") for name in order]
        assert findings == []
    told(20, range(20))


def test_a_date_of_a_strict_workbook_is_a_date(seen: Callable[..., Seen]) -> None:
    cells = ["2015-03-02", "2015-03-12T00:00:00", "2015-06-01T12:30:00.500", "10:30:00"]
    (sheet,), findings = seen(Book(rows([written(f"<v>{cell}</v>", ' t="d"') for cell in cells])).content())
    assert sheet.row(0)[:2] == [dt.date(2015, 3, 2).isoformat(), dt.date(2015, 3, 12).isoformat()]
    assert findings == []
