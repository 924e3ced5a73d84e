"""A sign in a number parts thousands or decimals: all numbers and the language tell which, or a person is asked."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import Workbook

from analysis.intake.findings.check import Severity
from analysis.intake.fix.corrections import Corrections
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.read_file import read
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.reconciliation import reconcile
from analysis.intake.validate.validation import prepare
from analysis.intake.values.numbers import TwoMeanings, count, separators
from analysis.store import Database, sums
from tests.support.workbooks.faults import COUNT_HEADERS, COURSE_HEADERS, WIDE_HEADERS, Row, book, course
from tests.support.workbooks.faults import count as count_row

ENGLISH = "Municipality;Offer;Period;Dimension;Group;Invited;Participated;Completed"
DANISH = "Kommune;Tilbud;Periode;Dimension;Gruppe;Inviteret;Deltaget;Gennemført"


@pytest.mark.parametrize(
    ("column", "usual", "numbers"),
    [
        (["12,000", "250"], ",", [12_000, 250]),
        (["12.000", "250"], ".", [12_000, 250]),
        (["1,234,567", "1,000"], ".", [1_234_567, 1_000]),
        (["1.234.567", "1.000"], ",", [1_234_567, 1_000]),
        (["1.234,00", "1.000"], "", [1_234, 1_000]),
        (["1,234.0", "1,000"], "", [1_234, 1_000]),
        (["12 000", "1 000"], "", [12_000, 1_000]),
        (["12,00", "3.0", "1200,000"], ".", [12, 3, 1_200]),
        (["9,123"], ",", [9_123]),
    ],
)
def test_all_numbers_of_a_sheet_tell_what_a_sign_means(column: list[str], usual: str, numbers: list[int]) -> None:
    known = separators(column, usual)
    assert [count(text, "u", known).number for text in column] == numbers


@pytest.mark.parametrize(
    ("column", "usual"),
    [
        *((["12,000"], "."), (["12.000"], ","), (["12,000"], ""), (["1,000", "1.000"], "."), (["1,000", "1.000"], ",")),
        *((["12,000", "12,5"], ","), (["12.000", "12.5"], "."), (["9,123"], ".")),
    ],
)
def test_a_number_with_two_meanings_is_never_read(column: list[str], usual: str) -> None:
    with pytest.raises(TwoMeanings):
        count(column[0], "u", separators(column, usual))


def taken(database: Database, headers: str, *numbers: str, **answers: str) -> Prepared:
    rows = [f"Randers;Screening;2022-0{n};Education;Basic school;{row}" for n, row in enumerate(numbers, start=1)]
    content = "\r\n".join([headers, *rows]).encode()
    prepared = prepare(read(content, "x.csv"), load_reference_data(database), Corrections(answers=answers))
    if prepared.faultless:
        (account,) = reconcile(read(content, "x.csv"), prepared, sums(prepared.contents))
        assert account.balances
    return prepared


def blocked(prepared: Prepared) -> set[str]:
    return {one.check for one in prepared.findings if one.severity is Severity.ERROR}


@pytest.mark.parametrize(("headers", "numbers"), [(ENGLISH, "12,000;9,000;8,000"), (DANISH, "12.000;9.000;8.000")])
def test_thousands_as_the_language_writes_them(database: Database, headers: str, numbers: str) -> None:
    prepared = taken(database, headers, numbers)
    (row,) = prepared.contents.counts.to_pylist()
    assert (row["invited"], row["participated"], row["completed"]) == (12_000, 9_000, 8_000)


@pytest.mark.parametrize(
    ("headers", "numbers"),
    [
        (ENGLISH, "12.000;9.000;8.000"),
        (DANISH, "12,000;9,000;8,000"),
        (DANISH, "12,000;9.000;8"),
        (ENGLISH, "1,000;9.000;8"),
    ],
)
def test_the_other_languages_thousands_are_asked_about(database: Database, headers: str, numbers: str) -> None:
    assert blocked(taken(database, headers, numbers)) == {"number_two_meanings"}
    thousands = taken(database, headers, numbers.replace("1,000;", "12,000;"), number_two_meanings="thousands")
    assert thousands.contents.counts.to_pylist()[0]["invited"] == 12_000
    decimals = taken(database, headers, "12,000;9,000;8", number_two_meanings="decimals")
    assert decimals.contents.counts.to_pylist()[0]["participated"] == 9


@pytest.mark.parametrize("number", ["1,200", "(20)"])
def test_counts_that_cannot_be_read_are_not_said_to_be_a_hundred(database: Database, number: str) -> None:
    prepared = taken(database, DANISH, *[f"{number};{number};{number}"] * 6)
    assert not prepared.faultless
    assert "all_hundred" not in {one.check for one in prepared.findings}


def test_a_row_of_citizens_in_one_offer_is_asked_about(database: Database, courses: Callable[..., bytes]) -> None:
    sessions = [
        ["Randers", f"Hold {hold}", f"B{citizen}", None, f"{day:02}-04-2023", None, None, "Grundskole"]
        for hold in (1, 2)
        for citizen in range(4)
        for day in range(2, 8)
    ]
    content = courses(*sessions)
    (found,) = [
        one
        for one in prepare(read(content, "x.xlsx"), load_reference_data(database)).findings
        if one.severity is Severity.ERROR
    ]
    assert (found.check, found.values["citizens"], len(found.rows)) == ("citizen_repeats", 8, 48)
    answered = prepare(
        read(content, "x.xlsx"), load_reference_data(database), Corrections(answers={"citizen_repeats": "courses"})
    )
    assert answered.faultless
    once = {(row[1], row[2]): row for row in sessions}
    assert prepare(read(courses(*once.values()), "x.xlsx"), load_reference_data(database)).faultless


def on_sheets(database: Database, sheets: dict[str, list[Row]], **answers: str) -> Prepared:
    return prepare(read(book(sheets), "x.xlsx"), load_reference_data(database), Corrections(answers=answers))


def test_the_same_courses_on_two_sheets_count_once_where_a_person_says_which(database: Database) -> None:
    rows = [course(f"b-{number}") for number in range(4)]
    old = [*(course(f"b-{number}", Udfald="Frafaldet", Gennemført=None) for number in range(3)), course("b-9")]
    sheets = {"Forløb": [COURSE_HEADERS, *rows], "Gammel": [COURSE_HEADERS, *old]}
    (error,) = [one for one in on_sheets(database, sheets).findings if one.severity is Severity.ERROR]
    assert (error.check, error.sheet, error.rows, error.value) == ("sheets_repeat", "Gammel", (2, 3, 4), "Forløb")
    first = on_sheets(database, sheets, sheets_repeat="first_sheet")
    assert (first.faultless, sum(first.contents.courses["completed"].to_pylist())) == (True, 5)
    assert [(one.sheet, one.rows) for one in first.left_out] == [("Gammel", (2, 3, 4))]
    last = on_sheets(database, sheets, sheets_repeat="last_sheet")
    assert (last.faultless, sum(last.contents.courses["completed"].to_pylist())) == (True, 2)
    accounts = reconcile(read(book(sheets), "x.xlsx"), last, sums(last.contents))
    assert [(one.rows_stored, one.balances) for one in accounts] == [(1, True), (4, True)]


def test_the_same_counts_on_two_sheets_count_once_where_a_person_says_which(database: Database) -> None:
    sheets = {
        "Optælling": [COUNT_HEADERS, count_row(), count_row(Periode="2015-04")],
        "Kopi": [COUNT_HEADERS, count_row(Deltaget=29)],
    }
    errors = [one.check for one in on_sheets(database, sheets).findings if one.severity is Severity.ERROR]
    assert errors == ["sheets_repeat"]
    for answer, participated in (("first_sheet", [30, 30]), ("last_sheet", [30, 29])):
        prepared = on_sheets(database, sheets, sheets_repeat=answer)
        assert prepared.faultless
        assert prepared.contents.counts["participated"].to_pylist() == participated
    quarter = sheets | {"Kopi": [COUNT_HEADERS, count_row(Periode="2015K1")]}
    assert blocked(on_sheets(database, quarter, sheets_repeat="first_sheet")) == {"periods_cross"}


def test_half_a_row_of_columns_for_each_group_is_not_left_out(database: Database) -> None:
    women = [header for header in WIDE_HEADERS if "Mand" not in header]
    sheets = {
        "Optælling": [women, ["Aarhus", "Rygestop", "2015-03", 30, 20]],
        "Tal": [WIDE_HEADERS, ["Aarhus", "Rygestop", "2015-03", 30, 20, 20, 10]],
    }
    assert blocked(on_sheets(database, sheets, sheets_repeat="first_sheet")) == {"sheets_repeat"}
    assert on_sheets(database, sheets, sheets_repeat="last_sheet").faultless


def test_citizens_on_a_sheet_for_each_month_are_asked_about(database: Database) -> None:
    months = {
        f"{month}-2015": [COURSE_HEADERS, *(course(f"b-{one}", Inviteret=dt.date(2015, month, 1)) for one in range(3))]
        for month in (1, 2, 3)
    }
    prepared = on_sheets(database, months)
    errors = [
        (one.sheet, one.check, one.values["citizens"]) for one in prepared.findings if one.severity is Severity.ERROR
    ]
    assert errors == [(sheet, "citizen_repeats", 3) for sheet in months]
    assert on_sheets(database, months, citizen_repeats="courses").faultless


@pytest.mark.parametrize("ids", [("0003", 3), ("K3", "k3"), ("b 3", "b3"), ("b-3", "b 3")])
def test_an_id_written_in_two_ways_is_asked_about(database: Database, ids: tuple[Any, Any]) -> None:
    rows = [course(one, Inviteret=dt.date(2015, 1, day)) for day, one in enumerate(ids, start=1)]
    assert blocked(on_sheets(database, {"Forløb": [COURSE_HEADERS, *rows]})) == {"citizen_repeats"}
    others = [rows[0], course("b-30")]
    assert on_sheets(database, {"Forløb": [COURSE_HEADERS, *others]}).faultless


@pytest.mark.parametrize("code", ["999", "9999", "99999"])
def test_a_code_for_a_missing_number_is_asked_about(database: Database, code: str) -> None:
    numbers = ["20;12;8", f"{code};{code};8", "30;22;18"]
    assert blocked(taken(database, DANISH, *numbers)) >= {"missing_code"}
    left = taken(database, DANISH, *numbers, missing_code="missing")
    assert left.contents.counts["participated"].to_pylist() == [12, 22]
    assert [one.reason for one in left.left_out] == ["hidden"]
    kept = taken(database, DANISH, *numbers, missing_code="numbers")
    assert kept.contents.counts["participated"].to_pylist() == [12, int(code), 22]
    assert taken(database, DANISH, "999;800;700", "1000;900;800").faultless


def test_counts_that_are_added_up_through_the_year_are_asked_about(database: Database) -> None:
    groups = {"Mand": 20, "Kvinde": 30}

    def prepared(numbers: list[int], **answers: str) -> Prepared:
        rows = [
            count_row(
                Periode=f"2015-{month:02}", Gruppe=group, Inviteret=n * first, Deltaget=n * first - 8, Gennemført=5
            )
            for month, n in enumerate(numbers, start=1)
            for group, first in groups.items()
        ]
        return on_sheets(database, {"Optælling": [COUNT_HEADERS, *rows]}, **answers)

    assert blocked(prepared([1, 2, 3, 4, 5, 6])) == {"counts_cumulated"}
    assert prepared([1, 2, 3, 4, 5, 6], counts_cumulated="own").faultless
    for own in ([1, 2, 3, 2, 5, 6], [3, 3, 3, 3, 3, 3], [1, 1, 1, 4, 4, 4], [1, 2, 3]):
        assert prepared(own).faultless, own


def test_an_offer_written_in_several_ways_is_one(database: Database) -> None:
    names = ["Rygestop", "Rygestop", "rygestop", "RYGESTOP ", "Ryge-stop"]
    rows = [count_row(Tilbud=name, Periode=f"2015-0{month}") for month, name in enumerate(names, start=1)]
    prepared = on_sheets(database, {"Optælling": [COUNT_HEADERS, *rows]})
    assert prepared.contents.counts["offer"].to_pylist() == ["Rygestop"] * 5
    told = [(one.rows, one.value, one.values["meant"]) for one in prepared.findings if one.check == "offer_written"]
    assert told == [((4,), "rygestop", "Rygestop"), ((5,), "RYGESTOP", "Rygestop"), ((6,), "Ryge-stop", "Rygestop")]
    same = [count_row(Tilbud="Hold 1-2"), count_row(Tilbud="Hold 12")]
    assert on_sheets(database, {"Optælling": [COUNT_HEADERS, *same]}).contents.counts["offer"].to_pylist() == [
        *("Hold 1-2", "Hold 12")
    ]


def test_an_offer_is_written_as_it_is_stored(database: Database) -> None:
    rows = [count_row(Tilbud=name, Periode=f"2015-0{month}") for month, name in ((1, "Ryg"), (2, "Ryg"), (3, "RYG"))]
    stored = replace(load_reference_data(database), offers=frozenset({("Aarhus", "RYG")}))
    prepared = prepare(read(book({"Optælling": [COUNT_HEADERS, *rows]}), "x.xlsx"), stored)
    assert prepared.contents.counts["offer"].to_pylist() == ["RYG"] * 3
    both = replace(stored, offers=frozenset({("Aarhus", "RYG"), ("Viborg", "Ryg")}))
    prepared = prepare(read(book({"Optælling": [COUNT_HEADERS, *rows]}), "x.xlsx"), both)
    assert prepared.contents.counts["offer"].to_pylist() == ["Ryg", "Ryg", "RYG"]


def test_a_blank_outcome_among_others_is_asked_about(database: Database) -> None:
    headers = [*COURSE_HEADERS[:5], "Udfald", "Køn"]
    rows = [[*course(f"b-{number}")[:5], text, "Mand"] for number, text in enumerate(["Gennemført", "Frafaldet", None])]
    rows.append([*course("b-3")[:4], None, None, "Mand"])

    def outcomes(**answers: str) -> list[str | None]:
        prepared = on_sheets(database, {"Forløb": [headers, *rows]}, **answers)
        assert prepared.faultless is bool(answers)
        return prepared.contents.courses["outcome"].to_pylist()

    assert outcomes() == ["completed", "dropped out", None, None]
    assert outcomes(outcome_blank="running") == ["completed", "dropped out", "running", None]
    assert outcomes(outcome_blank="dropped_out") == ["completed", "dropped out", "dropped out", None]


def test_codes_of_municipalities_below_swedish_headers_are_asked_about(database: Database) -> None:
    swedish = "Kommun;Insats;Period;Dimension;Grupp;Inbjudna;Deltog;Fullföljde"

    def places(headers: str, code: str, **answers: str) -> list[str | None]:
        content = f"{headers}\n{code};Rygestop;2015-01;Køn;Mand;20;12;8".encode()
        prepared = prepare(read(content, "x.csv"), load_reference_data(database), Corrections(answers=answers))
        assert prepared.faultless is (prepared.contents.counts["municipality"].to_pylist() != [None])
        return prepared.contents.counts["municipality"].to_pylist()

    assert places(swedish, "0163") == [None]
    assert places(swedish, "163") == [None]
    assert places(swedish, "0163", municipality_country="danish") == ["Herlev"]
    assert places(swedish, "Herlev") == places(DANISH, "0163") == places(ENGLISH, "0163") == ["Herlev"]


def test_rows_left_out_are_counted_as_left_out_where_none_remains(
    database: Database, courses: Callable[..., bytes]
) -> None:
    row = ["Randers", "Rygestop", "B1", None, "02-04-2023", None, None, "Grundskole"]
    reading = read(courses(row, [*row[:2], "B2", *row[3:]]), "x.xlsx")
    prepared = prepare(reading, load_reference_data(database), Corrections(left_out={"Forløb": frozenset({2, 3})}))
    (account,) = reconcile(reading, prepared, sums(prepared.contents))
    assert (account.rows_in_file, sum(account.left_out.values()), account.ignored) == (2, 2, 0)
    assert account.balances


def test_a_total_in_thousands_is_known_by_its_sum_once_the_signs_are_told(database: Database) -> None:
    rows = ["Rygestop;2022-01;Køn;Kvinde;5,000;4,000;3,000", "Rygestop;2022-01;Køn;Mand;2,000;1,000;1,000"]
    rows.append("Rygestop;2022-01;Køn;I alt;7,000;5,000;4,000")
    content = "\r\n".join([DANISH, *(f"Randers;{row}" for row in rows)]).encode()
    answers = {"number_two_meanings": "thousands"}
    prepared = prepare(read(content, "x.csv"), load_reference_data(database), Corrections(answers=answers))
    assert prepared.faultless
    assert prepared.contents.counts["participated"].to_pylist() == [4_000, 1_000]
    assert "totals_differ" not in {one.check for one in prepared.findings}


def shown(**formats: str) -> bytes:
    """Counts of 60 everywhere, with number formats by their cells."""

    def change(made: Workbook) -> None:
        for cell, number_format in formats.items():
            made.active[cell].number_format = number_format

    row = ["Aarhus", "Rygestop", 2015, "Køn", "Kvinde", 60, 60, 60]
    return book({"Optælling": [DANISH.split(";"), row, [*row[:4], "Mand", *row[5:]]]}, change)


@pytest.mark.parametrize(
    "number_format",
    [
        *("0%", "0.0%", "0.00%", '0" %"', "0\\ %", 'General" %"', '0" pct."', '0" procent"', "[$%]0"),
        *('0"000"', '0" 000"', '"1"0', '0.0"5"', "0,", "#,##0,", '0.0,,"M"', '0" tusind"', "0\\,0", "00-00"),
        *('"-"0', "-0", "\\-0", "0\\-", "(0)", '"<"0', ";;;", '"<5"', '0"000";-0', '[>10]0"000";0', "0%;-0%;0"),
    ],
)
def test_a_count_that_is_shown_as_another_number_is_refused(database: Database, number_format: str) -> None:
    prepared = prepare(read(shown(G3=number_format), "export.xlsx"), load_reference_data(database))
    errors = [one for one in prepared.findings if one.severity is Severity.ERROR]
    expected = ("number_shown_otherwise", "Optælling", (3,), "Deltaget", "60")
    assert [(one.check, one.sheet, one.rows, one.column, one.value) for one in errors] == [expected]


@pytest.mark.parametrize(
    "number_format",
    [
        *("General", "0", "#,##0", "0.00", "# ##0", "00 00", "0000", "0_-", "+0;-0;0", "@", "0.00E+00", "# ?/?", "0."),
        *('0" borgere"', '0" stk."', "[Red]0", "[$-406]0", "[$kr-406] #,##0", "#,##0;[Red]-#,##0", "#,##0_);(#,##0)"),
        *('_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "0;-0;;@", '[=1]0" borger";0" borgere"', '[<100]0;0"000"'),
        *('0" (18+)"', '0" af 100"', '"ca. "0', '0" – foreløbig"', '0;"-"0;"-"', '0" m; k"'),
    ],
)
def test_a_count_in_an_ordinary_format_is_taken(database: Database, number_format: str) -> None:
    cells = dict.fromkeys(("F2", "G2", "H2", "F3", "G3", "H3"), number_format)
    prepared = prepare(read(shown(**cells), "export.xlsx"), load_reference_data(database))
    assert prepared.faultless
    assert prepared.contents.counts["participated"].to_pylist() == [60, 60]


def test_a_format_matters_to_counts_only_and_where_it_applies(database: Database) -> None:
    cells = {"A2": "0%", "C2": '0"000"', "C3": "0%", "F1": "0%", "G2": "0%"}
    reading = read(shown(**cells), "export.xlsx")
    found = {
        one.check for one in prepare(reading, load_reference_data(database)).findings if one.severity is Severity.ERROR
    }
    assert found == {"number_shown_otherwise"}
    column = reading.sheets[0].columns[6]
    assert [column.kind(code) for code in column.codes.tolist()] == ["t", "%", "n"]
