"""Votes of each table for each action at a theme day."""

from dataclasses import replace
from typing import Any

import pyarrow as pa

from analysis.i18n import Wording
from analysis.intake.contract import (
    ACTION,
    EXAMPLE_DAY,
    HELD_ON,
    MUNICIPALITY,
    TABLE,
    Column,
    Form,
    Holds,
    SheetKind,
    example_mark,
)
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding
from analysis.intake.formats.lists import column, day, once, places
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing import municipality_columns
from analysis.intake.parsing.questions import Answers
from analysis.intake.tables import Table
from analysis.model.terms import Subject


def prepare(table: Table, known: ReferenceData, findings: list[Finding], answers: Answers) -> tuple[pa.Table, Table]:
    """Prepare the rows of the sheet for ``ImportPayload``."""
    prepared = pa.table(places(table) | _columns(table, known, findings))
    once(table, prepared, ("held_on", "municipality", "table", "action"), findings, report_at="action")
    return prepared, table


def _columns(table: Table, known: ReferenceData, findings: list[Finding]) -> dict[str, pa.Array]:
    return {
        "held_on": day(table, "held_on", findings, needed=True),
        "municipality": column(table, "municipality", municipality_columns.municipality(known), findings),
        "table": column(table, "table", cells.as_text, findings),
        "action": column(table, "action", cells.as_text, findings, needed=True),
        "votes": column(table, "votes", cells.count(table.separators), findings, needed=True, kind=pa.int64()),
    }


def _example(wording: Wording) -> dict[str, Any]:
    action = example_mark(wording) + ": " + wording.text("Reminders by text message")
    return {"held_on": EXAMPLE_DAY, "table": "1", "action": action, "votes": 7}


VOTES = SheetKind(
    form=Form.VOTES,
    order=14,
    names={"da": "Stemmer", "en": "Votes", "nb": "Stemmer", "sv": "Röster", "fi": "Äänet"},
    row=N_("One row for each table and action that was voted on at a theme day."),
    columns=(
        HELD_ON,
        replace(MUNICIPALITY, needed=False),
        TABLE,
        ACTION,
        Column(
            "votes",
            {"da": "Stemmer", "en": "Votes", "nb": "Stemmer", "sv": "Röster", "fi": "Äänet"},
            others=("Point", "Poeng", "Poäng"),
            needed=True,
            guidance=N_("How many votes, or points, the table gave it."),
            holds=Holds.COUNT,
        ),
    ),
    prepare=prepare,
    example=_example,
    example_column="action",
    subject=Subject.THEME_DAYS,
    plural=N_("votes"),
    by_hand=N_("Votes on an action"),
)
