"""For every check of the intake a real file in which it finds something, and one as like it as can be without that."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import xlwt
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from analysis.config import Limits
from analysis.intake.contract import Form
from analysis.intake.mapping.mapping import DimensionMapping, Mapping
from analysis.store import ImportMode
from tests.support.workbooks import formats, hostile

Content = Callable[..., bytes]
Row = list[Any]
D = dt.date

COURSE_HEADERS = ["Kommune", "Tilbud", "Borger-id", "Inviteret", "Startet", "Gennemført", "Udfald", "Uddannelse"]
SWEDISH_HEADERS = ["Kommun", "Insats", "Invånar-id", "Inbjuden", "Påbörjat", "Fullföljt"]
WITHOUT_DAY = [*COURSE_HEADERS[:5], "Udfald", "Uddannelse"]
COUNT_HEADERS = ["Kommune", "Tilbud", "Periode", "Dimension", "Gruppe", "Inviteret", "Deltaget", "Gennemført"]
OFFER_HEADERS = ["Kommune", "Tilbud", "Type", "Tema", "Gennemførelsesregel"]
ADJUSTMENT_HEADERS = ["Kommune", "Tilbud", "Dato", "Titel", "Sigte"]
WIDE_HEADERS = ["Kommune", "Tilbud", "Periode", "Deltaget Kvinde", "Deltaget Mand", "Gennemført Kvinde"]
WIDE_HEADERS.append("Gennemført Mand")
TOTALS = {"no_groups": "totals"}
"""The answer for courses without social groups."""
BY_HAND = {"municipality": "Kommune", "offer": "Tilbud", "citizen": "Borger-id", "started_on": "Startet"}
"""How a person matches the columns of courses."""
SHEET_PART = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class Case:
    """A file with a fault, and the same without it.

    ``stored_first`` is imported before the file is read, under ``stored_name``, and with ``undone`` taken back again.
    ``sheet``, ``rows``, ``column`` and ``value`` are those of the finding. ``beside`` are the other errors and warnings
    that such a file cannot be without. ``mapping`` and ``near_mapping`` are how a person matches its columns.
    """

    file_name: str
    content: Content
    near_miss: Content
    near_miss_name: str | None = None
    stored_first: Content | None = None
    stored_name: str = "tidligere.xlsx"
    undone: bool = False
    limits: Limits | None = None
    near_limits: Limits | None = None
    sheet: str = ""
    rows: tuple[int, ...] = ()
    column: str = ""
    value: str = ""
    beside: frozenset[str] = frozenset()
    mapping: Mapping | None = None
    near_mapping: Mapping | None = None
    no_cpr: frozenset[str] = frozenset()
    """The columns of which a person says that they hold no CPR numbers."""
    answers: dict[str, str] = field(default_factory=dict)
    """What a person answers to the questions about the file."""
    constants: dict[str, str] = field(default_factory=dict)
    """What a person gives for all rows."""
    of_database: bool = False
    """Whether the content is made from the database that it is read for."""
    mode: ImportMode = ImportMode.NEW
    """Whether the file is to take the place of what is stored."""


def course(citizen: str = "b-1", **cells: Any) -> Row:
    """A sound row of courses, other cells by their headers."""
    sound = ["Aarhus", "Rygestop", citizen, D(2015, 3, 2), D(2015, 3, 12), D(2015, 6, 1), "Gennemført", "Grundskole"]
    return list((dict(zip(COURSE_HEADERS, sound, strict=True)) | cells).values())


def count(**cells: Any) -> Row:
    """A sound row of counts, other cells by their headers."""
    sound = ["Aarhus", "Rygestop", "2015-03", "Køn", "Kvinde", 40, 30, 20]
    return list((dict(zip(COUNT_HEADERS, sound, strict=True)) | cells).values())


def adjustment(**cells: Any) -> Row:
    """A sound row of adjustments, other cells by their headers."""
    sound = ["Aarhus", "Rygestop", D(2015, 9, 1), "Opkald før start", "Begge"]
    return list((dict(zip(ADJUSTMENT_HEADERS, sound, strict=True)) | cells).values())


def courses(*rows: Row, headers: Row = COURSE_HEADERS, change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook with one sheet of courses."""
    return book({"Forløb": [headers, *rows]}, change)


def counts(*rows: Row, headers: Row = COUNT_HEADERS) -> bytes:
    """A workbook with one sheet of counts."""
    return book({"Optælling": [headers, *rows]})


def sound() -> bytes:
    """A workbook of one course."""
    return courses(course())


def sound_year() -> bytes:
    """A year of courses with their offers and an adjustment in the middle, in which there is nothing to see."""
    rows = []
    for month in range(1, 13):
        dates = {"Inviteret": D(2015, month, 2), "Startet": D(2015, month, 12), "Gennemført": D(2016, month, 1)}
        rows.append(course(f"b-{month}-1", **dates))
        rows.append(course(f"b-{month}-2", **dates | {"Gennemført": None, "Udfald": "Frafaldet"}))
        rows.append(course(f"b-{month}-3", **dates | {"Startet": None, "Gennemført": None, "Udfald": None}))
    offers = [OFFER_HEADERS, ["Aarhus", "Rygestop", "Sundhed", "Rygning", "Mindst fire af fem gange"]]
    return book(
        {"Forløb": [COURSE_HEADERS, *rows], "Tilbud": offers, "Justeringer": [ADJUSTMENT_HEADERS, adjustment()]}
    )


def sound_year_of_counts() -> bytes:
    """A year of counts in two dimensions that agree, in which there is nothing to see."""
    groups = [("Køn", "Kvinde"), ("Køn", "Mand"), ("Samlivsstatus", "Bor alene")]
    groups.append(("Samlivsstatus", "Samlevende eller gift"))
    rows = [count(Periode=period, Dimension=one, Gruppe=group) for period in _months(12) for one, group in groups]
    return counts(*rows)


