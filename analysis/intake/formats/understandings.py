"""Understandings of inequality before and after a theme day."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from analysis.i18n import Wording
from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import (
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
from analysis.model.terms import Subject, Understanding

WEIGHTS = tuple(str(understanding) for understanding in Understanding)
ONCE = ("municipality", "held_on", "asked", "holder", "table")
"""Key columns of a row."""


def prepare(table: Table, known: ReferenceData, findings: list[Finding], answers: Answers) -> tuple[pa.Table, Table]:
    """Prepare the rows of the sheet for ``ImportPayload``."""
    prepared = pa.table(places(table) | _columns(table, known, findings))
    once(table, prepared, ONCE, findings, report_at="holder")
    return prepared, table


def _columns(table: Table, known: ReferenceData, findings: list[Finding]) -> dict[str, pa.Array]:
    found = {
        "municipality": column(table, "municipality", municipality_columns.municipality(known), findings, needed=True),
        "held_on": day(table, "held_on", findings, needed=True),
        "asked": column(table, "asked", cells.word("asked"), findings, needed=True),
        "holder": column(table, "holder", cells.word("holder"), findings, needed=True),
        "table": column(table, "table", cells.as_text, findings),
    }
    weights = {key: column(table, key, cells.weight, findings, kind=pa.float64()) for key in WEIGHTS}
    filled = [pc.fill_null(weight, 0.0) for weight in weights.values()]
    nothing = pc.equal(pc.add(pc.add(filled[0], filled[1]), filled[2]), 0.0).to_numpy(zero_copy_only=False)
    if nothing.any():
        findings.append(table.finding("no_votes", WEIGHTS[0], nothing))
    return found | dict(zip(WEIGHTS, filled, strict=True))


def _example(wording: Wording) -> dict[str, Any]:
    return {
        "held_on": EXAMPLE_DAY,
        "asked": word_in("asked", "before", wording.code),
        "holder": word_in("holder", "politicians", wording.code),
        "table": f"{example_mark(wording)}: 1",
        "disadvantaged": 5,
        "gap": 3,
        "gradient": 2,
    }


UNDERSTANDINGS = SheetKind(
    form=Form.UNDERSTANDINGS,
    order=9,
    names={"da": "Forståelser", "en": "Understandings", "nb": "Forståelser", "sv": "Förståelser", "fi": "Käsitykset"},
    row=N_("One row for each municipality, or table, that was asked."),
    columns=(
        MUNICIPALITY,
        HELD_ON,
        Column(
            "asked",
            {"da": "Spurgt", "en": "Asked", "nb": "Spurt", "sv": "Frågat", "fi": "Kysytty"},
            others=("Hvornår", "When", "När", "Når"),
            needed=True,
            guidance=N_("Before or after the theme day."),
            words="asked",
        ),
        Column(
            "holder",
            {
                "da": "Hvis forståelse",
                "en": "Whose understanding",
                "nb": "Hvem sin forståelse",
                "sv": "Vems förståelse",
                "fi": "Kenen käsitys",
            },
            others=("Hvem", "Whose", "Vems", "Kenen"),
            needed=True,
            guidance=N_("Politicians, administration, or practitioners."),
            words="holder",
        ),
        TABLE,
        Column(
            "disadvantaged",
            {
                "da": "Udsatte grupper",
                "en": "Disadvantaged groups",
                "nb": "Utsatte grupper",
                "sv": "Utsatta grupper",
                "fi": "Haavoittuvat ryhmät",
            },
            needed=True,
            guidance=N_("Votes, or a share in per cent. Together with the other two they make up the whole."),
            holds=Holds.NUMBER,
        ),
        Column(
            "gap",
            {"da": "Kløft", "en": "Gap", "nb": "Kløft", "sv": "Klyfta", "fi": "Kuilu"},
            needed=True,
            guidance=N_("Votes, or a share in per cent. Together with the other two they make up the whole."),
            holds=Holds.NUMBER,
        ),
        Column(
            "gradient",
            {"da": "Gradient", "en": "Gradient", "nb": "Gradient", "sv": "Gradient", "fi": "Gradientti"},
            needed=True,
            guidance=N_("Votes, or a share in per cent. Together with the other two they make up the whole."),
            holds=Holds.NUMBER,
        ),
    ),
    prepare=prepare,
    example=_example,
    example_column="table",
    subject=Subject.THEME_DAYS,
    plural=N_("understandings"),
    by_hand=N_("An understanding"),
)
