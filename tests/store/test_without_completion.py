"""Periods whose files do not say who completed are apart from those that have not had time to complete."""

import datetime as dt

from analysis import store
from analysis.store import Database
from tests.store.test_corrections import Course, add
from tests.store.test_later_files import stored
from tests.support.workbooks.read_tables import Rows, workbook


def periods(database: Database) -> list[tuple[str, dt.date]]:
    found = store.without_completion(database, synthetic=False)
    return [(row["offer"], row["period_start"].date()) for row in found.to_dict("records")]


def test_only_the_periods_of_the_file_without_completion(database: Database) -> None:
    courses = [Course(f"a{n}", dt.date(2014, 5, 1 + n), "woman", True) for n in range(20)]
    add(database, "courses", [*courses, Course("late", dt.date(2015, 5, 1), "man", False)])
    assert periods(database) == []
    rows: Rows = [["Kommune", "Tilbud", "År", "Køn", "Inviteret", "Deltog"]]
    rows = [*rows, *(["Aarhus", "Rygestop", 2017, sex, 300, 200] for sex in ("Mand", "Kvinde"))]
    stored(database, workbook(Tal=rows))
    assert periods(database) == [("Rygestop", dt.date(2017, 1, 1))]
