"""Tables as people have them: crossed, stacked, one sheet a municipality, header rows of two or three, registers."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.intake.contract import Form
from analysis.intake.detect import table_rows
from analysis.intake.fix.corrections import Corrections
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.mapping import Mapping
from analysis.intake.mapping.saved_mappings import (
    Decisions,
    NotAMapping,
    parsed,
    prepared_with,
    remember,
    remembered,
    to_json,
)
from analysis.intake.read_file import read
from analysis.store import Database
from tests.support.workbooks.read_tables import accounted, checks, counted, prepared, workbook

HEADERS = ["Kommune", "Tilbud", "Periode", "Dimension", "Gruppe", "Inviteret", "Deltaget", "Gennemført"]
GROUPS = ["Grundskole", "Kort uddannelse", "Lang videregående uddannelse"]
WHERE = {"municipality": "Randers", "offer": "Rygestop"}


def month(number: int, year: int = 2023) -> dt.date:
    return dt.date(year, number, 1)


def of_year(year: int) -> dt.date:
    return dt.date(year, 1, 1)


CROSS = [
    ["Antal deltagere på rygestop, Randers Kommune"],
    [],
    [None, *GROUPS, "I alt"],
    [2015, 216, 190, 80, 486],
    [2016, 210, 191, 81, 482],
    ["Kilde: eget udtræk"],
]


def test_years_down_and_groups_across_need_only_the_offer(database: Database) -> None:
    content = workbook(Tabel=CROSS)
    asked = prepared(database, content)
    assert [finding.value for finding in asked[1].findings if finding.check == "missing_constant"] == ["offer"]
    found = counted(prepared(database, content, {"offer": "Rygestop"}))
    assert found == [
        ("Randers", of_year(year), group, None, number, None)
        for group, numbers in (
            ("basic school", (216, 210)),
            ("short education", (190, 191)),
            ("long higher education", (80, 81)),
        )
        for year, number in zip((2015, 2016), numbers, strict=True)
    ]


def test_a_wrong_total_column_is_reported_at_its_cell(database: Database) -> None:
    rows = [list(row) for row in CROSS]
    rows[3][4] = 487
    found = prepared(database, workbook(Tabel=rows), {"offer": "Rygestop"})
    (wrong,) = (finding for finding in found[1].findings if finding.check == "totals_differ")
    assert (wrong.rows, wrong.letters, wrong.value, wrong.values["sum"]) == ((4,), "E", "487", 486)


def test_groups_down_and_years_across(database: Database) -> None:
    rows = [["Uddannelse", 2015, 2016, 2017], *([group, 10 + n, 20 + n, 30 + n] for n, group in enumerate(GROUPS))]
    found = counted(prepared(database, workbook(Ark1=rows), {**WHERE, "stage": "participated"}))
    assert ("Randers", of_year(2016), "short education", None, 21, None) in found
    assert len(found) == 9


def test_stages_in_rows_become_one_count(database: Database) -> None:
    rows = [
        ["Periode", "Trin", *GROUPS],
        *(
            ["2023-01", stage, n, n + 1, n + 2]
            for stage, n in (("Inviteret", 40), ("Deltaget", 20), ("Gennemført", 10))
        ),
    ]
    reading, one = prepared(database, workbook(Ark1=rows), WHERE)
    found = counted((reading, one))
    assert found[0] == ("Randers", month(1), "basic school", 40, 20, 10)
    assert len(found) == 3


def test_a_stage_that_repeats_for_the_same_labels_is_never_overwritten(database: Database) -> None:
    stages = [("Inviteret", 40), ("Deltaget", 20), ("Deltaget", 25), ("Gennemført", 10)]
    rows = [["Periode", "Trin", *GROUPS], *(["2023-01", stage, n, n, n] for stage, n in stages)]
    found = prepared(database, workbook(Ark1=rows), WHERE)
    (twice,) = {finding.rows for finding in found[1].findings if finding.check == "stage_twice"}
    assert twice == (4,)
    assert not found[1].faultless


@pytest.mark.parametrize("merged", [(), ("D1:F1", "G1:I1", "J1:L1")])
def test_groups_over_stages_in_two_header_rows(database: Database, merged: tuple[str, ...]) -> None:
    upper = ["Kommune", "Tilbud", "Periode", *(text for group in GROUPS for text in (group, None, None))]
    lower = [None, None, None, *["Antal inviterede", "Antal deltagere", "Antal gennemført"] * 3]
    rows = [upper, lower, ["Randers", "Rygestop", "2023-01", *(40, 20, 10), *(41, 21, 11), *(42, 22, 12)]]
    found = counted(prepared(database, workbook(merged, Ark1=rows)))
    assert found[2] == ("Randers", month(1), "long higher education", 42, 22, 12)
    assert len(found) == 3


def test_stages_over_groups_in_two_header_rows(database: Database) -> None:
    upper = ["Kommune", "Tilbud", "Periode", "Inviteret", None, "Deltaget", None, "Gennemført", None]
    lower = [None, None, None, *["Mand", "Kvinde"] * 3]
    rows = [upper, lower, ["Viborg", "KOL-skole", "K1 2023", 30, 31, 20, 21, 10, 11]]
    assert counted(prepared(database, workbook(Ark1=rows))) == [
        ("Viborg", month(1), "man", 30, 20, 10),
        ("Viborg", month(1), "woman", 31, 21, 11),
    ]


def test_sex_and_education_across_are_crossed(database: Database) -> None:
    upper = [None, *(text for sex in ("Mænd", "Kvinder") for text in (sex, None, None))]
    rows = [upper, ["År", *GROUPS * 2], [2022, *range(10, 16)], [2023, *range(20, 26)]]
    _, one = prepared(database, workbook(Ark1=rows), {**WHERE, "stage": "Deltaget"})
    counts = one.contents.counts
    assert counts is not None and one.counts is not None
    assert len(counts) == 12
    by_group: Counter[tuple[str, str]] = Counter()
    for row in one.counts.to_pylist():
        by_group[row["dimension"], row["group"]] += row["participated"]
    assert by_group["sex", "man"] == sum(range(10, 13)) + sum(range(20, 23))
    assert by_group["education", "basic school"] == 10 + 13 + 20 + 23


def test_labels_that_stand_once_hold_for_the_rows_below(database: Database) -> None:
    rows = [
        ["Kommune", "Periode", "Gruppe", "Deltaget", "Gennemført"],
        ["Randers", "2023-01", "Grundskole", 20, 10],
        [None, None, "Kort uddannelse", 21, 11],
        [None, "2023-02", "Grundskole", 22, 12],
        [None, None, "Kort uddannelse", 23, 13],
        ["Viborg", "2023-01", "Grundskole", 30, 15],
        [None, None, "Kort uddannelse", 31, 16],
    ]
    found = counted(prepared(database, workbook(Ark1=rows), {"offer": "Rygestop"}))
    assert found[3] == ("Randers", month(2), "short education", None, 23, 13)
    assert found[5] == ("Viborg", month(1), "short education", None, 31, 16)


def month_rows(municipality: str | None = "Randers") -> list[list[Any]]:
    return [
        [
            *([municipality] if municipality else []),
            "Rygestop",
            f"2023-0{m}",
            "Uddannelse",
            group,
            40 + n,
            20 + n,
            10 + n,
        ]
        for m in (1, 2, 3)
        for n, group in enumerate(GROUPS)
    ]


@pytest.mark.parametrize("gap", [[[]], [[], []], [[], ["Patientuddannelse"]]])
def test_tables_below_each_other_are_all_read(database: Database, gap: list[list[str]]) -> None:
    first, second = month_rows("Randers"), month_rows("Viborg")
    total = ["I alt", *[None] * 4, 369, 189, 99]
    rows = [["Rygestop"], HEADERS, *first, total, *gap, HEADERS, *second, total]
    found = prepared(database, workbook(Optælling=rows))
    assert len(counted(found)) == 18
    assert "several_tables" in checks(found)


def test_a_repeated_header_without_a_gap_begins_another_table(database: Database) -> None:
    rows = [HEADERS, *month_rows("Randers"), HEADERS, *month_rows("Viborg")]
    assert len(counted(prepared(database, workbook(Optælling=rows)))) == 18


def test_a_sheet_for_each_municipality(database: Database) -> None:
    sheets = {name: [HEADERS[1:], *month_rows(None)] for name in ("Randers", "Viborg", "Silkeborg Kommune")}
    found = prepared(database, workbook(**sheets))
    assert Counter(row[0] for row in counted(found)) == {"Randers": 9, "Viborg": 9, "Silkeborg": 9}
    assert checks(found).count("constant_from_sheet") == 3


def test_a_sheet_for_each_year(database: Database) -> None:
    rows = [[*HEADERS[:2], *HEADERS[3:]], *([*row[:2], *row[3:]] for row in month_rows()[:3])]
    found = counted(prepared(database, workbook(**{"2022": rows, "2023": rows})))
    assert Counter(row[1] for row in found) == {of_year(2022): 3, of_year(2023): 3}


def test_a_stated_name_of_the_sheet_is_the_offer(database: Database) -> None:
    rows = [[HEADERS[0], *HEADERS[2:]], *([row[0], *row[2:]] for row in month_rows())]
    _, one = prepared(database, workbook(Rygestop=rows, Kost=rows), {"offer": "@sheet"})
    assert one.contents.counts is not None
    assert set(one.contents.counts["offer"].to_pylist()) == {"Rygestop", "Kost"}


def test_two_dimension_columns_count_each_citizen_once(database: Database) -> None:
    headers = ["Kommune", "Tilbud", "Periode", "Køn", "Uddannelse", "Inviteret", "Deltaget", "Gennemført"]
    rows = [
        ["Randers", "Rygestop", "2023-01", sex, group, 40, 20, 10] for sex in ("Mand", "Kvinde") for group in GROUPS
    ]
    reading, one = prepared(database, workbook(Optælling=[headers, *rows]))
    assert len(counted((reading, one))) == 6
    assert one.counts is not None
    totals = Counter()
    for row in one.counts.to_pylist():
        totals[row["dimension"]] += row["invited"]
    assert totals == {"sex": 240, "education": 240}


def test_a_cross_table_of_too_many_numbers_is_refused(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_rows, "MOST_RECORDS", 5)
    found = prepared(database, workbook(Tabel=CROSS), {"offer": "Rygestop"})
    assert "too_many_rows" in checks(found)
    assert not found[1].faultless


REGISTER = [
    ["Holdliste Rygestop forår 2023"],
    ["Borger-id", "Uddannelse", *(dt.datetime(2023, 3, day) for day in (1, 8, 15, 22))],
    ["B1", "Grundskole", "X", "X", "X", "X"],
    ["B2", "Grundskole", "x", None, "x", "x"],
    ["B3", "Kort uddannelse", None, "X", None, None],
    ["B4", "Kort uddannelse", None, None, None, None],
]


@pytest.mark.parametrize(("rule", "completed"), [("share:75", 2), ("share:100", 1), ("number:1", 3), ("last", 2)])
def test_a_register_becomes_courses_by_the_stated_rule(database: Database, rule: str, completed: int) -> None:
    one = accounted(prepared(database, workbook(Hold1=REGISTER), WHERE, {"completion_rule": rule}))
    courses = one.contents.courses
    assert courses is not None and one.contents.offers is not None
    assert (len(courses), sum(courses["participated"].to_pylist())) == (4, 3)
    assert sum(courses["completed"].to_pylist()) == completed
    assert set(courses["invited_on"].to_pylist()) == {dt.date(2023, 3, 1)}
    assert one.contents.offers["completion_rule"].to_pylist()[0]


def test_a_register_without_a_rule_asks_for_it(database: Database) -> None:
    found = prepared(database, workbook(Hold1=REGISTER), WHERE)
    assert not found[1].faultless
    assert "completion_rule" in checks(found)


def test_an_unknown_mark_in_a_register_is_reported_at_its_cell(database: Database) -> None:
    rows = [list(row) for row in REGISTER]
    rows[2][3] = "måske"
    found = prepared(database, workbook(Hold1=rows), WHERE, {"completion_rule": "last"})
    (mark,) = (finding for finding in found[1].findings if finding.check == "attendance_mark")
    assert (mark.rows, mark.letters, mark.value) == ((3,), "D", "måske")


def test_attendances_become_a_course_for_each_citizen(database: Database) -> None:
    headers = ["Kommune", "Tilbud", "Borger-id", "Startet", "Gennemført", "Uddannelse"]
    rows = [
        ["Randers", "Rygestop", citizen, dt.datetime(2023, 4, 2 + 7 * session, 10, 30), None, "Grundskole"]
        for citizen, sessions in (("B1", 4), ("B2", 3), ("B3", 1))
        for session in range(sessions)
    ]
    answers = {"citizen_repeats": "attendances", "completion_rule": "share:75"}
    one = accounted(prepared(database, workbook(Forløb=[headers, *rows]), None, answers))
    courses = one.contents.courses
    assert courses is not None
    assert courses["completed"].to_pylist() == [True, True, False]
    assert courses["completed_on"].to_pylist()[0] == dt.date(2023, 4, 23)


def test_a_sum_below_courses_is_left_out(database: Database) -> None:
    headers = ["Kommune", "Tilbud", "Borger-id", "Startet", "Gennemført", "Uddannelse"]
    rows = [
        ["Randers", "Rygestop", f"B{n}", dt.datetime(2023, 4, 2), dt.datetime(2023, 6, 2), "Grundskole"]
        for n in range(3)
    ]
    accounted(prepared(database, workbook(Forløb=[headers, *rows, ["I alt", None, None, "3", None, None]])))


def test_a_mapping_fits_a_later_file_whose_columns_moved(database: Database) -> None:
    marts = [["Sted", "Hold", "Nr", "Opstart"], ["Viborg", "Rygestop", "1", "02-03-2023"]]
    columns = {"municipality": "Sted", "offer": "Hold", "citizen": "Nr", "started_on": "Opstart"}
    first = read(workbook(Marts=marts), "marts.xlsx")
    answers = Corrections(answers={"no_groups": "totals"})
    decisions = Decisions(Mapping(Form.COURSES, columns, sheet="Marts", heading=(0, 0)), answers)
    remember(database, "Journal", first, decisions, by=NOBODY_SIGNED_IN)
    april = [[], ["Nr", "Opstart", "Køn", "Hold", "Sted"], ["7", "03-04-2023", "Kvinde", "Rygestop", "Viborg"]]
    later = read(workbook(April=april), "april.xlsx")
    (found,) = remembered(database, later)
    assert (found.name, found.new_columns) == ("Journal", ("Køn",))
    one = prepared_with(later, load_reference_data(database), found.decisions)
    assert one.faultless
    assert one.contents.courses is not None
    assert one.contents.courses["started_on"].to_pylist() == [dt.date(2023, 4, 3)]
    assert parsed(to_json(decisions, first)) == decisions


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"mapping": {"form": "x"}, "values": [], "groups": []}', '{"mapping": 1, "values": {}}']
)
def test_a_file_that_is_no_mapping_is_told_so(text: str) -> None:
    with pytest.raises(NotAMapping):
        parsed(text)
