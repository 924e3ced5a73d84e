"""Municipalities are read from a column of their codes, whatever its header."""

import pytest

from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, checks, counted, prepared, workbook

HEADERS = ["Tilbud", "År", "Køn", "Inviteret", "Deltaget", "Gennemført"]
NUMBERS = ["Rygestop", 2022, "Mand", 40, 20, 10]


@pytest.mark.parametrize(
    "header",
    [
        *("Kommunenr", "Kommunekode", "Kommunenummer", "Kommune nr.", "Kom.kode", "KOMKODE", "Kom. nr.", "Kommune-nr."),
        *("Municipality code", "Kommunekode *", "KommuneKode", "Kommune kode"),
    ],
)
def test_a_column_of_codes_tells_the_municipality(database: Database, header: str) -> None:
    rows: Rows = [[header, *HEADERS], [730, *NUMBERS], [791, *NUMBERS], ["0101", *NUMBERS]]
    found = prepared(database, workbook(Ark=rows))
    assert [place for place, *_ in counted(found)] == ["Randers", "Viborg", "København"]
    assert "header_spelling" not in checks(found)


def test_the_names_come_before_the_codes(database: Database) -> None:
    rows: Rows = [["Kommunekode", "Kommune", *HEADERS], [730, "Viborg", *NUMBERS]]
    assert [place for place, *_ in counted(prepared(database, workbook(Ark=rows)))] == ["Viborg"]
