"""Whatever rows a file has, what is stored and what is left out equal what was in it, to the row and the sum."""

import csv
import datetime as dt
import io
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.intake.fix.corrections import Corrections
from analysis.intake.importing import store
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.read_file import read
from analysis.intake.validate.reconciliation import reconcile
from analysis.intake.validate.validation import prepare
from analysis.store import Database, stored_totals

COUNT_HEADERS = ["Kommune", "Tilbud", "Periode", "Dimension", "Gruppe", "Inviteret", "Deltaget", "Gennemført"]
COURSE_HEADERS = ["Kommune", "Tilbud", "Borger-id", "Inviteret", "Startet", "Gennemført", "Udfald", "Køn"]


def mostly(sound: list[object], odd: list[object]) -> st.SearchStrategy[object]:
    """A sound cell nine times of ten, so that files are stored as well as refused."""
    return st.integers(0, 9).flatmap(lambda number: st.sampled_from(odd if number == 9 else sound))


places = mostly(["Aarhus", "Holbæk", "0101", "Københavns Kommune"], ["Atlantis", "I alt", "", "  Aarhus "])
offers = mostly(["Rygestop", "KOL-hold"], ["Eksempel: Rygestop", "", "=1+1", "Total"])
many, some, few = (
    mostly(list(range(low, low + 20)), ["1.200", "12 stk", "<5", "*", "mange", "", None, 3.5, "40", -2])
    for low in (40, 20, 0)
)
invited, started, completed = (
    mostly(
        [dt.date(2015, month, day) for day in (2, 9, 16)],
        [None, "", "12-03-2015", "12. marts 2015", "i foråret", 42075, dt.date(1980, 1, 1)],
    )
    for month in (3, 5, 8)
)
count_rows = st.lists(
    st.tuples(
        places,
        offers,
        mostly(["2015-03", "april 2015", "12-05-2015"], ["2015K2", "engang", ""]),
        mostly(["Køn"], ["Uddannelse", "Skostørrelse", ""]),
        mostly(["Kvinde", "Mand"], ["Grundskole", "Ukendt", "Blåbær", ""]),
        many,
        some,
        few,
    ),
    max_size=25,
)
course_rows = st.lists(
    st.tuples(
        places,
        offers,
        mostly([f"b-{number}" for number in range(30)], ["", "Kilde: journalen"]),
        invited,
        started,
        completed,
        mostly([None, "Gennemført", "Frafaldet", "I gang"], ["måske"]),
        mostly(["Kvinde", "M", "", "Uoplyst"], ["Blåbær"]),
    ),
    max_size=25,
)


def as_workbook(sheet: str, rows: list[list[object]]) -> bytes:
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_text(sheet: str, rows: list[list[object]]) -> bytes:
    content = io.StringIO()
    csv.writer(content, delimiter=";").writerows([["" if cell is None else cell for cell in row] for row in rows])
    return content.getvalue().encode()


def rows_with_anything(rows: list[list[object]]) -> int:
    return sum(any(str(cell).strip() for cell in row if cell is not None) for row in rows)


@pytest.mark.parametrize("written", [as_workbook, as_text])
@pytest.mark.parametrize(("sheet", "headers"), [("Optælling", COUNT_HEADERS), ("Forløb", COURSE_HEADERS)])
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(data=st.data())
def test_stored_and_left_out_are_what_was_in_the_file(
    empty_file: Path, sheet: str, headers: list[str], written, data
) -> None:
    rows = [list(row) for row in data.draw(count_rows if headers is COUNT_HEADERS else course_rows)]
    content = written(sheet, [headers, *rows])
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(shutil.copy(empty_file, folder)))
        reading = read(content, "made.xlsx" if written is as_workbook else "made.csv")
        corrections = Corrections()
        prepared = prepare(reading, load_reference_data(database), corrections)
        for _ in range(6):  # Each round leaves out the rows that the last one found faults in, as a person would.
            wrong = {row for finding in prepared.findings if finding.severity == "error" for row in finding.rows}
            if not wrong:
                break
            before = corrections.left_out.get(reading.sheets[0].name, frozenset())
            corrections = Corrections(left_out={reading.sheets[0].name: before | wrong})
            prepared = prepare(reading, load_reference_data(database), corrections)
        if prepared.faultless:
            record = store(database, reading, prepared, Decisions(None, corrections), content, by=NOBODY_SIGNED_IN)
            (account,) = reconcile(reading, prepared, stored_totals(database, record.import_id))
            assert account.balances, account
            assert account.rows_in_file == rows_with_anything(rows)
            stored = account.rows_stored
        else:
            stored = 0
        if prepared.tables:
            left_out = {row for one in prepared.left_out for row in one.rows}
            assert stored + len(left_out) == rows_with_anything(rows)
        database.close()
