"""Command line: make, list and restore backups, check the stored data, count courses in external tables."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.config import Settings, WrongSetting
from analysis.logs import write_what_a_terminal_lacks
from analysis.store.connection_factory import opened_by, with_database_closed_to_others
from analysis.store.counts_engines import NotCounted, counts_of_table
from analysis.store.counts_table import store_counts
from analysis.store.database import backups_of
from analysis.store.errors import BackupFailed, DatabaseError, DatabaseMissing, in_english
from analysis.store.imports.importing import AlreadyImported, PeriodsOverlap, StoredRowsDiffer
from analysis.store.integrity.audit import Event, Result, note
from analysis.store.integrity.backups import ASKED_FOR, Backup, backups, best_backup, make_backup
from analysis.store.journal import Difference
from analysis.store.maintenance import altered
from analysis.store.recovery.restore import restore
from analysis.store.recovery.verification import check_journal
from analysis.text.identity_numbers import masked

FINE, NOT_WHOLE, WRONG_USAGE, NO_DATABASE = range(4)
EPILOG = """\
exit codes:
  0  done, and everything is as it was stored
  1  something is not as it was stored, a backup could not be made or is damaged, or counts were not stored
  2  wrong usage, or no such backup
  3  the database is in use by another program, cannot be opened, or cannot be written

