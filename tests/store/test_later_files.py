"""Files for periods that are stored already: what is replaced, what is added, and what stays."""

import datetime as dt
from collections.abc import Iterable

import pytest

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.intake.importing import store as put_away
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.read_file import read
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.validation import prepare
from analysis.store import Database, ImportMode
from tests.support.workbooks.faults import COUNT_HEADERS, book

LOW, LONG = "Grundskole", "Lang videregående uddannelse"
Counts = Iterable[tuple[str, str, str, int]]
"""Period, dimension, group, and the number of the invited: half of them come, and half of those complete."""


def of_counts(rows: Counts) -> bytes:
    made = [["Aarhus", "Alfa", *labels, number, number // 2, number // 4] for *labels, number in rows]
    return book({"Optælling": [COUNT_HEADERS, *made]})


def read_in(database: Database, content: bytes) -> Prepared:
    prepared = prepare(read(content, "file.xlsx"), load_reference_data(database))
    assert prepared.faultless, [one.check for one in prepared.findings]
    return prepared


def stored(database: Database, content: bytes, *, mode: ImportMode = ImportMode.NEW) -> int:
    reading = read(content, "file.xlsx")
    record = put_away(
        database, reading, read_in(database, content), Decisions(), content, by=NOBODY_SIGNED_IN, mode=mode
    )
    return record.import_id


def invited(database: Database, dimension: str = "education") -> dict[dt.date, int]:
    with database.reading() as cursor:
        rows = cursor.execute(
            "SELECT period_start, sum(invited) FROM live_counts WHERE dimension = ? GROUP BY 1 ORDER BY 1", [dimension]
        ).fetchall()
    return {day: int(number) for day, number in rows}


def by_education(*periods: str, number: int = 100) -> bytes:
    return of_counts((period, "Uddannelse", group, number) for period in periods for group in (LOW, LONG))


def test_counts_by_another_dimension_are_kept_beside_each_other(database: Database) -> None:
    stored(database, by_education("2015-01", "2015-02"))
    stored(database, of_counts([("2015-01", "Køn", group, 90) for group in ("Mand", "Kvinde")]))
    assert invited(database) == {dt.date(2015, 1, 1): 200, dt.date(2015, 2, 1): 200}
    assert invited(database, "sex") == {dt.date(2015, 1, 1): 180}


def test_replacing_one_dimension_leaves_the_others_until_it_is_taken_back(database: Database) -> None:
    of_sex = of_counts([("2015-01", "Køn", group, 90) for group in ("Mand", "Kvinde")])
    stored(database, by_education("2015-01"))
    stored(database, of_sex)
    newer = stored(database, by_education("2015-01", number=120), mode=ImportMode.REPLACE)
    assert (invited(database), invited(database, "sex")) == ({dt.date(2015, 1, 1): 240}, {dt.date(2015, 1, 1): 180})
    store.undo_import(database, newer, by=NOBODY_SIGNED_IN)
    assert (invited(database), invited(database, "sex")) == ({dt.date(2015, 1, 1): 200}, {dt.date(2015, 1, 1): 180})
    store.redo_import(database, newer, by=NOBODY_SIGNED_IN)
    assert invited(database) == {dt.date(2015, 1, 1): 240}


def test_what_is_stored_stands_beside_what_the_file_has(database: Database) -> None:
    stored(database, by_education("2015K1", "2015K2", number=300))
    prepared = read_in(database, by_education("2015-02"))
    assert prepared.counts is not None
    (one,) = store.stored_beside(database, prepared.contents, prepared.counts, by=NOBODY_SIGNED_IN)
    assert (one.offer, one.dimension, one.start, one.last_day) == (
        "Alfa",
        "education",
        dt.date(2015, 1, 1),
        dt.date(2015, 3, 31),
    )
    assert (one.stored, one.in_file, one.is_loss) == ((600, 300, 150), (200, 100, 50), True)


def test_an_added_file_counts_beside_what_is_stored_also_after_undo_and_redo(database: Database) -> None:
    first = stored(database, by_education("2015-01"))
    with pytest.raises(store.PeriodsOverlap):
        stored(database, by_education("2015-01", number=40))
    second = stored(database, by_education("2015-01", number=40), mode=ImportMode.ADD)
    assert invited(database) == {dt.date(2015, 1, 1): 280}
    for import_id, left in ((first, 80), (second, 200)):
        store.undo_import(database, import_id, by=NOBODY_SIGNED_IN)
        assert invited(database) == {dt.date(2015, 1, 1): left}
        store.redo_import(database, import_id, by=NOBODY_SIGNED_IN)
        assert invited(database) == {dt.date(2015, 1, 1): 280}


def test_the_newest_date_of_an_adjustment_counts_and_the_earlier_one_comes_back(database: Database) -> None:
    def adjusted(day: dt.datetime) -> dict[str, list[list[object]]]:
        return {
            "Justeringer": [
                ["Kommune", "Tilbud", "Dato", "Titel", "Sigte"],
                ["Aarhus", "Alfa", day, "Sms", "Rekruttering"],
            ]
        }

    rows = [["Aarhus", "Alfa", "2015-01", "Uddannelse", group, 100, 50, 25] for group in (LOW, LONG)]
    stored(database, book({"Optælling": [COUNT_HEADERS, *rows], **adjusted(dt.datetime(2015, 3, 1))}))
    later = stored(database, book(adjusted(dt.datetime(2015, 8, 1))))

    def days() -> list[dt.date]:
        with database.reading() as cursor:
            return [day for (day,) in cursor.execute("SELECT adjusted_on FROM live_adjustment").fetchall()]

    assert days() == [dt.date(2015, 8, 1)]
    store.undo_import(database, later, by=NOBODY_SIGNED_IN)
    assert days() == [dt.date(2015, 3, 1)]
