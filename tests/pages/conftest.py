"""The app as a person opens it, over a database of its own."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.store import DatabaseError

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def shared_file(demonstration_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demonstration data for all tests that only read it."""
    return Path(shutil.copy(demonstration_file, tmp_path_factory.mktemp("shared") / "app.duckdb"))


@pytest.fixture
def app(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., AppTest]]:
    """Opens the app in a language, over a copy of a file, the database at a path, or an empty one; for somebody.

    A test that is marked ``reading`` finds the database open and the caches filled by those before it.
    """
    from pages.components import process

    if request.node.get_closest_marker("reading"):
        monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(request.getfixturevalue("shared_file")))

        def read_app(_: Path, lang: str = "da", **choices: str) -> AppTest:
            test = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=30)
            for name, value in {"lang": lang, **choices}.items():
                test.query_params[name] = value
            return test.run()

        yield read_app
        return

    opened: list[AppTest] = []

    def close() -> None:
        if opened:
            with suppress(DatabaseError):  # Some tests leave no database that could be opened.
                process.open_database().close()

    def open_app(
        file: Path | None = None,
        lang: str = "da",
        user: dict[str, Any] | None = None,
        page: str = "",
        at: Path | None = None,
        **choices: str,
    ) -> AppTest:
        close()
        path = at or tmp_path / "app.duckdb"
        if file is not None:
            shutil.copy(file, path)
        monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(path))
        st.cache_data.clear()
        st.cache_resource.clear()
        test = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=30)
        for name, value in {"lang": lang, **choices}.items():
            test.query_params[name] = value
        test.user = user or {}
        if page:
            test.switch_page(page)
        opened.append(test.run())
        return test

    yield open_app
    close()
    st.cache_resource.clear()
