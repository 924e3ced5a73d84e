"""Validate a file: recognise, check and type every sheet, report all findings, and prepare the import payload."""

import functools
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.config import Settings
from analysis.intake.across import counts_once, courses_once
from analysis.intake.contract import EXAMPLES, KINDS, Form, theme_day_forms
from analysis.intake.detect import personal_data
from analysis.intake.detect.detection import is_synthetic, recognise
from analysis.intake.detect.indicators import has_only_indicators
from analysis.intake.detect.remarks import without_repeated_remarks
from analysis.intake.detect.stage_tables import joined_by_stage
from analysis.intake.detect.total_sheets import without_total_sheets, without_total_tables
from analysis.intake.detect.undivided import once_undivided
from analysis.intake.findings.findings import Finding, Period, blocks, by_column
from analysis.intake.fix.additions import (
    added_groups,
    added_places,
    unranked_groups,
    with_additions,
    with_texts_as_groups,
)
from analysis.intake.fix.corrections import Corrections, corrected, without_columns
from analysis.intake.formats.offers import with_rules
from analysis.intake.lexicon.municipality_names import ABROAD, OTHER
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing.questions import MUNICIPALITY_COUNTRY, Answers
from analysis.intake.read_file import Reading
from analysis.intake.sheets import RawSheet, letters
from analysis.intake.tables import Reason, Table, cleaned, normalised, with_date_order
from analysis.intake.validate.answers import one_group_only, unused_rule, with_totals
from analysis.intake.validate.broken_cells import broken_cells, report_once
from analysis.intake.validate.covered_periods import covered_periods
from analysis.intake.validate.follow_up import check_follow_up
from analysis.intake.validate.offer_names import (
    check_adjusted_offers,
    check_offer_names,
    offers_alike,
    with_one_spelling,
)
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.series import check_series
from analysis.intake.validate.theme_day_names import check_names
from analysis.model.languages import in_every_language
from analysis.model.terms import MISSING
from analysis.store import ImportPayload, counts_of

Ahead = tuple[pa.Table, Future[pa.Table]]
"""Courses, and their counts, which another thread makes. DuckDB counts without holding up Python."""
_AHEAD = ThreadPoolExecutor(2, thread_name_prefix="counting")


def prepare(reading: Reading, known: ReferenceData, corrections: Corrections | None = None) -> Prepared:
    """Recognise, check and type every sheet of a file. Problems become findings, never exceptions."""
    corrections = corrections or Corrections()
    reading, stored, known = corrected(reading, corrections), known, with_additions(known, corrections)
    if not reading.sheets:
        no_sheet = [] if blocks(reading.findings) else [Finding("no_known_sheet")]
        return Prepared(ImportPayload(), [*reading.findings, *no_sheet], [])
    if not any(sheet.filled.any() for sheet in reading.sheets):
        return Prepared(ImportPayload(), [*reading.findings, Finding("file_empty")], [])
    findings: list[Finding] = []
    tables = []
    for sheet in reading.sheets:
        if corrections.sheets and sheet.name not in corrections.sheets:
            continue
        found, seen = recognise(sheet, known, corrections.constants, reading.file_name)
        findings += seen
        tables += found
    if not tables and has_only_indicators(reading.sheets):
        return Prepared(ImportPayload(), [*reading.findings, Finding("only_indicators")], [])
    if not tables and all(finding.check in {"sheet_unread", "remark"} for finding in findings):
        return Prepared(ImportPayload(), [*reading.findings, Finding("no_known_sheet")], [])
    tables = without_columns(tables, corrections)
    corrections = with_texts_as_groups(corrections, tables)
    known = with_additions(stored, corrections)
    findings += unranked_groups(corrections, known)
    places = added_places(corrections, stored)
    return prepare_tables(
        tables,
        reading,
        known,
        findings,
        corrections.answers,
        added_groups=added_groups(corrections, known),
        places=pa.table({"municipality": places}) if places else None,
    )


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
    tables = without_total_tables(tables, findings)
    tables, seen = joined_by_stage(tables)
    findings += seen
    understood = tuple(table for table in tables if len(table.rows))
    tables = [_without_examples(table, findings) for table in tables if _is_whole(table, known, findings)]
    tables = without_total_sheets(tables, findings)
    filled = with_date_order((table for table in tables if len(table.rows)), answers)
    filled = with_one_spelling(filled, known, findings)
    stored_places = set(known.municipalities.values())
    known = known.in_country(answers.get(MUNICIPALITY_COUNTRY, ""), _municipalities_in(filled))
    if not filled and not blocks(findings):
        findings.append(Finding("nothing_to_store"))
    filled = with_totals(filled, known, answers, findings)
    findings += one_group_only(filled, known, answers)
    by_form: dict[str, list[tuple[Table, pa.Table]]] = {form: [] for form in KINDS}
    for table in filled:
        prepared, left = KINDS[table.form].prepare(table, known, findings, answers)
        by_form[table.form].append((left, prepared))
    ahead = _counted_ahead(by_form[Form.COURSES], known)
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
    held_back = _held_back(done)
    payload: dict[str, list[tuple[Table, pa.Table]]] = {}
    for form, of_form in by_form.items():
        payload.setdefault(KINDS[form].stored_as, []).extend(of_form)
    joined = {name: _joined(of_field) for name, of_field in payload.items()}
    if known.country in {*ABROAD, OTHER}:
        added["places"] = _new_places((table for of_form in by_form.values() for _, table in of_form), stored_places)
    if not blocks(findings):
        findings += unused_rule((table for table, _ in by_form[Form.COURSES]), answers)
    joined["offers"] = _with_completion_rules(joined["offers"], by_form[Form.COURSES])
    contents = ImportPayload(
        **{**joined, "courses": joined_courses, "counts": joined_counts},
        dimensions=dimensions,
        held_back=held_back,
        periods=covered_periods(joined_courses, joined_counts, held_back),
        **added,
    )
    findings = report_once(by_column(once_undivided(without_repeated_remarks(findings))), broken)
    prepared = Prepared(
        contents, findings, [*done, *_emptied(tables)], is_synthetic(reading.sheets), understood=understood
    )
    return _with_series(prepared, known, ahead)


