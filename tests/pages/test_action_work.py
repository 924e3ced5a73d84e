"""Work on actions: activities, what is known of an action, and what an understanding means for carrying them out."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis import store
from pages.components import process
from tests.pages.test_adjustment_page import opened
from tests.pages.test_pages import visit, words
from tests.pages.test_permissions import somebody
from tests.pages.test_theme_day_pages import messages, press

Open = Callable[..., AppTest]
ACTION = "Påmindelser på sms"


def at_work(app: Open, file: Path, label: str, **more: Any) -> AppTest:
    """The page of Holbæk with a form about one action open."""
    test = app(file, "en", page="municipality.py", municipality="Holbæk", **more)
    test.selectbox(key="work_on").select(ACTION).run()
    return opened(test, label)


def field(test: AppTest, name: str) -> Any:
    kinds = (test.selectbox, test.date_input, test.text_input, test.text_area, test.multiselect, test.button_group)
    [found] = [one for kind in kinds for one in kind if str(one.key).startswith(f"{name}_")]
    return found


def activities() -> dict[str, str]:
    found = store.activities(process.open_database(), synthetic=True)
    found = found[(found["municipality"] == "Holbæk") & (found["action"] == ACTION)]
    return dict(zip(found["activity"], found["progress"], strict=True))


def test_an_activity_is_added_and_changed(app: Open, demonstration_file: Path) -> None:
    test = at_work(app, demonstration_file, "Add or change an activity")
    before = activities()
    test = press(test, "Save the activity")
    assert messages(test.error) == ["Write what is done."]
    field(test, "activity_what").set_value("Ring om aftenen")
    field(test, "activity_who").set_value("Sundhedscentret")
    test = press(test, "Save the activity")
    assert messages(test.success)[0] == "The activity “Ring om aftenen” is saved."
    assert activities() == before | {"Ring om aftenen": "not begun"}
    [chain] = [one.value for one in test.table if "Test rounds" in one.value]
    [row] = chain[chain["Action"] == ACTION].to_dict("records")
    assert row["Activities done"] == f"{len(before)} of {len(before) + 1}"

    test = opened(test, "Add or change an activity")
    field(test, "activity_what").set_value("ring om aftenen")
    test = press(test, "Save the activity")
    assert messages(test.error) == ["There is an activity “ring om aftenen” already. Choose it above to change it."]
    field(test, "activity_which").select("Ring om aftenen").run()
    field(test, "activity_progress").set_value("done")
    press(test, "Save the activity")
    assert activities()["Ring om aftenen"] == "done"


def test_an_action_gets_its_next_status_and_what_is_missing(app: Open, demonstration_file: Path) -> None:
    test = at_work(app, demonstration_file, "Change the action")
    field(test, "action_status").select("running")
    test = press(test, "Save")
    assert messages(test.error) == ["Choose the date since which it is “Running”."]
    field(test, "action_since").set_value(dt.date(2016, 8, 1))
    field(test, "action_missing").set_value("At skrive klart")
    field(test, "action_co_owners").set_value(["social", "employment"])
    test = press(test, "Save")
    assert messages(test.success)[0] == f"“{ACTION}” is saved."
    found = store.actions(process.open_database(), synthetic=True)
    [row] = found[(found["municipality"] == "Holbæk") & (found["action"] == ACTION)].to_dict("records")
    assert (row["status"], row["running_on"].date()) == ("running", dt.date(2016, 8, 1))
    assert str(row["evaluated_on"]) == "NaT"
    assert list(row["co_owners"]) == ["social", "employment"]

    test = opened(visit(test, "actions.py"), "Activities, what it builds on, and what is missing")
    [about] = [one.value for one in test.table if "Missing competence" in one.value]
    [own] = about[about["Municipality"] == "Holbæk"].to_dict("records")
    assert (own["Co-owners"], own["Missing competence"]) == ("Social services, Employment", "At skrive klart")


def test_the_chain_of_an_action_is_shown_on_its_page(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, "en", page="actions.py", action="Kurser i let sprog")
    [chain] = [one.value for one in test.table if "Test rounds" in one.value]
    assert chain["Adjustment"].tolist() == ["Invitation i let sprog", "Billeder i stedet for tekst"]
    assert chain["Test rounds"].tolist() == ["2", "1"]
    assert set(chain["What happened"]) == {"No clear change"}


def test_what_an_understanding_means_is_written_beside_the_actions(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, "en", page="understandings.py", municipality="Holbæk")
    [beside] = [one.value for one in test.dataframe if "Running or evaluated" in one.value]
    actions = store.actions(process.open_database(), synthetic=True)
    own = actions[actions["municipality"] == "Holbæk"]
    [row] = beside[beside["Municipality"] == "Holbæk"].to_dict("records")
    done = own["status"].isin(["running", "evaluated"]).sum()
    assert (row["Actions"], row["Running or evaluated"]) == (str(len(own)), str(done))
    assert "That does not show that one follows from the other." in words(test)

    test = opened(test, "Write what it means in your municipality")
    field(test, "consequence_text").set_value("Flere områder skal med.")
    test = press(test, "Save")
    assert messages(test.success)[0] == "What it means in Holbæk is saved."
    assert "Flere områder skal med." in words(visit(test, "municipality.py"))


MAY = {"V": False, "B": False, "P": False, "C": False, "L": True, "A": True}


@pytest.mark.parametrize("role", MAY)
def test_who_may_add_an_activity(
    app: Open, demonstration_file: Path, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_SIGN_IN", "on")
    monkeypatch.setenv("LIGE_ADGANG_ROLE_CLAIM", "roles")
    user = somebody(role, **({"roles": ["practitioner:Holbæk"]} if role == "P" else {}))
    test = at_work(app, demonstration_file, "Add or change an activity", user=user)
    assert ("Save the activity" in [one.label for one in test.button]) == MAY[role]
