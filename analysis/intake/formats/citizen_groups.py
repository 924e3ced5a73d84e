"""Groups of citizens by their id, such as answers to a questionnaire: the sheet and the preparation of its rows."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.i18n import Wording
from analysis.intake.contract import (
    CITIZEN,
    DIMENSIONS,
    MUNICIPALITY,
    Form,
    SheetKind,
    example_mark,
    first_group,
)
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding
from analysis.intake.formats.lists import column
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing import municipality_columns
from analysis.intake.parsing.questions import LIST_OF_CITIZENS, Answers
from analysis.intake.tables import Reason, Table, normalised
from analysis.model.terms import MISSING, Subject

KEYS = ["municipality", "citizen"]


def prepare(table: Table, known: ReferenceData, findings: list[Finding], answers: Answers) -> tuple[pa.Table, Table]:
    """Prepare the groups of a sheet for ``ImportPayload``, one row for each citizen and dimension."""
    if normalised(table.sheet) not in map(normalised, CITIZEN_GROUPS.titles) and LIST_OF_CITIZENS not in answers:
        findings.append(Finding(LIST_OF_CITIZENS, table.sheet, (int(table.rows.min()) - 1,)))
    dimensions = [key for key in known.dimensions if key in table.columns]
    place = municipality_columns.municipality(known, table)
    frame = pd.DataFrame(
        {
            "sheet": table.sheet,
            "row": table.rows,
            "municipality": column(table, "municipality", place, findings, needed=True).to_pandas(),
            "citizen": column(table, "citizen", cells.as_text, findings, needed=True).to_pandas(),
            **{key: column(table, key, cells.group(known, key), findings).to_pandas() for key in dimensions},
        }
    )
    stated = frame[dimensions].replace(MISSING, None)
    unread = frame[dimensions].isna() & ~pd.DataFrame({key: table.columns[key].blank() for key in dimensions})
    silent = (stated.isna() & ~unread).all(axis=1).to_numpy()
    if silent.any():
        findings.append(table.finding("no_group_stated", "citizen", silent))
    again = _repeated(frame.assign(**stated), dimensions, table, findings) & ~silent
    rows = frame.assign(**stated)[~silent & ~again].melt(["sheet", "row", *KEYS], dimensions, "dimension", "group")
    rows = rows.dropna(subset="group").sort_values(["row", "dimension"])
    schema = pa.schema([(name, pa.int32() if name == "row" else pa.string()) for name in rows])
    left = table.without(silent, Reason.NO_GROUP)
    left = left.without(again[~silent], Reason.REPEATED)
    return pa.Table.from_pandas(rows, schema, preserve_index=False), left


def _repeated(frame: pd.DataFrame, dimensions: list[str], table: Table, findings: list[Finding]) -> np.ndarray:
    """Return a mask of the rows that repeat an earlier one. Report citizens with rows that differ."""
    ids = frame["citizen"].str.replace(" ", "").str.lower().str.replace(r"^(\d+)\.0$", r"\1", regex=True)
    written = frame["citizen"]
    frame = frame.assign(citizen=ids.str.lstrip("0"))
    is_known = frame[KEYS].notna().all(axis=1)
    again = frame.duplicated([*KEYS, *dimensions]).to_numpy() & is_known.to_numpy()
    _report_folded_ids(frame, written, table, findings)
    differing = frame[~again].duplicated(KEYS, keep=False) & is_known[~again]
    if differing.any():
        mask = np.isin(table.rows, frame.loc[differing[differing].index, "row"])
        findings.append(table.finding("citizen_twice", "citizen", mask))
    if again.any():
        findings.append(table.finding("row_twice", "citizen", again))
    return again


def _report_folded_ids(frame: pd.DataFrame, written: pd.Series, table: Table, findings: list[Finding]) -> None:
    """Report ids that differ only in what does not count, such as leading zeros."""
    rows = frame[KEYS].assign(written=written.str.strip()).dropna()
    several = rows.drop_duplicates()
    several = several[several.duplicated(KEYS, keep=False)]
    if several.empty:
        return
    first = several[(several[KEYS] == several.iloc[0][KEYS]).all(axis=1)]["written"].tolist()
    mask = rows.index.isin(rows.reset_index().merge(several[KEYS].drop_duplicates(), on=KEYS)["index"])
    found = np.zeros(len(table.rows), dtype=bool)
    found[rows.index[mask]] = True
    findings.append(table.finding("ids_folded", "citizen", found, first[0], nearest=first[1]))


def _example(wording: Wording) -> dict[str, Any]:
    groups = {column.key: first_group(column.key, wording.code) for column in DIMENSIONS}
    return {"citizen": example_mark(wording) + ": b-0001", **groups}


CITIZEN_GROUPS = SheetKind(
    form=Form.CITIZEN_GROUPS,
    order=3,
    names={
        "da": "Borgeres grupper",
        "en": "Groups of citizens",
        "nb": "Innbyggernes grupper",
        "sv": "Invånarnas grupper",
        "fi": "Asukkaiden ryhmät",
    },
    others=("Grupper", "Groups", "Ryhmät", "Borgergrupper", "Spørgeskema", "Questionnaire", "Spørreskjema", "Enkät"),
    row=N_("One row for each citizen: groups that the record system lacks. Courses with the same id get them."),
    columns=(MUNICIPALITY, CITIZEN, *DIMENSIONS),
    prepare=prepare,
    example=_example,
    example_column="citizen",
    subject=Subject.GAPS,
    plural=N_("groups of citizens"),
    by_hand=N_("The groups of one citizen"),
)