def book(sheets: dict[str, list[Row]], change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook of these sheets, changed at the end, and the same to the byte each time."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change:
        change(made)
    content = io.BytesIO()
    made.save(content)
    return patched(content.getvalue())


def patched(content: bytes, changes: dict[str, Callable[[bytes], bytes]] | None = None) -> bytes:
    """The package with some parts changed, or added where they are not there; nothing in it states the time."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    written = parts["docProps/core.xml"]
    parts["docProps/core.xml"] = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2024-01-01T00:00:00Z", written)
    for name, changed in (changes or {}).items():
        parts[name] = changed(parts.get(name, b""))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def csv(rows: int) -> bytes:
    """A text file of courses."""
    lines = [COURSE_HEADERS]
    for number in range(rows):
        dates = {"Inviteret": "02-03-2015", "Startet": "12-03-2015", "Gennemført": "01-06-2015"}
        lines.append(course(f"b-{number}", **dates))
    return "".join(";".join(line) + "\r\n" for line in lines).encode()


def _months(number: int) -> list[str]:
    return [f"2015-{month:02}" for month in range(1, number + 1)]


# Faults of the file.


def _hostile_entities() -> bytes:
    declared = b'<!DOCTYPE worksheet [<!ENTITY ha "haha">]>\n<worksheet'
    return patched(sound(), {SHEET_PART: lambda part: part.replace(b"<worksheet", declared, 1)})


def _far(row: int) -> bytes:
    def change(made: Workbook) -> None:
        made.active.cell(row, 100, "x")

    return courses([*course(), *[None] * 91, "y"], headers=[*COURSE_HEADERS, *[None] * 91, "Note"], change=change)


def _cell_twice() -> bytes:
    def twice(part: bytes) -> bytes:
        return re.sub(rb'(<c r="B2".*?</c>)', rb"\1\1", part, count=1)

    return patched(sound(), {SHEET_PART: twice})


def _record_too_long() -> bytes:
    """A binary workbook with a record that is longer than the part."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(formats.xlsb({"Forløb": [COURSE_HEADERS, course()]}))) as whole,
        zipfile.ZipFile(content, "w") as broken,
    ):
        for name in whole.namelist():
            part = bytearray(whole.read(name))
            if name == "xl/workbook.bin":
                part[33] = 0xFF
            broken.writestr(zipfile.ZipInfo(name), bytes(part))
    return content.getvalue()


def _long_duration_in_xls() -> bytes:
    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("Forløb")
    sheet.write(0, 0, 1e9, xlwt.easyxf(num_format_str="[h]:mm:ss"))
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def _quotes_not_closed() -> bytes:
    """A quotation mark before an offer in one row, and before another offer two rows below."""
    lines = csv(4).decode().splitlines(keepends=True)
    for number in (2, 4):
        lines[number] = lines[number].replace("Rygestop", '"Rygestop')
    return "".join(lines).encode()


