"""Theme days: participants with municipality and role."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from analysis.i18n import Wording
from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import (
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
    given = pa.int64()
    participants = column(table, "participants", cells.count(table.separators), findings, kind=given)
    return {
        "held_on": day(table, "held_on", findings, needed=True),
        "place": column(table, "place", cells.as_text, findings, needed=True),
        "day_kind": column(table, "day_kind", cells.word("day_kind"), findings, needed=True),
        "municipality": column(table, "municipality", municipality_columns.municipality(known), findings, needed=True),
        "role": column(table, "role", cells.word("role"), findings, needed=True),
        "area": column(table, "area", cells.word("area"), findings),
        "participants": pc.fill_null(participants, 1),
    }


def _example(wording: Wording) -> dict[str, Any]:
    return {
        "held_on": EXAMPLE_DAY,
        "place": f"{example_mark(wording)}: Odense",
        "day_kind": word_in("day_kind", "national", wording.code),
        "role": word_in("role", "leader", wording.code),
        "area": word_in("area", "health", wording.code),
        "participants": 2,
    }


THEME_DAYS = SheetKind(
    form=Form.THEME_DAYS,
    order=8,
    names={"da": "Temadage", "en": "Theme days", "nb": "Temadager", "sv": "Temadagar", "fi": "Teemapäivät"},
    row=N_("One row for each participant of a theme day, or for several who are alike."),
    columns=(
        Column(
            "held_on",
            {"da": "Dato", "en": "Date", "nb": "Dato", "sv": "Datum", "fi": "Päivämäärä"},
            others=("Temadag", "Theme day", "Teemapäivä"),
            needed=True,
            guidance=N_("The date of the theme day."),
            holds=Holds.DATE,
        ),
        Column(
            "place",
            {"da": "Sted", "en": "Place", "nb": "Sted", "sv": "Plats", "fi": "Paikka"},
            others=("By", "Stad"),
            needed=True,
            guidance=N_("The town or the hall."),
        ),
        Column(
            "day_kind",
            {"da": "Type", "en": "Kind", "nb": "Type", "sv": "Typ", "fi": "Tyyppi"},
            others=("Art",),
            needed=True,
            guidance=N_("National for several municipalities, local for one."),
            words="day_kind",
        ),
        MUNICIPALITY,
        Column(
            "role",
            {"da": "Rolle", "en": "Role", "nb": "Rolle", "sv": "Roll", "fi": "Rooli"},
            others=("Funktion", "Stilling"),
            needed=True,
            guidance=N_("What the participant works as. No names."),
            words="role",
        ),
        Column("area", AREA_NAMES, others=AREA_OTHERS, guidance=N_("Choose from the list."), words="area"),
        Column(
            "participants",
            {"da": "Deltagere", "en": "Participants", "nb": "Deltakere", "sv": "Deltagare", "fi": "Osallistujat"},
            others=("Antal deltagere", "Antall deltakere", "Antal deltagare", "Osallistujia"),
            guidance=N_("How many they are. Empty counts as one."),
            holds=Holds.COUNT,
        ),
    ),
    prepare=prepare,
    example=_example,
    example_column="place",
    subject=Subject.THEME_DAYS,
    plural=N_("theme days"),
    by_hand=N_("Participants of a theme day"),
)
