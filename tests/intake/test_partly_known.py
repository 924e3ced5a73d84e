"""Labels and headers of which some are unknown: the unknown ones are asked about, and the others keep their meaning."""

import datetime as dt

import pytest

from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, checks, counted, prepared, workbook

LOW, LONG = "Grundskole", "Lang videregående uddannelse"
WHERE = {"municipality": "Randers", "offer": "Rygestop", "period": "2024"}
OFFERS = {"headers_unknown": "offers"}


def test_offers_across_are_asked_about_and_then_read(database: Database) -> None:
    content = workbook(Ark1=[["Uddannelse", "Rygestop", "KOL-hold", "I alt"], [LOW, 40, 50, 90], [LONG, 30, 20, 50]])
    given = {"municipality": "Randers", "period": "2024", "stage": "participated"}
    assert checks(prepared(database, content, given)) == ["headers_not_known", "headers_unknown"]
    _, one = prepared(database, content, given, OFFERS)
    assert one.faultless and one.contents.counts is not None
    found = {(row["offer"], row["group"]): row["participated"] for row in one.contents.counts.to_pylist()}
    assert found == {
        ("Rygestop", "basic school"): 40,
        ("Rygestop", "long higher education"): 30,
        ("KOL-hold", "basic school"): 50,
        ("KOL-hold", "long higher education"): 20,
    }


def test_offers_may_stand_above_the_stages(database: Database) -> None:
    rows: Rows = [
        [None, "Rygestop", None, "KOL-hold", None],
        ["Uddannelse", "Inviteret", "Deltaget", "Inviteret", "Deltaget"],
        [LOW, 140, 50, 150, 60],
        [LONG, 130, 20, 120, 40],
    ]
    given = {"municipality": "Randers", "period": "2024"}
    assert "headers_unknown" in checks(prepared(database, workbook(Ark1=rows), given))
    assert "headers_unknown" in checks(prepared(database, workbook(Ark1=rows), {**given, "offer": "Rygestop"}))
    _, one = prepared(database, workbook(Ark1=rows), given, OFFERS)
    assert one.contents.counts is not None
    found = [(row["offer"], row["invited"], row["participated"]) for row in one.contents.counts.to_pylist()]
    assert sorted(found) == [
        ("KOL-hold", 120, 40),
        ("KOL-hold", 150, 60),
        ("Rygestop", 130, 20),
        ("Rygestop", 140, 50),
    ]


@pytest.mark.parametrize(
    ("header", "texts", "check"),
    [
        ("Status", ["Henvist", "Startet", "Frafaldet"], "unknown_stage"),
        ("Type", ["Henvist", "Startet", "Gennemført", "Udeblevet"], "unknown_stage"),
    ],
)
def test_an_unknown_stage_in_a_row_is_named(database: Database, header: str, texts: list[str], check: str) -> None:
    rows: Rows = [["Uddannelse", header, "Antal"], *([group, text, 40] for group in (LOW, LONG) for text in texts)]
    _, one = prepared(database, workbook(Ark1=rows), WHERE)
    assert [(found.check, found.value) for found in one.findings if found.check == check] == [(check, texts[-1])]


def test_an_unknown_group_or_place_in_a_row_is_named(database: Database) -> None:
    rows: Rows = [["Kategori", "Inviteret", "Deltaget"], [LOW, 90, 40], ["Blandet", 60, 20], [LONG, 80, 50]]
    assert "unknown_group" in checks(prepared(database, workbook(Ark1=rows), WHERE))
    rows = [
        ["Område", "Uddannelse", "Inviteret", "Deltaget"],
        *([place, group, 80, 40] for place in ("Region Midtjylland", "Randers", "Viborg") for group in (LOW, LONG)),
    ]
    given = {"offer": "Rygestop", "period": "2024"}
    assert "municipality_region" in checks(prepared(database, workbook(Ark1=rows), given))


def test_an_odd_word_among_yes_and_no_is_the_only_one_asked_about(database: Database) -> None:
    headers = ["Borger", "Uddannelse", "Startdato", "Gennemført"]
    day = dt.datetime(2024, 2, 1)
    rows: Rows = [headers, *([f"b{one}", LOW, day, word] for one, word in enumerate(("ja", "nej", "måske")))]
    _, one = prepared(database, workbook(Ark1=rows), {"municipality": "Randers", "offer": "Rygestop"})
    assert [(found.value, found.rows) for found in one.findings if found.check == "unknown_word"] == [("måske", (4,))]


def test_an_offer_that_is_the_sum_of_the_others_is_asked_about(database: Database) -> None:
    rows: Rows = [["Tilbud", "Uddannelse", "Inviteret", "Deltaget"]]
    for group, numbers in ((LOW, ((60, 31), (47, 22))), (LONG, ((71, 43), (52, 29)))):
        rows += [[name, group, *one] for name, one in zip(("Rygestop", "KOL-hold"), numbers, strict=True)]
        rows.append(["Sundhedshuset", group, *map(sum, zip(*numbers, strict=True))])
    given = {"municipality": "Randers", "period": "2024"}
    assert "total_or_own" in checks(prepared(database, workbook(Ark1=rows), given))
    stored = counted(prepared(database, workbook(Ark1=rows), given, {"total_or_own": "totals"}))
    assert sorted(row[4] for row in stored) == [22, 29, 31, 43]
    assert len(counted(prepared(database, workbook(Ark1=rows), given, {"total_or_own": "own"}))) == 6


def test_columns_of_a_list_of_citizens_are_not_taken_for_offers(database: Database) -> None:
    rows: Rows = [["kode", "nr", "Køn", "zone"], *([f"A{one % 3}", one, "MK"[one % 2], one % 7] for one in range(40))]
    assert "headers_unknown" not in checks(prepared(database, workbook(Ark1=rows)))
