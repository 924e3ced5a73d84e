"""What is typed on a page goes the way of every workbook: the same checks, the same import, the same undo."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.i18n import LANGUAGES
from analysis.intake.contract import Form
from analysis.intake.form_entries import (
    AdjustmentStored,
    EntryRejected,
    OtherSheets,
    SyntheticDiffers,
    store_adjustment,
    store_file,
    store_typed,
    workbook,
)
from analysis.store import Database, actions, adjustments, history, original, requests, undo_import
from tests.store.test_imports import add, contents
from tests.support.workbooks import faults, theme_days

DAY = dt.date(2016, 3, 10)
REQUEST = {"municipality": "Samsø", "requested_on": DAY, "request": "advice", "state": "open", "next_step": "=1+1"}

ADJUSTMENT = {
    "municipality": "Aarhus",
    "offer": "Rygestop",
    "adjusted_on": dt.date(2015, 3, 1),
    "title": "Sms dagen før",
    "aim": "both",
    "staff_involved": "no",
}


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


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_typed_adjustment_is_stored_once_and_taken_back_in_every_language(database: Database, code: str) -> None:
    add(database, contents("a"), "march")

    def enter(**changed: object) -> int:
        rows = {Form.ADJUSTMENTS: [ADJUSTMENT | changed]}
        return store_adjustment(database, rows, "a.xlsx", language=code, synthetic=False, by=NOBODY_SIGNED_IN).import_id

    first = enter()
    [row] = adjustments(database, synthetic=False).to_dict("records")
    assert (row["offer"], row["adjusted_on"].date(), row["title"]) == ("Rygestop", dt.date(2015, 3, 1), "Sms dagen før")
    assert (row["aim"], row["staff_involved"]) == ("both", False)
    with pytest.raises(AdjustmentStored):
        enter(title="SMS dagen  før.", aim="completion")
    enter(title="Følgeskab")
    undo_import(database, first, by=NOBODY_SIGNED_IN)
    enter()
    assert sorted(adjustments(database, synthetic=False)["title"]) == ["Følgeskab", "Sms dagen før"]


@pytest.mark.parametrize(
    ("changed", "checks"),
    [
        ({"offer": "Rygestoppet"}, {"adjustment_unknown_offer"}),
        ({"title": "Ring til 010203-1234"}, {"cpr_number"}),
        ({"what_changed": "Ring til 010203-1234"}, {"cpr_number"}),
        ({"adjusted_on": dt.date(2125, 1, 1)}, {"planned_out_of_bounds"}),
        ({"adjusted_on": None}, {"cell_empty"}),
    ],
)
def test_faults_of_a_typed_adjustment_are_told_without_a_sheet(
    database: Database, changed: dict[str, object], checks: set[str]
) -> None:
    add(database, contents("a"), "march")
    with pytest.raises(EntryRejected) as raised:
        rows = {Form.ADJUSTMENTS: [ADJUSTMENT | changed]}
        store_adjustment(database, rows, "a.xlsx", language="da", synthetic=False, by=NOBODY_SIGNED_IN)
    assert {finding.check for finding in raised.value.findings} == checks
    assert {(finding.sheet, finding.rows) for finding in raised.value.findings} == {("", ())}
    assert adjustments(database, synthetic=False).empty


def test_no_courses_and_counts_can_be_typed(database: Database) -> None:
    add(database, contents("a"), "march")
    month = {"municipality": "Aarhus", "offer": "Rygestop", "period": "2015-04", "dimension": "Køn", "group": "Kvinde"}
    course = {"municipality": "Aarhus", "offer": "Rygestop", "citizen": "b", "started_on": DAY, "outcome": "completed"}
    typed = {
        Form.COUNTS: month | {"participated": 9, "completed": 3},
        Form.COURSES: course,
    }
    for form, row in typed.items():
        for rows in ({form: [row]}, {form: [row], Form.ADJUSTMENTS: [ADJUSTMENT]}):
            with pytest.raises(OtherSheets):
                store_typed(database, rows, "a.xlsx", language="en", synthetic=False, by=NOBODY_SIGNED_IN)
    uploaded = workbook({Form.ADJUSTMENTS: [ADJUSTMENT]}, "da", synthetic=False)
    with pytest.raises(OtherSheets):
        store_file(database, uploaded, "a.xlsx", synthetic=False, by=NOBODY_SIGNED_IN)
    assert len(history(database)) == 1
