"""Titles and notes that say that numbers are scaled, rates or of something else than citizens: asked about."""

import pytest

from analysis.intake.lexicon.percent_words import says_measure, says_others, says_percent, says_thousands
from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, checks, counted, prepared, workbook

LOW, SHORT, LONG = "Grundskole", "Kort uddannelse", "Lang videregående uddannelse"
HEADERS = ["Uddannelse", "Inviteret", "Deltaget", "Gennemført"]
COUNTS: Rows = [[LOW, 100, 40, 20], [SHORT, 80, 50, 30]]
WHERE = {"municipality": "Viborg", "offer": "Rygestop", "period": "2023"}
STAGE = {**WHERE, "stage": "participated"}


@pytest.mark.parametrize(
    "title",
    [
        *("Deltagere pr. 100.000 indbyggere", "Antal pr. 10.000 borgere", "pr. 100.000", "Deltagere (1.000 personer)"),
        *(
            "Enhed: 1.000 personer",
            "Enhed: Tusinde",
            "tusind personer",
            "Tusental personer",
            "1000 henkilöä",
            "tusinder",
        ),
        *("x 1000", "Deltagere (x1000)", "Deltagere, 1.000 stk", "Enhed: 100 personer", "mio.", "1.000 borgere"),
        *("Tuhansia henkilöitä", "Enhet: tusen", "Thousands of persons", "Miljoner", "tusinder", "i 1.000'er"),
    ],
)
def test_a_title_of_scaled_numbers_is_asked_about(database: Database, title: str) -> None:
    assert says_thousands(title)
    content = workbook(Ark1=[[title], [], HEADERS, *COUNTS])
    assert "numbers_scaled" in checks(prepared(database, content, WHERE))
    assert len(counted(prepared(database, content, WHERE, {"numbers_scaled": "counts"}))) == 2


@pytest.mark.parametrize(
    "title",
    [
        *("Rækkeprocent", "Deltagerandel", "Deltagerprocenter", "Kolonneprosent", "Radprocent", "Osallistumisosuus"),
        *("Relativ fordeling", "Hyppighed", "Kvotient", "Standardiserede tal", "Relativ fördelning", "Frequencies"),
        *("Suhteellinen jakauma", "Standardized rates"),
    ],
)
def test_a_title_of_rates_is_asked_about(database: Database, title: str) -> None:
    assert says_percent(title) or says_measure(title)
    assert "numbers_scaled" in checks(prepared(database, workbook(Ark1=[[title], [], HEADERS, *COUNTS]), WHERE))


@pytest.mark.parametrize(
    "title",
    [
        *("Antal timer", "Antal fremmøder", "Antal hold", "Antal besøg", "Antal ydelser", "Antal kontakter"),
        *("Antall besøk", "Antal besök", "Number of visits", "Käyntien määrä", "Antal afholdte hold i 2023"),
    ],
)
def test_a_title_of_something_else_than_citizens_is_asked_about(database: Database, title: str) -> None:
    assert "numbers_scaled" in checks(prepared(database, workbook(Ark1=[[title], [], HEADERS, *COUNTS]), WHERE))


@pytest.mark.parametrize(
    ("note", "is_asked"),
    [
        *(("Opgørelsen viser antal fremmøder, ikke personer.", True), ("Tallene er antal besøg", True)),
        *(("Siffrorna visar antal besök, inte personer", True), ("Antal hold i alt: 12", False)),
        *(("Omfatter ikke borgere fra andre kommuner", False), ("Kommuner med under 100 borgere er udeladt", False)),
    ],
)
def test_a_note_that_denies_citizens_is_asked_about(database: Database, note: str, *, is_asked: bool) -> None:
    content = workbook(Ark1=[HEADERS, *COUNTS, [], [note]])
    assert ("numbers_scaled" in checks(prepared(database, content, WHERE))) == is_asked


@pytest.mark.parametrize(
    "title",
    [
        *("Deltagere", "Antal borgere", "Antal deltagere og antal hold", "Behandel i Viborg", "Handel og sundhed"),
        *("Over 1.000 borgere fik tilbud om rygestop", "Antal deltagere på holdene", "Standardiseret rygestop"),
    ],
)
def test_a_title_of_citizens_is_not_asked_about(title: str) -> None:
    assert not any(says(title) for says in (says_thousands, says_percent, says_measure, says_others))


@pytest.mark.parametrize(
    ("headers", "first", "second", "is_asked"),
    [
        ([LOW, SHORT, LONG, "I alt"], [50, 30, 20, 100], [40, 40, 20, 100], True),
        ([LOW, SHORT, LONG], [50, 30, 20], [40, 40, 20], True),
        (["Mænd", "Kvinder", "I alt"], [50, 50, 100], [40, 60, 100], True),
        (["Mænd", "Kvinder"], [50, 50], [40, 60], False),
        ([LOW, SHORT, LONG, "I alt"], [50, 30, 20, 100], [40, 40, 21, 101], False),
    ],
)
def test_rows_of_groups_that_add_up_to_100_are_asked_about(
    database: Database, headers: list[str], first: list[int], second: list[int], *, is_asked: bool
) -> None:
    content = workbook(Ark1=[["Kommune", *headers], ["Randers", *first], ["Viborg", *second]])
    found = prepared(database, content, STAGE)
    assert ("numbers_scaled" in checks(found)) == is_asked
    assert counted(prepared(database, content, STAGE, {"numbers_scaled": "counts"}))
