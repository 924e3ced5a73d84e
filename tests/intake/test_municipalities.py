"""Municipalities by name and code, former ones, and those of other countries, which are never taken for Danish."""

import re
from collections import Counter

import pytest

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.i18n import wording
from analysis.intake.findings.check import Severity
from analysis.intake.findings.findings import message
from analysis.intake.fix.corrections import Corrections
from analysis.intake.importing import store
from analysis.intake.lexicon.municipality_names import ABROAD, compared, danish_places, places_abroad
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.parsing.questions import asked
from analysis.intake.read_file import read
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.validation import prepare
from analysis.store import (
    Database,
    danish_municipalities,
    foreign_municipalities,
    former_municipalities,
    municipalities,
    municipality_spellings,
)
from tests.support.workbooks.faults import COUNT_HEADERS, book
from tests.support.workbooks.faults import count as count_row


def counted(database: Database, *places: str, country: str = "", headers: list[str] = COUNT_HEADERS) -> Prepared:
    """A sheet with a row of counts for each place."""
    rows = [
        count_row(Kommune=place, Tilbud=f"Tilbud {'abcdefghijklmnopqrstuvwxyz'[i]}") for i, place in enumerate(places)
    ]
    answers = {"municipality_country": country} if country else {}
    content = book({"Optælling": [headers, *rows]})
    return prepare(read(content, "x.xlsx"), load_reference_data(database), Corrections(answers=answers))


def stored_as(prepared: Prepared) -> list[str | None]:
    assert prepared.contents.counts is not None
    return prepared.contents.counts["municipality"].to_pylist()


def errors(prepared: Prepared) -> list[str]:
    return [finding.check for finding in prepared.findings if finding.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("municipality", "written"),
    [
        ("København", ["101", "0101", "101 København", "København (101)", "0101 - København", "Københavns Kommune"]),
        ("København", ["KØBENHAVN", "Koebenhavn", "Kommune 101", "Copenhagen Municipality", "0101: KØBENHAVN"]),
        ("Viborg", ["Kommune: Viborg", "Viborg Kommune", "Kommunen Viborg", "VIBORG KOMMUNE", "791, Viborg Kommune"]),
        ("Hjørring", ["Hjørring kommune (860)", "Hjoerring Kommune", "Hjörring"]),
        ("Aarhus", ["Århus", "Århus Kommune", "Aarhus (0751)"]),
        ("Høje-Taastrup", ["Hoeje-Taastrup", "Høje Tåstrup Kommune", "169 Høje-Tåstrup"]),
        ("Brøndby", ["Broendby", "Broendby kommune"]),
        ("Assens", ["Assens Kommune"]),
        ("Bornholm", ["Bornholms Regionskommune"]),
        ("Halsnæs", ["Frederiksværk-Hundested"]),
        ("Brønderslev", ["Brønderslev-Dronninglund Kommune"]),
    ],
)
def test_a_danish_municipality_is_known_by_its_name_and_code(
    database: Database, municipality: str, written: list[str]
) -> None:
    prepared = counted(database, *written)
    assert errors(prepared) == []
    assert stored_as(prepared) == [municipality] * len(written)


@pytest.mark.parametrize("written", ["751 Viborg", "Viborg (751)", "729 Viborg", "717 Randers"])
def test_a_code_that_disagrees_with_the_name_is_an_error(database: Database, written: str) -> None:
    assert errors(counted(database, "Aarhus", written)) == ["municipality_code_differs"]


@pytest.mark.parametrize("written", ["101 Atlantis", "København 999", "101 102", "Viborg og Aarhus"])
def test_a_name_or_code_that_is_unknown_beside_a_known_one_is_an_error(database: Database, written: str) -> None:
    prepared = counted(database, "Aarhus", written)
    assert stored_as(prepared) == ["Aarhus", None]
    assert len(errors(prepared)) == 1


def test_a_former_municipality_is_read_as_the_one_it_became_part_of(database: Database) -> None:
    prepared = counted(database, "Purhus", "723", "Søllerød Kommune", "Neksø", "Marstal", "Nykøbing Falster")
    assert errors(prepared) == []
    assert stored_as(prepared) == ["Randers", "Randers", "Rudersdal", "Bornholm", "Ærø", "Guldborgsund"]
    told = [message(one, wording("en")) for one in prepared.findings if one.check == "municipality_merged"]
    assert told[0] == "“Purhus” became part of Randers in 2007, and is stored as that."
    assert [re.findall(r" in (\d{4})", one) for one in told] == [
        ["2007"],
        ["2007"],
        ["2007"],
        ["2003"],
        ["2006"],
        ["2007"],
    ]


