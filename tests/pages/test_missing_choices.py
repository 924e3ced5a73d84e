"""A link, or a slide, to what is not there says so, and shows nothing else in its place."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from openpyxl import load_workbook
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.exhibits.exhibit import StorySlide
from analysis.exports.powerpoint.deck import slides
from analysis.exports.stage import document
from analysis.i18n import LANGUAGES, wording
from analysis.intake.contract import Form
from analysis.intake.form_entries import store_typed
from analysis.model.story import Slide, Story
from pages.components import process
from pages.components.stories.downloads import exporter
from tests.pages.conftest import ROOT

Open = Callable[..., AppTest]
KOL = {"municipality": "Aarhus", "offer": "KOL-rehabilitering"}
DIVIDES = "Adjustment that divides before and after: "
LINKS: tuple[tuple[str, dict[str, str], str], ...] = (
    ("", {"municipality": "Nowhere"}, "Municipality: “Nowhere” is not here, or no longer."),
    ("", {"municipality": "Aarhus", "offer": "Nothing"}, "Offer: “Nothing” is not here, or no longer."),
    ("", {"offer": "Diabetesskole"}, "Offer: “Diabetesskole” is not here, or no longer."),
    ("", {**KOL, "adjustment": "2015-03-01|Nothing"}, DIVIDES + "“2015-03-01|Nothing” is not here, or no longer."),
    ("", {"adjustment": "2015-03-01|Nothing"}, DIVIDES + "“2015-03-01|Nothing” is not here, or no longer."),
    ("", {"municipality": "Aarhus", "offer": "Diabetesskole", "adjustment": "x"}, DIVIDES + "“x” is not here"),
    ("", {"from": "2031-01"}, "From: “2031-01” is not here, or no longer."),
    ("", {"from": "2015-06", "to": "2015-01"}, "To: “2015-01” is not here, or no longer."),
    ("", {"dimension": "<b>hair</b>"}, "Dimension: “<b>hair</b>” is not here, or no longer."),
    ("", {"group": "woman"}, "Group: “woman” is not here, or no longer."),
    ("", {"group": "basic school", "reference": "basic school"}, "Compared with: “basic school” is not here"),
    ("", {"data": "own"}, "Data: “Own data” is not here, or no longer."),
    ("", {"rate": "foo"}, "Stage: “foo” is none of the possible choices."),
    ("", {"understanding": "foo"}, "How inequality is understood: “foo” is none of the possible choices."),
    ("", {"lang": "xx"}, "“xx” is none of the possible choices."),
    ("social_groups.py", {"within": "hair"}, "Crossed with: “hair” is not here, or no longer."),
    ("spread.py", {"region": "Atlantis"}, "Region: “Atlantis” is not here, or no longer."),
    ("actions.py", {"action": "Nothing"}, "Action: “Nothing” is not here, or no longer."),
    ("municipality.py", {"about": "Nowhere"}, "Municipality: “Nowhere” is not here, or no longer."),
    ("theme_day.py", {"day": "2031-01-01|Nowhere"}, "Theme day: “2031-01-01|Nowhere” is not here"),
    ("stories.py", {"story": "0123456789ab"}, "Story: “0123456789ab” is not here, or no longer."),
)


def opened(app: Open, file: Path, page: str, choices: dict[str, str]) -> AppTest:
    test = app(file, page=page, **{"lang": "en", **choices})
    assert not test.exception
    return test


def said(test: AppTest) -> str:
    return "\n".join(one.value.replace("\\", "") for one in test.warning)


@pytest.mark.parametrize(("page", "choices", "named"), LINKS)
def test_a_link_to_what_is_not_there_says_so_and_shows_nothing_else(
    app: Open, demonstration_file: Path, page: str, choices: dict[str, str], named: str
) -> None:
    test = opened(app, demonstration_file, page, choices)
    assert named in said(test)
    assert [one.value for one in test.title][-1] == "This cannot be shown"
    assert not (test.metric or test.dataframe or [one for one in test.get("plotly_chart") if one.proto.id])
    test.button(key="without_gone").click().run()
    assert not test.exception
    assert not test.warning
    assert [one.key for one in test.button if one.key == "without_gone"] == []


@pytest.mark.reading
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_said_in_the_readers_language(app: Open, demonstration_file: Path, lang: str) -> None:
    own = wording(lang)
    test = opened(app, demonstration_file, "", {"lang": lang, "municipality": "Nowhere"})
    values = {"choice": own.text("Municipality"), "value": "Nowhere"}
    assert own.text("{choice}: “{value}” is not here, or no longer.", **values) in said(test)


def test_what_is_there_but_left_out_by_the_other_choices_stays_chosen(app: Open, demonstration_file: Path) -> None:
    test = opened(app, demonstration_file, "", {"municipality": "Gladsaxe", "kind": "social", "window": "3"})
    chosen = test.selectbox(key="municipality").value
    assert chosen == "Gladsaxe"
    assert not test.warning


def test_what_is_taken_back_while_a_person_looks_is_said(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, "en")
    test.selectbox(key="municipality").select("Holbæk").run()
    database = process.open_database()
    [holbaek] = [one for one in store.history(database) if one.file_name.startswith("holbaek")]
    store.undo_import(database, holbaek.import_id, by=NOBODY_SIGNED_IN)
    test.run()
    assert "Municipality: “Holbæk” is not here, or no longer." in said(test)
    assert not test.metric
    test.button(key="without_gone").click().run()
    assert test.selectbox(key="municipality").value == ""


LATER = {Form.ADJUSTMENTS: [KOL | {"adjusted_on": dt.date(2016, 3, 1), "title": "Følgeskab", "aim": "both"}]}


def with_a_later_adjustment(app: Open, file: Path, **choices: str) -> tuple[AppTest, int]:
    """The demonstration data, in which one offer has got a second adjustment, and the number of its import."""
    test = app(file, "en", **choices)
    database = process.open_database()
    return test, store_typed(
        database, LATER, "later.xlsx", language="da", synthetic=True, by=NOBODY_SIGNED_IN
    ).import_id


def test_which_adjustment_divides_is_in_the_address_and_follows_the_offer(app: Open, demonstration_file: Path) -> None:
    test, _ = with_a_later_adjustment(app, demonstration_file, **KOL)
    test.run()
    assert "adjustment" not in test.query_params  # The first one is the default.
    before = [one.value for one in test.metric]
    _, later = test.selectbox(key="adjustment").options
    assert later == "1 Mar 2016: Følgeskab"
    test.selectbox(key="adjustment").select("2016-03-01|Følgeskab").run()
    assert test.query_params["adjustment"] == "2016-03-01|Følgeskab"
    chosen = [one.value for one in test.metric]
    assert chosen != before
    assert "relative to “Følgeskab”, 1 Mar 2016" in "\n".join(one.value.replace("\\", "") for one in test.caption)
    test.switch_page("over_time.py").run()
    assert test.selectbox(key="adjustment").value == "2016-03-01|Følgeskab"

    link = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=30)
    for name, value in {"lang": "en", **KOL, "adjustment": "2016-03-01|Følgeskab"}.items():
        link.query_params[name] = value
    link.run()
    assert [one.value for one in link.metric] == chosen
    link.selectbox(key="offer").select("").run()
    assert "adjustment" not in link.query_params
    assert not link.exception
    assert not link.warning
    link.selectbox(key="offer").select(KOL["offer"]).run()
    assert [one.value for one in link.metric] == before


def test_the_page_of_a_later_adjustment_has_its_own_before_and_after(app: Open, demonstration_file: Path) -> None:
    test, _ = with_a_later_adjustment(app, demonstration_file, **KOL)
    test.switch_page("adjustment.py").run()
    captions = []
    for title in ("Afklarende samtale i hjemmet", "Følgeskab"):
        test.selectbox(key="case").select(f"Aarhus · KOL-rehabilitering · {title}").run()
        captions.append("\n".join(one.value.replace("\\", "") for one in test.caption))
    assert "relative to each offer's own first adjustment" in captions[0]
    assert "relative to “Følgeskab”, 1 Mar 2016" in captions[1]


def test_an_adjustment_that_is_taken_back_while_a_person_looks_is_said(app: Open, demonstration_file: Path) -> None:
    test, number = with_a_later_adjustment(app, demonstration_file, **KOL)
    test.run().selectbox(key="adjustment").select("2016-03-01|Følgeskab").run()
    store.undo_import(process.open_database(), number, by=NOBODY_SIGNED_IN)
    test.run()
    assert DIVIDES + "“2016-03-01|Følgeskab” is not here, or no longer." in said(test)
    assert not test.metric
    test.button(key="without_gone").click().run()
    assert not test.warning
    assert test.metric[0].label == "The gap before"
    assert "adjustment" not in test.query_params


def test_choosing_another_municipality_or_dimension_lets_go_of_what_hung_on_it(
    app: Open, demonstration_file: Path
) -> None:
    test = app(demonstration_file, "en", municipality="Aarhus", offer="Diabetesskole", group="short education")
    test.selectbox(key="municipality").select("Holbæk").run()
    assert test.selectbox(key="offer").value == ""
    test.selectbox(key="municipality").select("").run()
    assert "offer" not in test.query_params
    test.selectbox(key="dimension").select("sex").run()
    assert not test.exception
    assert not test.warning


@pytest.mark.reading
@pytest.mark.parametrize("page", ["overview.py", "over_time.py", "spread.py", "theme_day.py"])
def test_every_link_says_which_data_it_is_of(app: Open, demonstration_file: Path, page: str) -> None:
    test = app(demonstration_file, "en", page=page)
    assert test.query_params["data"] == "demonstration"


SLIDES: tuple[tuple[str, dict[str, str], str], ...] = (
    ("groups", {"municipality": "Nowhere"}, "Kommune: »Nowhere«"),
    ("groups", {"municipality": "Aarhus", "offer": "Nothing"}, "Tilbud: »Nothing«"),
    ("groups", {"offer": "Diabetesskole"}, "Tilbud: »Diabetesskole«"),
    ("groups", {**KOL, "adjustment": "2015-03-01|Nothing"}, "»2015-03-01|Nothing«"),
    ("groups", {"from": "2016-12", "to": "2014-01"}, "»2014-01«"),
    ("groups", {"from": "2031-01"}, "»2031-01«"),
    ("groups", {"dimension": "hair"}, "»hair«"),
    ("groups", {"group": "woman"}, "»woman«"),
    ("groups", {"data": "own"}, "»Egne data«"),
    ("groups", {"rate": "foo"}, "»foo«"),
    ("groups", {"understanding": "nobody's"}, "»nobody's«"),
    ("more_citizens", {"closed": "9" * 90}, "»999"),
    ("crossed", {"within": "hair"}, "»hair«"),
    ("reached_map", {"data": "own"}, "»Egne data«"),
    ("reached_map", {"region": "Atlantis"}, "»Atlantis«"),
    ("own_understanding", {"about": "Nowhere"}, "»Nowhere«"),
    ("ranking", {"action": "Nothing"}, "»Nothing«"),
    ("beside_action", {"action": "Nothing"}, "»Nothing«"),
    ("ranking", {"method": "foo"}, "»foo«"),
)
GONE = Story("Væk", tuple(Slide(exhibit, choices) for exhibit, choices, _ in SLIDES))


@pytest.fixture
def demonstration(demonstration_file: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(demonstration_file))
    st.cache_resource.clear()
    yield
    process.open_database().close()
    st.cache_resource.clear()


def told() -> list[StorySlide]:
    return exporter().slides(GONE, wording("da"))


@pytest.mark.usefixtures("demonstration")
def test_a_slide_of_what_is_not_there_says_so_wherever_it_is_shown() -> None:
    names = [named for _, _, named in SLIDES]
    found = told()
    assert [one.exhibit for one in found] == [None] * len(SLIDES)
    assert [named for named, one in zip(names, found, strict=True) if named not in one.missing] == []
    deck = Presentation(io.BytesIO(slides("Væk", found, wording=wording("da"), picture=lambda _: None)))
    for named, slide in zip(names, deck.slides, strict=True):
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert any(named in text for text in texts)
        assert not any(shape.has_chart or shape.has_table for shape in slide.shapes)
    page = document("Væk", {"da": found}, language="da", theme="light")
    assert [named for named in names if named not in page] == []
    assert '"figure"' not in page.split('"slides"')[-1].split("</script>")[0]
    book = load_workbook(io.BytesIO(exporter().workbook(GONE, wording("da"))))
    assert len(book.sheetnames) == 1
    about = "\n".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    assert [named for named in names if named not in about] == []


def test_the_page_of_stories_says_which_slide_is_gone(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, "da")
    store.add_story(process.open_database(), GONE, by=NOBODY_SIGNED_IN)
    test.switch_page("stories.py").run()
    assert not test.exception
    shown = "\n".join(one.value.replace("\\", "") for one in (*test.markdown, *test.caption))
    assert [named for _, _, named in SLIDES if named not in shown] == []
