"""What is said of a theme day: the later import holds for as long as it stands, and what it replaced comes back."""

import datetime as dt

import pytest

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.intake.importing import store
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.read_file import read
from analysis.intake.validate.validation import prepare
from analysis.store import (
    Database,
    actions,
    municipality_facts,
    redo_import,
    requests,
    theme_days,
    understandings,
    undo_import,
    votes,
)
from tests.support.workbooks.theme_days import DAY, Row, row, workbook


def add(database: Database, name: str, **rows: list[Row]) -> int:
    content = workbook(**rows)
    reading = read(content, name)
    prepared = prepare(reading, load_reference_data(database))
    assert prepared.faultless, prepared.findings
    return store(database, reading, prepared, Decisions(), content, person="Ane", by=NOBODY_SIGNED_IN).import_id


def test_what_a_later_import_says_of_the_same_holds_until_it_is_taken_back(database: Database) -> None:
    add(database, "first.xlsx")
    later = add(
        database,
        "later.xlsx",
        Temadage=[row("Temadage", Deltagere=11)],
        Indsatser=[row("Indsatser", Status="I gang")],
        Forståelser=[row("Forståelser", Gradient=9)],
        Stemmer=[row("Stemmer", Stemmer=3)],
    )
    assert theme_days(database, synthetic=False)["participants"].tolist() == [11]
    assert actions(database, synthetic=False)["status"].tolist() == ["running"]
    assert understandings(database, synthetic=False)["gradient"].tolist() == [9]
    assert votes(database, synthetic=False)["votes"].tolist() == [3]
    undo_import(database, later, by=NOBODY_SIGNED_IN)
    assert theme_days(database, synthetic=False)["participants"].tolist() == [8]
    assert actions(database, synthetic=False)["status"].tolist() == ["decided"]
    assert votes(database, synthetic=False)["votes"].tolist() == [7]
    redo_import(database, later, by=NOBODY_SIGNED_IN)
    assert theme_days(database, synthetic=False)["participants"].tolist() == [11]


def test_other_municipalities_tables_and_actions_are_added(database: Database) -> None:
    add(database, "first.xlsx")
    add(
        database,
        "more.xlsx",
        Temadage=[row("Temadage", Kommune="Aarhus")],
        Indsatser=[row("Indsatser", Indsats="Sundhed i jobcentret")],
        Forståelser=[row("Forståelser", Bord="2"), row("Forståelser", Bord=None)],
        Stemmer=[row("Stemmer", Bord="2")],
    )
    assert theme_days(database, synthetic=False)["participants"].sum() == 16
    assert len(actions(database, synthetic=False)) == 2
    assert sorted(understandings(database, synthetic=False)["table"].fillna("")) == ["", "1", "2"]
    assert votes(database, synthetic=False)["table"].tolist() == ["1", "2"]


def test_a_table_that_votes_again_has_its_whole_ballot_replaced(database: Database) -> None:
    add(database, "first.xlsx", Stemmer=[SMS, row("Stemmer", Indsats="Sundhed i jobcentret", Stemmer=4)])
    add(database, "again.xlsx", Stemmer=[row("Stemmer", Stemmer=2)])
    assert votes(database, synthetic=False)[["action", "votes"]].values.tolist() == [["Påmindelser på sms", 2]]


SMS = row("Stemmer")


def test_a_request_keeps_its_history(database: Database) -> None:
    add(database, "first.xlsx")
    planned = row("Henvendelser", Tilstand="Planlagt", Siden=dt.date(2016, 4, 1), **{"Næste skridt": "Find lokaler"})
    add(database, "later.xlsx", Henvendelser=[row("Henvendelser"), planned])
    found = requests(database, synthetic=False)
    assert found["state"].tolist() == ["open", "planned"]
    assert found["next_step"].tolist() == ["Aftal dato", "Find lokaler"]
    assert found["person"].tolist() == ["Ane", "Ane"]


@pytest.mark.parametrize("synthetic", [True, False])
def test_demonstration_data_is_kept_apart(demonstration_database: Database, synthetic: bool) -> None:
    add(demonstration_database, "own.xlsx", Temadage=[row("Temadage")])
    found = theme_days(demonstration_database, synthetic=synthetic)
    assert found["participants"].sum() == (147 if synthetic else 8)
    assert found["municipality"].nunique() == (53 if synthetic else 1)
    assert (DAY in set(found["held_on"].dt.date)) is True


def test_two_regions_are_one_from_2027_on() -> None:
    before, after = (municipality_facts(dt.date(year, 1, 1)).set_index("name")["region"] for year in (2026, 2027))
    assert before.nunique() == 5
    assert after.nunique() == 4
    assert (before["Holbæk"], after["Holbæk"]) == ("Region Sjælland", "Region Østdanmark")
    assert (before["Aarhus"], after["Aarhus"]) == ("Region Midtjylland", "Region Midtjylland")
