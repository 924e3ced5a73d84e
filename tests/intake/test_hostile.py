"""Files made to do harm: each is refused, or read as what it is, within bounds, and takes nothing down."""

import csv
import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.config import ROOT, Limits
from analysis.intake.findings.check import Severity
from analysis.intake.importing import store
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.read_file import read
from analysis.intake.tables import cleaned
from analysis.intake.validate.validation import prepare
from analysis.store import Database, offers
from tests.support.workbooks.faults import COURSE_HEADERS, SHEET_PART, course, courses, patched, sound
from tests.support.workbooks.hostile import HOSTILE, NASTY_TEXTS

pytestmark = pytest.mark.slow

REFUSED = {
    "zip_bomb": "file_hostile",
    "zip_bomb_of_cells": "file_hostile",
    "zip_bomb_that_lies": "file_damaged",
    "entity_bomb_in_sheet": "file_hostile",
    "entity_bomb_in_shared_strings": "file_hostile",
    "external_entity": "file_hostile",
    "utf16_entity_bomb": "file_hostile",
    "far_cell": "file_far_cell",
    "far_cell_single_quotes": "file_far_cell",
    "sparse_diagonal": "file_far_cell",
    "false_string_count": "file_hostile",
    "ten_thousand_sheets": "too_many_sheets",
    "many_columns": "too_many_columns",
    "climbing_names": "file_hostile",
    "no_sheets": "no_known_sheet",
    "missing_sheet_part": "file_damaged",
    "sheet_path_outside": "file_hostile",
    "duplicate_entries": "file_damaged",
    "duplicate_cells": "readers_disagree",
    "cut_in_the_middle": "file_damaged",
    "cut_in_the_directory": "file_damaged",
    "flipped_byte": "file_damaged",
    "encrypted": "file_encrypted",
    "old_excel_garbage": "file_damaged",
    "loop_in_ole": "file_unreadable",
    "loop_in_ole_stream": "no_known_sheet",
    "csv_named_xlsx": "file_text_as_workbook",
    "html_named_xls": "file_not_spreadsheet",
    "pdf_named_xlsx": "file_not_spreadsheet",
    "png_named_xlsx": "file_not_spreadsheet",
    "zip_named_xlsx": "file_not_spreadsheet",
    "docx_named_xlsx": "file_not_spreadsheet",
    "empty": "file_empty",
    "only_bom": "file_empty",
    "nul_bytes": "file_nul_bytes",
    "random_bytes": "file_not_spreadsheet",
    "huge_line_csv": "file_damaged",
    "quote_never_closed_csv": "quote_not_closed",
    "lone_surrogates_csv": "file_nul_bytes",
}
"""The error by which each is refused without a sheet being read."""

READ = {
    "deeply_nested_xml": {"file_empty"},
    "long_cells": {"unknown_municipality", "not_a_date", "unknown_word", "unknown_group"},
    "million_styles": set(),
    "workbook_in_workbook": set(),
}
"""The errors of those that are read: sound on the outside, or with nothing in them that could do harm."""

MOST_MEGABYTES = 500
_LARGE = re.compile("bomb|million|long|huge|thousand|far|sparse|many|count|names")
LARGE_INSIDE = [name for name in HOSTILE if _LARGE.search(name)]
"""Those that would take much memory if they were believed."""

READ_EACH = """
import resource, sys
from pathlib import Path
from analysis.intake import reader_process
from analysis.intake.read_file import read

reader_process.CAN_FORK = False  # Nobody waits for the readers of the fork server.
for path in sorted(Path(sys.argv[1]).iterdir()):
    read(path.read_bytes(), path.name)
    print(path.name, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_it_is_known_of_every_hostile_file_what_becomes_of_it() -> None:
    assert REFUSED.keys() | READ.keys() == HOSTILE.keys()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_told_of_and_a_good_one_is_read_after_it(database: Database, name: str) -> None:
    file_name, content = HOSTILE[name]()
    reading = read(content, file_name)
    prepared = prepare(reading, load_reference_data(database))
    errors = {finding.check for finding in prepared.findings if finding.severity is Severity.ERROR}
    if name in REFUSED:
        assert errors == {REFUSED[name]}
        assert reading.sheets == []
        assert not prepared.faultless
    else:
        assert errors == READ[name]
    after = prepare(read(sound(), "export.xlsx"), load_reference_data(database))
    assert after.faultless
    assert len(after.contents.courses) == 1


def test_reading_hostile_files_takes_no_more_memory_than_it_may(tmp_path: Path) -> None:
    for name in LARGE_INSIDE:
        file_name, content = HOSTILE[name]()
        (tmp_path / f"{name}{Path(file_name).suffix}").write_bytes(content)
    command = [sys.executable, "-c", READ_EACH, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    kilobytes = {name: int(number) for name, number in map(str.split, done.stdout.splitlines())}
    assert len(kilobytes) == len(LARGE_INSIDE)
    assert max(kilobytes.values()) < MOST_MEGABYTES * 1024, kilobytes


def test_a_far_cell_is_told_of_even_where_the_other_reader_dies_first() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><f>1+1</f><v>2</v></c></row>' for row in range(3, 200_000))
    far = rows + '<row r="1048576"><c r="CV1048576"><v>1</v></c></row></sheetData>'
    content = patched(sound(), {SHEET_PART: lambda part: part.replace(b"</sheetData>", far.encode())})
    assert [finding.check for finding in read(content, "export.xlsx").findings] == ["file_far_cell"]


def test_a_sheet_far_above_the_limit_has_too_many_rows_and_no_far_cell() -> None:
    content = courses(*[course(f"b-{number}") for number in range(300)])
    found = read(content, "export.xlsx", limits=Limits(rows=100)).findings
    assert [finding.check for finding in found] == ["too_many_rows"]


def as_workbook(text: str) -> bytes:
    """The text as the name of an offer, in a cell of text whatever it looks like."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Forløb"
    sheet.append(COURSE_HEADERS)
    sheet.append(course())
    cell = sheet["B2"]
    cell.value = re.sub("_(?=x[0-9A-F]{4}_)", "_x005F_", text)  # As Excel writes what else stands for a character.
    cell.data_type = "s"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_text_file(text: str) -> bytes:
    """The text as the name of an offer in a file of text."""
    dates = {"Inviteret": "02-03-2015", "Startet": "12-03-2015", "Gennemført": "01-06-2015"}
    content = io.StringIO()
    csv.writer(content, delimiter=";").writerows([COURSE_HEADERS, course(Tilbud=text, **dates)])
    return content.getvalue().encode()


@pytest.mark.parametrize(("build", "name"), [(as_workbook, "export.xlsx"), (as_text_file, "export.csv")])
@pytest.mark.parametrize("text", NASTY_TEXTS)
def test_an_odd_text_is_stored_as_it_stands(
    database: Database, build: Callable[[str], bytes], name: str, text: str
) -> None:
    content = build(text)
    reading = read(content, name)
    prepared = prepare(reading, load_reference_data(database))
    assert prepared.faultless, prepared.findings
    store(database, reading, prepared, Decisions(), content, by=NOBODY_SIGNED_IN)
    assert [offer.name for offer in offers(database, synthetic=False)] == [cleaned(text)]
