"""Small sheets, a row a thing: where each row stands, and a column as it is understood."""

import pyarrow as pa

from analysis.intake.findings.findings import Finding
from analysis.intake.parsing import columns
from analysis.intake.tables import Table


def places(table: Table) -> dict[str, pa.Array]:
    """The sheet and the row that each of its rows comes from."""
    return {
        "sheet": pa.array([table.sheet] * len(table.rows), pa.string()),
        "row": pa.array(table.rows, pa.int32()),
    }


def column(
    table: Table,
    key: str,
    parse: columns.Parse,
    findings: list[Finding],
    *,
    needed: bool = False,
    kind: pa.DataType | None = None,
) -> pa.Array:
    """A column of the sheet as it is understood, each distinct value once; all null where the sheet lacks it."""
    kind = kind or pa.string()
    if key not in table.columns:
        return pa.nulls(len(table.rows), kind)
    meanings = columns.understand(table, key, parse, findings, needed=needed)
    return pa.array(meanings, kind).take(pa.array(table.columns[key].codes))
