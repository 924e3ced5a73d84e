"""Every page, as a person meets it."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import ROOT

Open = Callable[..., AppTest]
PAGES = {
    "pages/overview.py": ("Blev adgangen mere lige?", "Did access become more equal?"),
    "pages/social_groups.py": ("Hvem nås, og hvem gennemfører?", "Who is reached, who completes?"),
    "pages/municipalities.py": ("Hvor ændrede kløften sig?", "Where did the gap change?"),
    "pages/upload.py": ("Upload et regneark", "Upload a workbook"),
}
ENGLISH = re.compile(r"\b(the|and|gap|before|after|citizens|of|to|with|rate)\b", re.IGNORECASE)


def visit(test: AppTest, page: str) -> AppTest:
    test.switch_page(page).run()
    assert not test.exception
    return test


def words(test: AppTest) -> str:
    """Everything on the page that is text, without what markdown needs to show it as it stands."""
    kinds = (test.title, test.subheader, test.markdown, test.caption, test.metric, test.info, test.button)
    shown = [
        element.label if kind is test.metric or kind is test.button else element.value
        for kind in kinds
        for element in kind
    ]
    chosen = [str(option) for box in test.selectbox for option in box.options]
    return "\n".join([*map(str, shown), *chosen]).replace("\\", "")


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_its_question_as_its_title(app: Open, demonstration_file: Path, page: str, lang: str) -> None:
    test = visit(app(demonstration_file, lang), page)
    assert [title.value for title in test.title] == [PAGES[page][lang == "en"]]


@pytest.mark.parametrize("page", PAGES)
def test_no_english_word_on_a_danish_page(app: Open, demonstration_file: Path, page: str) -> None:
    text = words(visit(app(demonstration_file), page)).replace("Sprog / Language", "").replace("for ", "")
    assert ENGLISH.findall(text) == []


@pytest.mark.parametrize("page", list(PAGES)[:3])
def test_demonstration_data_says_that_it_is_synthetic(app: Open, demonstration_file: Path, page: str) -> None:
    text = words(visit(app(demonstration_file, "en"), page))
    assert "Synthetic demonstration data" in text
    assert "coincides with the adjustment" in text


def test_the_overview_says_what_happened_to_the_gap(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file)
    assert [metric.label for metric in test.metric] == ["Kløft før", "Kløft efter", "Ændring i kløften", "Grundskole"]
    before, after, change = (float(metric.value.replace(",", ".").replace("−", "-")) for metric in test.metric[:3])
    assert change == pytest.approx(after - before, abs=0.11)
    assert [line.value for line in test.subheader] == ["Kløften i gennemførelse blev mindre"]


def test_choices_come_from_the_address_and_go_into_it(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, dimension="sex", rate="reach")
    assert (test.selectbox(key="dimension").value, test.selectbox(key="rate").value) == ("sex", "reach")
    test.selectbox(key="municipality").select("Holbæk").run()
    assert test.query_params["municipality"] == "Holbæk"
    assert test.query_params["rate"] == "reach"
    test.selectbox(key="rate").select("completion").run()
    assert "rate" not in test.query_params  # The default needs no words.


def test_a_bad_choice_in_a_link_is_passed_over(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, dimension="<script>", municipality="Atlantis", lang="xx")
    assert not test.exception
    assert test.selectbox(key="dimension").value == "education"


def test_a_choice_stays_when_the_language_changes(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, dimension="sex")
    test.segmented_control(key="lang").set_value("en").run()
    assert test.selectbox(key="dimension").value == "sex"
    assert test.title[0].value == "Did access become more equal?"


def test_a_choice_follows_to_another_page(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file)
    test.selectbox(key="municipality").select("Aarhus").run()
    visit(test, "pages/municipalities.py")
    assert test.selectbox(key="municipality").value == "Aarhus"


def test_one_offer_of_one_municipality(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, municipality="København", offer="Diabetesskole")
    assert test.selectbox(key="offer").value == "Diabetesskole"
    whole = app(demonstration_file, municipality="København")
    assert test.metric[2].value != whole.metric[2].value


def test_groups_are_compared_as_chosen_and_the_gap_changes_sign(app: Open, demonstration_file: Path) -> None:
    test = visit(
        app(demonstration_file, group="basic school", reference="long higher education"), "pages/social_groups.py"
    )
    one = test.dataframe[0].value.iloc[0, 1]
    test.selectbox(key="group").select("long higher education").run()
    test.selectbox(key="reference").select("basic school").run()
    other = test.dataframe[0].value.iloc[0, 1]
    assert other == f"−{one}"


def test_small_numbers_never_reach_the_page(app: Open, demonstration_file: Path) -> None:
    small = {"dimension": "labour market", "municipality": "Halsnæs", "offer": "Sund aldring"}
    test = visit(app(demonstration_file, "en", **small), "pages/social_groups.py")
    table = test.dataframe[1].value
    hidden = table[(table["Rate before"] == "hidden") | (table["Rate after"] == "hidden")]
    assert len(hidden)
    for _, row in table.iterrows():
        for phase in ("before", "after"):
            if row[f"Rate {phase}"] == "hidden":
                assert row[f"Citizens {phase}"] == row[f"95% interval {phase}"] == ""
            elif " of " in row[f"Citizens {phase}"]:
                numerator, denominator = (int(part.replace(",", "")) for part in row[f"Citizens {phase}"].split(" of "))
                assert numerator not in range(1, 5)
                assert denominator - numerator not in range(1, 5)


def test_the_offers_of_a_municipality_with_their_rules_and_adjustments(app: Open, demonstration_file: Path) -> None:
    test = visit(app(demonstration_file, municipality="Aarhus"), "pages/municipalities.py")
    offers = test.dataframe[1].value.set_index("Tilbud")
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
