"""Helper functions for sheets with one row per entry: row positions and parsed columns."""

from collections.abc import Sequence

import pyarrow as pa

from analysis.intake.findings.findings import Finding
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing import columns, date_columns, municipality_columns
from analysis.intake.tables import Table
from analysis.text.person_names import persons_in


def places(table: Table) -> dict[str, pa.Array]:
    """Return the sheet and the row number of each row."""
    return {"sheet": pa.array([table.sheet] * len(table.rows), pa.string()), "row": pa.array(table.rows, pa.int32())}


def column(
    table: Table,
    key: str,
    parse: columns.Parse,
    findings: list[Finding],
    *,
    needed: bool = False,
    kind: pa.DataType | None = None,
) -> pa.Array:
    """Parse a column of the sheet, each distinct value once; all null if the sheet lacks it."""
    kind = kind or pa.string()
    if key not in table.columns:
        return pa.nulls(len(table.rows), kind)
    meanings = columns.parse_column(table, key, parse, findings, needed=needed)
    return pa.array(meanings, kind).take(pa.array(table.columns[key].codes))


def day(table: Table, key: str, findings: list[Finding], *, needed: bool = False) -> pa.Array:
    """Parse a column of dates; all null if the sheet lacks it."""
    if key not in table.columns:
        return pa.nulls(len(table.rows), pa.date32())
    return column(table, key, date_columns.date(table, key), findings, needed=needed, kind=pa.date32())


def place_and_offer(table: Table, known: ReferenceData, findings: list[Finding]) -> dict[str, pa.Array]:
    """Return the sheet, row number, municipality and offer of each row."""
    return places(table) | {
        "municipality": column(
            table, "municipality", municipality_columns.municipality(known, table), findings, needed=True
        ),
        "offer": column(table, "offer", columns.as_text, findings, needed=True),
    }


def report_persons(table: Table, keys: Sequence[str], findings: list[Finding]) -> None:
    """Report free texts that seem to name a person, an e-mail address or a telephone number."""
    for key in keys:
        texts = table.columns.get(key)
        if texts is None:
            continue
        for code in texts.present().tolist():
            if found := persons_in(texts.values[code]):
                mask = texts.codes == code
                findings.append(table.finding("text_names_person", key, mask, ", ".join(found)))


def once(table: Table, prepared: pa.Table, keys: Sequence[str], findings: list[Finding], *, report_at: str) -> None:
    """Report rows with the same ``keys`` as an earlier row, in the column ``report_at``, unless that is not read."""
    rows = prepared.select(list(keys)).to_pandas()
    repeated = (rows.duplicated() & rows[report_at].notna()).to_numpy()
    if repeated.any():
        findings.append(table.finding("entry_twice", report_at, repeated))
