"""What leaves the program: a story as slides, as numbers and as one file, with the numbers of the pages alone."""

import datetime as dt
import io
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pypdf import PdfReader

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.exhibits.exhibit import Exhibit, Plan, StorySlide
from analysis.exhibits.registry import OF_GAPS, OF_THEME_DAYS
from analysis.exhibits.tables import as_texts
from analysis.exports import images
from analysis.exports.builtin_stories import ready_stories
from analysis.exports.powerpoint.charts import TOO_MANY
from analysis.exports.powerpoint.deck import slides
from analysis.i18n import LANGUAGES, wording
from analysis.intake.contract import Form
from analysis.intake.form_entries import store_typed
from analysis.model.story import Slide
from analysis.store import Database
from pages.components import process
from pages.components.stories.downloads import exporter
from tests.support.exhibits import built

DANISH = wording("da")
DAY = dt.date(2016, 3, 10)
NEEDS = {
    "crossed": {"within": "sex"},
    "offer_changes": {"municipality": "Aarhus"},
    "own_understanding": {"municipality": "Holbæk"},
}
"""Choices without which an exhibit has nothing to show."""
KEYS = sorted({*OF_GAPS, *OF_THEME_DAYS})
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "a735819e0000000049454e44ae426082"
)


@pytest.fixture(scope="module", autouse=True)
def demonstration(demonstration_file: Path) -> Iterator[None]:
    """The process has the demonstration data as its database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIGE_ADGANG_DATABASE", str(demonstration_file))
        st.cache_data.clear()
        st.cache_resource.clear()
        yield
        images.close()
        process.open_database().close()
        st.cache_resource.clear()


def exhibit(key: str, **choices: str) -> Exhibit:
    found = built(Slide(key, NEEDS.get(key, {}) | choices), DANISH)
    assert found is not None
    return found


def as_slide(one: Exhibit) -> Any:
    content = slides("Fortælling", [StorySlide(one, note="Husk kaffen")], wording=DANISH, picture=lambda _: PIXEL)
    return Presentation(io.BytesIO(content)).slides[0]


def keyed(one: Exhibit, plan: Plan) -> pd.DataFrame:
    columns = [plan.category] if isinstance(plan.category, str) else list(plan.category)
    return one.numbers.assign(key=as_texts(one.numbers[columns], DANISH).agg(", ".join, axis=1))


@pytest.mark.parametrize("key", KEYS)
def test_a_chart_on_a_slide_has_the_numbers_of_the_page(key: str) -> None:
    one = exhibit(key)
    plan, shapes = one.plan, list(as_slide(one).shapes)
    charts = [shape.chart for shape in shapes if shape.has_chart]
    if not isinstance(plan, Plan):
        assert not charts
        return
    if len(set(keyed(one, plan)["key"])) > TOO_MANY and not plan.categories:
        (table,) = [shape.table for shape in shapes if shape.has_table]
        first = as_texts(one.numbers, DANISH).iloc[0]
        assert [cell.text for cell in table.rows[1].cells] == list(first)
        return
    (chart,) = charts
    if chart.chart_type == XL_CHART_TYPE.XY_SCATTER:
        values = sorted(value for value in chart.plots[0].series[0].values if value is not None)
        assert values == pytest.approx(sorted(one.numbers[plan.value].dropna()))
        return
    rows, plotted = keyed(one, plan), 0
    categories = list(chart.plots[0].categories)
    assert len(categories) == len(set(categories))
    for series in chart.plots[0].series:
        own = rows if plan.series is None else rows[rows[plan.series] == series.name]
        column = series.name if isinstance(plan.value, tuple) else plan.value
        expected = dict(zip(own["key"], own[column], strict=True))
        for category, value in zip(categories, series.values, strict=True):
            there = expected.get(category)
            if value is None:
                assert there is None or pd.isna(there)
            else:
                assert value == pytest.approx(float(there)), (category, series.name)
                plotted += 1
    assert plotted > 0


@pytest.mark.parametrize("key", KEYS)
def test_a_slide_says_what_the_page_says(key: str) -> None:
    one = exhibit(key)
    slide = as_slide(one)
    text = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert slide.shapes.title.text_frame.text == one.answers
    assert one.asks in text
    assert one.provenance.source in text
    assert "Syntetiske demonstrationsdata" in text
    assert slide.notes_slide.notes_text_frame.text.startswith("Husk kaffen")
    shown = [shape for shape in slide.shapes if shape.has_chart or shape.has_table or shape.shape_type == 13]
    assert [shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in shown] == [f"{one.asks} {one.answers}"]


def test_a_map_without_a_browser_becomes_its_table() -> None:
    one = exhibit("municipality_map")
    content = slides("Kort", [StorySlide(one)], wording=DANISH, picture=lambda _: None)
    slide = Presentation(io.BytesIO(content)).slides[0]
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    assert [cell.text for cell in table.rows[0].cells] == list(one.numbers.columns)


def test_what_is_hidden_on_the_page_is_on_no_slide() -> None:
    place = {"municipality": "Halsnæs", "offer": "Rygestop og støtte"}
    one = exhibit("groups", **place, dimension="origin", rate="completion")
    assert isinstance(one.plan, Plan)
    keys = ["Fase", "Gruppe"]
    table = one.numbers.set_index(keys)[str(one.plan.value)]
    (chart,) = [shape.chart for shape in as_slide(one).shapes if shape.has_chart]
    drawn = {
        (series.name, category): value
        for series in chart.plots[0].series
        for category, value in zip(chart.plots[0].categories, series.values, strict=True)
    }
    hidden = {("før", "Vestlig baggrund"), ("efter", "Vestlig baggrund")}
    assert {place for place, value in drawn.items() if value is None} == hidden
    assert set(table.index[table.isna()]) & set(drawn) == hidden
    assert all(value is None or math.isfinite(value) for value in drawn.values())


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_ready_story_has_something_to_show_in_every_view(code: str) -> None:
    words = wording(code)
    for story in ready_stories(words).values():
        for slide, one in zip(story.slides, exporter().slides(story, words), strict=True):
            assert one.exhibit is not None, slide


def test_the_workbook_of_a_story_has_a_sheet_for_each_view() -> None:
    story = ready_stories(DANISH)["understandings"]
    book = load_workbook(io.BytesIO(exporter().workbook(story, DANISH)))
    assert len(book.sheetnames) == 1 + len(story.slides)
    about = "\n".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    assert "syntetiske demonstrationsdata" in about
    first = book.worksheets[1]
    exhibit = exporter().slides(story, DANISH)[0].exhibit
    assert exhibit is not None
    assert [cell.value for cell in first[1]] == list(exhibit.numbers.columns)
    assert first.freeze_panes == "A2"


def test_a_story_on_paper_has_a_page_for_each_view() -> None:
    story = ready_stories(DANISH)["understandings"]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(exporter().pdf(story, DANISH))).pages]
    assert len(pages) == len(story.slides)
    for page, slide in zip(pages, exporter().slides(story, DANISH), strict=True):
        assert slide.exhibit is not None
        words = " ".join(page.split())
        assert slide.exhibit.asks in words
        assert slide.exhibit.provenance.source in words
        assert "Syntetiske demonstrationsdata" in words


def test_a_view_of_what_is_gone_says_so() -> None:
    assert built(Slide("no_such_exhibit"), DANISH) is None
    content = slides("Væk", [StorySlide(None, heading="Før var her en figur")], wording=DANISH, picture=lambda _: None)
    slide = Presentation(io.BytesIO(content)).slides[0]
    assert slide.shapes.title.text_frame.text == "Før var her en figur"


@pytest.mark.parametrize("form", [Form.UNDERSTANDINGS, Form.REQUESTS, Form.VOTES, Form.THEME_DAYS])
def test_a_story_is_shown_where_little_is_stored(form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = {"municipality": "Samsø", "held_on": DAY}
    rows = {
        Form.UNDERSTANDINGS: {**place, "asked": "before", "holder": "politicians", "gap": 3},
        Form.REQUESTS: {"municipality": "Samsø", "requested_on": DAY, "request": "advice", "state": "done"},
        Form.VOTES: {**place, "table": "1", "action": "Påmindelser på sms", "votes": 3},
        Form.THEME_DAYS: {**place, "place": "Samsø", "day_kind": "local", "role": "leader", "participants": 1},
    }
    database = Database(tmp_path / "little.duckdb")
    store_typed(database, {form: [rows[form]]}, "lidt.xlsx", language="da", synthetic=False, by=NOBODY_SIGNED_IN)
    database.close()
    monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(database.path))
    process.open_database().close()
    st.cache_resource.clear()
    drawn = [built(Slide(key, {"within": "sex"}), DANISH) for key in KEYS]
    assert [one.key for one in drawn if one] == {
        Form.UNDERSTANDINGS: ["by_holder", "own_understanding", "understood_bars", "understood_triangle"],
        Form.REQUESTS: [],
        Form.VOTES: [],
        Form.THEME_DAYS: [
            *("growth", "not_reached", "participants_by_area", "participants_by_role"),
            *("reached_by_region", "reached_by_size", "reached_map", "reached_tiles"),
        ],
    }[form]
    for one in filter(None, drawn):
        assert as_slide(one)
    process.open_database().close()
    st.cache_resource.clear()
