"""The exhibit of coverage, from files: what each cell and each row of the table says is what the files hold."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from analysis.auth.roles import AS_THEY_ARE, DisclosureLevel
from analysis.exhibits.coverage import MOST_ROWS, questions
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.registry import ExhibitRequest, build
from analysis.exhibits.stored_data import StoredData
from analysis.exhibits.unstated import unstated_groups
from analysis.store import Database
from tests.support.stored_answers import exhibit_of_file
from tests.support.workbooks.faults import COUNT_HEADERS, book

SHORT, LONG = "Grundskole", "Lang videregående uddannelse"
CHOICES = {"lang": "en", "dimension": "education", "rate": "completion"}


def counted(offer: str, period: str, invited: int, place: str = "Aarhus") -> list[list[object]]:
    """Counts of one period: so many of each group were invited; half take part, and a quarter complete."""
    return [[place, offer, period, "Uddannelse", group, invited, invited // 2, invited // 4] for group in (SHORT, LONG)]


def shown(folder: Path, *rows: list[list[object]], level: DisclosureLevel = AS_THEY_ARE) -> Exhibit:
    content = book({"Optælling": [COUNT_HEADERS, *(row for some in rows for row in some)]})
    return exhibit_of_file(folder, lambda: content, "coverage", level, CHOICES)


@contextmanager
def reopened(folder: Path) -> Iterator[GapData]:
    """Open the data that ``shown`` stored."""
    database, level = Database(folder / "answers.duckdb"), DisclosureLevel(5, everywhere=True)
    exhibit = build(
        StoredData(database), ExhibitRequest("coverage", tuple(CHOICES.items()), "en", level, database.version())
    )
    assert exhibit is not None
    assert isinstance(exhibit.provenance, GapData)
    yield exhibit.provenance
    database.close()


def test_each_period_of_the_file_is_a_row_of_the_table(tmp_path: Path) -> None:
    rows = [counted("Alfa", "2015-01", 40), counted("Alfa", "2015-02", 60), counted("Beta", "2015K1", 300)]
    found = shown(tmp_path, *rows)
    assert found.answers == "2 offers, Jan 2015 to Mar 2015."
    columns = ["Offer", "Period", "Invited", "Participated", "Completed"]
    assert found.numbers[columns].to_numpy().tolist() == [
        ["Alfa", "Jan 2015", 80, 40, 20],
        ["Alfa", "Feb 2015", 120, 60, 30],
        ["Beta", "Jan 2015 – Mar 2015", 600, 300, 150],
    ]


def test_a_month_without_data_has_no_cell_and_a_quarter_fills_three(tmp_path: Path) -> None:
    found = shown(
        tmp_path, counted("Alfa", "2015-01", 40), counted("Alfa", "2015-03", 60), counted("Beta", "2015K1", 9)
    )
    heat = found.chart({"theme": "light", "text_size": 14}).data[0]
    names, alfa, _, beta = np.isfinite(np.asarray(heat.z, dtype=float)).tolist()
    assert (names, alfa, beta) == ([False] * 3, [True, False, True], [True] * 3)
    assert heat.hovertext[1][0] == "Aarhus · Alfa, Jan 2015: 80 invited, 40 took part, 20 completed"
    assert {heat.hovertext[3][at] for at in range(3)} == {
        "Aarhus · Beta, Jan 2015 – Mar 2015: 18 invited, 8 took part, 4 completed"
    }


def test_small_numbers_are_shown_nowhere(tmp_path: Path) -> None:
    rounded = DisclosureLevel(5, frozenset(), everywhere=False)
    found = shown(tmp_path, counted("Alfa", "2015-01", 2), counted("Alfa", "2015-02", 60), level=rounded)
    stages = found.numbers[["Invited", "Participated", "Completed"]].astype("Float64").fillna(0).to_numpy(dtype=float)
    assert not ((stages > 0) & (stages < 5)).any()


@pytest.mark.parametrize("offers", [MOST_ROWS, MOST_ROWS + 1])
def test_many_offers_are_drawn_by_municipality(tmp_path: Path, offers: int) -> None:
    places = ("Aarhus", "Viborg")
    rows = [counted(f"Tilbud {number}", "2015-01", 40, places[number % 2]) for number in range(offers)]
    found = shown(tmp_path, *rows)
    drawn = found.chart({"theme": "light", "text_size": 14})
    assert len(drawn.data[0].z) == 2 * (offers if offers <= MOST_ROWS else len(places))
    assert drawn.layout.height <= 2_000
    assert ("choose one to see its offers" in found.answers) == (offers > MOST_ROWS)


def test_the_share_without_a_stated_group_is_shown_by_dimension(tmp_path: Path) -> None:
    education, sex = ["2015-01", "Uddannelse"], ["2015-01", "Køn"]
    rows = [
        *(["Aarhus", "Alfa", *education, group, 40, came, 5] for group, came in ((SHORT, 20), (LONG, 10))),
        ["Aarhus", "Alfa", *education, "Uoplyst", 40, 10, 5],
        *(["Aarhus", "Alfa", *sex, group, 60, 20, 5] for group in ("Mand", "Kvinde")),
        *(["Aarhus", "Beta", *education, group, 90, came, 1] for group, came in ((SHORT, 80), ("Uoplyst", 2))),
    ]
    shown(tmp_path, rows)
    with reopened(tmp_path) as view:
        assert unstated_groups(view).to_dict("records") == [
            {"Municipality": "Aarhus", "Offer": "Alfa", "Education": "25.0%", "Sex": "0.0%"},
            {"Municipality": "Aarhus", "Offer": "Beta", "Education": "2.4%", "Sex": "–"},
        ]


def test_a_hole_is_named_with_the_file_and_with_who_stored_it_where_that_may_be_known(tmp_path: Path) -> None:
    shown(tmp_path, counted("Alfa", "2015-01", 40), counted("Alfa", "2015-03", 60))
    hole = "Alfa, Aarhus: no data in Feb 2015."
    with reopened(tmp_path) as view:
        (file_name,) = view.data.files_of_offers(view.request.version, False)["file_name"]
        assert f"{hole} Ask Ane, who stored “{file_name}”." in questions(view, frozenset({(1, "Ane")}))
        assert f"{hole} Newest file: “{file_name}”." in questions(view, frozenset())
