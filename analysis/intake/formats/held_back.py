"""Counts that a source holds back: which marks mean that, and which offers and periods leave the rates with them."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.intake.findings.findings import Finding, Period
from analysis.intake.formats.count_checks import STAGES
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing.columns import MOST_VALUES, SHOWN_TOGETHER
from analysis.intake.parsing.questions import Answers
from analysis.intake.sheets import DATES, TextColumn
from analysis.intake.tables import COUNTED, RUNNING, Reason, Table, cleaned
from analysis.intake.values import numbers
from analysis.model.terms import Dimension, Stage
from analysis.store import HELD_BACK

MARK = "suppressed_mark"
SPAN = ["municipality", "offer", "period_start", "period_end"]
EMPTY = "[ ]"
"""How a finding shows an empty cell."""
MOST_PERIODS = 6
"""Maximum number of periods that a finding names. Neighbouring periods are one."""


def without_marks(table: Table, findings: list[Finding], answers: Answers) -> tuple[Table, np.ndarray]:
    """Replace marks that mean none by 0. Return the table, and a mask of the rows with a count that is held back.

    A dash, a full stop, NA or an empty cell can mean either. A number above 0 of a later stage in the row shows that
    the mark replaces a number. Otherwise the user is asked, once for the file.
    """
    columns = {str(stage): table.columns[stage] for stage in COUNTED if stage in table.columns}

    def is_held_back(text: str) -> bool:
        return text in table.no_counts or numbers.is_suppressed(text)

    are_marks = (is_held_back, numbers.may_be_suppressed)
    has_marks = any(_codes(column, is_mark) for column in columns.values() for is_mark in are_marks)
    proven = _proven(table, columns)
    hidden, asked = (np.zeros(len(table.rows), dtype=bool) for _ in range(2))
    changed = dict(table.columns)
    for stage, column in columns.items():
        marks = _codes(column, is_held_back)
        unclear = _codes(column, numbers.may_be_suppressed)
        unclear += _blanks(column) if has_marks and stage not in {Stage.INVITED, RUNNING} else []
        open_codes = [code for code in unclear if cleaned(column.values[code]) not in proven]
        zeros = [code for code in open_codes if _is_zero(cleaned(column.values[code]), answers.get(MARK))]
        marks += [code for code in unclear if code not in open_codes or (MARK in answers and code not in zeros)]
        if open_codes and MARK not in answers:
            asked |= _report(table, stage, column, MARK, open_codes, findings)
        hidden |= _report(table, stage, column, "hidden_count", marks, findings)
        changed[stage] = _with_zeros(column, zeros)
    return replace(table, columns=changed), hidden | asked


def _codes(column: TextColumn, is_mark: Callable[[str], bool]) -> list[int]:
    texts = {code: cleaned(column.values[code]) for code in column.row_counts() if column.kind(code) not in DATES}
    return [code for code, text in texts.items() if is_mark(text)]


def _blanks(column: TextColumn) -> list[int]:
    return [code for code in column.row_counts() if not cleaned(column.values[code])]


def _is_zero(mark: str, answer: str | None) -> bool:
    return answer == "zero" or (answer == "dash_zero" and numbers.is_dash(mark))


def _proven(table: Table, columns: dict[str, TextColumn]) -> set[str]:
    """Return the marks that stand in a row with a number above 0 of a later stage: they cannot mean none."""
    found: set[str] = set()
    for stage, column in columns.items():
        later = np.zeros(len(table.rows), dtype=bool)
        for other, numbers_of in columns.items():
            if _comes_later(other, stage):
                later |= _above_zero(numbers_of)
        found |= {cleaned(column.values[code]) for code in np.unique(column.codes[later]).tolist()}
    return found


def _comes_later(stage: str, than: str) -> bool:
    return stage in STAGES and than in STAGES and STAGES.index(Stage(stage)) > STAGES.index(Stage(than))


def _above_zero(column: TextColumn) -> np.ndarray:
    texts = (cleaned(value) for value in column.values)
    return np.array([text.isdecimal() and text.strip("0") != "" for text in texts], dtype=bool)[column.codes]


def _with_zeros(column: TextColumn, codes: list[int]) -> TextColumn:
    rows = np.flatnonzero(np.isin(column.codes, codes)).tolist() if codes else []
    return column.with_cells(dict.fromkeys(rows, "0"))


def _report(
    table: Table, stage: str, column: TextColumn, check: str, codes: list[int], findings: list[Finding]
) -> np.ndarray:
    """Report all marks of a column together. Return a mask of their rows."""
    mask = np.isin(column.codes, codes)
    if mask.any():
        texts = dict.fromkeys(cleaned(column.values[code]) or EMPTY for code in codes)
        findings.append(table.finding(check, stage, mask, ", ".join(list(texts)[:SHOWN_TOGETHER])))
    return mask


def with_held_back(
    table: Table,
    fixed: pd.DataFrame,
    dimensions: list[np.ndarray],
    hidden: np.ndarray,
    known: ReferenceData,
    findings: list[Finding],
) -> Table:
    """Leave the hidden rows out; record and report which offers and periods leave the rates of a dimension with them.

    ``fixed`` has the columns of ``SPAN`` for every row. A row of several ``dimensions`` leaves all of them.
    """
    if not hidden.any():
        return table
    spans = pd.concat([fixed.assign(dimension=dimension) for dimension in dimensions], ignore_index=True)
    is_hidden = np.tile(hidden, len(dimensions))
    key = [*SPAN, "dimension"]
    held_back = spans.loc[is_hidden, key].dropna().drop_duplicates()
    others = spans.loc[~is_hidden, [*key, "row"]].merge(held_back, on=key)
    _report_offers(table, held_back, others, known, findings)
    stored = pa.Table.from_pandas(held_back.astype(dict.fromkeys(SPAN[2:], "datetime64[s]")), preserve_index=False)
    return replace(table.without(hidden, Reason.HIDDEN), held_back=stored.cast(HELD_BACK))


def _report_offers(
    table: Table, held_back: pd.DataFrame, others: pd.DataFrame, known: ReferenceData, findings: list[Finding]
) -> None:
    """Report each offer, its periods, and the rows of other groups that leave with it."""
    by = ["municipality", "offer", "dimension"]
    leaving = {key: rows["row"].tolist() for key, rows in others.groupby(by)}
    offers = [(key, spans) for key, spans in held_back.groupby(by, sort=False)]
    for (_, offer, dimension), spans in offers[: MOST_VALUES - 1]:
        rows = leaving.pop((_, offer, dimension), [])
        findings.append(_of_offer(table, offer, spans, known.dimensions[dimension], rows))
    if rest := offers[MOST_VALUES - 1 :]:
        names = list(dict.fromkeys(offer for (_, offer, _), _ in rest))
        value = ", ".join(names[:SHOWN_TOGETHER]) + ("…" if len(names) > SHOWN_TOGETHER else "")
        rows = [row for of_offer in leaving.values() for row in of_offer]
        spans = pd.concat([spans for _, spans in rest])
        findings.append(_of_offer(table, value, spans, known.dimensions[rest[0][0][2]], rows))


def _of_offer(table: Table, offer: str, spans: pd.DataFrame, dimension: Dimension, rows: list[int]) -> Finding:
    periods = _joined(spans)
    named = (*periods[:MOST_PERIODS], *(["…"] if len(periods) > MOST_PERIODS else []))
    values = {"periods": named, "dimension": dimension, "number": len(rows)}
    return Finding("held_back", table.sheet, tuple(sorted(rows)), value=offer, values=values)


def _joined(spans: pd.DataFrame) -> list[Period]:
    """Return the periods in order, neighbouring ones as one."""
    found: list[Period] = []
    for start, end in sorted(set(zip(spans["period_start"].dt.date, spans["period_end"].dt.date, strict=True))):
        if found and found[-1].end >= start:
            found[-1] = Period(found[-1].start, max(end, found[-1].end))
        else:
            found.append(Period(start, end))
    return found
