"""Real parts for every test: workbooks written by openpyxl, and a DuckDB file of its own."""

import fcntl
import io
import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from openpyxl import Workbook

from analysis.intake import demonstration
from analysis.store import Database

COURSE_HEADERS = ["Kommune", "Tilbud", "Borger-id", "Inviteret", "Startet", "Gennemført", "Udfald", "Uddannelse"]

hypothesis.settings.register_profile("house", deadline=None)  # A busy machine breaks any.
hypothesis.settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the files of browser tests among the others, so that few browsers run at once and none runs last."""
    files = [list(group) for _, group in itertools.groupby(items, key=lambda item: item.path)]
    browser = [file for file in files if "browser" in file[0].path.parts]
    others = [file for file in files if file not in browser]
    between = 1 + len(others) // (len(browser) + 1)
    for number, file in enumerate(browser):
        others.insert(number * between, file)
    items[:] = itertools.chain.from_iterable(others)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with every table and no row."""
    path = tmp_path_factory.mktemp("empty") / "empty.duckdb"
    Database(path).close()
    return path


@pytest.fixture
def database(empty_file: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "test.duckdb"
    shutil.copy(empty_file, path)
    opened = Database(path)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def workbook() -> Callable[..., bytes]:
    """Builds a workbook from sheets, each a list of rows under its name."""

    def build(**sheets: list[list[Any]]) -> bytes:
        book = Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    return build


@pytest.fixture(scope="session")
def courses(workbook: Callable[..., bytes]) -> Callable[..., bytes]:
    """Builds a workbook with one sheet of courses below the usual headers."""

    def build(*rows: list[Any], headers: list[str] = COURSE_HEADERS, **others: list[list[Any]]) -> bytes:
        return workbook(Forløb=[headers, *rows], **others)

    return build


@pytest.fixture(scope="session")
def demonstration_file(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A database file with the demonstration data. The first worker that needs it builds it, the others copy it."""
    base = tmp_path_factory.getbasetemp()
    built = (base if worker_id == "master" else base.parent) / "demonstration.duckdb"
    with built.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            building = built.with_suffix(".building")
            database = Database(building)
            demonstration.load(database)
            database.close()
            building.rename(built)
    return Path(shutil.copy(built, tmp_path_factory.mktemp("demonstration") / "demonstration.duckdb"))


@pytest.fixture
def demonstration_database(demonstration_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A copy of the demonstration data, to read or to write."""
    path = tmp_path / "demonstration.duckdb"
    shutil.copy(demonstration_file, path)
    opened = Database(path)
    yield opened
    opened.close()
