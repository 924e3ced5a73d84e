"""Activities under an action: what is done, who does it, when, and how far it has come."""

import datetime as dt
from typing import Any

import pyarrow as pa

from analysis.i18n import Wording
from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import ACTION, MUNICIPALITY, Column, Form, Holds, SheetKind, example_mark
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding
from analysis.intake.formats.lists import column, once, places, report_persons
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing import date_columns, municipality_columns
from analysis.intake.parsing.questions import Answers
from analysis.intake.tables import Table
from analysis.model.terms import Subject


def prepare(table: Table, known: ReferenceData, findings: list[Finding], answers: Answers) -> tuple[pa.Table, Table]:
    """Prepare the rows of the sheet for ``ImportPayload``."""
    municipality = municipality_columns.municipality(known, table)
    due = date_columns.date(table, "due_on", planned=True)
    columns = places(table) | {
        "municipality": column(table, "municipality", municipality, findings, needed=True),
        "action": column(table, "action", cells.as_text, findings, needed=True),
        "activity": column(table, "activity", cells.as_text, findings, needed=True),
        "who": column(table, "who", cells.as_text, findings),
        "due_on": column(table, "due_on", due, findings, kind=pa.date32()),
        "progress": column(table, "progress", cells.word("progress"), findings),
    }
    report_persons(table, ("activity", "who"), findings)
    prepared = pa.table(columns)
    once(table, prepared, ("municipality", "action", "activity"), findings, report_at="activity")
    return prepared, table


def _example(wording: Wording) -> dict[str, Any]:
    return {
        "action": wording.text("Reminders by text message"),
        "activity": example_mark(wording) + ": " + wording.text("Write the texts with five citizens"),
        "who": wording.text("The coordinator of the health centre"),
        "due_on": dt.date(2016, 6, 1),
        "progress": word_in("progress", "under way", wording.code),
    }


ACTIVITIES = SheetKind(
    form=Form.ACTIVITIES,
    order=12,
    names={"da": "Aktiviteter", "en": "Activities", "nb": "Aktiviteter", "sv": "Aktiviteter", "fi": "Tehtävät"},
    row=N_("One row for each thing that is done to carry out an action."),
    columns=(
        MUNICIPALITY,
        ACTION,
        Column(
            "activity",
            {"da": "Aktivitet", "en": "Activity", "nb": "Aktivitet", "sv": "Aktivitet", "fi": "Tehtävä"},
            others=("Hvad", "What", "Vad", "Mitä"),
            needed=True,
            guidance=N_("What is done."),
        ),
        Column(
            "who",
            {"da": "Hvem", "en": "Who", "nb": "Hvem", "sv": "Vem", "fi": "Kuka"},
            others=("Ansvarlig", "Ansvarig", "Vastuussa"),
            guidance=N_("A job or a unit, not a name."),
        ),
        Column(
            "due_on",
            {"da": "Hvornår", "en": "When", "nb": "Når", "sv": "När", "fi": "Milloin"},
            others=("Frist", "Deadline", "Due", "Dato"),
            guidance=N_("The date by which it is done."),
            holds=Holds.DATE,
        ),
        Column(
            "progress",
            {"da": "Hvor langt", "en": "How far", "nb": "Hvor langt", "sv": "Hur långt", "fi": "Vaihe"},
            others=("Status",),
            guidance=N_("How far it has come. Choose from the list."),
            words="progress",
        ),
    ),
    prepare=prepare,
    example=_example,
    example_column="activity",
    subject=Subject.THEME_DAYS,
    plural=N_("activities"),
)
