"""Exhibits of files that are written, read, stored and shown as a person would do it."""

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from analysis.auth.roles import AS_THEY_ARE, DisclosureLevel
from analysis.exhibits.exhibit import Exhibit
from tests.support.made_courses import ADJUSTED, Courses
from tests.support.stored_answers import exhibit_of_file
from tests.support.workbooks.faults import ADJUSTMENT_HEADERS, COURSE_HEADERS, adjustment, book


@pytest.fixture
def shown(tmp_path: Path) -> Callable[..., Exhibit]:
    """Stores a file of courses and adjustments, and shows an exhibit of it."""

    def show(
        rows: Courses,
        adjusted: Iterable[tuple[str, dt.date]] = (("Alfa", ADJUSTED), ("Beta", ADJUSTED)),
        exhibit: str = "groups",
        level: DisclosureLevel = AS_THEY_ARE,
        counted_from: str = "invitation",
        **choices: str,
    ) -> Exhibit:
        made = [adjustment(Tilbud=offer, Dato=day) for offer, day in adjusted]
        sheets = {"Forløb": [COURSE_HEADERS, *rows], "Justeringer": [ADJUSTMENT_HEADERS, *made]}
        asked = {"dimension": "education", "rate": "completion", "understanding": "gap", **choices}
        return exhibit_of_file(tmp_path, lambda: book(sheets), exhibit, level, asked, counted_from=counted_from)

    return show
