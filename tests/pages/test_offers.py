"""The page on offers: two spellings become one offer and part again, and what is entered of an offer is kept."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis import store
from analysis.auth.roles import AS_THEY_ARE, NOBODY_SIGNED_IN
from analysis.store import Database
from pages.components import process
from tests.pages.test_pages import visit, words
from tests.pages.test_permissions import somebody
from tests.pages.test_theme_day_pages import press
from tests.store.test_corrections import Course, add
from tests.store.test_later_files import stored
from tests.store.test_names import BLOCKS, adjusted, with_blocks
from tests.store.test_places import add as add_counts

Open = Callable[..., AppTest]


def courses(offer: str, letter: str, came: int) -> list[Course]:
    """Men and women of an offer; of the women so many complete."""
    return [
        Course(f"{letter}{sex}{n}", dt.date(2015, 5, 1 + n % 28), sex, sex == "man" or n < came, offer)
        for sex in ("woman", "man")
        for n in range(30)
    ]


@pytest.fixture
def spelt_twice(tmp_path: Path) -> Path:
    path = tmp_path / "spelt.duckdb"
    database = Database(path)
    add(database, "one", [*courses("KOL hold", "a", 10), *courses("Rygestop", "r", 20)])
    add(database, "other", courses("KOL-hold", "b", 20))
    database.close()
    return path


def opened(app: Open, file: Path, **choices: Any) -> AppTest:
    test = app(file, "en", dimension="sex", group="woman", reference="man", **choices)
    return visit(test, "offers.py")


def offers() -> dict[str, Any]:
    return {one.name: one for one in store.offers(process.open_database(), synthetic=False)}


def field(test: AppTest, key: str) -> Any:
    kinds = (test.selectbox, test.text_input, test.number_input, test.date_input)
    return next(one for kind in kinds for one in kind if one.key == key)


def test_two_spellings_become_one_offer_and_part_again(app: Open, spelt_twice: Path) -> None:
    test = opened(app, spelt_twice)
    assert "“KOL hold” and “KOL-hold” in Aarhus" in words(test)
    press(test, "See them as one")
    assert "In 1 period both have numbers" in test.info[0].value
    gaps = next(one.value for one in test.dataframe if "Together" in one.value)
    completion = gaps[(gaps["Dimension"] == "Sex") & (gaps["Rate"] == "Completion")].iloc[0]
    assert [completion[name] for name in ("KOL hold", "KOL-hold", "Together")] == ["−66.7", "−33.3", "−50.0"]
    press(test, "Save")
    assert "is now “KOL-hold”" in test.success[0].value.replace("\\", "")
    assert [*offers()] == ["KOL-hold", "Rygestop"]
    database = process.open_database()
    newest = store.history(database)[0]
    assert newest.typed
    store.undo_import(database, newest.import_id, by=NOBODY_SIGNED_IN)
    assert [*offers()] == ["KOL hold", "KOL-hold", "Rygestop"]


def test_what_is_entered_of_an_offer_is_kept(app: Open, spelt_twice: Path) -> None:
    test = opened(app, spelt_twice)
    field(test, "offer_place").set_value(("Aarhus", "Rygestop")).run()
    field(test, "offer_rule").set_value("4 of 5 meetings")
    field(test, "offer_days").set_value(84)
    field(test, "offer_end").set_value(dt.date(2016, 1, 1)).run()
    press(test, "Save")
    offer = offers()["Rygestop"]
    assert (offer.completion_rule, offer.stated_days, offer.ended_on) == ("4 of 5 meetings", 84, dt.date(2016, 1, 1))


@pytest.mark.parametrize(("role", "may"), [("C", True), ("B", False), ("L", False), ("V", False), ("A", True)])
def test_only_who_may_store_the_numbers_changes_the_offers(
    app: Open, spelt_twice: Path, monkeypatch: pytest.MonkeyPatch, role: str, may: bool
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_SIGN_IN", "on")
    monkeypatch.setenv("LIGE_ADGANG_ROLE_CLAIM", "roles")
    test = opened(app, spelt_twice, user=somebody(role))
    assert any(one.key == "offer_place" for one in test.selectbox) is may
    assert bool(test.info) is not may


@pytest.fixture
def with_areas(tmp_path: Path) -> Path:
    """Counts by area of living, which the file added, and two titles of one adjustment."""
    path = tmp_path / "areas.duckdb"
    database = Database(path)
    areas = (("Nord", 400), ("Nordby", 300), ("Syd", 200))
    with_blocks(database, [(f"2015-0{month}", BLOCKS, area, number) for month in (1, 2) for area, number in areas])
    stored(
        database,
        adjusted(("Påmindelser", dt.datetime(2015, 2, 1)), ("Påmindelse", dt.datetime(2015, 3, 1)), period="2015-03"),
    )
    database.close()
    return path


def areas(dimension: str = BLOCKS) -> dict[str, int]:
    counts = store.counts_by_month(process.open_database(), AS_THEY_ARE, dimension=dimension, synthetic=False)
    return {str(group): int(number) for group, number in counts.groupby("group")["invited"].sum().items()}


def test_two_names_become_one_with_one_click_and_part_again(app: Open, with_areas: Path) -> None:
    test = visit(app(with_areas, "en"), "offers.py")
    assert "The adjustments “Påmindelse” and “Påmindelser” of Alfa, Aarhus" in words(test)
    press(test, "Call both “Påmindelser”")
    assert "“Påmindelse” is now “Påmindelser”" in test.success[0].value.replace("\\", "")
    database = process.open_database()
    found = store.adjustments(database, synthetic=False)
    assert found["title"].tolist() == ["Påmindelser"]
    assert not [one.label for one in test.button if one.label.startswith("Call both")]
    store.undo_import(database, store.history(database)[0].import_id, by=NOBODY_SIGNED_IN)
    assert len(store.adjustments(database, synthetic=False)) == 2


def test_groups_that_a_file_added_are_joined_and_ordered(app: Open, with_areas: Path) -> None:
    test = visit(app(with_areas, "en"), "offers.py")
    group = field(test, "group_place")
    group.set_value(next(one for one in group.options if one.startswith("Nordby"))).run()
    field(test, "group_name").set_value("Nord").run()
    press(test, "Save")
    assert areas() == {"Nord": 1400, "Syd": 400}
    (order,) = test.multiselect
    order.set_value(["Syd", "Nord"]).run()
    press(test, "Save")
    assert [group.key for group in store.dimensions(process.open_database())[BLOCKS].groups] == ["Syd", "Nord"]
    assert store.dimensions(process.open_database())[BLOCKS].ordered


def test_a_municipality_is_taken_out_and_brought_back(app: Open, with_areas: Path) -> None:
    test = visit(app(with_areas, "en"), "offers.py")
    field(test, "take_out_municipality").set_value("Aarhus").run()
    assert "No page and no file will count 1 offer of Aarhus" in words(test)
    press(test, "Take out")
    assert areas() == {}
    assert "Taken out, and counted nowhere: Alfa" in test.warning[0].value.replace("\\", "")
    press(test, "Bring back")
    assert sum(areas().values()) == 1800
    assert not test.warning


@pytest.mark.parametrize(("role", "may"), [("C", True), ("B", False), ("L", False), ("V", False), ("A", True)])
def test_only_who_may_store_the_numbers_joins_groups_and_takes_out(
    app: Open, with_areas: Path, monkeypatch: pytest.MonkeyPatch, role: str, may: bool
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_SIGN_IN", "on")
    monkeypatch.setenv("LIGE_ADGANG_ROLE_CLAIM", "roles")
    test = visit(app(with_areas, "en", user=somebody(role)), "offers.py")
    group = field(test, "group_place")
    group.set_value(next(one for one in group.options if one.startswith("Nordby"))).run()
    field(test, "group_name").set_value("Nord").run()
    assert any(one.key == "group_save" for one in test.button) is may
    assert any(one.key == "take_out_municipality" for one in test.selectbox) is may
    assert all(one.disabled is not may for one in test.button if one.label.startswith("Call both"))


def test_two_places_become_one_with_one_click(app: Open, tmp_path: Path) -> None:
    path = tmp_path / "places.duckdb"
    database = Database(path)
    add_counts(database, ["Nordhavn"], "2015-01")
    add_counts(database, ["Nordhavnen"], "2015-02")
    database.close()
    test = visit(app(path, "en", dimension="sex", group="woman", reference="man"), "offers.py")
    assert "The places “Nordhavn” and “Nordhavnen”" in words(test)
    press(test, "Call both “Nordhavn”")
    assert "“Nordhavnen” is now “Nordhavn”" in test.success[0].value.replace("\\", "")
    assert {one.municipality for one in store.offers(process.open_database(), synthetic=False)} == {"Nordhavn"}


def test_a_municipality_stays_out_when_a_new_name_is_taken_back(app: Open, spelt_twice: Path) -> None:
    test = opened(app, spelt_twice)
    press(test, "See them as one")
    press(test, "Save")
    field(test, "take_out_municipality").set_value("Aarhus").run()
    press(test, "Take out")
    database = process.open_database()
    renamed = next(one for one in store.history(database) if one.file_name.startswith("offer-"))
    store.undo_import(database, renamed.import_id, by=NOBODY_SIGNED_IN)
    assert offers() == {}
    visit(test, "offers.py")
    press(test, "Bring back")
    assert [*offers()] == ["KOL hold", "KOL-hold", "Rygestop"]