def _with_macros() -> bytes:
    return patched(sound(), {"xl/vbaProject.bin": lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"})


def _with_embedded_file() -> bytes:
    return patched(sound(), {"xl/embeddings/oleObject1.bin": lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"})


def _with_picture() -> bytes:
    return patched(sound(), {"xl/media/image1.png": lambda _: b"\x89PNG\r\n\x1a\n"})


def _filtered(value: str) -> bytes:
    """A filter that keeps the value, which no row has any more."""

    def change(made: Workbook) -> None:
        made.active.auto_filter.ref = "A1:H2"
        made.active.auto_filter.add_filter_column(2, [value, "b-1"])

    return courses(course(), change=change)


def _from_1904(made: Workbook) -> None:
    made.epoch = CALENDAR_MAC_1904


def _file_cases() -> dict[str, Case]:
    version = partial(courses, course("b-2"))
    return {
        "file_empty": Case("export.xlsx", lambda: b"", sound),
        "file_encrypted": Case("export.xlsx", lambda: hostile.encrypted()[1], sound),
        "file_not_spreadsheet": Case("export.xlsx", lambda: hostile.pdf_named_xlsx()[1], sound),
        "file_text_as_workbook": Case("export.xlsx", partial(csv, 1), partial(csv, 1), near_miss_name="export.csv"),
        "file_damaged": Case("export.xlsx", lambda: sound()[: len(sound()) // 2], sound),
        "file_hostile": Case("export.xlsx", _hostile_entities, sound),
        "file_too_large": Case("export.csv", partial(csv, 14_000), partial(csv, 7_000), limits=Limits(megabytes=1)),
        "unpacked_too_large": Case(
            "export.xlsx",
            partial(courses, *[course(f"b-{number}") for number in range(3_000)]),
            partial(courses, *[course(f"b-{number}") for number in range(1_500)]),
            limits=Limits(unpacked_megabytes=1),
        ),
        "too_many_rows": Case(
            "export.xlsx",
            partial(courses, *[course(f"b-{number}") for number in range(8)]),
            partial(courses, *[course(f"b-{number}") for number in range(7)]),
            limits=Limits(rows=8),
        ),
        "too_many_columns": Case(
            "export.xlsx",
            partial(courses, [*course(), "x"], headers=[*COURSE_HEADERS, "Note"]),
            sound,
            limits=Limits(columns=8),
        ),
        "too_many_sheets": Case(
            "export.xlsx",
            partial(book, {"Forløb": [COURSE_HEADERS, course()], "Ark2": [], "Ark3": []}),
            partial(book, {"Forløb": [COURSE_HEADERS, course()], "Ark2": []}),
            limits=Limits(sheets=2),
        ),
        "file_far_cell": Case("export.xlsx", partial(_far, 1_048_576), partial(_far, 3)),
        "file_unreadable": Case(
            "export.xls",
            lambda: hostile.loop_in_ole()[1],
            lambda: formats.xls({"Forløb": [COURSE_HEADERS, course()]}),
        ),
        "file_crashed": Case(
            "export.xlsb", _record_too_long, lambda: formats.xlsb({"Forløb": [COURSE_HEADERS, course()]})
        ),
        "file_busy": Case("export.xlsx", sound, sound, limits=Limits(seconds=0), near_limits=Limits()),
        "file_nul_bytes": Case("export.csv", lambda: csv(1) + bytes(3), partial(csv, 1)),
        "quote_not_closed": Case("export.csv", _quotes_not_closed, partial(csv, 4)),
        "odd_days": Case(
            "export.xls",
            _long_duration_in_xls,
            lambda: formats.xls({"Forløb": [COURSE_HEADERS, course()]}),
        ),
        "readers_disagree": Case("export.xlsx", _cell_twice, sound, sheet="Forløb", rows=(2,), column="B"),
        "macros": Case("export.xlsm", _with_macros, sound),
        "long_number_elsewhere": Case(
            "export.xlsx", partial(_filtered, "1003273548"), partial(_filtered, "1043273548")
        ),
        "embedded_file": Case("export.xlsx", _with_embedded_file, sound),
        "unsearched_part": Case("export.xlsx", _with_picture, sound),
        "date_1904": Case("export.xlsx", partial(courses, course(), change=_from_1904), sound),
        "old_format": Case(
            "export.xls", lambda: formats.xls({"Forløb": [COURSE_HEADERS, course()]}), sound, "export.xlsx"
        ),
        "name_differs": Case("export.csv", sound, sound, "export.xlsx", value=".csv"),
        "file_already_imported": Case("export.xlsx", sound, version, stored_first=sound),
        "file_taken_back": Case("export.xlsx", sound, version, stored_first=sound, undone=True),
        "file_other_version": Case(
            "export.xlsx",
            partial(courses, course(Tilbud="Diabetesskole")),
            partial(courses, course(Tilbud="Diabetesskole")),
            near_miss_name="sommer.xlsx",
            stored_first=sound,
            stored_name="export.xlsx",
            value="export.xlsx",
        ),
    }


# Faults of a sheet.


def _hidden_sheet(made: Workbook) -> None:
    made.create_sheet("Ark2")
    made["Forløb"].sheet_state = "hidden"
    made.active = 1


def _hidden_row(made: Workbook) -> None:
    made.active.row_dimensions[3].hidden = True


def _hidden_column(made: Workbook) -> None:
    made.active.column_dimensions["F"].hidden = True


def _merged(made: Workbook) -> None:
    made.active.merge_cells("A2:A3")


def _total(**cells: Any) -> bytes:
    men = count(Gruppe="Mand", Inviteret=30, Deltaget=20, Gennemført=10)
    return counts(count(), men, count(Gruppe="I alt", Inviteret=70, **cells))


def _sheet_cases() -> dict[str, Case]:
    name = "export.xlsx"
    two = (course("b-1"), course("b-2"))
    wide_row = ["Aarhus", "Rygestop", "2015-03", 30, 20, 20, 10]
    without = [header for header in COURSE_HEADERS if header != "Borger-id"]
    counted = [COUNT_HEADERS, count()]
    sheet = {"Forløb": [COURSE_HEADERS, course()]}
    beside = partial(book, sheet | {"Optælling": [COUNT_HEADERS, count(Tilbud="Diabetesskole")]})
    return {
        "no_known_sheet": Case(name, partial(book, {"Ark1": [["Uge", "Vejr"], [1, "sol"]]}), sound),
        "no_header": Case(name, partial(book, {"Forløb": [["Uge", "Vejr"], [1, "sol"]]}), sound, sheet="Forløb"),
        "sheet_unread": Case(name, partial(book, sheet | {"Ark2": [["Uge", "Vejr"], [1, "sol"]]}), sound, sheet="Ark2"),
        "no_rows": Case(
            name,
            partial(book, sheet | {"Tilbud": [OFFER_HEADERS]}),
            partial(book, sheet | {"Tilbud": [OFFER_HEADERS, ["Aarhus", "Rygestop", "Sundhed", None, None]]}),
            sheet="Tilbud",
        ),
        "nothing_to_store": Case(name, courses, sound),
        "missing_column": Case(
            name,
            partial(courses, [*course()[:2], *course()[3:]], headers=without),
            sound,
            sheet="Forløb",
            rows=(1,),
        ),
        "missing_column_near": Case(
            name,
            partial(courses, course(), headers=[*COURSE_HEADERS[:2], "Borgers id-nummer", *COURSE_HEADERS[3:]]),
            sound,
            sheet="Forløb",
            rows=(1,),
        ),
        "group_without_column": Case(
            name,
            partial(counts, wide_row, headers=[*WIDE_HEADERS[:4], "Ikke deltaget Mand", *WIDE_HEADERS[5:]]),
            partial(counts, wide_row, headers=WIDE_HEADERS),
            sheet="Optælling",
            rows=(1,),
        ),
        "column_twice": Case(
            name,
            partial(courses, [*course(), "Odense"], headers=[*COURSE_HEADERS, "Kommune"]),
            sound,
            sheet="Forløb",
            rows=(1,),
            column="Kommune",
        ),
        "unknown_column": Case(
            name,
            partial(courses, [*course(), "sol"], headers=[*COURSE_HEADERS, "Vejr"]),
            sound,
            sheet="Forløb",
            column="Vejr",
        ),
        "around_table": Case(
            name,
            partial(book, {"Forløb": [COURSE_HEADERS, course(), [], ["Kilde: fagsystemet"]]}),
            sound,
            sheet="Forløb",
            rows=(4,),
        ),
        "several_header_rows": Case(
            name,
            partial(
                counts,
                ["Kommune", "Tilbud", "Periode", "Kvinde", "Mand", "Kvinde", "Mand"],
                wide_row,
                headers=[None, None, None, "Deltaget", None, "Gennemført", None],
            ),
            partial(counts, wide_row, headers=WIDE_HEADERS),
            sheet="Optælling",
            rows=(1, 2),
        ),
        "hidden_sheet": Case(name, partial(courses, course(), change=_hidden_sheet), sound, sheet="Forløb"),
        "hidden_rows": Case(
            name, partial(courses, *two, change=_hidden_row), partial(courses, *two), sheet="Forløb", rows=(3,)
        ),
        "hidden_columns": Case(
            name, partial(courses, course(), change=_hidden_column), sound, sheet="Forløb", column="Gennemført"
        ),
        "merged_cells": Case(
            name,
            partial(courses, course("b-1"), course("b-2", Kommune=None), change=_merged),
            partial(courses, *two),
            sheet="Forløb",
            rows=(2, 3),
            column="Kommune",
            value="Aarhus",
        ),
        "totals_row": Case(
            name,
            partial(_total, Deltaget=50, Gennemført=30),
            partial(counts, count(), count(Gruppe="Mand")),
            sheet="Optælling",
            rows=(4,),
            column="Gruppe",
            value="I alt",
        ),
        "sum_of_others": Case(
            name,
            partial(_both_offers, Gennemført=30),
            partial(_both_offers, Gennemført=31),
            sheet="Optælling",
            rows=(4,),
            column="Tilbud",
            value="Rygestop + KOL",
        ),
        "total_or_own": Case(
            "export.xlsx",
            partial(_both_offers, Tilbud="Livsstil samlet", Inviteret=71, Gennemført=30),
            partial(_both_offers, Tilbud="Livsstil samlet", Inviteret=90, Gennemført=30),
            sheet="Optælling",
            rows=(4,),
            column="Tilbud",
            value="Livsstil samlet",
        ),
        "all_hundred": Case(
            name,
            partial(_of_hundred, 100),
            partial(_of_hundred, 101),
            sheet="Optælling",
            rows=(2, 3, 4, 5, 6, 7),
            column="Inviteret",
            value="100",
        ),
        "totals_differ": Case(
            name,
            partial(_total, Deltaget=51, Gennemført=30),
            partial(_total, Deltaget=50, Gennemført=30),
            sheet="Optælling",
            rows=(4,),
            column="Deltaget",
            value="51",
            beside=frozenset({"totals_row"}),
        ),
        "header_spelling": Case(
            name,
            partial(courses, course(), headers=["Komune", *COURSE_HEADERS[1:]]),
            sound,
            sheet="Forløb",
            rows=(1,),
            column="Komune",
            value="Komune",
        ),
        "header_opposite": Case(
            name,
            partial(courses, course()[:6], headers=[*COURSE_HEADERS[:5], "Ej gennemført"]),
            partial(courses, course()[:6], headers=COURSE_HEADERS[:6]),
            sheet="Forløb",
            rows=(1,),
            column="Ej gennemført",
            value="Ej gennemført",
            beside=frozenset({"unknown_column", "completion_unknown"}),
            answers=TOTALS,
        ),
        "wide_layout": Case(
            name,
            partial(counts, wide_row, headers=WIDE_HEADERS),
            partial(counts, count(), count(Gruppe="Mand")),
            sheet="Optælling",
        ),
        "example_left_out": Case(
            name,
            partial(courses, course("b-1"), course("b-2", Tilbud="Eksempel: Rygestop")),
            partial(courses, course("b-1"), course("b-2", Tilbud="Rygestop (eksempel)")),
            sheet="Forløb",
            rows=(3,),
            column="Tilbud",
        ),
        "personal_column": Case(
            name,
            partial(courses, [*course(), "Ane Madsen"], headers=[*COURSE_HEADERS, "Navn"]),
            sound,
            sheet="Forløb",
            column="Navn",
        ),
        "no_cpr_column": Case(
            name,
            partial(courses, [*course(), 1003273548], headers=[*COURSE_HEADERS, "P-nummer"]),
            partial(courses, [*course(), 1043273548], headers=[*COURSE_HEADERS, "P-nummer"]),
            sheet="Forløb",
            column="P-nummer",
            beside=frozenset({"unknown_column"}),
        ),
        "no_cpr_ids": Case(
            name,
            partial(courses, *(course(f"201200000{number}") for number in range(1, 10))),
            partial(courses, *(course(f"204200000{number}") for number in range(1, 10))),
            sheet="Forløb",
            column="Borger-id",
            no_cpr=frozenset({"Borger-id"}),
        ),
        "column_chosen_twice": Case(
            name,
            sound,
            sound,
            value="Startet",
            mapping=Mapping(Form.COURSES, BY_HAND | {"completed_on": "Startet"}, sheet="Forløb"),
            near_mapping=Mapping(Form.COURSES, BY_HAND, sheet="Forløb"),
        ),
        "both_forms": Case(
            name,
            partial(book, sheet | {"Optælling": counted}),
            beside,
            value="Rygestop",
            beside=frozenset({"totals_of_groups"}),
        ),
    }


# Faults of a cell.


def _in_courses(column: str, fault: Any, near: Any, value: str | None = None, beside: tuple[str, ...] = ()) -> Case:
    """The fault in one cell of the second of two courses."""
    return Case(
        "export.xlsx",
        partial(courses, course("b-0"), course("b-1", **{column: fault})),
        partial(courses, course("b-0"), course("b-1", **{column: near})),
        sheet="Forløb",
        rows=(3,),
        column=column,
        value=str(fault) if value is None else value,
        beside=frozenset(beside),
    )


def _in_counts(column: str, fault: Any, near: Any, value: str | None = None, beside: tuple[str, ...] = ()) -> Case:
    """The fault in one cell of the second of two counts."""
    row = {"Gruppe": "Mand", "Inviteret": None}
    return Case(
        "export.xlsx",
        partial(counts, count(), count(**row | {column: fault})),
        partial(counts, count(), count(**row | {column: near})),
        sheet="Optælling",
        rows=(3,),
        column=column,
        value=str(fault) if value is None else value,
        beside=frozenset(beside),
    )


def _shown_as(number_format: str) -> bytes:
    """Two counts, of which one cell has a number format of its own."""

    def change(made: Workbook) -> None:
        made.active["H3"].number_format = number_format

    rows = [count(), count(Gruppe="Mand", Inviteret=None, Gennemført=1)]
    return book({"Optælling": [COUNT_HEADERS, *rows]}, change)


def _period_shown_as(number_format: str) -> bytes:
    """One count whose period is a date with a number format of its own."""

    def change(made: Workbook) -> None:
        made.active["C2"].number_format = number_format

    return book({"Optælling": [COUNT_HEADERS, count(Periode=D(2015, 3, 1))]}, change)


def _cpr_number() -> Case:
    """As the first two digits are no day, the near miss is only as long as a CPR number."""
    return Case(
        "export.xlsx",
        partial(courses, course("b-0"), course("010170-1234")),
        partial(courses, course("b-0"), course("320170-1234")),
        sheet="Forløb",
        rows=(3,),
        column="C",
    )


def _elsewhere(fault: str, near: str) -> Case:
    """The text in a property of the document."""

    def entitled(title: str) -> Callable[[Workbook], None]:
        return lambda book: setattr(book.properties, "title", title)

    return Case(
        "export.xlsx",
        partial(courses, course(), change=entitled(fault)),
        partial(courses, course(), change=entitled(near)),
    )


def _by_hand(ranks: dict[str, int], near: dict[str, int]) -> Case:
    """Three new groups that are said to have an order, with these ranks."""
    mappings = [
        Mapping(
            Form.COURSES,
            BY_HAND | {"completed_on": "Gennemført"},
            {"Uddannelse": DimensionMapping("Deltagere", True, {"A": "A", "B": "B", "C": "C"}, given)},
            sheet="Forløb",
        )
        for given in (ranks, near)
    ]
    rows = [course(f"b-{group}", Uddannelse=group) for group in "ABC"]
    return Case(
        "export.xlsx",
        partial(courses, *rows),
        partial(courses, *rows),
        column="Uddannelse",
        value="Deltagere",
        mapping=mappings[0],
        near_mapping=mappings[1],
        beside=frozenset({"unknown_column"}),
    )


def _long_duration(made: Workbook) -> None:
    cell = made.active["F2"]
    cell.value, cell.number_format = 10**9, "[h]:mm:ss"


def _cell_cases() -> dict[str, Case]:
    return {
        "cpr_number": _cpr_number(),
        "cpr_elsewhere": _elsewhere("010170-1234", "320170-1234"),
        "cpr_typed": Case(
            "export.xlsx",
            sound,
            sound,
            mapping=Mapping(Form.COURSES, BY_HAND, sheet="Forløb", adjustment_title="010170-1234"),
            near_mapping=Mapping(Form.COURSES, BY_HAND, sheet="Forløb"),
            beside=frozenset({"unknown_column", "completion_unknown"}),
            answers=TOTALS,
        ),
        "cpr_in_name": Case("010170-1234.xlsx", sound, sound, near_miss_name="export.xlsx"),
        "error_elsewhere": Case(
            "export.xlsx",
            partial(courses, [*course(), "#N/A"], headers=[*COURSE_HEADERS, "Note"]),
            partial(courses, [*course(), "x"], headers=[*COURSE_HEADERS, "Note"]),
            sheet="Forløb",
            rows=(2,),
            column="I",
            value="#N/A",
            beside=frozenset({"unknown_column"}),
        ),
        "impossible_day": Case(
            "export.xlsx",
            partial(courses, course(), change=_long_duration),
            sound,
            sheet="Forløb",
            rows=(2,),
            column="Gennemført",
            value="1000000000",
        ),
        "error_value": _in_courses("Uddannelse", "#N/A", "Grundskole", beside=("group_missing",)),
        "formula_without_value": _in_courses("Uddannelse", "=H2", "Grundskole", value="", beside=("group_missing",)),
        "cell_empty": _in_courses("Kommune", None, "Aarhus", value=""),
        "unknown_municipality": _in_courses("Kommune", "Atlantis", "Aarhus"),
        "unknown_municipality_near": _in_courses("Kommune", "Arhus N", "Aarhus"),
        "municipality_country": replace(
            _in_courses("Kommune", "Malmö", "Aarhus"),
            content=partial(courses, course("b-0", Kommune="Malmö"), course("b-1", Kommune="Ystad")),
            rows=(2, 3),
            value="Malmö, Ystad",
        ),
        "municipality_none": replace(
            _in_courses("Kommune", "Atlantis", "Aarhus"),
            content=partial(courses, course("b-0", Kommune="Atlantis"), course("b-1", Kommune="Avalon")),
            rows=(2, 3),
            value="Atlantis, Avalon",
        ),
        "unknown_municipality_abroad": replace(
            _in_courses("Kommune", "Atlantis", "Malmö"),
            content=partial(courses, course("b-0", Kommune="Ystad"), course("b-1", Kommune="Atlantis")),
            near_miss=partial(courses, course("b-0", Kommune="Ystad"), course("b-1", Kommune="Malmö")),
            answers={"municipality_country": "swedish"},
        ),
        "unknown_municipality_abroad_near": replace(
            _in_courses("Kommune", "Malmo", "Malmö"),
            content=partial(courses, course("b-0", Kommune="Ystad"), course("b-1", Kommune="Malmo")),
            near_miss=partial(courses, course("b-0", Kommune="Ystad"), course("b-1", Kommune="Malmö")),
            answers={"municipality_country": "swedish"},
        ),
        "municipality_several": replace(
            _in_courses("Kommune", "Herøy", "Oslo"),
            content=partial(courses, course("b-0", Kommune="Oslo"), course("b-1", Kommune="Herøy")),
            near_miss=partial(courses, course("b-0", Kommune="Oslo"), course("b-1", Kommune="Herøy (Nordland)")),
            answers={"municipality_country": "norwegian"},
        ),
        "municipality_code_differs": _in_courses("Kommune", "751 Viborg", "751 Aarhus"),
        "municipality_merged": _in_courses("Kommune", "Purhus", "Randers"),
        "municipality_split": _in_courses("Kommune", "Langå", "Randers"),
        "municipality_region": _in_courses("Kommune", "Region Midtjylland", "Randers"),
        "spelling": _in_courses("Kommune", "Kbh.", "København"),
        "leading_zeros": _in_courses("Kommune", 101, "0101"),
        "unknown_group": _in_courses("Uddannelse", "Blåbær", "Anden uddannelse"),
        "unknown_group_near": _in_courses("Uddannelse", "Grundskolle", "Grundskole"),
        "group_as_date": _in_courses("Uddannelse", "20-Oct", "Grundskole"),
        "unknown_dimension": _in_counts("Dimension", "Højde", "Køn"),
        "unknown_word": _in_courses("Udfald", "måske", "ja"),
        "not_a_date": _in_courses("Startet", "31-04-2015", "30-04-2015"),
        "date_out_of_bounds": _in_courses("Inviteret", D(1989, 12, 31), D(1990, 1, 1)),
        "date_as_text": _in_courses("Startet", "12-03-2015", D(2015, 3, 12)),
        "date_month_first": _in_courses("Startet", "03/25/2015", "25/03/2015"),
        "date_order": _in_courses("Startet", "12-03-15", "30-03-15"),
        "month_order": Case(
            "export.xlsx",
            partial(courses, *(course(f"b-{day}", Startet=f"{day:02}-01-2016", Gennemført=None) for day in (2, 3, 4))),
            partial(courses, *(course(f"b-{day}", Startet=f"01-{day:02}-2016", Gennemført=None) for day in (2, 3, 4))),
            sheet="Forløb",
            rows=(2, 3, 4),
            column="Startet",
            value="02-01-2016, 03-01-2016, 04-01-2016",
        ),
        "no_end": _in_courses("Gennemført", "31-12-9999", D(2015, 6, 1)),
        "date_utc": _in_courses("Startet", "2015-03-11T23:00:00.000Z", "2015-03-12T00:00:00.000Z"),
        "municipality_code": Case(
            "export.xlsx",
            partial(courses, course(Kommune="0163")[:6], headers=SWEDISH_HEADERS),
            partial(courses, course(Kommune="Herlev")[:6], headers=SWEDISH_HEADERS),
            sheet="Forløb",
            rows=(2,),
            column="Kommun",
            value="0163",
            answers=TOTALS,
        ),
        "missing_code": _in_counts("Inviteret", 999, 199),
        "date_year_first": Case(
            "export.xlsx",
            partial(courses, course("b-0"), course("b-1", Startet="15-03-30")),
            partial(courses, course("b-0"), course("b-1", Startet="30-03-15")),
            sheet="Forløb",
            rows=(3,),
            column="Startet",
            value="15-03-30",
        ),
        "date_as_number": _in_courses("Startet", 42075, D(2015, 3, 12)),
        "not_a_period": _in_counts("Periode", "2015-13", "2015-12"),
        "period_without_year": _in_counts("Periode", "Januar", "januar 2015"),
        "period_season": _in_counts("Periode", "efterår 2015", "2015H2"),
        "period_numbers": _in_counts("Periode", "4-6/2015", "apr-jun 2015"),
        "period_years": _in_counts("Periode", "2015-2016", "2015/2016"),
        "period_of_years": _in_counts("Periode", "2016-2018", "2016"),
        "period_year_or_month": Case(
            "export.xlsx",
            partial(counts, count(Periode="2010-11")),
            partial(counts, count(Periode="2010-11"), count(Periode="2010-10")),
            sheet="Optælling",
            rows=(2,),
            column="Periode",
            value="2010-11",
        ),
        "period_month_or_quarter": Case(
            "export.xlsx",
            partial(counts, count(Periode="3/2014"), count(Periode="4/2015")),
            partial(counts, count(Periode="3/2014"), count(Periode="5/2015")),
            sheet="Optælling",
            rows=(2, 3),
            column="Periode",
            value="3/2014, 4/2015",
        ),
        "period_day": _in_counts("Periode", D(2015, 1, 1), D(2015, 2, 1), value="2015-01-01"),
        "period_school_year": _in_counts("Periode", "2015/16", "skoleår 2015/16"),
        "not_a_count": _in_counts("Gennemført", 12.5, 12),
        "number_shown_otherwise": Case(
            "export.xlsx",
            partial(_shown_as, '0" pct."'),
            partial(_shown_as, '#,##0" borgere"'),
            sheet="Optælling",
            rows=(3,),
            column="Gennemført",
            value="1",
        ),
        "date_shown_otherwise": Case(
            "export.xlsx",
            partial(_period_shown_as, 'yyyy"/16"'),
            partial(_period_shown_as, "yyyy-mm"),
            sheet="Optælling",
            rows=(2,),
            column="Periode",
            value="2015-03-01",
        ),
        "text_for_number": _in_counts("Gennemført", "tolv", 12),
        "number_as_text": _in_counts("Gennemført", "12", 12),
        "number_two_meanings": _in_counts("Deltaget", "1,200", "1.200"),
        "number_written": _in_counts("Deltaget", "1.200", 1200),
        "count_implausible": _in_counts("Deltaget", 100_001, 100_000),
        "hidden_count": _in_counts("Gennemført", "<5", 4, beside=("held_back",)),
        "suppressed_mark": _in_counts("Gennemført", "-", 0),
        "percent_of": _in_counts("Gennemført", "50%", 15),
        "percent_read": replace(_in_counts("Gennemført", "50%", 15), answers={"percent_of": "participated"}),
        "percent_not_whole": replace(_in_counts("Gennemført", "33%", "30%"), answers={"percent_of": "participated"}),
        "percent_without_base": replace(_in_counts("Gennemført", "50%", 15), answers={"percent_of": "invited"}),
        "spaces_normalised": _in_courses("Tilbud", "Rygestop  for unge ", "Rygestop for unge"),
        "rank_missing": _by_hand({}, {"A": 1, "B": 2}),
        "rank_partly": _by_hand({"A": 1, "B": 2}, {"A": 1, "B": 2, "C": 3}),
        "formula_like": _in_courses("Tilbud", "+Motion", "Motion"),
    }


# Faults of a row.


def _second_course(column: str, near: Row, *, beside: tuple[str, ...] = (), **cells: Any) -> Case:
    """The fault in the second of two courses, without a value of its own."""
    return Case(
        "export.xlsx",
        partial(courses, course("b-0"), course("b-1", **cells)),
        partial(courses, course("b-0"), near),
        sheet="Forløb",
        rows=(3,),
        column=column,
        beside=frozenset(beside),
    )


def _second_count(column: str, fault: Row, near: Row, value: str = "") -> Case:
    """The fault in the second of two counts."""
    return Case(
        "export.xlsx",
        partial(counts, count(), fault),
        partial(counts, count(), near),
        sheet="Optælling",
        rows=(3,),
        column=column,
        value=value,
    )


def _without_day(citizen: str, outcome: str | None) -> Row:
    """A course of which the outcome is known, but not the day of the end."""
    return [*course(citizen)[:5], outcome, "Grundskole"]


def _on_two_sheets(second: Row) -> bytes:
    """A course on one sheet, and this one on another."""
    return book({"Forløb": [COURSE_HEADERS, course("b-0")], "Forløb (2)": [COURSE_HEADERS, second]})


def _citizens(first: int, month: int) -> bytes:
    """Five courses of citizens numbered from this one on, all invited in the same month."""
    days = {"Inviteret": D(2015, month, 2), "Startet": D(2015, month, 12)}
    return courses(*(course(f"b-{number}", **days) for number in range(first, first + 5)))


def _row_cases() -> dict[str, Case]:
    start = D(2015, 3, 12)
    dropped = {"Udfald": "Frafaldet", "Gennemført": None}
    more = {"Gruppe": "Mand", "Inviteret": 40, "Gennemført": 20}
    return {
        "started_before_invited": _second_course("Startet", course(Inviteret=start), Inviteret=D(2015, 3, 13)),
        "completed_before_started": _second_course("Gennemført", course(Gennemført=start), Gennemført=D(2015, 3, 11)),
        "completed_without_started": _second_course("Startet", course(Startet=None, **dropped), Startet=None),
        "no_date": _second_course("Startet", course(Startet=None, **dropped), Inviteret=None, Startet=None, **dropped),
        "outcome_disagrees": _second_course("Udfald", course(**dropped), Udfald="Frafaldet"),
        "outcome_blank": Case(
            "export.xlsx",
            partial(courses, _without_day("b-0", "Frafaldet"), _without_day("b-1", None), headers=WITHOUT_DAY),
            partial(courses, _without_day("b-0", "Gennemført"), _without_day("b-1", None), headers=WITHOUT_DAY),
            sheet="Forløb",
            rows=(3,),
            column="Udfald",
        ),
        "still_running": _second_course("Udfald", course(**dropped), Udfald="I gang", Gennemført=None),
        "walk_ins": _second_course("Inviteret", course("b-1"), Inviteret=None),
        "row_twice": Case(
            "export.xlsx",
            partial(courses, course("b-0"), course("b-0")),
            partial(courses, course("b-0"), course("b-1")),
            sheet="Forløb",
            rows=(3,),
            column="Borger-id",
        ),
        "course_twice": Case(
            "export.xlsx",
            partial(courses, course("b-0"), course("b-0", **dropped)),
            partial(courses, course("b-0"), course("b-0", Inviteret=D(2015, 3, 3), **dropped)),
            sheet="Forløb",
            rows=(3,),
            column="Borger-id",
        ),
        "citizen_repeats": Case(
            "export.xlsx",
            partial(courses, course("b-0"), course("b-0", Inviteret=D(2015, 3, 3))),
            partial(courses, course("b-0"), course("b-0", Inviteret=D(2015, 3, 3), Tilbud="Motion")),
            sheet="Forløb",
            rows=(2, 3),
            column="Borger-id",
        ),
        "sheets_repeat": Case(
            "export.xlsx",
            partial(_on_two_sheets, course("b-0", Uddannelse="Lang videregående uddannelse")),
            partial(_on_two_sheets, course("b-1")),
            sheet="Forløb (2)",
            rows=(2,),
            column="Borger-id",
            value="Forløb",
        ),
        "count_twice": _second_count("Gruppe", count(Deltaget=31), count(Deltaget=31, Gruppe="Mand")),
        "counts_cumulated": Case(
            "export.xlsx",
            partial(_cumulated, 7),
            partial(_cumulated, 6),
            sheet="Optælling",
            rows=tuple(range(2, 9)),
            column="Deltaget",
            value="Rygestop",
        ),
        "more_participated": _second_count(
            "Deltaget", count(**more, Deltaget=41), count(**more, Deltaget=40), value="41 > 40"
        ),
        "more_completed": _second_count(
            "Gennemført",
            count(Gruppe="Mand", Deltaget=29, Gennemført=30),
            count(Gruppe="Mand", Deltaget=31, Gennemført=30),
            value="30 > 29",
        ),
        "more_running": Case(
            "export.xlsx",
            partial(counts, [*count(), 11], headers=[*COUNT_HEADERS, "I gang"]),
            partial(counts, [*count(), 10], headers=[*COUNT_HEADERS, "I gang"]),
            sheet="Optælling",
            rows=(2,),
            column="I gang",
            value="11 > 10",
        ),
        "group_missing": _second_course("Uddannelse", course(), Uddannelse=None),
        "ended_or_completed": Case(
            "export.xlsx",
            partial(courses, course()[:6], headers=[*COURSE_HEADERS[:5], "Afsluttet"]),
            partial(courses, course()[:7], headers=[*COURSE_HEADERS[:5], "Afsluttet", "Årsag"]),
            sheet="Forløb",
            rows=(2,),
            column="Afsluttet",
            answers=TOTALS,
        ),
        "ended_without_outcome": Case(
            "export.xlsx",
            partial(courses, [*course()[:6], None], headers=[*COURSE_HEADERS[:5], "Afsluttet", "Årsag"]),
            partial(courses, course()[:7], headers=[*COURSE_HEADERS[:5], "Afsluttet", "Årsag"]),
            sheet="Forløb",
            rows=(2,),
            column="Årsag",
            answers=TOTALS,
        ),
    }


# Faults of the whole.


def _both_offers(**cells: Any) -> bytes:
    """Two offers, and a third that may have the numbers of both together."""
    both = {"Tilbud": "Rygestop + KOL", "Inviteret": 70, "Deltaget": 50} | cells
    kol = {"Tilbud": "KOL", "Inviteret": 30, "Deltaget": 20, "Gennemført": 10}
    return counts(count(Inviteret=40, Deltaget=30, Gennemført=20), count(**kol), count(**both))


def _of_hundred(last: int) -> bytes:
    """Months of an offer to which 100 were invited, but in the last of them."""
    invited = [*[100] * 5, last]
    months = zip(_months(6), invited, (81, 76, 79, 80, 77, 82), strict=True)
    rows = [count(Periode=month, Inviteret=number, Deltaget=took, Gennemført=60) for month, number, took in months]
    return counts(*rows)


def _cumulated(rising: int) -> bytes:
    """Seven months, of which so many have higher numbers than the month before."""
    numbers = [10 * (month if month <= rising else 1) for month in range(1, 8)]
    return counts(
        *(
            count(Periode=month, Inviteret=number + 10, Deltaget=number, Gennemført=number - 5)
            for month, number in zip(_months(7), numbers, strict=True)
        )
    )


def _series(*invited: int) -> bytes:
    """A month of counts for each of these numbers; the place of a 0 is left empty."""
    numbers = {month: number for month, number in zip(_months(len(invited)), invited, strict=True) if number}
    rows = [
        count(Periode=month, Inviteret=number, Deltaget=number - 2, Gennemført=number - 4)
        for month, number in numbers.items()
    ]
    return counts(*rows)


def _adjusted(*days: dt.date) -> bytes:
    """Counts of March to May, and adjustments on these days."""
    rows = [count(Periode=period) for period in ("2015-03", "2015-04", "2015-05")]
    adjustments = [adjustment(Dato=day) for day in days]
    return book({"Optælling": [COUNT_HEADERS, *rows], "Justeringer": [ADJUSTMENT_HEADERS, *adjustments]})


def _stated_time(days: int) -> bytes:
    """A year of courses of which 95 of 100 took 80 days, and an offer with a stated follow-up time."""
    rows = []
    for number in range(24):
        day = D(2015, 1 + number // 2, 2)
        done = day + dt.timedelta(days=80)
        rows.append(course(f"b-{number}", Inviteret=day, Startet=day + dt.timedelta(days=9), Gennemført=done))
        rows.append(course(f"c-{number}", Inviteret=day, Startet=day, Gennemført=None, Udfald="Frafaldet"))
        rows.append(course(f"d-{number}", Inviteret=day, Startet=None, Gennemført=None, Udfald=None))
    offers = [[*OFFER_HEADERS, "Forløbstid (dage)"], ["Aarhus", "Rygestop", "Sundhed", "Rygning", "Fire gange", days]]
    return book({"Forløb": [COURSE_HEADERS, *rows], "Tilbud": offers})


def _adjusted_offer(name: str) -> bytes:
    rows = [count(Periode=period) for period in ("2015-03", "2015-04", "2015-05")]
    adjustments = [ADJUSTMENT_HEADERS, adjustment(Tilbud=name, Dato=D(2015, 4, 1))]
    return book({"Optælling": [COUNT_HEADERS, *rows], "Justeringer": adjustments})


def _table_cases() -> dict[str, Case]:
    name = "export.xlsx"
    alone = {"Dimension": "Samlivsstatus", "Gruppe": "Bor alene"}
    later = partial(counts, count(Periode="2015-04"))
    without = [header for header in COURSE_HEADERS if header != "Inviteret"]
    return {
        "completion_unknown": Case(
            name, partial(courses, course()[:5], headers=COURSE_HEADERS[:5]), sound, sheet="Forløb", answers=TOTALS
        ),
        "invited_unknown": Case(
            name, partial(courses, [*course()[:3], *course()[4:]], headers=without), sound, sheet="Forløb"
        ),
        "totals_of_groups": Case(
            name,
            partial(counts, count(), count(**alone, Deltaget=31)),
            partial(counts, count(), count(**alone, Deltaget=30)),
            value="Rygestop",
        ),
        "held_back": Case(
            name,
            partial(counts, count(), count(Gruppe="Mand", Gennemført="<5")),
            partial(counts, count(), count(Gruppe="Mand", Gennemført=4)),
            sheet="Optælling",
            rows=(2,),
            value="Rygestop",
            beside=frozenset({"hidden_count"}),
        ),
        "month_missing": Case(
            name,
            partial(_series, 40, 41, 42, 0, 40, 41, 42),
            partial(_series, 40, 41, 42, 5, 40, 41, 42),
            value="Rygestop",
        ),
        "periods_cross": Case(
            name,
            partial(counts, count(Periode="2015K1"), count(Periode="2015-03")),
            partial(counts, count(Periode="2015K1"), count(Periode="2015-04")),
            sheet="Optælling",
            rows=(3,),
            column="Periode",
        ),
        "citizens_stored": Case(
            name,
            partial(_citizens, 2, 4),
            partial(_citizens, 3, 4),
            stored_first=partial(_citizens, 0, 3),
            value="Rygestop",
        ),
        "offer_written": Case(
            name,
            partial(counts, count(), count(Tilbud="RYGESTOP", Gruppe="Mand")),
            partial(counts, count(), count(Tilbud="Rygestop 2", Gruppe="Mand")),
            sheet="Optælling",
            rows=(3,),
            column="Tilbud",
            value="RYGESTOP",
        ),
        "offers_alike": Case(
            name,
            partial(counts, count(), count(Tilbud="Rygestopp", Gruppe="Mand")),
            partial(counts, count(), count(Tilbud="Motion", Gruppe="Mand")),
            value="Rygestop",
        ),
        "overlap": Case(name, partial(counts, count()), later, stored_first=sound, value="Rygestop"),
        "adjustment_unknown_offer": Case(
            name,
            partial(_adjusted_offer, "Diabetesskole"),
            partial(_adjusted_offer, "Rygestop"),
            sheet="Justeringer",
            rows=(2,),
            column="Tilbud",
            value="Diabetesskole",
        ),
        "offer_spelling": Case(
            name, partial(counts, count(Tilbud="Rygstop")), later, stored_first=sound, value="Rygstop"
        ),
        "follow_up_short": Case(
            name,
            partial(_stated_time, 60),
            partial(_stated_time, 90),
            sheet="Tilbud",
            rows=(2,),
            column="Forløbstid (dage)",
            value="60",
        ),
        "several_adjustments": Case(
            name,
            partial(_adjusted, D(2015, 4, 1), D(2015, 5, 1)),
            partial(_adjusted, D(2015, 4, 1)),
            sheet="Justeringer",
            rows=(3,),
            column="Tilbud",
            value="Rygestop",
        ),
        "planned_out_of_bounds": Case(
            name,
            partial(_adjusted, D(2125, 4, 1)),
            partial(_adjusted, D.today() + dt.timedelta(days=365)),
            sheet="Justeringer",
            rows=(2,),
            column="Dato",
            value="2125-04-01",
        ),
        "nothing_before": Case(
            name, partial(_adjusted, D(2015, 3, 31)), partial(_adjusted, D(2015, 4, 1)), value="Rygestop"
        ),
        "nothing_after": Case(
            name, partial(_adjusted, D(2015, 5, 2)), partial(_adjusted, D(2015, 5, 1)), value="Rygestop"
        ),
        "denominator_jumps": Case(
            name,
            partial(_series, 10, 10, 10, 10, 40, 40, 40, 40),
            partial(_series, 10, 10, 10, 10, 39, 39, 39, 39),
            value="Rygestop",
        ),
        "rate_extreme": Case(
            name,
            partial(counts, count(Deltaget=30, Gennemført=30)),
            partial(counts, count(Deltaget=30, Gennemført=29)),
            value="Rygestop",
        ),
        "groups_too_small": Case(
            name,
            partial(counts, count(Deltaget=4, Gennemført=4)),
            partial(counts, count(Deltaget=5, Gennemført=4)),
            value="Rygestop",
        ),
    }


CASES: dict[str, Case] = {**_file_cases(), **_sheet_cases(), **_cell_cases(), **_row_cases(), **_table_cases()}
"""A case for every check, by its identity."""
