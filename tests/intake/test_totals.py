"""Totals are told from ordinary rows by where they are among counts, and by the sum that they repeat."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from analysis.intake.fix.corrections import Corrections
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.read_file import Reading
from analysis.intake.sheets import RawSheet, TextColumn
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.validation import prepare
from analysis.store import Database
from tests.support.workbooks.faults import (
    ADJUSTMENT_HEADERS,
    COUNT_HEADERS,
    COURSE_HEADERS,
    WIDE_HEADERS,
    Row,
    adjustment,
    count,
    course,
)

MEN: dict[str, Any] = {"Gruppe": "Mand", "Inviteret": 30, "Deltaget": 20, "Gennemført": 10}
ALL: dict[str, Any] = {"Inviteret": 70, "Deltaget": 50, "Gennemført": 30}
TWICE = {"Inviteret": 140, "Deltaget": 100, "Gennemført": 60}
ALONE = {"Dimension": "Samlivsstatus", "Gruppe": "Bor alene", "Inviteret": 35, "Deltaget": 25, "Gennemført": 15}
TOGETHER = ALONE | {"Gruppe": "Samlevende eller gift"}
BLANK = dict.fromkeys(["Tilbud", "Periode", "Dimension", "Gruppe"])

Take = Callable[..., Prepared]


@pytest.fixture
def take(database: Database) -> Take:
    """Checks sheets as they would be read, each a list of rows under its name."""

    def prepared(**sheets: list[Row]) -> Prepared:
        return prepare(
            Reading("export.xlsx", "", [raw(name, rows) for name, rows in sheets.items()]),
            load_reference_data(database),
        )

    return prepared


def raw(name: str, rows: list[Row]) -> RawSheet:
    columns = []
    for cells in zip(*rows, strict=True):
        kinds = "".join("n" if isinstance(cell, int) else "t" for cell in cells)
        columns.append(TextColumn(["" if cell is None else str(cell) for cell in cells], np.arange(len(cells)), kinds))
    return RawSheet(name, columns, len(rows))


def counts(*rows: Row, headers: Row = COUNT_HEADERS) -> dict[str, list[Row]]:
    return {"Optælling": [headers, *rows]}


def found(prepared: Prepared, check: str) -> list[tuple[tuple[int, ...], str]]:
    return [(finding.rows, finding.value) for finding in prepared.findings if finding.check == check]


WORDS = [
    *(
        "I alt",
        "i alt:",
        "Ialt",
        "Total",
        "TOTAL",
        "Totalt",
        "Alle",
        "Sum",
        "Summa",
        "Samlet",
        "Hele kommunen",
        "Samtliga",
    ),
    *("Yhteensä", "Kaikki", "Begge køn", "Kvinder og mænd", "Alle borgere", "Grand total"),
    "Kommunen under ét",
]


def test_a_total_by_any_word_is_left_out(take: Take) -> None:
    for word in WORDS:
        prepared = take(**counts(count(), count(**MEN), count(Gruppe=word, **ALL)))
        assert found(prepared, "totals_row") == [((4,), word)], word
        assert (len(prepared.contents.counts), prepared.faultless) == (2, True)
        assert found(prepared, "totals_differ") == []
    print(f"{len(WORDS)} of {len(WORDS)}")


OTHER_PERIOD = {"Periode": "2015-02"}
OTHER_OFFER = {"Tilbud": "Alfa"}
TOTALS = {
    "above": ([count(Gruppe="I alt", **ALL), count(), count(**MEN)], (2,)),
    "in the middle": (
        [
            *(count(**OTHER_PERIOD), count(**OTHER_PERIOD, **MEN), count(**OTHER_PERIOD, Gruppe="I alt", **ALL)),
            *(count(), count(**MEN), count(Gruppe="I alt", **ALL)),
        ],
        (4, 7),
    ),
    "of the sheet": ([count(), count(**MEN), count(**BLANK | {"Kommune": "I alt"} | ALL)], (4,)),
    "of each dimension": (
        [count(), count(**MEN), count(**ALONE), count(**TOGETHER), count(**BLANK | {"Kommune": "I alt"} | ALL)],
        (6,),
    ),
    "of all dimensions": (
        [count(), count(**MEN), count(**ALONE), count(**TOGETHER), count(**BLANK | {"Kommune": "Sum"} | TWICE)],
        (6,),
    ),
    "of subtotals": (
        [
            *(count(), count(**MEN), count(Gruppe="I alt", **ALL)),
            *(count(**OTHER_OFFER), count(**OTHER_OFFER, **MEN), count(**OTHER_OFFER, Gruppe="I alt", **ALL)),
            count(**BLANK | {"Kommune": "Total"} | TWICE),
        ],
        (4, 7, 8),
    ),
    "within a name": (
        [count(), count(**{**MEN, "Gruppe": "Kvinde", **OTHER_OFFER}), count(Tilbud="Aarhus i alt", **ALL)],
        (4,),
    ),
    "of a year": (
        [count(), count(**OTHER_PERIOD), count(Periode="2015 i alt", Inviteret=80, Deltaget=60, Gennemført=40)],
        (4,),
    ),
}


@pytest.mark.parametrize("place", TOTALS)
def test_a_total_in_any_place_is_left_out(take: Take, place: str) -> None:
    lines, totals = TOTALS[place]
    prepared = take(**counts(*lines))
    left_out = sorted(row for rows, _ in found(prepared, "totals_row") for row in rows)
    assert (tuple(left_out), found(prepared, "totals_differ")) == (totals, [])
    assert len(prepared.contents.counts) == len(lines) - len(totals)
    assert prepared.faultless


ORDINARY = {
    "no word": [count(), count(**MEN), count(Gruppe="Uoplyst", **ALL)],
    "an offer's name": [count(Tilbud="Livsstil total"), count(Tilbud="Livsstil total", **MEN), count(Tilbud="Alfa")],
    "an offer's name and a sum by chance": [
        count(Tilbud="Livsstil total", **ALL),
        *(count(Tilbud="Alfa"), count(**{**MEN, "Gruppe": "Kvinde", "Tilbud": "Beta"})),
        *(count(Tilbud="Livsstil total", **MEN), count(Tilbud="Alfa", **MEN | {"Inviteret": 31})),
    ],
}


def rows_of(prepared: Prepared, check: str) -> set[int]:
    return {row for rows, _ in found(prepared, check) for row in rows}


def two_offers(name: str, held_back: Any, invited: int = 0, periods: int = 2) -> dict[str, list[Row]]:
    """Two offers in two periods or more, one of their counts held back, and rows of another name with their sums."""
    rows = []
    for month in range(1, periods + 1):
        at = {"Periode": f"2015-0{month}"}
        rows += [count(**at, Tilbud="Alfa"), count(**MEN | at | {"Gruppe": "Kvinde", "Tilbud": "Beta"})]
        rows.append(count(**at, Tilbud=name, **ALL | {"Inviteret": ALL["Inviteret"] + invited}))
    rows[1][-1] = held_back
    return counts(*rows)


@pytest.mark.parametrize("held_back", ["<5", "*", ".."])
@pytest.mark.parametrize("name", ["Sundhedstilbud i alt", "Alle sundhedstilbud", "Samlet sundhed", "Hele centret"])
def test_a_total_of_numbers_that_are_held_back_is_left_out(take: Take, name: str, held_back: str) -> None:
    prepared = take(**two_offers(name, held_back))
    assert rows_of(prepared, "totals_row") == {4, 7}
    assert sum(prepared.contents.counts["participated"].to_pylist()) == 30 + 30 + 20
    assert rows_of(take(**two_offers("Centret", held_back)), "total_or_own") == {4, 7}


@pytest.mark.parametrize(("held_back", "invited", "periods"), [("<5", 0, 1), (10, 1, 2), (10, -3, 2), ("*", 2, 2)])
def test_a_name_like_a_total_that_may_be_one_is_asked_about(
    database: Database, held_back: Any, invited: int, periods: int
) -> None:
    sheets = two_offers("Sundhed samlet", held_back, invited, periods)

    def answered(**answers: str) -> Prepared:
        read = Reading("export.xlsx", "", [raw(name, rows) for name, rows in sheets.items()])
        return prepare(read, load_reference_data(database), Corrections(answers=answers))

    assert rows_of(answered(), "total_or_own") == set(range(4, 3 * periods + 2, 3))
    assert not answered().faultless
    totals, own = answered(total_or_own="totals"), answered(total_or_own="own")
    assert (totals.faultless, own.faultless) == (True, True)
    assert "Sundhed samlet" not in totals.contents.counts["offer"].to_pylist()
    assert len(own.contents.counts) - len(totals.contents.counts) == periods


@pytest.mark.parametrize("name", ["", "-", None])
def test_a_sum_in_a_row_that_names_no_group_is_asked_about(database: Database, name: str | None) -> None:
    sheets = counts(count(), count(**MEN), count(Gruppe=name, **ALL))

    def answered(**answers: str) -> Prepared:
        read = Reading("export.xlsx", "", [raw(title, rows) for title, rows in sheets.items()])
        return prepare(read, load_reference_data(database), Corrections(answers=answers))

    assert found(answered(), "total_or_own") == [((4,), name or "–")]
    totals, own = answered(total_or_own="totals"), answered(total_or_own="own")
    assert (totals.faultless, own.faultless) == (True, True)
    assert (len(totals.contents.counts), len(own.contents.counts)) == (2, 3)


@pytest.mark.parametrize("kind", ORDINARY)
def test_an_ordinary_row_is_stored(take: Take, kind: str) -> None:
    prepared = take(**counts(*ORDINARY[kind]))
    assert found(prepared, "totals_row") == []
    assert (len(prepared.contents.counts), prepared.faultless) == (len(ORDINARY[kind]), True)


def test_a_total_that_does_not_add_up_is_told(take: Take) -> None:
    prepared = take(**counts(count(), count(**MEN), count(Gruppe="I alt", **ALL | {"Deltaget": 51})))
    assert found(prepared, "totals_differ") == [((4,), "51")]


def test_a_total_of_nothing_is_a_group_that_is_not_known(take: Take) -> None:
    prepared = take(**counts(count(Gruppe="I alt")))
    assert (found(prepared, "unknown_group"), found(prepared, "totals_row")) == ([((2,), "I alt")], [])


def test_a_total_of_groups_in_columns_is_left_out_and_compared(take: Take) -> None:
    lines = [["Aarhus", "Rygestop", "2015-03", 30, 20, 20, 10], ["Aarhus", "Alfa", "2015-03", 3, 2, 2, 1]]
    prepared = take(**counts(*lines, ["Aarhus", "I alt", "2015-03", 33, 22, 22, 12], headers=WIDE_HEADERS))
    assert found(prepared, "totals_row") == [((4,), "I alt")]
    assert found(prepared, "totals_differ") == [((4,), "12")]
    assert len(prepared.contents.counts) == 4


def test_courses_and_adjustments_are_never_totals(take: Take) -> None:
    lines = [course("I alt"), course("b-2", Tilbud="Total"), course("b-3", Tilbud="Livsstil total")]
    adjusted = [
        adjustment(Tilbud="Total"),
        adjustment(Tilbud="Livsstil total", Titel="Opkald til alle, to gange i alt"),
    ]
    prepared = take(Forløb=[COURSE_HEADERS, *lines], Justeringer=[ADJUSTMENT_HEADERS, *adjusted])
    assert (found(prepared, "totals_row"), prepared.faultless) == ([], True)
    assert (len(prepared.contents.courses), len(prepared.contents.adjustments)) == (3, 2)


def test_a_subtotal_of_some_groups_is_left_out(take: Take) -> None:
    """“Higher education, total” is the sum of the rows directly above, not of all groups."""
    of = {"Dimension": "Uddannelse"}
    low = count(**of, Gruppe="Grundskole", Inviteret=100, Deltaget=50, Gennemført=40)
    short = count(**of, Gruppe="Kort videregående uddannelse", Inviteret=30, Deltaget=15, Gennemført=10)
    long = count(**of, Gruppe="Lang videregående uddannelse", Inviteret=40, Deltaget=20, Gennemført=15)
    part = count(**of, Gruppe="Videregående i alt", Inviteret=70, Deltaget=35, Gennemført=25)
    whole = count(**of, Gruppe="I alt", Inviteret=170, Deltaget=85, Gennemført=65)
    one = take(Optælling=[COUNT_HEADERS, low, short, long, part, whole])
    assert one.faultless and one.contents.rows("counts") == 3
    assert "totals_differ" not in {finding.check for finding in one.findings}
    wrong = count(**of, Gruppe="Videregående i alt", Inviteret=71, Deltaget=35, Gennemført=25)
    assert not take(Optælling=[COUNT_HEADERS, low, short, long, wrong, whole]).faultless
