"""Dimensions and groups that a user adds, and answers about values when headers are matched by hand or have moved."""

from dataclasses import replace
from typing import Any

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.intake.contract import Form
from analysis.intake.findings.findings import Finding, blocks
from analysis.intake.fix.corrections import AddedDimension, AddedGroup, Corrections
from analysis.intake.fix.decisions import (
    add_dimension,
    add_groups,
    decisions_of,
    keep_place,
    leave_out_columns,
    replace_value,
    without,
)
from analysis.intake.fix.entries import Entry, entries
from analysis.intake.importing import store
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.changed_meanings import without_old_meanings
from analysis.intake.mapping.mapping import DimensionMapping, Level, Mapping
from analysis.intake.mapping.saved_mappings import (
    Decisions,
    from_json,
    placed_in,
    prepared_with,
    remember,
    remembered,
    to_json,
)
from analysis.intake.read_file import Reading, read
from analysis.intake.validate.prepared import Prepared
from analysis.store import Database, dimensions, municipalities
from tests.support.workbooks.read_tables import workbook

HEADERS = ["Kommune", "Tilbud", "Periode", "Dimension", "Gruppe", "Inviteret", "Deltaget", "Gennemført"]
DISTRICTS = [["Viborg", "Rygestop", "2015-03", "Bydel", group, 40, 20, 10] for group in ("Nord", "Syd", "Ukendt")]
SEXES = [["Viborg", "Rygestop", "2015-03", "Køn", group, 60, 30, 15] for group in ("Mand", "Kvinde")]
BY_DISTRICT = workbook((), Ark=[HEADERS, *DISTRICTS, *SEXES])


def with_corrections(database: Database, reading: Reading, corrections: Corrections) -> Prepared:
    return prepared_with(reading, load_reference_data(database), Decisions(None, corrections))


def checks(prepared: Prepared) -> set[str]:
    return {finding.check for finding in prepared.findings if blocks([finding])}


def of_dimension(prepared: Prepared, dimension: str) -> dict[str, int]:
    assert prepared.contents.counts is not None
    rows: list[dict[str, Any]] = prepared.contents.counts.to_pylist()
    return {row["group"]: row["participated"] for row in rows if row["dimension"] == dimension}


def test_a_text_in_the_column_of_dimensions_becomes_a_dimension(database: Database) -> None:
    reading = read(BY_DISTRICT, "bydele.xlsx")
    assert checks(with_corrections(database, reading, Corrections())) == {"unknown_dimension"}
    corrections = add_dimension(Corrections(), AddedDimension("Bydel"))
    prepared = with_corrections(database, reading, corrections)
    assert prepared.faultless
    assert of_dimension(prepared, "Bydel") == {"Nord": 20, "Syd": 20, "missing": 20}
    store(database, reading, prepared, Decisions(None, corrections), BY_DISTRICT, by=NOBODY_SIGNED_IN)
    found = dimensions(database)["Bydel"]
    assert ([group.key for group in found.groups], found.ordered, found.has_pair) == (["Nord", "Syd"], False, False)
    assert from_json(to_json(Decisions(None, corrections))).corrections == corrections
    (decision,) = decisions_of(corrections)
    assert without(corrections, decision) == Corrections()


def test_the_groups_of_an_added_dimension_with_an_order_wait_for_ranks(database: Database) -> None:
    reading = read(BY_DISTRICT, "bydele.xlsx")
    corrections = add_dimension(Corrections(), AddedDimension("Bydel", ordered=True))
    assert checks(with_corrections(database, reading, corrections)) == {"unknown_group"}
    one = add_groups(corrections, [AddedGroup("Bydel", "Nord", 1)])
    assert checks(with_corrections(database, reading, one)) == {"unknown_group", "rank_missing"}
    both = add_groups(one, [AddedGroup("Bydel", "Syd", 2)])
    prepared = with_corrections(database, reading, both)
    assert prepared.faultless
    store(database, reading, prepared, Decisions(None, both), BY_DISTRICT, by=NOBODY_SIGNED_IN)
    found = dimensions(database)["Bydel"]
    assert (found.compared, found.reference, found.has_pair) == ("Nord", "Syd", True)
    of_group = next(one for one in decisions_of(both) if one.value == "Syd")
    assert without(both, of_group) == one


ACROSS = workbook(
    (),
    Ark=[
        ["Sted", "Hold", "Periode", "Grundskole", "Mesterlære", "Volapyk"],
        ["Viborg", "Rygestop", "2015-03", 12, 14, 9],
        ["Viborg", "KOL", "2015-03", 22, 24, 19],
    ],
)
BY_HAND = Mapping(
    Form.COUNTS,
    {"municipality": "Sted", "offer": "Hold", "period": "Periode"},
    sheet="Ark",
    heading=(0, 0),
    numbers=("Grundskole", "Mesterlære", "Volapyk"),
    levels=(Level(dimension=DimensionMapping("education", True)),),
    constants={"stage": "participated"},
)


