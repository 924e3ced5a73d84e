"""Who did what: the page for administrators, and that whatever leaves a page or is refused on it has its line."""

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN, Person, Role
from analysis.exhibits.registry import OF_GAPS, OF_THEME_DAYS
from analysis.i18n import LANGUAGES, wording
from analysis.store import Database, Event
from analysis.store.integrity.audit import FIELDS, known_choices
from pages.components.navigation import pages
from tests.support.signed_in import sign_in_as

ROOT = Path(__file__).parents[2]
Open = Callable[..., AppTest]
PAGE = "audit.py"
ANNA = Person("Anna Aas (anna@kl.dk)", Role.ADMINISTRATOR)
CPR = "0101701234"


@pytest.fixture
def watched(demonstration_database: Database) -> Path:
    """The demonstration data, an export by Anna, and one by nobody who is signed in."""
    choices = {"municipality": "Aarhus", "offer": "Jens Hansens hold"}
    store.note(demonstration_database, ANNA, Event.EXPORT, what="groups", format="png", choices=choices)
    store.note(demonstration_database, NOBODY_SIGNED_IN, Event.EXPORT, what="counts", format="csv")
    demonstration_database.close()
    return demonstration_database.path


@pytest.fixture
def buttons(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Callable[[], bytes]]]:
    """What each button for a file would make, by its key: without a server nothing else can press it."""
    made: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(st, "download_button", lambda _, make, *, key, **others: made.update({key: make}))
    yield made


def lines() -> pd.DataFrame:
    """What the audit of the app says now, the newest first."""
    from pages.components import process

    return store.audit_lines(process.open_database())


def last() -> tuple[str, str, dict[str, Any]]:
    newest = lines().iloc[0]
    return newest["event"], newest["result"], json.loads(newest["about"])


def shown(test: AppTest) -> pd.DataFrame:
    assert not test.exception
    return test.dataframe[0].value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_in_every_language(app: Open, watched: Path, lang: str) -> None:
    test = app(watched, lang).switch_page(PAGE).run()
    table = shown(test)
    assert len(table) == len(lines())
    assert wording(lang).text("Took away") in set(table[wording(lang).text("What was done")])
    assert "groups" in " ".join(table[wording(lang).text("On what")])
    assert len(test.success) == 1


def test_what_an_import_holds_is_told_in_the_readers_language(app: Open, watched: Path) -> None:
    table = shown(app(watched, "da").switch_page(PAGE).run())
    said = " ".join(table["På hvad"])
    assert "forløb, tilbud, justeringer" in said
    assert "temadage, forståelser, indsatser" in said
    assert "courses" not in said


def test_lines_are_found_by_person_and_by_what_was_done(app: Open, watched: Path) -> None:
    test = app(watched, "en").switch_page(PAGE).run()
    test.selectbox(key="audit_person").select(ANNA.name).run()
    (row,) = shown(test).to_dict("records")
    assert re.fullmatch("content groups; as png; choices municipality=Aarhus, offer=…[0-9a-f]{6}", row["On what"])
    test.selectbox(key="audit_event").select(Event.STORE).run()
    assert "Nothing was done that fits these choices." in test.info[0].value.replace("\\", "")
    test.selectbox(key="audit_person").set_value(None).run()
    assert set(shown(test)["What was done"]) == {"Stored"}


def test_a_broken_chain_is_told(app: Open, demonstration_database: Database) -> None:
    store.note(demonstration_database, ANNA, Event.WATCH)
    with demonstration_database.writing() as cursor:
        cursor.execute("UPDATE audit SET person = 'Nobody' WHERE number = 2")
    demonstration_database.close()
    test = app(demonstration_database.path, "en").switch_page(PAGE).run()
    assert "The chain is broken at number 2" in test.error[0].value
    assert not test.success


def test_others_are_told_who_may_and_their_look_is_recorded(
    app: Open, watched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in_as(Person("Mads Lund", Role.PROJECT_LEADER), monkeypatch)
    test = app(watched, "en").switch_page(PAGE).run().run()
    assert "Only for: administrator." in test.info[0].value.replace("\\", "")
    assert not test.dataframe
    looks = lines().query("event == 'watch'")
    assert list(zip(looks["person"], looks["result"], strict=True)) == [("Mads Lund", "not allowed")]


def test_only_administrators_have_the_page_in_their_menu() -> None:
    for role in Role:
        menu = pages(wording("en"), Person("x", role))["The data"]
        assert (menu[-1].visibility == "visible") == (role is Role.ADMINISTRATOR)
    assert pages(wording("en"), None)["The data"][-1].visibility == "hidden"


def test_taking_the_audit_away_is_recorded_and_no_text_becomes_a_formula(
    app: Open, demonstration_database: Database, buttons: dict[str, Callable[[], bytes]]
) -> None:
    store.note(demonstration_database, Person("=HYPERLINK(1)", Role.VIEWER), Event.SIGN_IN)
    demonstration_database.close()
    app(demonstration_database.path, "en").switch_page(PAGE).run()
    written = buttons["audit_csv"]().decode("utf-8-sig")
    assert last() == (
        "export",
        "done",
        {"what": "audit", "format": "csv", "choices": "understanding=gap, data=demonstration"},
    )
    assert "'=HYPERLINK(1)" in written
    sheet = load_workbook(io.BytesIO(buttons["audit_xlsx"]()))["Who did what"]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert sheet.max_row == len(written.strip().split("\r\n"))


def test_every_file_that_leaves_a_page_has_its_line(
    app: Open, demonstration_file: Path, buttons: dict[str, Callable[[], bytes]]
) -> None:
    test = app(demonstration_file, "en", municipality="Aarhus", rate="reach", within=CPR, jens=CPR)
    for page in ("stories.py", "methods.py"):
        test.switch_page(page).run()
    assert buttons["groups_xlsx"]()
    chosen = {"municipality": "Aarhus", "rate": "reach", "within": CPR, "data": "demonstration"}
    chosen["understanding"] = "gap"
    told = ", ".join(f"{key}={code}" for key, code in known_choices(chosen).items())
    assert last() == ("export", "done", {"what": "groups", "format": "xlsx", "choices": told})
    assert buttons["take_json"]()
    assert last()[2].items() >= {"what": "story", "format": "json", "story": "laks"}.items()
    assert buttons["counts_csv"]()
    assert last()[2].items() >= {"what": "counts", "format": "csv"}.items()


def test_what_cannot_be_made_is_no_export(app: Open, demonstration_file: Path) -> None:
    from pages.components import audit_log

    app(demonstration_file)
    before = len(lines())
    with pytest.raises(ZeroDivisionError):
        audit_log._recorded(lambda: bytes(1 // 0), what="groups")()
    assert len(lines()) == before


def test_every_exhibit_can_stand_in_the_audit(database: Database) -> None:
    assert "what" in FIELDS[Event.EXPORT]
    for key in {*OF_GAPS, *OF_THEME_DAYS}:
        store.note(database, ANNA, Event.EXPORT, what=key)


def test_no_page_hands_out_a_file_past_the_audit() -> None:
    calling = re.compile(r"\bdownload_button\(")
    files = [path for path in (ROOT / "pages").rglob("*.py") if calling.search(path.read_text(encoding="utf-8"))]
    assert [path.name for path in files] == ["audit_log.py"]


def test_a_refused_story_leaves_a_line_and_not_its_words(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, "en").switch_page("stories.py").run()
    next(one for one in test.text_input if one.label == "Name").input(f"Jens {CPR}")
    next(one for one in test.button if one.label == "Begin").click().run()
    assert last() == ("add story", "CPR number", {})
    assert CPR not in lines().to_csv()
