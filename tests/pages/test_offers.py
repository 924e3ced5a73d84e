"""The page on offers: two spellings become one offer and part again, and what is entered of an offer is kept."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.store import Database
from pages.components import process
from tests.pages.test_pages import visit, words
from tests.pages.test_permissions import somebody
from tests.pages.test_theme_day_pages import press
from tests.store.test_corrections import Course, add

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
