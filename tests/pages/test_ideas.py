"""Ideas that go from one municipality to another, and from an action of a theme day into practice."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.intake.contract import Form
from analysis.intake.form_entries import store_adjustment, store_typed
from analysis.store import Database
from pages.components import process
from tests.pages.test_adjustment_page import CASE, PLACE, opened, page
from tests.pages.test_pages import visit, words
from tests.pages.test_permissions import somebody
from tests.pages.test_theme_day_pages import messages, press

Open = Callable[..., AppTest]


def field(test: AppTest, name: str) -> Any:
    """The field of the form that plans an adjustment."""
    kinds = (test.selectbox, test.date_input, test.text_input, test.radio)
    [found] = [one for kind in kinds for one in kind if str(one.key).startswith(f"plan_{name}_")]
    return found


def planned(test: AppTest, offer: str, label: str = "Use this in my municipality", place: str = "") -> AppTest:
    test = opened(test, label)
    if place:
        field(test, "place").set_value(place).run()
    field(test, "offer").set_value(offer)
    return press(test, "Plan it")


def described(title: str, municipality: str) -> dict[str, Any]:
    rows = store.descriptions(process.open_database(), synthetic=True)
    [row] = rows[(rows["title"] == title) & (rows["municipality"] == municipality)].to_dict("records")
    return {str(key): value for key, value in row.items()}


def test_an_idea_is_used_elsewhere_and_the_origin_sees_it(app: Open, demonstration_file: Path) -> None:
    test = planned(page(app, demonstration_file), "Rygestop på hold", place="Holbæk")
    day = dt.date.today() + dt.timedelta(days=30)
    assert messages(test.success)[0].startswith("“Sms før hvert møde” is planned for Rygestop på hold in Holbæk, from ")
    row = described(PLACE[2], "Holbæk")
    assert (row["from_municipality"], row["from_offer"], row["from_title"]) == PLACE
    assert (row["practice"], list(row["tags"])) == ("planned", ["reminders"])
    made = store.adjustments(process.open_database(), synthetic=True)
    [own] = made[(made["municipality"] == "Holbæk") & (made["title"] == PLACE[2])].to_dict("records")
    assert own["adjusted_on"].date() == day
    assert "Where the idea went" in words(test)

    test = visit(test, "spread.py")
    assert "1 adjustment was made of an idea from elsewhere, in Holbæk." in words(test)
    [ideas] = [one.value for one in test.dataframe if "Idea" in one.value]
    assert ideas.iloc[0].tolist()[:3] == [PLACE[2], "Rygestop på hold, Aarhus", "Rygestop på hold, Holbæk"]


def test_an_idea_goes_to_a_municipality_without_data(app: Open, demonstration_file: Path) -> None:
    test = page(app, demonstration_file)
    place = {"municipality": "Viborg", "offer": "Rygestop"}
    row = {**place, "adjusted_on": dt.date(2027, 1, 4), "title": PLACE[2], "aim": "completion"}
    origin = dict(zip(("from_municipality", "from_offer", "from_title"), PLACE, strict=True))
    rows: dict[Form, list[dict[str, Any]]] = {Form.OFFERS: [place], Form.ADJUSTMENTS: [row]}
    rows[Form.DESCRIPTIONS] = [{**place, "title": PLACE[2], **origin}]
    kept = {"language": "da", "synthetic": True, "by": NOBODY_SIGNED_IN}
    store_adjustment(process.open_database(), rows, "viborg.xlsx", **kept)  # type: ignore[arg-type]
    test = visit_case(test, f"Viborg · Rygestop · {PLACE[2]}")
    assert messages(test.info) == ["No numbers of this offer are stored yet."]
    assert "“Sms før hvert møde”, Rygestop på hold, Aarhus" in words(test)
    test = visit(test, "adjustments.py")
    assert "20 of 20 adjustments" in words(test)


def test_a_practitioner_plans_in_the_own_municipality_only(
    app: Open, demonstration_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_SIGN_IN", "on")
    monkeypatch.setenv("LIGE_ADGANG_ROLE_CLAIM", "roles")
    test = page(app, demonstration_file, user=somebody("", roles=["practitioner:Holbæk"]))
    test = opened(test, "Use this in my municipality")
    assert set(field(test, "offer").options) == {
        *("Afklarende samtale", "Kost og vægt", "Rygestop på hold", "Træning på recept")
    }


def test_an_action_becomes_an_adjustment_and_the_chain_is_shown(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, "en", page="municipality.py", municipality="Holbæk", about="Holbæk")
    action = "Opsøgende indsats i boligområder"
    test.selectbox(key="work_on").select(action).run()
    test = opened(test, "Turn it into an adjustment")
    field(test, "aim").set_value("both")
    field(test, "offer").set_value("Kost og vægt")
    test = press(test, "Plan it")
    row = described(action, "Holbæk")
    assert (row["action"], row["contact"]) == (action, "Social services")
    [chain] = [one.value for one in test.table if "Test rounds" in one.value]
    [row] = chain[chain["Action"] == action].to_dict("records")
    assert (row["Adjustment"], row["Offer"], row["How far"]) == (action, "Kost og vægt", "Planned")
    assert (row["Test rounds"], row["What happened"]) == ("0", "Not known yet")
    case = f"Holbæk · Kost og vægt · {action}"
    said = words(visit_case(test, case))
    assert f"{action}: Proposed since 22 Sept 2015" in said


def visit_case(test: AppTest, case: str) -> AppTest:
    test = visit(test, "adjustment.py")
    return test.selectbox(key="case").select(case).run()


def test_an_idea_keeps_its_origin_when_that_gets_another_name(app: Open, demonstration_file: Path) -> None:
    test = planned(page(app, demonstration_file), "Rygestop på hold", place="Holbæk")
    name = {"municipality": PLACE[0], "named": "adjustment", "belongs_to": PLACE[1], "name": PLACE[2]}
    database: Database = process.open_database()
    rows = {Form.NAMES: [{**name, "same_as": "Sms"}]}
    store_typed(database, rows, "names.xlsx", language="da", synthetic=True, by=NOBODY_SIGNED_IN)
    test = visit_case(test, CASE.replace(PLACE[2], "Sms"))
    assert "Where the idea went" in words(test)
