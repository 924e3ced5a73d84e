"""Validate a file: recognise, check and type every sheet, report all findings, and prepare the import payload."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.config import Settings
from analysis.intake.across import counts_once, courses_once
from analysis.intake.contract import EXAMPLES, KINDS, Form, theme_day_forms
from analysis.intake.detect import personal_data
from analysis.intake.detect.detection import is_synthetic, recognise
from analysis.intake.findings.findings import Finding, blocks
from analysis.intake.fix.corrections import Corrections, corrected, with_groups, without_rank
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing.questions import Answers
from analysis.intake.read_file import Reading
from analysis.intake.sheets import RawSheet, letters
from analysis.intake.tables import LeftOut, Reason, Table, normalised, with_date_order
from analysis.intake.validate.broken_cells import broken_cells, report_once
from analysis.intake.validate.follow_up import check_follow_up
from analysis.intake.validate.offer_names import (
    check_adjusted_offers,
    check_offer_names,
    offers_alike,
    with_one_spelling,
)
from analysis.intake.validate.series import check_series
from analysis.intake.validate.theme_day_names import check_names
from analysis.model.languages import in_every_language
from analysis.model.terms import MISSING
from analysis.store import ImportPayload, counts_of

NOT_KEPT = {
    *("personal_column", "no_cpr_column", "no_cpr_ids", "long_number_elsewhere"),
    *("embedded_file", "unsearched_part", "macros"),
}
"""Findings that prevent storing of the original file, independently of its rows."""
ADDED_GROUPS = pa.schema(
    [("dimension", pa.string()), ("ordered", pa.bool_()), ("group", pa.string()), ("rank", pa.int32())]
)


@dataclass(frozen=True)
class Prepared:
    """The import payload of a file and the findings. ``contents`` may be stored only if ``faultless``.

    ``counts`` are the contents as a table of counts. ``tables`` contain the rows to be stored.
    """

    contents: ImportPayload
    findings: list[Finding]
    tables: list[Table]
    synthetic: bool = False
    counts: pa.Table | None = None

    @property
    def faultless(self) -> bool:
        return bool(self.tables) and not blocks(self.findings)

    @property
    def left_out(self) -> list[LeftOut]:
        """Omitted rows of the tables, with the reason."""
        return [one for table in self.tables for one in table.left_out]

    @property
    def personal(self) -> bool:
        """Whether the file contains, or may contain, personal data, so that the original file must not be stored."""
        return any(finding.check in NOT_KEPT for finding in self.findings)


def prepare(reading: Reading, known: ReferenceData, corrections: Corrections | None = None) -> Prepared:
    """Recognise, check and type every sheet of a file. Problems become findings, never exceptions."""
    corrections = corrections or Corrections()
    reading, known = corrected(reading, corrections), with_groups(known, corrections.groups)
    if not reading.sheets:
        no_sheet = [] if blocks(reading.findings) else [Finding("no_known_sheet")]
        return Prepared(ImportPayload(), [*reading.findings, *no_sheet], [])
    findings: list[Finding] = []
    tables = []
    for sheet in reading.sheets:
        table, seen = recognise(sheet, known)
        findings += seen
        if table is not None:
            tables.append(table)
    if not tables and all(finding.check == "sheet_unread" for finding in findings):
        return Prepared(ImportPayload(), [*reading.findings, Finding("no_known_sheet")], [])
    for key in dict.fromkeys(group.dimension for group in corrections.groups):
        groups = [(group.group, group.rank) for group in corrections.groups if group.dimension == key]
        findings += without_rank("", key, groups, ordered=known.dimensions[key].ordered, new=False)
    added = added_groups(corrections, known)
    return prepare_tables(tables, reading, known, findings, corrections.answers, added_groups=added)


def added_groups(corrections: Corrections, known: ReferenceData) -> pa.Table | None:
    """Return the user's groups in the form of ``ImportPayload``."""
    rows = [
        {
            "dimension": one.dimension,
            "ordered": known.dimensions[one.dimension].ordered,
            "group": one.group,
            "rank": one.rank,
        }
        for one in corrections.groups
    ]
    return pa.Table.from_pylist(rows, ADDED_GROUPS) if rows else None


