"""Three installations send packages to a fourth, twice: what it counts is the sum of what was sent."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from analysis import store
from analysis.auth.roles import AS_THEY_ARE, NOBODY_SIGNED_IN, DisclosureLevel, NotAllowed, Person, Role
from analysis.exports.package import NothingToPack, make_package
from analysis.i18n import wording
from analysis.intake.importing import store as store_file
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions, prepared_with
from analysis.intake.read_file import read
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.stored_data import check_against_stored
from analysis.store import Database, ImportMode
from tests.support.made_courses import Courses, rates
from tests.support.workbooks import packages
from tests.support.workbooks.faults import COURSE_HEADERS, book

NOON = dt.datetime(2026, 1, 5, 12)
PLACES = {"Aarhus": 5, "Randers": 5, "Viborg": 10}
"""Municipalities with the base by which each rounds its counts."""
KEYS = ["municipality", "offer", "period_start", "dimension", "group"]
STAGES = ["invited", "participated", "completed"]
ADJUSTED = ["Kommune", "Tilbud", "Dato", "Titel", "Sigte", "Hvad blev ændret"]
TITLE = "+SMS dagen før"


def workbook(place: str, rows: Courses) -> bytes:
    """Courses of one municipality, with an offer and an adjustment whose title looks like a formula."""
    return book(
        {
            "Forløb": [COURSE_HEADERS, *([place, *row[1:]] for row in rows)],
            "Tilbud": [["Kommune", "Tilbud", "Type", "Tema"], [place, "Rygestop", "Sundhed", "Rygning"]],
            "Justeringer": [ADJUSTED, [place, "Rygestop", dt.datetime(2015, 1, 1), TITLE, "Begge", "Mere\nog bedre"]],
        }
    )


def courses(seed: int) -> Courses:
    return rates("Rygestop", (60, 80), (70 + seed, 80), size=(53 + seed, 77))


def take(database: Database, content: bytes, name: str, mode: ImportMode = ImportMode.NEW) -> Prepared:
    """Store a file, through the checks of a person's upload."""
    reading = read(content, name)
    prepared = prepared_with(reading, load_reference_data(database), Decisions())
    found = check_against_stored(database, reading, prepared, by=NOBODY_SIGNED_IN, mode=mode)
    errors = [one for one in found if one.severity == "error"]
    assert prepared.faultless, prepared.findings
    assert not errors, errors
    store_file(database, reading, prepared, Decisions(), content, by=NOBODY_SIGNED_IN, mode=mode)
    return prepared


def checks(database: Database, content: bytes) -> set[str]:
    """The checks that a file meets, also against what is stored."""
    reading = read(content, "package.xlsx")
    prepared = prepared_with(reading, load_reference_data(database), Decisions())
    stored = check_against_stored(database, reading, prepared, by=NOBODY_SIGNED_IN, mode=ImportMode.NEW)
    return {one.check for one in [*prepared.findings, *stored]}


def sent(database: Database, base: int, made_at: dt.datetime) -> bytes:
    return make_package(database, DisclosureLevel(base), wording("da"), synthetic=False, made_at=made_at)


def counts(database: Database, level: DisclosureLevel = AS_THEY_ARE) -> pd.DataFrame:
    """Every count, with what is needed to divide it by phase, in one order."""
    found = store.counts_by_month(database, level, synthetic=False)
    return found.sort_values([*KEYS, "invited", "participated"], ignore_index=True)


@pytest.fixture
def installations(tmp_path: Path) -> Iterator[dict[str, Database]]:
    opened = {place: Database(tmp_path / f"{place}.duckdb") for place in (*PLACES, "network")}
    for seed, place in enumerate(PLACES):
        take(opened[place], workbook(place, courses(seed)), f"{place}.xlsx")
    yield opened
    for database in opened.values():
        database.close()


def protected(installations: dict[str, Database]) -> pd.DataFrame:
    """What the municipalities show others, together."""
    parts = [counts(installations[place], DisclosureLevel(base)) for place, base in PLACES.items()]
    return pd.concat(parts, ignore_index=True)


def test_the_network_counts_what_was_sent_and_rounds_nothing_again(installations: dict[str, Database]) -> None:
    network = installations["network"]
    for place, base in PLACES.items():
        take(network, sent(installations[place], base, NOON), f"{place}.xlsx")
    first = protected(installations)
    assert len(first)
    for level in (AS_THEY_ARE, DisclosureLevel(5), DisclosureLevel(100), DisclosureLevel(5, frozenset({"Viborg"}))):
        pd.testing.assert_frame_equal(counts(network, level), first)
    assert first.loc[first["municipality"] == "Viborg", STAGES].mod(10).sum().sum() == 0
    assert store.rounded_elsewhere(network, synthetic=False) == [
        store.Rounded(p, p, base) for p, base in PLACES.items()
    ]

    correction = courses(7)[:40]
    take(installations["Randers"], workbook("Randers", correction), "more.xlsx", ImportMode.ADD)
    for place, base in PLACES.items():
        take(network, sent(installations[place], base, NOON + dt.timedelta(days=30)), f"{place} 2.xlsx")
    second = protected(installations)
    assert second["participated"].sum() > first["participated"].sum()
    pd.testing.assert_frame_equal(counts(network, DisclosureLevel(5)), second)

    newest = [one.import_id for one in store.history(network)[:3]]
    for import_id in newest:
        store.undo_import(network, import_id, by=NOBODY_SIGNED_IN)
    pd.testing.assert_frame_equal(counts(network, DisclosureLevel(5)), first)
    for import_id in newest:
        store.redo_import(network, import_id, by=NOBODY_SIGNED_IN)
    pd.testing.assert_frame_equal(counts(network, DisclosureLevel(5)), second)


