"""Every page, as a person meets it."""

import dataclasses
import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.intake.fix.corrections import Corrections
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.mapping import DimensionMapping, Mapping
from analysis.intake.mapping.saved_mappings import Decisions, prepared_with
from analysis.intake.read_file import read
from analysis.store import Database, Source, add_import
from pages.components.warmup import warm
from tests.pages.conftest import ROOT
from tests.store.test_imports import add, adjusted, contents

Open = Callable[..., AppTest]
PAGES = {
    "overview.py": ("Blev adgangen mere lige?", "Did access become more equal?"),
    "social_groups.py": ("Hvem nås, og hvem gennemfører?", "Who is reached, who completes?"),
    "stages.py": ("På hvilket trin opstår kløften?", "At which stage does the gap arise?"),
    "municipalities.py": ("Hvor ændrede kløften sig?", "Where did the gap change?"),
    "adjustments.py": ("Hvad blev prøvet, og hvad skete der?", "What was tried, and what happened?"),
    "coverage.py": ("Hvor mangler der data?", "Where are data missing?"),
    "offers.py": ("Hvilke tilbud er der?", "Which offers are there?"),
    "over_time.py": ("Hvornår ændrede det sig?", "When did it change?"),
    "methods.py": ("Hvordan måles det, og hvad bygger det på?", "How is it measured, and on what does it rest?"),
    "upload.py": ("Upload et regneark", "Upload a workbook"),
}
WITH_NUMBERS = [page for page in PAGES if page not in {"coverage.py", "methods.py", "offers.py", "upload.py"}]
ENGLISH = re.compile(r"\b(the|and|gap|before|after|citizens|of|with|rate)\b", re.IGNORECASE)


def visit(test: AppTest, page: str) -> AppTest:
    test.switch_page(page).run()
    assert not test.exception
    return test


def with_tables(test: AppTest) -> AppTest:
    """The page after a click on each of its closed tables."""
    for one in test.expander:
        if one.proto.id:
            test.session_state[one.proto.id.rsplit("-", 1)[1]] = True
    return test.run()


def words(test: AppTest) -> str:
    """Everything on the page that is text, without what markdown needs to show it as it stands."""
    kinds = (test.title, test.header, test.markdown, test.caption, test.metric, test.info, test.button)
    shown = [
        element.label if kind is test.metric or kind is test.button else element.value
        for kind in kinds
        for element in kind
    ]
    chosen = [str(option) for box in test.selectbox for option in box.options]
    return "\n".join([*map(str, shown), *chosen]).replace("\\", "")


DRAWN_FIRST = """
import sys, app
from streamlit.testing.v1 import AppTest
from pages.components.warmup import warm
warm()
known = {name.split(".")[0] for name in sys.modules}
page = AppTest.from_file("pages/main.py", default_timeout=60).run()
assert len(page.get("plotly_chart")) == 2, page
print(*{name.split(".")[0] for name in sys.modules} - known - sys.stdlib_module_names)
print(*{"scipy", "statsmodels", "openpyxl", "python_calamine", "pptx", "kaleido", "authlib"} & set(sys.modules))
"""


def test_the_first_page_needs_only_what_was_made_ready(demonstration_file: Path) -> None:
    environment = {**os.environ, "LIGE_ADGANG_DATABASE": str(demonstration_file)}
    command = [sys.executable, "-c", DRAWN_FIRST]
    found = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert found.stdout.splitlines() == ["", ""]


def test_what_cannot_be_made_ready_is_told_by_the_page(
    app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "missing" / "app.duckdb"
    monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(nowhere))
    st.cache_resource.clear()
    warm()
    test = app(at=nowhere)
    assert not test.exception
    assert str(nowhere.parent) in "\n".join(one.value for one in [*test.error, *test.code])


@pytest.mark.reading
@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_its_question_as_its_title(app: Open, demonstration_file: Path, page: str, lang: str) -> None:
    test = visit(app(demonstration_file, lang), page)
    assert [title.value for title in test.title] == [PAGES[page][lang == "en"]]


@pytest.mark.reading
@pytest.mark.parametrize("page", PAGES)
def test_no_english_word_on_a_danish_page(app: Open, demonstration_file: Path, page: str) -> None:
    text = words(visit(app(demonstration_file), page)).replace("Sprog / Language", "").replace("for ", "")
    assert ENGLISH.findall(text) == []


@pytest.mark.reading
@pytest.mark.parametrize("page", WITH_NUMBERS)
def test_demonstration_data_says_that_it_is_synthetic(app: Open, demonstration_file: Path, page: str) -> None:
    text = words(visit(app(demonstration_file, "en"), page))
    assert "Synthetic demonstration data" in text
    assert "coincides with the adjustment" in text


