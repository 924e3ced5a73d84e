"""Texts around a table that say whose or which numbers these are: read, asked about or reported, never passed over."""

import datetime as dt

import pytest

from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, checks, counted, prepared, workbook

LOW, SHORT = "Grundskole", "Kort uddannelse"
HEADERS = ["Uddannelse", "Inviteret", "Deltaget", "Gennemført"]
COUNTS: Rows = [[LOW, 100, 40, 20], [SHORT, 80, 50, 30]]
FILTERS: Rows = [["Kommune", "Viborg"], ["Tilbud", "Rygestop"]]
WHERE = {"municipality": "Viborg", "offer": "Rygestop", "period": "2023"}


def below(*filters: list[str]) -> bytes:
    return workbook(Ark1=[*FILTERS, *filters, [], HEADERS, *COUNTS])


@pytest.mark.parametrize(
    ("filters", "first", "last"),
    [
        ([["Periode", "2023"], ["Måned", "marts"]], dt.date(2023, 3, 1), dt.date(2023, 4, 1)),
        ([["Måned", "marts"], ["År", "2023"]], dt.date(2023, 3, 1), dt.date(2023, 4, 1)),
        ([["År", "2023"], ["Kvartal", "2"]], dt.date(2023, 4, 1), dt.date(2023, 7, 1)),
        ([["År", "2023"], ["Kvartal", "K2"]], dt.date(2023, 4, 1), dt.date(2023, 7, 1)),
        ([["Udskrevet", "marts 2024"], ["Periode", "2023"]], dt.date(2023, 1, 1), dt.date(2024, 1, 1)),
    ],
)
def test_a_part_of_a_year_above_a_table_is_the_period(
    database: Database, filters: list[list[str]], first: dt.date, last: dt.date
) -> None:
    _, one = prepared(database, below(*filters))
    assert one.faultless and one.contents.counts is not None
    found = {(row["period_start"], row["period_end"]) for row in one.contents.counts.to_pylist()}
    assert found == {(first, last)}


@pytest.mark.parametrize(
    ("filter_", "check"),
    [
        (["Køn", "Kvinde"], "group_in_title"),
        (["Alder", "65+"], "group_in_title"),
        (["Filter", "Køn = Kvinde"], "group_in_title"),
        (["Køn", "(Flere elementer)"], "group_in_title"),
        (["Akkumuleret", "Ja"], "said_cumulated"),
        (["Enhed", "Pct."], "numbers_scaled"),
        (["Afdeling", "Nord"], "filter_above"),
        (["Køn", "(Alle)"], ""),
        (["Enhed", "Antal"], ""),
    ],
)
def test_a_filter_above_a_table_is_not_passed_over(database: Database, filter_: list[str], check: str) -> None:
    expected = {"group_in_title", "said_cumulated", "numbers_scaled", "filter_above"}
    found = {*checks(prepared(database, below(["Periode", "2023"], filter_)))} & expected
    assert found == ({check} if check else set())


@pytest.mark.parametrize(
    "title",
    [
        *("Utskrift mars 2024", "Møde i Sundhedsudvalget 12. marts 2024", "Bilag 3, marts 2024", "Revideret 2024"),
        *("12-01-2024", "Fra og med august 2023", "Deadline 1. kvartal 2024", "Version 2 - rettet marts 2024"),
    ],
)
def test_a_date_of_the_report_is_not_the_period(database: Database, title: str) -> None:
    given = {"municipality": "Viborg", "offer": "Rygestop"}
    one = prepared(database, workbook(Ark1=[[title], [], HEADERS, *COUNTS]), given)[1]
    assert [found.value for found in one.findings if found.check == "missing_constant"] == ["period"]


@pytest.mark.parametrize(
    "title",
    [
        *(
            "2022 til og med juni",
            "2022 t.o.m. juni",
            "Rygestop, forår 2022",
            "Sommeren 2022",
            "Vinter 2022",
            "HT 2022",
        ),
        *("Kevät 2022", "Kesällä 2022", "Våren 2022", "Summer 2022", "1. semester 2022", "Primo 2022"),
        *(
            "Ultimo 2022",
            "Juni: deltagere i alle kommunens tilbud 2022",
            "Tertial 2 for alle i kommunen 2022",
            "Sæsonen 2022",
        ),
    ],
)
def test_a_part_of_a_year_in_a_title_is_not_the_whole_year(database: Database, title: str) -> None:
    given = {"municipality": "Viborg", "offer": "Rygestop"}
    one = prepared(database, workbook(Ark1=[[title], [], HEADERS, *COUNTS]), given)[1]
    assert [found.value for found in one.findings if found.check == "missing_constant"] == ["period"]


