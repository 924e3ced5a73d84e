"""Activities under actions, and what an understanding means for them: which count, and under which names."""

import datetime as dt
from typing import Any

import pytest

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.intake.contract import Form
from analysis.intake.form_entries import EntryRejected, store_typed
from analysis.store import Database, actions, activities, consequences, undo_import

Row = dict[str, Any]
ACTION = {"municipality": "Aarhus", "action": "Reminders", "status": "translated"}
ACTIVITY = {"municipality": "Aarhus", "action": "Reminders", "activity": "Write the texts", "progress": "not begun"}
MEANING = {"municipality": "Aarhus", "written_on": dt.date(2016, 3, 1), "consequence": "Few areas take part."}


def entered(database: Database, rows: dict[Form, list[Row]]) -> int:
    kept = {"language": "da", "synthetic": False, "by": NOBODY_SIGNED_IN}
    return store_typed(database, rows, "a.xlsx", **kept).import_id  # type: ignore[arg-type]


def test_an_action_keeps_what_it_builds_on_and_what_is_missing(database: Database) -> None:
    more = {"evidence": "Own figures", "co_owners": ["social", "employment"], "missing_competence": "Plain writing"}
    entered(database, {Form.ACTIONS: [{**ACTION, **more}]})
    [row] = actions(database, synthetic=False).to_dict("records")
    assert (row["evidence"], list(row["co_owners"])) == ("Own figures", ["social", "employment"])
    assert row["missing_competence"] == "Plain writing"


def test_the_newest_state_of_an_activity_counts_and_the_one_before_comes_back(database: Database) -> None:
    entered(database, {Form.ACTIONS: [ACTION], Form.ACTIVITIES: [ACTIVITY, {**ACTIVITY, "activity": "Agree"}]})
    done = {**ACTIVITY, "activity": " write the texts ", "who": "The health centre", "progress": "done"}
    later = entered(database, {Form.ACTIVITIES: [done]})
    assert states(database) == [("Agree", "not begun"), ("write the texts", "done")]
    undo_import(database, later, by=NOBODY_SIGNED_IN)
    assert states(database) == [("Agree", "not begun"), ("Write the texts", "not begun")]


def states(database: Database) -> list[tuple[str, str]]:
    found = activities(database, synthetic=False)
    return list(found[["activity", "progress"]].itertuples(index=False, name=None))


def test_activities_follow_a_new_name_of_the_action(database: Database) -> None:
    entered(database, {Form.ACTIONS: [ACTION], Form.ACTIVITIES: [ACTIVITY]})
    name = {"municipality": "Aarhus", "named": "action", "name": "Reminders", "same_as": "Sms"}
    entered(database, {Form.NAMES: [name]})
    assert activities(database, synthetic=False)["action"].tolist() == ["Sms"]
    assert actions(database, synthetic=False)["action"].tolist() == ["Sms"]


def test_the_newest_text_of_a_municipality_counts(database: Database) -> None:
    entered(database, {Form.CONSEQUENCES: [MEANING]})
    older = {**MEANING, "written_on": dt.date(2015, 3, 1), "consequence": "Older"}
    entered(database, {Form.CONSEQUENCES: [older, {**older, "municipality": "Holbæk"}]})
    found = consequences(database, synthetic=False)
    assert found["consequence"].tolist() == ["Few areas take part.", "Older"]


@pytest.mark.parametrize("rows", [{Form.ACTIVITIES: [ACTIVITY, ACTIVITY]}, {Form.CONSEQUENCES: [MEANING, MEANING]}])
def test_the_same_row_twice_is_refused(database: Database, rows: dict[Form, list[Row]]) -> None:
    with pytest.raises(EntryRejected) as raised:
        entered(database, rows)
    assert {finding.check for finding in raised.value.findings} == {"entry_twice"}


def test_a_cpr_number_in_an_activity_is_refused(database: Database) -> None:
    from analysis.text.identity_numbers import HoldsIdentityNumber

    with pytest.raises((EntryRejected, HoldsIdentityNumber)):
        entered(database, {Form.ACTIVITIES: [{**ACTIVITY, "who": "010203-1234"}]})
