"""Actions of a municipality and their implementation status."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pyarrow as pa

from analysis.i18n import Wording
from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import (
    ACTION,
    AREA_NAMES,
    AREA_OTHERS,
    EXAMPLE_DAY,
    MUNICIPALITY,
    Column,
    Form,
    Holds,
    SheetKind,
    example_mark,
)
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding
from analysis.intake.formats.lists import column, day, once, places, report_persons
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing import municipality_columns
from analysis.intake.parsing.questions import Answers
from analysis.intake.tables import Table
from analysis.model.terms import Subject
from analysis.model.theme_day_terms import Status

TEXTS = ("evidence", "missing_competence")
"""Columns of free text."""
DAYS = tuple(f"{status}_on" for status in Status)


def prepare(table: Table, known: ReferenceData, findings: list[Finding], answers: Answers) -> tuple[pa.Table, Table]:
    """Prepare the rows of the sheet for ``ImportPayload``."""
    prepared = pa.table(places(table) | _columns(table, known, findings))
    once(table, prepared, ("municipality", "action"), findings, report_at="action")
    return prepared, table


def _columns(table: Table, known: ReferenceData, findings: list[Finding]) -> dict[str, pa.Array]:
    found = {
        "municipality": column(table, "municipality", municipality_columns.municipality(known), findings, needed=True),
        "action": column(table, "action", cells.as_text, findings, needed=True),
        "area": column(table, "area", cells.word("area"), findings),
        "level": column(table, "level", cells.word("level"), findings),
        "priority": column(table, "priority", cells.priority, findings, kind=pa.int64()),
        "status": column(table, "status", cells.word("status"), findings, needed=True),
        "responsible": column(table, "responsible", cells.word("area"), findings),
        "involved": column(table, "involved", cells.areas, findings, kind=pa.list_(pa.string())),
        "co_owners": column(table, "co_owners", cells.areas, findings, kind=pa.list_(pa.string())),
        "evidence": column(table, "evidence", cells.as_text, findings),
        "missing_competence": column(table, "missing_competence", cells.as_text, findings),
    }
    report_persons(table, TEXTS, findings)
    found |= {key: day(table, key, findings) for key in DAYS}
    _check_dates(table, found, findings)
    return found


def _check_dates(table: Table, found: dict[str, pa.Array], findings: list[Finding]) -> None:
    """Reject dates in reverse order. Report a date of a stage later than the status."""
    stages = [found[key].to_pylist() for key in DAYS]
    for row, status, *days in zip(table.rows.tolist(), found["status"].to_pylist(), *stages, strict=True):
        given = [(day, key) for day, key in zip(days, DAYS, strict=True) if day is not None]
        backwards = next((key for (one, _), (other, key) in pairwise(given) if other < one), None)
        mask = table.rows == row
        if backwards:
            findings.append(table.finding("action_dates_backwards", backwards, mask))
        elif given and status is not None and DAYS.index(given[-1][1]) > DAYS.index(f"{status}_on"):
            findings.append(table.finding("status_behind", "status", mask))


def _example(wording: Wording) -> dict[str, Any]:
    return {
        "action": example_mark(wording) + ": " + wording.text("Reminders by text message"),
        "area": word_in("area", "health", wording.code),
        "level": word_in("level", "proportionate", wording.code),
        "priority": 1,
        "status": word_in("status", "decided", wording.code),
        "responsible": word_in("area", "health", wording.code),
        "involved": ", ".join(word_in("area", key, wording.code) for key in ("social", "employment")),
        "co_owners": word_in("area", "social", wording.code),
        "evidence": wording.text("Research on reminders, and our own figures of 2015"),
        "missing_competence": wording.text("To write plainly"),
        "proposed_on": EXAMPLE_DAY,
        "decided_on": dt.date(2016, 5, 2),
    }


ACTIONS = SheetKind(
    form=Form.ACTIONS,
    order=11,
    names={"da": "Indsatser", "en": "Actions", "nb": "Tiltak", "sv": "Åtgärder", "fi": "Toimenpiteet"},
    row=N_("One row for each action of a municipality, and how far it has come."),
    columns=(
        MUNICIPALITY,
        ACTION,
        Column(
            "area",
            AREA_NAMES,
            others=AREA_OTHERS,
            guidance=N_("The policy area that it lies in. Choose from the list."),
            words="area",
        ),
        Column(
            "level",
            {"da": "Niveau", "en": "Level", "nb": "Nivå", "sv": "Nivå", "fi": "Taso"},
            guidance=N_("For all, for some, or for all but more for those who need more."),
            words="level",
        ),
        Column(
            "priority",
            {"da": "Prioritet", "en": "Priority", "nb": "Prioritet", "sv": "Prioritet", "fi": "Tärkeysjärjestys"},
            others=("Prioritering",),
            guidance=N_("1 for the action that matters most to the municipality, then 2, 3."),
            holds=Holds.NUMBER,
        ),
        Column(
            "status",
            {"da": "Status", "en": "Status", "nb": "Status", "sv": "Status", "fi": "Vaihe"},
            needed=True,
            guidance=N_("How far it has come. Choose from the list."),
            words="status",
        ),
        Column(
            "responsible",
            {
                "da": "Ansvarligt område",
                "en": "Responsible area",
                "nb": "Ansvarlig område",
                "sv": "Ansvarigt område",
                "fi": "Vastuuala",
            },
            others=("Ansvarlig", "Ansvarig"),
            guidance=N_("The policy area that answers for it."),
            words="area",
        ),
        Column(
            "involved",
            {
                "da": "Involverede områder",
                "en": "Areas involved",
                "nb": "Involverte områder",
                "sv": "Involverade områden",
                "fi": "Muut alat",
            },
            others=("Samarbejde med", "Samarbeid med", "Samarbete med"),
            guidance=N_("The other areas that take part, with commas between them."),
            words="area",
            several=True,
        ),
        Column(
            "co_owners",
            {"da": "Medejere", "en": "Co-owners", "nb": "Medeiere", "sv": "Medägare", "fi": "Muut omistajat"},
            guidance=N_("The other areas that answer for it too, with commas between them."),
            words="area",
            several=True,
        ),
        Column(
            "evidence",
            {"da": "Viden", "en": "Evidence", "nb": "Kunnskap", "sv": "Kunskap", "fi": "Näyttö"},
            others=("Evidens", "Dokumentation", "Dokumentasjon", "Underlag"),
            guidance=N_("What it builds on: research, own figures, experience."),
        ),
        Column(
            "missing_competence",
            {
                "da": "Kompetencer, der mangler",
                "en": "Missing competence",
                "nb": "Kompetanse som mangler",
                "sv": "Kompetens som saknas",
                "fi": "Puuttuva osaaminen",
            },
            others=("Manglende kompetencer", "Manglende kompetanse", "Kompetencer"),
            guidance=N_("What somebody has to learn, or whom the municipality lacks."),
        ),
        Column(
            "proposed_on",
            {"da": "Foreslået", "en": "Proposed", "nb": "Foreslått", "sv": "Föreslagen", "fi": "Ehdotettu"},
            guidance=N_("The date it came so far. The times between are counted from these dates."),
            holds=Holds.DATE,
        ),
        Column(
            "decided_on",
            {"da": "Besluttet", "en": "Decided", "nb": "Besluttet", "sv": "Beslutad", "fi": "Päätetty"},
            guidance=N_("The date it came so far. The times between are counted from these dates."),
            holds=Holds.DATE,
        ),
        Column(
            "translated_on",
            {"da": "Omsat", "en": "Translated", "nb": "Omsatt", "sv": "Omsatt", "fi": "Muutettu toiminnaksi"},
            guidance=N_("The date it came so far. The times between are counted from these dates."),
            holds=Holds.DATE,
        ),
        Column(
            "running_on",
            {"da": "I gang", "en": "Running", "nb": "I gang", "sv": "Pågår", "fi": "Käynnissä"},
            others=("I gang fra", "Igangsat"),
            guidance=N_("The date it came so far. The times between are counted from these dates."),
            holds=Holds.DATE,
        ),
        Column(
            "evaluated_on",
            {"da": "Evalueret", "en": "Evaluated", "nb": "Evaluert", "sv": "Utvärderad", "fi": "Arvioitu"},
            guidance=N_("The date it came so far. The times between are counted from these dates."),
            holds=Holds.DATE,
        ),
    ),
    prepare=prepare,
    example=_example,
    example_column="action",
    subject=Subject.THEME_DAYS,
    plural=N_("actions"),
    by_hand=N_("An action"),
)
