"""Store a confirmed file together with its source and the decisions of the user."""

import datetime as dt
import itertools
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from analysis.auth.roles import Person
from analysis.i18n import LANGUAGES, wording
from analysis.intake.findings.findings import Finding, sentence
from analysis.intake.mapping.saved_mappings import Decisions, to_json
from analysis.intake.read_file import Reading
from analysis.intake.tables import cleaned
from analysis.intake.validate.prepared import Prepared
from analysis.store import Database, ImportMode, ImportRecord, Result, Source, add_import

MOST_FINDINGS = 500


def store(
    database: Database,
    reading: Reading,
    prepared: Prepared,
    decisions: Decisions,
    content: bytes,
    *,
    by: Person,
    person: str = "",
    mode: ImportMode = ImportMode.NEW,
    shows_on: dt.date | None = None,
    typed: bool = False,
) -> ImportRecord:
    """Store a file that was read and prepared. Raises the errors of ``store.add_import``.

    The original file is stored too, unless it has columns with personal data. ``person`` is the name that a user
    without sign-in enters. ``shows_on`` is the day on which the file shows its courses, if the user states it.
    ``typed`` are entries of a form on a page.
    """
    original = None if prepared.personal else content
    source = replace(source_of(reading, prepared, decisions, by.name or person, shows_on), typed=typed)
    no_cpr = sum(finding.check in {"no_cpr_column", "no_cpr_ids"} for finding in prepared.findings)
    return add_import(
        database,
        prepared.contents,
        source,
        by=by,
        mode=mode,
        original=original,
        no_cpr=no_cpr,
    )


def why_refused(findings: Collection[Finding]) -> Result:
    """Return the audit-log result for a file that these findings block."""
    checks = {one.check for one in findings}
    if any(check.startswith("cpr_") for check in checks):
        return Result.CPR_NUMBER
    if "file_already_imported" in checks:
        return Result.ALREADY_STORED
    return Result.OVERLAPPING if checks == {"overlap"} else Result.FAULTY


def source_of(
    reading: Reading, prepared: Prepared, decisions: Decisions, person: str = "", shows_on: dt.date | None = None
) -> Source:
    """Return the source of the import for its record."""
    left_out = [{"sheet": one.sheet, "reason": one.reason, "rows": list(one.rows)} for one in prepared.left_out]
    understood = [
        {"sheet": table.sheet, "form": table.form, "columns": table.headers, "dropped": list(table.dropped)}
        for table in prepared.tables
    ]
    return Source(
        file_name=reading.file_name,
        sha256=reading.sha256,
        synthetic=prepared.synthetic,
        person=cleaned(person),
        understood=json.dumps({"sheets": understood, "decisions": json.loads(to_json(decisions))}, ensure_ascii=False),
        findings=json.dumps(list(map(_accepted, prepared.findings[:MOST_FINDINGS])), ensure_ascii=False),
        left_out=json.dumps(left_out, ensure_ascii=False),
        shows_on=shows_on or prepared.shows_on,
    )


def _accepted(finding: Finding) -> dict[str, Any]:
    """Serialise a finding with the messages that the user saw, because the check may change later."""
    said = {code: sentence(finding, wording(code)) for code in LANGUAGES}
    quoted = [finding.sheet, finding.column, finding.value, *_texts(tuple(finding.values.values()))]
    return {
        "check": finding.check,
        "severity": finding.severity,
        "rows": len(finding.rows),
        "said": said,
        "quoted": list(filter(None, quoted)),
    }


def _texts(value: object) -> Iterator[str]:
    """Yield the texts in a value of a message. The program itself writes periods, dates and numbers."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        yield from itertools.chain.from_iterable(map(_texts, value))
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.values()))
