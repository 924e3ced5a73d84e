"""Command line: check or store files, with the same findings as on the upload page."""

import argparse
import datetime as dt
import json
import os
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.auth.roles import NOBODY_SIGNED_IN, users_name
from analysis.config import Settings
from analysis.i18n import LANGUAGES, Wording, wording
from analysis.intake.detect.identity_number_columns import AmbiguousColumn
from analysis.intake.findings.check import Severity
from analysis.intake.findings.findings import Finding, blocks, message, remedy, sentence
from analysis.intake.fix.corrections import corrected
from analysis.intake.importing import store, why_refused
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions, from_json, prepared_with, saved_mapping
from analysis.intake.parsing.questions import QUESTIONS
from analysis.intake.parsing.questions import asked as questions
from analysis.intake.read_file import Reading, read
from analysis.intake.temporary_folders import remove_abandoned_folders
from analysis.intake.validate.reconciliation import Account, reconcile
from analysis.intake.validate.stored_data import check_against_stored
from analysis.logs import write_what_a_terminal_lacks
from analysis.store import (
    Database,
    DatabaseError,
    DatabaseInUse,
    DatabaseTooNew,
    Event,
    StoredRowsDiffer,
    note,
    opened_by,
    saved_mappings,
    stored_totals,
    sums,
)
from analysis.text.identity_numbers import HoldsIdentityNumber, masked

FINE, FAULTY, WRONG_USAGE, NO_DATABASE = range(4)
EPILOG = """\
exit codes:
  0  every file could be stored, or was
  1  a file has errors, and was not stored
  2  wrong usage, an unknown mapping, or a file that is not there
  3  the database is in use by another program, made by a newer version of this one, or cannot be read or written

CPR numbers are never printed. The database is the one that LIGE_ADGANG_DATABASE names.
"""


class WrongUsage(Exception):
    """The request is not valid. The message gives the reason."""


@dataclass(frozen=True)
class Outcome:
    """The result for one file. ``account`` is empty for a file that cannot be stored.

    ``doubts`` are the columns that the user may declare free of CPR numbers.
    """

    file: str
    sha256: str
    storable: bool
    findings: list[Finding]
    account: list[Account]
    import_id: int | None = None
    failed: bool = False
    """Whether the stored rows differed from the rows of the file."""
    doubts: tuple[AmbiguousColumn, ...] = ()


POSSIBLE_ANSWERS = [f"{question}={choice}" for question, choices in QUESTIONS.items() for choice in choices]


def answer(text: str) -> tuple[str, str]:
    """Parse a question and its answer. Raises ``ArgumentTypeError`` for an unknown one."""
    if text not in POSSIBLE_ANSWERS:
        raise argparse.ArgumentTypeError(f"no such answer: {text}")
    question, _, choice = text.partition("=")
    return question, choice


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Parse the command line. On an error, exit with code 2."""
    parser = argparse.ArgumentParser(
        prog="python -m analysis.intake",
        description="Check workbooks and text files as the upload page does, or store them.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a workbook or a text file")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="say what is wrong and store nothing (this is the default)")
    what.add_argument("--import", action="store_true", dest="storing", help="store each file that has no errors")
    parser.add_argument("--mapping", metavar="NAME", help="read the files as the saved mapping of this name tells")
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        type=answer,
        metavar="QUESTION=CHOICE",
        help=f"answer what the files do not tell; may be given several times: {', '.join(POSSIBLE_ANSWERS)}",
    )
    parser.add_argument(
        "--replace", action="store_true", help="let the files take the place of earlier ones in the same periods"
    )
    parser.add_argument(
        "--no-cpr",
        action="append",
        default=[],
        metavar="COLUMN",
        help="a column that holds no CPR numbers but others that look so, by its header or letters, or as SHEET!D; "
        "it is left out, and ids of citizens are replaced (may be given several times)",
    )
    parser.add_argument(
        "--shows-on",
        type=dt.date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="the day on which the files show the courses (default: the last date in each)",
    )
    parser.add_argument("--person", metavar="NAME", help="who stores the files (default: the user's name)")
    parser.add_argument("--language", choices=list(LANGUAGES), default="en", help="of the findings (default: en)")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of text")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Process each file and print the result; return the exit code."""
    write_what_a_terminal_lacks()
    remove_abandoned_folders()
    asked = parsed(sys.argv[1:] if arguments is None else arguments)
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
    if decisions is None or not reading.sheets:
        decisions = Decisions()
    answers = {**decisions.corrections.answers, **dict(asked.answer)}
    decisions = replace(decisions, corrections=replace(decisions.corrections, answers=answers))
    prepared = prepared_with(reading, load_reference_data(database), decisions)
    findings = list(prepared.findings)
    if prepared.tables:
        findings += check_against_stored(
            database, reading, prepared, by=NOBODY_SIGNED_IN, replacing=asked.replace, answers=answers
        )
    if not prepared.faultless or blocks(findings):
        return Outcome(str(path), reading.sha256, False, findings, [], doubts=tuple(reading.doubts))
    reading = corrected(reading, decisions.corrections)
    account = reconcile(reading, prepared, sums(prepared.contents))
    if not asked.storing:
        return Outcome(str(path), reading.sha256, True, findings, account)
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
            replacing=asked.replace,
            shows_on=asked.shows_on,
        )
    except StoredRowsDiffer:
        return Outcome(str(path), reading.sha256, True, findings, [], failed=True)
    except HoldsIdentityNumber:
        return Outcome(str(path), reading.sha256, False, [*findings, Finding("cpr_typed")], [])
    account = reconcile(reading, prepared, stored_totals(database, record.import_id))
    return Outcome(str(path), reading.sha256, True, findings, account, record.import_id)


