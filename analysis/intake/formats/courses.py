"""Courses, one row per citizen and course: the definition of the sheet and the preparation of its rows."""

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.i18n import Wording
from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import (
    CITIZEN,
    DIMENSIONS,
    MUNICIPALITY,
    OFFER,
    Column,
    Form,
    Holds,
    SheetKind,
    first_group,
)
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding
from analysis.intake.formats.attendance_columns import ATTENDANCE
from analysis.intake.formats.course_completion import check_order, completed_on_or_ended, completion, report
from analysis.intake.formats.drop_outs import with_outcomes
from analysis.intake.formats.no_shows import with_no_shows_as_dropped_out, with_presence, without_no_shows
from analysis.intake.layout.cell_types import BLANK, DAY, types_of
from analysis.intake.lexicon.end_dates import ENDED, REASONS
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.lexicon.total_words import is_total
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing import date_columns, municipality_columns
from analysis.intake.parsing.attendance import ATTENDED, courses_of
from analysis.intake.parsing.questions import COUNTED_FROM, Answers
from analysis.intake.parsing.stated_attendance import report_unused, with_stated_attendance
from analysis.intake.parsing.text_columns import parse_texts
from analysis.intake.sheets import TextColumn
from analysis.intake.tables import Reason, Table, cleaned, is_foreign_sheet
from analysis.intake.values.dates import is_no_end
from analysis.model.terms import MISSING, Subject

DAYS = ("invited_on", "started_on", "completed_on")


def prepare_courses(
    table: Table, known: ReferenceData, findings: list[Finding], answers: Answers
) -> tuple[pa.Table, Table]:
    """Prepare the courses of a sheet for ``ImportPayload``; return them and the table of the remaining rows."""
    table = with_presence(table.without(_totals(table), Reason.TOTAL))
    is_list = bool(_same_course(table).any())
    is_marked = ATTENDED in table.columns and not {"outcome", "completed_on"} & table.columns.keys()
    if is_list and (is_marked or answers.get("citizen_repeats") == "attendances"):
        report_unused(table, "unknown_column", findings, but=ATTENDED)
        table = courses_of(table, findings, answers)
    else:
        table = without_no_shows(table, findings)
        table = with_stated_attendance(with_no_shows_as_dropped_out(table), findings, answers)
    table = with_outcomes(_with_open_ends(_without_repeated(table, findings), findings), findings)
    municipality = municipality_columns.municipality(known, table, names_only=is_foreign_sheet(table))
    place = cells.parse_column(table, "municipality", municipality, findings, needed=True)
    offer, citizen = (parse_texts(table, key, findings) for key in ("offer", "citizen"))
    parse = date_columns.date(table, *DAYS)
    invited, started, completed_on = (_days(table, key, parse, findings) for key in DAYS)
    outcome, completed = completion(table, started, completed_on, findings, answers)
    check_order(table, invited, started, completed_on, completed, findings)
    rows = len(table.rows)
    if "invited_on" not in table.columns:
        findings.append(Finding("invited_unknown", table.sheet))
    columns = {
        "sheet": pa.array([table.sheet]).take(pa.array(np.zeros(rows, dtype=np.int32))),
        "row": pa.array(table.rows, pa.int32()),
        "municipality": cells.texts(table.columns["municipality"], place),
        "offer": cells.texts(table.columns["offer"], offer),
        "citizen": cells.texts(table.columns["citizen"], citizen),
        "invited": _invited(table, invited, findings),
        "participated": pa.array(~np.isnat(started)),
        "completed": pa.array(completed),
        "invited_on": pa.array(invited),
        "started_on": pa.array(started),
        "completed_on": pa.array(completed_on_or_ended(table, completed_on, completed)),
        "outcome": outcome,
        "counted_on": pa.array(_counted_on(table, invited, started, answers)),
    }
    dimensions = tuple(key for key in known.dimensions if key in table.columns)
    for dimension in dimensions:
        columns[dimension] = _groups(table, dimension, known, findings)
    return pa.table(columns), table


