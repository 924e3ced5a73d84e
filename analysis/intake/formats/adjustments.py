"""Adjustments: small changes of practice, each with one offer and one date."""

import datetime as dt
from typing import Any

import pyarrow as pa

from analysis.i18n import Wording
from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import DRAFT, MUNICIPALITY, OFFER, Column, Form, Holds, SheetKind
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding
from analysis.intake.formats.lists import column, place_and_offer
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing import date_columns
from analysis.intake.parsing.questions import Answers
from analysis.intake.tables import Table
from analysis.model.terms import Subject


def prepare(table: Table, known: ReferenceData, findings: list[Finding], answers: Answers) -> tuple[pa.Table, Table]:
    """Prepare the adjustments of a sheet for ``ImportPayload``."""
    columns = place_and_offer(table, known, findings)
    date = date_columns.date(table, "adjusted_on", planned=True)
    columns["adjusted_on"] = column(table, "adjusted_on", date, findings, needed=True, kind=pa.date32())
    columns["title"] = column(table, "title", cells.as_text, findings, needed=True)
    columns["what_changed"] = column(table, "what_changed", cells.as_text, findings)
    columns["aim"] = column(table, "aim", cells.word("aim"), findings, needed=True)
    for key in ("citizens_involved", "staff_involved"):
        columns[key] = column(table, key, cells.yes_no, findings, kind=pa.bool_())
    columns["draft"] = column(table, "draft", cells.yes_no, findings, kind=pa.bool_())
    return pa.table(columns), table


def _example(wording: Wording) -> dict[str, Any]:
    return {
        "adjusted_on": dt.date(2015, 10, 1),
        "title": wording.text("A call before the first meeting"),
        "what_changed": wording.text("The citizen is called and told what will happen and who will be there."),
        "aim": word_in("aim", "recruitment", wording.code),
        "citizens_involved": word_in("yes_no", "yes", wording.code),
        "staff_involved": word_in("yes_no", "yes", wording.code),
    }


ADJUSTMENTS = SheetKind(
    form=Form.ADJUSTMENTS,
    order=5,
    names={"da": "Justeringer", "en": "Adjustments", "nb": "Justeringer", "sv": "Justeringar", "fi": "Mukautukset"},
    row=N_("One row for each small change of practice, at one offer, on one date."),
    columns=(
        MUNICIPALITY,
        OFFER,
        Column(
            "adjusted_on",
            {"da": "Dato", "en": "Date", "nb": "Dato", "sv": "Datum", "fi": "Päivämäärä"},
            others=("Justeringsdato",),
            needed=True,
            guidance=N_("The date the change began or is planned to begin. It divides before and after."),
            holds=Holds.DATE,
        ),
        Column(
            "title",
            {"da": "Titel", "en": "Title", "nb": "Tittel", "sv": "Titel", "fi": "Otsikko"},
            needed=True,
            guidance=N_("A short name for the change."),
        ),
        Column(
            "what_changed",
            {
                "da": "Hvad blev ændret",
                "en": "What was changed",
                "nb": "Hva ble endret",
                "sv": "Vad ändrades",
                "fi": "Mitä muutettiin",
            },
            others=("Beskrivelse", "Description", "Beskrivning", "Kuvaus"),
            guidance=N_("What is done otherwise now."),
        ),
        Column(
            "aim",
            {"da": "Sigte", "en": "Aim", "nb": "Mål", "sv": "Syfte", "fi": "Tavoite"},
            others=("Formål",),
            needed=True,
            guidance=N_("Recruitment, completion, or both."),
            words="aim",
        ),
        Column(
            "citizens_involved",
            {
                "da": "Borgere inddraget",
                "en": "Citizens involved",
                "nb": "Innbyggere involvert",
                "sv": "Invånare delaktiga",
                "fi": "Asukkaat mukana",
            },
            guidance=N_("Whether citizens helped to find the change."),
            words="yes_no",
        ),
        Column(
            "staff_involved",
            {
                "da": "Medarbejdere inddraget",
                "en": "Staff involved",
                "nb": "Ansatte involvert",
                "sv": "Personal delaktig",
                "fi": "Henkilöstö mukana",
            },
            guidance=N_("Whether staff helped to find the change."),
            words="yes_no",
        ),
    ),
    also=(DRAFT,),
    prepare=prepare,
    example=_example,
    example_column="offer",
    subject=Subject.GAPS,
    plural=N_("adjustments"),
)
