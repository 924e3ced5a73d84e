"""What is typed on a page goes the way of every workbook: the same checks, the same import, the same undo."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.i18n import LANGUAGES
from analysis.intake.contract import Form
from analysis.intake.form_entries import EntryRejected, OtherSheets, SyntheticDiffers, store_file, store_typed, workbook
from analysis.store import Database, actions, history, original, requests, undo_import
from tests.support.workbooks import faults, theme_days

DAY = dt.date(2016, 3, 10)
REQUEST = {"municipality": "Samsø", "requested_on": DAY, "request": "advice", "state": "open", "next_step": "=1+1"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_typed_row_is_stored_and_taken_back_in_every_language(database: Database, code: str) -> None:
    record = store_typed(
        database,
        {Form.REQUESTS: [REQUEST]},
        "a.xlsx",
        language=code,
        synthetic=False,
        person="Ane",
        by=NOBODY_SIGNED_IN,
    )
    [row] = requests(database, synthetic=False).to_dict("records")
    assert (row["request"], row["state"], row["next_step"], row["person"]) == ("advice", "open", "=1+1", "Ane")
    undo_import(database, record.import_id, by=NOBODY_SIGNED_IN)
    assert requests(database, synthetic=False).empty


def test_what_begins_like_a_formula_is_a_text_in_the_kept_file(database: Database) -> None:
    record = store_typed(
        database, {Form.REQUESTS: [REQUEST]}, "a.xlsx", language="en", synthetic=False, by=NOBODY_SIGNED_IN
    )
    content = original(database, record.sha256, by=NOBODY_SIGNED_IN)
    assert content is not None
    cell = load_workbook(io.BytesIO(content))["Requests"]["F2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_several_areas_and_letters_that_no_cell_can_hold(database: Database) -> None:
    row = {"municipality": "Samsø", "action": "Sms\x07 først", "status": "running", "involved": ["social", "care"]}
    store_typed(database, {Form.ACTIONS: [row]}, "a.xlsx", language="da", synthetic=False, by=NOBODY_SIGNED_IN)
    [found] = actions(database, synthetic=False).to_dict("records")
    assert (found["action"], list(found["involved"])) == ("Sms først", ["social", "care"])


def test_the_same_row_typed_twice_is_two_imports(database: Database) -> None:
    for _ in range(2):
        store_typed(database, {Form.REQUESTS: [REQUEST]}, "a.xlsx", language="en", synthetic=False, by=NOBODY_SIGNED_IN)
    assert len(history(database)) == 2
    assert len(requests(database, synthetic=False)) == 1


def test_faults_are_told_and_nothing_is_stored(database: Database) -> None:
    wrong = REQUEST | {"municipality": "Atlantis", "next_step": "Ring til 010203-1234"}
    with pytest.raises(EntryRejected) as raised:
        store_typed(database, {Form.REQUESTS: [wrong]}, "a.xlsx", language="en", synthetic=False, by=NOBODY_SIGNED_IN)
    assert [finding.check for finding in raised.value.findings] == ["cpr_number"]
    assert history(database) == []


def test_a_file_belongs_to_the_data_that_it_says(database: Database) -> None:
    with pytest.raises(SyntheticDiffers):
        store_file(database, theme_days.sound(), "a.xlsx", synthetic=True, by=NOBODY_SIGNED_IN)
    made_up = workbook({Form.REQUESTS: [REQUEST]}, "fi", synthetic=True)
    assert store_file(database, made_up, "a.xlsx", synthetic=True, by=NOBODY_SIGNED_IN).synthetic


def test_courses_are_not_stored_without_a_look_at_what_they_change(database: Database) -> None:
    with pytest.raises(OtherSheets):
        store_file(database, faults.sound(), "a.xlsx", synthetic=False, by=NOBODY_SIGNED_IN)
    assert history(database) == []