def report_lines(outcome: Outcome, language: Wording) -> list[str]:
    """Return the result for a file, line by line."""
    titles = {
        Severity.ERROR: language.text("Must be mended before the file can be stored"),
        Severity.WARNING: language.text("Stored as it is, and worth a look"),
        Severity.NOTE: language.text("For your information"),
    }
    lines = [f"== {outcome.file} =="]
    for severity, title in titles.items():
        sentences = [sentence(one, language) for one in outcome.findings if one.severity is severity]
        if sentences:
            lines += [f"{title} ({language.integer(len(sentences))}):", *(f"  {one}" for one in sentences)]
    for question in questions(outcome.findings):
        lines.append(language.text("Answer with: {choices}", choices=_choices(question)))
    if outcome.account:
        lines += [f"{language.text('Every row accounted for')}:"]
        lines += [f"  {_accounted(one, language)}" for one in outcome.account]
    if outcome.failed:
        lines.append(language.text("What was read back is not what was to be stored. Nothing is stored."))
    if outcome.import_id is not None:
        lines.append(language.text("Stored as import {number}.", number=outcome.import_id))
    return lines


def _choices(question: str) -> str:
    return " | ".join(f"--answer {question}={choice}" for choice in QUESTIONS[question])


def _accounted(account: Account, language: Wording) -> str:
    return language.text(
        "{sheet}: rows in the file {rows} = stored {stored} + left out {left_out} + ignored {ignored}. "
        "Sums in the file: {in_file}. Sums stored: {sums}. Adds up: {answer}.",
        sheet=account.sheet or language.text("The file"),
        rows=language.integer(account.rows_in_file),
        stored=language.integer(account.rows_stored),
        left_out=language.integer(sum(account.left_out.values())),
        ignored=language.integer(account.ignored),
        in_file=_sums(account.in_file, language),
        sums=_sums(account.stored, language),
        answer=language.text("yes") if account.balances else language.text("no"),
    )


def _sums(by_stage: Mapping[str, int], language: Wording) -> str:
    return " / ".join(language.integer(number) for number in by_stage.values()) or language.text("none")


def described(outcome: Outcome, language: Wording) -> dict[str, Any]:
    """Return the result for a file as part of the JSON document."""
    findings = [
        {
            "check": one.check,
            "severity": one.severity,
            "sheet": one.sheet,
            "rows": one.rows,
            "column": one.column,
            "letters": one.letters,
            "value": one.value,
            "message": message(one, language),
            "remedy": remedy(one, language),
        }
        for one in outcome.findings
    ]
    account = [{**vars(one), "balances": one.balances} for one in outcome.account]
    return {
        **_without_cpr({"file": outcome.file, "findings": findings, "account": account}),
        "sha256": outcome.sha256,
        "storable": outcome.storable,
        "hints": [_without_cpr(_column_question(doubt, language)) for doubt in outcome.doubts],
        "import_id": outcome.import_id,
    }


def _without_cpr(value: Any) -> Any:
    """Mask apparent CPR numbers in all texts of a value."""
    match value:
        case str():
            return masked(value)
        case dict():
            return {key: _without_cpr(one) for key, one in value.items()}
        case list():
            return [_without_cpr(one) for one in value]
        case _:
            return value


def as_json(document: Any) -> str:
    """Serialise the document as ASCII without control characters."""
    return json.dumps(document).replace("\x7f", "\\u007f")


def safe(text: str) -> str:
    """Escape control characters for a terminal and mask apparent CPR numbers."""
    return "".join(map(_shown, masked(text)))


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    hidden = category.startswith("C") or category in {"Zl", "Zp"}
    return character.encode("unicode_escape").decode() if hidden else character


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
    if saved is None:
        raise WrongUsage(language.text("Nothing is remembered under the name “{name}”.", name=name))
    return from_json(saved.mapping)


def _name_saved_mapping(database: Database, reading: Reading, language: Wording) -> None:
    """Print the names of saved mappings for files of this shape. The user decides whether to use one."""
    for saved in saved_mapping(database, reading) if reading.sheets else ():
        said = language.text(
            "{file}: files of this shape have been read as “{name}” before. Ask for that with --mapping.",
            file=reading.file_name,
            name=saved.name,
        )
        print(safe(said), file=sys.stderr)


def _ask_about_ambiguous_columns(reading: Reading, language: Wording) -> None:
    """Print how the user can declare that a column contains no CPR numbers."""
    for doubt in reading.doubts:
        print(safe(_column_question(doubt, language)), file=sys.stderr)


def _column_question(doubt: AmbiguousColumn, language: Wording) -> str:
    if doubt.has_ids:
        return language.text(
            "If column {letters} “{header}” holds ids that are no CPR numbers, say --no-cpr “{name}”: they are then "
            "replaced by other ids.",
            letters=doubt.letters,
            header=doubt.header,
            name=doubt.name,
        )
    return language.text(
        "If column {letters} “{header}” holds no CPR numbers but others that look so, say --no-cpr “{name}”: it is "
        "then left out.",
        letters=doubt.letters,
        header=doubt.header,
        name=doubt.name,
    )


def _not_reached(language: Wording) -> str:
    return language.text(
        "The database cannot be opened, read or written. “python -m analysis.store check” tells why, and what to do."
    )


def _refused(said: str, code: int) -> int:
    print(safe(said), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
