"""Counts: rows already added up by period, dimension and group, checked and typed."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.intake import cells
from analysis.intake.findings import Finding
from analysis.intake.known import Known
from analysis.intake.recognising import Table, normalised
from analysis.model import MISSING

STAGES = ("invited", "participated", "completed")


def prepare_counts(table: Table, known: Known) -> tuple[pa.Table, list[Finding]]:
    """The counts of a sheet as ``store.Contents`` wants them, with what the checks saw."""
    findings: list[Finding] = []
    place = cells.understand(table, "municipality", cells.municipality(known), findings, needed=True)
    cells.understand(table, "offer", str, findings, needed=True)
    periods = cells.understand(table, "period", cells.period, findings, needed=True)
    dimension = _dimensions(table, known, findings)
    frame = pd.DataFrame(
        {
            "sheet": table.sheet,
            "row": table.rows.astype("int32"),
            "municipality": cells.texts(table.columns["municipality"], place).to_pandas(),
            "offer": cells.texts(table.columns["offer"]).to_pandas(),
            "period_start": _period_days(table, periods, 0),
            "period_end": _period_days(table, periods, 1),
            "dimension": dimension,
            "group": _groups(table, dimension, known, findings),
        }
    )
    for stage in STAGES:
        frame[stage] = _stage(table, stage, findings)
    _check_rows(table, frame, findings)
    return _typed(frame), findings


def _dimensions(table: Table, known: Known, findings: list[Finding]) -> np.ndarray:
    names = {
        normalised(name): key
        for key, dimension in known.dimensions.items()
        for name in (key, *dimension.labels.values())
    }

    def parse(text: str) -> str:
        if normalised(text) not in names:
            raise cells.NotUnderstood("unknown_dimension", known=tuple(known.dimensions.values()))
        return names[normalised(text)]

    meanings = cells.understand(table, "dimension", parse, findings, needed=True)
    return np.array(meanings, dtype=object)[table.columns["dimension"].codes]


def _groups(table: Table, dimension: np.ndarray, known: Known, findings: list[Finding]) -> np.ndarray:
    """The groups, each understood within the dimension of its own row."""
    column = table.columns["group"]
    groups = np.array([MISSING] * len(table.rows), dtype=object)
    for key in {key for key in dimension if key is not None}:
        positions = np.flatnonzero(dimension == key)
        part = Table(table.form, table.sheet, {"group": column.take(positions)}, table.headers, table.rows[positions])
        meanings = cells.understand(part, "group", cells.group(known, key), findings)
        filled = np.array([cells.group_or_missing(meaning) for meaning in meanings], dtype=object)
        groups[positions] = filled[part.columns["group"].codes]
    return groups


def _period_days(table: Table, periods: list[Any], end: int) -> np.ndarray:
    return cells.dates(table.columns["period"], [period[end] if period else None for period in periods])


def _stage(table: Table, stage: str, findings: list[Finding]) -> pd.Series:
    if stage not in table.columns:
        findings.append(Finding("invited_unknown", table.sheet))
        return pd.Series(pd.NA, index=range(len(table.rows)), dtype="Int64")
    needed = stage != "invited"
    meanings = cells.understand(table, stage, cells.count, findings, needed=needed)
    return pd.Series(meanings, dtype="Int64").take(table.columns[stage].codes).reset_index(drop=True)


def _check_rows(table: Table, frame: pd.DataFrame, findings: list[Finding]) -> None:
    for check, more, fewer in (
        ("more_participated", "participated", "invited"),
        ("more_completed", "completed", "participated"),
    ):
        wrong = (frame[more] > frame[fewer]).fillna(value=False).to_numpy(dtype=bool)
        for position in np.flatnonzero(wrong)[: cells.MOST_VALUES]:
            row = frame.iloc[position]
            value = f"{row[more]} > {row[fewer]}"
            findings.append(Finding(check, table.sheet, (int(row["row"]),), table.header(more), value))
    key = ["municipality", "offer", "period_start", "period_end", "dimension", "group"]
    repeated = frame.duplicated(key).to_numpy() & frame[key].notna().all(axis=1).to_numpy()
    if repeated.any():
        findings.append(Finding("count_twice", table.sheet, cells.rows_where(table, repeated), table.header("group")))
    crossing = _crossing(frame)
    if crossing.any():
        findings.append(
            Finding("periods_cross", table.sheet, cells.rows_where(table, crossing), table.header("period"))
        )


def _crossing(frame: pd.DataFrame) -> np.ndarray:
    """Rows whose period overlaps another period of the same offer and dimension without being the same."""
    spans = frame[["municipality", "offer", "dimension", "period_start", "period_end"]].drop_duplicates().dropna()
    spans = spans.sort_values(["municipality", "offer", "dimension", "period_start", "period_end"])
    same = (spans[["municipality", "offer", "dimension"]] == spans[["municipality", "offer", "dimension"]].shift()).all(
        axis=1
    )
    crossing = spans[same & (spans["period_start"] < spans["period_end"].shift())]
    return frame.index.isin(crossing.index)


def _typed(frame: pd.DataFrame) -> pa.Table:
    table = pa.Table.from_pandas(frame, preserve_index=False)
    days = pa.date32()
    schema = pa.schema(
        [
            ("sheet", pa.string()),
            ("row", pa.int32()),
            ("municipality", pa.string()),
            ("offer", pa.string()),
            ("period_start", days),
            ("period_end", days),
            ("dimension", pa.string()),
            ("group", pa.string()),
            *((stage, pa.int64()) for stage in STAGES),
        ]
    )
    return table.cast(schema)
