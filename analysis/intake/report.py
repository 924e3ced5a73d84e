"""The result for a file as text and as JSON, without CPR numbers and control characters."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.i18n import Wording
from analysis.intake.detect.identity_number_columns import AmbiguousColumn
from analysis.intake.findings.check import Severity
from analysis.intake.findings.findings import Finding, message, remedy, sentence
from analysis.intake.parsing.questions import QUESTIONS
from analysis.intake.parsing.questions import asked as questions
from analysis.intake.pseudonyms.guide import guide_lines, needs_guide
from analysis.intake.validate.likely_mode import after_correction, by_numbers, likely_mode
from analysis.intake.validate.reconciliation import Account
from analysis.store import Beside, Correction
from analysis.text.identity_numbers import masked

MOST_ALIKE, FEW_ALIKE = 8, 5
"""Number of findings of one check from which only a few are printed, and how many."""


@dataclass(frozen=True)
class Outcome:
    """The result for one file.

    Attributes
    ----------
    account : empty for a file that cannot be stored.
    doubts : columns that the user may declare free of CPR numbers.
    beside : what is stored in the periods of the file, beside what the file has.
    correction : how many of its rows are stored already, if any is.
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
    beside: tuple[Beside, ...] = ()
    correction: Correction | None = None


def report_lines(outcome: Outcome, language: Wording) -> list[str]:
    """Return the result for a file, line by line."""
    titles = {
        Severity.ERROR: language.text("Must be corrected before the file can be stored"),
        Severity.WARNING: language.text("Stored as it is, and worth a look"),
        Severity.NOTE: language.text("For your information"),
    }
    lines = [f"== {outcome.file} =="]
    for severity, title in titles.items():
        found = [one for one in outcome.findings if one.severity is severity]
        if found:
            lines += [
                f"{title} ({language.integer(len(found))}):",
                *(f"  {one}" for one in _sentences(found, language)),
            ]
    if needs_guide(outcome.findings):
        lines += guide_lines(outcome.file, language)
    for question in questions(outcome.findings):
        lines.append(language.text("Answer with: {choices}", choices=_choices(question)))
    if outcome.beside:
        title = language.text("Stored now → in the file (invited / participated / completed)")
        lines.append(f"{title}:")
        lines += _beside(outcome.beside, language)
    if outcome.correction is not None:
        lines += _correction(outcome.correction, outcome.beside, language)
    if outcome.account:
        lines += [f"{language.text('Every row accounted for')}:"]
        lines += [f"  {_accounted(one, language)}" for one in outcome.account]
    if outcome.failed:
        lines.append(language.text("What was read back is not what was to be stored. Nothing is stored."))
    if outcome.import_id is not None:
        lines.append(language.text("Stored as import {number}.", number=outcome.import_id))
    return lines


def _sentences(findings: Sequence[Finding], language: Wording) -> list[str]:
    """Return the sentences, of many of one check the first few and how many more there are."""
    by_check: dict[str, list[Finding]] = {}
    for one in findings:
        by_check.setdefault(one.check, []).append(one)
    lines = []
    for alike in by_check.values():
        shown = alike if len(alike) <= MOST_ALIKE else alike[:FEW_ALIKE]
        lines += [sentence(one, language) for one in shown]
        if more := len(alike) - len(shown):
            lines.append(language.text("… and {count} more like this (--json has them all).", count=more))
    return lines


def _correction(correction: Correction, beside: Sequence[Beside], language: Wording) -> list[str]:
    """Return how many rows are stored already, the numbers after correcting them, and what the file probably means."""
    lines = [rows_stored(correction, language)]
    if correction.is_possible and beside:
        title = language.text("Stored now → after the correction (invited / participated / completed)")
        lines.append(f"{title}:")
        lines += _beside(after_correction(beside, correction), language)
    if likely := likely_mode(correction, beside):
        lines.append(language.text("Probably: --{mode}.", mode=likely))
    return lines


def rows_stored(correction: Correction, language: Wording) -> str:
    """Say how many rows of a file are stored already."""
    return language.texts(
        "{known} of {count} row of the file is stored already: the same citizen, offer and start, or the same offer, "
        "period and group.",
        "{known} of {count} rows of the file are stored already: the same citizen, offer and start, or the same offer, "
        "period and group.",
        correction.corrected + correction.new,
        known=language.integer(correction.corrected),
    )


def _beside(beside: Sequence[Beside], language: Wording) -> list[str]:
    """Return what is stored in some periods, other numbers, and the difference; equal dimensions in one line."""
    lines = []
    for one, dimensions in by_numbers(beside).items():
        stored, other = (" / ".join(map(language.integer, numbers)) for numbers in (one.stored, one.in_file))
        pairs = zip(one.stored, one.in_file, strict=True)
        difference = " / ".join(language.signed(after - now, digits=0) for now, after in pairs)
        span = f"{language.date(one.start)} – {language.date(one.last_day)}"
        place = f"{one.municipality}, {one.offer}, {', '.join(dimensions)}, {span}"
        lines.append(f"  {place}: {stored} → {other} ({difference})")
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
    beside = [{**vars(one), "start": str(one.start), "end": str(one.end)} for one in outcome.beside]
    return {
        **_without_cpr({"file": outcome.file, "findings": findings, "account": account, "beside": beside}),
        "sha256": outcome.sha256,
        "storable": outcome.storable,
        "hints": [_without_cpr(column_question(doubt, language)) for doubt in outcome.doubts],
        "import_id": outcome.import_id,
        "correction": _counted(outcome),
    }


def _counted(outcome: Outcome) -> dict[str, Any] | None:
    """Return how many rows are stored already, and the likely mode; None if none is."""
    if outcome.correction is None:
        return None
    likely = likely_mode(outcome.correction, outcome.beside)
    return {"stored": outcome.correction.corrected, "new": outcome.correction.new, "probably": likely}


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


def column_question(doubt: AmbiguousColumn, language: Wording) -> str:
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
