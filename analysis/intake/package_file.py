"""Read a package of another installation. Its form is fixed, so nothing about it is guessed."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.intake.contract import Form
from analysis.intake.findings.findings import Finding, blocks
from analysis.intake.fix.additions import ADDED_GROUPS
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.read_file import Reading
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import Table
from analysis.intake.validate.covered_periods import covered_periods
from analysis.intake.validate.prepared import Prepared
from analysis.model import package
from analysis.model.package import ADJUSTMENTS, COLUMNS, COUNTS, EXACT, GROUPS, NO, OFFERS, YES
from analysis.model.terms import MISSING
from analysis.store import ImportPayload, Package, counts_of

FORMS = {COUNTS: Form.COUNTS, OFFERS: Form.OFFERS, ADJUSTMENTS: Form.ADJUSTMENTS}
BOOLEANS = {"finished", "knows_completion", "citizens_involved", "staff_involved", "ordered"}
DAYS = {"period_start", "period_end", "adjusted_on", "ended_on"}
NUMBERS = {"invited", "participated", "completed", "follow_up_days", "rank"}
NEEDED = {
    COUNTS: set(COLUMNS[COUNTS]) - {"invited"},
    OFFERS: {"municipality", "offer"},
    ADJUSTMENTS: {"municipality", "offer", "adjusted_on", "title", "aim"},
    GROUPS: {"dimension", "ordered", "group"},
}
"""Columns without empty cells."""
STAGES = ("invited", "participated", "completed")
AHEAD = dt.timedelta(days=1)
"""How far ahead the clock of another installation may be."""
PACKAGE_NOTES = {"package", "package_rounded"}
"""Checks that say where a package comes from."""
Cells = list[list[str]]


def is_without_manifest(sheet: RawSheet) -> bool:
    """Return whether a sheet has the headers of the counts of a package."""
    return sheet.rows > 0 and tuple(map(package.canonical, sheet.row(0)))[: len(COLUMNS[COUNTS])] == COLUMNS[COUNTS]


def manifest_of(reading: Reading) -> Mapping[str, str] | None:
    """Return the manifest of a package; None for any other file."""
    if not reading.sheets or reading.sheets[0].name != package.MANIFEST:
        return None
    rows = [row for row in _cells(reading.sheets[0]) if len(row) > 1]
    is_package = rows and rows[0][0] == "form" and rows[0][1].startswith(package.FORM.rsplit(" ", 1)[0])
    return {name: text for name, text, *_ in rows} if is_package else None


def prepare_package(reading: Reading, manifest: Mapping[str, str], known: ReferenceData) -> Prepared:
    """Check and type the sheets of a package."""
    if manifest["form"] != package.FORM:
        return Prepared(ImportPayload(), [*reading.findings, Finding("package_version")], [])
    first, *others = reading.sheets
    sheets = {sheet.name: sheet for sheet in others}
    changed = [
        Finding("package_changed", name)
        for name in dict.fromkeys([*COLUMNS, *sheets])
        if name not in sheets or package.digest(_cells(sheets[name])) != manifest.get(f"digest {name}")
    ]
    if package.manifest_digest(_cells(first)) != manifest.get(package.OF_MANIFEST):
        changed.append(Finding("package_changed", package.MANIFEST))
    if changed or blocks(reading.findings):
        return Prepared(ImportPayload(), [*reading.findings, *changed], [])
    try:
        contents = _contents(sheets, manifest, known)
        last_day = dt.date.fromisoformat(manifest["last day"])
        is_synthetic = {YES: True, NO: False}[manifest["synthetic"]]
    except (ValueError, KeyError, OverflowError, pa.ArrowException):
        return Prepared(ImportPayload(), [*reading.findings, Finding("package_unreadable")], [])
    tables = [_table(sheets[name], form) for name, form in FORMS.items() if sheets[name].rows > 1]
    said = _said(contents.package)
    counts = counts_of(contents)
    findings = [*reading.findings, said]
    return Prepared(contents, findings, tables, is_synthetic, counts, tuple(tables), last_day)


def _contents(sheets: Mapping[str, RawSheet], manifest: Mapping[str, str], known: ReferenceData) -> ImportPayload:
    """Return the payload. Raise ``ValueError`` and others where it has what no program wrote."""
    of_sheet = {name: _typed(sheets[name], name) for name in COLUMNS}
    groups = of_sheet[GROUPS]
    counts = of_sheet[COUNTS]
    _must_be_counts(counts, groups, known)
    places = sorted(set(counts["municipality"].to_pylist()) - set(known.municipalities.values()))
    new_groups = [
        row
        for row in groups.select(ADDED_GROUPS.names).to_pylist()
        if row["dimension"] not in known.dimensions
        or row["group"] not in {one.key for one in known.dimensions[row["dimension"]].groups}
    ]
    stages = ["sheet", "row", *COLUMNS[COUNTS][:9]]
    keys = ["municipality", "offer", "period_start", "knows_completion"]
    unfinished = counts.filter(pc.invert(counts["finished"])).group_by(keys).aggregate([]).select(keys)
    offers = of_sheet[OFFERS]
    none_runs = pa.array([0] * len(counts), pa.int64())  # What runs is in the periods that are unfinished.
    return ImportPayload(
        counts=counts.select(stages).append_column("running", none_runs),
        offers=offers.append_column("new_name", pa.nulls(len(offers), pa.string())) if len(offers) else None,
        adjustments=of_sheet[ADJUSTMENTS] if len(of_sheet[ADJUSTMENTS]) else None,
        added_groups=pa.Table.from_pylist(new_groups, ADDED_GROUPS) if new_groups else None,
        places=pa.table({"municipality": places}) if places else None,
        periods=covered_periods(None, counts),
        unfinished=unfinished,
        package=_package(manifest, counts),
    )


def _said(made: Package | None) -> Finding:
    """Return the note on where the package comes from."""
    assert made is not None
    values = {"moment": made.made_at, "base": made.rounding_base}
    check = "package" if made.rounding_base is None else "package_rounded"
    return Finding(check, value=made.origin_name, values=values)


def _package(manifest: Mapping[str, str], counts: pa.Table) -> Package:
    """Return where the package comes from. Raise ``ValueError`` if that cannot be."""
    made = Package(
        origin=_needed(manifest, "origin"),
        origin_name=_needed(manifest, "municipalities"),
        made_at=dt.datetime.fromisoformat(manifest["made at"]),
        rounding_base=None if manifest["multiples of"] == EXACT else int(manifest["multiples of"]),
    )
    if made.made_at.tzinfo is not None or made.made_at > dt.datetime.now() + AHEAD:
        raise ValueError(manifest["made at"])
    if (made.rounding_base is None) != (manifest["synthetic"] == YES):
        raise ValueError(manifest["multiples of"])
    base = 1 if made.rounding_base is None else made.rounding_base
    if base < 1 or any(number % base for stage in STAGES for number in counts[stage].to_pylist() if number):
        raise ValueError(manifest["multiples of"])
    return made


def _needed(manifest: Mapping[str, str], name: str) -> str:
    if not manifest[name]:
        raise ValueError(name)
    return manifest[name]


def _must_be_counts(counts: pa.Table, groups: pa.Table, known: ReferenceData) -> None:
    """Raise ``ValueError`` for stages or periods that cannot be, or groups that nobody knows."""
    named = set(zip(groups["dimension"].to_pylist(), groups["group"].to_pylist(), strict=True))
    named |= {(key, group.key) for key, one in known.dimensions.items() for group in one.groups}
    used = set(zip(counts["dimension"].to_pylist(), counts["group"].to_pylist(), strict=True))
    dimensions = {dimension for dimension, _ in named}
    if any(one not in named and (one[1] != MISSING or one[0] not in dimensions) for one in used):
        raise ValueError("groups")
    invited = pc.coalesce(counts["invited"], counts["participated"])
    order = (
        (pa.scalar(0), counts["completed"]),
        (counts["completed"], counts["participated"]),
        (counts["participated"], invited),
        (counts["period_start"], counts["period_end"]),
    )
    if not len(counts) or not all(pc.all(pc.less_equal(less, more)).as_py() for less, more in order):
        raise ValueError("stages")


def _typed(sheet: RawSheet, name: str) -> pa.Table:
    """Return the rows of a sheet with the types of its columns. Raise ``ValueError`` where a cell has another."""
    headers, *rows = _cells(sheet)
    if headers[: len(COLUMNS[name])] != list(COLUMNS[name]):
        raise ValueError(name)
    columns = {"sheet": pa.array([name] * len(rows), pa.string()), "row": pa.array(range(2, len(rows) + 2), pa.int32())}
    for at, column in enumerate(COLUMNS[name]):
        columns[column] = _column([row[at] or None for row in rows], column)
        if column in NEEDED[name] and columns[column].null_count:
            raise ValueError(column)
    return pa.table(columns)


def _column(texts: list[str | None], name: str) -> pa.Array:
    if name in BOOLEANS:
        return pa.array([None if text is None else {YES: True, NO: False}[text] for text in texts], pa.bool_())
    if name in DAYS:
        return pa.array([None if text is None else dt.date.fromisoformat(text) for text in texts], pa.date32())
    if name in NUMBERS:
        kind = pa.int64() if name in {"invited", "participated", "completed"} else pa.int32()
        return pa.array([None if text is None else int(text) for text in texts], kind)
    return pa.array(texts, pa.string())


def _cells(sheet: RawSheet) -> Cells:
    """Return the texts of the cells, row by row."""
    columns = [[package.canonical(value) for value in column.values] for column in sheet.columns]
    codes = [column.codes.tolist() for column in sheet.columns]
    return [[values[of_row[row]] for values, of_row in zip(columns, codes, strict=True)] for row in range(sheet.rows)]


def _table(sheet: RawSheet, form: Form) -> Table:
    """Return the rows of a sheet as a table of the format, for the account of every row."""
    below = np.arange(1, sheet.rows)
    columns = {key: sheet.columns[at].take(below) for at, key in enumerate(COLUMNS[sheet.name])}
    headers = {key: key for key in columns}
    return Table(form, sheet.name, columns, headers, below + 1, rows_in_file=len(below))
