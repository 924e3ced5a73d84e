"""Requests from municipalities and their results."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from analysis.i18n import Wording
from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import EXAMPLE_DAY, MUNICIPALITY, Column, Form, Holds, SheetKind, example_mark
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding
from analysis.intake.formats.lists import column, day, places
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing import municipality_columns
from analysis.intake.parsing.questions import Answers
from analysis.intake.tables import Table
from analysis.model.terms import Subject


def prepare(table: Table, known: ReferenceData, findings: list[Finding], answers: Answers) -> tuple[pa.Table, Table]:
    """Prepare the rows of the sheet for ``ImportPayload``."""
    prepared = pa.table(places(table) | _columns(table, known, findings))
    return prepared, table


def _columns(table: Table, known: ReferenceData, findings: list[Finding]) -> dict[str, pa.Array]:
    requested, since = day(table, "requested_on", findings, needed=True), day(table, "state_on", findings)
    early = pc.fill_null(pc.less(since, requested), fill_value=False).to_numpy(zero_copy_only=False)
    if early.any():
        findings.append(table.finding("state_before_request", "state_on", early))
    return {
        "municipality": column(table, "municipality", municipality_columns.municipality(known), findings, needed=True),
        "requested_on": requested,
        "request": column(table, "request", cells.word("request"), findings, needed=True),
        "state": pc.fill_null(column(table, "state", cells.word("state"), findings), "open"),
        "state_on": pc.coalesce(since, requested),
        "next_step": column(table, "next_step", cells.as_text, findings),
    }


def _example(wording: Wording) -> dict[str, Any]:
    return {
        "requested_on": EXAMPLE_DAY,
        "request": word_in("request", "local theme day", wording.code),
        "state": word_in("state", "open", wording.code),
        "state_on": EXAMPLE_DAY,
        "next_step": example_mark(wording) + ": " + wording.text("Agree on a date"),
    }


REQUESTS = SheetKind(
    form=Form.REQUESTS,
    order=13,
    names={"da": "Henvendelser", "en": "Requests", "nb": "Henvendelser", "sv": "Förfrågningar", "fi": "Pyynnöt"},
    row=N_("One row for each request, and one more each time that its state changes."),
    columns=(
        MUNICIPALITY,
        Column(
            "requested_on",
            {"da": "Dato", "en": "Date", "nb": "Dato", "sv": "Datum", "fi": "Päivämäärä"},
            others=("Modtaget", "Received"),
            needed=True,
            guidance=N_("The date the request came."),
            holds=Holds.DATE,
        ),
        Column(
            "request",
            {"da": "Henvendelse", "en": "Request", "nb": "Henvendelse", "sv": "Förfrågan", "fi": "Pyyntö"},
            others=("Ønske",),
            needed=True,
            guidance=N_("A local theme day, or advice."),
            words="request",
        ),
        Column(
            "state",
            {"da": "Tilstand", "en": "State", "nb": "Tilstand", "sv": "Läge", "fi": "Tila"},
            guidance=N_("How it stands. Empty counts as open."),
            words="state",
        ),
        Column(
            "state_on",
            {"da": "Siden", "en": "Since", "nb": "Siden", "sv": "Sedan", "fi": "Alkaen"},
            guidance=N_("Since when it stands so."),
            holds=Holds.DATE,
        ),
        Column(
            "next_step",
            {"da": "Næste skridt", "en": "Next step", "nb": "Neste steg", "sv": "Nästa steg", "fi": "Seuraava askel"},
            guidance=N_("What is to be done next."),
        ),
    ),
    prepare=prepare,
    example=_example,
    example_column="next_step",
    subject=Subject.THEME_DAYS,
    plural=N_("requests"),
    by_hand=N_("A request"),
)
