"""The pages of the theme days as a person uses them: what they show, what is entered, and where there is nothing."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis.i18n import LANGUAGES, wording
from tests.pages.test_pages import visit, words

Open = Callable[..., AppTest]
PAGES = tuple(f"{name}.py" for name in ("spread", "understandings", "actions", "requests", "municipality", "theme_day"))
QUESTIONS = {
    "spread.py": "How far has the work come?",
    "understandings.py": "How is inequality understood?",
    "actions.py": "Which actions matter most, and do they become practice?",
    "requests.py": "What do the municipalities ask for?",
    "theme_day.py": "During a theme day",
}


def press(test: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    [button] = [one for one in test.button if one.label == label]
    return button.click().run()


def messages(elements: Iterable[Any]) -> list[str]:
    """What boxes say, without what markdown needs to show it as it stands."""
    return [line for element in elements for line in element.value.replace("\\", "").split("  \n")]


def metric(test: AppTest, label: str) -> str:
    [found] = [one.value for one in test.metric if one.label == label]
    return found


@pytest.mark.reading
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_every_language(app: Open, demonstration_file: Path, page: str, code: str) -> None:
    test = visit(app(demonstration_file, code), page)
    assert not test.exception
    if page in QUESTIONS:
        assert test.title[0].value == wording(code).text(QUESTIONS[page])
    assert wording(code).text("Synthetic demonstration data") in words(test)


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("requests.py", "theme_day.py")])
def test_without_data_a_page_says_what_to_upload(app: Open, page: str) -> None:
    test = visit(app(lang="en"), page)
    assert test.title[0].value == "No theme days yet"
    assert test.button(key="load_demonstration").label == "Load demonstration data"


def test_pages_to_enter_things_on_begin_empty(app: Open) -> None:
    test = visit(app(lang="en"), "requests.py")
    assert "No request is stored for what is chosen." in messages(test.info)
    test = visit(app(lang="en"), "theme_day.py")
    assert "Add the theme day first: its date and its place." in messages(test.info)


def test_spread_tells_how_many_and_quotes_the_published_totals(app: Open, demonstration_file: Path) -> None:
    test = visit(app(demonstration_file, "en"), "spread.py")
    assert (metric(test, "Municipalities reached"), metric(test, "Participants")) == ("53", "147")
    assert metric(test, "Share of the population") == "65.2%"
    text = words(test)
    assert "53 of 98 municipalities, home to 65% of the people, took part" in text
    assert "more than 140 leaders and consultants from 53 of Denmark's 98 municipalities" in text
    assert "six municipalities adjusted 19 offers" in text


def test_a_region_narrows_everything(app: Open, demonstration_file: Path) -> None:
    test = visit(app(demonstration_file, "en", region="Region Nordjylland"), "spread.py")
    assert metric(test, "Municipalities reached") == "4"
    assert "4 of 11 municipalities" in words(test)


@pytest.mark.parametrize("page", ["spread.py", "actions.py"])
def test_the_link_to_the_gaps_is_a_description_and_says_that_they_are_few(
    app: Open, demonstration_file: Path, page: str
) -> None:
    text = words(visit(app(demonstration_file, "en"), page))
    assert "A description, not a comparison of like with like" in text
    assert "With so few municipalities the next one could turn the picture." in text
    assert re.findall(r"\b(effect|caused?|because of|led to)\b", text) == []
    sides = {"spread.py": ("theme days: the middle of 5", "none: the one"), "actions.py": ("of 4", "of 2")}
    assert all(side in text for side in sides[page]), text


def test_the_program_takes_over_a_municipalitys_understanding(app: Open, demonstration_file: Path) -> None:
    test = visit(app(demonstration_file, "en", municipality="Holbæk"), "understandings.py")
    assert "In Holbæk “Gradient” weighs most" in words(test)
    test = test.button(key="use_understanding").click().run()
    assert test.session_state["understanding"] == "gradient"


def test_the_list_is_ranked_and_says_how_sure_it_is(app: Open, demonstration_file: Path) -> None:
    test = visit(app(demonstration_file, "en"), "actions.py")
    text = words(test)
    assert "“Påmindelser på sms” comes first: 46 of 53 name it, 21 place it first." in text
    assert "Neighbours on the list may well stand the other way round, the first two too." in text
    votes = visit(app(demonstration_file, "en", ranked="votes"), "actions.py")
    assert "19 of 20 name it" in words(votes)
    assert "The order is sure for the first place" in words(votes)


def test_an_area_and_a_level_narrow_the_actions(app: Open, demonstration_file: Path) -> None:
    whole = visit(app(demonstration_file, "en"), "actions.py")
    some = visit(app(demonstration_file, "en", area="health", level="proportionate"), "actions.py")
    assert "Of 233 actions" in words(whole)
    [number] = re.findall(r"Of (\d+) actions", words(some))
    assert 0 < int(number) < 233
    assert set(some.selectbox(key="action").options) == {"Samtale før første møde", "Kurser i let sprog"}


def test_everything_of_one_municipality_stands_on_its_page(app: Open, demonstration_file: Path) -> None:
    test = visit(app(demonstration_file, "en", municipality="Holbæk"), "municipality.py")
    assert test.title[0].value == "Holbæk"
    headings = [header.value for header in test.header]
    assert headings == [
        "Theme days",
        "How is inequality understood in Holbæk?",
        "Actions",
        "Offers, adjustments and gaps",
        "From action to practice",
    ]
    assert "74,129 people" in words(test)
    offers = test.table[-2].value
    assert "Følgeskab til samtalen \\(1 Nov 2015\\)" in offers["Adjusted"].tolist()


def test_the_page_of_a_municipality_says_that_it_shows_all_its_offers(app: Open, demonstration_file: Path) -> None:
    chosen = {"municipality": "Holbæk", "offer": "Hjertehold"}
    test = visit(app(demonstration_file, "en", **chosen), "municipality.py")
    assert any(
        "All offers of the municipality, each before and after its own first adjustment" in one
        for one in messages(test.caption)
    )
    assert len(test.table[-1].value) > 1


def test_a_municipality_with_gaps_and_without_theme_days_has_a_page_too(app: Open, demonstration_file: Path) -> None:
    test = visit(app(demonstration_file, "en", municipality="Halsnæs"), "municipality.py")
    assert "It has not taken part in a theme day." in words(test)
    assert "Offers, adjustments and gaps" in [header.value for header in test.header]


def add_request(test: AppTest, step: str = "Call them") -> AppTest:
    test.selectbox(key="new_municipality").set_value("Samsø")
    test.text_input(key="new_step").set_value(step)
    return press(test, "Add")


def test_a_request_is_added_changed_and_keeps_its_history(app: Open) -> None:
    test = visit(app(lang="en"), "requests.py")
    test.text_input(key="entering_person").set_value("Ane").run()
    test = add_request(test)
    assert "The request from Samsø is saved." in messages(test.success)
    assert metric(test, "Waiting") == "1"
    [name] = test.selectbox(key="request_chosen").options
    test.selectbox(key=f"state_of_{name}").set_value("done")
    test.text_input(key=f"step_of_{name}").set_value("=1+1")
    test = press(test, "Save")
    assert metric(test, "Waiting") == "0"
    [history] = [one.value for one in test.dataframe if "By" in one.value.columns]
    assert history["State"].tolist() == ["Open", "Done"]
    assert history["Next step"].tolist() == ["Call them", "=1+1"]
    assert history["By"].tolist() == ["Ane", "Ane"]


def test_an_entry_is_an_import_that_can_be_taken_back(app: Open) -> None:
    test = add_request(visit(app(lang="en"), "requests.py"))
    test = visit(test, "upload.py")
    test = press(press(test, "Take back"), "Yes, take it back")
    test = visit(test, "requests.py")
    assert "No request is stored for what is chosen." in messages(test.info)


def test_a_cpr_number_is_refused_and_nothing_is_stored(app: Open) -> None:
    test = add_request(visit(app(lang="en"), "requests.py"), step="Ring til 010203-1234")
    assert any("looks like a CPR number" in one for one in messages(test.error))
    assert "No request is stored for what is chosen." in messages(test.info)
    assert "010203" not in words(test)
    assert test.text_input(key="new_step").value == "Ring til 010203-1234"


def test_a_request_without_a_municipality_is_not_stored(app: Open) -> None:
    test = press(visit(app(lang="en"), "requests.py"), "Add")
    assert "Choose the municipality that asks." in messages(test.error)


def vote(test: AppTest, table: str, *votes: int) -> AppTest:
    test.text_input(key="entry_table").set_value(table)
    for name, number in zip(("disadvantaged", "gap", "gradient"), votes, strict=True):
        test.number_input(key=f"entry_{name}").set_value(number)
    return press(test, "Save the table's votes")


def test_votes_of_a_table_are_entered_replaced_and_taken_back(app: Open, demonstration_file: Path) -> None:
    test = visit(app(demonstration_file, "en"), "theme_day.py")
    test = vote(test, "1", 6, 3, 1)
    assert "The votes of table 1 are saved." in messages(test.success)
    assert "1 table so far; most weight on disadvantaged groups." in words(test)
    test = vote(test, "2", 0, 0, 30)
    assert "2 tables so far; most weight on gradient." in words(test)

    test = vote(test, "2", 9, 0, 0)
    assert any("Table 2 has entered votes already" in one for one in messages(test.error))
    assert "2 tables so far; most weight on gradient." in words(test)
    assert test.number_input(key="entry_disadvantaged").value == 9
    test = press(test, "Save the table's votes")
    assert "2 tables so far; most weight on disadvantaged groups." in words(test)

    backs = [one for one in test.button if one.label == "Take back"]
    assert len(backs) == 2
    test = backs[-1].click().run()
    assert "2 tables so far; most weight on gradient." in words(test)


def test_votes_on_actions_and_one_that_is_not_on_the_list(app: Open, demonstration_file: Path) -> None:
    test = visit(app(demonstration_file, "en", voted="actions"), "theme_day.py")
    test.text_input(key="entry_table").set_value("9")
    test.number_input(key="entry_action_Kurser i let sprog").set_value(99)
    test.text_input(key="entry_other").set_value("Cykler til alle")
    test.number_input(key="entry_other_votes").set_value(4)
    test = press(test, "Save the table's votes")
    assert "5 tables so far; “Kurser i let sprog” has the most votes." in words(test)
    assert any(one.label == "Cykler til alle" for one in test.number_input)


def test_an_entry_without_votes_or_table_is_told(app: Open, demonstration_file: Path) -> None:
    test = vote(visit(app(demonstration_file, "en"), "theme_day.py"), "1", 0, 0, 0)
    assert "Write the table, and at least one vote." in messages(test.error)


def test_a_theme_day_that_is_not_on_the_list_is_added(app: Open) -> None:
    test = visit(app(lang="en"), "theme_day.py")
    test.text_input(key="new_day_place").set_value("Tranebjerg")
    test.selectbox(key="new_day_municipality").set_value("Samsø")
    test.number_input(key="new_day_leader").set_value(5)
    test = press(test, "Add")
    assert "The theme day in Tranebjerg is saved." in messages(test.success)
    assert test.selectbox(key="entry_municipality").options == ["Samsø"]
    test = vote(test, "1", 1, 2, 3)
    assert "1 table so far; most weight on gradient." in words(test)


def test_what_is_entered_while_looking_at_demonstration_data_stays_with_it(app: Open, demonstration_file: Path) -> None:
    test = vote(visit(app(demonstration_file, "en"), "theme_day.py"), "1", 6, 3, 1)
    test = visit(test, "requests.py")
    assert test.selectbox(key="data").value == "demonstration"
    test.selectbox(key="data").set_value("own").run()
    assert "No request is stored for what is chosen." in messages(test.info)
