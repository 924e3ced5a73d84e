"""A kind of sheet is one file: another one is added here, and each piece that a kind lacks is named."""

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest
from openpyxl import load_workbook

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.i18n import LANGUAGES, Wording
from analysis.intake.contract import (
    ACTION,
    EXAMPLE_DAY,
    HELD_ON,
    KINDS,
    MUNICIPALITY,
    Column,
    Holds,
    SheetKind,
    example_mark,
)
from analysis.intake.findings.findings import Finding
from analysis.intake.formats.lists import column, day, places
from analysis.intake.formats.template import template
from analysis.intake.importing import store
from analysis.intake.lexicon.reference_data import ReferenceData, load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing import municipality_columns
from analysis.intake.parsing.questions import Answers
from analysis.intake.read_file import read
from analysis.intake.tables import Table
from analysis.intake.validate.reconciliation import reconcile
from analysis.intake.validate.validation import prepare
from analysis.model.languages import name_in
from analysis.model.terms import Subject
from analysis.store import Database, stored_totals, votes
from tests.support.kinds import lacking


def prepare_hands(
    table: Table, reference: ReferenceData, findings: list[Finding], answers: Answers
) -> tuple[pa.Table, Table]:
    found = {
        "held_on": day(table, "held_on", findings, needed=True),
        "municipality": column(table, "municipality", municipality_columns.municipality(reference), findings),
        "table": pa.nulls(len(table.rows), pa.string()),
        "action": column(table, "action", cells.as_text, findings, needed=True),
        "votes": column(table, "hands", cells.count(table.separators), findings, needed=True, kind=pa.int64()),
    }
    return pa.table(places(table) | found), table


def example(wording: Wording) -> Mapping[str, Any]:
    return {"held_on": EXAMPLE_DAY, "action": f"{example_mark(wording)}: A", "hands": 12}


HANDS = SheetKind(
    form="hands",
    order=16,
    names={
        "da": "Håndsoprækning",
        "en": "Show of hands",
        "nb": "Håndsopprekking",
        "sv": "Handuppräckning",
        "fi": "Kädet",
    },
    row="One row for each table and action that was voted on at a theme day.",
    columns=(
        HELD_ON,
        MUNICIPALITY,
        ACTION,
        Column(
            "hands",
            {"da": "Hænder", "en": "Hands", "nb": "Hender", "sv": "Händer", "fi": "Käsiä"},
            needed=True,
            guidance="How many votes, or points, the table gave it.",
            holds=Holds.COUNT,
        ),
    ),
    prepare=prepare_hands,
    example=example,
    example_column="action",
    subject=Subject.THEME_DAYS,
    plural="votes",
    payload="votes",
)
"""What a room voted for by a show of hands. It is stored with the votes of tables."""

KNOWN = [
    "courses",
    "counts",
    "citizen_groups",
    "offers",
    "adjustments",
    "descriptions",
    "test_rounds",
    "theme_days",
    "understandings",
    "consequences",
    "actions",
    "activities",
    "requests",
    "votes",
    "names",
]


@pytest.fixture
def offered() -> Iterator[SheetKind]:
    with KINDS.added(HANDS):
        yield HANDS


def filled(code: str, title: str = "") -> bytes:
    """The template with one show of hands in it."""
    book = load_workbook(io.BytesIO(template(code)))
    page = book[name_in(HANDS.names, code)]
    for position, value in enumerate([dt.date(2016, 3, 10), "Holbæk", "Gåtur", 7], start=1):
        page.cell(3, position, value)
    page.title = title or page.title
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_the_kinds_come_in_their_order() -> None:
    assert list(KINDS) == KNOWN


@pytest.mark.parametrize("form", KNOWN)
def test_a_kind_is_complete(form: str) -> None:
    assert lacking(form) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_another_kind_is_in_the_template(offered: SheetKind, code: str) -> None:
    book = load_workbook(io.BytesIO(template(code)))
    page = book[name_in(offered.names, code)]
    assert [cell.value for cell in page[1]] == [name_in(one.names, code) for one in offered.columns]
    assert page["D2"].value == 12
    assert name_in(offered.names, code) in [cell.value for cell in book.worksheets[0]["A"]]


@pytest.mark.parametrize("title", ["", "Ark1"], ids=["by its name", "by its headers"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_another_kind_is_recognised_and_parsed(offered: SheetKind, database: Database, code: str, title: str) -> None:
    prepared = prepare(read(filled(code, title), "file.xlsx"), load_reference_data(database))
    assert [table.form for table in prepared.tables if len(table.rows)] == ["hands"]
    assert prepared.contents.votes is not None
    [row] = prepared.contents.votes.to_pylist()
    assert (row["municipality"], row["action"], row["votes"]) == ("Holbæk", "Gåtur", 7)
    assert prepared.faultless


def test_another_kind_is_stored_and_accounted_for(offered: SheetKind, database: Database) -> None:
    content = filled("da")
    reading = read(content, "file.xlsx")
    prepared = prepare(reading, load_reference_data(database))
    record = store(database, reading, prepared, Decisions(), content, by=NOBODY_SIGNED_IN)
    assert votes(database, synthetic=False)[["action", "votes"]].to_numpy().tolist() == [["Gåtur", 7]]
    accounts = reconcile(reading, prepared, stored_totals(database, record.import_id))
    assert all(one.balances for one in accounts)
    assert [one.rows_stored for one in accounts if one.form == "hands"] == [1]


def test_another_kind_is_complete_and_gone_afterwards() -> None:
    with KINDS.added(HANDS):
        assert lacking("hands") == []
    assert list(KINDS) == KNOWN
    assert "Håndsoprækning" not in load_workbook(io.BytesIO(template("da"))).sheetnames


DANISH_ONLY = {"da": "Hænder", "en": "Hands"}


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({"names": DANISH_ONLY}, ["no name in nb", "no name in sv", "no name in fi"]),
        ({"order": 10}, ["order is that of another kind"]),
        ({"others": ("Stemmer",)}, ["name stemmer is that of another kind"]),
        ({"row": "Said nowhere."}, [f"row: no text in {code}" for code in ("da", "nb", "sv", "fi")]),
        ({"plural": ""}, ["plural: no text"]),
        ({"payload": ""}, ["the store takes no hands"]),
        ({"example_column": "table"}, ["example_column is no column"]),
        ({"example_column": "hands"}, ["example_column has no mark in the example"]),
        (
            {"example": lambda wording: {**example(wording), "table": 1}},
            ["example of table, which is no column"],
        ),
        (
            {"example": lambda wording: {"action": example(wording)["action"]}},
            ["example of held_on is not there", "example of hands is not there"],
        ),
    ],
)
def test_a_piece_that_is_not_there_is_named(change: dict[str, Any], lacks: list[str]) -> None:
    with KINDS.added(replace(HANDS, **change)):
        assert lacking("hands") == lacks


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({"names": DANISH_ONLY}, [f"column hands: no name in {code}" for code in ("nb", "sv", "fi")]),
        ({"guidance": ""}, ["column hands: no text"]),
        ({"words": "fingers"}, ["column hands: no words fingers in the vocabulary"]),
        ({"holds": Holds.DATE}, ["column hands: dates, and nothing else, have a key that ends in _on"]),
    ],
)
def test_a_piece_that_a_column_lacks_is_named(change: dict[str, Any], lacks: list[str]) -> None:
    columns = (*HANDS.columns[:-1], replace(HANDS.columns[-1], **change))
    with KINDS.added(replace(HANDS, columns=columns)):
        assert lacking("hands") == lacks
