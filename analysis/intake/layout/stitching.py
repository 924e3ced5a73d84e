"""Turn a table with several columns of numbers into one with a record for each: what spreadsheets call unpivoting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.intake.findings.findings import Finding
from analysis.intake.layout.labels import STAGE
from analysis.intake.sheets import TextColumn, concatenated, constant
from analysis.intake.tables import Origin, Reason, Table

NUMBER = "number"
"""Column of numbers whose stage is a row label."""


@dataclass(frozen=True)
class ValueColumn:
    """A column of numbers, and what its headers say of them: texts by field, such as a stage, a group or a period."""

    position: int
    labels: Mapping[str, str]

    @property
    def others(self) -> tuple[tuple[str, str], ...]:
        """The labels other than the stage."""
        return tuple(sorted((key, text) for key, text in self.labels.items() if key != STAGE))


def unpivoted(
    table: Table, columns: Mapping[int, TextColumn], values: Sequence[ValueColumn], headers: Mapping[int, str]
) -> Table:
    """Return the table with a record for each row and each set of labels.

    Parameters
    ----------
    table : the row labels, without the numbers.
    columns : the columns of numbers by position, with the rows of the table.
    values : what the numbers are. The stage is a key of the format.
    headers : header of each column of numbers.
    """
    pieces: dict[tuple[tuple[str, str], ...], dict[str, int]] = {}
    for one in values:
        pieces.setdefault(one.others, {})[one.labels.get(STAGE, NUMBER)] = one.position
    stages = list(dict.fromkeys(one.labels.get(STAGE, NUMBER) for one in values))
    blank = constant("", len(table.rows))
    numbers = {
        stage: [columns[piece[stage]] if stage in piece else blank for piece in pieces.values()] for stage in stages
    }
    kept = np.concatenate(
        [~np.all([numbers[stage][at].blank() for stage in stages], axis=0) for at in range(len(pieces))]
    )
    records = np.flatnonzero(kept)
    rows = np.tile(table.rows, len(pieces))[records]
    labels = {key for piece in pieces for key, _ in piece}
    made = {key: _label_column(key, list(pieces), len(table.rows)).take(records) for key in sorted(labels)}
    placed = {stage: _origin(stage, list(pieces.values()), table.rows, headers).take(records) for stage in stages}
    tiled = {
        key: replace(one, codes=np.tile(one.codes, len(pieces))).take(records) for key, one in table.columns.items()
    }
    return replace(
        table,
        columns={**tiled, **made, **{stage: concatenated(numbers[stage]).take(records) for stage in stages}},
        rows=rows,
        origins={**placed, **{key: next(iter(placed.values())) for key in made}},
    )


def _label_column(key: str, pieces: list[tuple[tuple[str, str], ...]], rows: int) -> TextColumn:
    return concatenated([constant(dict(piece).get(key, ""), rows) for piece in pieces])


def _origin(stage: str, pieces: list[dict[str, int]], rows: np.ndarray, headers: Mapping[int, str]) -> Origin:
    positions = [piece.get(stage, next(iter(piece.values()))) for piece in pieces]
    return Origin(np.tile(rows, len(pieces)), np.repeat(np.array(positions, dtype=np.int32), len(rows)), headers)


def stages_joined(table: Table, stage_of_row: Sequence[str | None]) -> tuple[Table, list[Finding]]:
    """Return a table whose rows are single stages with the stages of the same labels in one record, and the findings.

    ``stage_of_row`` is the stage of each record, None if unknown. The numbers are in the column ``number``.
    """
    findings = _unclear_stages(table, stage_of_row)
    numbers = table.columns[NUMBER]
    keys = [column.codes for key, column in table.columns.items() if key not in {STAGE, NUMBER}]
    same = np.unique(np.column_stack(keys) if keys else np.zeros((len(table.rows), 1)), axis=0, return_inverse=True)[1]
    same = same.ravel()
    stages = list(dict.fromkeys(stage for stage in stage_of_row if stage))
    first = np.unique(same, return_index=True)[1]
    order = np.argsort(first)
    kept = first[order]
    columns = {key: one.take(kept) for key, one in table.columns.items() if key not in {STAGE, NUMBER}}
    origins = {key: one.take(kept) for key, one in table.origins.items() if key not in {STAGE, NUMBER}}
    for stage in stages:
        of_stage = np.flatnonzero(np.array([one == stage for one in stage_of_row], dtype=bool))
        place = np.full(len(first), -1)
        place[same[of_stage]] = of_stage
        place = place[order]
        missing = place < 0
        columns[stage] = numbers.take(np.where(missing, 0, place)).emptied(missing)
        origins[stage] = table.origins[NUMBER].take(np.where(missing, kept, place))
    joined = np.setdiff1d(np.unique(table.rows), np.unique(table.rows[kept]))
    result = replace(table, columns=columns, origins=origins, rows=table.rows[kept])
    return result.with_left_out(joined, Reason.JOINED), findings


def _unclear_stages(table: Table, stage_of_row: Sequence[str | None]) -> list[Finding]:
    """Report rows without a known stage, and rows that repeat the stage of an earlier one with the same labels."""
    stages = np.array(["" if stage is None else stage for stage in stage_of_row])
    column = table.columns[STAGE]
    findings = []
    for code in np.unique(column.codes[stages == ""]).tolist():
        here = (column.codes == code) & (stages == "")
        findings.append(table.finding("unknown_stage", STAGE, here, column.values[code]))
    labels = {key: one.codes for key, one in table.columns.items() if key not in {STAGE, NUMBER}}
    again = pd.DataFrame({**labels, STAGE: stages}).duplicated().to_numpy() & (stages != "")
    if again.any():
        findings.append(table.finding("stage_twice", STAGE, again))
    return findings