def test_a_divided_municipality_is_an_error_that_names_the_possible_ones(database: Database) -> None:
    prepared = counted(database, "Aarhus", "Langå", "509 Christiansfeld")
    assert errors(prepared) == ["municipality_split"] * 2
    told = [message(one, wording("en")) for one in prepared.findings if one.check == "municipality_split"]
    assert told[0] == "“Langå” was divided in 2007 between Favrskov, Randers."


@pytest.mark.parametrize(
    "written", ["Region Hovedstaden", "Midtjylland", "Region Østdanmark", "Vejle Amt", "Århus amt"]
)
def test_a_region_or_county_is_no_municipality(database: Database, written: str) -> None:
    assert errors(counted(database, "Aarhus", written)) == ["municipality_region"]


def test_values_that_are_in_one_other_country_are_asked_about_once(database: Database) -> None:
    prepared = counted(database, "Malmö", "Ystad", "0180", "0163", "Atlantis")
    assert sorted(errors(prepared)) == ["municipality_country", "unknown_municipality"]
    (finding,) = [one for one in prepared.findings if one.check == "municipality_country"]
    assert finding.rows == (2, 3, 4, 5)
    assert message(finding, wording("en")) == (
        "4 of the 5 municipalities in the column are in another country, Sweden: “Malmö, Ystad, 0180”."
    )
    assert asked(prepared.findings) == ["municipality_country"]


@pytest.mark.parametrize(
    ("places", "country"),
    [
        (("Oslo", "1103", "0301"), "Norway"),
        (("Lund", "Sandnes"), "Norway"),
        (("091", "049", "837"), "Finland"),
        (("Helsingfors", "Esbo"), "Finland"),
        (("Malmö",), "Sweden"),
        (("Lund",), "Norway, Sweden"),
    ],
)
def test_the_country_that_most_values_are_in_is_proposed(
    database: Database, places: tuple[str, ...], country: str
) -> None:
    prepared = counted(database, *places)
    assert errors(prepared) == ["municipality_country"]
    assert f"in another country, {country}: " in message(prepared.findings[-1], wording("en"))
    assert stored_as(prepared) == [None] * len(places)


def test_a_few_unknown_values_among_danish_ones_are_errors_of_their_own(database: Database) -> None:
    prepared = counted(database, "Aarhus", "Viborg", "Randers", "Odense", "Kolding", "Malmö", "Ystad")
    assert errors(prepared) == ["unknown_municipality"] * 2


def test_where_no_value_is_danish_or_nordic_the_country_is_asked_about(database: Database) -> None:
    prepared = counted(database, "South Region", "East Anglian Region")
    assert errors(prepared) == ["municipality_none"]
    assert asked(prepared.findings) == ["municipality_country"]


@pytest.mark.parametrize(
    ("country", "written", "stored"),
    [
        ("swedish", ["1280", "Malmö stad", "180", "Göteborgs kommun", "Lund"], ["Malmö", "Malmö", "Stockholm"]),
        ("norwegian", ["0301", "3001", "1818 Herøy", "Tromsoe"], ["Oslo", "Halden", "Herøy (Nordland)", "Tromsø"]),
        ("finnish", ["091", "Esbo", "5", "Mariehamn"], ["Helsinki", "Espoo", "Alajärvi", "Mariehamn"]),
    ],
)
def test_with_the_answer_names_and_codes_are_stored_by_the_name_in_that_country(
    database: Database, country: str, written: list[str], stored: list[str]
) -> None:
    prepared = counted(database, *written, country=country)
    assert errors(prepared) == []
    assert stored_as(prepared)[: len(stored)] == stored
    assert prepared.contents.places is not None
    assert set(prepared.contents.places["municipality"].to_pylist()) == set(stored_as(prepared))


def test_a_name_that_two_countries_have_is_stored_with_its_country(database: Database) -> None:
    assert stored_as(counted(database, "Lund", "Malmö", country="swedish")) == ["Lund (SE)", "Malmö"]
    assert stored_as(counted(database, "Lund", "Oslo", country="norwegian")) == ["Lund (NO)", "Oslo"]


