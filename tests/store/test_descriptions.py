"""Descriptions and test rounds of adjustments: which count, under which names, and who sees drafts."""

import datetime as dt
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.intake.contract import Form
from analysis.intake.form_entries import EntryRejected, store_edit, store_typed
from analysis.store import Database, adjustments, descriptions, drafts, rounds, undo_import
from tests.store.test_backups import older
from tests.store.test_later_files import stored
from tests.support.workbooks.faults import count, counts

Row = dict[str, Any]
BEFORE_DESCRIPTIONS = 24
"""The schema that had adjustments without descriptions."""
PLACE = {"municipality": "Aarhus", "offer": "Rygestop"}
ADJUSTMENT = {**PLACE, "adjusted_on": dt.date(2015, 9, 1), "title": "Reminders", "aim": "completion"}
STORY = {**PLACE, "title": "Reminders", "challenge": "Many stay away", "tags": ["reminders", "egen idé"]}
ROUND = {**PLACE, "title": "Reminders", "number": 1, "tried_on": dt.date(2015, 3, 2), "tried": "A text the day before"}
"""Values as a form on a page has them."""


@pytest.fixture
def database(database: Database) -> Database:
    """A database with counts of the offer."""
    stored(database, counts(count()))
    return database


def entered(database: Database, rows: dict[Form, list[Row]], *, edit: bool = False) -> int:
    act = store_edit if edit else store_typed
    return act(database, rows, "a.xlsx", language="da", synthetic=False, by=NOBODY_SIGNED_IN).import_id


def only(frame: pd.DataFrame) -> Row:
    [row] = frame.to_dict("records")
    return row


def test_a_story_is_stored_with_listed_tags_and_own_words(database: Database) -> None:
    entered(database, {Form.ADJUSTMENTS: [ADJUSTMENT], Form.DESCRIPTIONS: [STORY], Form.TEST_ROUNDS: [ROUND]})
    story = only(descriptions(database, synthetic=False))
    assert (story["challenge"], list(story["tags"])) == ("Many stay away", ["reminders", "egen idé"])
    one = only(rounds(database, synthetic=False))
    assert (one["number"], one["tried_on"].date(), one["decision"]) == (1, dt.date(2015, 3, 2), None)


def test_the_newest_story_counts_and_the_one_before_comes_back(database: Database) -> None:
    entered(database, {Form.ADJUSTMENTS: [ADJUSTMENT], Form.DESCRIPTIONS: [STORY]})
    later = entered(database, {Form.DESCRIPTIONS: [{**STORY, "challenge": None, "advice": "Ask early"}]})
    story = only(descriptions(database, synthetic=False))
    assert (story["challenge"], story["advice"]) == (None, "Ask early")
    undo_import(database, later, by=NOBODY_SIGNED_IN)
    assert only(descriptions(database, synthetic=False))["challenge"] == "Many stay away"


def test_a_round_with_the_same_number_takes_the_place_of_the_earlier_one(database: Database) -> None:
    entered(database, {Form.ADJUSTMENTS: [ADJUSTMENT], Form.TEST_ROUNDS: [ROUND, {**ROUND, "number": 2}]})
    entered(database, {Form.TEST_ROUNDS: [{**ROUND, "learned": "Evenings work better", "decision": "adapt"}]})
    known = rounds(database, synthetic=False).replace({float("nan"): None}).to_dict("records")
    assert [(one["number"], one["decision"]) for one in known] == [(1, "adapt"), (2, None)]


def test_an_edit_moves_the_adjustment_to_another_day(database: Database) -> None:
    entered(database, {Form.ADJUSTMENTS: [ADJUSTMENT]})
    moved = entered(database, {Form.ADJUSTMENTS: [{**ADJUSTMENT, "adjusted_on": dt.date(2015, 10, 1)}]}, edit=True)
    assert only(adjustments(database, synthetic=False))["adjusted_on"].date() == dt.date(2015, 10, 1)
    undo_import(database, moved, by=NOBODY_SIGNED_IN)
    assert only(adjustments(database, synthetic=False))["adjusted_on"].date() == dt.date(2015, 9, 1)


