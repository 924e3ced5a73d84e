"""Counts of one dimension within the groups of another: the same citizens, however imports come and go."""

import dataclasses

import pandas as pd
import pyarrow as pa

from analysis import store
from analysis.auth.roles import AS_THEY_ARE, NOBODY_SIGNED_IN
from analysis.store import Database, ImportMode, ImportPayload, Source
from tests.store.test_imports import contents


def crossed(*citizens: str, month: int = 3, educations: tuple[str | None, ...]) -> ImportPayload:
    """As ``contents``, women all, with an education each."""
    given = contents(*citizens, month=month)
    courses = given.courses.append_column("education", pa.array(educations, pa.string()))
    return dataclasses.replace(given, courses=courses, dimensions=("sex", "education"))


def add(
    database: Database, name: str, given: ImportPayload, *, mode: ImportMode = ImportMode.NEW
) -> store.ImportRecord:
    return store.add_import(database, given, Source(f"{name}.xlsx", name), mode=mode, by=NOBODY_SIGNED_IN)


def table(database: Database, dimension: str = "education", other: str = "sex") -> dict[tuple[str, str], int]:
    """How many were invited, by group and the group they are within."""
    counts = store.crossed_counts(database, AS_THEY_ARE, dimension=dimension, other=other, synthetic=False)
    totals = counts.groupby(["group", "within"], dropna=False)["invited"].sum()
    return {(str(group), str(within)): int(number) for (group, within), number in totals.items()}


def test_citizens_are_counted_by_both_dimensions_and_alike_from_either_side(database: Database) -> None:
    add(database, "march", crossed("a", "b", "c", educations=("short education", "short education", "basic school")))
    assert table(database) == {("short education", "woman"): 2, ("basic school", "woman"): 1}
    assert table(database, "sex", "education") == {("woman", "short education"): 2, ("woman", "basic school"): 1}
    assert set(store.crossings(database, synthetic=False)["sex"]) == {"education"}


def test_the_cells_of_a_crossing_add_up_to_the_counts_of_one_dimension(demonstration_database: Database) -> None:
    keys = ["municipality", "offer", "period_start", "group"]
    stages = ["invited", "participated", "completed"]
    whole = store.counts_by_month(demonstration_database, AS_THEY_ARE, dimension="education", synthetic=True)
    parts = store.crossed_counts(
        demonstration_database, AS_THEY_ARE, dimension="education", other="sex", synthetic=True
    )
    offers = parts[["municipality", "offer"]].drop_duplicates()
    whole = whole.merge(offers)
    pd.testing.assert_frame_equal(
        whole.groupby(keys, dropna=False)[stages].sum(),
        parts.groupby(keys, dropna=False)[stages].sum(),
        check_dtype=False,
    )


def test_an_import_taken_back_is_out_of_the_crossing_and_comes_back(database: Database) -> None:
    first = add(database, "march", crossed("a", "b", educations=("basic school", "basic school")))
    add(database, "april", crossed("c", month=4, educations=("basic school",)))
    store.undo_import(database, first.import_id, by=NOBODY_SIGNED_IN)
    assert table(database) == {("basic school", "woman"): 1}
    store.redo_import(database, first.import_id, by=NOBODY_SIGNED_IN)
    assert table(database) == {("basic school", "woman"): 3}


def test_a_replacing_import_takes_the_place_of_the_other_in_the_crossing_too(database: Database) -> None:
    add(database, "march", crossed("a", "b", educations=("basic school", "basic school")))
    later = add(database, "again", crossed("d", educations=("short education",)), mode=ImportMode.REPLACE)
    assert table(database) == {("short education", "woman"): 1}
    store.undo_import(database, later.import_id, by=NOBODY_SIGNED_IN)
    assert table(database) == {("basic school", "woman"): 2}
