"""What a viewer is shown does not depend on any count that is hidden, on whatever page, by whatever choices.

Two databases hold the same citizens with other months, outcomes and groups, and are rounded alike. If no page, chart,
story or file differs between them, then nobody can tell from all of them together which of the two it was.
"""

import io
import itertools
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis import store
from analysis.auth.roles import AS_THEY_ARE, DisclosureLevel
from analysis.model.choices import CHOICES as CHOICES_THERE_ARE
from analysis.store import Database
from pages.components import process
from tests.pages.test_pages import PAGES, WITH_NUMBERS, visit, with_tables
from tests.support.redrawing import BASE, DIMENSIONS, two_populations

pytestmark = pytest.mark.slow

Open = Callable[..., AppTest]

VIEWER = {"is_logged_in": True, "sub": "v", "name": "Vera Vang", "iat": time.time(), "roles": ["viewer"]}
OWN_CONSULTANT = VIEWER | {"roles": ["consultant:Holbæk"]}
DRAWN_BY_LOT = re.compile(r'deferred_file_id: "\w+"')
CHOICES: tuple[dict[str, str], ...] = (
    {"understanding": "gradient", "within": "sex", "kind": "health", "aim": "completion", "comparison": "on"},
    {"municipality": "Halsnæs", "offer": "Sund aldring", "every": "month", "rate": "reach", "from": "2015-02"},
    {"municipality": "Holbæk", "dimension": "origin", "window": "3", "aligned": "aligned"},
)


OFFERS = [("Halsnæs", "Sund aldring"), ("Holbæk", "Rygestop på hold"), ("Aarhus", "Mentor til sundhed")]
STEPS = 25


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, demonstration_file: Path) -> tuple[Path, Path]:
    """Two files of the same citizens with other months, outcomes and groups, and nothing else that differs."""
    return two_populations(demonstration_file, tmp_path_factory.mktemp("two"), OFFERS, STEPS)


@pytest.fixture(autouse=True)
def sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGE_ADGANG_SIGN_IN", "on")
    monkeypatch.setenv("LIGE_ADGANG_ROLE_CLAIM", "roles")


@pytest.fixture
def opened(two: tuple[Path, Path]) -> Iterator[tuple[Database, Database]]:
    both = Database(two[0]), Database(two[1])
    yield both
    for database in both:
        database.close()


def months(database: Database, disclosure_level: DisclosureLevel) -> pd.DataFrame:
    return store.counts_by_month(database, disclosure_level, synthetic=False)


def crossed(database: Database, pair: tuple[str, str]) -> pd.DataFrame:
    return store.crossed_counts(database, DisclosureLevel(BASE), dimension=pair[0], other=pair[1], synthetic=False)


def shown(test: AppTest) -> list[str]:
    """Everything on the page, in the words that go to the browser."""
    return [DRAWN_BY_LOT.sub("", str(getattr(one, "proto", one))) for one in test._tree]


def seen(app: Open, file: Path, user: dict[str, Any] | None, page: str = "", **choices: str) -> list[str]:
    """Everything that is on the page over this file, its tables open."""
    assert choices.keys() <= CHOICES_THERE_ARE.keys()
    test = with_tables(app(file, "en", user, page, **choices))
    assert "This cannot be shown" not in [one.value for one in test.title]
    assert all(one.children for one in test.expander)
    content = shown(test)
    process.open_database().close()
    return content


def test_the_two_differ_and_are_rounded_alike(opened: tuple[Database, Database]) -> None:
    keys, stages = (
        ["municipality", "offer", "period_start", "dimension", "group"],
        ["invited", "participated", "completed"],
    )
    one, other = (months(database, AS_THEY_ARE).set_index(keys)[stages] for database in opened)
    both = one.add_suffix(" one").join(other.add_suffix(" other"), how="outer").fillna(0)
    differ = both["completed one"] != both["completed other"]
    assert differ[both["completed one"].between(1, BASE - 1)].mean() > 0.3
    for dimension in DIMENSIONS:  # The same citizens in each.
        assert (
            one.groupby("dimension")["invited"].sum()[dimension] == other["invited"].groupby("dimension").sum()["sex"]
        )
    pd.testing.assert_frame_equal(*(months(database, DisclosureLevel(BASE)) for database in opened))
    for pair in itertools.combinations(DIMENSIONS, 2):
        pd.testing.assert_frame_equal(*(crossed(database, pair) for database in opened))


