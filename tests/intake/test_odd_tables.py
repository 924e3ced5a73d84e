"""Tables that are a little odd: labels that stand once, a table for each stage, percentages, cancelled sessions."""

import datetime as dt
import io
from collections import Counter
from typing import Any

import pytest
from openpyxl import load_workbook

from analysis.intake.fix.corrections import Corrections
from analysis.intake.formats.prefilled import prefilled
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions, prepared_with
from analysis.intake.read_file import read
from analysis.intake.validate.reconciliation import reconcile
from analysis.store import Database, sums
from tests.support.workbooks.read_tables import Rows, accounted, checks, counted, prepared, workbook

LOW, SHORT, LONG = "Grundskole", "Kort uddannelse", "Lang videregående uddannelse"
KEYS = {LOW: "basic school", SHORT: "short education", LONG: "long higher education"}
WHERE = {"municipality": "Randers", "offer": "Rygestop"}
TOLD = {**WHERE, "stage": "participated"}
RULE = {"completion_rule": "share:75"}


def participants(rows: list[tuple[Any, ...]]) -> dict[tuple[int, str], int]:
    """Return the participants by year and group."""
    return {(start.year, group): number for _, start, group, _, number, _ in rows}


def test_years_in_merged_cells_stand_over_their_stages(database: Database) -> None:
    rows: Rows = [
        ["Uddannelse", "2022", None, "2023", None],
        [None, "Deltaget", "Gennemført", "Deltaget", "Gennemført"],
        [LOW, 20, 10, 22, 11],
        [SHORT, 30, 15, 33, 16],
    ]
    found = counted(prepared(database, workbook(["B1:C1", "D1:E1"], Tal=rows), WHERE))
    assert sorted((start.year, group, came, done) for _, start, group, _, came, done in found) == [
        (2022, "basic school", 20, 10),
        (2022, "short education", 30, 15),
        (2023, "basic school", 22, 11),
        (2023, "short education", 33, 16),
    ]


def test_months_stand_below_their_year(database: Database) -> None:
    rows: Rows = [
        ["Uddannelse", 2022, None, 2023, None],
        [None, "jan", "feb", "jan", "feb"],
        [LOW, 10, 11, 12, 13],
        [SHORT, 20, 21, 22, 23],
    ]
    found = counted(prepared(database, workbook(Tal=rows), TOLD))
    months = [dt.date(2022, 1, 1), dt.date(2022, 2, 1), dt.date(2023, 1, 1), dt.date(2023, 2, 1)]
    assert {start: came for _, start, group, _, came, _ in found if group == "basic school"} == dict(
        zip(months, [10, 11, 12, 13], strict=True)
    )


@pytest.mark.parametrize("gap", [[], [[]]], ids=["without empty rows", "with an empty row"])
def test_labels_that_stand_once_hold_for_the_rows_below(database: Database, gap: Rows) -> None:
    headers = ["Kommune", "Tilbud", "Periode", "Uddannelse", "Deltaget", "Gennemført"]
    first: Rows = [["Randers", "Rygestop", "2022", LOW, 20, 10], [None, None, None, SHORT, 21, 11]]
    second: Rows = [["Viborg", None, "2022", LOW, 30, 15], [None, None, None, SHORT, 31, 16]]
    found = prepared(database, workbook(Tal=[headers, *first, *gap, *second]))
    assert "labels_once" in checks(found)
    assert [(row[0], row[4]) for row in counted(found)] == [
        *(("Randers", 20), ("Randers", 21), ("Viborg", 30), ("Viborg", 31)),
    ]


def test_a_label_between_equal_ones_is_not_guessed(database: Database) -> None:
    headers = ["Kommune", "Tilbud", "Periode", "Uddannelse", "Deltaget", "Gennemført"]
    rows: Rows = [[place, "Rygestop", "2022", group, 20, 10] for place, group in (("Randers", LOW), ("Randers", SHORT))]
    found = prepared(database, workbook(Tal=[headers, *rows, [None, "Rygestop", "2022", LONG, 20, 10]]))
    assert "cell_empty" in checks(found)


