"""Descriptions of adjustments: the challenge, who took part, what it took, and what others can use."""

from typing import Any

import pyarrow as pa

from analysis.i18n import Wording
from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import ADJUSTMENT, DRAFT, MUNICIPALITY, OFFER, Column, Form, SheetKind
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding
from analysis.intake.formats.lists import column, once, place_and_offer, report_persons
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing import municipality_columns
from analysis.intake.parsing.questions import Answers
from analysis.intake.tables import Table
from analysis.model.terms import Subject

TEXTS = ("challenge", "target_group", "partners", "took", "barriers", "experiences", "advice", "contact")
"""Columns of free text."""


def prepare(table: Table, known: ReferenceData, findings: list[Finding], answers: Answers) -> tuple[pa.Table, Table]:
    """Prepare the rows of the sheet for ``ImportPayload``."""
    columns = place_and_offer(table, known, findings)
    columns["title"] = column(table, "title", cells.as_text, findings, needed=True)
    columns |= {key: column(table, key, cells.as_text, findings) for key in TEXTS}
    columns["tags"] = column(table, "tags", cells.tags, findings, kind=pa.list_(pa.string()))
    columns["link"] = column(table, "link", cells.web_address, findings)
    columns["practice"] = column(table, "practice", cells.word("practice"), findings)
    columns["action"] = column(table, "action", cells.as_text, findings)
    municipality = municipality_columns.municipality(known, table)
    columns["from_municipality"] = column(table, "from_municipality", municipality, findings)
    columns |= {key: column(table, key, cells.as_text, findings) for key in ("from_offer", "from_title")}
    columns["draft"] = column(table, "draft", cells.yes_no, findings, kind=pa.bool_())
    report_persons(table, TEXTS, findings)
    prepared = pa.table(columns)
    once(table, prepared, ("municipality", "offer", "title"), findings, report_at="title")
    return prepared, table


def _example(wording: Wording) -> dict[str, Any]:
    return {
        "title": wording.text("A call before the first meeting"),
        "challenge": wording.text("Citizens without a job stay away from the first meeting."),
        "target_group": wording.text("Citizens without a job"),
        "tags": word_in("tag", "call before the first meeting", wording.code),
        "partners": wording.text("The job centre"),
        "took": wording.text("Four hours a month"),
        "barriers": wording.text("Telephone numbers are missing in the referral."),
        "experiences": wording.text("Citizens say that they know somebody when they arrive."),
        "advice": wording.text("Ask for the telephone number at the first contact."),
        "contact": wording.text("The coordinator of the health centre"),
        "practice": word_in("practice", "part of practice", wording.code),
    }


DESCRIPTIONS = SheetKind(
    form=Form.DESCRIPTIONS,
    order=6,
    names={
        "da": "Beskrivelser",
        "en": "Descriptions",
        "nb": "Beskrivelser",
        "sv": "Beskrivningar",
        "fi": "Kuvaukset",
    },
    row=N_("One row describes one adjustment: the challenge, who took part, and what others can use."),
    columns=(
        MUNICIPALITY,
        OFFER,
        ADJUSTMENT,
        Column(
            "challenge",
            {"da": "Udfordring", "en": "Challenge", "nb": "Utfordring", "sv": "Utmaning", "fi": "Haaste"},
            guidance=N_("What did not work for citizens before the change."),
        ),
        Column(
            "target_group",
            {"da": "Målgruppe", "en": "Target group", "nb": "Målgruppe", "sv": "Målgrupp", "fi": "Kohderyhmä"},
            guidance=N_("Those whom the change is for."),
        ),
        Column(
            "tags",
            {"da": "Emneord", "en": "Tags", "nb": "Emneord", "sv": "Ämnesord", "fi": "Asiasanat"},
            others=("Tag", "Nøgleord", "Stikord", "Nyckelord", "Avainsanat"),
            guidance=N_("What kind of change it is, with commas between several. Your own words may be used too."),
            words="tag",
            several=True,
        ),
        Column(
            "partners",
            {
                "da": "Samarbejdspartnere",
                "en": "Partners",
                "nb": "Samarbeidspartnere",
                "sv": "Samarbetspartner",
                "fi": "Yhteistyökumppanit",
            },
            guidance=N_("Who else took part, such as the job centre or an association."),
        ),
        Column(
            "took",
            {"da": "Ressourcer", "en": "Resources", "nb": "Ressurser", "sv": "Resurser", "fi": "Resurssit"},
            others=("Tidsforbrug", "What it took", "Hvad det krævede"),
            guidance=N_("What it takes: hours, money, materials."),
        ),
        Column(
            "barriers",
            {"da": "Barrierer", "en": "Barriers", "nb": "Barrierer", "sv": "Hinder", "fi": "Esteet"},
            guidance=N_("What stood in the way."),
        ),
        Column(
            "experiences",
            {
                "da": "Erfaringer",
                "en": "Experiences",
                "nb": "Erfaringer",
                "sv": "Erfarenheter",
                "fi": "Kokemukset",
            },
            guidance=N_("What citizens and staff say, without names or anything that points to one person."),
        ),
        Column(
            "advice",
            {"da": "Gode råd", "en": "Advice", "nb": "Gode råd", "sv": "Goda råd", "fi": "Neuvot muille"},
            others=("Råd til andre", "Advice to others"),
            guidance=N_("What others should know before they do the same."),
        ),
        Column(
            "contact",
            {"da": "Kontakt", "en": "Contact", "nb": "Kontakt", "sv": "Kontakt", "fi": "Yhteystaho"},
            guidance=N_("Whom to ask: a role or a place of work, not a person."),
        ),
        Column(
            "link",
            {"da": "Link", "en": "Link", "nb": "Lenke", "sv": "Länk", "fi": "Linkki"},
            guidance=N_("An address that begins with https://, such as a leaflet."),
        ),
        Column(
            "practice",
            {"da": "Status", "en": "State", "nb": "Status", "sv": "Status", "fi": "Tila"},
            guidance=N_("Planned, being tested, part of practice, or dropped."),
            words="practice",
        ),
        Column(
            "action",
            {
                "da": "Indsats fra temadag",
                "en": "Action from a theme day",
                "nb": "Tiltak fra temadag",
                "sv": "Åtgärd från temadag",
                "fi": "Teemapäivän toimenpide",
            },
            guidance=N_("The prioritised action that it carries out, as it is called in the sheet of actions."),
        ),
    ),
    also=(
        Column(
            "from_municipality",
            {
                "da": "Idé fra kommune",
                "en": "Idea from municipality",
                "nb": "Idé fra kommune",
                "sv": "Idé från kommun",
                "fi": "Idean kunta",
            },
        ),
        Column(
            "from_offer",
            {
                "da": "Idé fra tilbud",
                "en": "Idea from offer",
                "nb": "Idé fra tilbud",
                "sv": "Idé från insats",
                "fi": "Idean palvelu",
            },
        ),
        Column(
            "from_title",
            {
                "da": "Idé fra justering",
                "en": "Idea from adjustment",
                "nb": "Idé fra justering",
                "sv": "Idé från justering",
                "fi": "Idean mukautus",
            },
        ),
        DRAFT,
    ),
    prepare=prepare,
    example=_example,
    example_column="offer",
    subject=Subject.GAPS,
    plural=N_("descriptions"),
)
