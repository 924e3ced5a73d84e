"""Lists of courses in which a column with yes, a mark or a date tells who dropped out."""

import datetime as dt
from typing import Any

import pytest

from analysis.intake.fix.corrections import Corrections
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.mapping import Mapping
from analysis.intake.mapping.saved_mappings import Decisions, prepared_with
from analysis.intake.read_file import read
from analysis.store import Database
from tests.support.workbooks.read_tables import accounted, checks, prepared, workbook

STARTED, ENDED = dt.datetime(2023, 1, 9), dt.datetime(2023, 4, 3)
TOTALS = {"no_groups": "totals"}
OUTCOMES = {"a": "dropped out", "b": None, "c": "running"}


def rows(ended: str, header: str, yes: Any, no: Any) -> list[list[Any]]:
    """Citizen a dropped out, b completed, and the course of c still runs."""
    headers = ["Kommune", "Tilbud", "Borger-id", "Startet", ended, header]
    beside = [("a", ENDED, yes), ("b", ENDED, no), ("c", None, no)]
    return [headers, *(["Randers", "Rygestop", citizen, STARTED, *cells] for citizen, *cells in beside)]


@pytest.mark.parametrize("ended", ["Slutdato", "Gennemført"])
@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [
        ("Afbrudt", "Ja", "Nej"),
        ("Afbrudt (ja/nej)?", "Ja", "Nej"),
        ("Frafaldet", "x", None),
        ("Frafald", 1, 0),
        ("Dropped out", "Yes", "No"),
        ("Afbrudt dato", dt.datetime(2023, 2, 1), None),
        ("Keskeytti", "Kyllä", "Ei"),
    ],
)
def test_who_dropped_out_has_not_completed(database: Database, ended: str, header: str, yes: Any, no: Any) -> None:
    found = accounted(prepared(database, workbook(Ark=rows(ended, header, yes, no)), answers=TOTALS))
    assert found.contents.courses is not None
    courses = {row["citizen"]: row for row in found.contents.courses.to_pylist()}
    assert {citizen: row["outcome"] for citizen, row in courses.items()} == OUTCOMES
    assert [courses[citizen]["completed"] for citizen in "abc"] == [False, True, False]


def test_who_stopped_smoking_has_not_dropped_out(database: Database) -> None:
    found = prepared(database, workbook(Ark=rows("Gennemført", "Stoppet", "Ja", "Nej")), answers=TOTALS)
    assert "dropped_out_column" not in checks(found)


@pytest.mark.parametrize(("header", "completed"), [("Gennemført", [True, False]), ("Afbrudt", [False, True])])
def test_yes_and_no_are_understood_when_matched_by_hand(database: Database, header: str, completed: list[bool]) -> None:
    lines = [["K", "T", "B", "S", "E", header], *rows("E", header, "Ja", "Nej")[1:3]]
    columns = {"municipality": "K", "offer": "T", "citizen": "B", "started_on": "S"}
    field = {"completed_on": header} if completed[0] else {"completed_on": "E", "outcome": header}
    mapping = Mapping("courses", columns | field, sheet="Ark")
    reading = read(workbook(Ark=lines), "file.xlsx")
    found = prepared_with(reading, load_reference_data(database), Decisions(mapping, Corrections(answers=TOTALS)))
    assert found.contents.courses is not None
    assert [row["completed"] for row in found.contents.courses.to_pylist()] == completed
