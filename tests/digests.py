"""Digests of everything that is shown and exported: python -m tests.digests FILE.

Two versions of the code that write the same file show the same. Covered are the demonstration data, and the same data
treated as own, which are rounded: every page and every exhibit in each understanding, with three sets of choices, in
Danish and English, and every file of the built-in stories.
"""

import hashlib
import io
import json
import os
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.exhibits.registry import OF_GAPS, OF_THEME_DAYS
from analysis.exports.builtin_stories import ready_stories
from analysis.i18n import wording
from analysis.i18n.sentences import understanding_asks
from analysis.intake import demonstration
from analysis.model.story import Slide
from analysis.model.terms import Understanding
from analysis.store import Database
from pages.components import process
from pages.components.stories.downloads import exporter
from tests.support.exhibits import built

ENTRY = "pages/main.py"
LANGUAGES = ("da", "en")
PAGE_FILE = "{}.py"
SECRET = "3f0c5a52-8a6e-4c0b-9d0e-52f6a1d7c9b4"
CHOICES: tuple[dict[str, str], ...] = (
    {},
    {"municipality": "Halsnæs", "dimension": "origin", "rate": "participation", "every": "month", "within": "sex"},
    {"kind": "health", "window": "6", "comparison": "on", "aligned": "aligned", "region": "Region Midtjylland"},
)
PAGES = (
    *("overview", "social_groups", "stages", "municipalities", "adjustments", "over_time"),
    *("coverage", "offers", "municipality", "methods"),
    *("spread", "understandings", "actions", "requests", "theme_day", "stories", "upload"),
)
ADDRESSES = re.compile(r'\b(id|page_script_hash|deferred_file_id|url|form_id|\w*_file_id|page_hash): "[^"]*"')


def digest(*parts: Any) -> str:
    text = "\x1f".join(part if isinstance(part, str) else repr(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def page_digest(page: str, choices: dict[str, str]) -> str:
    """Every element on the page, with its closed tables open; without those that stand on every page."""
    test = AppTest.from_file(str(Path(__file__).parents[1] / ENTRY), default_timeout=120)
    for key, value in choices.items():
        test.query_params[key] = value
    test.run()
    test.switch_page(PAGE_FILE.format(page)).run()
    for closed in test.expander:
        if closed.proto.id:
            test.session_state[closed.proto.id.rsplit("-", 1)[1]] = True
    test.run()
    elements = [element for element in test._tree if not getattr(element, "children", None)]
    shown = [ADDRESSES.sub("", str(getattr(element, "proto", element))) for element in elements]
    own = [text for text in shown if not any(mark in text for mark in every_page(choices))]
    return digest(*own, *(exception.value for exception in test.exception))


def every_page(choices: dict[str, str]) -> tuple[str, ...]:
    """Marks of the elements that stand on every page: the language and the understanding of inequality."""
    own = wording(choices["lang"])
    asks = understanding_asks(Understanding(choices["understanding"]), own)
    title = own.text("How inequality is understood")
    return f'body: "{asks}"', f'label: "{title}"', 'label: "Sprog / Language"', "<script>"


def exhibit_digests(key: str, choices: dict[str, str], language: str) -> dict[str, str]:
    exhibit = built(Slide(key, choices), wording(language))
    if exhibit is None:
        return {"": "none"}
    figure = exhibit.draw({"theme": "light", "text_size": 14})
    return {
        "sentence": digest(
            exhibit.asks, exhibit.answers, exhibit.foot, exhibit.provenance.notes, exhibit.provenance.source
        ),
        "table": digest(exhibit.numbers.to_csv()),
        "figure": digest(figure.to_json()),
    }


def file_digests(story: Any, language: str) -> dict[str, str]:
    """The files of a story, without the moment at which they are made."""
    own = wording(language)
    drawn = [slide for slide in story.slides if not slide.exhibit.endswith(("_map", "_tiles", "_triangle"))]
    without_pictures = type(story)(story.name, tuple(drawn))
    return {
        "pptx": digest(*_parts(exporter().powerpoint(without_pictures, own))),
        "xlsx": digest(*_parts(exporter().workbook(story, own))),
        "html": digest(exporter().page(story, own, "light")),
    }


def _parts(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in sorted(set(package.namelist()) - {"docProps/core.xml"}):
            part = package.read(name)
            yield name
            yield from _parts(part) if name.endswith(".xlsx") else [hashlib.sha256(part).hexdigest()]


def exhibits_and_files(data: str) -> Iterator[tuple[str, str]]:
    for key in (*OF_GAPS, *OF_THEME_DAYS):
        for understanding in Understanding:
            for number, choices in enumerate(CHOICES):
                for language in LANGUAGES:
                    chosen = {"data": data, "understanding": understanding.value, **choices}
                    for name, value in exhibit_digests(key, chosen, language).items():
                        yield f"exhibit {data} {key} {understanding} {number} {language} {name}", value
    if data == "demonstration":
        for language in LANGUAGES:
            for story_id, story in ready_stories(wording(language)).items():
                for name, value in file_digests(story, language).items():
                    yield f"story {story_id} {language} {name}", value


def pages(data: str) -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for understanding in Understanding:
            for number, choices in enumerate(CHOICES):
                for language in LANGUAGES:
                    chosen = {"data": data, "understanding": understanding.value, "lang": language, **choices}
                    yield f"page {data} {page} {understanding} {number} {language}", page_digest(page, chosen)


def with_database(path: Path, make: Callable[[str], Iterator[tuple[str, str]]], data: str) -> dict[str, str]:
    """Run over this file, as a page of the program would."""
    os.environ["LIGE_ADGANG_DATABASE"] = str(path)
    st.cache_resource.clear()
    found = dict(make(data))
    process.open_database().close()
    return found


def _exhibits_page(data: str) -> Iterator[tuple[str, str]]:
    """Exhibits are built as a person at a page builds them, in a run of a script."""
    os.environ["DIGESTS_OF"] = data
    test = AppTest.from_function(_run_exhibits, default_timeout=1200).run()
    assert not test.exception, test.exception[0].value
    yield from json.loads(test.session_state["digests"]).items()


def _run_exhibits() -> None:
    import json
    import os

    import streamlit as st

    from tests.digests import exhibits_and_files

    st.session_state["digests"] = json.dumps(dict(exhibits_and_files(os.environ["DIGESTS_OF"])))


def main(target: Path) -> None:
    found: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for data in ("demonstration", "own"):
            path = Path(folder) / f"{data}.duckdb"
            database = Database(path)
            demonstration.load(database)
            database.close()
            with duckdb.connect(str(path)) as connection:
                connection.execute("UPDATE identity SET database_id = ?", [SECRET])
                if data == "own":
                    connection.execute("UPDATE import SET synthetic = false")
            found |= with_database(path, _exhibits_page, data)
            found |= with_database(path, pages, data)
    target.write_text("".join(f"{name}\t{value}\n" for name, value in sorted(found.items())))
    print(f"{len(found)} digests")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
