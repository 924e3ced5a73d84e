"""An exhibit of a workbook, which is read, checked and stored as a person would do it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from analysis.auth.roles import NOBODY_SIGNED_IN, DisclosureLevel
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.registry import ExhibitRequest, build
from analysis.exhibits.stored_data import StoredData
from analysis.intake.fix.corrections import Corrections
from analysis.intake.importing import store
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions, prepared_with
from analysis.intake.read_file import read
from analysis.store import Database

ANSWERS = {"citizen_repeats": "courses"}


def exhibit_of_file(
    folder: Path,
    make: Callable[[], bytes],
    exhibit: str,
    level: DisclosureLevel,
    choices: Mapping[str, str],
    **answers: str,
) -> Exhibit:
    """The workbook is made and stored in a database of the folder, unless it has one already."""
    path = folder / "answers.duckdb"
    is_new = not path.exists()
    database = Database(path)
    if is_new:
        _store(database, make(), Decisions(corrections=Corrections(answers=ANSWERS | answers)))
    request = ExhibitRequest(exhibit, tuple(choices.items()), "en", level, database.version())
    found = build(StoredData(database), request)
    assert found is not None
    assert found.provenance.notes  # They are read from the database when they are first asked for.
    database.close()
    return found


def _store(database: Database, content: bytes, decisions: Decisions) -> None:
    reading = read(content, "answers.xlsx")
    prepared = prepared_with(reading, load_reference_data(database), decisions)
    assert prepared.faultless, [(one.check, one.rows, one.value) for one in prepared.findings]
    store(database, reading, prepared, decisions, content, person="", by=NOBODY_SIGNED_IN)
