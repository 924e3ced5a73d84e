"""Every check, each with a real file in which it finds something and one as like it as can be without that."""

import re
from collections.abc import Callable, Collection

import pytest

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.config import Limits
from analysis.i18n import LANGUAGES, wording
from analysis.intake.findings.check import Severity
from analysis.intake.findings.checks import CHECKS
from analysis.intake.findings.findings import Finding, sentence
from analysis.intake.fix.corrections import Corrections
from analysis.intake.importing import store
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.mapping import Mapping
from analysis.intake.mapping.saved_mappings import Decisions, prepared_with
from analysis.intake.read_file import read
from analysis.intake.validate.stored_data import check_against_stored
from analysis.store import Database, ImportMode, undo_import
from tests.support.workbooks import theme_days
from tests.support.workbooks.attendance import ATTENDANCE_CASES
from tests.support.workbooks.citizen_groups import CITIZEN_GROUP_CASES
from tests.support.workbooks.descriptions import DESCRIPTION_CASES
from tests.support.workbooks.faults import CASES, Case, sound, sound_year, sound_year_of_counts
from tests.support.workbooks.layouts import LAYOUT_CASES
from tests.support.workbooks.names import NAME_CASES
from tests.support.workbooks.packages import PACKAGE_CASES

EVERY_CASE = {
    **CASES,
    **LAYOUT_CASES,
    **ATTENDANCE_CASES,
    **CITIZEN_GROUP_CASES,
    **PACKAGE_CASES,
    **NAME_CASES,
    **DESCRIPTION_CASES,
    **theme_days.cases(),
}


def findings_of(
    database: Database,
    content: bytes,
    name: str,
    limits: Limits | None = None,
    mapping: Mapping | None = None,
    no_cpr: Collection[str] = (),
    answers: dict[str, str] | None = None,
    constants: dict[str, str] | None = None,
    *,
    mode: ImportMode = ImportMode.NEW,
) -> list[Finding]:
    reading = read(content, name, limits=limits, no_cpr=no_cpr)
    decisions = Decisions(mapping, Corrections(answers=answers or {}, constants=constants or {}))
    prepared = prepared_with(reading, load_reference_data(database), decisions)
    return [
        *prepared.findings,
        *check_against_stored(database, reading, prepared, by=NOBODY_SIGNED_IN, mode=mode, losses=False),
    ]


def stored_first(database: Database, case: Case) -> None:
    if case.stored_first is None:
        return
    content = case.stored_first()
    reading = read(content, case.stored_name)
    prepared = prepared_with(reading, load_reference_data(database), Decisions())
    record = store(database, reading, prepared, Decisions(), content, person="Ane", by=NOBODY_SIGNED_IN)
    if case.undone:
        undo_import(database, record.import_id, by=NOBODY_SIGNED_IN)


def checks_of(findings: list[Finding], *severities: Severity) -> set[str]:
    return {finding.check for finding in findings if finding.severity in severities}


def test_every_check_has_a_case() -> None:
    assert EVERY_CASE.keys() == CHECKS.keys()


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_finds_its_fault_and_says_where(database: Database, check: str) -> None:
    case = EVERY_CASE[check]
    stored_first(database, case)
    given = (case.no_cpr, case.answers, case.constants)
    content = case.content(database) if case.of_database else case.content()
    findings = findings_of(database, content, case.file_name, case.limits, case.mapping, *given, mode=case.mode)
    assert check in {finding.check for finding in findings}
    others = checks_of(findings, Severity.ERROR, Severity.WARNING) - {check}
    assert others == case.beside
    (found,) = [finding for finding in findings if finding.check == check]
    assert (found.sheet, found.rows, found.column, found.value) == (case.sheet, case.rows, case.column, case.value)
    for finding in findings:
        if finding.severity is Severity.ERROR and finding.rows:
            assert finding.sheet
            assert finding.value or "{value}" not in CHECKS[finding.check].message
        for code in LANGUAGES:
            said = sentence(finding, wording(code))
            assert said.strip()
            assert not re.search("[{}]", said), said


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_keeps_quiet_where_its_fault_is_mended(database: Database, check: str) -> None:
    case = EVERY_CASE[check]
    stored_first(database, case)
    name = case.near_miss_name or case.file_name
    limits = case.near_limits or case.limits
    given = (case.no_cpr, case.answers, case.constants)
    findings = findings_of(database, case.near_miss(), name, limits, case.near_mapping, *given, mode=case.mode)
    assert check not in {finding.check for finding in findings}


@pytest.mark.parametrize("content", [sound, sound_year, sound_year_of_counts, theme_days.sound])
def test_a_sound_workbook_has_neither_errors_nor_warnings(database: Database, content: Callable[[], bytes]) -> None:
    assert checks_of(findings_of(database, content(), "export.xlsx"), Severity.ERROR, Severity.WARNING) == set()


@pytest.mark.parametrize("content", [sound, sound_year, sound_year_of_counts, theme_days.sound])
def test_a_workbook_is_built_the_same_to_the_byte_each_time(content: Callable[[], bytes]) -> None:
    assert content() == content()