def _counted_ahead(courses: list[tuple[Table, pa.Table]], known: ReferenceData) -> Ahead | None:
    """Begin to count the courses of a file with one table of them, while they are compared with each other."""
    if len(courses) != 1:
        return None
    ((table, prepared),) = courses
    dimensions = tuple(key for key in known.dimensions if key in table.columns)
    payload = ImportPayload(courses=_with_dimensions(prepared, dimensions), dimensions=dimensions)
    return prepared, _AHEAD.submit(counts_of, payload)


def _is_whole(table: Table, known: ReferenceData, findings: list[Finding]) -> bool:
    """Return whether a table has all columns that its kind needs. Report those that are missing."""
    there = {*table.columns}
    spec = KINDS[table.form]
    if there & known.dimensions.keys():
        there |= {"dimension", "group"}
    missing = [one for one in spec.columns if one.needed and one.key not in there and len(table.rows)]
    row = (int(table.rows.min()) - 1,) if len(table.rows) else ()
    findings += [
        Finding("missing_column", table.sheet, row, values={"missing": in_every_language(column.names)})
        for column in missing
    ]
    return not missing


def _with_completion_rules(offers: pa.Table | None, courses: list[tuple[Table, pa.Table]]) -> pa.Table | None:
    """Add offers whose courses were made of attendances, with the rule, unless a sheet of offers has them."""
    stated = _places([offers])
    found = [offers] if offers is not None else []
    for table, prepared in courses:
        if table.completion_rule and len(prepared):
            ruled = with_rules(prepared, table.completion_rule)
            pairs = zip(ruled["municipality"].to_pylist(), ruled["offer"].to_pylist(), strict=True)
            found.append(ruled.filter(pa.array([pair not in stated for pair in pairs])))
    return pa.concat_tables(found, promote_options="default") if found else None


def _municipalities_in(tables: Iterable[Table]) -> Iterable[str]:
    """Yield each text in a column of municipalities."""
    for table in tables:
        if "municipality" in table.columns:
            column = table.columns["municipality"]
            yield from (cleaned(column.values[code]) for code in column.row_counts())


def _new_places(tables: Iterable[pa.Table], stored: set[str]) -> pa.Table | None:
    """Return the municipalities of prepared tables that are not stored, in the form of ``ImportPayload``."""
    names = {name for table in tables for name in table["municipality"].unique().to_pylist() if name} - stored
    return pa.table({"municipality": sorted(names)}) if names else None


def _emptied(tables: list[Table]) -> list[Table]:
    """Return the tables without remaining rows, which the reconciliation still needs."""
    return [table for table in tables if not len(table.rows) and table.left_out]


def _with_series(prepared: Prepared, known: ReferenceData, ahead: Ahead | None) -> Prepared:
    """Add the counts and the findings of the plausibility checks. ``ahead`` are courses that are counted already."""
    contents = prepared.contents
    are_all = ahead is not None and contents.counts is None and contents.rows("courses") == ahead[0].num_rows
    counts = ahead[1].result() if ahead is not None and are_all else counts_of(contents)
    needed = ("municipality", "offer", "period_start", "dimension", "participated", "completed")
    sound = [pc.is_valid(counts[name]) for name in needed]
    whole = counts.filter(functools.reduce(pc.and_, sound))
    adjustments = prepared.contents.adjustments
    stated = adjustments.select(["municipality", "offer", "adjusted_on"]).to_pylist() if adjustments else []
    days = [(row["municipality"], row["offer"], row["adjusted_on"]) for row in stated if None not in row.values()]
    seen = check_series(whole, days, known, Settings().smallest_count, _without_completion(prepared.contents))
    seen = [one for one in seen if not _is_held_back(one, prepared.contents.held_back)]
    return replace(prepared, counts=counts, findings=[*prepared.findings, *dict.fromkeys(seen)])


def _without_completion(contents: ImportPayload) -> set[tuple[str, str]]:
    """Return the offers of which nothing tells who completed."""
    courses, counts = contents.courses, contents.counts
    known = []
    if courses is not None:
        ended = pc.or_(pc.is_valid(courses["completed_on"]), pc.is_valid(courses["outcome"]))
        known.append(courses.select(["municipality", "offer"]).filter(pc.or_(ended, courses["completed"])))
    if counts is not None:
        known.append(counts.filter(pc.is_valid(counts["completed"])))
    return offers_in(contents) - _places(known)


def _is_held_back(finding: Finding, held_back: pa.Table | None) -> bool:
    """Return whether a finding reports periods as missing that are all held back, which another finding reports."""
    if finding.check != "month_missing" or held_back is None:
        return False
    spans = [(row["period_start"], row["period_end"]) for row in held_back.to_pylist() if row["offer"] == finding.value]
    missing: Iterable[Period] = finding.values["periods"]  # type: ignore[assignment]
    return all(any(start <= one.start and one.end <= end for start, end in spans) for one in missing)


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


def _held_back(tables: list[Table]) -> pa.Table | None:
    """Return the offers, periods and dimensions of all tables with a count that is held back, each once."""
    parts = [table.held_back for table in tables if table.held_back is not None]
    if not parts:
        return None
    keys = parts[0].column_names
    return pa.concat_tables(parts).group_by(keys).aggregate([]).select(keys)


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
