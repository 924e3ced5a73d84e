"""The list of what must be put right: which errors are one entry, what can replace a value, and undoing a decision."""

from analysis.intake.findings.findings import Finding
from analysis.intake.fix.corrections import AddedGroup, Corrections
from analysis.intake.fix.decisions import add_groups, decisions_of, leave_out, replace_value, without
from analysis.intake.fix.entries import Kind, entries
from analysis.intake.fix.possible_values import possible_values
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.parsing.attendance import is_present
from analysis.intake.read_file import read
from analysis.intake.tables import normalised
from analysis.model.languages import LANGUAGES
from analysis.store import Database


def wrong(value: str, letters: str = "E", rows: tuple[int, ...] = (2,), **others: object) -> Finding:
    return Finding("not_a_date", "Forløb", rows, "Startet", value, letters=letters, **others)


def test_errors_with_one_solution_are_one_entry() -> None:
    findings = [wrong("engang"), wrong("snart", rows=(3, 4)), wrong("aldrig", "D")]
    findings += [Finding("period_day"), Finding("period_day"), Finding("missing_column"), Finding("row_twice")]
    found = entries(findings, by_hand=False)
    assert [(entry.kind, len(entry.findings)) for entry in found] == [
        (Kind.FILE, 1),
        (Kind.QUESTION, 2),
        (Kind.VALUES, 2),
        (Kind.VALUES, 1),
    ]
    assert [one.value for one in found[2].values] == ["snart", "engang"]


def test_the_same_fault_in_many_columns_is_one_entry() -> None:
    (entry,) = entries([wrong("engang", letters) for letters in "ABCDEFG"], by_hand=False)
    (value,) = entry.values
    assert value.number == 7


def test_a_finding_of_many_values_counts_each_of_them() -> None:
    (entry,) = entries([wrong("engang"), wrong("snart", rows=(3, 4, 5), more=2)], by_hand=False)
    assert [one.value for one in entry.values] == ["engang"]
    assert (entry.unlisted, entry.number) == (3, 4)


def test_a_value_for_all_rows_is_asked_for_unless_the_columns_are_matched_by_hand() -> None:
    missing = Finding("missing_constant", "Forløb", (1,), value="offer", values={"missing": "Offer"})
    assert [entry.kind for entry in entries([missing], by_hand=False)] == [Kind.CONSTANT]
    assert [entry.kind for entry in entries([missing], by_hand=True)] == [Kind.FILE]


def test_a_decision_is_undone_alone() -> None:
    reading = read("Kommune;Startet\nHolbæk;engang\nHolbæk;snart\n".encode(), "export.csv")
    finding = Finding("not_a_date", "", (2,), "Startet", "engang", letters="B")
    corrections = replace_value(Corrections(), reading.sheets, [finding], "02-03-2015")
    corrections = leave_out(corrections, [Finding("no_date", "", (3,))])
    corrections = add_groups(corrections, [AddedGroup("education", "Mesterlære", 2)])
    decisions = decisions_of(corrections)
    assert len(decisions) == 3
    for decision in decisions:
        assert decisions_of(without(corrections, decision)) == [one for one in decisions if one != decision]


def test_what_can_replace_a_value_is_understood(database: Database) -> None:
    known = load_reference_data(database)
    for code in LANGUAGES:
        education = known.dimensions["education"]
        finding = Finding("unknown_group", values={"dimension": education, "known": education.groups})
        possible = possible_values(finding, [], known, code)
        assert {normalised(text) for text in possible.texts} <= known.groups["education"].keys()
        assert (possible.free_text, possible.dimension, possible.ordered) == (False, "education", True)
        marks = possible_values(Finding("attendance_mark"), [], known, code).texts
        assert [is_present(text) for text in marks] == [True, False]
    near = Finding("unknown_municipality_near", values={"nearest": "Holbæk"})
    assert possible_values(near, [], known, "da").texts[0] == "Holbæk"
    assert len(possible_values(near, [], known, "da", country="swedish").texts) == 291
