"""Putting a file right on the upload page: one list of what is wrong, the solution in each entry, and what remains."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis.i18n import wording
from analysis.intake.parsing.questions import COUNTED_FROM, QUESTIONS
from analysis.store import Database, dimensions, offer_names
from pages.import_wizard.fix_groups import ADD_DIMENSION, ADD_GROUP
from pages.import_wizard.fix_values import LEAVE_OUT, MOST_CHOICES
from pages.import_wizard.questions import titles
from tests.pages.test_upload import (
    SCHOOL,
    UNIVERSITY,
    adjustments,
    click,
    drop,
    field_of,
    fix,
    has_button,
    press,
    rows,
    said,
    waited,
)

Open = Callable[..., AppTest]
Build = Callable[..., bytes]
MANY = 2_076


def remaining(test: AppTest) -> str:
    """The head of the list; empty if nothing remains."""
    return next((one.value for one in test.header if "left to put right" in one.value), "")


def labels(test: AppTest) -> list[str]:
    return [button.label for button in test.button]


def wrong_rows() -> list[list[Any]]:
    """Courses with a wrong municipality, group, outcome and date, and one completed before it started."""
    wrong = rows()
    wrong[0][0] = "Holbek"
    wrong[1][7] = "Blåbær"
    wrong[2][7] = "Mesterlære"
    wrong[3][6] = "måske"
    wrong[4][4] = "i foråret"
    wrong[5][5] = dt.date(2015, 2, 1)
    return wrong


def stored(test: AppTest) -> tuple[Database, list[tuple[Any, ...]]]:
    """Store the file. Return the database, and the first courses: row, municipality, group, outcome, start."""
    from pages.components.process import open_database

    click(test, "confirm")
    assert "is stored" in test.success[0].value
    database = open_database()
    query = "SELECT row, municipality, groups['education'], outcome, started_on FROM course ORDER BY row LIMIT 5"
    with database.reading() as connection:
        return database, connection.execute(query).fetchall()


def test_each_fix_lowers_what_remains_until_the_file_can_be_stored(app: Open, courses: Build) -> None:
    test = drop(app(lang="en"), courses(*wrong_rows(), Justeringer=adjustments()))
    assert remaining(test) == "5 things left to put right (6 choices)"
    fix(test, "Holbek", "Holbæk")
    assert remaining(test) == "4 things left to put right (5 choices)"
    fix(test, "Blåbær", "Basic school")
    assert remaining(test) == "4 things left to put right"
    fix(test, "Mesterlære", ADD_GROUP)
    rank = next(one for one in test.selectbox if one.label == "Rank of Mesterlære")
    waited(rank.set_value(2).run(timeout=60))
    assert remaining(test) == "3 things left to put right"
    fix(test, "måske", "completed")
    assert remaining(test) == "2 things left to put right"
    fix(test, "i foråret", "05-03-2015", kind="text_input")
    assert remaining(test) == "1 thing left to put right"
    assert not has_button(test, "confirm")
    press(test, "Leave out 1 row")
    assert remaining(test) == ""
    assert "Nothing left to put right: the file can be stored." in said(test)
    assert "159 courses, 1 adjustment" in said(test)
    database, courses_stored = stored(test)
    assert dimensions(database)["education"].group("Mesterlære").rank == 2
    day = dt.date(2015, 3, 2)
    assert courses_stored == [
        (2, "Holbæk", "basic school", None, day),
        (3, "Holbæk", "basic school", None, day),
        (4, "Holbæk", "Mesterlære", None, day),
        (5, "Holbæk", "basic school", "completed", day),
        (6, "Holbæk", "basic school", None, dt.date(2015, 3, 5)),
    ]


def test_the_cells_of_a_faulty_row_stand_in_its_entry(app: Open, courses: Build) -> None:
    wrong = rows()
    wrong[5][5] = dt.date(2015, 2, 1)
    test = drop(app(lang="en"), courses(*wrong, Justeringer=adjustments()))
    assert remaining(test) == "1 thing left to put right"
    (editor,) = test.get("data_editor")
    assert next(iter(editor.value.columns)) == "Gennemført"  # The faulty column comes first.
    assert "Correct one of the dates." in said(test)
    press(test, "Leave out 1 row")
    assert remaining(test) == ""


def test_decisions_stay_and_each_can_be_undone(app: Open, courses: Build) -> None:
    test = drop(app(lang="en"), courses(*wrong_rows(), Justeringer=adjustments()))
    fix(test, "Holbek", "Holbæk")
    fix(test, "måske", LEAVE_OUT)
    assert "Kommune: “Holbek” is replaced with “Holbæk”" in said(test)
    assert "Forløb: row 5 is left out" in said(test)
    assert labels(test).count("Undo") == 2
    press(test, "Undo")
    assert "is replaced with" not in said(test)
    assert field_of(test, "Holbek").value is None
    press(test, "Undo")
    assert remaining(test) == "5 things left to put right (6 choices)"
    assert "Undo" not in labels(test)


def test_a_replacement_that_is_wrong_too_can_be_replaced(app: Open, courses: Build) -> None:
    wrong = rows()
    wrong[5][4] = "engang"
    test = drop(app(lang="en"), courses(*wrong, Justeringer=adjustments()))
    fix(test, "engang", "snart", kind="text_input")
    fix(test, "snart", "04-03-2015", kind="text_input")
    assert remaining(test) == ""
    assert "“engang” is replaced with “04-03-2015”" in said(test)


def test_many_equal_findings_are_one_entry_with_few_fields(app: Open, courses: Build) -> None:
    many = [["Holbæk", "Rygestop", f"b{n}", *rows()[0][3:7], f"Gruppe {n}"] for n in range(MANY)]
    many += [[*many[-1][:2], "b-extra", *many[-1][3:]], *rows()]
    test = drop(app(lang="en"), courses(*many, Justeringer=adjustments()))
    assert remaining(test) == "1 thing left to put right (2,076 choices)"
    fields = [one for one in test.selectbox if "row" in one.label]
    assert len(fields) == MOST_CHOICES
    assert fields[0].label.replace("\\", "") == "Gruppe 2075 (2 rows)"  # The most frequent comes first.
    assert len([one for one in test.button if "Leave out" in one.label]) == 1
    fix(test, "Gruppe 2075", "Basic school")
    assert remaining(test) == "1 thing left to put right (2,075 choices)"
    press(test, "Leave out 2,075 rows")
    assert remaining(test) == ""
    assert "162 courses" in said(test)


def test_the_values_after_the_first_are_chosen_in_a_table(app: Open, courses: Build) -> None:
    many = rows()
    for number in range(14):
        many[number][7] = f"Gruppe {number}"
    test = drop(app(lang="en"), courses(*many, Justeringer=adjustments()))
    assert [one.label for one in test.expander if "more values" in one.label] == ["Show 4 more values"]
    assert not test.get("data_editor")  # Made on demand.


def test_a_question_is_answered_in_the_list(app: Open) -> None:
    lines = ["Kommune;Tilbud;Borger-id;Køn;Startet;Afsluttet", "Holbek;Rygestop;B1;Mand;02-02-2022;01-05-2022"]
    test = drop(app(lang="en"), "\r\n".join(lines).encode(), "ended.csv")
    assert remaining(test) == "2 things left to put right"
    waited(test.radio(key="answer_ended_or_completed").set_value("completed").run())
    assert remaining(test) == "1 thing left to put right"
    assert test.radio(key="answer_ended_or_completed").value == "completed"
    click(test, "undo_ended_or_completed")
    assert remaining(test) == "2 things left to put right"
    assert test.radio(key="answer_ended_or_completed").value is None
    waited(test.radio(key="answer_ended_or_completed").set_value("completed").run())
    fix(test, "Holbek", "Holbæk")
    assert has_button(test, "confirm")


def test_a_missing_municipality_is_given_for_all_rows(app: Open, courses: Build) -> None:
    headers = ["Tilbud", "Borger-id", "Inviteret", "Startet", "Gennemført", "Udfald", "Uddannelse"]
    test = drop(app(lang="en"), courses(*[row[1:] for row in rows()], headers=headers, Justeringer=adjustments()))
    assert "Nothing in the table tells “Municipality”." in said(test)
    waited(test.selectbox(key="constant_municipality").set_value("Holbæk").run(timeout=60))
    assert remaining(test) == ""
    assert "Municipality is the same for every row: “Holbæk”" in said(test)
    assert "160 courses" in said(test)


def test_the_year_of_sessions_is_asked_for(app: Open) -> None:
    lines = ["Kommune;Tilbud;Borger-id;Køn;5/1;12/1;19/1", "Viborg;Rygestop;B1;Mand;x;x;x"]
    test = drop(app(lang="da"), "\r\n".join(lines).encode(), "hold.csv")
    assert test.radio(key="answer_session_year").label == "Hvilket år var den første mødegang?"
    assert test.radio(key="answer_session_year").value is None
    waited(test.radio(key="answer_session_year").set_value("2024").run())
    assert test.radio(key="answer_session_year").value == "2024"


def test_what_only_the_mapping_solves_opens_it(app: Open, courses: Build) -> None:
    headers = ["Kommune", "Tilbud", "Inviteret", "Startet", "Gennemført", "Udfald", "Uddannelse"]
    without_ids = [[*row[:2], *row[3:]] for row in rows()]
    test = drop(app(lang="en"), courses(*without_ids, headers=headers, Justeringer=adjustments()))
    assert "Add it, or match the columns by hand." in said(test)
    press(test, "Match the columns")
    assert test.toggle[0].value
    assert "Match the columns" not in labels(test)


@pytest.mark.parametrize("lang", ["en"])
def test_nobody_who_matches_by_hand_is_told_to_match_by_hand(app: Open, lang: str) -> None:
    test = drop(app(lang=lang), b"place,group,date\nWales,A,2014-01-01\n", "other.csv")
    assert "Choose a column for it above, or give one value for all rows." in said(test)
    assert "by hand." not in said(test)
    assert "add the column" not in said(test)


def test_a_cpr_number_typed_as_a_replacement_is_refused(app: Open, courses: Build) -> None:
    wrong = rows()
    wrong[5][4] = "engang"
    test = drop(app(lang="en"), courses(*wrong, Justeringer=adjustments()))
    fix(test, "engang", "010170-1234", kind="text_input")
    assert "looks like a CPR number" in said(test)
    assert "010170" not in said(test)
    assert field_of(test, "engang", kind="text_input").value == ""
    assert remaining(test) == "1 thing left to put right"


def test_a_group_is_added_to_a_dimension_without_an_order(app: Open, workbook: Build) -> None:
    headers = ["Kommune", "Tilbud", "Periode", "Dimension", "Gruppe", "Inviteret", "Deltaget", "Gennemført"]
    lines = [["Randers", "Svømning", "2024-01", "Køn", group, 30, 20, 10] for group in ("Kvinde", "Nonbinær")]
    test = drop(app(lang="en"), workbook(Optælling=[headers, *lines]))
    fix(test, "Nonbinær", ADD_GROUP)
    assert remaining(test) == ""


HEADERS = ["Kommune", "Tilbud", "Periode", "Dimension", "Gruppe", "Inviteret", "Deltaget", "Gennemført"]


def test_all_unknown_groups_are_added_at_once(app: Open, workbook: Build) -> None:
    lines = [["Randers", "Svømning", "2024-01", "Køn", group, 30, 20, 10] for group in ("Kvinde", "A", "B", "C")]
    lines += [["Randers", "Svømning", "2024-01", "Uddannelse", group, 30, 20, 10] for group in ("D", "E")]
    test = drop(app(lang="en"), workbook(Optælling=[HEADERS, *lines]))
    assert remaining(test) == "2 things left to put right (5 choices)"
    press(test, "Add all 3 values as groups")
    assert remaining(test) == "1 thing left to put right (2 choices)"
    assert [one.label for one in test.expander if "as groups" in one.label] == ["Add all 2 values as groups"]
    assert "“A” is a new group of Sex" in said(test)


def test_a_value_becomes_a_dimension(app: Open, workbook: Build) -> None:
    lines = [["Randers", "Svømning", "2024-01", "Bydel", group, 30, 20, 10] for group in ("Nord", "Syd")]
    test = drop(app(lang="en"), workbook(Optælling=[HEADERS, *lines]))
    fix(test, "Bydel", ADD_DIMENSION)
    assert remaining(test) == ""
    assert "“Bydel” is a new dimension" in said(test)
    press(test, "Undo")
    assert remaining(test) == "1 thing left to put right"


def test_a_value_is_asked_about_once_while_matching_by_hand(app: Open) -> None:
    lines = ["Kommune;Tilbud;Borger-id;Startet;Udfald;Uddannelse"]
    lines += [f"Randers;Svømning;B{n};{day};{outcome};Volapyk" for n, (day, outcome) in enumerate(WRONG)]
    test = drop(app(lang="en"), "\r\n".join(lines).encode(), "svømning.csv")
    waited(test.toggle[0].set_value(True).run(timeout=60))
    asked = [one.label.replace("\\", "") for one in (*test.selectbox, *test.text_input)]
    assert [label for label in asked if "row" in label] == ["Volapyk (2 rows)", "måske (1 row)", "engang (1 row)"]


WRONG = [("02-03-2024", "måske"), ("engang", "gennemført")]


def test_numbers_are_called_totals_while_matching_by_hand(app: Open, workbook: Build) -> None:
    lines = [["Kommune", "Hold", "2023", "2024"], ["Randers", "Svømning", 30, 31], ["Viborg", "Svømning", 40, 41]]
    test = drop(app(lang="en"), workbook(Tal=[["Deltagere"], [], *lines]))
    waited(test.toggle[0].set_value(True).run(timeout=60))
    assert "The table has no social groups." in said(test)
    waited(test.radio(key="answer_no_groups").set_value("totals").run(timeout=60))
    assert remaining(test) == ""


def test_every_question_has_a_text() -> None:
    asked = titles(wording("en"))
    assert {*QUESTIONS} - {*asked} == {COUNTED_FROM}
    assert all(asked.values())


def test_one_new_group_may_belong_to_two_dimensions(app: Open, workbook: Build) -> None:
    headers = ["Kommune", "Tilbud", "Periode", "Dimension", "Gruppe", "Inviteret", "Deltaget", "Gennemført"]
    groups = (("Køn", "Kvinde"), ("Køn", "Anderledes"), ("Etnisk baggrund", "Dansk"), ("Etnisk baggrund", "Anderledes"))
    lines = [["Randers", "Svømning", "2024-01", dimension, group, 30, 20, 10] for dimension, group in groups]
    test = drop(app(lang="en"), workbook(Optælling=[headers, *lines]))
    while fields := [one for one in test.selectbox if one.label.startswith("Anderledes")]:
        waited(fields[0].set_value(ADD_GROUP).run(timeout=60))
    assert remaining(test) == ""


def test_a_stored_file_of_which_no_number_can_be_shown_says_so(app: Open, workbook: Build) -> None:
    headers = ["Kommune", "Tilbud", "Periode", "Uddannelse", "Inviteret", "Deltaget", "Gennemført"]
    lines = [["Randers", "Svømning", 2024, group, 30, 20, done] for group, done in ((SCHOOL, "<5"), (UNIVERSITY, 10))]
    test = click(drop(app(lang="en"), workbook(Tal=[headers, *lines])), "confirm")
    assert "The pages show none of it" in test.warning[0].value


def test_a_name_much_like_another_is_replaced_with_one_click(app: Open, courses: Build) -> None:
    alike = rows()
    alike[0][1] = f"{alike[0][1]}n"
    test = drop(app(lang="en"), courses(*alike, Justeringer=adjustments()))
    assert "1 pair of names that may be one" in [one.value for one in test.header]
    press(test, f"Write “{alike[1][1]}”")
    assert not [one for one in test.header if "may be one" in one.value]
    database, _ = stored(test)
    assert {offer for _, offer in offer_names(database, synthetic=False)} == {alike[1][1]}
