"""Command line: check or store files, with the same findings as on the upload page."""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from analysis.auth.roles import NOBODY_SIGNED_IN, users_name
from analysis.config import Settings
from analysis.i18n import Wording, wording
from analysis.intake import pseudonymise, watch
from analysis.intake.arguments import parsed
from analysis.intake.findings.findings import Finding, blocks
from analysis.intake.fix.corrections import corrected
from analysis.intake.importing import store, why_refused
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import (
    Decisions,
    NotAMapping,
    from_json,
    placed_in,
    prepared_with,
    remembered,
    to_json,
)
from analysis.intake.mapping.saved_mappings import parsed as parsed_mapping
from analysis.intake.read_file import Reading, read
from analysis.intake.report import Outcome, as_json, column_question, described, report_lines, safe
from analysis.intake.temporary_folders import remove_abandoned_folders
from analysis.intake.validate.reconciliation import reconcile
from analysis.intake.validate.stored_data import check_against_stored
from analysis.logs import write_what_a_terminal_lacks
from analysis.store import (
    Beside,
    Database,
    DatabaseError,
    DatabaseInUse,
    DatabaseTooNew,
    Event,
    StoredRowsDiffer,
    correction_of,
    note,
    opened_by,
    saved_mappings,
    stored_beside,
    stored_totals,
    sums,
)
from analysis.text.identity_numbers import HoldsIdentityNumber

FINE, FAULTY, WRONG_USAGE, NO_DATABASE = range(4)


class WrongUsage(Exception):
    """The request is not valid. The message gives the reason."""


def main(arguments: list[str] | None = None) -> int:
    """Process each file and print the result; return the exit code."""
    write_what_a_terminal_lacks()
    remove_abandoned_folders()
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == [pseudonymise.NAME]:
        return pseudonymise.main(arguments[1:])
    if arguments[:1] == [watch.NAME]:
        return watch.main(arguments[1:], main)
    asked = parsed(arguments)
    language = wording(asked.language)
    text = language.text
    try:
        _check_readable(asked.files, language)
        database = opened_by(Settings())
    except WrongUsage as wrong:
        return _refused(str(wrong), WRONG_USAGE)
    except DatabaseInUse:
        return _refused(text("Another program has the database open. Close it, and try again."), NO_DATABASE)
    except DatabaseTooNew:
        said = text("A newer version of this program made the database. Update the program, and start it again.")
        return _refused(said, NO_DATABASE)
    except DatabaseError:
        return _refused(_not_reached(language), NO_DATABASE)
    try:
        return run(database, asked, language)
    except WrongUsage as wrong:
        return _refused(str(wrong), WRONG_USAGE)
    except DatabaseError:
        return _refused(_not_reached(language), NO_DATABASE)
    finally:
        database.close()


def run(database: Database, asked: argparse.Namespace, language: Wording) -> int:
    """Process each file in the given order and print the result. Raises ``WrongUsage``."""
    decisions = _decisions(database, asked.mapping, language)
    outcomes = []
    for path in asked.files:
        outcome = take(database, path, decisions, asked, language)
        outcomes.append(outcome)
        if not asked.json:
            print("\n".join(map(safe, report_lines(outcome, language))), flush=True)
    if asked.json:
        print(as_json([described(outcome, language) for outcome in outcomes]))
    return FINE if all(one.storable and not one.failed for one in outcomes) else FAULTY


def take(
    database: Database, path: Path, decisions: Decisions | None, asked: argparse.Namespace, language: Wording
) -> Outcome:
    """Process a file. If storing was requested and the file is rejected, write the reason to the audit log."""
    outcome = _taken(database, path, decisions, asked, language)
    if asked.storing and not outcome.storable:
        note(database, NOBODY_SIGNED_IN, Event.STORE, why_refused(list(filter(_blocking_reason, outcome.findings))))
    return outcome


def _blocking_reason(finding: Finding) -> bool:
    return blocks([finding])


