"""A file nobody made for us, mapped by hand: the shape of the Open University data set, with its mangled band."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from analysis.auth.roles import AS_THEY_ARE, NOBODY_SIGNED_IN
from analysis.intake.contract import Form
from analysis.intake.findings.check import Severity
from analysis.intake.fix.corrections import Corrections
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.applied_mapping import apply_mapping
from analysis.intake.mapping.file_columns import distinct, headers
from analysis.intake.mapping.mapping import DimensionMapping, Mapping
from analysis.intake.read_file import read
from analysis.intake.validate.reconciliation import reconcile
from analysis.store import Database, Source, add_import, dimensions, municipalities, sums
from tests.support.counts import counts_by_phase

LINES = [
    "code_module,code_presentation,id_student,gender,region,imd_band,final_result",
    "AAA,2013B,1,M,Scotland,0-10%,Pass",
    "AAA,2013B,2,F,Wales,20-Oct,Withdrawn",
    "AAA,2014J,3,F,Scotland,20-30%,Fail",
    "AAA,2014J,4,F,Wales,,Distinction",
]
CONTENT = "\n".join(LINES).encode()
OUTCOMES = {"Pass": "completed", "Distinction": "completed", "Fail": "completed", "Withdrawn": "dropped out"}
STARTS = {"2013B": "01-02-2013", "2014J": "01-10-2014"}


def mapping(bands: dict[str, str]) -> Mapping:
    return Mapping(
        Form.COURSES,
        columns={
            "municipality": "region",
            "offer": "code_module",
            "citizen": "id_student",
            "started_on": "code_presentation",
            "outcome": "final_result",
        },
        dimensions={
            "imd_band": DimensionMapping("Deprivation", True, bands, {"0-10%": 1, "10-20%": 2, "20-30%": 3}),
            "gender": DimensionMapping("sex", False, {"M": "Mand", "F": "Kvinde"}),
        },
        values={"started_on": STARTS, "outcome": OUTCOMES},
        add_places=True,
        adjusted_on=dt.date(2014, 1, 1),
        adjustment_title="2014",
    )


def test_the_values_of_a_column_are_listed_as_a_person_would() -> None:
    sheet = read(CONTENT, "studentInfo.csv").sheets[0]
    assert list(distinct(headers(sheet)["imd_band"])) == ["0-10%", "20-30%", "20-Oct", ""]


def test_a_band_that_excel_made_a_date_blocks_until_it_is_mended(database: Database) -> None:
    reading = read(CONTENT, "studentInfo.csv")
    bands = {band: band for band in ("0-10%", "20-Oct", "20-30%")}
    prepared = apply_mapping(reading, mapping(bands), load_reference_data(database))
    (found,) = [finding for finding in prepared.findings if finding.severity is Severity.ERROR]
    assert (found.check, found.rows, found.column, found.values["guess"]) == (
        "group_as_date",
        (3,),
        "imd_band",
        "10-20",
    )


def test_places_are_added_by_the_answer_on_their_country_too(database: Database) -> None:
    bands = {band: band for band in ("0-10%", "20-30%")} | {"20-Oct": "10-20%"}
    chosen = replace(mapping(bands), add_places=False)
    known = load_reference_data(database)
    unanswered = apply_mapping(read(CONTENT, "studentInfo.csv"), chosen, known)
    assert [one.check for one in unanswered.findings if one.severity is Severity.ERROR] == ["municipality_none"]
    answered = Corrections(answers={"municipality_country": "other"})
    for added in (False, True):
        prepared = apply_mapping(read(CONTENT, "studentInfo.csv"), replace(chosen, add_places=added), known, answered)
        assert prepared.faultless
        assert prepared.contents.places is not None
        assert prepared.contents.places["municipality"].to_pylist() == ["Scotland", "Wales"]


def test_mapped_courses_become_counts_with_places_and_an_ordered_dimension_of_their_own(database: Database) -> None:
    reading = read(CONTENT, "studentInfo.csv")
    bands = {"0-10%": "0-10%", "20-Oct": "10-20%", "20-30%": "20-30%"}
    prepared = apply_mapping(reading, mapping(bands), load_reference_data(database))
    assert prepared.faultless
    add_import(database, prepared.contents, Source(reading.file_name, reading.sha256), by=NOBODY_SIGNED_IN)
    deprivation = dimensions(database)["Deprivation"]
    assert [(group.key, group.rank) for group in deprivation.groups] == [("0-10%", 1), ("10-20%", 2), ("20-30%", 3)]
    assert {"Scotland", "Wales"} <= set(municipalities(database))
    counts = counts_by_phase(database, AS_THEY_ARE, dimension="Deprivation", synthetic=False)
    assert counts["invited"].isna().all()
    found = {(row.phase, row.group): (row.participated, row.completed) for row in counts.itertuples()}
    assert found == {
        ("before", "0-10%"): (1, 1),
        ("before", "10-20%"): (1, 0),
        ("after", "20-30%"): (1, 1),
        ("after", "missing"): (1, 1),
    }


@pytest.mark.parametrize("missing", ["citizen", "started_on"])
def test_a_column_that_was_not_chosen_is_asked_for(database: Database, missing: str) -> None:
    reading = read(CONTENT, "studentInfo.csv")
    chosen = mapping({})
    del chosen.columns[missing]
    prepared = apply_mapping(reading, chosen, load_reference_data(database))
    check = "missing_constant" if missing == "started_on" else "missing_column"
    assert [finding.check for finding in prepared.findings] == [check]


ELSEWHERE = [
    ["Hvor", "Hvad", "Fase", "Nr"],
    ["Holbæk", "Påmindelser på sms", "sat i værk", 1],
    ["Samsø", "Sundhed i jobcentret", "vedtaget", 2],
]
"""A list of actions that nobody made for this program."""


def test_a_list_of_actions_is_matched_by_hand(database: Database, workbook: Callable[..., bytes]) -> None:
    reading = read(workbook(Overblik=ELSEWHERE), "overblik.xlsx")
    columns = {"municipality": "Hvor", "action": "Hvad", "status": "Fase", "priority": "Nr"}
    by_hand = Mapping(Form.ACTIONS, columns, values={"status": {"sat i værk": "i gang"}}, sheet="Overblik")
    prepared = apply_mapping(reading, by_hand, load_reference_data(database))
    assert prepared.faultless, prepared.findings
    actions = prepared.contents.actions
    assert actions is not None
    assert actions["status"].to_pylist() == ["running", "decided"]
    assert actions["priority"].to_pylist() == [1, 2]


def test_a_list_of_participants_lacks_what_is_the_same_for_all(
    database: Database, workbook: Callable[..., bytes]
) -> None:
    rows = [["Navn", "Fra", "Stilling"], ["A. Hansen", "Holbæk", "Leder"], ["B. Jensen", "Samsø", "Politiker"]]
    reading = read(workbook(Deltagerliste=rows), "deltagere.xlsx")
    same = {"held_on": "10-03-2016", "place": "Odense", "day_kind": "national"}
    by_hand = Mapping(
        Form.THEME_DAYS, {"municipality": "Fra", "role": "Stilling"}, constants=same, sheet="Deltagerliste"
    )
    prepared = apply_mapping(reading, by_hand, load_reference_data(database))
    assert prepared.faultless, prepared.findings
    assert prepared.personal
    days = prepared.contents.theme_days
    assert days is not None
    assert days["role"].to_pylist() == ["leader", "politician"]
    assert days["participants"].to_pylist() == [1, 1]
    assert set(days["held_on"].to_pylist()) == {dt.date(2016, 3, 10)}


def test_rows_that_name_groups_are_rows_and_not_headers(database: Database) -> None:
    """Each row repeats most texts of the first one, and names groups: none of them is the header of a table."""
    rows = [
        f"AAA,2013B,{number},{'MF'[number % 2]},Scotland,{10 * (number % 2)}-{10 + 10 * (number % 2)}%,Pass"
        for number in range(40)
    ]
    reading = read("\n".join([LINES[0], *rows]).encode(), "studentInfo.csv")
    prepared = apply_mapping(reading, mapping({}), load_reference_data(database))
    assert prepared.faultless
    assert prepared.contents.courses is not None
    assert len(prepared.contents.courses) == 40
    assert all(account.balances for account in reconcile(reading, prepared, sums(prepared.contents)))


def test_only_the_chosen_rows_are_read(database: Database, workbook: Callable[..., bytes]) -> None:
    rows = [
        ["POPULATION", "GROUP", "SUBGROUP", "POP", "COUNT"],
        ["Adults", "Sex", "Male", 900, 300],
        ["Children", "Sex", "Male", 500, 200],
        ["Children", "Sex", "Female", 510, 230],
        ["Children", "Age", "0-4", 400, 100],
    ]
    chosen = Mapping(
        Form.COUNTS,
        {"invited": "POP", "participated": "COUNT"},
        {"SUBGROUP": DimensionMapping("sex", False, {"Male": "man", "Female": "woman"})},
        constants={"municipality": "Randers", "offer": "Vaccination", "period": "2023"},
        only={"POPULATION": "Children", "GROUP": "Sex"},
    )
    reading = read(workbook(Data=rows), "coverage.xlsx")
    prepared = apply_mapping(reading, chosen, load_reference_data(database))
    assert prepared.faultless
    assert prepared.contents.counts is not None
    assert [(row["group"], row["invited"], row["participated"]) for row in prepared.contents.counts.to_pylist()] == [
        ("man", 500, 200),
        ("woman", 510, 230),
    ]
    (account,) = reconcile(reading, prepared, sums(prepared.contents))
    assert (account.rows_in_file, account.rows_stored, account.balances) == (4, 2, True)


def test_each_value_of_a_new_dimension_is_a_group(database: Database) -> None:
    chosen = replace(mapping({}), dimensions={"imd_band": DimensionMapping("Deprivation", False)}, add_places=True)
    content = CONTENT.replace(b"20-Oct", b"10-20%")
    prepared = apply_mapping(read(content, "studentInfo.csv"), chosen, load_reference_data(database))
    assert prepared.faultless
    assert prepared.contents.courses is not None
    assert prepared.contents.courses["Deprivation"].to_pylist() == ["0-10%", "10-20%", "20-30%", "missing"]
