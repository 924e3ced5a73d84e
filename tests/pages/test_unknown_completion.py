"""A page says which citizens are left out because no file tells who completed, and which because they are not done."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from analysis.store import Database
from tests.pages.test_pages import visit, words
from tests.store.test_corrections import Course, add
from tests.store.test_later_files import stored
from tests.support.workbooks.read_tables import Rows, workbook


def test_periods_without_completion_are_not_called_unfinished(app: Callable[..., AppTest], tmp_path: Path) -> None:
    path = tmp_path / "unknown.duckdb"
    database = Database(path)
    sexes = ("woman", "man")
    add(database, "one", [Course(f"a{n}", dt.date(2014, 5, 1 + n % 28), sexes[n % 2], True) for n in range(60)])
    rows: Rows = [["Kommune", "Tilbud", "År", "Køn", "Inviteret", "Deltog"]]
    rows = [*rows, *(["Aarhus", "Rygestop", 2017, sex, 300, 200] for sex in ("Mand", "Kvinde"))]
    stored(database, workbook(Tal=rows))
    database.close()
    choices = {"dimension": "sex", "group": "woman", "reference": "man", "rate": "completion"}
    test = visit(app(path, "en", **choices), "overview.py")
    assert "400 citizens of offers whose files do not say who completed" in words(test)
    assert "Not finished" not in words(test)
