"""An adjustment added on the page of adjustments: who may, what is stored, and what the pages then show."""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from analysis import store
from analysis.i18n import LANGUAGES, wording
from analysis.store import Database
from analysis.text.identity_numbers import holds_identity_number
from pages.components import process
from pages.components.adjustment_form import file_name
from tests.pages.test_pages import visit, words
from tests.pages.test_permissions import somebody
from tests.pages.test_theme_day_pages import messages, press
from tests.store.test_imports import add, contents

Open = Callable[..., AppTest]
OFFER = {"municipality": "Aarhus", "offer": "Diabetesskole"}
"""A comparison offer of the demonstration data."""
NOTHING_YET = "Nothing has been adjusted here yet. The page shows how it stands now."
JUNE = dt.date(2015, 6, 1)


def form(app: Open, file: Path | None, **choices: Any) -> AppTest:
    """The page as the link “Add an adjustment” opens it."""
    test = app(file, "en", page="adjustments.py", add="adjustment", **choices)
    assert not test.exception
    return test


def field(test: AppTest, name: str) -> Any:
    """The field whose key ends like this."""
    kinds = (test.selectbox, test.date_input, test.text_input, test.text_area, test.radio, test.button_group)
    [found] = [one for kind in kinds for one in kind if re.match(rf"added_\d+_{name}(_|$)", str(one.key))]
    return found


def fill(test: AppTest, day: dt.date | None = JUNE, title: str = "Call before the first meeting") -> AppTest:
    field(test, "on").set_value(day)
    field(test, "title").set_value(title)
    field(test, "aim").set_value("completion")
    field(test, "citizens_involved").set_value("yes")
    return press(test, "Add")


def stored(*, synthetic: bool) -> list[dict[str, Any]]:
    made = store.adjustments(process.open_database(), synthetic=synthetic)
    own = made[(made["municipality"] == OFFER["municipality"]) & made["offer"].isin([OFFER["offer"], "Rygestop"])]
    return own.to_dict("records")


def test_an_adjustment_is_added_shown_at_once_and_taken_back(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, "en", **OFFER)
    assert any(NOTHING_YET in one for one in messages(test.info))
    test = form(app, demonstration_file, **OFFER)
    assert field(test, "to").value == "Diabetesskole, Aarhus"
    test = fill(test)
    said = "“Call before the first meeting” is saved for Diabetesskole in Aarhus, from 1 Jun 2015."
    assert messages(test.success) == [said, "It can be taken back under Imports on the upload page."]
    assert store.history(process.open_database())[0].file_name == "adjustment-2015-06-01-Diabetesskole.xlsx"
    assert field(test, "title").value == ""
    [row] = stored(synthetic=True)
    assert (row["title"], row["aim"], row["citizens_involved"]) == (said.split("”")[0][1:], "completion", True)
    assert stored(synthetic=False) == []  # It belongs to the data that the page shows.

    assert "### Call before the first meeting" in words(test)
    test = visit(test, "overview.py")
    assert test.metric[0].label == "The gap before"
    assert not any(NOTHING_YET in one for one in messages(test.info))

    test = visit(test, "upload.py")
    test.button(key=f"undo_{store.history(process.open_database())[0].import_id}").click().run()
    test = press(test, "Yes, take it back")
    assert stored(synthetic=True) == []
    assert any(NOTHING_YET in one for one in messages(visit(test, "overview.py").info))


def test_an_adjustment_of_own_data_is_own_data(app: Open, tmp_path: Path) -> None:
    database = Database(tmp_path / "own.duckdb")
    for month in (2, 9):
        given = contents(*(f"{month}-{number}" for number in range(80)), month=month)
        sexes = pa.array(["woman", "woman", "man", "man"] * 20)
        given = dataclasses.replace(given, courses=given.courses.drop(["sex"]).append_column("sex", sexes))
        add(database, given, str(month))
    database.close()
    test = form(app, tmp_path / "own.duckdb")
    assert field(test, "to").options == ["Rygestop, Aarhus"]
    field(test, "to").set_value("Rygestop, Aarhus")
    fill(test)
    assert [row["title"] for row in stored(synthetic=False)] == ["Call before the first meeting"]
    assert stored(synthetic=True) == []


