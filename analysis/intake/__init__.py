"""Intake: a workbook becomes findings and, once a person says yes, an import."""

from analysis.intake.findings import MESSAGES, Finding, Severity, place, sentence
from analysis.intake.known import Known, known
from analysis.intake.preparing import Prepared, prepare
from analysis.intake.reading import Reading, read

__all__ = [
    "MESSAGES",
    "Finding",
    "Known",
    "Prepared",
    "Reading",
    "Severity",
    "known",
    "place",
    "prepare",
    "read",
    "sentence",
]
