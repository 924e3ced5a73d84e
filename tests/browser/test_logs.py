"""The real server under hostile input: nothing of it reaches what the server says, nor the audit."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.store import Database, ImportPayload, Source
from tests.browser.conftest import serving, settle

CPR, NAME = "010170-1234", "Jens Hansen"
SECRETS = ("010170", "Hansen")
BAD = f"{NAME} {CPR}"


@pytest.fixture
def database(demonstration_database: Database) -> Path:
    """The demonstration data, and an import whose record makes its page fail, with an error that quotes a name."""
    kept = store.add_import(demonstration_database, ImportPayload(), Source("a.xlsx", "f" * 64), by=NOBODY_SIGNED_IN)
    understood = json.dumps({"sheets": [{"form": BAD, "sheet": "a", "columns": {}}]})
    with demonstration_database.writing() as cursor:
        cursor.execute("UPDATE import SET understood = ? WHERE import_id = ?", [understood, kept.import_id])
    demonstration_database.close()
    return demonstration_database.path


def drop(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").first.set_input_files({"name": name, "mimeType": "", "buffer": content})
    page.get_by_text("CPR").nth(1).wait_for()
    settle(page)


def test_nothing_of_anybody_reaches_the_log_or_the_audit(
    browser: Browser, database: Path, tmp_path: Path, workbook: Callable[..., bytes]
) -> None:
    log = tmp_path / "server.log"
    with serving(database, log=log) as address:
        page = browser.new_page(locale="en-GB")
        page.goto(f"{address}/?municipality={quote(BAD)}&{quote(BAD)}=1&lang={CPR}&search={CPR}")
        page.locator("h1").wait_for()
        settle(page)
        page.goto(f"{address}/upload?offer={quote(BAD)}")
        page.locator("h1").wait_for()
        settle(page)
        drop(page, f"{BAD}.csv", f"Kommune;Navn\nAarhus;{BAD}\n".encode())
        drop(page, "forløb.xlsx", workbook(Forløb=[["Kommune", "Tilbud", "Borger-id"], ["Aarhus", NAME, CPR]]))
        page.get_by_text("What it was made of").first.click()
        told = page.get_by_test_id("stAlert").filter(has_text="Something went wrong here")
        told.wait_for()
        (number,) = re.findall(r"number (\w{6})", told.inner_text())
        expect(page.get_by_text("Hansen", exact=False)).to_have_count(0)
        page.goto(f"{address}/upload?lang=da")
        page.get_by_text("Hvad den bestod af").first.click()
        page.get_by_test_id("stAlert").filter(has_text="Noget gik galt her").wait_for()
        page.close()
    said = log.read_text()
    assert not any(secret in said for secret in SECRETS)
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    (failed,) = [line for line in lines if line.get("error_number") == number]
    assert failed["error"] == "KeyError"
    assert any(step.startswith("pages/import_wizard/history.py:") for step in failed["way"])
    assert "Traceback" not in said
    audit = Database(database)
    table = store.audit_lines(audit)
    assert list(table.loc[table["event"] == "store", "result"][:2]) == ["CPR number", "CPR number"]
    assert set(table.loc[:1, "event"]) == {"preview"}  # What the import changed, when its contents were opened.
    assert not any(secret in table.to_csv() for secret in SECRETS)
    assert store.check_audit(audit).broken_at is None
    logged = [line["number"] for line in lines if line["event"] == "audit"]
    assert logged == sorted(table["number"])[-len(logged) :]
    audit.close()
