"""Packages on the pages: a second one takes the place of the first without a question, and pages say who rounded."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from analysis.store import Database
from pages.import_wizard.job import LATER
from tests.pages.test_upload import click, drop, said
from tests.store.test_packages import NOON, courses, sent, take, workbook

Open = Callable[..., AppTest]


def test_a_later_package_is_stored_without_a_question_and_pages_say_who_rounded(app: Open, tmp_path: Path) -> None:
    sender = Database(tmp_path / "sender.duckdb")
    take(sender, workbook("Randers", courses(1)), "randers.xlsx")
    first, second = sent(sender, 5, NOON), sent(sender, 5, NOON.replace(month=2))
    sender.close()
    test = app(lang="en", data="own")
    for content, name in ((first, "package.xlsx"), (second, "package 2.xlsx")):
        test = drop(test, content, name)
        assert "A package of Randers" in " ".join(one.value for one in test.info)
        assert not [one for one in test.radio if one.key == LATER]
        test = click(test, "confirm")
        assert f"“{name}” is stored" in said(test)
    test = test.switch_page("overview.py").run(timeout=60)
    assert not test.exception
    assert "The counts of Randers come in a package from another installation." in said(test)
