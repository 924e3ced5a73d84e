"""Lists of groups by citizen: courses get a group that their own file lacks, whatever is stored first."""

from collections import Counter
from dataclasses import replace

import pyarrow as pa

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN, Person, Role
from analysis.model.terms import MISSING
from analysis.store import Database, ImportMode
from tests.store.test_corrections import JUNE, add, add_list, payload

EDUCATION = {"B0": "basic school", " b1": "basic school", "b2": "long higher education", "b77": "basic school"}


def by_group(database: Database, dimension: str = "education") -> Counter[str]:
    with database.reading() as cursor:
        rows = cursor.execute(
            'SELECT "group", sum(participated) FROM live_counts WHERE dimension = ? GROUP BY ALL', [dimension]
        ).fetchall()
    return Counter({group: int(number) for group, number in rows})


def test_courses_get_the_groups_that_their_file_lacks_and_the_others_are_not_stated(database: Database) -> None:
    add(database, "june", JUNE)
    assert by_group(database) == {}
    list_id = add_list(database, "answers", EDUCATION, "education")
    assert by_group(database) == {"basic school": 2, "long higher education": 1, MISSING: 3}
    assert by_group(database, "sex") == {"woman": 6}
    with database.reading() as cursor:
        crossed = cursor.execute("SELECT sum(participated) FROM live_crossed_counts").fetchone()
    assert crossed == (6,)
    store.undo_import(database, list_id, by=NOBODY_SIGNED_IN)
    assert by_group(database) == {}
    store.redo_import(database, list_id, by=NOBODY_SIGNED_IN)
    assert by_group(database)[MISSING] == 3


def test_courses_that_are_stored_later_get_them_too(database: Database) -> None:
    add_list(database, "answers", EDUCATION, "education")
    add(database, "june", JUNE)
    add(database, "more", [replace(JUNE[0], citizen="b77"), replace(JUNE[0], citizen="x")], ImportMode.ADD)
    assert by_group(database) == {"basic school": 3, "long higher education": 1, MISSING: 4}


def test_an_offer_whose_citizens_were_not_asked_does_not_get_the_dimension(database: Database) -> None:
    add(database, "june", [*JUNE, *(replace(one, citizen=f"k{one.citizen}", offer="KOL") for one in JUNE)])
    add_list(database, "answers", EDUCATION, "education")
    assert sum(by_group(database).values()) == len(JUNE)


def test_a_group_that_the_course_states_counts_and_the_difference_is_said(database: Database) -> None:
    add(database, "june", JUNE)
    add_list(database, "answers", {"b0": "man", "b1": "woman"}, "sex")
    assert by_group(database, "sex") == {"woman": 6}
    contents = payload([replace(JUNE[0], citizen="new")])
    listed = replace(contents, citizen_groups=_groups({"b0": "man", "new": "man", "nobody": "man"}))
    found = store.listed_citizens(database, listed, by=NOBODY_SIGNED_IN)
    assert found is not None
    assert (found.citizens, found.with_courses, found.differing) == (3, 2, 2)


def test_a_replacing_file_is_set_beside_what_is_stored_with_its_groups(database: Database) -> None:
    add(database, "june", JUNE)
    add_list(database, "answers", EDUCATION, "education")
    contents = payload([*JUNE, replace(JUNE[0], citizen="new")])
    found = store.stored_beside(database, contents, store.counts_of(contents), by=NOBODY_SIGNED_IN)
    assert {one.dimension: (one.stored[1], one.in_file[1]) for one in found} == {"education": (6, 7), "sex": (6, 7)}


def test_whole_numbers_with_and_without_decimals_are_one_id(database: Database) -> None:
    add(database, "june", [replace(JUNE[0], citizen="14"), replace(JUNE[1], citizen="16.0"), JUNE[2]])
    add_list(database, "answers", {"14.0": "basic school", "016": "basic school", "1.6": "basic school"}, "education")
    assert by_group(database) == {"basic school": 2, MISSING: 1}


def test_only_who_may_store_the_list_learns_who_has_a_course(database: Database) -> None:
    add(database, "june", JUNE)
    elsewhere = Person("Bo", Role.CONSULTANT, frozenset({"Randers"}))
    listed = replace(payload([]), courses=None, citizen_groups=_groups({"b0": "man"}))
    assert store.listed_citizens(database, listed, by=elsewhere) is None


def test_counts_stay_when_the_list_or_the_courses_are_purged(database: Database) -> None:
    add(database, "june", JUNE)
    list_id = add_list(database, "answers", EDUCATION, "education")
    store.undo_import(database, list_id, by=NOBODY_SIGNED_IN)
    assert store.purge(database, 0) == [list_id]
    with database.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM citizen_group").fetchone() == (0,)
    assert by_group(database, "sex") == {"woman": 6}


def _groups(groups: dict[str, str]) -> pa.Table:
    names = ("municipality", "citizen", "dimension", "group")
    rows = [dict(zip(names, ("Aarhus", one, "sex", group), strict=True)) for one, group in groups.items()]
    return pa.Table.from_pylist(rows)