def _with_open_ends(table: Table, findings: list[Finding]) -> Table:
    """Return the table with empty cells for days such as 31-12-9999, which mean that the course has not ended."""
    column = table.columns.get("completed_on")
    texts = {code: column.values[code] for code in column.row_counts()} if column is not None else {}
    open_ends = [code for code, text in texts.items() if is_no_end(cleaned(text))]
    if column is None or not open_ends:
        return table
    mask = np.isin(column.codes, open_ends)
    findings.append(table.finding("no_end", "completed_on", mask, ", ".join(texts[code] for code in open_ends)))
    ended = column.with_cells(dict.fromkeys(np.flatnonzero(mask).tolist(), ""))
    return replace(table, columns={**table.columns, "completed_on": ended})


def _counted_on(table: Table, invited: np.ndarray, started: np.ndarray, answers: Answers) -> np.ndarray:
    """Return the day by which each course belongs to a month: of the invitation, or of the start if the user wants it.

    Citizens who never started then count on the day on which they would have: after the median wait of their offer.
    """
    if answers.get(COUNTED_FROM) != "start":
        return np.where(np.isnat(invited), started, invited)
    places = [table.columns[key].codes for key in ("municipality", "offer")]
    wait = pd.Series(np.where(started >= invited, started - invited, np.timedelta64("NaT", "D")))
    typical = wait.groupby(places).transform("median").fillna(pd.Timedelta(0)).dt.floor("D")
    expected = invited + typical.to_numpy().astype("timedelta64[D]")
    return np.where(np.isnat(started), expected, started)


def _invited(table: Table, invited: np.ndarray, findings: list[Finding]) -> pa.Array:
    """Return whether a citizen was invited; unknown without such a column. Walk-ins started without an invitation."""
    if "invited_on" not in table.columns:
        return pa.nulls(len(table.rows), pa.bool_())
    walk_ins = table.columns["invited_on"].blank() & ~table.columns["started_on"].blank()
    report(findings, "walk_ins", table, walk_ins, "invited_on")
    return pa.array(~np.isnat(invited))


def _days(table: Table, key: str, parse: cells.Parse, findings: list[Finding]) -> np.ndarray:
    if key not in table.columns:
        return np.full(len(table.rows), np.datetime64("NaT"), dtype="datetime64[D]")
    return cells.as_days(table.columns[key], cells.parse_column(table, key, parse, findings))


def _totals(table: Table) -> np.ndarray:
    """Return a mask of the rows without a citizen that say “total”: the sum of a report below its rows."""
    citizen, started = table.columns["citizen"], table.columns["started_on"]
    nobody = citizen.blank()
    said = _says_total(citizen, table.columns["municipality"].blank() | table.columns["offer"].blank())
    if (no_day := ~np.isin(types_of(started), (DAY, BLANK))).any():
        said |= _says_total(citizen, no_day)
    for column in table.columns.values() if nobody.any() else ():
        said |= _says_total(column, nobody)
    return said


def _says_total(column: TextColumn, among: np.ndarray) -> np.ndarray:
    codes = [code for code in np.unique(column.codes[among]).tolist() if is_total(column.values[code])]
    return among & np.isin(column.codes, codes)


def _same_course(table: Table) -> np.ndarray:
    """Return a mask of the rows that share municipality, offer and citizen with another row."""
    codes = {key: table.columns[key].codes for key in ("municipality", "offer", "citizen")}
    return pd.DataFrame(codes).duplicated(keep=False).to_numpy()


def _without_repeated(table: Table, findings: list[Finding]) -> Table:
    """Return the table without rows that repeat an earlier row in every column, also in those that are not read."""
    some = np.flatnonzero(_same_course(table))
    if not len(some):
        return table
    contents = pd.DataFrame({key: column.codes[some] for key, column in table.columns.items()})
    if table.beside is not None:
        contents["beside"] = table.beside[table.rows[some] - 1]
    repeated = np.zeros(len(table.rows), dtype=bool)
    repeated[some[contents.duplicated().to_numpy()]] = True
    report(findings, "row_twice", table, repeated, "citizen")
    return table.without(repeated, Reason.REPEATED)


