"""A stage that is not divided by group is unknown for the groups: its number is the number of none of them."""

from typing import Any

import pytest

from analysis.intake.fix.corrections import Corrections
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.mapping import Level, Mapping
from analysis.intake.mapping.saved_mappings import Decisions, prepared_with
from analysis.intake.read_file import read
from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, checks, counted, prepared, workbook

OFFER = {"offer": "Rygestop"}
START: list[Any] = ["Kommune", "Tilbud", "År"]
HERE: list[Any] = ["Randers", "Rygestop", 2022]


def numbers(database: Database, rows: Rows, constants: dict[str, str] | None = None) -> dict[str, tuple[Any, ...]]:
    """Return invited, participated and completed by group."""
    found = counted(prepared(database, workbook(Tal=rows), constants))
    return {group: stages for _, _, group, *stages in found}


@pytest.mark.parametrize("invited", ["Inviterede", "Henvist", "Antal inviterede", "Invited", "Kutsutut"])
def test_an_undivided_stage_is_unknown_for_each_group(database: Database, invited: str) -> None:
    rows: Rows = [[*START, invited, "Deltagere mænd", "Deltagere kvinder"], [*HERE, 100, 20, 45]]
    assert numbers(database, rows) == {"man": [None, 20, None], "woman": [None, 45, None]}
    found = checks(prepared(database, workbook(Tal=rows)))
    assert found.count("stage_undivided") == 1


def test_undivided_completions_are_not_copied_to_the_groups(database: Database) -> None:
    rows: Rows = [[*START, "Deltagere mænd", "Deltagere kvinder", "Gennemført"], [*HERE, 50, 45, 40]]
    assert numbers(database, rows) == {"man": [None, 50, None], "woman": [None, 45, None]}


def test_a_number_by_one_dimension_is_not_crossed_with_another(database: Database) -> None:
    rows: Rows = [
        ["Kommune", "År", "Uddannelse", "Inviterede", "Mænd", "Kvinder"],
        [*HERE[::2], "Grundskole", 100, 20, 45],
    ]
    found = prepared(database, workbook(Tal=rows), {**OFFER, "stage": "participated"})
    assert [(invited, came) for _, _, _, invited, came, _ in counted(found)] == [(None, 20), (None, 45)]
    assert "stage_undivided" in checks(found)


def test_a_stage_without_groups_below_its_header_is_undivided(database: Database) -> None:
    rows: Rows = [
        [*START, "Inviterede", "Deltagere", None, "Gennemførte", None],
        [None, None, None, None, "Mænd", "Kvinder", "Mænd", "Kvinder"],
        [*HERE, 100, 20, 45, 10, 30],
    ]
    assert numbers(database, rows) == {"man": [None, 20, 10], "woman": [None, 45, 30]}
    assert "group_without_column" not in checks(prepared(database, workbook(Tal=rows)))


def test_undivided_participants_beside_divided_others_are_an_error(database: Database) -> None:
    rows: Rows = [[*START, "Deltagere", "Inviterede mænd", "Inviterede kvinder"], [*HERE, 65, 80, 90]]
    found = prepared(database, workbook(Tal=rows))
    assert not found[1].faultless
    assert "participants_undivided" in checks(found)


def test_a_stage_divided_by_group_is_stored(database: Database) -> None:
    headers = ["Inviterede mænd", "Inviterede kvinder", "Deltagere mænd", "Deltagere kvinder"]
    rows: Rows = [[*START, *headers], [*HERE, 60, 40, 20, 45 - 10]]
    assert numbers(database, rows) == {"man": [60, 20, None], "woman": [40, 35, None]}
    assert "stage_undivided" not in checks(prepared(database, workbook(Tal=rows)))


def test_columns_matched_by_hand_are_not_copied_either(database: Database) -> None:
    rows: Rows = [[*START, "Ind", "Mænd", "Kvinder"], [*HERE, 100, 20, 45]]
    columns = {"municipality": "Kommune", "offer": "Tilbud", "period": "År", "invited": "Ind"}
    by_hand = Mapping(
        "counts",
        columns,
        constants={"stage": "participated", "dimension": "sex"},
        sheet="Tal",
        numbers=("Mænd", "Kvinder"),
        levels=(Level("group"),),
    )
    reading = read(workbook(Tal=rows), "file.xlsx")
    found = reading, prepared_with(reading, load_reference_data(database), Decisions(by_hand, Corrections()))
    assert {group: (invited, came) for _, _, group, invited, came, _ in counted(found)} == {
        "man": (None, 20),
        "woman": (None, 45),
    }


@pytest.mark.parametrize(
    "of_which", ["heraf {}", "Heraf antal {}", "hvoraf {}", "varav {}", "of which {}", "joista {}"]
)
def test_parts_of_a_stage_are_its_groups(database: Database, of_which: str) -> None:
    parts = [of_which.format(group) for group in ("kvinder", "mænd")]
    rows: Rows = [[*START, "Inviteret", *parts, "Deltaget", *parts], [*HERE, 100, 60, 40, 50, 30, 20]]
    assert numbers(database, rows) == {"woman": [60, 30, None], "man": [40, 20, None]}


def test_a_stage_without_parts_is_not_called_unknown(database: Database) -> None:
    rows: Rows = [[*START, "Inviteret", "Deltaget", "heraf kvinder", "heraf mænd"], [*HERE, 100, 50, 30, 20]]
    found = checks(prepared(database, workbook(Tal=rows)))
    assert "stage_undivided" in found and "invited_unknown" not in found
