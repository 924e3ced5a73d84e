"""Registry of checks: severity, message and remedy of each check."""

from analysis.intake.findings.attendance_checks import ATTENDANCE_CHECKS
from analysis.intake.findings.cell_checks import CELL_CHECKS
from analysis.intake.findings.check import Check
from analysis.intake.findings.file_checks import FILE_CHECKS
from analysis.intake.findings.row_checks import ROW_CHECKS, TABLE_CHECKS
from analysis.intake.findings.sheet_checks import SHEET_CHECKS

CHECKS: dict[str, Check] = {
    **FILE_CHECKS,
    **SHEET_CHECKS,
    **CELL_CHECKS,
    **ROW_CHECKS,
    **TABLE_CHECKS,
    **ATTENDANCE_CHECKS,
}
"""All checks by their key."""