def stage_tables() -> dict[str, Rows]:
    return {
        "Inviterede": [["År", LOW, SHORT], [2022, 100, 200], [2023, 110, 210]],
        "Deltagere": [["År", LOW, SHORT], [2022, 50, 60], [2023, 51, 61]],
        "Gennemført": [["År", SHORT, LOW], [2022, 21, 20], [2023, 23, 22]],
    }


EXPECTED = [
    (2022, "basic school", 100, 50, 20),
    (2022, "short education", 200, 60, 21),
    (2023, "basic school", 110, 51, 22),
    (2023, "short education", 210, 61, 23),
]


def by_year(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted((start.year, group, *numbers) for _, start, group, *numbers in rows)


def test_a_sheet_of_each_stage_is_one_table(database: Database) -> None:
    assert by_year(counted(prepared(database, workbook(**stage_tables()), WHERE))) == EXPECTED


def test_a_table_of_each_stage_below_the_others_is_one_table(database: Database) -> None:
    rows = [row for title, table in stage_tables().items() for row in ([title], *table, [])]
    assert by_year(counted(prepared(database, workbook(Tal=rows), WHERE))) == EXPECTED


def test_a_table_of_each_stage_beside_the_others_is_one_table(database: Database) -> None:
    tables = [[[title, None, None], *table] for title, table in stage_tables().items()]
    rows = [[*one, None, *two, None, *three] for one, two, three in zip(*tables, strict=True)]
    assert by_year(counted(prepared(database, workbook(Tal=rows), WHERE))) == EXPECTED


def test_invited_without_participants_are_told(database: Database) -> None:
    sheets = stage_tables() | {"Deltagere": [["År", LOW, SHORT], [2022, 50, 60]]}
    found = prepared(database, workbook(**sheets), WHERE)
    assert "stage_alone" in checks(found)
    assert not found[1].faultless


def test_only_completed_is_not_enough(database: Database) -> None:
    found = prepared(database, workbook(Gennemført=stage_tables()["Gennemført"]), WHERE)
    assert [finding.values["missing"]["en"] for finding in found[1].findings if finding.check == "missing_column"] == [
        "Participated"
    ]


def test_tables_beside_each_other_are_all_read(database: Database) -> None:
    rows: Rows = [
        ["Randers", None, None, None, "Viborg"],
        ["Uddannelse", "Deltaget", "Gennemført", None, "Uddannelse", "Deltaget", "Gennemført"],
        [LOW, 20, 10, None, LOW, 120, 110],
        [SHORT, 30, 15, None, SHORT, 130, 115],
        ["I alt", 50, 25, None, "I alt", 250, 225],
    ]
    found = counted(prepared(database, workbook(Tal=rows), {"offer": "Rygestop", "period": "2022"}))
    assert [(row[0], row[2], row[4]) for row in found] == [
        *(("Randers", "basic school", 20), ("Randers", "short education", 30)),
        *(("Viborg", "basic school", 120), ("Viborg", "short education", 130)),
    ]


def test_an_unknown_group_among_others_is_asked_about(database: Database) -> None:
    rows: Rows = [["År", LOW, "10. klasse med projekt", LONG], [2022, 10, 20, 40], [2023, 11, 21, 41]]
    found = prepared(database, workbook(Tal=rows), TOLD)
    (unknown,) = [one for one in found[1].findings if one.check == "unknown_group"]
    assert (unknown.value, unknown.letters, unknown.rows) == ("10. klasse med projekt", "C", (2, 3))


def test_a_part_beside_the_groups_is_no_group(database: Database) -> None:
    rows: Rows = [["År", LOW, SHORT, "heraf mænd", "Pct."], [2022, 10, 20, 9, 33], [2023, 11, 21, 8, 34]]
    found = counted(prepared(database, workbook(Tal=rows), TOLD))
    assert participants(found) == {
        **{(2022, KEYS[LOW]): 10, (2022, KEYS[SHORT]): 20, (2023, KEYS[LOW]): 11, (2023, KEYS[SHORT]): 21}
    }


@pytest.mark.parametrize("text", ["se note", "ca. 20", "=5+15"])
def test_texts_among_the_numbers_of_a_group_are_told(database: Database, text: str) -> None:
    content = f"År;{LOW};{SHORT};{LONG}\n2022;10;{text};40\n2023;11;{text};41\n".encode()
    found = prepared(database, content, TOLD, name="tal.csv")
    found_texts = {(one.value, one.letters) for one in found[1].findings if one.check == "text_for_number"}
    assert found_texts == {(text, "C")}


def test_months_over_counts_are_no_sessions(database: Database) -> None:
    months = [dt.datetime(2022, number, 1) for number in (1, 2, 3)]
    rows: Rows = [["Uddannelse", *months], [LOW, 10, 11, 12], [SHORT, 20, 21, 22]]
    found = counted(prepared(database, workbook(Tal=rows), TOLD))
    assert [(start.month, came) for _, start, group, _, came, _ in found if group == "basic school"] == [
        *((1, 10), (2, 11), (3, 12)),
    ]


@pytest.mark.parametrize("title", ["Andel deltagere i pct.", "Procentfordeling", "Deltagere i 1.000", "Osuus, %"])
def test_percentages_and_thousands_are_not_taken_for_counts(database: Database, title: str) -> None:
    rows: Rows = [[title], ["År", LOW, SHORT], [2022, 10, 20], [2023, 11, 21]]
    content = workbook(Tal=rows)
    assert "numbers_scaled" in checks(prepared(database, content, TOLD))
    assert len(counted(prepared(database, content, TOLD, {"numbers_scaled": "counts"}))) == 4


def test_a_header_of_percentages_makes_counts_of_the_numbers(database: Database) -> None:
    rows: Rows = [
        ["Kommune", "Tilbud", "Periode", "Uddannelse", "Inviteret", "Deltaget i pct.", "Gennemført (%)"],
        ["Randers", "Rygestop", "2022", LOW, 40, 50, 25],
        ["Randers", "Rygestop", "2022", SHORT, 60, 50, 40],
    ]
    found = counted(prepared(database, workbook(Tal=rows), answers={"percent_of": "invited"}))
    assert [row[3:] for row in found] == [(40, 20, 10), (60, 30, 24)]


def test_a_percentage_beside_its_count_is_left_out(database: Database) -> None:
    rows: Rows = [
        ["Kommune", "Tilbud", "Periode", "Uddannelse", "Deltaget", "Deltaget %"],
        ["Randers", "Rygestop", "2022", LOW, 40, 50],
    ]
    assert [row[3:] for row in counted(prepared(database, workbook(Tal=rows)))] == [(None, 40, None)]


@pytest.mark.parametrize("label", ["2023*", "2023 1)", "2023 (foreløbig)"])
def test_a_remark_on_a_period_is_no_part_of_it(database: Database, label: str) -> None:
    rows: Rows = [["År", LOW, SHORT], [2022, 10, 20], [label, 11, 21]]
    assert participants(counted(prepared(database, workbook(Tal=rows), TOLD)))[2023, "short education"] == 21


@pytest.mark.parametrize("title", ["Opgjort januar 2024", "Tal pr. 31. december 2024", "Udtrukket 2024"])
def test_the_day_of_the_export_is_no_period(database: Database, title: str) -> None:
    rows: Rows = [[title], ["Uddannelse", "Deltaget", "Gennemført"], [LOW, 20, 10], [SHORT, 30, 12]]
    assert "missing_constant" in checks(prepared(database, workbook(Tal=rows), WHERE))


def test_a_sheet_and_a_title_that_disagree_are_asked_about(database: Database) -> None:
    rows: Rows = [["Viborg Kommune"], ["Uddannelse", "Deltaget"], [LOW, 20], [SHORT, 30]]
    found = prepared(database, workbook(Randers=rows), {"offer": "Rygestop", "period": "2022"})
    assert [one.value for one in found[1].findings if one.check == "missing_constant"] == ["municipality"]


@pytest.mark.parametrize("key", ["Uddannelse", "Køn"])
def test_a_row_without_a_label_that_is_the_sum_of_others_is_asked_about(database: Database, key: str) -> None:
    names = [LOW, SHORT] if key == "Uddannelse" else ["Mand", "Kvinde"]
    rows: Rows = [[key, 2022, 2023], [names[0], 10, 11], [names[1], 20, 21], [None, 30, 32]]
    content = workbook(Tal=rows)
    assert "total_or_own" in checks(prepared(database, content, TOLD))
    assert len(counted(prepared(database, content, TOLD, {"total_or_own": "totals"}))) == 4


def register(*marks: list[str | None], first: dt.datetime = dt.datetime(2023, 3, 1)) -> bytes:
    days = [first + dt.timedelta(7 * number) for number in range(len(marks[0]))]
    rows = [[f"B{number}", LOW, *one] for number, one in enumerate(marks)]
    return workbook(Hold=[["Borger-id", "Uddannelse", *days], *rows])


def outcomes(database: Database, content: bytes) -> list[tuple[bool, str | None]]:
    courses = accounted(prepared(database, content, WHERE, RULE)).contents.courses
    assert courses is not None
    return [(row["completed"], row["outcome"]) for row in courses.to_pylist()]


def test_a_cancelled_session_was_not_held(database: Database) -> None:
    content = register(["X", "X", "aflyst", "X"], ["X", None, "aflyst", "X"], [None, "X", None, None])
    assert outcomes(database, content) == [(True, "completed"), (False, "dropped out"), (False, "dropped out")]


def test_sessions_to_come_are_not_held_yet(database: Database) -> None:
    first = dt.datetime.combine(dt.date.today(), dt.time()) - dt.timedelta(8)
    content = register(["X", "X", None, None], ["X", None, None, None], first=first)
    assert outcomes(database, content) == [(False, "running"), (False, "running")]


def test_a_row_that_sums_up_the_sessions_is_no_citizen(database: Database) -> None:
    days = [dt.datetime(2023, 3, day) for day in (1, 8, 15)]
    rows: Rows = [["Borger-id", "Uddannelse", *days], ["B1", LOW, "X", "X", "X"], ["Fremmødte i alt", None, 1, 1, 1]]
    assert outcomes(database, workbook(Hold=rows)) == [(True, "completed")]


def test_who_is_marked_as_absent_did_not_attend(database: Database) -> None:
    days = [dt.datetime(2023, 3, day) for day in (1, 8, 15, 22)]
    marks = {"B1": ["Ja", "Ja", "Ja", "Nej"], "B2": ["Ja", "Nej", "Nej", "Ja"], "B3": ["Nej"] * 4}
    headers = ["Kommune", "Tilbud", "Borger-id", "Dato", "Fremmøde", "Uddannelse"]
    rows = [
        ["Randers", "Rygestop", citizen, day, mark, LOW]
        for citizen, of_citizen in marks.items()
        for day, mark in zip(days, of_citizen, strict=True)
    ]
    found = accounted(prepared(database, workbook(Mødegange=[headers, *rows]), answers=RULE)).contents.courses
    assert found is not None
    assert [(row["participated"], row["completed"]) for row in found.to_pylist()] == [
        *((True, True), (True, False), (False, False)),
    ]


@pytest.mark.parametrize("across", [True, False], ids=["years across", "years down"])
def test_totals_without_groups_are_stored_when_that_is_the_answer(database: Database, across: bool) -> None:
    down: Rows = [["Kommune", "År", "Inviteret", "Deltaget"], ["Randers", 2022, 90, 40], ["Viborg", 2022, 80, 42]]
    wide: Rows = [["Kommune", 2022, None], [None, "Inviteret", "Deltaget"], ["Randers", 90, 40], ["Viborg", 80, 42]]
    content = workbook(Tal=wide if across else down)
    given = {"offer": "Rygestop"}
    asked = prepared(database, content, given)
    assert [one.check for one in asked[1].findings if one.check == "no_groups"] == ["no_groups"]
    stored = counted(prepared(database, content, given, {"no_groups": "totals"}))
    assert [(row[0], *row[2:]) for row in stored] == [
        ("Randers", "all citizens", 90, 40, None),
        ("Viborg", "all citizens", 80, 42, None),
    ]


def test_estimates_of_the_invited_are_rounded_when_that_is_the_answer(database: Database) -> None:
    headers = ["Kommune", "Tilbud", "Periode", "Uddannelse", "Inviteret", "Deltaget"]
    content = workbook(Tal=[headers, ["Randers", "Rygestop", "2022", LOW, 373002.78, 156995]])
    assert "invited_estimated" in checks(prepared(database, content))
    (row,) = counted(prepared(database, content, answers={"invited_estimated": "rounded"}))
    assert row[3:5] == (373003, 156995)


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_was_understood_is_handed_back_in_the_template(database: Database, language: str) -> None:
    rows: Rows = [
        ["Uddannelse", 2022, None, 2023, None],
        [None, "Deltaget", "Gennemført", "Deltaget", "Gennemført"],
        ["@andre", 20, 10, 22, 11],
        [LOW, 20, 10, 22, 11],
        [SHORT, 30, 15, 33, "mange"],
    ]
    first = prepared(database, workbook(Tal=rows), WHERE)[1]
    assert not first.faultless
    found = prepared(database, prefilled(first.understood, language))
    assert Counter(checks(found)) & Counter({"unknown_group": 1, "text_for_number": 1}) == Counter(
        {"unknown_group": 1, "text_for_number": 1}
    )
    mended = load_workbook(io.BytesIO(prefilled(first.understood, language)))
    page = mended["Optælling" if language == "da" else "Counts"]
    for cells in page.iter_rows(min_row=2):
        for cell in cells:
            cell.value = {"mange": 16, "@andre": LONG}.get(cell.value, cell.value)
    content = io.BytesIO()
    mended.save(content)
    stored = counted(prepared(database, content.getvalue()))
    assert sorted(row[4] for row in stored) == [20, 20, 22, 22, 30, 33]
    assert {(row[0], row[1].year) for row in stored} == {("Randers", 2022), ("Randers", 2023)}


@pytest.mark.parametrize(
    "rows",
    [
        [["Kommune", "2022", "2023"], ["Randers", 12.25, 13.5], ["Viborg", 11.1, 9.75]],
        [["Kommunekode", "Kommune", "Udgift pr. borger (kr.)"], [730, "Randers", 61250], [791, "Viborg", 60100]],
        [["Område", "Indeks"], ["Nord", 104], ["Syd", 98]],
        [["Area", "Mean age"], ["North", 61], ["South", 58]],
    ],
    ids=["decimals", "money", "an index", "a mean"],
)
def test_a_file_without_counts_is_told_so(database: Database, rows: Rows) -> None:
    assert checks(prepared(database, workbook(Data=rows)))[-1] == "only_indicators"


@pytest.mark.parametrize("header", ["Besøg", "Antal borgere", "Ventetid og antal"])
def test_a_file_with_counts_of_its_own_is_not_called_one_of_indicators(database: Database, header: str) -> None:
    found = prepared(database, workbook(Data=[["Område", header], ["Nord", 61], ["Syd", 58]]))
    assert "only_indicators" not in checks(found)


@pytest.mark.parametrize(
    "title",
    [
        *("Ikke gennemført", "Gennemført ikke", "Not completed", "Antal frafaldne før gennemført"),
        *("Manglende gennemført forløb", "Ikke-deltagere, inviteret", "Frafaldne deltagere", "Deltagere på venteliste"),
    ],
)
def test_a_title_that_says_something_else_of_a_stage_is_not_taken_for_it(database: Database, title: str) -> None:
    found = prepared(database, workbook(Tal=[[title], ["År", LOW, SHORT], [2022, 10, 20]]), WHERE)
    assert [one.value for one in found[1].findings if one.check == "missing_constant"] == ["stage"]


@pytest.mark.parametrize(
    "title", ["Rygestop siden 2019", "Tal fra før 2019", "Skabelon version 2021", "Sund By 2025 - rygestop"]
)
def test_a_year_that_bounds_or_names_something_is_no_period(database: Database, title: str) -> None:
    found = prepared(database, workbook(Tal=[[title], ["Uddannelse", "Deltaget"], [LOW, 10], [SHORT, 20]]), WHERE)
    assert [one.value for one in found[1].findings if one.check == "missing_constant"] == ["period"]


@pytest.mark.parametrize("title", ["Sammenligning med Viborg Kommune", "Kontakt: Anne Holm, Aarhus Kommune"])
def test_a_municipality_that_a_title_only_mentions_is_not_taken(database: Database, title: str) -> None:
    rows: Rows = [[title], ["Uddannelse", "Deltaget"], [LOW, 10], [SHORT, 20]]
    found = prepared(database, workbook(Tal=rows), {"offer": "Rygestop", "period": "2022"})
    assert [one.value for one in found[1].findings if one.check == "missing_constant"] == ["municipality"]


@pytest.mark.parametrize("beside", ["a column that is not read", "another word for the group"])
def test_rows_that_differ_in_the_file_are_not_repeated(database: Database, beside: str) -> None:
    headers = ["Kommune", "Tilbud", "År", "Uddannelse", "Deltaget", "Distrikt"]
    other = "Faglært" if beside == "another word for the group" else SHORT
    rows = [["Randers", "Rygestop", 2022, group, 12, place] for group, place in ((SHORT, "Nord"), (other, "Syd"))]
    found = prepared(database, workbook(Tal=[headers, *rows]))
    assert "count_twice" in checks(found)
    assert "row_twice" not in checks(found)


@pytest.mark.parametrize(
    ("unit", "parts"), [("Kvartal", ["1. kvt.", "2. kvt."]), ("Måned", [1, 2]), ("Måned", ["jan", "feb"])]
)
def test_a_year_and_its_part_in_two_columns_are_one_period(database: Database, unit: str, parts: list[object]) -> None:
    headers = ["Kommune", "Tilbud", "År", unit, "Uddannelse", "Deltaget"]
    rows = [["Randers", "Rygestop", 2022, part, LOW, 12] for part in parts]
    found = counted(prepared(database, workbook(Tal=[headers, *rows])))
    assert [row[1] for row in found] == [dt.date(2022, 1, 1), dt.date(2022, 4 if unit == "Kvartal" else 2, 1)]


@pytest.mark.parametrize("text", ["Pct.", "Indeks", "Udgift, kr.", "Gns. alder"])
@pytest.mark.parametrize("place", ["corner", "subheader", "title"])
def test_a_measure_in_any_header_is_asked_about(database: Database, text: str, place: str) -> None:
    corner = text if place == "corner" else "Uddannelse"
    rows: Rows = [
        [corner, 2022, 2023],
        *([[None, text, text]] if place == "subheader" else []),
        [LOW, 10, 11],
        [SHORT, 20, 21],
    ]
    content = workbook(Tal=[[text if place == "title" else "Rygestop"], *rows])
    assert "numbers_scaled" in checks(prepared(database, content, TOLD))


def test_who_came_to_half_of_the_sessions_so_far_has_not_completed_yet(database: Database) -> None:
    first = dt.datetime.combine(dt.date.today(), dt.time()) - dt.timedelta(8)
    content = register(["X", None, None, None], ["X", "X", None, None], first=first)
    courses = accounted(prepared(database, content, WHERE, {"completion_rule": "share:50"})).contents.courses
    assert courses is not None
    assert courses["outcome"].to_pylist() == ["running", "completed"]


def test_a_mark_that_can_mean_either_is_asked_about(database: Database) -> None:
    assert "attendance_mark" in checks(prepared(database, register(["F", "F", "A"], ["F", None, "F"]), WHERE, RULE))
    assert outcomes(database, register(["X", "X", "X"], ["F", "X", "F"])) == [
        (True, "completed"),
        (False, "dropped out"),
    ]


def test_one_column_of_numbers_is_enough(database: Database) -> None:
    found = counted(prepared(database, workbook(Tal=[["Køn", 2022], ["Mand", 10], ["Kvinde", 20]]), TOLD))
    assert [(row[2], row[4]) for row in found] == [("man", 10), ("woman", 20)]


def test_empty_cells_of_a_cross_table_are_told(database: Database) -> None:
    found = prepared(database, workbook(Tal=[["År", LOW, SHORT], [2022, None, 20], [2023, 11, 21]]), TOLD)
    assert [(one.letters, one.rows) for one in found[1].findings if one.check == "cells_empty"] == [("B", (2,))]


def test_rows_that_a_person_leaves_out_are_gone_before_stages_are_joined(database: Database) -> None:
    rows: Rows = [["Trin", LOW, SHORT], ["Inviteret", 40, 50], ["Deltaget", 20, 30], ["Deltagelsesrate", 50, 60]]
    reading = read(workbook(Tal=rows), "tal.xlsx")
    corrections = Corrections(constants={**WHERE, "period": "2022"}, left_out={"Tal": frozenset({4})})
    one = prepared_with(reading, load_reference_data(database), Decisions(None, corrections))
    assert one.faultless, [finding.check for finding in one.findings]
    assert all(account.balances for account in reconcile(reading, one, sums(one.contents)))


@pytest.mark.parametrize("label", ["Fremmødte", "Antal fremmødte", "I alt"])
def test_a_row_of_sums_that_are_all_0_or_1_is_no_citizen(database: Database, label: str) -> None:
    days = [dt.datetime(2023, 3, day) for day in (1, 8, 15)]
    rows: Rows = [["Borger-id", "Uddannelse", *days], ["B1", LOW, "X", None, "X"], [label, None, 1, 0, 1]]
    assert len(outcomes(database, workbook(Hold=rows))) == 1


def test_a_register_with_a_column_for_the_start_is_a_register(database: Database) -> None:
    days = [dt.datetime(2023, 3, day) for day in (1, 8, 15)]
    headers = ["Kommune", "Tilbud", "Borger-id", "Startet", "Uddannelse", *days]
    rows = [
        ["Randers", "Rygestop", citizen, days[0], LOW, *marks]
        for citizen, marks in (("B1", ["X", "X", "X"]), ("B2", [None, None, None]))
    ]
    courses = accounted(prepared(database, workbook(Hold=[headers, *rows]), answers=RULE)).contents.courses
    assert courses is not None
    assert courses["completed"].to_pylist() == [True, False]
    assert courses["participated"].to_pylist() == [True, False]


def test_a_total_among_totals_without_groups_is_left_out(database: Database) -> None:
    rows: Rows = [["Tilbud", "Inviteret", "Deltaget"], ["Rygestop", 10, 5], ["Kost", 20, 9], ["Alle tilbud", 30, 14]]
    given = {"municipality": "Randers", "period": "2022"}
    assert [row[3] for row in counted(prepared(database, workbook(Tal=rows), given, {"no_groups": "totals"}))] == [
        10,
        20,
    ]


def test_a_row_of_numbers_without_labels_is_their_sum_or_an_error(database: Database) -> None:
    headers = ["Kommune", "Tilbud", "Periode", "Dimension", "Gruppe", "Inviteret", "Deltaget", "Gennemført"]
    groups = {"Kvinde": (40, 30, 20), "Mand": (30, 20, 10)}
    rows = [["Randers", "Rygestop", "2015-03", "Køn", group, *numbers] for group, numbers in groups.items()]
    summed = prepared(database, workbook(Ark1=[headers, *rows, [*[None] * 5, 70, 50, 30]]))
    assert summed[1].faultless
    assert len(counted(summed)) == 2
    assert not prepared(database, workbook(Ark1=[headers, *rows, [*[None] * 5, 70, 51, 30]]))[1].faultless


def test_a_sheet_of_totals_beside_sheets_of_groups_is_left_out(database: Database) -> None:
    def sheet(*numbers: int) -> Rows:
        headers = ["Kommune", "Tilbud", "År", "Uddannelse", "Inviteret", "Deltaget", "Gennemført"]
        return [headers, ["Randers", "Rygestop", 2022, "Grundskole", *numbers]]

    parts = {"Mænd": sheet(40, 20, 10), "Kvinder": sheet(40, 25, 15)}
    whole = prepared(database, workbook(**{"I alt": sheet(80, 45, 25), **parts}))
    accounted(whole)
    assert whole[1].faultless
    assert whole[1].contents.counts is not None
    assert sorted(whole[1].contents.counts["participated"].to_pylist()) == [20, 25]
    other = workbook(**{"I alt": sheet(80, 44, 25), **parts})
    assert not prepared(database, other)[1].faultless