def test_story_and_rounds_follow_a_new_name_of_the_adjustment(database: Database) -> None:
    entered(database, {Form.ADJUSTMENTS: [ADJUSTMENT], Form.DESCRIPTIONS: [STORY], Form.TEST_ROUNDS: [ROUND]})
    name = {"municipality": "Aarhus", "named": "adjustment", "belongs_to": "Rygestop", "name": "Reminders"}
    entered(database, {Form.NAMES: [{**name, "same_as": "Sms"}]})
    entered(database, {Form.OFFERS: [{**PLACE, "new_name": "Stop"}]})
    for frame in (adjustments, descriptions, rounds):
        row = only(frame(database, synthetic=False))
        assert (row["offer"], row["title"]) == ("Stop", "Sms")


def test_a_draft_is_seen_only_where_the_person_may_change_it(database: Database) -> None:
    draft = {Form.ADJUSTMENTS: [{**ADJUSTMENT, "draft": "yes"}], Form.DESCRIPTIONS: [{**STORY, "draft": "yes"}]}
    entered(database, draft)
    assert adjustments(database, synthetic=False).empty
    assert descriptions(database, synthetic=False).empty
    assert drafts(database, ["Holbæk"], synthetic=False).empty
    assert only(drafts(database, ["Aarhus"], synthetic=False))["challenge"] == "Many stay away"
    entered(database, {Form.ADJUSTMENTS: [ADJUSTMENT], Form.DESCRIPTIONS: [STORY]})
    assert drafts(database, ["Aarhus"], synthetic=False).empty
    assert len(adjustments(database, synthetic=False)) == 1


def test_a_draft_of_a_change_leaves_what_is_shown(database: Database) -> None:
    entered(database, {Form.ADJUSTMENTS: [ADJUSTMENT], Form.DESCRIPTIONS: [STORY]})
    changed = {**ADJUSTMENT, "adjusted_on": dt.date(2016, 1, 1), "draft": "yes"}
    entered(
        database,
        {Form.ADJUSTMENTS: [changed], Form.DESCRIPTIONS: [{**STORY, "took": "2 t", "draft": "yes"}]},
        edit=True,
    )
    assert only(adjustments(database, synthetic=False))["adjusted_on"].date() == dt.date(2015, 9, 1)
    assert only(descriptions(database, synthetic=False))["took"] is None
    assert only(drafts(database, ["Aarhus"], synthetic=False))["took"] == "2 t"


@pytest.mark.parametrize("field", ["challenge", "tags", "contact", "link", "action"])
def test_no_identity_number_is_stored_in_any_text(database: Database, field: str) -> None:
    text = "https://example.dk/010203-1234" if field == "link" else "Ring til 010203-1234"
    story = {**STORY, field: [text] if field == "tags" else text}
    with pytest.raises(EntryRejected):
        entered(database, {Form.ADJUSTMENTS: [ADJUSTMENT], Form.DESCRIPTIONS: [story]})
    assert descriptions(database, synthetic=False).empty


def test_adjustments_of_an_older_database_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    older(path, schema=BEFORE_DESCRIPTIONS)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE import SET adjustments = 2")
        connection.execute(
            "INSERT INTO adjustment BY NAME SELECT 1 AS import_id, 'Justeringer' AS sheet, 2 + number AS row, "
            "'Aarhus' AS municipality, 'Rygestop' AS offer, DATE '2015-09-01' + number::INTEGER AS adjusted_on, "
            "'Change ' || number AS title, 'both' AS aim FROM range(2) AS t(number)"
        )
    with closing(Database(path)) as database:
        made = adjustments(database, synthetic=False)
        assert made["title"].tolist() == ["Change 0", "Change 1"]
        entered(database, {Form.DESCRIPTIONS: [{**STORY, "title": "change 1"}]})
        assert only(descriptions(database, synthetic=False))["challenge"] == "Many stay away"
        assert len(adjustments(database, synthetic=False)) == 2