@pytest.mark.parametrize("title", ["Data for 2022", "Rygestop i Viborg, 2022", "2022"])
def test_a_whole_year_in_a_title_is_the_period(database: Database, title: str) -> None:
    given = {"municipality": "Viborg", "offer": "Rygestop"}
    found = counted(prepared(database, workbook(Ark1=[[title], [], HEADERS, *COUNTS]), given))
    assert {row[1] for row in found} == {dt.date(2022, 1, 1)}


@pytest.mark.parametrize(
    "title",
    [
        *("Borgere på 65 år og derover", "Etniske minoriteter", "Kun borgere med anden etnisk baggrund"),
        *("Kun gennemførte forløb", "Deltagere, ledige", "Venteliste"),
    ],
)
def test_a_title_of_some_citizens_is_refused(database: Database, title: str) -> None:
    found = prepared(database, workbook(Ark1=[[title], [], HEADERS, *COUNTS]), WHERE)
    assert "group_in_title" in checks(found)


@pytest.mark.parametrize("name", ["Førtidspensionister", "Ledige", "Mænd"])
def test_a_file_of_one_group_is_asked_about(database: Database, name: str) -> None:
    assert "one_group_only" in checks(prepared(database, workbook(**{name: [HEADERS, *COUNTS]}), WHERE))
    assert len(counted(prepared(database, workbook(**{name: [HEADERS, *COUNTS]}), WHERE, {"one_group_only": "stored"})))


@pytest.mark.parametrize(
    ("title", "is_stage"),
    [
        *(("Deltagere", True), ("Antal deltagere fordelt på uddannelse", True), ("Rygestop - deltagere", True)),
        *(("Afmeldte deltagere", False), ("Deltagere pr. hold", False), ("Ledsagere til deltagere", False)),
        *(("Deltagere eller pårørende", False), ("Tidligere deltagere", False)),
    ],
)
def test_only_a_plain_word_in_a_title_is_the_stage(database: Database, title: str, *, is_stage: bool) -> None:
    rows: Rows = [[title], [], ["Uddannelse", "2022", "2023"], [LOW, 40, 50], [SHORT, 60, 70]]
    one = prepared(database, workbook(Ark1=rows), {"municipality": "Viborg", "offer": "Rygestop"})[1]
    assert one.faultless == is_stage


def test_a_given_value_that_the_title_contradicts_is_reported(database: Database) -> None:
    content = workbook(Ark1=[["Randers Kommune, rygestop 2022"], [], HEADERS, *COUNTS])
    one = prepared(database, content, WHERE)[1]
    said = [(found.value, found.values["said"]) for found in one.findings if found.check == "constant_differs"]
    assert said == [("Viborg", "Randers"), ("2023", "2022")]


@pytest.mark.parametrize(
    ("title", "name", "said"),
    [
        *(("Viborg Kommune", "Ark1", "Viborg"), ("Opgørelse for 2021", "Ark1", "2021"), ("Rygestop", "2021", "2021")),
        *(("Skoleåret 2020/21", "Ark1", "Skoleåret 2020/21"), ("Rygestop", "Viborg", "Viborg")),
        *(("Randers Kommune", "2022", ""), ("Opgørelse for 2022", "Randers", ""), ("Skoleåret 2021/22", "Ark1", "")),
    ],
)
def test_a_column_that_the_title_contradicts_is_reported(database: Database, title: str, name: str, said: str) -> None:
    rows: Rows = [
        [title],
        ["Kommune", "Tilbud", "År", *HEADERS],
        *(["Randers", "Rygestop", 2022, *one] for one in COUNTS),
    ]
    one = prepared(database, workbook(**{name: rows}))[1]
    assert one.faultless
    assert [found.values["said"] for found in one.findings if found.check == "constant_differs"] == [said] * bool(said)


def test_a_title_of_one_of_the_municipalities_of_a_column_is_no_contradiction(database: Database) -> None:
    rows: Rows = [["Viborg Kommune, 2022"], ["Kommune", "Tilbud", "År", *HEADERS]]
    rows = [*rows, *([place, "Rygestop", 2022, *one] for place in ("Randers", "Viborg") for one in COUNTS)]
    assert "constant_differs" not in checks(prepared(database, workbook(Ark1=rows)))


@pytest.mark.parametrize(
    ("title", "stage", "differs"),
    [
        *(("Inviterede til rygestop 2022", "participated", True), ("Inviterede til rygestop 2022", "invited", False)),
        *(("Inviterede og deltagere 2022", "participated", False), ("Ikke inviterede 2022", "participated", False)),
    ],
)
def test_a_given_stage_that_the_title_contradicts_is_reported(
    database: Database, title: str, stage: str, *, differs: bool
) -> None:
    rows: Rows = [[title], [], ["Kommune", "Mænd", "Kvinder"], ["Randers", 40, 60], ["Viborg", 80, 120]]
    given = {"offer": "Rygestop", "period": "2022", "stage": stage}
    found = prepared(database, workbook(Ark1=rows), given)
    assert ("constant_differs" in checks(found)) == differs


