"""Counts already summed by period, dimension and group: the definition of the sheet and the preparation of its rows."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.i18n import Wording
from analysis.intake.contract import MUNICIPALITY, OFFER, Column, Form, Holds, SheetKind, first_group
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding
from analysis.intake.formats.count_checks import KEY, STAGES, check_cumulated, check_hundreds
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing.questions import Answers
from analysis.intake.sheets import TextColumn
from analysis.intake.tables import Reason, Table, WideColumn, cleaned, is_foreign_sheet, normalised
from analysis.intake.values import numbers
from analysis.model.terms import MISSING, Stage, Subject
from analysis.store.reference import reference_dimensions

RUNNING = "running"
MISSING_CODES = {"999", "9999", "99999"}
MUCH_LARGER, LONGEST_CODE = 5, 10
"""Minimum ratio of a missing code to every other number, and the length limit of the numbers to compare."""


def prepare_counts(
    table: Table, known: ReferenceData, findings: list[Finding], answers: Answers
) -> tuple[pa.Table, Table]:
    """Prepare the counts of a sheet for ``ImportPayload``; return them and the table of the remaining rows."""
    hidden = _suppressed_rows(table, findings) | _missing_codes(table, findings, answers)
    table = table.without(hidden, Reason.HIDDEN)
    names_only = "municipality_code" not in answers and is_foreign_sheet(table)
    municipality = cells.municipality(known, names_only=names_only)
    place = cells.parse_column(table, "municipality", municipality, findings, needed=True)
    offer = cells.parse_column(table, "offer", cells.as_text, findings, needed=True)
    periods = cells.parse_column(table, "period", cells.period(table, answers), findings, needed=True)
    fixed = pd.DataFrame(
        {
            "sheet": table.sheet,
            "row": table.rows.astype("int32"),
            "municipality": cells.texts(table.columns["municipality"], place).to_pandas(),
            "offer": cells.texts(table.columns["offer"], offer).to_pandas(),
            "period_start": _period_days(table, periods, 0),
            "period_end": _period_days(table, periods, 1),
        }
    )
    frame = _from_wide(table, fixed, findings) if table.wide else _from_long(table, fixed, known, findings)
    if frame["invited"].isna().all():
        findings.append(Finding("invited_unknown", table.sheet))
    repeated = _repeated(table, frame, findings)
    table, frame = table.without(repeated, Reason.REPEATED), frame[~repeated] if not table.wide else frame
    _check_rows(table, frame, findings)
    if "counts_cumulated" not in answers:
        check_cumulated(table, frame, findings)
    return _typed(frame), table


def _suppressed_rows(table: Table, findings: list[Finding]) -> np.ndarray:
    """Return a mask of the rows with a suppressed count, and report them."""
    hidden = np.zeros(len(table.rows), dtype=bool)
    columns = {stage: table.columns[stage] for stage in STAGES if stage in table.columns}
    for stage, column in columns.items():
        hidden |= _report_suppressed(table, stage, column, findings)
    for one in table.wide:
        hidden |= _report_suppressed(_alone(table, one), one.stage, one.column, findings)
    return hidden


def _missing_codes(table: Table, findings: list[Finding], answers: Answers) -> np.ndarray:
    """Find rows with 999 or similar if all other numbers are much smaller; ask the user, or apply the answer."""
    missing = np.zeros(len(table.rows), dtype=bool)
    columns = [(str(stage), table, table.columns[stage]) for stage in STAGES if stage in table.columns]
    columns += [(one.stage, _alone(table, one), one.column) for one in table.wide]
    texts = {cleaned(column.values[code]) for _, _, column in columns for code in column.row_counts()}
    codes = texts & MISSING_CODES
    largest = max((int(text) for text in texts - codes if text.isdecimal() and len(text) < LONGEST_CODE), default=0)
    for code in sorted(codes, key=len):
        for stage, alone, column in columns if int(code) >= MUCH_LARGER * largest else ():
            here = np.array([cleaned(value) == code for value in column.values], dtype=bool)[column.codes]
            if here.any() and "missing_code" not in answers:
                findings.append(alone.finding("missing_code", stage, here, code))
            missing |= here
    return missing if answers.get("missing_code") == "missing" else np.zeros_like(missing)


def _report_suppressed(table: Table, stage: str, column: TextColumn, findings: list[Finding]) -> np.ndarray:
    held_back = np.zeros(len(table.rows), dtype=bool)
    for code, value in enumerate(column.values):
        if numbers.is_suppressed(value.strip()) and (here := column.codes == code).any():
            findings.append(table.finding("hidden_count", stage, here, value))
            held_back |= here
    return held_back


def _alone(table: Table, one: WideColumn) -> Table:
    """Return one column of a wide sheet as a table, so that findings name its header."""
    columns, headers, letters = {one.stage: one.column}, {one.stage: one.header}, {one.stage: one.letters}
    return replace(table, columns=columns, headers=headers, letters=letters)


def _from_long(table: Table, fixed: pd.DataFrame, known: ReferenceData, findings: list[Finding]) -> pd.DataFrame:
    dimension = _dimensions(table, known, findings)
    stages = {stage: _stage(table, stage, findings) for stage in (*STAGES, RUNNING)}
    return fixed.assign(dimension=dimension, group=_groups(table, dimension, known, findings), **stages)


def _from_wide(table: Table, fixed: pd.DataFrame, findings: list[Finding]) -> pd.DataFrame:
    """Return one row for each row of the sheet and each group with separate columns."""
    pieces = []
    for dimension, group in dict.fromkeys((one.dimension, one.group) for one in table.wide):
        piece = fixed.assign(dimension=dimension, group=group, **dict.fromkeys((*STAGES, RUNNING), pd.NA))
        for one in table.wide:
            if (one.dimension, one.group) == (dimension, group):
                piece[one.stage] = _stage(_alone(table, one), one.stage, findings)
        pieces.append(piece)
    return pd.concat(pieces, ignore_index=True).astype(dict.fromkeys((*STAGES, RUNNING), "Int64"))


def _dimensions(table: Table, known: ReferenceData, findings: list[Finding]) -> np.ndarray:
    names = {
        normalised(name): key
        for key, dimension in known.dimensions.items()
        for name in (key, *dimension.labels.values())
    }

    def parse(text: str, kind: str) -> str:
        if normalised(text) not in names:
            raise cells.ParseError("unknown_dimension", known=tuple(known.dimensions.values()))
        return names[normalised(text)]

    meanings = cells.parse_column(table, "dimension", parse, findings, needed=True)
    return np.array(meanings, dtype=object)[table.columns["dimension"].codes]


def _groups(table: Table, dimension: np.ndarray, known: ReferenceData, findings: list[Finding]) -> np.ndarray:
    """Parse the groups, each within the dimension of its own row."""
    column = table.columns["group"]
    groups = np.array([MISSING] * len(table.rows), dtype=object)
    for key in {key for key in dimension if key is not None}:
        positions = np.flatnonzero(dimension == key)
        part = replace(table, columns={"group": column.take(positions)}, rows=table.rows[positions])
        meanings = cells.parse_column(part, "group", cells.group(known, key), findings)
        filled = np.array([cells.group_or_missing(meaning) for meaning in meanings], dtype=object)
        groups[positions] = filled[part.columns["group"].codes]
        not_stated = part.columns["group"].blank() | cells.flags(part.columns["group"], meanings, MISSING)
        if not_stated.any():
            findings.append(part.finding("group_missing", "group", not_stated))
    return groups


def _period_days(table: Table, periods: list[Any], end: int) -> np.ndarray:
    return cells.as_days(table.columns["period"], [period[end] if period else None for period in periods])


def _stage(table: Table, stage: str, findings: list[Finding]) -> pd.Series:
    if stage not in table.columns:
        return pd.Series(pd.NA, index=range(len(table.rows)), dtype="Int64")
    needed = stage not in {Stage.INVITED, RUNNING}
    meanings = cells.parse_column(table, stage, cells.count(table.separators), findings, needed=needed)
    return pd.Series(meanings, dtype="Int64").take(table.columns[stage].codes).reset_index(drop=True)


def _repeated(table: Table, frame: pd.DataFrame, findings: list[Finding]) -> np.ndarray:
    """Return a mask of rows that repeat an earlier row in every column."""
    if table.wide:
        return np.zeros(len(table.rows), dtype=bool)
    written = frame.assign(written=table.columns["period"].codes)
    repeated = written.duplicated([*KEY, *STAGES, "written"]).to_numpy() & frame[KEY].notna().all(axis=1).to_numpy()
    if repeated.any():
        findings.append(table.finding("row_twice", "group", repeated))
    return repeated


def _check_rows(table: Table, frame: pd.DataFrame, findings: list[Finding]) -> None:
    frame = frame.assign(not_completed=frame["participated"] - frame["completed"])
    for check, more, fewer in (
        ("more_participated", "participated", "invited"),
        ("more_completed", "completed", "participated"),
        ("more_running", RUNNING, "not_completed"),
    ):
        wrong = (frame[more] > frame[fewer]).fillna(value=False).to_numpy(dtype=bool)
        for position in np.flatnonzero(wrong)[: cells.MOST_VALUES]:
            row = frame.iloc[position]
            value = f"{row[more]} > {row[fewer]}"
            findings.append(table.finding(check, more, table.rows == row["row"], value))
    check_hundreds(table, frame, findings)
    twice = frame.duplicated(KEY).to_numpy() & frame[KEY].notna().all(axis=1).to_numpy()
    _report(table, frame, "count_twice", "group", twice, findings)


def _report(
    table: Table, frame: pd.DataFrame, check: str, key: str, wrong: np.ndarray, findings: list[Finding]
) -> None:
    if wrong.any():
        findings.append(table.finding(check, key, np.isin(table.rows, frame["row"][wrong])))


def _typed(frame: pd.DataFrame) -> pa.Table:
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
            *((str(stage), pa.int64()) for stage in (*STAGES, RUNNING)),
        ]
    )
    names, numbers_of = schema.names, dict.fromkeys((*STAGES, RUNNING), "Int64")
    return pa.Table.from_pandas(frame[names].astype(numbers_of), preserve_index=False).cast(schema)


def _example(wording: Wording) -> dict[str, Any]:
    return {
        "period": "2015-03",
        "dimension": reference_dimensions()["education"].label(wording.code),
        "group": first_group("education", wording.code),
        "invited": 40,
        "participated": 24,
        "completed": 15,
    }


COUNTS = SheetKind(
    form=Form.COUNTS,
    order=2,
    names={"da": "Optælling", "en": "Counts", "nb": "Opptellinger", "sv": "Antalsuppgifter", "fi": "Lukumäärät"},
    others=("Optællinger", "Opptelling", "Tal"),
    row=N_("One row for each offer, period and group, where citizens are counted already."),
    columns=(
        MUNICIPALITY,
        OFFER,
        Column(
            "period",
            {"da": "Periode", "en": "Period", "nb": "Periode", "sv": "Period", "fi": "Ajanjakso"},
            others=("Måned", "Month", "Månad", "Kuukausi", "Kvartal", "Quarter", "Neljännesvuosi"),
            needed=True,
            guidance=N_("A month (2015-03) or a quarter (2015K1), one kind for each offer."),
        ),
        Column(
            "dimension",
            {"da": "Dimension", "en": "Dimension", "nb": "Dimensjon", "sv": "Dimension", "fi": "Ulottuvuus"},
            others=("Opdeling",),
            needed=True,
            guidance=N_("What divides the citizens, for example education."),
        ),
        Column(
            "group",
            {"da": "Gruppe", "en": "Group", "nb": "Gruppe", "sv": "Grupp", "fi": "Ryhmä"},
            needed=True,
            guidance=N_("The group within the dimension."),
        ),
        Column(
            "invited",
            {"da": "Inviteret", "en": "Invited", "nb": "Invitert", "sv": "Inbjudna", "fi": "Kutsuttu"},
            others=(
                "Henvist",
                "Referred",
                "Remitterade",
                "Kutsutut",
                "Antal inviteret",
                "Antall invitert",
                "Antal inbjudna",
                "Inviterede",
            ),
            guidance=N_("Citizens invited or referred in the period."),
            holds=Holds.COUNT,
        ),
        Column(
            "participated",
            {"da": "Deltaget", "en": "Participated", "nb": "Deltatt", "sv": "Deltog", "fi": "Osallistui"},
            others=("Deltagere", "Deltakere", "Deltagare", "Osallistuneet", "Deltok", "Deltagit", "Antal deltaget"),
            needed=True,
            guidance=N_("Of these, citizens who came. Never more than were invited."),
            holds=Holds.COUNT,
        ),
        Column(
            "completed",
            {"da": "Gennemført", "en": "Completed", "nb": "Gjennomført", "sv": "Fullföljde", "fi": "Suoritti loppuun"},
            others=(
                "Gjennomførte",
                "Fullföljt",
                "Suorittanut loppuun",
                "Loppuun suorittaneet",
                "Antal gennemført",
                "Gennemførte",
            ),
            needed=True,
            guidance=N_("Of these, citizens who completed. Never more than came."),
            holds=Holds.COUNT,
        ),
        Column(
            RUNNING,
            {"da": "I gang", "en": "Running", "nb": "Pågår", "sv": "Pågår", "fi": "Kesken"},
            others=("Stadig i gang", "Igangværende", "Antal i gang", "Still running", "Pågående", "Pågående nå"),
            guidance=N_("Of those who came, citizens whose course has not ended yet."),
            holds=Holds.COUNT,
        ),
    ),
    prepare=prepare_counts,
    example=_example,
    example_column="offer",
    subject=Subject.GAPS,
    plural=N_("counts"),
    by_hand=N_("A count of citizens"),
)
