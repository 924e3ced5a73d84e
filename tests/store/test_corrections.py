"""Files that correct single rows: whatever is stored, undone and redone, the files that are live are counted."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from random import Random

import pyarrow as pa
import pytest

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.model.terms import MISSING
from analysis.store import Database, ImportMode, ImportPayload, NotCorrectable, PeriodsOverlap, Source
from tests.store.test_later_files import LONG, LOW, invited, of_counts, read_in, stored

D = dt.date
PLACE = {"sheet": "Forløb", "municipality": "Aarhus"}
Counts = Counter[tuple[str, dt.date, str, str]]
"""Citizens by offer, month, group and stage."""


@dataclass(frozen=True)
class Course:
    citizen: str
    start: dt.date
    group: str
    completed: bool
    offer: str = "Rygestop"

    @property
    def key(self) -> tuple[str, str]:
        return self.offer, self.citizen

    @property
    def month(self) -> dt.date:
        return self.start.replace(day=1)


def after(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=31)).replace(day=1)


def payload(courses: Iterable[Course]) -> ImportPayload:
    rows = [
        {
            **PLACE,
            "row": number,
            "offer": one.offer,
            "citizen": one.citizen,
            "invited": True,
            "participated": True,
            "completed": one.completed,
            "invited_on": one.start,
            "started_on": one.start,
            "completed_on": None,
            "outcome": None if one.completed else "dropped out",
            "counted_on": one.start,
            "sex": one.group,
        }
        for number, one in enumerate(courses, 2)
    ]
    schema = pa.schema(
        [
            *((name, pa.string()) for name in ("sheet", "municipality")),
            ("row", pa.int32()),
            *((name, pa.string()) for name in ("offer", "citizen")),
            *((name, pa.bool_()) for name in ("invited", "participated", "completed")),
            *((name, pa.date32()) for name in ("invited_on", "started_on", "completed_on")),
            ("outcome", pa.string()),
            ("counted_on", pa.date32()),
            ("sex", pa.string()),
        ]
    )
    order = ["sheet", "row", "municipality", "offer", "citizen", *schema.names[5:]]
    covered = sorted({(one.offer, one.month) for one in courses})
    periods = [
        {
            "municipality": "Aarhus",
            "offer": offer,
            "period_start": month,
            "period_end": after(month),
            "dimension": None,
        }
        for offer, month in covered
    ]
    of_periods = pa.schema(
        [
            *((name, pa.string()) for name in ("municipality", "offer")),
            ("period_start", pa.date32()),
            ("period_end", pa.date32()),
            ("dimension", pa.string()),
        ]
    )
    return ImportPayload(
        courses=pa.Table.from_pylist(rows, schema).select(order),
        dimensions=("sex",),
        periods=pa.Table.from_pylist(periods, of_periods),
    )


def add(database: Database, name: str, courses: Iterable[Course], mode: ImportMode = ImportMode.NEW) -> int:
    source = Source(f"{name}.xlsx", name)
    return store.add_import(database, payload(list(courses)), source, mode=mode, by=NOBODY_SIGNED_IN).import_id


def counted(database: Database) -> Counts:
    with database.reading() as cursor:
        rows = cursor.execute(
            'SELECT offer, period_start, "group", sum(participated), sum(completed) FROM live_counts GROUP BY ALL'
        ).fetchall()
    found: Counts = Counter()
    for offer, month, group, participated, completed in rows:
        found[offer, month, group, "participated"] += int(participated)
        found[offer, month, group, "completed"] += int(completed)
    return +found


def of_courses(courses: Iterable[Course]) -> Counts:
    found: Counts = Counter()
    for one in courses:
        found[one.offer, one.month, one.group, "participated"] += 1
        found[one.offer, one.month, one.group, "completed"] += one.completed
    return +found


JUNE = [Course(f"b{number}", D(2015, 6, 1 + number), "woman", completed=False) for number in range(6)]


def test_a_corrected_row_takes_the_place_of_one_row_until_it_is_taken_back(database: Database) -> None:
    first = add(database, "june", JUNE)
    changed = replace(JUNE[2], group="man", completed=True)
    second = add(database, "correction", [changed], ImportMode.CORRECT)
    both = of_courses([*JUNE[:2], changed, *JUNE[3:]])
    assert counted(database) == both
    store.undo_import(database, second, by=NOBODY_SIGNED_IN)
    assert counted(database) == of_courses(JUNE)
    store.redo_import(database, second, by=NOBODY_SIGNED_IN)
    store.undo_import(database, first, by=NOBODY_SIGNED_IN)
    assert counted(database) == of_courses([changed])
    store.redo_import(database, first, by=NOBODY_SIGNED_IN)
    assert counted(database) == both


def test_the_only_course_of_a_citizen_may_begin_on_another_day(database: Database) -> None:
    add(database, "june", JUNE)
    moved = replace(JUNE[0], start=D(2015, 7, 9))
    add(database, "correction", [moved], ImportMode.CORRECT)
    assert counted(database) == of_courses([moved, *JUNE[1:]])
    again = replace(moved, start=D(2015, 8, 9))
    add(database, "once more", [again], ImportMode.CORRECT)
    assert counted(database) == of_courses([again, *JUNE[1:]])


def test_one_of_several_courses_is_not_guessed(database: Database) -> None:
    later = replace(JUNE[0], start=D(2015, 9, 1))
    add(database, "june", [*JUNE, later])
    unsure = replace(JUNE[0], start=D(2015, 6, 30))
    found = store.correction_of(database, payload([unsure]), by=NOBODY_SIGNED_IN)
    assert found is not None
    assert (found.ambiguous, found.is_possible) == ((("Forløb", 2),), False)
    with pytest.raises(NotCorrectable):
        add(database, "correction", [unsure], ImportMode.CORRECT)
    assert counted(database) == of_courses([*JUNE, later])
    with pytest.raises(NotCorrectable):
        add(database, "others", [replace(JUNE[0], citizen="x")], ImportMode.CORRECT)


def test_a_corrected_course_is_followed_as_long_as_those_it_was_among(database: Database) -> None:
    old = [Course(f"a{n}", D(2014, 1, 1 + n), "woman", completed=True) for n in range(20)]
    add(database, "june", [*old, *JUNE])
    add(database, "correction", [replace(JUNE[0], completed=True)], ImportMode.CORRECT)
    with database.reading() as cursor:
        rows = cursor.execute("SELECT DISTINCT cutoff, days FROM current_follow_up").fetchall()
    assert len(rows) == 1


@dataclass
class File:
    """A stored file in the independent computation."""

    courses: list[Course]
    live: bool = True
    replaced: list[tuple["File", str, dt.date]] = field(default_factory=list)
    corrected: list[tuple["File", int]] = field(default_factory=list)


@dataclass
class Groups:
    """A stored list of groups by citizen in the independent computation."""

    of_citizens: dict[str, str]
    live: bool = True


class Files:
    """What is counted of files, computed without the database."""

    def __init__(self) -> None:
        self.files: dict[int, File] = {}
        self.lists: dict[int, Groups] = {}

    def named(self) -> dict[int, File | Groups]:
        return {**self.files, **self.lists}

    def with_groups(self) -> list[Course]:
        """Return the courses that count. A group that is not stated is that of the newest list."""
        known: dict[str, str] = {}
        for _, one in sorted(self.lists.items()):
            known |= one.of_citizens if one.live else {}
        courses = [course for _, _, course in self.counted()]
        return [replace(one, group=known.get(one.citizen, MISSING)) if one.group == MISSING else one for one in courses]

    def counted(self, without: File | None = None) -> list[tuple[File, int, Course]]:
        live = [one for one in self.files.values() if one.live and one is not without]
        gone = {(id(other), number) for one in live for other, number in one.corrected}
        hidden = {(id(other), offer, month) for one in live for other, offer, month in one.replaced}
        return [
            (one, number, course)
            for one in live
            for number, course in enumerate(one.courses)
            if (id(one), number) not in gone and (id(one), course.offer, course.month) not in hidden
        ]

    def overlaps(self, courses: Iterable[Course]) -> bool:
        months = {(one.offer, one.month) for one in courses}
        return any((course.offer, course.month) in months for _, _, course in self.counted())

    def add(self, import_id: int, courses: list[Course], mode: ImportMode) -> None:
        made = File(courses)
        if mode is ImportMode.REPLACE:
            months = {(one.offer, one.month) for one in courses}
            for one, _, course in self.counted():
                if (course.offer, course.month) in months:
                    made.replaced.append((one, course.offer, course.month))
        if mode is ImportMode.CORRECT:
            made.corrected = self._corrected(courses)
        self.files[import_id] = made

    def _corrected(self, courses: list[Course]) -> list[tuple[File, int]]:
        found = []
        for course in courses:
            same = [
                (one, number)
                for one in self.files.values()
                for number, other in enumerate(one.courses)
                if other.key == course.key and other.start == course.start
            ]
            live = [(one, number) for one, number, other in self.counted() if other.key == course.key]
            matched = [*same, *(live if not [one for one in same if one in live] else [])]
            found += [*matched, *(before for one, _ in matched for before in one.corrected if _is_of(before, course))]
        return found


def _is_of(place: tuple[File, int], course: Course) -> bool:
    one, number = place
    return one.courses[number].key == course.key


def add_list(database: Database, name: str, groups: Mapping[str, str], dimension: str = "sex") -> int:
    """Store a list of the groups of citizens."""
    rows = [
        {
            "sheet": "Grupper",
            "row": row,
            "municipality": "Aarhus",
            "citizen": one,
            "dimension": dimension,
            "group": group,
        }
        for row, (one, group) in enumerate(groups.items(), 2)
    ]
    types = [(key, pa.int32() if key == "row" else pa.string()) for key in rows[0]]
    contents = ImportPayload(citizen_groups=pa.Table.from_pylist(rows, pa.schema(types)))
    return store.add_import(database, contents, Source(f"{name}.xlsx", name), by=NOBODY_SIGNED_IN).import_id


WHAT = ("new", "new", "correct", "correct", "groups", "groups", "replace", "add", "undo", "redo", "undo", "redo")
GROUPS = ("woman", "man", MISSING)


@pytest.mark.parametrize("seed", range(16))
def test_any_sequence_counts_the_files_that_are_live(database: Database, seed: int) -> None:
    draw, files = Random(seed), Files()
    for step in range(14):
        what = draw.choice(WHAT)
        if what in {"undo", "redo"} and files.files:
            import_id = draw.choice([*files.named()])
            one = files.named()[import_id]
            if what == "undo":
                store.undo_import(database, import_id, by=NOBODY_SIGNED_IN)
                one.live = False
            elif not one.live:
                try:
                    store.redo_import(database, import_id, by=NOBODY_SIGNED_IN)
                except PeriodsOverlap:
                    continue
                one.live = True
        elif what == "groups":
            citizens = {f"c{draw.randrange(step + 1)}-{number}": draw.choice(("woman", "man")) for number in range(3)}
            files.lists[add_list(database, f"list {step}", citizens)] = Groups(citizens)
        elif what not in {"undo", "redo"}:
            _store_some(database, files, draw, step, ImportMode(what))
        assert counted(database) == of_courses(files.with_groups()), (seed, step, what)


def _store_some(database: Database, files: Files, draw: Random, step: int, mode: ImportMode) -> None:
    """Store a drawn file in the mode, in the database and in the independent computation."""
    known = [course for _, _, course in files.counted()]
    if mode is ImportMode.CORRECT:
        chosen = draw.sample(known, min(len(known), 2))
        if len({one.key for one in chosen}) < len(chosen):
            return
        courses = [
            replace(one, group=draw.choice(GROUPS), start=one.start + draw.choice((0, 0, 40)) * DAY) for one in chosen
        ]
    else:
        month = draw.choice((4, 5, 6))
        courses = [
            Course(f"c{step}-{number}", D(2015, month, 1 + number), draw.choice(GROUPS), completed=number > 1)
            for number in range(3)
        ]
    try:
        import_id = add(database, f"file {step}", courses, mode)
    except (PeriodsOverlap, NotCorrectable):
        return
    files.add(import_id, courses, mode)


DAY = dt.timedelta(days=1)


def test_a_count_takes_the_place_of_the_one_with_the_same_labels(database: Database) -> None:
    rows = [("2015-01", "Uddannelse", group, 100) for group in (LOW, LONG)]
    of_sex = [("2015-01", "Køn", group, 100) for group in ("Mand", "Kvinde")]
    stored(database, of_counts([*rows, *of_sex]))
    second = stored(database, of_counts([("2015-01", "Uddannelse", LOW, 60)]), mode=ImportMode.CORRECT)
    assert (invited(database), invited(database, "sex")) == ({D(2015, 1, 1): 160}, {D(2015, 1, 1): 200})
    third = stored(database, of_counts([("2015-01", "Uddannelse", LOW, 40)]), mode=ImportMode.CORRECT)
    assert invited(database) == {D(2015, 1, 1): 140}
    store.undo_import(database, second, by=NOBODY_SIGNED_IN)
    assert invited(database) == {D(2015, 1, 1): 140}
    store.undo_import(database, third, by=NOBODY_SIGNED_IN)
    assert invited(database) == {D(2015, 1, 1): 200}


def test_a_month_does_not_correct_a_quarter(database: Database) -> None:
    stored(database, of_counts([("2015K1", "Uddannelse", group, 400) for group in (LOW, LONG)]))
    content = of_counts([("2015-02", "Uddannelse", LOW, 60)])
    found = store.correction_of(database, read_in(database, content).contents, by=NOBODY_SIGNED_IN)
    assert found is not None
    assert (len(found.across), found.is_possible) == (1, False)
    with pytest.raises(NotCorrectable):
        stored(database, content, mode=ImportMode.CORRECT)