def test_quarters_as_names_of_sheets_take_the_given_year(database: Database) -> None:
    sheets = {"1. kvartal": [HEADERS, [LOW, 30, 15, 7]], "2. kvartal": [HEADERS, [LOW, 70, 25, 13]]}
    stored = counted(prepared(database, workbook(**sheets), WHERE))
    assert [(row[1].month, row[3]) for row in stored] == [(1, 30), (4, 70)]
    whole = workbook(**sheets, **{"Hele året": [HEADERS, [LOW, 100, 40, 20]]})
    assert counted(prepared(database, whole, WHERE)) == stored
    other = workbook(**sheets, **{"Hele året": [HEADERS, [LOW, 101, 40, 20]]})
    assert "periods_cross" in checks(prepared(database, other, WHERE))


def test_a_sheet_of_all_offers_is_no_offer(database: Database) -> None:
    sheets = {"Rygestop": [HEADERS, *COUNTS], "Alle tilbud": [HEADERS, *COUNTS]}
    one = prepared(database, workbook(**sheets), {**WHERE, "offer": "@sheet"})[1]
    assert one.contents.counts is not None
    assert {*one.contents.counts["offer"].to_pylist()} == {"Rygestop"}


@pytest.mark.parametrize("blank", [None, "-", "Alle", "I alt"])
def test_rows_with_a_group_of_one_dimension_are_counts_by_that_dimension(database: Database, blank: str | None) -> None:
    headers = ["Køn", "Uddannelse", "Inviteret", "Deltaget", "Gennemført"]
    rows: Rows = [["Mand", blank, 70, 40, 20], ["Kvinde", blank, 110, 50, 30]]
    rows += [[blank, LOW, 100, 40, 20], [blank, SHORT, 80, 50, 30], [blank, blank, 180, 90, 50]]
    for ordered in (rows, [*rows[2:4], *rows[:2]]):
        one = prepared(database, workbook(Ark1=[headers, *ordered]), WHERE)[1]
        assert one.faultless and one.contents.counts is not None
        found = {(row["dimension"], row["group"]): row["invited"] for row in one.contents.counts.to_pylist()}
        assert found == {
            **{("sex", "man"): 70, ("sex", "woman"): 110},
            **{("education", "basic school"): 100, ("education", "short education"): 80},
        }


def test_a_second_series_of_sessions_is_a_course_of_its_own_if_the_user_says_so(database: Database) -> None:
    days = [dt.datetime(year, 1, day) for year in (2022, 2023) for day in (3, 10, 17, 24)]
    rows: Rows = [["Kommune", "Tilbud", "Borger-id", "Uddannelse", "Mødedato"]]
    rows += [["Viborg", "KOL", f"b{one}", LOW, day] for one in range(3) for day in (days if one else days[:5])]
    answers = {"citizen_repeats": "attendances", "completion_rule": "share:75"}
    assert "sessions_apart" in checks(prepared(database, workbook(Ark1=rows), None, answers))
    for answer, completed in (("one", [False, True, True]), ("courses", [True, True, True, False, True, True])):
        one = prepared(database, workbook(Ark1=rows), None, {**answers, "sessions_apart": answer})[1]
        assert one.contents.courses is not None
        courses = sorted(one.contents.courses.to_pylist(), key=lambda row: (row["started_on"], row["citizen"]))
        assert [row["completed"] for row in courses] == completed


def test_several_offers_in_a_filter_are_no_offer(database: Database) -> None:
    rows: Rows = [["Tilbud", "(Flere elementer)"], ["Kommune", "(Alle)"], ["Periode", "2023"], [], HEADERS, *COUNTS]
    one = prepared(database, workbook(Ark1=rows))[1]
    assert {found.value for found in one.findings if found.check == "missing_constant"} == {"municipality", "offer"}


def test_a_quote_sign_before_a_label_is_not_a_part_of_it(database: Database) -> None:
    rows: Rows = [["Alder", "Inviteret", "Deltaget", "Gennemført"], ["'25-34", 100, 40, 20], ["'35-44", 80, 50, 30]]
    assert [row[2] for row in counted(prepared(database, workbook(Ark1=rows), WHERE))] == ["25-34", "35-44"]


@pytest.mark.parametrize("title", ["Afbrudte forløb", "Completed courses", "Gennemførte"])
def test_a_list_of_courses_with_one_outcome_is_named(database: Database, title: str) -> None:
    headers = ["Borger-id", "Kommune", "Tilbud", "Startet", "Udfald"]
    courses = [[f"b-{number}", "Randers", "Rygestop", "2023-01-09", "Frafaldet"] for number in range(3)]
    found = prepared(database, workbook(Ark=[[title], [], headers, *courses]), answers={"no_groups": "totals"})
    assert title in [one.value for one in found[1].findings if one.check == "remark"]
