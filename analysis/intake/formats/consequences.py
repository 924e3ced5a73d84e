"""What the understanding of inequality of a municipality means for carrying out its actions."""

from typing import Any

import pyarrow as pa

from analysis.i18n import Wording
from analysis.intake.contract import EXAMPLE_DAY, MUNICIPALITY, Column, Form, Holds, SheetKind, example_mark
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding
from analysis.intake.formats.lists import column, day, once, places, report_persons
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing import municipality_columns
from analysis.intake.parsing.questions import Answers
from analysis.intake.tables import Table
from analysis.model.terms import Subject


def prepare(table: Table, known: ReferenceData, findings: list[Finding], answers: Answers) -> tuple[pa.Table, Table]:
    """Prepare the rows of the sheet for ``ImportPayload``."""
    municipality = municipality_columns.municipality(known, table)
    columns = places(table) | {
        "municipality": column(table, "municipality", municipality, findings, needed=True),
        "written_on": day(table, "written_on", findings, needed=True),
        "consequence": column(table, "consequence", cells.as_text, findings, needed=True),
    }
    report_persons(table, ("consequence",), findings)
    prepared = pa.table(columns)
    once(table, prepared, ("municipality", "written_on"), findings, report_at="written_on")
    return prepared, table


def _example(wording: Wording) -> dict[str, Any]:
    said = wording.text("We look at one group, and not yet at how health differs between all of them.")
    return {"written_on": EXAMPLE_DAY, "consequence": f"{example_mark(wording)}: {said}"}


CONSEQUENCES = SheetKind(
    form=Form.CONSEQUENCES,
    order=10,
    names={"da": "Betydning", "en": "What it means", "nb": "Betydning", "sv": "Betydelse", "fi": "Merkitys"},
    row=N_("One row for each municipality. The newest counts."),
    columns=(
        MUNICIPALITY,
        Column(
            "written_on",
            {"da": "Skrevet", "en": "Written", "nb": "Skrevet", "sv": "Skrivet", "fi": "Kirjoitettu"},
            others=("Dato", "Date", "Datum", "Päivämäärä"),
            needed=True,
            guidance=N_("The date of the text."),
            holds=Holds.DATE,
        ),
        Column(
            "consequence",
            {
                "da": "Betydning for indsatserne",
                "en": "What it means for the actions",
                "nb": "Betydning for tiltakene",
                "sv": "Betydelse för åtgärderna",
                "fi": "Merkitys toimenpiteille",
            },
            needed=True,
            guidance=N_("What the understanding of inequality means for carrying out the actions."),
        ),
    ),
    prepare=prepare,
    example=_example,
    example_column="consequence",
    subject=Subject.THEME_DAYS,
    plural=N_("texts on what an understanding means"),
)