The database is the one that LIGE_ADGANG_DATABASE names; its backups stand beside it, or in the folder that
LIGE_ADGANG_BACKUPS names. Stop the app before restore and counts, and before backup: while it runs it makes its own.
Where LIGE_ADGANG_SERVERS is several, stop them all before restore alone.
"""
DIFFERENCES = {
    "lost": "the database lacks it. Upload the file again, or restore a backup.",
    "changed": "the database holds other rows than were stored. Restore a backup.",
    "other database": "the journal is of another database that stood here.",
    "given up": "it was not in the backup that was put back. Upload the file again.",
}
NOT_STORED: dict[type[Exception], str] = {
    AlreadyImported: "These very counts are stored already.",
    PeriodsOverlap: "Earlier imports cover some of the same offers and periods. Take them back, or say --replace.",
    StoredRowsDiffer: "What was read back is not what was to be stored.",
}
WHY_REFUSED: dict[type[Exception], Result] = {
    NotCounted: Result.FAULTY,
    AlreadyImported: Result.ALREADY_STORED,
    PeriodsOverlap: Result.OVERLAPPING,
}
WHY = {"scheduled": "by the clock", "asked for": "asked for", "before upgrade": "before an upgrade"}


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Parse the command line. Exit with code 2 if it is invalid."""
    parser = argparse.ArgumentParser(
        prog="python -m analysis.store",
        description="Back up the database, put a backup back, check that everything stored is still there, or count "
        "courses that lie elsewhere.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("backup", help="make a backup now, and keep it until somebody deletes it")
    commands.add_parser("list", help="the backups there are, the newest first")
    put_back = commands.add_parser("restore", help="put a backup in the place of the database, which is set aside")
    put_back.add_argument("name", metavar="NAME", help="as the list has it, or: latest, the newest that is intact")
    commands.add_parser("check", help="read the whole database and every backup, and compare them with the journal")
    count = commands.add_parser("counts", help="count courses that lie elsewhere, and store the counts as an import")
    count.add_argument("source", metavar="SOURCE", help="a Parquet file or folder, or a table that Spark knows by name")
    count.add_argument("--replace", action="store_true", help="take the place of earlier imports in the same periods")
    count.add_argument("--synthetic", action="store_true", help="the numbers are made up")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Run the requested command, print the result and return the exit code."""
    write_what_a_terminal_lacks()
    asked = parsed(sys.argv[1:] if arguments is None else arguments)
    try:
        settings = Settings()
    except WrongSetting as wrong:
        print(f"{wrong}.", file=sys.stderr)
        return WRONG_USAGE
    settings = replace(settings, database=settings.database.absolute())
    database, folder = settings.database, backups_of(settings.database, settings.backups)
    commands: dict[str, Callable[[], int]] = {
        "backup": lambda: _back_up(settings),
        "list": lambda: _list(folder),
        "restore": lambda: _restore(settings, folder, asked.name),
        "check": lambda: _check(settings),
        "counts": lambda: _count(settings, asked),
    }
    try:
        return commands[asked.command]()
    except DatabaseError as database_error:
        print(f"{database}: {in_english(database_error)}", file=sys.stderr)
        return NOT_WHOLE if isinstance(database_error, BackupFailed) else NO_DATABASE


def _back_up(settings: Settings) -> int:
    opened = opened_by(settings)
    try:
        made = make_backup(opened, ASKED_FOR)
    finally:
        opened.close()
    print(f"Made: {_line(made)}\nIt stands in {made.folder}.")
    return FINE


def _list(folder: Path) -> int:
    found = backups(folder)
    print("\n".join(map(_line, found)) if found else f"There is no backup in {folder}.")
    return FINE


def _restore(settings: Settings, folder: Path, name: str) -> int:
    found = {one.name: one for one in backups(folder)}
    wanted = best_backup(folder) if name == "latest" else found.get(name)
    if wanted is None:
        print(f"There is no backup {_safe(name)} in {folder}. These are there:", file=sys.stderr)
        print("\n".join(found) or "none", file=sys.stderr)
        return WRONG_USAGE
    with with_database_closed_to_others(settings):
        restored = restore(settings.database, wanted)
    print(f"Put back: {_line(wanted)}\nWhat stood in its place is in {restored.aside}.")
    if restored.given_up:
        print("The backup lacks these imports. Upload their files again:")
        print("\n".join(_difference_line(one) for one in restored.given_up))
    if restored.files:
        print(f"These files were kept, and are in {restored.files[0].parent}:")
        print("\n".join(_safe(one.name) for one in restored.files))
    return FINE


def _check(settings: Settings) -> int:
    code = FINE
    for one in backups(backups_of(settings.database, settings.backups)):
        if not one.is_intact():
            print(f"Damaged, and not to be used: {_line(one)}")
            code = NOT_WHOLE
    if not settings.database.exists():
        raise DatabaseMissing(str(settings.database))
    opened = opened_by(settings)
    try:
        differences = [*check_journal(opened), *altered(opened)]
    finally:
        opened.close()
    print(
        "\n".join(f"{_difference_line(one)}: {DIFFERENCES[one.what]}" for one in differences)
        or "Everything is as it was stored."
    )
    return NOT_WHOLE if differences else code


def _count(settings: Settings, asked: argparse.Namespace) -> int:
    opened = opened_by(settings)  # Open the database first: if this fails, do not spend time on counting.
    try:
        counts = counts_of_table(asked.source, settings.spark)
        kind, replacing = asked.synthetic, asked.replace
        record = store_counts(opened, counts, asked.source, by=NOBODY_SIGNED_IN, synthetic=kind, replacing=replacing)
    except (NotCounted, AlreadyImported, PeriodsOverlap, StoredRowsDiffer) as error:
        if not isinstance(error, StoredRowsDiffer):  # The audit already records that the import was undone.
            note(opened, NOBODY_SIGNED_IN, Event.STORE, WHY_REFUSED[type(error)])
        said = str(error) if isinstance(error, NotCounted) else NOT_STORED[type(error)]
        print(f"{_safe(asked.source)}: {_safe(said)} Nothing is stored.", file=sys.stderr)
        return NOT_WHOLE
    finally:
        opened.close()
    print(f"Stored as import {record.import_id}: {record.counts} counts, by {'Spark' if settings.spark else 'DuckDB'}.")
    return FINE


def _line(backup: Backup) -> str:
    last = f", the last of {backup.last_import_at:%Y-%m-%d %H:%M}" if backup.last_import_at else ""
    whole = "" if backup.whole else ", of a database that was not as it had been stored"
    imports = "1 import" if len(backup.imports) == 1 else f"{len(backup.imports)} imports"
    return f"{backup.name}  {WHY[backup.why]}, {imports}{last}{whole}"


def _difference_line(one: Difference) -> str:
    return f"  import {one.import_id} of {one.at:%Y-%m-%d %H:%M}, {_safe(one.file_name)}"


def _safe(text: str) -> str:
    """Return a text that is safe to print: mask CPR numbers and replace control characters, which affect a terminal."""
    return "".join(one if one.isprintable() else "?" for one in masked(text))


if __name__ == "__main__":
    sys.exit(main())
