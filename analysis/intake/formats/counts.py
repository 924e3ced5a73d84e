"""Counts already summed by period, dimension and group: the definition of the sheet and the preparation of its rows."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.i18n import Wording
from analysis.intake.contract import DIMENSIONS, MUNICIPALITY, OFFER, Column, Form, Holds, SheetKind, first_group
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding, blocks
from analysis.intake.formats.count_checks import (
    KEY,
    STAGES,
    WITH_OTHERS,
    check_cumulated,
    check_hundreds,
    missing_codes,
)
from analysis.intake.formats.count_groups import (
    crossed_dimensions,
    dimensions_of_rows,
    groups_of_dimension,
    groups_of_rows,
)
from analysis.intake.formats.held_back import with_held_back, without_marks
from analysis.intake.formats.percentages import with_counts
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing import date_columns, municipality_columns
from analysis.intake.parsing.questions import ESTIMATED, TWICE, Answers
from analysis.intake.parsing.text_columns import parse_texts
from analysis.intake.tables import COUNTED, RUNNING, Reason, Table, cleaned, is_foreign_sheet, word_codes
from analysis.intake.values.footnotes import without_footnote
from analysis.model.terms import Stage, Subject
from analysis.store.reference import reference_dimensions


def prepare_counts(
    table: Table, known: ReferenceData, findings: list[Finding], answers: Answers
) -> tuple[pa.Table, Table]:
    """Prepare the counts of a sheet for ``ImportPayload``; return them and the table of the remaining rows."""
    before = len(findings)
    written = table.columns["period"]
    plain = {value: text for value in written.values if (text := without_footnote(cleaned(value))) != cleaned(value)}
    table = replace(table, columns={**table.columns, "period": written.replaced(plain)})
    table, hidden = without_marks(table, findings, answers)
    hidden |= missing_codes(table, findings, answers)
    table, lost = with_counts(table, hidden, findings, answers)
    hidden |= lost
    is_decided = not blocks(findings[before:])
    municipality = municipality_columns.municipality(known, table, names_only=is_foreign_sheet(table))
    place = cells.parse_column(table, "municipality", municipality, findings, needed=True)
    offer = parse_texts(table, "offer", findings)
    periods = cells.parse_column(table, "period", date_columns.period(table, answers), findings, needed=True)
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
    dimensions = dimensions_of_rows(table, known, findings)
    table = with_held_back(table, fixed, dimensions, hidden, known, findings if is_decided else [])
    fixed = fixed[~hidden].reset_index(drop=True)
    frame = _frame(table, fixed, [one[~hidden] for one in dimensions], known, findings, answers)
    if len(frame) and frame["invited"].isna().all():
        findings.append(Finding("invited_unknown", table.sheet))
    elif "invited" in table.columns and (empty := table.columns["invited"].blank()).any():
        findings.append(table.finding("invited_partly", "invited", empty))
    if Stage.COMPLETED not in table.columns:
        findings.append(Finding("completion_unknown", table.sheet))
    repeated = _repeated(table, frame, findings)
    table, frame = table.without(repeated, Reason.REPEATED), frame[~repeated]
    _check_rows(table, frame, findings, answers)
    if "counts_cumulated" not in answers:
        check_cumulated(table, frame, findings)
    return _typed(frame), table


def _frame(
    table: Table,
    fixed: pd.DataFrame,
    dimensions: list[np.ndarray],
    known: ReferenceData,
    findings: list[Finding],
    answers: Answers,
) -> pd.DataFrame:
    """Add the groups and the numbers. A dimension with a column of its own is crossed with the others."""
    stages = {stage: _stage(table, stage, findings, answers) for stage in COUNTED}
    crossed = crossed_dimensions(table, known)
    if not crossed:
        (dimension,) = dimensions
        group = groups_of_rows(table, dimension, known, findings)
        return fixed.assign(dimension=dimension, group=group, others=None, **stages)
    groups = {key: groups_of_dimension(table, key, known, findings) for key in crossed}
    first, *rest = crossed
    others = [tuple((key, groups[key][place]) for key in rest) or None for place in range(len(table.rows))]
    return fixed.assign(dimension=first, group=groups[first], others=others, **stages)


def _period_days(table: Table, periods: list[Any], end: int) -> np.ndarray:
    return cells.as_days(table.columns["period"], [period[end] if period else None for period in periods])


def _stage(table: Table, stage: str, findings: list[Finding], answers: Answers) -> pd.Series:
    if stage not in table.columns:
        return pd.Series(pd.NA, index=range(len(table.rows)), dtype="Int64")
    needed = stage == Stage.PARTICIPATED or stage == Stage.COMPLETED
    parse = cells.count(table.separators)
    if stage == Stage.INVITED:
        parse = cells.estimate(parse, is_rounded=answers.get(ESTIMATED) == "rounded")
    meanings = cells.parse_column(table, stage, parse, findings, needed=needed)
    return pd.Series(meanings, dtype="Int64").take(table.columns[stage].codes).reset_index(drop=True)


def _repeated(table: Table, frame: pd.DataFrame, findings: list[Finding]) -> np.ndarray:
    """Return a mask of rows that repeat an earlier row in every column."""
    labels = {key: one for key, one in table.columns.items() if key not in COUNTED}
    written = frame.assign(**{f"{key} as written": word_codes(one) for key, one in labels.items()})
    if table.beside is not None:
        written["beside"] = table.beside[table.rows - 1]
    same = written.duplicated([*WITH_OTHERS, *STAGES, *written.columns.difference(frame.columns)]).to_numpy()
    repeated = same & frame[KEY].notna().all(axis=1).to_numpy()
    if repeated.any():
        findings.append(table.finding("row_twice", "group", repeated))
    return repeated


def _check_rows(table: Table, frame: pd.DataFrame, findings: list[Finding], answers: Answers) -> None:
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
            findings.append(table.finding(check, more, np.arange(len(frame)) == position, value))
    check_hundreds(table, frame, findings)
    known = frame[KEY].notna().all(axis=1).to_numpy() & ~_has_unknown_group(table, findings)
    twice = np.zeros(len(frame), dtype=bool)
    twice[known] = frame[known].duplicated(WITH_OTHERS)
    if TWICE not in answers:
        _report(table, frame, TWICE, "group", twice, findings)


def _has_unknown_group(table: Table, findings: list[Finding]) -> np.ndarray:
    """Return a mask of the rows with a group that is reported as unknown, among many others only by its row."""
    unknown = [one for one in findings if one.check.startswith("unknown_group") and one.sheet == table.sheet]
    values = {one.value for one in unknown}
    keys = [key for key in table.columns if key not in COUNTED]
    mask = np.isin(table.rows, [row for one in unknown if one.more for row in one.rows])
    for column in (table.columns[key] for key in keys) if values else ():
        mask |= np.array([cleaned(value) in values for value in column.values], dtype=bool)[column.codes]
    return mask


def _report(
    table: Table, frame: pd.DataFrame, check: str, key: str, wrong: np.ndarray, findings: list[Finding]
) -> None:
    if wrong.any():
        findings.append(table.finding(check, key, wrong))


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
            *((str(stage), pa.int64()) for stage in COUNTED),
            ("others", pa.map_(pa.string(), pa.string())),
        ]
    )
    names, numbers_of = schema.names, dict.fromkeys(COUNTED, "Int64")
    plain = pa.Table.from_pandas(frame[names[:-1]].astype(numbers_of), preserve_index=False)
    others = pa.array(frame["others"].tolist(), schema.field("others").type)
    return plain.append_column("others", others).cast(schema)


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
            others=(
                *(
                    "Måned",
                    "Month",
                    "Månad",
                    "Kuukausi",
                    "Kvartal",
                    "Quarter",
                    "Neljännesvuosi",
                    "År",
                    "Årstal",
                    "Year",
                ),
                *("Vuosi", "Halvår", "Half-year", "Uge", "Uke", "Vecka", "Week", "Viikko", "Tidsrum", "Kvt", "Mdr"),
            ),
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
                "Visiteret",
                "Visiterede",
                "Referred",
                "Remitterade",
                "Kutsutut",
                "Antal inviteret",
                "Antall invitert",
                "Antal inbjudna",
                "Inviterede",
                *("Antal inviterede", "Antal henviste", "Number invited", "Invited citizens", "Inviterede borgere"),
                *("Henviste", "Inviterte", "Invited persons"),
            ),
            guidance=N_("Citizens invited or referred in the period."),
            holds=Holds.COUNT,
        ),
        Column(
            "participated",
            {"da": "Deltaget", "en": "Participated", "nb": "Deltatt", "sv": "Deltog", "fi": "Osallistui"},
            others=(
                *("Deltagere", "Deltakere", "Deltagare", "Osallistuneet", "Deltok", "Deltagit", "Antal deltaget"),
                *(
                    "Antal deltagere",
                    "Antal der deltog",
                    "Deltagende borgere",
                    "Participants",
                    "Number of participants",
                ),
                *("Number participated", "Antall deltakere", "Antal deltagare", "Osallistujat"),
                *(
                    "Startet",
                    "Startede",
                    "Mødt op",
                    "Mødte op",
                    "Påbegyndt",
                    "Påbegyndte",
                    "Fremmødte",
                    "Attended",
                    "Started",
                    "Påbörjat",
                ),
            ),
            needed=True,
            guidance=N_("Of these, citizens who came. Never more than were invited."),
            holds=Holds.COUNT,
        ),
        Column(
            "completed",
            {"da": "Gennemført", "en": "Completed", "nb": "Gjennomført", "sv": "Fullföljde", "fi": "Suoritti loppuun"},
            others=(
                *("Gjennomførte", "Fullført", "Genomfört", "Suorittaneet", "Fuldført", "Fuldførte"),
                "Fullföljt",
                "Suorittanut loppuun",
                "Loppuun suorittaneet",
                "Antal gennemført",
                "Gennemførte",
                *("Antal gennemførte", "Antal der gennemførte", "Gennemførte borgere", "Number completed"),
            ),
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
    also=DIMENSIONS,
)