def test_a_planned_adjustment_is_welcome(app: Open, demonstration_file: Path) -> None:
    planned = dt.date.today() + dt.timedelta(days=200)
    test = fill(form(app, demonstration_file, **OFFER), planned, "Drop-in")
    assert any(one.endswith("once there are months from after that date.") for one in messages(test.success))
    assert [row["adjusted_on"].date() for row in stored(synthetic=True)] == [planned]
    assert any("There are months from only one side of the adjustment" in one for one in messages(test.info))


def test_what_is_missing_is_asked_for_and_nothing_is_stored(app: Open, demonstration_file: Path) -> None:
    test = press(form(app, demonstration_file), "Add")
    assert messages(test.error) == [
        "Choose the offer that is adjusted.",
        "Choose the date on which the change began, or is to begin.",
        "Write a title: a short name for the change.",
        "Choose what the change aims at.",
    ]
    assert stored(synthetic=True) == []


def test_what_is_too_long_is_taken_refused_with_its_length_and_can_be_shortened(
    app: Open, demonstration_file: Path
) -> None:
    test = form(app, demonstration_file, **OFFER)
    field(test, "what").set_value("y" * 1234)
    test = fill(test, title="x" * 121)
    assert messages(test.error) == [
        "The title has 121 characters and may have 120. Shorten it.",
        "What was changed is described in 1,234 characters and may have 1,000. Shorten it.",
    ]
    assert stored(synthetic=True) == []
    assert field(test, "title").value == "x" * 121
    field(test, "what").set_value("y" * 1000)
    fill(test, title="x" * 120)
    [row] = stored(synthetic=True)
    assert (len(row["title"]), len(row["what_changed"])) == (120, 1000)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("offer", ["Hold 150524", "010170", "Uge 20"])
def test_no_offer_and_date_together_look_like_an_identity_number(offer: str, lang: str) -> None:
    name = file_name(offer, dt.date(2024, 5, 15), wording(lang))
    assert f"-2024-05-15-{offer}.xlsx" in name
    assert not holds_identity_number([name])


@pytest.mark.parametrize("name", ["title", "what"])
def test_an_identity_number_is_refused_and_can_be_corrected(app: Open, demonstration_file: Path, name: str) -> None:
    test = form(app, demonstration_file, **OFFER)
    text = "Ring til 010203-1234"
    if name == "what":
        field(test, name).set_value(text)
        test = fill(test)
    else:
        test = fill(test, title=text)
    [said] = messages(test.error)
    assert "looks like a CPR number" in said
    assert "row" not in said
    assert "010203" not in said
    assert stored(synthetic=True) == []
    assert field(test, "on").value == JUNE
    field(test, "what").set_value("")
    fill(test)
    assert len(stored(synthetic=True)) == 1


def test_the_same_adjustment_is_stored_once(app: Open, demonstration_file: Path) -> None:
    test = fill(form(app, demonstration_file, **OFFER), title="Drop-in")
    test = fill(test, title="drop in ")
    assert messages(test.error) == ["The offer has an adjustment with this date and this title already."]
    test = fill(test, dt.date(2015, 9, 1), title="Drop-in")
    assert any(one.endswith("this is a later one.") for one in messages(test.success))
    assert [row["adjusted_on"].date() for row in stored(synthetic=True)] == [JUNE, dt.date(2015, 9, 1)]


WHO = {
    "V": ("Only for: health consultant, practitioner, project leader, administrator.", set()),
    "B": ("Not for: ", set()),
    "C": ("", {"Aarhus"}),
    "L": ("", {"Aarhus", "Ballerup", "Gladsaxe", "Halsnæs", "Holbæk", "København"}),
}


@pytest.mark.parametrize("role", WHO)
def test_who_may_add_an_adjustment_and_to_which_offers(
    app: Open, demonstration_file: Path, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_SIGN_IN", "on")
    monkeypatch.setenv("LIGE_ADGANG_ROLE_CLAIM", "roles")
    why, places = WHO[role]
    test = form(app, demonstration_file, user=somebody(role))
    if why:
        assert any(one.startswith(why) for one in messages(test.info))
        assert not [one for one in test.button if one.label == "Add"]
    else:
        assert {one.rsplit(", ", 1)[1] for one in field(test, "to").options} == places


def test_a_role_that_was_taken_away_meanwhile_adds_nothing(
    app: Open, demonstration_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_SIGN_IN", "on")
    monkeypatch.setenv("LIGE_ADGANG_ROLE_CLAIM", "roles")
    test = form(app, demonstration_file, user=somebody("L"), **OFFER)
    test.user = somebody("V")
    fill(test)
    assert stored(synthetic=True) == []