@pytest.mark.parametrize("page", PAGES)
def test_no_page_can_tell_the_two_apart(app: Open, two: tuple[Path, Path], page: str) -> None:
    for choices in CHOICES:
        one, other = (seen(app, file, VIEWER, page, **choices) for file in two)
        assert len(one) > 10
        assert one == other


@pytest.mark.parametrize("page", ["overview.py", "social_groups.py"])
def test_where_nobody_signs_in_they_are_as_much_alike(
    app: Open, two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_SIGN_IN", "off")
    one, other = (seen(app, file, None, page) for file in two)
    assert one == other


def test_exact_counts_tell_the_two_apart_and_say_what_they_are(
    app: Open, two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_SIGN_IN", "off")
    found = []
    for file in two:
        test = app(file, "en")
        assert not any("nothing is rounded" in one.value for one in [*test.caption, *test.warning])
        test.toggle("exact_counts").set_value(True).run()
        for page in WITH_NUMBERS:
            assert any(
                "nothing is rounded or hidden" in one.value
                for one in (lambda seen: [*seen.caption, *seen.markdown])(visit(test, page))
            ), page
        found.append(sentences(visit(test, "overview.py")))
        process.open_database().close()
    assert found[0] != found[1]


def test_who_signs_in_has_no_switch_for_exact_counts(app: Open, two: tuple[Path, Path]) -> None:
    test = app(two[0], "en", VIEWER | {"roles": ["administrator"]})
    assert not [one for one in test.toggle if one.key == "exact_counts"]
    test.session_state["exact_counts"] = True
    assert not any("nothing is rounded" in one.value for one in test.run().caption)


def taken_away() -> None:
    """A page that makes every file of a story of everything, as the person at it."""
    import streamlit as st

    from analysis.exhibits.registry import OF_GAPS
    from analysis.exports.stage import document
    from analysis.i18n import wording
    from analysis.model.story import Slide, Story

    english = wording("en")
    from pages.components.stories.downloads import exporter

    st.session_state["lang"] = "en"
    slides = [Slide(key, {"within": "sex", "municipality": "Holbæk"}) for key in OF_GAPS]
    every = Story("All", tuple(slides))
    drawn = Story("All", tuple(one for one in slides if not one.exhibit.startswith("municipality_")))
    st.session_state["files"] = {
        "pptx": exporter().powerpoint(drawn, english),
        "xlsx": exporter().workbook(every, english),
        "html": document("All", {"en": exporter().slides(every, english)}, language="en", theme="light").encode(),
    }


def inside(content: bytes) -> dict[str, Any]:
    """What a file of Office holds, without the moment at which it was made."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist() if name != "docProps/core.xml"}
    return {name: inside(part) if name.endswith(".xlsx") else part for name, part in parts.items()}


def files(path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(path))
    st.cache_resource.clear()
    test = AppTest.from_function(taken_away, default_timeout=60)
    test.user = VIEWER
    test.run()
    assert not test.exception
    made = test.session_state["files"]
    process.open_database().close()
    st.cache_resource.clear()
    return {"html": made["html"], **{kind: inside(made[kind]) for kind in ("pptx", "xlsx")}}


def test_no_file_can_tell_the_two_apart(two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = (files(path, monkeypatch) for path in two)
    assert len(one["html"]) > 1_000_000
    assert len(one["pptx"]) > 50
    assert one == other


def sentences(test: AppTest) -> list[str]:
    """What the page says of the numbers, and not of the person."""
    return [one.value for one in test.markdown if VIEWER["name"] not in one.value]


@pytest.mark.parametrize("place", ["Holbæk", "Aarhus"])
def test_a_consultant_sees_the_counts_of_the_own_municipality_and_nobody_after_them_does(
    app: Open, two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_OWN_COUNTS", "on")
    test = app(two[0], "en", OWN_CONSULTANT, municipality=place)
    own = {page: sentences(visit(test, page)) for page in WITH_NUMBERS}
    test.user = VIEWER
    after_them = {page: sentences(visit(test, page)) for page in WITH_NUMBERS}
    alone = app(two[0], "en", VIEWER, municipality=place)
    assert {page: sentences(visit(alone, page)) for page in WITH_NUMBERS} == after_them
    same = {page for page in WITH_NUMBERS if own[page] == after_them[page]}
    of_the_place = set(WITH_NUMBERS) - {"municipalities.py"}  # That one speaks of the others too.
    assert (of_the_place <= same) is ("overview.py" in same) is (place == "Aarhus")
