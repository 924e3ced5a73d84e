"""Two spellings of a place become one: what is stored of one is stored again under the other name."""

import datetime as dt
from collections.abc import Sequence

import pytest

from analysis import store
from analysis.auth.roles import AS_THEY_ARE, NOBODY_SIGNED_IN, NotAllowed, Person, Role
from analysis.intake.fix.corrections import Corrections
from analysis.intake.importing import store as put_away
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.read_file import read
from analysis.intake.validate.validation import prepare
from analysis.store import Database, ImportMode, PeriodsOverlap
from tests.support.workbooks.faults import COUNT_HEADERS, book

HEADERS = ["Kommune", "Tilbud", "Dato", "Titel", "Sigte"]


def add(
    database: Database, places: Sequence[str], month: str, number: int = 100, mode: ImportMode = ImportMode.NEW
) -> int:
    """Store counts of these places, and an adjustment of each."""
    counts = [[place, "Alfa", month, "Køn", sex, number, 50, 25] for place in places for sex in ("Kvinde", "Mand")]
    adjusted = [[place, "Alfa", dt.datetime(2015, 6, 1), "Opkald", "Begge"] for place in places]
    content = book({"Optælling": [COUNT_HEADERS, *counts], "Justeringer": [HEADERS, *adjusted]})
    reading, corrections = read(content, f"{month}.xlsx"), Corrections(places=tuple(places))
    prepared = prepare(reading, load_reference_data(database), corrections)
    assert prepared.faultless, [one.check for one in prepared.findings]
    decisions = Decisions(corrections=corrections)
    return put_away(database, reading, prepared, decisions, content, by=NOBODY_SIGNED_IN, mode=mode).import_id


def invited(database: Database) -> dict[tuple[str, int], int]:
    """The invited by place and month."""
    counts = store.counts_by_month(database, AS_THEY_ARE, dimension="sex", synthetic=False)
    by_month = counts.groupby(["municipality", counts["period_start"].dt.month])["invited"].sum()
    return {(str(place), int(month)): int(number) for (place, month), number in by_month.items()}


def test_what_is_stored_of_a_place_is_stored_under_the_other_name_until_it_is_undone(database: Database) -> None:
    first = add(database, ["Nordhavn", "Aarhus"], "2015-01")
    add(database, ["Nordhavnen"], "2015-02")
    before = invited(database)
    (copy,) = store.join_places(database, "Nordhavn", "Nordhavnen", synthetic=False, by=NOBODY_SIGNED_IN)
    assert invited(database) == {("Aarhus", 1): 200, ("Nordhavnen", 1): 200, ("Nordhavnen", 2): 200}
    assert set(store.adjustments(database, synthetic=False)["municipality"]) == {"Aarhus", "Nordhavnen"}
    assert store.check_journal(database) == []
    with pytest.raises(PeriodsOverlap):
        store.redo_import(database, first, by=NOBODY_SIGNED_IN)
    store.undo_import(database, copy, by=NOBODY_SIGNED_IN)
    store.redo_import(database, first, by=NOBODY_SIGNED_IN)
    assert invited(database) == before


def test_a_replaced_and_a_corrected_import_stay_replaced_and_corrected(database: Database) -> None:
    add(database, ["Nordhavn"], "2015-01")
    newer = add(database, ["Nordhavn"], "2015-01", 120, ImportMode.REPLACE)
    add(database, ["Nordhavn"], "2015-01", 130, ImportMode.CORRECT)
    assert invited(database) == {("Nordhavn", 1): 260}
    copies = store.join_places(database, "Nordhavn", "Sydhavn", synthetic=False, by=NOBODY_SIGNED_IN)
    assert invited(database) == {("Sydhavn", 1): 260}
    store.undo_import(database, copies[2], by=NOBODY_SIGNED_IN)
    assert invited(database) == {("Sydhavn", 1): 240}
    store.undo_import(database, copies[1], by=NOBODY_SIGNED_IN)
    assert invited(database) == {("Sydhavn", 1): 200}
    assert newer not in copies


def test_only_who_may_store_everything_in_the_imports_joins_places(database: Database) -> None:
    add(database, ["Nordhavn", "Aarhus"], "2015-01")
    for places in ({"Nordhavn"}, {"Nordhavn", "Sydhavn"}):
        consultant = Person("B", Role.CONSULTANT, frozenset(places))
        with pytest.raises(NotAllowed):
            store.join_places(database, "Nordhavn", "Sydhavn", synthetic=False, by=consultant)
    assert invited(database) == {("Aarhus", 1): 200, ("Nordhavn", 1): 200}