def test_offers_and_adjustments_come_with_their_words(installations: dict[str, Database]) -> None:
    network, aarhus = installations["network"], installations["Aarhus"]
    take(network, sent(aarhus, 5, NOON), "a.xlsx")
    (offer,) = store.offers(network, synthetic=False)
    assert offer.knows_running
    assert (offer.kind, offer.theme) == ("health", "Rygning")
    stored = store.adjustments(network, synthetic=False)
    pd.testing.assert_frame_equal(stored, store.adjustments(aarhus, synthetic=False))
    assert stored["title"].tolist() == [TITLE]


def test_no_citizen_and_no_exact_count_is_in_a_package(installations: dict[str, Database]) -> None:
    loaded = openpyxl.load_workbook(io.BytesIO(sent(installations["Aarhus"], 5, NOON)))
    texts = [str(cell.value) for sheet in loaded for row in sheet.iter_rows() for cell in row if cell.value is not None]
    with installations["Aarhus"].reading() as cursor:
        citizens = {one for (one,) in cursor.execute("SELECT DISTINCT citizen FROM course").fetchall()}
        ((secret,),) = cursor.execute("SELECT database_id FROM identity").fetchall()
    assert not citizens & set(texts)
    assert secret not in " ".join(texts)
    headers = [cell.value for cell in loaded["Counts"][1]]
    for stage in STAGES:
        column = headers.index(stage)
        assert all((row[column] or 0) % 5 == 0 for row in loaded["Counts"].iter_rows(min_row=2, values_only=True))


def test_an_older_package_and_one_of_this_installation_are_refused(installations: dict[str, Database]) -> None:
    network, viborg = installations["network"], installations["Viborg"]
    older, newer = (sent(viborg, 5, NOON + dt.timedelta(days=day)) for day in (0, 1))
    take(network, newer, "v.xlsx")
    assert "package_older" in checks(network, older)
    assert "package_newer" in checks(network, sent(viborg, 5, NOON + dt.timedelta(days=2)))
    assert "package_own" in checks(viborg, newer)


def changed(content: bytes, sheet: str, cell: str, value: object) -> bytes:
    loaded = openpyxl.load_workbook(io.BytesIO(content))
    (loaded[sheet] if sheet in loaded.sheetnames else loaded.create_sheet(sheet))[cell] = value
    written = io.BytesIO()
    loaded.save(written)
    return written.getvalue()


def test_a_changed_package_is_refused_and_one_saved_in_excel_is_not(installations: dict[str, Database]) -> None:
    network, content = installations["network"], sent(installations["Viborg"], 5, NOON)
    assert "package_changed" in checks(network, changed(content, "Counts", "H2", 995))
    assert "package_changed" in checks(network, changed(content, "Adjustments", "D2", "Brev"))
    assert "package_version" in checks(network, changed(content, "Package", "B1", "lige-adgang package 2"))
    assert "package_changed" in checks(network, changed(content, "Package", "B7", "1"))
    assert "package_changed" in checks(network, changed(content, "Noter", "A1", "x"))
    take(network, changed(content, "Package", "D1", "kontrolleret"), "v.xlsx")


@pytest.mark.parametrize(
    ("cell", "text"),
    [("B5", "yesterday"), ("B5", "2099-01-01T00:00:00"), ("B5", "2026-01-05T12:00:00+01:00"), ("B6", "1")]
    + [("B7", text) for text in ("0", "-5", "7", "exact", "many")]
    + [("B8", "maybe"), ("B3", ""), ("B4", "")],
)
def test_a_manifest_that_cannot_be_is_refused(installations: dict[str, Database], cell: str, text: str) -> None:
    content = sent(installations["Viborg"], 5, NOON)
    wrong = packages.changed(content, **{f"Package_{cell}": text})
    assert "package_unreadable" in checks(installations["network"], wrong)


def test_the_same_package_saved_anew_is_refused(installations: dict[str, Database]) -> None:
    network, content = installations["network"], sent(installations["Viborg"], 5, NOON)
    take(network, content, "v.xlsx")
    assert "package_older" in checks(network, changed(content, "Package", "D1", "gemt"))


def test_a_package_that_took_the_place_of_own_rows_is_followed_by_one_that_does(
    installations: dict[str, Database],
) -> None:
    network, randers = installations["network"], installations["Randers"]
    take(network, workbook("Randers", courses(3)), "rows.xlsx")
    first, second = (sent(randers, 5, NOON + dt.timedelta(days=day)) for day in (0, 1))
    take(network, first, "p.xlsx", ImportMode.REPLACE)
    take(network, second, "p2.xlsx")
    pd.testing.assert_frame_equal(counts(network), counts(randers, DisclosureLevel(5)))


def test_what_came_in_a_package_is_not_sent_on(installations: dict[str, Database]) -> None:
    network = installations["network"]
    take(network, sent(installations["Viborg"], 5, NOON), "v.xlsx")
    with pytest.raises(NothingToPack):
        sent(network, 5, NOON)


def test_only_who_may_store_a_municipality_may_store_its_package(installations: dict[str, Database]) -> None:
    network, content = installations["network"], sent(installations["Viborg"], 5, NOON)
    reading = read(content, "v.xlsx")
    prepared = prepared_with(reading, load_reference_data(network), Decisions())
    elsewhere = Person("Bo", Role.CONSULTANT, frozenset({"Randers"}))
    with pytest.raises(NotAllowed):
        store_file(network, reading, prepared, Decisions(), content, by=elsewhere)
    assert store.history(network) == []
