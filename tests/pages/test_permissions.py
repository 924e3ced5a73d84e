"""What each role can do on each page, cell by cell, as written down here by hand; and what stands before a page."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.intake.contract import Form
from analysis.intake.form_entries import store_typed
from analysis.store import Database, history, requests, saved_stories
from tests.pages.test_pages import PAGES, words
from tests.pages.test_theme_day_pages import messages
from tests.pages.test_upload import D, click, drop, rows
from tests.pages.test_upload import said as all_said

Open = Callable[..., AppTest]
ROLES = {
    "V": ["viewer"],
    "C": ["consultant:Aarhus"],
    "B": ["consultant:Bornholm"],
    "L": ["project leader"],
    "A": ["administrator"],
}
"""A viewer, consultants of Aarhus and of Bornholm, a project leader, an administrator."""

MATRIX = """
overview   Load demonstration data                A
requests   Add to story                           LA
requests   Add                                    CBLA
requests   Save, for Herlev                       LA
theme_day  Save the table's votes, at Bornholm    BLA
theme_day  Take back, of Bornholm                 BLA
theme_day  Add                                    CBLA
stories    Duplicate                              LA
upload     The upload                             CBLA
upload     Take back, aarhus_2014-2016.xlsx       CA
upload     Take back, holbaek_2014-2016.xlsx      A
upload     Take back, temadage_2015-2016.xlsx     LA
"""
"""The page, the button, and who of those above may press it."""
CELLS = {tuple(line.rsplit(maxsplit=1)[0].split(maxsplit=1)): line.split()[-1] for line in MATRIX.strip().splitlines()}
VOTE = {"municipality": "Bornholm", "held_on": D(2016, 10, 6), "asked": "before", "holder": "politicians", "table": "1"}


def somebody(role: str = "", **changed: Any) -> dict[str, Any]:
    """What the provider says of a person of this role."""
    claims = {"is_logged_in": True, "sub": "s-1", "name": "Karen Kær", "iat": time.time()}
    return claims | {"email": "karen@kommune.dk", "email_verified": True, "roles": ROLES.get(role, [])} | changed


@pytest.fixture(autouse=True)
def sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGE_ADGANG_SIGN_IN", "on")
    monkeypatch.setenv("LIGE_ADGANG_ROLE_CLAIM", "roles")


@pytest.fixture
def file(demonstration_database: Database) -> Path:
    """The demonstration data, and a table's votes that were entered on the page."""
    vote = {Form.UNDERSTANDINGS: [VOTE | {"disadvantaged": 6, "gap": 3, "gradient": 1}]}
    store_typed(demonstration_database, vote, "vote.xlsx", language="en", synthetic=True, by=NOBODY_SIGNED_IN)
    demonstration_database.close()
    return demonstration_database.path


def buttons(test: AppTest, page: str) -> dict[str, bool]:
    """Whether each button of the matrix can be pressed on this page."""
    found = {one.label: not one.proto.disabled for one in test.button}
    by_key = {one.key: not one.proto.disabled for one in test.button}
    if page == "upload":
        records = {f"Take back, {one.file_name}": by_key.get(f"undo_{one.import_id}") for one in stored()}
        return {**records, "The upload": bool(test.file_uploader)}
    names = {"Save": "Save, for Herlev", "Save the table's votes": "Save the table's votes, at Bornholm"}
    return {names.get(label, label + ", of Bornholm" * (label == "Take back")): able for label, able in found.items()}


def stored() -> list[Any]:
    from pages.components import process

    return history(process.open_database())


@pytest.mark.parametrize("page", dict.fromkeys(page for page, _ in CELLS))
@pytest.mark.parametrize("role", ROLES)
def test_each_role_can_press_what_the_matrix_says(app: Open, file: Path, role: str, page: str) -> None:
    test = app(None if page == "overview" else file, "en", user=somebody(role), page=f"{page}.py")
    assert not test.exception
    found = buttons(test, page)
    expected = {button: role in who for (of_page, button), who in CELLS.items() if of_page == page}
    assert {button: found[button] for button in expected} == expected


def press(test: AppTest, label: str, *, now: str = "") -> AppTest:
    """Press a button; ``now`` is the role that the person has had since the page was drawn."""
    if now:
        test.user = somebody(now)
    [button] = [one for one in test.button if one.label == label]
    test = button.click().run()
    assert not test.exception
    return test


def test_a_role_that_was_taken_away_meanwhile_lets_nothing_through(app: Open, file: Path) -> None:
    test = app(file, "en", user=somebody("L"), page="theme_day.py")
    before = stored()
    test = press(test, "Take back", now="V")
    assert "Only for: health consultant, project leader, administrator." in messages(test.error)
    test = app(file, "en", user=somebody("L"), page="stories.py")
    test = press(test, "Duplicate", now="V")
    assert "Only for: project leader, administrator." in messages(test.error)
    from pages.components import process

    assert saved_stories(process.open_database()) == []
    test = app(file, "en", user=somebody("L"), page="upload.py")
    [newest] = [one for one in test.button if one.key == f"undo_{before[0].import_id}"]
    press(newest.click().run(), "Yes, take it back", now="V")
    assert stored() == before


