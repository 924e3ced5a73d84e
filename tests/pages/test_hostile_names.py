"""Names and notes from workbooks and people are shown letter by letter on every page, whatever they look like."""

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
from openpyxl.cell.cell import Cell
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from analysis.charts import text as of_charts
from analysis.exhibits.tables import as_csv
from analysis.i18n import wording
from analysis.intake.tables import cleaned
from analysis.store import Database
from pages.components import formatting, process
from pages.components.stories.downloads import exporter
from tests.pages.test_pages import with_tables
from tests.pages.test_upload import click, drop
from tests.support.workbooks.hostile_names import (
    FILE,
    FORMULA,
    HEADER,
    MARK,
    PAIR,
    PLACE,
    SHOWN,
    elsewhere,
    stored_in,
    story,
)

Open = Callable[..., AppTest]
PAGES = (
    *("overview", "social_groups", "stages", "municipalities", "adjustments", "over_time"),
    *("coverage", "offers", "spread", "understandings"),
    *("actions", "requests", "municipality", "theme_day", "stories", "methods"),
)
AS_IT_STANDS = {"id", "form_id", "alt", "query_string", "options", "raw_value", "default", "columns"}
"""Fields of elements that are never read as markdown; nor are ``st.text`` and the cells of an ``st.dataframe``.

``columns`` are the headers of an ``st.dataframe``, which the browser draws as plain text.
"""
READ_BY_PLOTLY = {"text", "hovertext", "ticktext", "hovertemplate", "name"}


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.duckdb"
    database = Database(path)
    stored_in(database)
    database.close()
    return path


def test_every_text_is_shown_as_it_stands_on_every_page(app: Open, hostile_file: Path) -> None:
    test = app(hostile_file, "en", dimension=cleaned(HEADER), municipality=PLACE, **PAIR)
    seen: set[str] = set()
    for page in PAGES:
        test.switch_page(f"{page}.py").run()
        with_tables(test)
        assert not test.exception, page
        assert obeyed(test) == [], page
        seen |= shown(test)
    assert seen == set(SHOWN)


@pytest.mark.parametrize("text", SHOWN[::7])
def test_the_page_of_an_adjustment_shows_its_texts_as_they_stand(app: Open, hostile_file: Path, text: str) -> None:
    choices = {"dimension": cleaned(HEADER), "case": f"Aarhus · {text} · {text}", **PAIR}
    test = app(hostile_file, "en", page="adjustment.py", **choices)
    assert not test.exception
    assert obeyed(test) == []
    assert sum(formatting.plain(text) in one for one in in_markdown(test)) >= 10


def test_a_file_of_such_names_is_matched_by_hand(app: Open, hostile_file: Path) -> None:
    test = drop(app(hostile_file, "en"), elsewhere(), FILE)
    assert obeyed(test) == []
    click(test, "read_as_0")
    assert obeyed(test) == []
    assert {cleaned(HEADER), PLACE} <= shown(test)


def test_what_is_taken_away_holds_them_as_texts(hostile_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(hostile_file))
    st.cache_data.clear()
    st.cache_resource.clear()
    english = wording("en")
    deck = Presentation(io.BytesIO(exporter().powerpoint(story(), english)))
    book = exporter().workbook(story(), english)
    process.open_database().close()
    st.cache_resource.clear()
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles == [cleaned(slide.heading) for slide in story().slides]
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    behind_charts = [cell for chart in charts for cell in texts(chart.part.chart_workbook.xlsx_part.blob)]
    assert FORMULA in [cell.value for cell in behind_charts]
    cells = [*texts(book), *behind_charts]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    assert all(is_literal(cell.value, str) for cell in cells)
    assert {text for text in SHOWN if any(text in cell.value for cell in cells)} == set(SHOWN)


def texts(book: bytes) -> list[Cell]:
    """The cells of a workbook that hold one of the texts."""
    sheets = load_workbook(io.BytesIO(book)).worksheets
    return [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if MARK.search(str(cell.value))]


def test_a_file_of_text_has_no_formula() -> None:
    written = pd.read_csv(io.BytesIO(as_csv(pd.DataFrame({"x": SHOWN}))), sep=";", encoding="utf-8-sig")["x"]
    assert [text in (shown, f"'{shown}") for text, shown in zip(written, SHOWN, strict=True)] == [True] * len(SHOWN)
    assert [text for text in written if text.startswith(("=", "+", "-", "@"))] == []


def obeyed(test: AppTest) -> list[str]:
    """What markdown or Plotly reads and holds one of the texts without what keeps it from being markup."""
    found = [text for text in in_markdown(test) if not is_literal(text, formatting.plain)]
    return found + [text for text in in_charts(test) if not is_literal(text, of_charts.plain)]


def is_literal(text: str, plain: Callable[[str], str]) -> bool:
    """Whether every hostile text in this one stands in it as ``plain`` has it. Charts break it into lines."""

    def joined(text: str) -> str:
        return re.sub(r"\s|<br>", "", text)

    return all(joined(plain(SHOWN[int(number)])) in joined(text) for number in MARK.findall(text))


def shown(test: AppTest) -> set[str]:
    """The hostile texts that the page shows whole."""
    everything = [
        formatting.plain(cell) for frame in test.dataframe for cell in frame.value.astype(str).to_numpy().flat
    ]
    everything += in_markdown(test)
    return {text for text in SHOWN if any(formatting.plain(text) in one for one in everything)}


def in_markdown(test: AppTest) -> list[str]:
    """Every string that Streamlit reads as markdown: of elements, of the cells of tables, of what holds them."""
    found = [cell for table in test.table for cell in table.value.astype(str).to_numpy().flat]
    for element in elements(test._tree):
        if element.type not in ("text", "plotly_chart"):
            found += [text for name, text in strings(element.proto) if name not in AS_IT_STANDS]
    return found


def in_charts(test: AppTest) -> list[str]:
    charts = [json.loads(chart.proto.spec) for chart in test.get("plotly_chart")]
    return [text for chart in charts for text in drawn(chart)]


def drawn(part: Any, name: str = "") -> Iterator[str]:
    """The strings of a figure that Plotly reads as its markup."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from drawn(value, key)
    elif isinstance(part, list):
        for value in part:
            yield from drawn(value, name)
    elif isinstance(part, str) and name in READ_BY_PLOTLY:
        yield part


def elements(block: Any) -> Iterator[Any]:
    """The block and all that is in it, as far as it was sent to the browser."""
    if getattr(block, "proto", None) is not None:
        yield block
    for child in getattr(block, "children", {}).values():
        yield from elements(child)


def strings(message: Any) -> Iterator[tuple[str, str]]:
    """The strings of a message and of those in it, each with the name of its field."""
    for field, value in message.ListFields():
        for one in value if field.is_repeated else [value]:
            if isinstance(one, str):
                yield field.name, one
            elif hasattr(one, "ListFields"):
                yield from strings(one)


@pytest.mark.parametrize("text", SHOWN[::9])
def test_the_work_on_an_action_shows_its_texts_as_they_stand(app: Open, hostile_file: Path, text: str) -> None:
    test = app(hostile_file, "en", page="municipality.py", municipality=PLACE, dimension=cleaned(HEADER), **PAIR)
    test.selectbox(key="work_on").select(text).run()
    with_tables(test)
    assert not test.exception
    assert obeyed(test) == []
    assert sum(formatting.plain(text) in one for one in in_markdown(test)) >= 5
