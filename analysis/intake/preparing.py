"""From a file as read to what would be stored: every sheet recognised, checked and typed, every fault told."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.intake.contract import EXAMPLE_OFFERS, Form
from analysis.intake.counts import prepare_counts
from analysis.intake.courses import prepare_courses
from analysis.intake.findings import Finding, Severity
from analysis.intake.known import Known
from analysis.intake.offers import check_adjusted_offers, prepare_adjustments, prepare_offers
from analysis.intake.reading import Reading
from analysis.intake.recognising import Table, is_synthetic, normalised, recognise
from analysis.intake.sheets import RawSheet
from analysis.store import Contents


@dataclass(frozen=True)
class Prepared:
    """What a file would bring, and what the checks saw. ``contents`` may be stored only where ``faultless``."""

    contents: Contents
    findings: list[Finding]
    tables: list[Table]
    synthetic: bool = False

    @property
    def faultless(self) -> bool:
        return bool(self.tables) and not any(finding.severity is Severity.ERROR for finding in self.findings)


def prepare(reading: Reading, known: Known) -> Prepared:
    """Recognise, check and type every sheet of a file that was read. Never raises for what the file holds."""
    findings = [*reading.findings, *_errors(reading.sheets)]
    if not reading.sheets:
        return Prepared(Contents(), findings, [])
    tables = []
    for sheet in reading.sheets:
        table, seen = recognise(sheet)
        findings += seen
        if table is not None:
            tables.append(table)
    if not tables and all(finding.check == "sheet_unread" for finding in findings):
        return Prepared(Contents(), [Finding("no_known_sheet")], [])
    return prepare_tables(tables, known, findings, synthetic=is_synthetic(reading.sheets))


def prepare_tables(
    tables: list[Table], known: Known, findings: list[Finding], *, synthetic: bool = False, **added: pa.Table | None
) -> Prepared:
    """Check and type tables that were recognised or mapped by hand; ``added`` goes to ``Contents`` as it is."""
    tables = [kept for table in tables if (kept := _without_examples(table, findings)) is not None]
    if not tables and not any(finding.severity is Severity.ERROR for finding in findings):
        findings.append(Finding("nothing_to_store"))
    courses, counts, offers, adjustments = [], [], [], []
    dimensions: tuple[str, ...] = ()
    for table in tables:
        match table.form:
            case Form.COURSES:
                prepared, in_table, seen = prepare_courses(table, known)
                dimensions = tuple(dict.fromkeys((*dimensions, *in_table)))
                courses.append(prepared)
            case Form.COUNTS:
                prepared, seen = prepare_counts(table, known)
                counts.append(prepared)
            case Form.OFFERS:
                prepared, seen = prepare_offers(table, known)
                offers.append(prepared)
            case Form.ADJUSTMENTS:
                prepared, seen = prepare_adjustments(table, known)
                adjustments.append((table, prepared))
        findings += seen
    joined_courses = _joined(courses)
    joined_counts = _joined(counts)
    present = _places((joined_courses, joined_counts, *offers))
    for table, prepared in adjustments:
        check_adjusted_offers(table, prepared, present | known.offers, findings)
    findings += _both_forms(joined_courses, joined_counts)
    contents = Contents(
        courses=_with_dimensions(joined_courses, dimensions),
        dimensions=dimensions,
        counts=joined_counts,
        offers=_joined(offers),
        adjustments=_joined([prepared for _, prepared in adjustments]),
        periods=_periods(joined_courses, joined_counts),
        **added,
    )
    return Prepared(contents, findings, tables, synthetic)


def _errors(sheets: list[RawSheet]) -> Iterable[Finding]:
    for sheet in sheets:
        for letters, row, error in sheet.errors:
            yield Finding("error_value", sheet.name, (row,), letters, error)


def _without_examples(table: Table, findings: list[Finding]) -> Table | None:
    """The table without the template's example rows; None where nothing else is in it."""
    column = table.columns["offer"]
    starts = tuple(normalised(word) for word in EXAMPLE_OFFERS)
    example = np.array([normalised(value).startswith(starts) for value in column.values], dtype=bool)[column.codes]
    if not example.any():
        return table
    findings.append(Finding("example_left_out", table.sheet, tuple(table.rows[example].tolist())))
    kept = np.flatnonzero(~example)
    if not len(kept):
        return None
    columns = {key: column.take(kept) for key, column in table.columns.items()}
    return Table(table.form, table.sheet, columns, table.headers, table.rows[kept], table.dropped)


def offers_in(contents: Contents) -> set[tuple[str, str]]:
    """The municipality and name of every offer that has courses or counts."""
    return _places((contents.courses, contents.counts))


def _joined(tables: list[pa.Table]) -> pa.Table | None:
    return pa.concat_tables(tables, promote_options="default") if tables else None


def _with_dimensions(courses: pa.Table | None, dimensions: tuple[str, ...]) -> pa.Table | None:
    """The dimension columns last and in one order, a course of another sheet's dimension being not stated there."""
    if courses is None:
        return None
    others = [name for name in courses.column_names if name not in dimensions]
    filled = {name: pc.fill_null(courses[name], "missing") for name in dimensions}
    return pa.table({**{name: courses[name] for name in others}, **filled})


def _places(tables: Iterable[pa.Table | None]) -> set[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for table in tables:
        if table is not None:
            distinct = table.select(["municipality", "offer"]).group_by(["municipality", "offer"]).aggregate([])
            pairs.update((row["municipality"], row["offer"]) for row in distinct.to_pylist())
    return pairs


def _both_forms(courses: pa.Table | None, counts: pa.Table | None) -> Iterable[Finding]:
    for _, offer in sorted(_places([courses]) & _places([counts]), key=str):
        yield Finding("both_forms", value=offer)


def _periods(courses: pa.Table | None, counts: pa.Table | None) -> pa.Table | None:
    parts = []
    if courses is not None:
        day = pc.coalesce(courses["invited_on"], courses["started_on"])
        start = pc.cast(pc.floor_temporal(day, unit="month"), pa.date32())
        months = courses.select(["municipality", "offer"]).append_column("period_start", start)
        months = months.group_by(["municipality", "offer", "period_start"]).aggregate([])
        end = pc.cast(
            pc.ceil_temporal(months["period_start"], unit="month", ceil_is_strictly_greater=True), pa.date32()
        )
        parts.append(months.append_column("period_end", end))
    if counts is not None:
        keys = ["municipality", "offer", "period_start", "period_end"]
        parts.append(counts.select(keys).group_by(keys).aggregate([]).select(keys))
    return _joined(parts)
