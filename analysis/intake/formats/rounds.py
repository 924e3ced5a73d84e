"""Test rounds of adjustments: what was tried, what was learned, and what came next."""

import datetime as dt
from typing import Any

import pyarrow as pa

from analysis.i18n import Wording
from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import ADJUSTMENT, MUNICIPALITY, OFFER, Column, Form, Holds, SheetKind
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding
from analysis.intake.formats.lists import column, once, place_and_offer, report_persons
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing import date_columns
from analysis.intake.parsing.questions import Answers
from analysis.intake.tables import Table
from analysis.model.terms import Subject


def prepare(table: Table, known: ReferenceData, findings: list[Finding], answers: Answers) -> tuple[pa.Table, Table]:
    """Prepare the rows of the sheet for ``ImportPayload``."""
    columns = place_and_offer(table, known, findings)
    columns["title"] = column(table, "title", cells.as_text, findings, needed=True)
    columns["number"] = column(table, "number", cells.round_number, findings, needed=True, kind=pa.int32())
    date = date_columns.date(table, "tried_on", planned=True)
    columns["tried_on"] = column(table, "tried_on", date, findings, needed=True, kind=pa.date32())
    columns["tried"] = column(table, "tried", cells.as_text, findings, needed=True)
    columns["learned"] = column(table, "learned", cells.as_text, findings)
    columns["decision"] = column(table, "decision", cells.word("decision"), findings)
    report_persons(table, ("tried", "learned"), findings)
    prepared = pa.table(columns)
    once(table, prepared, ("municipality", "offer", "title", "number"), findings, report_at="number")
    return prepared, table


def _example(wording: Wording) -> dict[str, Any]:
    return {
        "title": wording.text("A call before the first meeting"),
        "number": 1,
        "tried_on": dt.date(2015, 8, 17),
        "tried": wording.text("A call the day before to five citizens."),
        "learned": wording.text("Calls in the evening are answered more often."),
        "decision": word_in("decision", "adapt", wording.code),
    }


ROUNDS = SheetKind(
    form=Form.TEST_ROUNDS,
    order=7,
    names={
        "da": "Afprøvninger",
        "en": "Test rounds",
        "nb": "Utprøvinger",
        "sv": "Testomgångar",
        "fi": "Kokeilukierrokset",
    },
    row=N_("One row for each round in which an adjustment was tried."),
    columns=(
        MUNICIPALITY,
        OFFER,
        ADJUSTMENT,
        Column(
            "number",
            {"da": "Runde", "en": "Round", "nb": "Runde", "sv": "Omgång", "fi": "Kierros"},
            needed=True,
            guidance=N_("1 for the first round, then 2, 3."),
            holds=Holds.NUMBER,
        ),
        Column(
            "tried_on",
            {"da": "Afprøvet", "en": "Tried", "nb": "Prøvd ut", "sv": "Testad", "fi": "Kokeiltu"},
            others=("Afprøvningsdato", "Dato", "Date", "Datum", "Päivämäärä"),
            needed=True,
            guidance=N_("The date on which the round began or is planned to begin."),
            holds=Holds.DATE,
        ),
        Column(
            "tried",
            {
                "da": "Hvad blev afprøvet",
                "en": "What was tried",
                "nb": "Hva ble prøvd ut",
                "sv": "Vad testades",
                "fi": "Mitä kokeiltiin",
            },
            needed=True,
            guidance=N_("What was done in this round."),
        ),
        Column(
            "learned",
            {
                "da": "Hvad blev lært",
                "en": "What was learned",
                "nb": "Hva ble lært",
                "sv": "Vad lärde man sig",
                "fi": "Mitä opittiin",
            },
            guidance=N_("What it showed, without names or anything that points to one person."),
        ),
        Column(
            "decision",
            {
                "da": "Næste skridt",
                "en": "Next step",
                "nb": "Neste steg",
                "sv": "Nästa steg",
                "fi": "Seuraava askel",
            },
            guidance=N_("Keep it, adapt it, or drop it."),
            words="decision",
        ),
    ),
    prepare=prepare,
    example=_example,
    example_column="offer",
    subject=Subject.GAPS,
    plural=N_("test rounds"),
)
