"""Offers and groups get other names, become one and part again: the rows of the files never change."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from random import Random

import pyarrow as pa
import pytest

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.intake.name_entries import names_payload
from analysis.store import Database, ImportMode, ImportPayload, NotCorrectable, PeriodsOverlap, Source
from analysis.store.current_names import renamed, written_names
from tests.store.test_corrections import Counts, Course, File, Files, add, counted, of_courses
from tests.store.test_later_files import invited, stored
from tests.support.workbooks.faults import COUNT_HEADERS, book

D = dt.date
NAMES = ("KOL hold", "KOL-hold", "Lungehold")
GROUPS = ("woman", "man", "person")


def rename(database: Database, name: str, new_name: str, key: str = "", **others: object) -> int:
    rows = renamed(written_names(database, synthetic=False), "Aarhus", name, new_name)
    rows = [{"sheet": "Tilbud", "row": number, **row, **others} for number, row in enumerate(rows, 2)]
    schema = pa.schema(
        [
            *(("sheet", pa.string()), ("row", pa.int32()), ("municipality", pa.string())),
            *(("offer", pa.string()), ("new_name", pa.string()), ("follow_up_days", pa.int32())),
        ]
    )
    contents = ImportPayload(offers=pa.Table.from_pylist(rows, schema))
    source = Source("names.xlsx", key or f"{name} {new_name}", typed=True)
    return store.add_import(database, contents, source, by=NOBODY_SIGNED_IN).import_id


def join(database: Database, name: str, new_name: str, key: str) -> int:
    """Give a group of all files another name."""
    of = {"municipality": "Aarhus", "kind": "group", "belongs_to": "sex", "rank": None}
    contents = names_payload([{**of, "name": name, "new_name": new_name}])
    return store.add_import(database, contents, Source("groups.xlsx", key, typed=True), by=NOBODY_SIGNED_IN).import_id


def courses(offer: str, month: int, letter: str) -> list[Course]:
    return [Course(f"{letter}{n}", D(2015, month, 1 + n), "woman", n > 1, offer) for n in range(4)]


def named(found: Iterable[Course], name: str) -> Counts:
    return of_courses(replace(one, offer=name) for one in found)


def test_two_spellings_become_one_offer_and_part_again(database: Database) -> None:
    one, other = courses("KOL hold", 5, "a"), courses("KOL-hold", 5, "b")
    add(database, "one", one)
    add(database, "other", other)
    merged = rename(database, "KOL hold", "KOL-hold")
    assert counted(database) == named([*one, *other], "KOL-hold")
    assert [offer.name for offer in store.offers(database, synthetic=False)] == ["KOL-hold"]
    store.undo_import(database, merged, by=NOBODY_SIGNED_IN)
    assert counted(database) == of_courses([*one, *other])
    store.redo_import(database, merged, by=NOBODY_SIGNED_IN)
    later = rename(database, "KOL-hold", "Lungehold")
    assert counted(database) == named([*one, *other], "Lungehold")
    store.undo_import(database, later, by=NOBODY_SIGNED_IN)
    assert counted(database) == named([*one, *other], "KOL-hold")


def test_a_later_file_meets_the_offer_under_either_name(database: Database) -> None:
    add(database, "one", courses("KOL hold", 5, "a"))
    rename(database, "KOL hold", "Lungehold")
    for offer in ("KOL hold", "Lungehold"):
        with pytest.raises(PeriodsOverlap):
            add(database, f"again {offer}", courses(offer, 5, "c"))
    june = courses("KOL hold", 6, "d")
    add(database, "june", june)
    assert counted(database) == named([*courses("KOL hold", 5, "a"), *june], "Lungehold")


def test_a_correction_under_the_new_name_finds_the_rows_under_the_old_one(database: Database) -> None:
    may = courses("KOL hold", 5, "a")
    add(database, "may", may)
    rename(database, "KOL hold", "Lungehold")
    changed = replace(may[0], group="man", offer="Lungehold")
    add(database, "correction", [changed], ImportMode.CORRECT)
    assert counted(database) == named([changed, *may[1:]], "Lungehold")


def test_what_is_said_of_an_offer_holds_under_its_new_name(database: Database) -> None:
    add(database, "one", courses("KOL hold", 5, "a"))
    rename(database, "KOL hold", "KOL hold", "weeks", follow_up_days=70)
    rename(database, "KOL hold", "Lungehold")
    (offer,) = store.offers(database, synthetic=False)
    assert (offer.name, offer.stated_days) == ("Lungehold", 70)


@dataclass
class Named(File):
    """A stored file in the independent computation: of courses, or of new names of offers or groups by written name."""

    names: dict[str, str] = field(default_factory=dict)


class NamedFiles(Files):
    """What is counted of files under the names of today, computed without the database."""

    files: dict[int, Named]  # type: ignore[assignment]

    def name(self, offer: str) -> str:
        named = [one.names[offer] for _, one in sorted(self.files.items()) if one.live and offer in one.names]
        return named[-1] if named else offer

    def result(self) -> Counts:
        return of_courses(
            replace(one, offer=self.name(one.offer), group=self.name(one.group)) for _, _, one in self.counted()
        )

    def add(self, import_id: int, courses: list[Course], mode: ImportMode) -> None:
        made = Named(courses)
        if mode is ImportMode.REPLACE:
            months = {(self.name(one.offer), one.month) for one in courses}
            for one, _, course in self.counted():
                if (self.name(course.offer), course.month) in months:
                    made.replaced.append((one, course.offer, course.month))
        if mode is ImportMode.CORRECT:
            made.corrected = self._corrected(courses)
        self.files[import_id] = made

    def _corrected(self, courses: list[Course]) -> list[tuple[File, int]]:
        """Return the rows of the citizens in the offers of the same name, and those that these rows corrected."""
        found = []
        for course in courses:
            same = [
                (one, number)
                for one in self.files.values()
                for number, other in enumerate(one.courses)
                if other.citizen == course.citizen and self.name(other.offer) == self.name(course.offer)
            ]
            before = [place for one, _ in same for place in one.corrected]
            found += [*same, *(place for place in before if place[0].courses[place[1]].citizen == course.citizen)]
        return found


@pytest.mark.parametrize("seed", range(14))
def test_any_sequence_counts_the_live_files_under_their_names(database: Database, seed: int) -> None:
    draw, files = Random(seed), NamedFiles()
    steps = ("new", "new", "correct", "replace", "add", "rename", "rename", "join", "undo", "redo", "undo", "redo")
    for step in range(18):
        what = draw.choice(steps)
        if what == "rename":
            name, new_name = draw.sample(NAMES, 2)
            rows = renamed(written_names(database, synthetic=False), "Aarhus", name, new_name)
            if rows:
                import_id = rename(database, name, new_name, f"names {step}")
                files.files[import_id] = Named([], names={str(row["offer"]): new_name for row in rows})
        elif what == "join":
            name, new_name = draw.sample(GROUPS, 2)
            files.files[join(database, name, new_name, f"groups {step}")] = Named([], names={name: new_name})
        elif what in {"undo", "redo"}:
            _undo_or_redo(database, files, draw, what)
        else:
            _store_some(database, files, draw, step, ImportMode(what))
        assert counted(database) == files.result(), (seed, step, what)


def _undo_or_redo(database: Database, files: NamedFiles, draw: Random, what: str) -> None:
    possible = [number for number, one in files.files.items() if one.live is (what == "undo")]
    if not possible:
        return
    import_id = draw.choice(possible)
    if what == "undo":
        store.undo_import(database, import_id, by=NOBODY_SIGNED_IN)
    else:
        try:
            store.redo_import(database, import_id, by=NOBODY_SIGNED_IN)
        except PeriodsOverlap:
            return
    files.files[import_id].live = what == "redo"


def _store_some(database: Database, files: NamedFiles, draw: Random, step: int, mode: ImportMode) -> None:
    known = [course for _, _, course in files.counted()]
    if mode is ImportMode.CORRECT:
        chosen = draw.sample(known, min(len(known), 2))
        if len({one.citizen for one in chosen}) < len(chosen):
            return
        made = [replace(one, group=draw.choice(("woman", "man")), completed=True) for one in chosen]
    else:
        offer, month = draw.choice(NAMES), draw.choice((4, 5))
        made = [
            Course(f"c{step}-{n}", D(2015, month, 1 + n), draw.choice(("woman", "man")), n > 1, offer) for n in (0, 1)
        ]
    try:
        import_id = add(database, f"file {step}", made, mode)
    except (PeriodsOverlap, NotCorrectable):
        return
    files.add(import_id, made, mode)


def test_counts_of_offers_that_become_one_after_a_correction_are_added_up(database: Database) -> None:
    def of_offer(offer: str, number: int) -> bytes:
        rows = [["Aarhus", offer, "2015-01", "Køn", sex, number, number, number] for sex in ("Kvinde", "Mand")]
        return book({"Optælling": [COUNT_HEADERS, *rows]})

    stored(database, of_offer("KOL hold", 100))
    stored(database, of_offer("Lungehold", 50))
    stored(database, of_offer("Lungehold", 60), mode=ImportMode.CORRECT)
    rename(database, "KOL hold", "Lungehold")
    assert invited(database, "sex") == {D(2015, 1, 1): 320}