def _taken(
    database: Database, path: Path, decisions: Decisions | None, asked: argparse.Namespace, language: Wording
) -> Outcome:
    """Read and check a file. Store it if requested and if no finding blocks it."""
    content = path.read_bytes()
    reading = read(content, os.fsencode(path.name).decode("utf-8", "replace"), no_cpr=asked.no_cpr)
    _ask_about_ambiguous_columns(reading, language)
    if decisions is None:
        _name_saved_mapping(database, reading, language)
    decisions = placed_in(reading, decisions) if decisions is not None and reading.sheets else Decisions()
    answers = {**decisions.corrections.answers, **dict(asked.answer)}
    constants = {**decisions.corrections.constants, **dict(asked.constant)}
    corrections = replace(decisions.corrections, answers=answers, constants=constants, sheets=tuple(asked.sheet))
    decisions = replace(decisions, corrections=corrections)
    if asked.save_mapping is not None:
        asked.save_mapping.write_text(to_json(decisions, reading), encoding="utf-8")
    prepared = prepared_with(reading, load_reference_data(database), decisions)
    findings = list(prepared.findings)
    beside: tuple[Beside, ...] = ()
    correction = None
    if prepared.tables and prepared.counts is not None and prepared.contents.package is None:
        kind = prepared.synthetic
        found = stored_beside(database, prepared.contents, prepared.counts, by=NOBODY_SIGNED_IN, synthetic=kind)
        beside = tuple(found)
        correction = correction_of(database, prepared.contents, by=NOBODY_SIGNED_IN, synthetic=kind)
        correction = correction if beside or (correction and correction.corrected) else None
    if prepared.tables:
        findings += check_against_stored(
            database,
            reading,
            prepared,
            by=NOBODY_SIGNED_IN,
            mode=asked.mode,
            losses=asked.accept_losses,
            answers=answers,
        )
    if not prepared.faultless or blocks(findings):
        doubts = tuple(reading.doubts)
        return Outcome(
            str(path), reading.sha256, False, findings, [], doubts=doubts, beside=beside, correction=correction
        )
    reading = corrected(reading, decisions.corrections)
    account = reconcile(reading, prepared, sums(prepared.contents))
    if not asked.storing:
        return Outcome(str(path), reading.sha256, True, findings, account, beside=beside, correction=correction)
    person = users_name() if asked.person is None else asked.person
    try:
        record = store(
            database,
            reading,
            prepared,
            decisions,
            content,
            by=NOBODY_SIGNED_IN,
            person=person,
            mode=asked.mode,
            shows_on=asked.shows_on,
        )
    except StoredRowsDiffer:
        return Outcome(str(path), reading.sha256, True, findings, [], failed=True)
    except HoldsIdentityNumber:
        return Outcome(str(path), reading.sha256, False, [*findings, Finding("cpr_typed")], [])
    account = reconcile(reading, prepared, stored_totals(database, record.import_id))
    return Outcome(
        str(path), reading.sha256, True, findings, account, record.import_id, beside=beside, correction=correction
    )


def _check_readable(paths: list[Path], language: Wording) -> None:
    """Check that all files are readable before the first one is read. Raises ``WrongUsage``."""
    for path in paths:
        try:
            path.open("rb").close()
        except OSError as error:
            raise WrongUsage(language.text("“{file}” is not there, or cannot be opened.", file=path)) from error


def _decisions(database: Database, name: str | None, language: Wording) -> Decisions | None:
    """Return the saved mapping with this name. Raises ``WrongUsage`` if it does not exist."""
    if name is None:
        return None
    saved = next((one for one in saved_mappings(database) if one.name == name), None)
    if saved is not None:
        return from_json(saved.mapping)
    if not Path(name).is_file():
        raise WrongUsage(language.text("Nothing is remembered under the name “{name}”.", name=name))
    try:
        return parsed_mapping(Path(name).read_text(encoding="utf-8"))
    except (NotAMapping, UnicodeDecodeError, OSError):
        raise WrongUsage(language.text("“{name}” is not a mapping that was downloaded here.", name=name)) from None


def _name_saved_mapping(database: Database, reading: Reading, language: Wording) -> None:
    """Print the names of saved mappings for files of this shape. The user decides whether to use one."""
    for saved in remembered(database, reading) if reading.sheets else ():
        said = language.text(
            "{file}: files with these columns have been read as “{name}” before. Ask for that with --mapping.",
            file=reading.file_name,
            name=saved.name,
        )
        print(safe(said), file=sys.stderr)


def _ask_about_ambiguous_columns(reading: Reading, language: Wording) -> None:
    """Print how the user can declare that a column contains no CPR numbers."""
    for doubt in reading.doubts:
        print(safe(column_question(doubt, language)), file=sys.stderr)


def _not_reached(language: Wording) -> str:
    return language.text(
        "The database cannot be opened, read or written. “python -m analysis.store check” tells why, and what to do."
    )


def _refused(said: str, code: int) -> int:
    print(safe(said), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