def test_the_overview_says_what_happened_to_the_gap(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file)
    assert [metric.label for metric in test.metric] == ["Kløften før", "Kløften efter", "Ændringen", "Grundskole"]
    before, after, change = (float(metric.value.replace(",", ".").replace("−", "-")) for metric in test.metric[:3])
    assert change == pytest.approx(after - before, abs=0.11)
    assert test.header[0].value == "Kløften i gennemførelse blev mindre"


HEADLINES = {
    "disadvantaged": ("The group's rate before", "“Basic school”: completion rose"),
    "gap": ("The gap before", "The gap in completion narrowed"),
    "gradient": ("The slope before", "The gradient in completion became flatter"),
}


@pytest.mark.reading
@pytest.mark.parametrize("understanding", HEADLINES)
def test_each_understanding_has_its_own_headline(app: Open, demonstration_file: Path, understanding: str) -> None:
    test = app(demonstration_file, "en", understanding=understanding)
    assert test.metric[0].label.replace("\\", "") == HEADLINES[understanding][0]
    assert test.header[0].value.replace("\\", "") == HEADLINES[understanding][1]


@pytest.mark.reading
@pytest.mark.parametrize("understanding", HEADLINES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_in_every_understanding(
    app: Open, demonstration_file: Path, page: str, understanding: str
) -> None:
    test = visit(app(demonstration_file, "en", understanding=understanding), page)
    assert test.session_state["understanding_held"] == understanding


@pytest.mark.reading
def test_groups_without_an_order_have_no_slope(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, "en", understanding="gradient", dimension="labour market")
    assert test.metric[0].label == "Distance from the mean before"
    assert "These groups have no order." in words(test)


def test_a_change_that_is_not_clear_is_said_to_be_none(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, "en", municipality="Holbæk")
    assert test.header[0].value == "No clear change in the gap in completion"
    assert "That is no clear change: the interval includes 0. With so many citizens" in words(test)


@pytest.mark.reading
@pytest.mark.parametrize("page", WITH_NUMBERS)
def test_no_page_calls_a_change_an_effect(app: Open, demonstration_file: Path, page: str) -> None:
    text = words(visit(app(demonstration_file, "en"), page))
    assert re.findall(r"[^.]*\beffect\b[^.]*", text.replace("cannot tell its effect from", "")) == []
    assert re.findall(r"\bcaused?\b", text) == []


STATES = {
    "nothing left": ({"kind": "social", "window": "3", "to": "2014-12"}, "Nothing left to show"),
    "a comparison offer": (
        {"municipality": "Aarhus", "offer": "Diabetesskole"},
        "Nothing has been adjusted here yet. The page shows how it stands now.",
    ),
    "one phase": ({"to": "2014-12"}, "There are months from only one side of the adjustment"),
    "hidden": (
        {"municipality": "Halsnæs", "offer": "Sund aldring", "dimension": "labour market", "window": "3"},
        "The two groups cannot be compared here",
    ),
}


@pytest.mark.reading
@pytest.mark.parametrize("page", WITH_NUMBERS)
@pytest.mark.parametrize("state", STATES)
def test_where_there_is_no_answer_the_page_says_why(app: Open, demonstration_file: Path, page: str, state: str) -> None:
    choices, said = STATES[state]
    test = visit(app(demonstration_file, "en", **choices), page)
    shown = [element.value for kind in (test.title, test.info) for element in kind]
    assert any(said in text for text in shown), shown


def few(path: Path, *, sexes: tuple[str, ...], synthetic: bool = False) -> Path:
    """Six courses of a sex, three from before an adjustment and three from after, in a database of their own."""
    database = Database(path)
    for month in (2, 6):
        citizens = [f"{sex} {month} {number}" for sex in sexes for number in range(3)]
        given = contents(*citizens, month=month)
        column = given.courses.column_names.index("sex")
        sex_of = pa.array([citizen.split()[0] for citizen in citizens])
        given = dataclasses.replace(given, courses=given.courses.set_column(column, "sex", sex_of))
        add(database, given, str(month), synthetic=synthetic)
    add(database, adjusted(dt.date(2015, 4, 1)), "adjustment", synthetic=synthetic)
    database.close()
    return path


@pytest.mark.parametrize("page", WITH_NUMBERS)
def test_where_all_numbers_are_small_the_page_says_so_and_shows_none(app: Open, tmp_path: Path, page: str) -> None:
    test = visit(app(few(tmp_path / "few.duckdb", sexes=("woman", "man"), synthetic=True), "en"), page)
    said = "Every number of this selection is so small that it could point at a person. Choose more citizens."
    assert said in [info.value for info in test.info]
    assert [metric.value for metric in test.metric if any(digit in metric.value for digit in "0123456789")] == []
    assert test.button(key="show_participation").label == "Show participation"
    assert "widen" not in {button.key for button in test.button}  # All are shown already.


@pytest.mark.parametrize("page", WITH_NUMBERS)
def test_where_all_numbers_are_rounded_away_the_page_shows_none(app: Open, tmp_path: Path, page: str) -> None:
    """What is left of so few falls to chance. The page says that they are too few, never that nobody was there."""
    test = visit(app(few(tmp_path / "few.duckdb", sexes=("woman", "man")), "en"), page)
    said = [info.value for info in test.info]
    assert any("so small" in one or "too few citizens" in one or "enough citizens" in one for one in said)
    assert [metric.value for metric in test.metric if any(digit in metric.value for digit in "0123456789")] == []


@pytest.mark.parametrize("page", WITH_NUMBERS)
def test_one_group_alone_is_compared_with_nobody(app: Open, tmp_path: Path, page: str) -> None:
    test = visit(app(few(tmp_path / "few.duckdb", sexes=("woman",)), "en"), page)
    assert test.title[0].value == "Only one group"
    assert test.button(key="next_step").label == "Back to the first dimension"


def test_choices_that_leave_nobody_are_cleared_with_one_click(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, "en", kind="social", window="3", to="2014-12")
    test.button(key="next_step").click().run()
    assert test.title[0].value == "Did access become more equal?"
    assert {"kind", "window", "to"} & set(test.query_params) == set()


def test_the_choices_say_how_many_citizens_they_leave_and_are_cleared_at_once(
    app: Open, demonstration_file: Path
) -> None:
    test = app(demonstration_file, "en", municipality="Aarhus", rate="reach", window="6")
    [said] = [line.value for line in test.caption if "Your choices leave" in line.value]
    left, whole = (int(number.replace(",", "")) for number in re.findall(r"[\d,]+", said.replace("\\", "")))
    assert 0 < left < whole
    test.button(key="clear_choices").click().run()
    assert test.selectbox(key="municipality").value == ""
    assert {"municipality", "rate", "window"} & set(test.query_params) == set()


def test_the_trail_leads_back(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, municipality="Aarhus", offer="KOL-rehabilitering")
    test.button(key="trail_1").click().run()
    assert (test.selectbox(key="municipality").value, test.selectbox(key="offer").value) == ("Aarhus", "")
    test.button(key="trail_0").click().run()
    assert test.selectbox(key="municipality").value == ""


def test_an_adjustment_is_found_by_its_words(app: Open, demonstration_file: Path) -> None:
    test = visit(app(demonstration_file, search="SMS moede".replace("oe", "ø")), "adjustments.py")
    titles = [line.value for line in test.markdown if line.value.startswith("###")]
    assert titles == ["### Sms før hvert møde", "### Påmindelse med brev"]  # A reminder is one, by text or by letter.


def test_one_dimension_within_another_adds_up_to_it(app: Open, demonstration_file: Path) -> None:
    test = visit(app(demonstration_file, "en", within="sex", municipality="Aarhus"), "social_groups.py")
    crossed = with_tables(test).dataframe[-1].value
    assert set(crossed["Within"]) == {"Woman", "Man"}
    own = crossed[(crossed["Group"] == "Basic school") & (crossed["Phase"] == "after")]
    whole = test.dataframe[0].value.query("Group == 'Basic school' and Phase == 'after'")
    assert own["Citizens"].str.replace(",", "").astype(int).sum() <= int(whole["Citizens"].iloc[0].replace(",", ""))


def test_closing_more_of_the_gap_is_more_citizens(app: Open, demonstration_file: Path) -> None:
    test = visit(app(demonstration_file, "en"), "stages.py")

    def citizens() -> int:
        [found] = re.findall(r"([\d,]+) more citizens", words(test))
        return int(found.replace(",", ""))

    half = citizens()
    test.slider(key="closed").set_value(100).run()
    assert citizens() == pytest.approx(2 * half, abs=1)
    assert test.query_params["closed"] == "100"


def test_set_against_comparison_offers_the_offers_change_and_are_not_added_up(
    app: Open, demonstration_file: Path
) -> None:
    test = visit(app(demonstration_file, "en"), "adjustments.py")
    assert "An average offer changed by" in words(test)
    plain = with_tables(test).dataframe[0].value
    test.toggle(key="comparison").set_value(True).run()
    assert "An average offer changed by" not in words(test)
    assert "share their comparison" in words(test)
    assert not plain.equals(test.dataframe[0].value)


def test_choices_come_from_the_address_and_go_into_it(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, dimension="sex", rate="reach")
    assert (test.selectbox(key="dimension").value, test.selectbox(key="rate").value) == ("sex", "reach")
    test.selectbox(key="municipality").select("Holbæk").run()
    assert test.query_params["municipality"] == "Holbæk"
    assert test.query_params["rate"] == "reach"
    test.selectbox(key="rate").select("completion").run()
    assert "rate" not in test.query_params  # The default needs no words.


def test_a_choice_stays_when_the_language_changes(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, dimension="sex")
    test.selectbox(key="lang").set_value("en").run()
    assert test.selectbox(key="dimension").value == "sex"
    assert test.title[0].value == "Did access become more equal?"


def test_a_choice_follows_to_another_page(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file)
    test.selectbox(key="municipality").select("Aarhus").run()
    visit(test, "municipalities.py")
    assert test.selectbox(key="municipality").value == "Aarhus"


def test_one_offer_of_one_municipality(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, municipality="København", offer="Diabetesskole")
    assert test.selectbox(key="offer").value == "Diabetesskole"
    whole = app(demonstration_file, municipality="København")
    assert test.metric[2].value != whole.metric[2].value


def test_groups_are_compared_as_chosen_and_the_gap_changes_sign(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, group="basic school", reference="long higher education")
    one = test.metric[0].value
    test.selectbox(key="group").select("long higher education").run()
    test.selectbox(key="reference").select("basic school").run()
    assert test.metric[0].value == f"−{one}"


def test_small_numbers_never_reach_the_page(app: Open, demonstration_file: Path) -> None:
    small = {"dimension": "labour market", "municipality": "Halsnæs", "offer": "Sund aldring"}
    test = visit(app(demonstration_file, "en", **small), "social_groups.py")
    table = with_tables(test).dataframe[0].value
    hidden = table["Note"] == "hidden, too small to show"
    assert hidden.any()
    assert (table.loc[hidden, ["Per cent", "95% from", "95% to", "Reached the stage", "Citizens"]] == "–").all(
        axis=None
    )
    shown = table[table["Note"] == ""]
    reached, citizens = (shown[name].str.replace(",", "").astype(int) for name in ("Reached the stage", "Citizens"))
    assert not reached.isin(range(1, 5)).any()
    assert not (citizens - reached).isin(range(1, 5)).any()


def test_the_offers_of_a_municipality_with_their_rules_and_adjustments(app: Open, demonstration_file: Path) -> None:
    test = visit(app(demonstration_file, municipality="Aarhus"), "municipalities.py")
    [offers] = [frame.value.set_index("Tilbud") for frame in test.dataframe if "Justering" in frame.value]
    assert offers.loc["Rygestop på hold", "Hvad der tæller som gennemført"] == "Mindst 75 pct. af mødegangene"
    assert offers.loc["Rygestop på hold", "Justering"] == "01-10-2015: Sms før hvert møde"
    assert offers.loc["Diabetesskole", "Justering"] == "ingen: sammenligningstilbud"


def test_an_empty_database_teaches_what_to_do(app: Open) -> None:
    test = app()
    assert test.title[0].value == "Ingen data endnu"
    test.button(key="load_demonstration").click().run(timeout=60)
    assert test.title[0].value == "Blev adgangen mere lige?"


def test_a_database_that_another_program_holds_is_explained(app: Open, tmp_path: Path) -> None:
    hold = (
        "import sys; from pathlib import Path; from analysis.store import Database\n"
        "held = Database(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold, str(tmp_path / "app.duckdb")]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        test = app()
        assert "Et andet program har databasen åben." in test.error[0].value
        other.communicate()
    test.run()
    assert test.title[0].value == "Ingen data endnu"


@pytest.mark.parametrize(("page", "key"), [("adjustments.py", "search"), ("methods.py", "term")])
def test_a_cpr_number_is_neither_searched_for_nor_kept(
    app: Open, demonstration_file: Path, page: str, key: str
) -> None:
    test = visit(app(demonstration_file, **{key: "010170-1234"}), page)
    assert key not in test.query_params
    test.text_input(key=key).set_value("0101701234").run()
    assert key not in test.query_params
    assert [one.value for one in test.error] == [
        "Det ligner et CPR-nummer. Der søges ikke efter det, og det gemmes ikke."
    ]


def test_all_citizens_added_up_are_one_click_away(app: Open, demonstration_file: Path) -> None:
    said = "Here a change in who goes where counts as a change"
    test = app(demonstration_file, "en")
    assert said not in words(test)
    test.session_state["added_up"] = True
    assert said in words(test.run())


@pytest.fixture
def totals(tmp_path: Path) -> Path:
    """Totals of two municipalities in two years, without social groups."""
    lines = ["Kommune;Tilbud;År;Inviteret;Deltaget;Gennemført"]
    lines += [
        f"{place};Rygestop;{year};{invited};{came};{done}"
        for year in (2020, 2021)
        for place, invited, came, done in (("Randers", 900, 400, 300), ("Viborg", 800, 420, 250))
    ]
    reading = read("\n".join(lines).encode(), "totals.csv")
    database = Database(tmp_path / "totals.duckdb")
    decisions = Decisions(None, Corrections(answers={"no_groups": "totals"}))
    prepared = prepared_with(reading, load_reference_data(database), decisions)
    assert prepared.faultless
    add_import(database, prepared.contents, Source(reading.file_name, reading.sha256), by=NOBODY_SIGNED_IN)
    database.close()
    return tmp_path / "totals.duckdb"


def test_totals_without_groups_are_shown_by_municipality(app: Open, totals: Path) -> None:
    test = visit(app(totals, "en", rate="participation"), "municipalities.py")
    assert test.title[0].value == "How many take part in each municipality?"
    assert any("between 44.4% in Randers and 52.5% in Viborg" in one.value.replace("\\", "") for one in test.markdown)


def test_totals_without_groups_are_shown_over_time(app: Open, totals: Path) -> None:
    test = visit(app(totals, "en", rate="completion"), "over_time.py")
    assert test.title[0].value == "How many take part over time?"
    assert any("completion is 67.1%" in one.value.replace("\\", "") for one in test.markdown)


def test_what_is_missing_is_said_in_words(app: Open, totals: Path) -> None:
    test = visit(app(totals, "en"), "coverage.py")
    assert test.title[0].value == "Where are data missing?"
    assert "What data are there?" in words(test)
    own = visit(app(lang="en"), "coverage.py")
    assert "No holes, no jumps" in own.success[0].value
    files = {one.proto.id.rsplit("-", 1)[1] for one in own.get("download_button")}
    assert {f"counts_{kind}" for kind in ("csv", "parquet", "duckdb", "codebook")} <= files


@pytest.mark.parametrize("page", ["overview.py", "stages.py", "social_groups.py", "adjustments.py"])
def test_a_page_of_gaps_says_that_totals_have_no_groups(app: Open, totals: Path, page: str) -> None:
    test = visit(app(totals, "en"), page)
    assert test.title[0].value == "No social groups in these numbers"


@pytest.fixture
def boroughs(tmp_path: Path) -> Path:
    """Counts by a dimension of the file's own, whose groups have no order."""
    lines = ["Kommune;Tilbud;År;Bydel;Inviteret;Deltaget;Gennemført"]
    lines += [f"Randers;Rygestop;2020;{name};900;{came};300" for name, came in (("Nord", 400), ("Syd", 500))]
    reading = read("\n".join(lines).encode(), "boroughs.csv")
    database = Database(tmp_path / "boroughs.duckdb")
    columns = {"municipality": "Kommune", "offer": "Tilbud", "period": "År", "invited": "Inviteret"}
    columns |= {"participated": "Deltaget", "completed": "Gennemført"}
    of_file = DimensionMapping("Bydel", ordered=False, groups={"Nord": "Nord", "Syd": "Syd"})
    mapping = Mapping("counts", columns, {"Bydel": of_file}, sheet=reading.sheets[0].name)
    prepared = prepared_with(reading, load_reference_data(database), Decisions(mapping, Corrections()))
    assert prepared.faultless, [one.check for one in prepared.findings]
    add_import(database, prepared.contents, Source(reading.file_name, reading.sha256), by=NOBODY_SIGNED_IN)
    database.close()
    return tmp_path / "boroughs.duckdb"


def test_no_gap_is_claimed_between_groups_without_an_order_until_they_are_chosen(app: Open, boroughs: Path) -> None:
    test = visit(app(boroughs, "en"), "overview.py")
    assert test.title[0].value == "Which groups should be compared?" and not test.metric
    chosen = visit(app(boroughs, "en", group="Nord", reference="Syd", rate="participation"), "overview.py")
    assert chosen.title[0].value != "Which groups should be compared?"
    assert any("Nord" in one.value and "Syd" in one.value for one in chosen.markdown)