def test_with_the_answer_a_danish_municipality_is_unknown(database: Database) -> None:
    assert (
        errors(counted(database, "Malmö", "Viborg", "0151", country="swedish")) == ["unknown_municipality_abroad"] * 2
    )
    assert stored_as(counted(database, "Sollentuna", "0163", country="swedish")) == ["Sollentuna"] * 2


def test_of_another_country_places_are_stored_as_they_are_written(database: Database) -> None:
    prepared = counted(database, "South Region", "SOUTH  REGION", "101", "Viborg", country="other")
    assert errors(prepared) == []
    assert stored_as(prepared) == ["South Region", "South Region", "101", "Viborg"]
    assert prepared.contents.places is not None
    assert prepared.contents.places["municipality"].to_pylist() == ["101", "South Region"]
    assert "spelling" in {finding.check for finding in prepared.findings}


def test_places_of_a_stored_file_are_known_to_the_next(database: Database) -> None:
    content = book({"Optælling": [COUNT_HEADERS, count_row(Kommune="Ystad"), count_row(Kommune="Malmö")]})
    reading = read(content, "x.xlsx")
    decisions = Decisions(corrections=Corrections(answers={"municipality_country": "swedish"}))
    prepared = prepare(reading, load_reference_data(database), decisions.corrections)
    store(database, reading, prepared, decisions, content, person="Ane", by=NOBODY_SIGNED_IN)
    assert {"Malmö", "Ystad"} <= set(municipalities(database))
    assert stored_as(counted(database, "Malmö", "Ystad")) == ["Malmö", "Ystad"]
    again = counted(database, "Malmö", "1281", country="swedish")
    assert again.contents.places is not None
    assert again.contents.places["municipality"].to_pylist() == ["Lund (SE)"]


def test_the_lists_of_other_countries_are_complete_and_unambiguous() -> None:
    listed = foreign_municipalities()
    assert Counter(one.country for one in listed) == {"norwegian": 357, "swedish": 290, "finnish": 309}
    names = [compared(one.name) for one in listed]
    assert len(set(names)) == len(names)
    assert not {*names} & {compared(name) for name in danish_municipalities()}
    for country in ABROAD:
        own = [one for one in listed if one.country == country]
        digits = 3 if country == "finnish" else 4
        assert all(re.fullmatch(rf"\d{{{digits}}}", code) for one in own for code in (one.code, *one.former_codes))
        assert len({int(code) for one in own for code in (one.code, *one.former_codes)}) == len(
            places_abroad(country).codes
        )
        several = {name for name, meant in places_abroad(country).names.items() if len(meant) > 1}
        assert several == ({"heroey", "vaaler"} if country == "norwegian" else set())


def test_every_former_municipality_is_part_of_present_ones() -> None:
    former = former_municipalities()
    assert len([one for one in former if one.year != 2003]) == 271
    assert len([one for one in former if one.year == 2003]) == 5
    assert len({one.code for one in former}) == len({compared(one.name) for one in former}) == 276
    assert {name for one in former for name in one.now} == set(danish_municipalities())
    assert len([one for one in former if len(one.now) > 1]) == 13


def test_a_danish_name_means_one_municipality() -> None:
    names = {name: name for name in danish_municipalities()} | municipality_spellings()
    meant: dict[str, set[str]] = {}
    for spelling, name in names.items():
        meant.setdefault(compared(spelling), set()).add(name)
    assert all(len(one) == 1 for one in meant.values())
    codes = danish_places(names).codes
    assert all(codes[int(code)] == (name,) for code, name in municipality_spellings().items() if code.isdecimal())


def test_the_finding_about_another_country_is_the_same_below_headers_of_that_country(database: Database) -> None:
    swedish = ["Kommun", "Insats", "Period", "Dimension", "Grupp", "Inbjudna", "Deltog", "Fullföljde"]
    prepared = counted(database, "0163", "0167", headers=swedish)
    assert errors(prepared) == ["municipality_code"] * 2
    assert asked(prepared.findings) == ["municipality_country"]
    assert stored_as(counted(database, "0163", headers=swedish, country="danish")) == ["Herlev"]
    assert stored_as(counted(database, "0163", headers=swedish, country="swedish")) == ["Sollentuna"]
