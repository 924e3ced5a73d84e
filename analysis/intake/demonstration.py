"""Import the demonstration workbooks in ``data/samples`` like any other file. Run it to build the database file."""

from analysis.auth.roles import NOBODY_SIGNED_IN, Action, Person
from analysis.config import ROOT, Settings
from analysis.intake.importing import store
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.read_file import read
from analysis.intake.validate.validation import prepare
from analysis.store import AlreadyImported, Database, DatabaseError, history, in_english, opened_by

SAMPLES = ROOT / "data" / "samples"


def load(database: Database, *, by: Person = NOBODY_SIGNED_IN) -> int:
    """Import the demonstration workbooks that are not stored yet; return the number of imports.

    Raises ``NotAllowed`` if the user lacks any permission. Raises ``ValueError`` if a workbook has errors: this project
    generates the workbooks, so they must have none.
    """
    for action in Action:
        by.must(action)
    imported = 0
    for path in sorted(SAMPLES.glob("*.xlsx")):
        content = path.read_bytes()
        reading = read(content, path.name)
        prepared = prepare(reading, load_reference_data(database, synthetic=True))
        if not (prepared.faultless and prepared.synthetic):
            raise ValueError(f"{path.name}: {prepared.findings}")
        try:
            store(database, reading, prepared, Decisions(), content, by=by)
            imported += 1
        except AlreadyImported:
            continue
    return imported


def main() -> None:
    """Build the database from the demonstration workbooks, unless it already contains imports."""
    settings = Settings()
    try:
        database = opened_by(settings)
    except DatabaseError as database_error:
        print(f"{settings.database}: {in_english(database_error)}")
        return
    if history(database):
        return
    print(f"Building {settings.database.name} from the demonstration workbooks …")
    print(f"{load(database)} workbooks imported.")
    database.close()


if __name__ == "__main__":
    main()