def test_a_header_over_numbers_is_replaced_in_a_file_that_is_matched_by_hand(database: Database) -> None:
    reading, known = read(ACROSS, "hold.xlsx"), load_reference_data(database)
    (entry,) = _wrong(prepared_with(reading, known, Decisions(BY_HAND, Corrections())))
    assert [value.value for value in entry.values] == ["Mesterlære", "Volapyk"]
    corrections = Corrections()
    for value, group in zip(entry.values, ("Kort videregående", "Lang videregående"), strict=True):
        corrections = replace_value(corrections, reading.sheets, value.findings, group)
    prepared = prepared_with(reading, known, Decisions(BY_HAND, corrections))
    assert prepared.faultless
    assert prepared.contents.counts is not None
    rows = prepared.contents.counts.to_pylist()
    assert sorted((row["offer"], row["group"], row["participated"]) for row in rows) == [
        ("KOL", "basic school", 22),
        ("KOL", "long higher education", 19),
        ("KOL", "short higher education", 24),
        ("Rygestop", "basic school", 12),
        ("Rygestop", "long higher education", 9),
        ("Rygestop", "short higher education", 14),
    ]


def _wrong(prepared: Prepared) -> list[Entry]:
    return entries(prepared.findings, by_hand=True)


def of_school(sheet: str, headers: str, *rows: str) -> bytes:
    return workbook((), **{sheet: [headers.split(";"), *(row.split(";") for row in rows)]})


def test_a_replaced_value_is_replaced_in_a_later_file_whose_columns_moved(database: Database) -> None:
    first = read(
        of_school(
            "Marts",
            "Kommune;Tilbud;Borger-id;Startet;Uddannelse",
            *("Viborg;Rygestop;B1;02-03-2015;Folkeskolen", "Viborg;Rygestop;B2;02-03-2015;Volapyk"),
        ),
        "marts.xlsx",
    )
    finding = Finding("unknown_group", "Marts", (3,), "Uddannelse", "Volapyk", letters="E")
    decisions = Decisions(None, replace_value(Corrections(), first.sheets, [finding], "Lang videregående"))
    remember(database, "Journal", first, decisions, by=NOBODY_SIGNED_IN)
    rows = ("Volapyk;Viborg;Rygestop;B7;02-04-2015", "Grundskole;Viborg;Rygestop;B8;02-04-2015")
    later = read(of_school("April", "Uddannelse;Kommune;Tilbud;Borger-id;Startet", *rows), "april.xlsx")
    (found,) = remembered(database, later)
    assert found.decisions.corrections.values == {("April", "A"): {"Volapyk": "Lang videregående"}}
    prepared = prepared_with(later, load_reference_data(database), found.decisions)
    assert prepared.faultless
    assert prepared.contents.courses is not None
    assert prepared.contents.courses["education"].to_pylist() == ["long higher education", "basic school"]
    written = from_json(to_json(decisions, first))
    assert placed_in(later, written) == found.decisions
    assert placed_in(first, written) == decisions


def test_a_header_is_left_out_with_the_numbers_below_it_alone(database: Database) -> None:
    rows = [["Randers", "Motion", 2022, 10, 20, None], ["Randers", "Motion", 2023, 11, 21, 5]]
    content = workbook((), Ark=[["Kommune", "Tilbud", "År", "Grundskole", "Kort uddannelse", "Zorg"], *rows])
    reading = read(content, "motion.xlsx")
    stated = Corrections(constants={"stage": "participated"})
    prepared = with_corrections(database, reading, stated)
    (entry,) = _wrong(prepared)
    corrections = leave_out_columns(stated, entry.findings)
    prepared = with_corrections(database, reading, corrections)
    assert prepared.faultless
    assert prepared.contents.counts is not None
    assert sum(prepared.contents.counts["participated"].to_pylist()) == 10 + 20 + 11 + 21
    assert from_json(to_json(Decisions(None, corrections))).corrections == stated
    (decision, _) = decisions_of(corrections)[::-1]
    assert without(corrections, decision) == stated


