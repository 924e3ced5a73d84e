"""A count that is held back is neither zero nor an error: its offer and period leave the rates of every group."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from analysis.auth.roles import AS_THEY_ARE, NOBODY_SIGNED_IN, NotAllowed, Person, Role
from analysis.intake.findings.check import Severity
from analysis.intake.fix.corrections import Corrections
from analysis.intake.importing import store
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.read_file import Reading, read
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.reconciliation import reconcile
from analysis.intake.validate.validation import prepare
from analysis.store import (
    Database,
    ImportMode,
    ImportRecord,
    counts_by_month,
    held_back,
    history,
    redo_import,
    stored_totals,
    sums,
    undo_import,
)
from tests.support.stored_answers import exhibit_of_file
from tests.support.workbooks.faults import ADJUSTMENT_HEADERS, COUNT_HEADERS, WIDE_HEADERS, Row, adjustment, book
from tests.support.workbooks.faults import count as row

D = dt.date
FEBRUARY = {"Periode": "2015-02"}
MEN = {"Gruppe": "Mand"}
ALONE, TOGETHER = ({"Dimension": "Samlivsstatus", "Gruppe": one} for one in ("Bor alene", "Samlevende eller gift"))


def counts(*rows: Row, headers: Row = COUNT_HEADERS) -> bytes:
    return book({"Optælling": [headers, *rows]})


def taken(database: Database, content: bytes, **answers: str) -> tuple[Reading, Prepared]:
    reading = read(content, "export.xlsx")
    return reading, prepare(reading, load_reference_data(database), Corrections(answers=answers))


def checks(prepared: Prepared, severity: Severity = Severity.ERROR) -> set[str]:
    return {one.check for one in prepared.findings if one.severity is severity}


def stored(database: Database, content: bytes, *, mode: ImportMode = ImportMode.NEW, **answers: str) -> ImportRecord:
    reading, prepared = taken(database, content, **answers)
    assert prepared.faultless, prepared.findings
    assert all(one.balances for one in reconcile(reading, prepared, sums(prepared.contents)))
    record = store(database, reading, prepared, Decisions(), content, by=NOBODY_SIGNED_IN, mode=mode)
    assert all(one.balances for one in reconcile(reading, prepared, stored_totals(database, record.import_id)))
    return record


def in_rates(database: Database) -> set[tuple[int, str]]:
    """The months and groups that are counted."""
    found = counts_by_month(database, AS_THEY_ARE, synthetic=False)
    return {(start.month, group) for start, group in zip(found["period_start"], found["group"], strict=True)}


def listed(database: Database) -> list[tuple[str, int, str]]:
    """The offers, months and dimensions that the pages tell of."""
    found = held_back(database, synthetic=False)
    return [(one.offer, one.period_start.month, one.dimension) for one in found.itertuples()]


def two_months(value: Any, **cells: Any) -> bytes:
    """Two groups in March and February, and another dimension; the value is that of men in March."""
    changed = row(**MEN, **{"Gennemført": value, **cells})
    return counts(row(), changed, row(**FEBRUARY), row(**FEBRUARY, **MEN), row(**ALONE), row(**TOGETHER))


@pytest.mark.parametrize(
    "mark",
    [
        *("<5", "< 5", "<=4", "≤4", "≤ 4", "n<5", "n < 5", "under 5", "Under 5", "færre end 5", "mindre enn 5"),
        *("färre än 5", "alle 5", "fewer than 5", "0-4", "1–4", "1 - 4", "5-9", "..", "...", "…", ":", "*", "**", "#"),
        *(
            "!",
            "‡",
            "u",
            "c",
            "x",
            "X",
            "[c]",
            "(c)",
            "[x]",
            "[low]",
            "i.o.",
            "(4)",
            "(4)?",
            "12*",
            "5-",
            "ikke oplyst",
        ),
        *("Diskretioneret", "Maskert", "Sekretess", "salattu", "suppressed"),
    ],
)
def test_a_mark_holds_the_count_back(database: Database, mark: str) -> None:
    _, prepared = taken(database, two_months(mark))
    assert checks(prepared) == set()
    assert checks(prepared, Severity.WARNING) == {"hidden_count", "held_back"}
    assert prepared.counts.num_rows == 4
    assert 0 not in prepared.contents.counts["completed"].to_pylist()


@pytest.mark.parametrize("text", ["-5", "12,5", "tolv", "4-1", "(20)", "5 6", "<", "under", "vi"])
def test_other_texts_are_no_marks(database: Database, text: str) -> None:
    _, prepared = taken(database, two_months(text))
    assert checks(prepared) & {"text_for_number", "not_a_count"}


@pytest.mark.parametrize("mark", [".", "-", "–", "—", "NA", "n/a", "N.A."])
def test_a_mark_that_can_mean_none_is_asked_about(database: Database, mark: str) -> None:
    content = two_months(mark)
    assert checks(taken(database, content)[1]) == {"suppressed_mark"}
    _, hidden = taken(database, content, suppressed_mark="hidden")
    assert (hidden.faultless, hidden.counts.num_rows, hidden.contents.counts.num_rows) == (True, 4, 5)
    _, zero = taken(database, content, suppressed_mark="zero")
    assert (zero.faultless, zero.counts.num_rows) == (True, 6)
    assert zero.contents.counts["completed"].to_pylist()[1] == 0
    _, by_office = taken(database, content, suppressed_mark="dash_zero")
    assert by_office.counts.num_rows == (6 if mark in "-–—" else 4)


def test_a_number_of_a_later_stage_shows_that_a_mark_is_not_zero(database: Database) -> None:
    _, prepared = taken(database, two_months(3, Deltaget="-"))
    assert checks(prepared) == set()
    assert prepared.counts.num_rows == 4
    _, asked = taken(database, two_months(0, Deltaget="-"))
    assert checks(asked) == {"suppressed_mark"}


def test_an_empty_cell_is_a_mark_only_beside_marks(database: Database) -> None:
    assert checks(taken(database, two_months(None))[1]) == {"cell_empty"}
    content = counts(row(Gennemført="<5"), row(**MEN, Gennemført=None))
    assert checks(taken(database, content)[1]) == {"suppressed_mark"}
    _, zero = taken(database, content, suppressed_mark="zero")
    assert zero.contents.counts["completed"].to_pylist() == [0]


def test_the_period_leaves_the_rates_of_the_dimension_and_is_listed(database: Database) -> None:
    record = stored(database, two_months("<5"))
    kept = {(2, "woman"), (2, "man"), (3, "living alone"), (3, "cohabiting or married")}
    assert in_rates(database) == kept
    assert listed(database) == [("Rygestop", 3, "sex")]
    undo_import(database, record.import_id, by=NOBODY_SIGNED_IN)
    assert (in_rates(database), listed(database)) == (set(), [])
    redo_import(database, record.import_id, by=NOBODY_SIGNED_IN)
    assert (in_rates(database), listed(database)) == (kept, [("Rygestop", 3, "sex")])


def test_the_finding_tells_the_rows_that_leave_too(database: Database) -> None:
    _, prepared = taken(database, two_months("<5"))
    (found,) = [one for one in prepared.findings if one.check == "held_back"]
    assert (found.value, found.rows, found.values["number"]) == ("Rygestop", (2,), 1)
    assert [(one.start, one.end) for one in found.values["periods"]] == [(D(2015, 3, 1), D(2015, 4, 1))]


def test_months_that_are_held_back_are_not_said_to_be_missing(database: Database) -> None:
    rows = [row(Periode=f"2015-{month:02}", **group) for month in range(1, 13) for group in ({}, MEN)]
    rows[8][-1] = "<5"
    assert checks(taken(database, counts(*rows))[1], Severity.WARNING) == {"hidden_count", "held_back"}
    assert "month_missing" in checks(taken(database, counts(*rows[:8], *rows[10:]))[1], Severity.WARNING)


def test_numbers_that_come_later_take_the_place_of_those_held_back(database: Database) -> None:
    stored(database, counts(row(Gennemført="*"), row(**MEN, Gennemført="*")))
    assert (in_rates(database), listed(database)) == (set(), [("Rygestop", 3, "sex")])
    later = stored(database, counts(row(), row(**MEN)), mode=ImportMode.REPLACE)
    assert ({month for month, _ in in_rates(database)}, listed(database)) == ({3}, [])
    undo_import(database, later.import_id, by=NOBODY_SIGNED_IN)
    assert listed(database) == [("Rygestop", 3, "sex")]


def test_numbers_that_are_held_back_later_take_the_place_of_earlier_ones(database: Database) -> None:
    stored(database, counts(row(), row(**MEN)))
    later = stored(database, counts(row(Gennemført="*"), row(**MEN, Gennemført="*")), mode=ImportMode.REPLACE)
    assert (in_rates(database), listed(database)) == (set(), [("Rygestop", 3, "sex")])
    undo_import(database, later.import_id, by=NOBODY_SIGNED_IN)
    assert (len(in_rates(database)), listed(database)) == (2, [])


def test_only_who_may_store_the_counts_may_store_those_held_back(database: Database) -> None:
    content = counts(row(Gennemført="*"))
    reading, prepared = taken(database, content)
    other = Person("Bo", Role.CONSULTANT, frozenset({"Holbæk"}))
    with pytest.raises(NotAllowed):
        store(database, reading, prepared, Decisions(), content, by=other)
    record = stored(database, content)
    with pytest.raises(NotAllowed):
        undo_import(database, record.import_id, by=other)


def test_a_change_of_what_is_held_back_is_a_new_version_of_the_data(database: Database) -> None:
    before = database.version()
    record = stored(database, counts(row(Gennemført="*")))
    between = database.version()
    undo_import(database, record.import_id, by=NOBODY_SIGNED_IN)
    assert before < between < database.version()
    assert history(database)[0].counts == 0


def test_a_row_of_groups_in_columns_leaves_as_a_whole(database: Database) -> None:
    lines = [["Aarhus", "Rygestop", f"2015-0{month}", 30, 20, 12, 10] for month in (1, 2)]
    lines[1][-1] = "<5"
    stored(database, counts(*lines, headers=WIDE_HEADERS))
    assert {month for month, _ in in_rates(database)} == {1}
    assert listed(database) == [("Rygestop", 2, "sex")]


def test_the_pages_list_the_periods_that_are_held_back(tmp_path: Path) -> None:
    rows = [
        row(Periode=f"2015-{month:02}", Gruppe=group, Inviteret=100, Deltaget=80, Gennemført=reached)
        for month in range(1, 13)
        for group, reached in (("Kvinde", 40), ("Mand", 60))
    ]
    rows[3][-1] = "<5"
    sheets = {"Optælling": [COUNT_HEADERS, *rows], "Justeringer": [ADJUSTMENT_HEADERS, adjustment(Dato=D(2015, 7, 1))]}
    choices = {"dimension": "sex", "rate": "completion", "understanding": "gap"}
    found = exhibit_of_file(tmp_path, lambda: book(sheets), "groups", AS_THEY_ARE, choices)
    said = "Left out: 1 period of Rygestop in Aarhus, 1 Feb 2015 to 28 Feb 2015, in which the number of a group is held"
    assert said in " ".join(found.provenance.left_out)
    before = found.numbers[found.numbers["Phase"] == "before"]
    assert before["Citizens"].tolist() == [400, 400]


def percentages(*rows: tuple[Any, Any, Any], number_format: str = "General", base: bool = True) -> bytes:
    made = Workbook()
    made.active.title = "Optælling"
    headers = COUNT_HEADERS if base else [*COUNT_HEADERS[:5], *COUNT_HEADERS[6:]]
    made.active.append(headers)
    for month, (invited, participated, completed) in enumerate(rows, start=1):
        numbers = [invited, participated, completed] if base else [participated, completed]
        made.active.append(["Aarhus", "Rygestop", f"2015-{month:02}", "Køn", "Kvinde", *numbers])
        for cell in made.active[made.active.max_row][-2:]:
            cell.number_format = number_format
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("written", "number_format"),
    [
        (("50%", "25 %"), "General"),
        (("50 pct.", "25 procent"), "General"),
        (("50,0 %", "25.0%"), "General"),
        ((0.5, 0.25), "0%"),
        ((0.5, 0.25), "0.0%"),
    ],
)
def test_percentages_are_counts_of_what_a_person_says(
    database: Database, written: tuple[Any, Any], number_format: str
) -> None:
    content = percentages((40, *written), (80, *written), number_format=number_format)
    assert checks(taken(database, content)[1]) == {"percent_of"}
    for answer, completed in (("invited", [10, 20]), ("participated", [5, 10])):
        _, prepared = taken(database, content, percent_of=answer)
        assert checks(prepared) == set()
        assert prepared.contents.counts["participated"].to_pylist() == [20, 40]
        assert prepared.contents.counts["completed"].to_pylist() == completed


def test_a_percentage_that_gives_no_whole_number_is_never_a_count(database: Database) -> None:
    content = percentages((40, "50%", "25%"), (41, "50%", "25%"), (7, 7, "14,3%"))
    _, prepared = taken(database, content, percent_of="invited")
    found = [one for one in prepared.findings if one.check == "percent_not_whole"]
    assert [(one.rows, one.column, one.value, one.values["base"]) for one in found] == [
        ((3,), "Deltaget", "50%", 41),
        ((4,), "Gennemført", "14,3%", 7),
    ]
    assert [one.values["product"].number for one in found] == pytest.approx([20.5, 1.001])
    record = stored(database, content, percent_of="invited", percent_not_whole="left_out")
    assert {month for month, _ in in_rates(database)} == {1}
    assert [month for _, month, _ in listed(database)] == [2, 3]
    assert record.counts == 1


@pytest.mark.parametrize("base", [True, False])
def test_a_percentage_without_a_base_is_an_error(database: Database, base: bool) -> None:
    content = percentages((None, "50%", 5), base=base)
    answers = {"percent_of": "invited"} if base else {}
    assert checks(taken(database, content, **answers)[1]) == {"percent_without_base"}


def test_each_group_in_columns_of_its_own_has_its_own_base(database: Database) -> None:
    headers = [*WIDE_HEADERS[:3], "Inviteret Kvinde", "Inviteret Mand", *WIDE_HEADERS[3:]]
    content = counts(["Aarhus", "Rygestop", "2015-01", 40, 80, "50%", "25%", 10, 10], headers=headers)
    _, prepared = taken(database, content, percent_of="invited")
    assert prepared.faultless
    assert prepared.contents.counts["participated"].to_pylist() == [20, 20]


def test_counts_in_a_format_of_percentages_are_not_taken_for_shares(database: Database) -> None:
    _, prepared = taken(database, percentages((40, 20, 10), number_format="0%"), percent_of="invited")
    assert checks(prepared) == {"number_shown_otherwise"}
