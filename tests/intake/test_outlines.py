"""Row labels of several kinds in one column, as pivot tables and reports write them: what is stored of each row."""

import datetime as dt
from typing import Any

import pytest

from analysis.intake.fix.corrections import Corrections
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions, prepared_with
from analysis.intake.read_file import read
from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, accounted, checks, counted, prepared, workbook

LOW, SHORT = "Grundskole", "Kort uddannelse"
WHERE = {"municipality": "Randers", "offer": "Rygestop"}
TOLD = {**WHERE, "stage": "participated"}
YEARS = ["", "2021", "2022"]


def stored(database: Database, rows: Rows, given: dict[str, str]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Return participated and completed by municipality, year and group."""
    found = prepared(database, workbook(Ark1=rows), given)
    numbers = {(place, start.year, group): (came, done) for place, start, group, _, came, done in counted(found)}
    assert "labels_of_kinds" in checks(found)
    return numbers


def came(numbers: dict[tuple[Any, ...], tuple[Any, ...]]) -> dict[tuple[Any, ...], int]:
    return {key: number for key, (number, _) in numbers.items()}


def test_municipalities_stand_above_their_groups(database: Database) -> None:
    rows: Rows = [["Uddannelse", *YEARS[1:]], ["Randers"], [LOW, 10, 11], [SHORT, 12, 13], ["Viborg"], [LOW, 20, 21]]
    assert came(stored(database, rows, {"offer": "Rygestop", "stage": "participated"})) == {
        ("Randers", 2021, "basic school"): 10,
        ("Randers", 2022, "basic school"): 11,
        ("Randers", 2021, "short education"): 12,
        ("Randers", 2022, "short education"): 13,
        ("Viborg", 2021, "basic school"): 20,
        ("Viborg", 2022, "basic school"): 21,
    }


def test_a_total_of_each_place_and_one_of_all_are_left_out(database: Database) -> None:
    randers: Rows = [["Randers"], [LOW, 6, 3], [SHORT, 8, 3], ["I alt", 14, 6]]
    viborg: Rows = [["Viborg"], [LOW, 9, 4], [SHORT, 10, 5], ["I alt", 19, 9]]
    rows: Rows = [["", "Deltaget", "Gennemført"], *randers, *viborg, ["Hele regionen", 33, 15]]
    found = prepared(database, workbook(Ark1=rows), {"offer": "Rygestop", "period": "2022"})
    assert [(row[0], row[4], row[5]) for row in counted(found)] == [
        *(("Randers", 6, 3), ("Randers", 8, 3), ("Viborg", 9, 4), ("Viborg", 10, 5)),
    ]
    assert "totals_differ" not in checks(found)


@pytest.mark.parametrize("last", [21, 22], ids=["right sum", "wrong sum"])
def test_a_pivot_table_has_the_sums_of_places_and_years_above_their_groups(database: Database, last: int) -> None:
    randers: Rows = [["Randers", 30], ["2021", 14], [LOW, 6], [SHORT, 8], ["2022", 16], [LOW, 7], [SHORT, 9]]
    viborg: Rows = [["Viborg", 40], ["2021", 19], [LOW, 9], [SHORT, 10], ["2022", last], [LOW, 10], [SHORT, 11]]
    rows: Rows = [["Rækkenavne", "Sum af Deltaget"], *randers, *viborg, ["Hovedtotal", 70]]
    found = prepared(database, workbook(Ark1=rows), {"offer": "Rygestop"})
    by_year = {(row[0], row[1].year, row[2]): row[4] for row in counted(found)}
    assert by_year["Randers", 2022, "basic school"] == 7 and by_year["Viborg", 2021, "short education"] == 10
    assert sum(by_year.values()) == 70 and len(by_year) == 8
    assert ("totals_differ" in checks(found)) == (last == 22)


def test_offers_stand_above_their_groups_if_their_numbers_are_the_sums(database: Database) -> None:
    given = {"municipality": "Randers", "stage": "participated", "period": "2021"}
    rows: Rows = [["Rækkenavne", "Antal af Borger-id"], ["Rygestop", 14], [LOW, 6], [SHORT, 8], ["KOL", 16], [LOW, 16]]
    _, one = found = prepared(database, workbook(Ark1=rows), given)
    counted(found)
    assert one.contents.counts is not None
    assert [(row["offer"], row["participated"]) for row in one.contents.counts.to_pylist()] == [
        *(("Rygestop", 6), ("Rygestop", 8), ("KOL", 16)),
    ]
    rows = [["Rækkenavne", "Antal af Borger-id"], ["Rygestop", 15], [LOW, 6], [SHORT, 8], ["KOL", 16], [LOW, 16]]
    assert not prepared(database, workbook(Ark1=rows), given)[1].faultless


def test_sex_stands_above_education_and_both_are_stored(database: Database) -> None:
    rows: Rows = [YEARS, ["Mænd", 14, 4], [LOW, 6, 1], [SHORT, 8, 3], ["Kvinder", 16, 6], [LOW, 7, 2], [SHORT, 9, 4]]
    _, one = prepared(database, workbook(Ark1=rows), TOLD)
    assert one.faultless and one.contents.counts is not None
    of_2021 = [row for row in one.contents.counts.to_pylist() if row["period_start"] == dt.date(2021, 1, 1)]
    sums = {group: sum(row["participated"] for row in of_2021 if row["group"] == group) for group in _groups(of_2021)}
    assert sums == {"man": 14, "woman": 16} or sums == {"basic school": 13, "short education": 17}


def _groups(rows: list[dict[str, Any]]) -> set[str]:
    return {row["group"] for row in rows}


@pytest.mark.parametrize("headings", [True, False])
def test_groups_of_several_dimensions_stand_below_each_other(database: Database, headings: bool) -> None:
    of_sex: Rows = [["Mænd", 10, 11], ["Kvinder", 12, 13]]
    of_education: Rows = [[LOW, 9, 10], [SHORT, 13, 14]]
    heads: list[Rows] = [[["Køn"]], [["Uddannelse"]]] if headings else [[], []]
    numbers = came(stored(database, [YEARS, *heads[0], *of_sex, *heads[1], *of_education], TOLD))
    assert {group: number for (_, year, group), number in numbers.items() if year == 2021} == {
        **{"man": 10, "woman": 12},
        **{"basic school": 9, "short education": 13},
    }


def test_one_label_names_sex_and_age(database: Database) -> None:
    labels = ["Mænd 16-24 år", "Mænd, 25-34 år", "Kvinder 16-24 år", "Kvinder (25-34 år)"]
    down: Rows = [["Gruppe", "2021"], *([label, 10 + at] for at, label in enumerate(labels)), ["I alt", 46]]
    across: Rows = [["År", *labels], ["2021", 10, 11, 12, 13]]
    for rows in (down, across):
        _, one = prepared(database, workbook(Ark1=rows), TOLD)
        assert one.faultless, [finding.check for finding in one.findings]
        assert {table.columns.keys() >= {"sex", "age"} for table in one.tables} == {True}
        assert one.contents.counts is not None
        assert sorted(row["participated"] for row in one.contents.counts.to_pylist()) == [10, 11, 12, 13]


def test_each_sheet_or_table_has_the_name_of_its_group(database: Database) -> None:
    headers = ["År", "Deltaget", "Gennemført"]
    first, second = [[2022, 10, 5], [2023, 11, 6]], [[2022, 20, 5], [2023, 21, 6]]
    sheets = workbook(**{LOW: [headers, *first], SHORT: [headers, *second]})
    titles = workbook(Ark1=[[LOW], headers, *first, [], [f"Uddannelse: {SHORT}"], headers, *second])
    for content in (sheets, titles):
        numbers = {(row[1].year, row[2]): row[4] for row in counted(prepared(database, content, WHERE))}
        assert numbers == {
            **{(2022, "basic school"): 10, (2023, "basic school"): 11},
            **{(2022, "short education"): 20, (2023, "short education"): 21},
        }


def test_a_sheet_of_men_beside_one_of_women_is_no_second_count_of_everybody(database: Database) -> None:
    rows: Rows = [["Uddannelse", *YEARS[1:]], [LOW, 10, 5], [SHORT, 11, 6]]
    _, one = prepared(database, workbook(Mænd=rows, Kvinder=rows), TOLD)
    assert one.faultless, [finding.check for finding in one.findings]
    assert all({"sex", "education"} <= table.columns.keys() for table in one.tables)


def test_marks_of_footnotes_are_no_part_of_a_group(database: Database) -> None:
    rows: Rows = [
        ["Uddannelse", *YEARS[1:]],
        ["Grundskole*", 10, 5],
        ["Kort uddannelse1)", 11, 6],
        ["Ikke oplyst²", 1, 2],
    ]
    numbers = [(row[2], row[4]) for row in counted(prepared(database, workbook(Ark1=rows), TOLD))]
    assert sorted(numbers[:3]) == [("basic school", 10), ("missing", 1), ("short education", 11)]


def test_age_bands_that_are_new_are_asked_about_as_groups_of_age(database: Database) -> None:
    for labels in (["18-29 år", "30-49 år", "50+"], ["under 30 år", "30 til 49 år", "50 år og derover"]):
        rows: Rows = [["", "2021", "2022"], *([label, 10, 11] for label in labels)]
        _, one = found = prepared(database, workbook(Ark1=rows), TOLD)
        assert checks(found).count("unknown_group") == 3
        assert {table.columns["dimension"].values[0] for table in one.tables} == {"age"}


@pytest.mark.parametrize(
    ("header", "stage"), [("Inviteret (estimeret)", "invited"), ("Deltaget (antal)", "participated")]
)
def test_words_beside_a_stage_do_not_change_it(database: Database, header: str, stage: str) -> None:
    others = [text for text in ("Inviteret", "Deltaget") if not header.startswith(text)]
    rows: Rows = [["Uddannelse", "År", header, *others, "Gennemført (n)"], [LOW, 2022, 20, 20, 5]]
    _, one = prepared(database, workbook(Ark1=rows), WHERE)
    assert one.faultless, [finding.check for finding in one.findings]
    assert [table.headers[stage] for table in one.tables] == [header]


def test_a_year_that_stands_once_holds_for_its_quarters(database: Database) -> None:
    headers = ["År", "Kvartal", "Uddannelse", "Deltaget"]
    rows: Rows = [[2022, "1. kvartal", LOW, 10], [None, "2. kvartal", LOW, 12], [2023, "1. kvartal", LOW, 14]]
    found = prepared(database, workbook(Ark1=[headers, *rows]), WHERE)
    assert [(row[1], row[4]) for row in counted(found)] == [
        *((dt.date(2022, 1, 1), 10), (dt.date(2022, 4, 1), 12), (dt.date(2023, 1, 1), 14)),
    ]
    assert "labels_once" in checks(found)


def test_the_shortest_of_year_quarter_and_month_is_the_period(database: Database) -> None:
    headers = ["År", "Kvartal", "Måned", "Uddannelse", "Deltaget"]
    rows: Rows = [[2022, 1, "jan", LOW, 10], [2022, 1, "feb", LOW, 12]]
    found = counted(prepared(database, workbook(Ark1=[headers, *rows]), WHERE))
    assert [row[1] for row in found] == [dt.date(2022, 1, 1), dt.date(2022, 2, 1)]


@pytest.mark.parametrize("on_a_sheet", [True, False], ids=["sheets", "titles"])
def test_a_table_of_totals_beside_those_of_municipalities_is_left_out(database: Database, on_a_sheet: bool) -> None:
    tables: dict[str, Rows] = {
        place: [["Uddannelse", "2021"], [LOW, low], [SHORT, short]]
        for place, low, short in (("Randers", 10, 11), ("Viborg", 12, 13), ("I alt", 22, 24))
    }
    stacked = [row for place, rows in tables.items() for row in ([place], *rows, [])]
    content = workbook(**tables) if on_a_sheet else workbook(Ark1=stacked)
    found = prepared(database, content, {"offer": "Rygestop", "stage": "participated"})
    assert [(row[0], row[4]) for row in counted(found)] == [
        *(("Randers", 10), ("Randers", 11), ("Viborg", 12), ("Viborg", 13)),
    ]
    assert "table_of_totals" in checks(found) and "table_unread" not in checks(found)


@pytest.mark.parametrize(("men", "women"), [(15, 15), (45, 50)])
def test_the_sums_of_a_sheet_of_totals_are_compared(database: Database, men: int, women: int) -> None:
    headers = ["Kommune", "Tilbud", "År", "Inviteret", "Deltog"]
    tables: dict[str, Rows] = {
        sheet: [headers, ["Randers", "Rygestop", 2021, invited, 10], ["I alt", None, None, invited, 10]]
        for sheet, invited in (("I alt", 95), ("Mænd", men), ("Kvinder", women))
    }
    found = prepared(database, workbook(**tables))
    assert [row[3] for row in counted(found)] == [men, women]
    differ = [one.values["stated"] for one in found[1].findings if one.check == "table_of_totals_differs"]
    assert differ == ([] if men + women == 95 else [95])


def test_counts_and_percentages_below_each_stage_are_told_apart(database: Database) -> None:
    headers: Rows = [["Uddannelse", "Deltaget", None, "Gennemført", None], [None, "Antal", "Pct.", "Antal", "Pct."]]
    rows: Rows = [[LOW, 20, "50%", 10, "50%"], [SHORT, 40, "50%", 20, "50%"]]
    found = prepared(database, workbook(Ark1=[*headers, *rows]), {**WHERE, "period": "2021"})
    assert [(row[2], row[4], row[5]) for row in counted(found)] == [
        ("basic school", 20, 10),
        ("short education", 40, 20),
    ]


def test_men_beside_everybody_would_count_twice(database: Database) -> None:
    men: Rows = [["Uddannelse", "2021"], [LOW, 10], [SHORT, 11]]
    everybody: Rows = [["Uddannelse", "2021"], [LOW, 20], [SHORT, 22]]
    found = prepared(database, workbook(Mænd=men, Alle=everybody), TOLD)
    assert "counted_again_crossed" in checks(found) and not found[1].faultless


def test_a_remark_above_the_rows_is_asked_about_and_can_be_left_out(database: Database) -> None:
    rows: Rows = [["Uddannelse", *YEARS[1:]], ["Tallene er foreløbige"], [LOW, 10, 11], [SHORT, 12, 13]]
    content = workbook(Ark1=rows)
    assert checks(prepared(database, content, TOLD)) == ["heading_unclear"]
    reading = read(content, "file.xlsx")
    left_out = Corrections(left_out={"Ark1": frozenset({2})}, constants=TOLD)
    one = prepared_with(reading, load_reference_data(database), Decisions(None, left_out))
    assert len(accounted((reading, one)).tables[0].rows) == 4


@pytest.mark.parametrize("headers", [["Uddannelse"], ["Dimension", "Gruppe"]])
def test_a_table_of_the_format_on_a_sheet_of_men_is_no_count_of_everybody(
    database: Database, headers: list[str]
) -> None:
    labels = [LOW] if len(headers) == 1 else ["Uddannelse", LOW]
    rows: Rows = [["Periode", *headers, "Inviteret", "Deltaget", "Gennemført"], ["2021", *labels, 20, 10, 5]]
    found = prepared(database, workbook(Mænd=rows), WHERE)
    _, one = prepared(database, workbook(Mænd=rows), WHERE, {"one_group_only": "stored"})
    if len(headers) == 1:
        assert "one_group_only" in checks(found)
        assert one.faultless and {"sex", "education"} <= one.tables[0].columns.keys()
    else:
        assert [finding.check for finding in one.findings] == ["group_in_title"]


def test_a_pivot_of_offers_and_groups_by_status_with_its_filters_above(database: Database) -> None:
    filters: Rows = [["Kommune", "Randers"], ["År", "2024"], [], ["Antal af Løbenummer", "Kolonnenavne"]]
    headers: Rows = [["Rækkenavne", "Henvist", "Startet", "Gennemført", "Hovedtotal"]]
    first: Rows = [["Rygestop", 40, 30, 20, 90], [f"  {LOW}", 20, 14, 8, 42], [f"  {SHORT}", 20, 16, 12, 48]]
    second: Rows = [["KOL-hold", 30, 20, 10, 60], [f"  {LOW}", 16, 10, 4, 30], [f"  {SHORT}", 14, 10, 6, 30]]
    rows: Rows = [*filters, *headers, *first, *second, ["Hovedtotal", 70, 50, 30, 150]]
    _, one = found = prepared(database, workbook(Ark1=rows))
    assert [row[2:] for row in counted(found)] == [
        *(("basic school", 20, 14, 8), ("short education", 20, 16, 12)),
        *(("basic school", 16, 10, 4), ("short education", 14, 10, 6)),
    ]
    assert one.contents.counts is not None
    assert {row["offer"] for row in one.contents.counts.to_pylist()} == {"Rygestop", "KOL-hold"}


@pytest.mark.parametrize("has_sums", [True, False], ids=["pivot table", "headings"])
def test_years_stand_above_their_months(database: Database, has_sums: bool) -> None:
    above: Rows = [["2022", 9, 11], ["2023", 13, 15]] if has_sums else [["2022"], ["2023"]]
    rows: Rows = [
        ["Rækkenavne", LOW, SHORT],
        above[0],
        ["jan", 4, 5],
        ["feb", 5, 6],
        above[1],
        ["jan", 6, 7],
        ["feb", 7, 8],
    ]
    found = counted(prepared(database, workbook(Ark1=rows), TOLD))
    assert {start: number for _, start, group, _, number, _ in found if group == "basic school"} == {
        **{dt.date(2022, 1, 1): 4, dt.date(2022, 2, 1): 5, dt.date(2023, 1, 1): 6, dt.date(2023, 2, 1): 7},
    }


@pytest.mark.parametrize("inner", [["16-24 år", "25-34 år"], [LOW, SHORT]], ids=["age", "education"])
def test_groups_of_two_dimensions_stand_below_each_other_by_stage(database: Database, inner: list[str]) -> None:
    women: Rows = [["Kvinder", 30, 15], [inner[0], 10, 5], [inner[1], 20, 10]]
    men: Rows = [["Mænd", 32, 12], [inner[0], 12, 5], [inner[1], 20, 7]]
    rows: Rows = [["Rækkenavne", "Sum af Deltaget", "Sum af Gennemført"], *women, *men, ["Hovedtotal", 62, 27]]
    _, one = found = prepared(database, workbook(Ark1=rows), {**WHERE, "period": "2023"})
    assert [row[4:] for row in counted(found)] == [(10, 5), (20, 10), (12, 5), (20, 7)]
    assert len({"sex", "age", "education"} & one.tables[0].columns.keys()) == 2


def test_an_empty_label_of_a_pivot_table_hides_no_other(database: Database) -> None:
    randers: Rows = [["Randers", 21], [LOW, 10], [SHORT, 11]]
    viborg: Rows = [["Viborg", 23], [LOW, 11], [SHORT, 12]]
    rows: Rows = [["Rækkenavne", "Antal af Borger-id"], *randers, *viborg, ["(tom)", None], ["Hovedtotal", 44]]
    given = {"offer": "Rygestop", "period": "2023", "stage": "participated"}
    assert [row[4] for row in counted(prepared(database, workbook(Ark1=rows), given))] == [10, 11, 11, 12]


@pytest.mark.parametrize("has_sums", [True, False])
def test_quarters_stand_above_the_groups_and_below_their_years(database: Database, *, has_sums: bool) -> None:
    rows: Rows = [["Rækkenavne", "Sum af Inviteret", "Sum af Deltaget", "Sum af Gennemført"]]
    for year, quarters in (("2022", {"K1": 31, "K2": 52}), ("2023", {"K1": 71, "K2": 91})):
        rows.append([year, *([2 * sum(quarters.values()) + 6, 40, 20] if has_sums else [None] * 3)])
        for quarter, number in quarters.items():
            rows.append([quarter, *([2 * number + 3, 20, 10] if has_sums else [None] * 3)])
            rows += [[LOW, number, 10, 5], [SHORT, number, 8, 4], ["(tom)", 3, 2, 1]]
    stored = counted(prepared(database, workbook(Ark1=rows), WHERE))
    found = {(row[1].year, row[1].month): row[3] for row in stored if row[2] == "basic school"}
    assert found == {(2022, 1): 31, (2022, 4): 52, (2023, 1): 71, (2023, 4): 91}


def test_unknown_groups_below_the_quarters_of_a_title_are_the_only_ones_asked_about(database: Database) -> None:
    rows: Rows = [["KOL, Horsens Kommune 2024"], [], ["Rækkenavne", "Antal henviste", "Antal startet"]]
    for quarter, number in enumerate((39, 44, 34, 45), start=1):
        groups = [["  Ingen uddannelse", number, 27], ["  Erhvervsfaglig", 56, 39], ["  (tom)", 6, 4]]
        rows += [[f"{quarter}. kvartal", number + 62, 70], *groups]
    rows.append(["Hovedtotal", 410, 280])
    one = prepared(database, workbook(Ark1=rows), {"offer": "KOL"})[1]
    wrong = [(found.check, found.value) for found in one.findings if found.check in {"unknown_group", "count_twice"}]
    assert wrong == [("unknown_group", "Ingen uddannelse")]


def test_subtotals_of_a_pivot_table_with_columns_of_labels_are_left_out(database: Database) -> None:
    rows: Rows = [["Kommune", "Tilbud", "Uddannelse", "Inviteret", "Deltaget", "Gennemført"]]
    rows += [["Viborg", "Rygestop", LOW, 100, 40, 20], [None, None, SHORT, 80, 50, 30]]
    rows += [[None, "Rygestop Total", None, 180, 90, 50], ["Viborg Total", None, None, 180, 90, 50]]
    rows += [["Randers", "Rygestop", LOW, 60, 30, 10], [None, None, SHORT, 50, 40, 20]]
    rows += [[None, "Rygestop Total", None, 110, 70, 30], ["Randers Total", None, None, 110, 70, 30]]
    found = prepared(database, workbook(Ark1=[*rows, ["Hovedtotal", None, None, 290, 160, 80]]), {"period": "2023"})
    assert [(row[0], row[3]) for row in counted(found)] == [
        ("Viborg", 100),
        ("Viborg", 80),
        ("Randers", 60),
        ("Randers", 50),
    ]
    assert "totals_differ" not in checks(found)