def _groups(table: Table, dimension: str, known: ReferenceData, findings: list[Finding]) -> pa.Array:
    column = table.columns[dimension]
    meanings = cells.parse_column(table, dimension, cells.group(known, dimension), findings)
    not_stated = column.blank() | cells.flags(column, meanings, MISSING)
    report(findings, "group_missing", table, not_stated, dimension)
    return cells.texts(column, [cells.group_or_missing(meaning) for meaning in meanings])


def _example(wording: Wording) -> dict[str, Any]:
    return {
        "citizen": "b-0001",
        "invited_on": dt.date(2015, 3, 2),
        "started_on": dt.date(2015, 3, 12),
        "completed_on": dt.date(2015, 6, 1),
        "outcome": word_in("outcome", "completed", wording.code),
        **{column.key: first_group(column.key, wording.code) for column in DIMENSIONS},
    }


COURSES = SheetKind(
    form=Form.COURSES,
    order=1,
    names={"da": "Forløb", "en": "Courses", "nb": "Forløp", "sv": "Insatsperioder", "fi": "Jaksot"},
    row=N_("One row for each citizen's course."),
    columns=(
        MUNICIPALITY,
        OFFER,
        CITIZEN,
        Column(
            "invited_on",
            {"da": "Inviteret", "en": "Invited", "nb": "Invitert", "sv": "Inbjuden", "fi": "Kutsuttu"},
            others=(
                *("Henvist", "Referred", "Remitterad", "Lähetteen saanut", "Kutsupäivä", "Dato inviteret"),
                *("Dato henvist", "Henvist dato", "Henvisningsdato", "Invitationsdato", "Henvist den", "Inviteret den"),
            ),
            weak=("Oprettet", "Oprettet dato", "Oprettelsesdato", "Opprettet", "Opprettet dato", "Skapad", "Created"),
            guidance=N_("The date the citizen was invited or referred."),
            holds=Holds.DATE,
        ),
        Column(
            "started_on",
            {"da": "Startet", "en": "Started", "nb": "Startet", "sv": "Påbörjat", "fi": "Aloittanut"},
            others=(
                *("Start", "Startdato", "Dato startet", "Startdatum", "Start date", "Aloitti", "Alkamispäivä"),
                *("Opstart", "Opstartsdato", "Påbegyndt", "Oppstart", "Oppstartsdato", "Startet den"),
            ),
            needed=True,
            guidance=N_("The date of the first meeting. Empty if the citizen never came."),
            holds=Holds.DATE,
        ),
        Column(
            "completed_on",
            {
                "da": "Gennemført",
                "en": "Completed",
                "nb": "Gjennomført",
                "sv": "Fullföljt",
                "fi": "Suorittanut loppuun",
            },
            others=(
                *("Dato gennemført", "Gennemført dato", "Gennemførelsesdato", "Date completed", "Completion date"),
                *("Dato gjennomført", "Gjennomføringsdato", "Suoritti loppuun"),
            ),
            weak=ENDED,
            guidance=N_("The date the course was completed. Empty if it was not."),
            holds=Holds.DATE,
        ),
        Column(
            "outcome",
            {"da": "Udfald", "en": "Outcome", "nb": "Utfall", "sv": "Utfall", "fi": "Tulos"},
            others=("Resultat", "Result", "Lopputulos", "Status", "Tila"),
            weak=REASONS,
            guidance=N_("Completed, dropped out or running. It decides where it is filled in."),
            words="outcome",
        ),
        *DIMENSIONS,
    ),
    prepare=prepare_courses,
    example=_example,
    example_column="offer",
    subject=Subject.GAPS,
    plural=N_("courses"),
    by_hand=N_("One citizen's course"),
    also=ATTENDANCE,
)