def test_a_consultant_enters_for_the_own_municipality_under_the_own_name(app: Open) -> None:
    test = app(lang="en", user=somebody("C"), page="requests.py")
    assert test.selectbox(key="new_municipality").options == ["Aarhus"]
    test.selectbox(key="new_municipality").set_value("Aarhus")
    test = press(test, "Add")
    assert "The request from Aarhus is saved." in messages(test.success)
    from pages.components import process

    assert requests(process.open_database(), synthetic=False)["person"].tolist() == ["Karen Kær (karen@kommune.dk)"]


def test_before_anything_is_mended_a_consultant_is_told_what_of_the_file_is_not_theirs(
    app: Open, courses: Callable[..., bytes]
) -> None:
    own = [["Aarhus", *row[1:]] for row in rows(2)]
    test = drop(app(lang="en", user=somebody("C")), courses(*own, ["Holbek", *rows(1)[0][1:]], *rows(1)))
    assert "Not for: Holbæk. You act for Aarhus." in all_said_of(test)
    assert "You may not store the courses in this file." in all_said_of(test)
    test = drop(app(lang="en", user=somebody("C")), courses(*own, *rows(1)))
    assert test.button(key="confirm").proto.disabled
    test = drop(app(lang="en", user=somebody("C")), courses(*own))
    assert "Not for:" not in all_said_of(test)
    click(test, "confirm")
    assert [one.person for one in stored()] == ["Karen Kær (karen@kommune.dk)"]


def all_said_of(test: AppTest) -> str:
    return all_said(test) + "\n".join(messages(test.warning))


BEFORE: dict[str, tuple[dict[str, Any], str]] = {
    "nobody is signed in": ({}, "Sign-in is not set up"),
    "the sign-in has ended": (somebody("A", iat=time.time() - 11 * 3600), "Sign-in is not set up"),
    "no role": (somebody(), "You have no access yet"),
    "a role of another program": (somebody(roles=["admin", "administrator:Aarhus", 7]), "You have no access yet"),
    "a municipality that nobody knows": (somebody(roles=["consultant:Arhusia"]), "You have no access yet"),
}
ALL = [*PAGES, *(f"{name}.py" for name in ("spread", "requests", "municipality", "theme_day", "stories"))]


@pytest.mark.parametrize("case", BEFORE)
def test_whoever_may_not_see_a_page_sees_why_and_nothing_else(app: Open, demonstration_file: Path, case: str) -> None:
    user, title = BEFORE[case]
    test = app(demonstration_file, "en", user=user)
    for page in ALL if case == "nobody is signed in" else ALL[:1]:
        test.switch_page(page).run()
        assert [one.value for one in test.title] == [title]
        assert not (test.metric or test.dataframe or test.get("plotly_chart") or test.file_uploader)
    if case == "nobody is signed in":
        assert "LIGE\\_ADGANG\\_OIDC\\_CLIENT" in words(test) or "LIGE_ADGANG_OIDC_CLIENT" in words(test)
    if case == "a municipality that nobody knows":
        assert "Your role is for “Arhusia”, which is not known here." in words(test)


def test_unknown_people_are_viewers_where_it_is_set_so(
    app: Open, demonstration_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_UNKNOWN_PEOPLE", "viewer")
    test = app(demonstration_file, "en", user=somebody(), page="upload.py")
    assert "You may look at what is stored here, and not store anything." in messages(test.info)


def test_the_file_of_people_is_read_again_when_it_changes(
    app: Open, demonstration_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = tmp_path / "people.toml"
    people.write_text('[[person]]\nemail = "Karen@kommune.dk"\nrole = "viewer"\n', encoding="utf-8")
    monkeypatch.setenv("LIGE_ADGANG_PEOPLE", str(people))
    test = app(demonstration_file, "en", user=somebody("A"), page="upload.py")
    assert not test.file_uploader
    people.write_text('[[person]]\nsubject = "s-1"\nrole = "project leader"\n', encoding="utf-8")
    assert test.run().file_uploader
    people.write_text('[[person]]\nsubject = "s-1"\nrole = "leader"\n', encoding="utf-8")
    test = app(demonstration_file, "en", user=somebody("A"))
    said = messages(test.sidebar.markdown)
    assert "Karen Kær" in said[0]
    assert said[1] == "Administrator"
    assert "s-1: “leader” is no role." in messages(test.warning)


def test_where_others_can_come_in_they_must_sign_in(app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIGE_ADGANG_SIGN_IN")
    assert app(lang="en").title[0].value == "No data yet"
    before = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")
    try:
        assert app(lang="en").title[0].value == "Sign-in is not set up"
    finally:
        config.set_option("server.address", before)


@pytest.mark.parametrize(("role", "files"), [("V", 0), ("L", 2), ("C", 1), ("A", 8)])
def test_who_stored_a_file_and_what_is_in_it_is_told_to_those_who_may_store_it(
    app: Open, file: Path, role: str, files: int
) -> None:
    test = app(file, "en", somebody(role), "upload.py")
    assert [one.label for one in test.expander].count("What it was made of") == files
