"""A case of each check about packages of other installations."""

import datetime as dt
import io
import tempfile
from functools import partial
from pathlib import Path

import openpyxl

from analysis.auth.roles import NOBODY_SIGNED_IN, DisclosureLevel
from analysis.exports.package import make_package
from analysis.i18n import wording
from analysis.intake.importing import store
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.read_file import read
from analysis.intake.validate.validation import prepare
from analysis.model.package import MANIFEST, NO, OF_MANIFEST, YES, manifest_digest
from analysis.store import Database
from tests.support.workbooks.faults import Case, sound_year

NOON = dt.datetime(2026, 1, 5, 12)
ORIGIN = "abcdefgh" * 4


def made_of(database: Database, day: int = 0) -> bytes:
    """A package of this database, made so many days later."""
    made_at = NOON + dt.timedelta(days=day)
    return make_package(database, DisclosureLevel(5), wording("da"), synthetic=False, made_at=made_at)


def made(day: int = 0, **cells: str) -> bytes:
    """A package of another installation, with other cells."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "other.duckdb")
        content = sound_year()
        reading = read(content, "år.xlsx")
        prepared = prepare(reading, load_reference_data(database))
        store(database, reading, prepared, Decisions(), content, by=NOBODY_SIGNED_IN)
        package = made_of(database, day)
        database.close()
    return changed(package, **{"Package_B3": ORIGIN, **cells})


def changed(package: bytes, **cells: str) -> bytes:
    """A package with other cells, as its program would write the manifest of it."""
    book = openpyxl.load_workbook(io.BytesIO(package))
    for place, text in cells.items():
        sheet, cell = place.split("_")
        book[sheet][cell] = text
    manifest = book[MANIFEST]
    *rows, last = ([str(cell.value) for cell in row[:2]] for row in manifest.iter_rows(max_col=2))
    assert last[0] == OF_MANIFEST
    manifest.cell(len(rows) + 1, 2, manifest_digest(rows))
    return written(book)


def without_manifest() -> bytes:
    """A package without its first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(made()))
    del book[MANIFEST]
    return written(book)


def written(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


SYNTHETIC = {"Package_B7": "exact", "Package_B8": YES}
ROUNDED = {"Package_B7": "5", "Package_B8": NO}
PLACE = "Aarhus"
PACKAGE_CASES = {
    "package": Case("pakke.xlsx", partial(made, **SYNTHETIC), made, value=PLACE),
    "package_rounded": Case("pakke.xlsx", partial(made, **ROUNDED), partial(made, **SYNTHETIC), value=PLACE),
    "package_newer": Case("pakke.xlsx", partial(made, 1), partial(made, 1, Package_B3=ORIGIN[::-1]), stored_first=made),
    "package_older": Case("pakke.xlsx", made, partial(made, 2), stored_first=partial(made, 1)),
    "package_own": Case("pakke.xlsx", made_of, made, stored_first=sound_year, of_database=True),
    "package_version": Case("pakke.xlsx", partial(made, Package_B1="lige-adgang package 2"), made),
    "package_changed": Case("pakke.xlsx", partial(made, Adjustments_D2="Brev"), made, sheet="Adjustments"),
    "package_without_manifest": Case("pakke.xlsx", without_manifest, made, sheet="Counts"),
    "package_unreadable": Case("pakke.xlsx", partial(made, Package_B5="i går"), made),
}