def prepare_tables(
    tables: list[Table],
    reading: Reading,
    known: ReferenceData,
    findings: list[Finding],
    answers: Answers,
    **added: pa.Table | None,
) -> Prepared:
    """Check and type recognised or manually mapped tables; ``added`` is passed to ``ImportPayload`` unchanged."""
    findings = [*reading.findings, *findings]
    broken: list[Finding] = []
    for sheet in reading.sheets:
        of_sheet = [table for table in tables if table.sheet == sheet.name]
        if of_sheet:
            broken += broken_cells(sheet, of_sheet)
        else:
            findings += _personal_columns(sheet)
    findings += broken
    tables = [_without_examples(table, findings) for table in tables]
    filled = with_date_order((table for table in tables if len(table.rows)), answers)
    filled = with_one_spelling(filled, known, findings)
    if not filled and not blocks(findings):
        findings.append(Finding("nothing_to_store"))
    by_form: dict[str, list[tuple[Table, pa.Table]]] = {form: [] for form in KINDS}
    for table in filled:
        prepared, left = KINDS[table.form].prepare(table, known, findings, answers)
        by_form[table.form].append((left, prepared))
    by_form[Form.COURSES] = courses_once(by_form[Form.COURSES], answers, findings)
    by_form[Form.COUNTS] = counts_once(by_form[Form.COUNTS], answers, findings)
    in_courses = [table.columns for table, _ in by_form[Form.COURSES]]
    dimensions = tuple(dict.fromkeys(key for columns in in_courses for key in known.dimensions if key in columns))
    sheets = [table.sheet for table in filled]
    done = [table for prepared in by_form.values() for table, _ in prepared]
    done.sort(key=lambda table: sheets.index(table.sheet))
    joined_courses = _with_dimensions(_joined(by_form[Form.COURSES]), dimensions)
    joined_counts = _joined(by_form[Form.COUNTS])
    present = _places((joined_courses, joined_counts, _joined(by_form[Form.OFFERS])))
    for table, prepared in by_form[Form.ADJUSTMENTS]:
        check_adjusted_offers(table, prepared, present | known.offers, findings)
    for table, prepared in by_form[Form.OFFERS]:
        check_follow_up(table, prepared, joined_courses, findings)
    of_theme_days = [one for form in theme_day_forms() for one in by_form[form]]
    check_names(sorted(of_theme_days, key=lambda one: sheets.index(one[0].sheet)), known, findings)
    findings += check_offer_names("", _places((joined_courses, joined_counts)), known.offers)
    findings += offers_alike(_places((joined_courses, joined_counts)))
    findings += _both_forms(joined_courses, joined_counts)
    payload: dict[str, list[tuple[Table, pa.Table]]] = {}
    for form, of_form in by_form.items():
        payload.setdefault(KINDS[form].stored_as, []).extend(of_form)
    joined = {name: _joined(of_field) for name, of_field in payload.items()}
    contents = ImportPayload(
        **{**joined, "courses": joined_courses, "counts": joined_counts},
        dimensions=dimensions,
        periods=_periods(joined_courses, joined_counts),
        **added,
    )
    findings = report_once(findings, broken)
    return _with_series(Prepared(contents, findings, [*done, *_emptied(tables)], is_synthetic(reading.sheets)), known)


def _emptied(tables: list[Table]) -> list[Table]:
    """Return the tables without remaining rows, which the reconciliation still needs."""
    return [table for table in tables if not len(table.rows) and table.left_out]


def _with_series(prepared: Prepared, known: ReferenceData) -> Prepared:
    """Add the counts and the findings of the plausibility checks."""
    counts = counts_of(prepared.contents)
    needed = ("municipality", "offer", "period_start", "dimension", "participated", "completed")
    sound = [pc.is_valid(counts[name]) for name in needed]
    whole = counts.filter(functools.reduce(pc.and_, sound))
    adjustments = prepared.contents.adjustments
    stated = adjustments.select(["municipality", "offer", "adjusted_on"]).to_pylist() if adjustments else []
    days = [(row["municipality"], row["offer"], row["adjusted_on"]) for row in stated if None not in row.values()]
    seen = check_series(whole, days, known, Settings().smallest_count)
    return replace(prepared, counts=counts, findings=[*prepared.findings, *seen])


def _personal_columns(sheet: RawSheet) -> Iterable[Finding]:
    """Report personal data on a sheet that is not read. The original file would contain it."""
    for position, column in enumerate(sheet.columns):
        filled = np.flatnonzero(~column.blank())
        header = column.at(int(filled[0])) if len(filled) else ""
        if what := personal_data.kind_of(header, column):
            place = letters(position)
            yield Finding("personal_column", sheet.name, column=header, values={"what": what}, letters=place)


def _without_examples(table: Table, findings: list[Finding]) -> Table:
    """Return the table without the template's example rows."""
    key = KINDS[table.form].example_column
    if key not in table.columns:
        return table
    column = table.columns[key]
    starts = tuple(normalised(word) for word in in_every_language(EXAMPLES).values())
    example = np.array([normalised(value).startswith(starts) for value in column.values], dtype=bool)[column.codes]
    if example.any():
        findings.append(table.finding("example_left_out", key, example))
    return table.without(example, Reason.EXAMPLE)


def offers_in(contents: ImportPayload) -> set[tuple[str, str]]:
    """Return the municipality and name of every offer with courses or counts."""
    return _places((contents.courses, contents.counts))


def _joined(parts: list[tuple[Table, pa.Table]]) -> pa.Table | None:
    return pa.concat_tables([prepared for _, prepared in parts], promote_options="default") if parts else None


def _with_dimensions(courses: pa.Table | None, dimensions: tuple[str, ...]) -> pa.Table | None:
    """Move the dimension columns to the end, in one order, and set missing ones to "not stated"."""
    if courses is None:
        return None
    others = [name for name in courses.column_names if name not in dimensions]
    filled = {name: pc.fill_null(courses[name], MISSING) for name in dimensions}
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
        start = pc.cast(pc.floor_temporal(courses["counted_on"], unit="month"), pa.date32())
        months = courses.select(["municipality", "offer"]).append_column("period_start", start)
        months = months.group_by(["municipality", "offer", "period_start"]).aggregate([])
        end = pc.cast(
            pc.ceil_temporal(months["period_start"], unit="month", ceil_is_strictly_greater=True), pa.date32()
        )
        parts.append(months.append_column("period_end", end))
    if counts is not None:
        keys = ["municipality", "offer", "period_start", "period_end"]
        parts.append(counts.select(keys).group_by(keys).aggregate([]).select(keys))
    return pa.concat_tables(parts, promote_options="default") if parts else None
