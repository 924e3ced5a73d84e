"""Lists with a row for each session that a citizen came to: their dates, and what their rows say of the citizen."""

from typing import Any

import pytest

from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, accounted, checks, prepared, workbook

PLACE = {"municipality": "Randers"}
ANSWERS = {"completion_rule": "share:75", "citizen_repeats": "attendances"}
DAYS = ["05-02-2024", "12-02-2024", "19-02-2024"]


def listed(header: str, time: str, sexes: tuple[str, str] = ("Mand", "Mand")) -> Rows:
    """Three sessions of one citizen, whose sex is the second at the last, and two of another."""
    rows: list[list[Any]] = [["a", "KOL-skole", f"{day}{time}", sexes[0]] for day in DAYS]
    rows[-1][-1] = sexes[1]
    rows += [["b", "KOL-skole", f"{day}{time}", "Kvinde"] for day in DAYS[:2]]
    return [["Borger-id", "Tilbud", header, "Køn"], *rows]


@pytest.mark.parametrize("header", ["Dato", "Fremmødedato", "Mødedato", "Attendance date", "Oppmøtedato"])
@pytest.mark.parametrize("time", ["", " 10:00", " kl. 10.00", " 00:00:00"])
def test_dates_with_a_time_of_day_are_those_of_sessions(database: Database, header: str, time: str) -> None:
    found = prepared(database, workbook(Ark=listed(header, time)), PLACE, ANSWERS)
    courses = accounted(found).contents.courses
    assert courses is not None
    assert [str(day) for day in courses["started_on"].to_pylist()] == ["2024-02-05", "2024-02-05"]
    assert "attendances_joined" in checks(found)


def test_a_citizen_with_two_groups_in_one_offer_is_reported(database: Database) -> None:
    found = prepared(database, workbook(Ark=listed("Mødedato", "", ("Mand", "Kvinde"))), PLACE, ANSWERS)
    (several,) = (one for one in found[1].findings if one.check == "attendances_differ")
    assert (several.rows, several.column) == ((2, 3, 4), "Køn")
    accounted(found)


def test_a_group_that_stands_in_some_rows_is_no_other(database: Database) -> None:
    found = prepared(database, workbook(Ark=listed("Mødedato", "", ("Mand", ""))), PLACE, ANSWERS)
    assert "attendances_differ" not in checks(found)