def test_a_place_that_is_no_municipality_is_kept(database: Database) -> None:
    rows = [[place, "Motion", "2015-03", "Køn", "Kvinde", 40, 30, 20] for place in ("Randers", "Ertholmene")]
    content = workbook((), Optælling=[HEADERS, *rows])
    reading = read(content, "motion.xlsx")
    assert checks(with_corrections(database, reading, Corrections())) == {"unknown_municipality"}
    corrections = keep_place(Corrections(), "Ertholmene")
    prepared = with_corrections(database, reading, corrections)
    assert prepared.faultless
    store(database, reading, prepared, Decisions(None, corrections), content, by=NOBODY_SIGNED_IN)
    assert "Ertholmene" in municipalities(database)
    assert from_json(to_json(Decisions(None, corrections))).corrections == corrections


def test_what_is_about_one_file_is_not_saved_with_its_mapping() -> None:
    once = {"i går": "14-01-2024", "2013J": "01-10-2013", "Ufaglærd": "Ufaglært", "snart": "2024K1"}
    answers = {"outcome_blank": "dropped_out", "session_year": "2024", "no_groups": "totals"}
    corrections = Corrections(values={("Ark", "C"): once}, answers=answers)
    lasting = corrections.without_rows()
    assert lasting.values == {("Ark", "C"): {"2013J": "01-10-2013", "Ufaglærd": "Ufaglært"}}
    assert lasting.answers == {"no_groups": "totals"}
    running = Corrections(answers={"outcome_blank": "running"})
    assert running.without_rows() == running


def test_corrections_of_a_column_are_dropped_when_it_gets_another_meaning() -> None:
    before = Mapping(Form.COURSES, {"offer": "Hold"}, {"Skole": DimensionMapping("education", True)}, sheet="Ark")
    after = Mapping(Form.COURSES, {"offer": "Hold"}, {"Skole": DimensionMapping("Skole", False)}, sheet="Ark")
    corrections = Corrections(
        values={("Ark", "A"): {"x": "Motion"}, ("Ark", "B"): {"Ufaglærd": "Grundskole"}},
        groups=(AddedGroup("education", "Professor", 5), AddedGroup("sex", "Andet")),
    )
    places = {"Hold": "A", "Skole": "B"}
    left = without_old_meanings(corrections, before, after, places)
    assert left.values == {("Ark", "A"): {"x": "Motion"}}
    assert left.groups == (AddedGroup("sex", "Andet"),)
    assert without_old_meanings(corrections, before, before, places) == corrections


def test_two_names_of_one_group_are_added_up_by_answer(database: Database) -> None:
    rows = [["Randers", "KOL", "2024-01", "Uddannelse", group, 40, 20, 10] for group in ("Grundskole", "Folkeskole")]
    reading = read(workbook((), Optælling=[HEADERS, *rows]), "kol.xlsx")
    assert checks(with_corrections(database, reading, Corrections())) == {"count_twice"}
    prepared = with_corrections(database, reading, Corrections(answers={"count_twice": "add"}))
    assert prepared.faultless
    assert prepared.counts is not None
    found = [(row["group"], row["participated"]) for row in prepared.counts.to_pylist()]
    assert found == [("basic school", 40)]


def test_many_unknown_groups_are_not_called_doubles(database: Database) -> None:
    rows = [["Randers", "KOL", "2024-01", "Uddannelse", f"Gruppe {number}", 40, 20, 10] for number in range(60)]
    reading = read(workbook((), Optælling=[HEADERS, *rows]), "kol.xlsx")
    assert checks(with_corrections(database, reading, Corrections())) == {"unknown_group"}


def test_a_group_that_is_the_sum_of_the_others_is_no_group(database: Database) -> None:
    numbers = {"Nord": 1200, "Syd": 1800, "Midtbyen": 3000}
    rows = [["Randers", "KOL", "2024-01", "Bydel", group, n, n // 2, n // 4] for group, n in numbers.items()]
    reading = read(workbook((), Optælling=[HEADERS, *rows]), "kol.xlsx")
    added = add_dimension(Corrections(), AddedDimension("Bydel"))
    prepared = with_corrections(database, reading, added)
    assert prepared.faultless
    assert of_dimension(prepared, "Bydel") == {"Nord": 600, "Syd": 900}
    assert "totals_row" in {finding.check for finding in prepared.findings}
    own = with_corrections(database, reading, replace(added, answers={"total_or_own": "own"}))
    assert of_dimension(own, "Bydel") == {"Nord": 600, "Syd": 900, "Midtbyen": 1500}


def test_a_group_of_a_dimension_that_is_not_known_here_makes_it(database: Database) -> None:
    reading = read(BY_DISTRICT, "bydele.xlsx")
    elsewhere = Corrections(groups=(AddedGroup("Bydel", "Nord"), AddedGroup("Bydel", "Syd")))
    prepared = with_corrections(database, reading, elsewhere)
    assert of_dimension(prepared, "Bydel") == {"Nord": 20, "Syd": 20, "missing": 20}
