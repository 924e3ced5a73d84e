"""The page of one adjustment: its story, its result, changing it, test rounds, drafts, and who may."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis import store
from analysis.store import Database
from pages.components import process
from tests.pages.test_pages import visit, words
from tests.pages.test_permissions import somebody
from tests.pages.test_theme_day_pages import messages, press
from tests.store.test_later_files import stored
from tests.support.workbooks.faults import ADJUSTMENT_HEADERS, COUNT_HEADERS, book

Open = Callable[..., AppTest]
PLACE = ("Aarhus", "Rygestop på hold", "Sms før hvert møde")
CASE = " · ".join(PLACE)


def page(app: Open, file: Path | None, **choices: Any) -> AppTest:
    test = app(file, "en", page="adjustment.py", case=CASE, **choices)
    assert not test.exception
    return test


def opened(test: AppTest, label: str) -> AppTest:
    """Open the form with this label."""
    [form] = [one for one in test.expander if one.label == label]
    test.session_state[form.proto.id.split("-", 2)[2]] = True
    return test.run()


def field(test: AppTest, name: str) -> Any:
    kinds = (test.date_input, test.text_input, test.text_area, test.radio, test.button_group)
    [found] = [one for kind in kinds for one in kind if f"_{name}_" in str(one.key)]
    return found


def rounds() -> list[tuple[int, str, str | None]]:
    made = store.rounds(process.open_database(), synthetic=True)
    own = made[(made["municipality"] == PLACE[0]) & (made["title"] == PLACE[2])]
    return list(own[["number", "tried", "decision"]].itertuples(index=False, name=None))


def test_the_story_is_told_from_the_challenge_to_what_others_can_use(app: Open, demonstration_file: Path) -> None:
    said = words(page(app, demonstration_file))
    for part in ("Eksempel: Mange kom", "What we did", "① 24 Aug 2015", "②", "Next step: keep", "Advice to others"):
        assert part in said
    assert "The gap went from" in said
    assert "adjustments of other offers have a tag in common" in said
    assert "Synthetic demonstration data" in said


def test_a_change_that_is_clear_alone_is_not_called_clear_among_many(app: Open, demonstration_file: Path) -> None:
    case = "Ballerup · Diabetes i hverdagen · Billeder i stedet for tekst"
    said = words(app(demonstration_file, "en", page="adjustment.py", case=case))
    assert "The gap in completion narrowed. " in said
    first, then = "No clear change among the 19 of the catalogue", "Seen alone: The gap in completion narrowed. "
    assert said.index(first) < said.index(then)
    clear = "Aarhus · KOL-rehabilitering · Afklarende samtale i hjemmet"
    said = words(app(demonstration_file, "en", page="adjustment.py", case=clear))
    assert "The gap in completion narrowed. " in said
    assert "of the catalogue" not in said
    cards = words(app(demonstration_file, "en", page="adjustments.py"))
    assert "Not clear among so many changes: chance alone can bring one like it." in cards


def test_a_link_to_an_adjustment_that_is_gone_says_so(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, "en", page="adjustment.py", case="Aarhus · Rygestop · Gone")
    assert any("“Aarhus · Rygestop · Gone” is not here, or no longer." in one for one in messages(test.warning))


def test_without_a_choice_the_page_asks_for_one(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, "en", page="adjustment.py")
    assert messages(test.info) == ["Choose an adjustment to read how it was made and what happened."]
    test.selectbox(key="case").select(CASE).run()
    assert test.title[0].value == "Sms før hvert møde"
    assert test.query_params["case"] == CASE


def test_a_round_is_added_changed_and_taken_back(app: Open, demonstration_file: Path) -> None:
    test = opened(page(app, demonstration_file), "Add a test round")
    before = rounds()
    test = press(test, "Save the round")
    assert messages(test.error) == ["Write what was tried."]
    field(test, "tried").set_value("Et opkald om aftenen")
    field(test, "decision").set_value("keep")
    test = press(test, "Save the round")
    assert messages(test.success)[0] == f"Round {len(before) + 1} is saved."
    assert rounds() == [*before, (len(before) + 1, "Et opkald om aftenen", "keep")]
    assert "Et opkald om aftenen" in words(test)

    test = opened(test, "Who wrote it")
    newest = store.history(process.open_database())[0].import_id
    test.button(key=f"take_back_{newest}").click().run()
    assert rounds() == before


def test_a_change_keeps_what_was_not_touched(app: Open, demonstration_file: Path) -> None:
    test = opened(page(app, demonstration_file), "Change it")
    field(test, "on").set_value(dt.date(2015, 11, 1))
    field(test, "advice").set_value("Spørg om nummeret først.")
    test = press(test, "Save")
    assert messages(test.success)[0] == "“Sms før hvert møde” is saved."
    [made] = [row for row in records(store.adjustments) if row["title"] == PLACE[2]]
    assert made["adjusted_on"].date() == dt.date(2015, 11, 1)
    [story] = [row for row in records(store.descriptions) if row["title"] == PLACE[2]]
    assert (story["advice"], list(story["tags"])) == ("Spørg om nummeret først.", ["reminders"])
    assert story["challenge"].startswith("Eksempel: ")


def test_a_draft_waits_until_it_is_saved(app: Open, demonstration_file: Path) -> None:
    test = opened(page(app, demonstration_file), "Change it")
    field(test, "advice").set_value("Kun et udkast")
    test = press(test, "Keep as a draft")
    assert "Kun et udkast" not in words(test)
    test = opened(visit(test, "adjustments.py"), "Go on with the draft")
    assert field(test, "advice").value == "Kun et udkast"
    test = press(test, "Save")
    assert messages(test.success)[0] == "“Sms før hvert møde” is saved."
    assert "Go on with the draft" not in [one.label for one in test.expander]
    assert "Kun et udkast" in words(page(app, None))


def test_a_text_that_may_name_a_person_is_saved_only_when_it_is_sent_again(app: Open, demonstration_file: Path) -> None:
    test = opened(page(app, demonstration_file), "Add a test round")
    before = rounds()
    field(test, "tried").set_value("Vi ringede til fru Jensen")
    test = press(test, "Save the round")
    assert "“fru Jensen”" in messages(test.error)[0]
    assert rounds() == before
    press(test, "Save the round")
    assert len(rounds()) == len(before) + 1


def test_another_text_that_may_name_a_person_is_asked_about_anew(app: Open, demonstration_file: Path) -> None:
    test = opened(page(app, demonstration_file), "Add a test round")
    before = rounds()
    for name in ("fru Jensen", "hr. Nielsen"):
        field(test, "tried").set_value(f"Vi ringede til {name}")
        test = press(test, "Save the round")
        assert f"“{name}”" in messages(test.error)[0]
    assert rounds() == before


def test_a_day_far_away_is_refused_and_the_texts_stay(app: Open, demonstration_file: Path) -> None:
    test = opened(page(app, demonstration_file), "Add a test round")
    before = rounds()
    field(test, "on").set_value(dt.date(1975, 1, 1))
    field(test, "tried").set_value("Et opkald om aftenen")
    test = press(test, "Save the round")
    assert "1 Jan 1975 is not between " in messages(test.error)[0]
    assert (field(test, "tried").value, rounds()) == ("Et opkald om aftenen", before)


def test_who_saves_after_somebody_else_is_warned_first(app: Open, demonstration_file: Path) -> None:
    first = opened(page(app, demonstration_file), "Change it")
    second = opened(page(app, None), "Change it")
    field(first, "advice").set_value("Fra den første")
    field(second, "advice").set_value("Fra den anden")
    press(first, "Save")
    second = press(second, "Save")
    assert messages(second.error)[0].startswith("Somebody has changed “Sms før hvert møde” since you opened this form.")
    assert field(second, "advice").value == "Fra den anden"
    assert "Fra den første" in words(second)
    second = press(second, "Save")
    assert messages(second.success)[0] == "“Sms før hvert møde” is saved."
    assert "Fra den anden" in words(second)


def test_a_cpr_number_in_a_round_is_refused(app: Open, demonstration_file: Path) -> None:
    test = opened(page(app, demonstration_file), "Add a test round")
    field(test, "tried").set_value("Ring til 010203-1234")
    test = press(test, "Save the round")
    [said] = messages(test.error)
    assert "looks like a CPR number" in said
    assert "Et " not in said


MAY = {"V": False, "B": False, "P": True, "Q": False, "C": True, "L": True, "A": True}


@pytest.mark.parametrize("role", MAY)
def test_who_may_add_a_round(app: Open, demonstration_file: Path, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGE_ADGANG_SIGN_IN", "on")
    monkeypatch.setenv("LIGE_ADGANG_ROLE_CLAIM", "roles")
    roles = {"P": ["practitioner:Aarhus"], "Q": ["practitioner:Holbæk"]}
    user = somebody(role, **({"roles": roles[role]} if role in roles else {}))
    test = opened(page(app, demonstration_file, user=user), "Add a test round")
    assert ("Save the round" in [one.label for one in test.button]) == MAY[role]
    assert ("Who wrote it" in [one.label for one in test.expander]) == MAY[role]


def records(query: Callable[..., Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = query(process.open_database(), synthetic=True).to_dict("records")
    return found


def test_three_clicks_find_reminders_with_citizens_that_clearly_helped(app: Open, tmp_path: Path) -> None:
    path = tmp_path / "reminders.duckdb"
    helped(path)
    test = app(path, "en", page="adjustments.py", data="own")
    assert len(titles(test)) == 3
    for key, code in (("tags", "reminders"), ("involved", "citizens"), ("result", "better")):
        [chips] = [one for one in test.button_group if one.key == key]
        chips.set_value([code]).run()
    assert titles(test) == ["### Sms"]
    said = "1 of 3 adjustments: Clearly better · Reminders · Citizens. Sms (A, Aarhus)."
    assert said in words(test)
    assert test.query_params["tags"] == "reminders"


TAGS = ("påmindelser", "påmindelser", "mentor")


def helped(path: Path) -> None:
    """Three offers with an adjustment each: reminders after which the gap closed, and two after which it did not."""
    counted, made, described = [], [], []
    for offer, title, later, tag in zip("ABC", ("Sms", "Brev", "Mentor"), (90, 40, 90), TAGS, strict=True):
        for month in range(1, 25):
            period = f"{2014 + (month - 1) // 12}-{(month - 1) % 12 + 1:02}"
            low = 40 if month <= 12 else later
            counted.append(["Aarhus", offer, period, "Uddannelse", "Grundskole", 120, 100, low])
            counted.append(["Aarhus", offer, period, "Uddannelse", "Lang videregående uddannelse", 120, 100, 92])
        with_citizens = "nej" if title == "Brev" else "ja"
        made.append(["Aarhus", offer, dt.datetime(2015, 1, 1), title, "Gennemførelse", with_citizens])
        described.append(["Aarhus", offer, title, tag])
    content = book(
        {
            "Optælling": [COUNT_HEADERS, *counted],
            "Justeringer": [[*ADJUSTMENT_HEADERS, "Borgere inddraget"], *made],
            "Beskrivelser": [["Kommune", "Tilbud", "Justering", "Emneord"], *described],
        }
    )
    database = Database(path)
    stored(database, content)
    database.close()


def titles(test: AppTest) -> list[str]:
    return [line.value for line in test.markdown if line.value.startswith("###")]
