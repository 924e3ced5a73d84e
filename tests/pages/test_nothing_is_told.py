"""What a viewer is shown does not depend on any count that is hidden, on whatever page, by whatever choices.

Two databases differ in nearly every count of a month and are rounded alike. If no page, no chart, no story and no file
is another over the one than over the other, then nobody can tell from all of them together which of the two it was.
"""

import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis import store
from analysis.access import AS_THEY_ARE, Sight
from analysis.choices import CHOICES as CHOICES_THERE_ARE
from analysis.store import Database
from pages.parts import session
from tests.pages.test_pages import PAGES, WITH_NUMBERS, visit, with_tables
from tests.store.redrawing import BASE, redrawn

Open = Callable[..., AppTest]

KEYS = ["municipality", "offer", "dimension", "group"]
VIEWER = {"is_logged_in": True, "sub": "v", "name": "Vera Vang", "iat": time.time(), "roles": ["viewer"]}
OWN_CONSULTANT = VIEWER | {"roles": ["consultant:Holbæk"]}
DRAWN_BY_LOT = re.compile(r'deferred_file_id: "\w+"')
CHOICES: tuple[dict[str, str], ...] = (
    {"understanding": "gradient", "within": "sex", "kind": "health", "aim": "completion", "comparison": "on"},
    {"municipality": "Halsnæs", "offer": "Sund aldring", "every": "month", "rate": "reach", "from": "2015-02"},
    {"municipality": "Holbæk", "dimension": "origin", "window": "3", "aligned": "aligned"},
)


def real(source: Path, target: Path) -> Path:
    """The demonstration data as if they were not made up."""
    target.write_bytes(source.read_bytes())
    with duckdb.connect(str(target)) as connection:
        connection.execute("UPDATE import SET synthetic = false")
    return target


def drawn_anew(path: Path) -> None:
    """Other counts in nearly every month, of which each series is rounded to what it was."""
    random = np.random.default_rng(7)
    with duckdb.connect(str(path)) as connection:
        for table, more in (("counts", []), ("crossed_counts", ["other", "other_group"])):
            keys = [*KEYS[:3], *more[:1], "group", *more[1:]]
            named = ", ".join(f'"{key}"' for key in keys)
            rows = connection.execute(
                f"""SELECT *, concat_ws(chr(31), {named}, if(invited IS NULL, 'not known', 'known')) AS series
                FROM {table} ORDER BY series, period_start, period_end"""
            ).df()
            parts = {
                "left out": rows["invited"] - rows["participated"],
                "dropped out": rows["participated"] - rows["completed"],
                "completed": rows["completed"],
            }
            series = rows["series"].astype("category")
            drawn = {part: redrawn(connection, series, counts, part, random) for part, counts in parts.items()}
            rows["completed"] = drawn["completed"]
            rows["participated"] = rows["completed"] + drawn["dropped out"]
            rows["invited"] = (rows["participated"] + drawn["left out"]).where(rows["invited"].notna())
            connection.execute(f"DELETE FROM {table}")
            connection.register("drawn", rows.drop(columns="series"))
            connection.execute(f"INSERT INTO {table} SELECT * FROM drawn")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, demonstration_file: Path) -> tuple[Path, Path]:
    """Two files that differ in what is hidden, and in nothing else."""
    folder = tmp_path_factory.mktemp("two")
    one, other = (real(demonstration_file, folder / f"{name}.duckdb") for name in ("one", "other"))
    drawn_anew(other)
    return one, other


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


def months(database: Database, sight: Sight) -> pd.DataFrame:
    return store.counts_by_month(database, sight, synthetic=False)


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
    session.open_database().close()
    return content


def test_the_two_differ_and_are_rounded_alike(opened: tuple[Database, Database]) -> None:
    one, other = (months(database, AS_THEY_ARE) for database in opened)
    stages = ["invited", "participated", "completed"]
    assert (one[stages] != other[stages]).any(axis=1).mean() > 0.9
    small = one["completed"].between(1, BASE - 1)
    assert (one["completed"] != other["completed"])[small].mean() > 0.5
    pd.testing.assert_frame_equal(*(months(database, Sight(BASE)) for database in opened))


@pytest.mark.parametrize("page", PAGES)
def test_no_page_can_tell_the_two_apart(app: Open, two: tuple[Path, Path], page: str) -> None:
    for choices in CHOICES:
        one, other = (seen(app, file, VIEWER, page, **choices) for file in two)
        assert len(one) > 10
        assert one == other


def test_where_nobody_signs_in_the_pages_tell_them_apart(
    app: Open, two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_SIGN_IN", "off")
    one, other = (seen(app, file, None) for file in two)
    assert one != other


def taken_away() -> None:
    """A page that makes every file of a story of everything, as the person at it."""
    import streamlit as st

    from analysis.handouts.stage import document
    from analysis.story import Slide, Story
    from analysis.wording import wording
    from pages.parts.exhibits.catalogue import OF_GAPS
    from pages.parts.telling import making

    english = wording("en")
    st.session_state["lang"] = "en"
    slides = [Slide(key, {"within": "sex", "municipality": "Holbæk"}) for key in OF_GAPS]
    every = Story("All", tuple(slides))
    drawn = Story("All", tuple(one for one in slides if not one.exhibit.startswith("municipality_")))
    st.session_state["files"] = {
        "pptx": making.powerpoint(drawn, english),
        "xlsx": making.workbook(every, english),
        "html": document("All", {"en": making.told(every, english)}, language="en", theme="light").encode(),
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
    session.open_database().close()
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
    of_the_place = set(WITH_NUMBERS) - {"pages/municipalities.py"}  # That one speaks of the others too.
    assert (of_the_place <= same) is ("pages/stages.py" in same) is (place == "Aarhus")
