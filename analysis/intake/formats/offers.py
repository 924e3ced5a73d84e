"""Offers: the definition of each, and its criterion for completion."""

from typing import Any

import pyarrow as pa

from analysis.i18n import Wording
from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import EXAMPLE_DAY, MUNICIPALITY, OFFER, Column, Form, Holds, SheetKind
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding
from analysis.intake.formats.lists import column, day, place_and_offer
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing.questions import Answers
from analysis.intake.tables import Table
from analysis.model.terms import Subject


def prepare(table: Table, known: ReferenceData, findings: list[Finding], answers: Answers) -> tuple[pa.Table, Table]:
    """Prepare the offers of a sheet for ``ImportPayload``."""
    columns = place_and_offer(table, known, findings)
    columns["kind"] = column(table, "kind", cells.word("kind"), findings)
    columns["theme"] = column(table, "theme", cells.as_text, findings)
    columns["completion_rule"] = column(table, "completion_rule", cells.as_text, findings)
    columns["follow_up_days"] = column(
        table, "follow_up_days", cells.count(table.separators), findings, kind=pa.int32()
    )
    columns["new_name"] = column(table, "new_name", cells.as_text, findings)
    columns["ended_on"] = day(table, "ended_on", findings)
    columns["taken_out"] = column(table, "taken_out", cells.yes_no, findings, kind=pa.bool_())
    return pa.table(columns), table


def with_rules(courses: pa.Table, rule: str) -> pa.Table:
    """Return the offers of these courses with the rule by which their courses are complete."""
    first = courses.select(["sheet", "row", "municipality", "offer"]).group_by(["sheet", "municipality", "offer"])
    found = first.aggregate([("row", "min")]).rename_columns(["sheet", "municipality", "offer", "row"])
    missing = {key: pa.string() for key in ("kind", "theme", "completion_rule", "new_name")}
    missing |= {"follow_up_days": pa.int32(), "ended_on": pa.date32()}
    columns = {name: found[name] for name in ("sheet", "row", "municipality", "offer")}
    columns |= {name: pa.nulls(len(found), kind) for name, kind in missing.items()}
    return pa.table({**columns, "completion_rule": pa.array([rule] * len(found), pa.string())})


def _example(wording: Wording) -> dict[str, Any]:
    return {
        "kind": word_in("kind", "health", wording.code),
        "theme": wording.text("Smoking"),
        "completion_rule": wording.text("At least 75 per cent of the meetings"),
        "follow_up_days": 90,
        "new_name": wording.text("Stop smoking together"),
        "ended_on": EXAMPLE_DAY,
    }


OFFERS = SheetKind(
    form=Form.OFFERS,
    order=4,
    names={"da": "Tilbud", "en": "Offers", "nb": "Tilbud", "sv": "Insatser", "fi": "Palvelut"},
    row=N_("One row for each offer, and what counts as completed in it."),
    columns=(
        MUNICIPALITY,
        OFFER,
        Column(
            "kind",
            {"da": "Type", "en": "Kind", "nb": "Type", "sv": "Typ", "fi": "Tyyppi"},
            others=("Art",),
            guidance=N_("A health offer or a social offer."),
            words="kind",
        ),
        Column(
            "theme",
            {"da": "Tema", "en": "Theme", "nb": "Tema", "sv": "Tema", "fi": "Aihe"},
            others=("Emne", "Ämne"),
            guidance=N_("What it is about, for example smoking or diabetes."),
        ),
        Column(
            "completion_rule",
            {
                "da": "Gennemførelsesregel",
                "en": "Completion rule",
                "nb": "Gjennomføringsregel",
                "sv": "Regel för fullföljande",
                "fi": "Loppuun suorittamisen sääntö",
            },
            others=("Regel for gennemførelse", "Regel for gjennomføring"),
            guidance=N_("What counts as completed, for example 75 per cent of meetings."),
        ),
        Column(
            "follow_up_days",
            {
                "da": "Forløbstid (dage)",
                "en": "Follow-up time (days)",
                "nb": "Forløpstid (dager)",
                "sv": "Insatstid (dagar)",
                "fi": "Jakson kesto (päivää)",
            },
            others=("Forløbstid", "Opfølgningstid", "Follow-up time", "Forløpstid", "Insatstid", "Uppföljningstid"),
            guidance=N_("Days from the invitation until a course has had time to be completed. Measured if empty."),
            holds=Holds.COUNT,
        ),
        Column(
            "new_name",
            {"da": "Nyt navn", "en": "New name", "nb": "Nytt navn", "sv": "Nytt namn", "fi": "Uusi nimi"},
            others=("Hedder nu", "Now called", "Heter nå", "Heter nu"),
            guidance=N_("What the offer is called now. Offers of a municipality with the same new name are one offer."),
        ),
        Column(
            "ended_on",
            {"da": "Ophørt", "en": "Ended", "nb": "Avsluttet", "sv": "Upphörde", "fi": "Päättynyt"},
            others=("Nedlagt", "Closed", "Nedlagt den", "Ophørt den"),
            guidance=N_("The day from which the offer is no longer there, if it has ended."),
            holds=Holds.DATE,
        ),
        Column(
            "taken_out",
            {"da": "Taget ud", "en": "Taken out", "nb": "Tatt ut", "sv": "Utesluten", "fi": "Jätetty pois"},
            guidance=N_("Yes, if no page is to count the offer; no, if it counts again."),
            words="yes_no",
        ),
    ),
    prepare=prepare,
    example=_example,
    example_column="offer",
    subject=Subject.GAPS,
    plural=N_("offers"),
)
