"""Attendance as people have it: lists of sessions, registers with headers of texts, numbers and shares of sessions."""

import datetime as dt
from typing import Any

import pytest

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.intake.importing import store
from analysis.intake.layout.session_headers import session_header
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.read_file import Reading
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.stored_data import check_against_stored
from analysis.store import Database, ImportMode
from analysis.store.counts_statement import counts_of
from tests.support.workbooks.read_tables import Rows, accounted, checks, prepared, workbook

LOW = "Grundskole"
WHERE = {"municipality": "Randers", "offer": "Rygestop"}
RULE = {"completion_rule": "share:75"}
TOTALS = {**RULE, "no_groups": "totals"}
D = dt.date


def stored(database: Database, rows: Rows, answers: dict[str, str], **sheet: Any) -> list[dict[str, Any]]:
    """Return the courses of one sheet, once every row is accounted for."""
    content = workbook(sheet.get("merged", ()), **{sheet.get("name", "Ark1"): rows})
    courses = accounted(prepared(database, content, WHERE, answers)).contents.courses
    assert courses is not None
    return courses.to_pylist()


def completed(database: Database, rows: Rows, answers: dict[str, str], **sheet: Any) -> list[bool]:
    return [one["completed"] for one in stored(database, rows, answers, **sheet)]


def refused(database: Database, rows: Rows, answers: dict[str, str], name: str = "Ark1") -> list[str]:
    """Return the checks of a file that cannot be stored."""
    found = prepared(database, workbook(**{name: rows}), WHERE, answers)
    assert not found[1].faultless
    return checks(found)


def session_list(headers: list[str], marks: dict[str, list[str | None]]) -> Rows:
    """A row for each citizen and session, a week apart."""
    days = [D(2024, 1, 5) + dt.timedelta(7 * number) for number in range(max(map(len, marks.values())))]
    values = [
        {"id": citizen, "day": day, "mark": mark, "number": number}
        for citizen, of_citizen in marks.items()
        for number, (day, mark) in enumerate(zip(days, of_citizen, strict=True), start=1)
    ]
    keys = ["id", "number", "day", "mark"] if len(headers) == 4 else ["id", "day", "mark"]
    return [headers, *([one[key] for key in keys] for one in values)]


@pytest.mark.parametrize(
    ("headers", "came", "absent"),
    [
        (["Kursist-id", "Mødedato", "Fremmøde"], "Mødt", "Udeblevet"),
        (["Borger", "Dato", "Status"], "Fremmødt", "Afbud"),
        (["Borgernr.", "Mødegang", "Dato", "Deltog"], "Ja", "Nej"),
        (["Løbenr.", "Dato", "Mødt"], "Ja", "Syg"),
        (["Deltager", "Mødegang", "Dato", "Fremmøde"], "mødt", None),
    ],
)
def test_a_row_for_each_session_with_words_for_who_came(
    database: Database, headers: list[str], came: str, absent: str | None
) -> None:
    marks = {"17": [came] * 4, "18": [came, absent, absent, came], "19": [absent] * 4}
    found = stored(database, session_list(headers, marks), TOTALS)
    assert [(one["citizen"], one["participated"], one["completed"]) for one in found] == [
        *(("17", True, True), ("18", True, False), ("19", False, False)),
    ]


def test_a_cancelled_session_of_a_list_was_not_held(database: Database) -> None:
    marks: dict[str, list[str | None]] = {
        "17": ["Mødt", "Aflyst", "Mødt", "Mødt"],
        "18": ["Mødt", "Aflyst", "Syg", "Syg"],
    }
    rows = session_list(["Borger", "Dato", "Status"], marks)
    assert completed(database, rows, {**TOTALS, "completion_rule": "share:100"}) == [True, False]


def test_a_status_of_courses_stays_the_outcome(database: Database) -> None:
    outcomes: Rows = [["Borger", "Startet", "Status"], ["17", D(2024, 1, 5), "Ja"], ["18", D(2024, 1, 5), "Nej"]]
    assert completed(database, outcomes, {"no_groups": "totals"}) == [True, False]
    once = session_list(["Borger", "Dato", "Status"], {"17": ["Mødt"], "18": ["Afbud"]})
    assert "status_attendance" not in refused(database, once, TOTALS)
    several = session_list(["Borger", "Dato", "Status"], {"17": ["Ja", "Nej"]})
    assert "status_attendance" not in refused(database, several, TOTALS)


def register(days: list[Any], *more: list[Any], beside: tuple[str, ...] = ("Borger-id", "Uddannelse")) -> Rows:
    """A register of a citizen who always came and one who came once."""
    values = {"Borger-id": ("b1", "b2"), "Uddannelse": (LOW, LOW), "Navn": ("Anne Hansen", "Bo Jensen")}
    marks = [["x"] * len(days), ["x", *[None] * (len(days) - 1)]]
    return [
        *more,
        [*beside, *days],
        *([*(values[key][at] for key in beside), *marks[at]] for at in range(2)),
    ]


@pytest.mark.parametrize(
    "days",
    [
        ["5. jan 2024", "12. jan 2024", "19. jan 2024"],
        ["05.01.24", "12.01.24", "19.01.24"],
        ["5. jan 2024 kl. 10-12", "fre. 12.01.2024", "19. jan. 2024, 10:00"],
        ["fre. d. 5. januar 2024", "Fredag 12. januar 2024", "fre 19. jan. 2024"],
    ],
)
def test_dates_of_sessions_can_be_texts(database: Database, days: list[str]) -> None:
    found = stored(database, register(days), RULE)
    assert [(one["started_on"], one["completed_on"]) for one in found] == [
        *((D(2024, 1, 5), D(2024, 1, 19)), (D(2024, 1, 5), None)),
    ]


@pytest.mark.parametrize("days", [["uge 2 2024", "uge 3 2024", "uge 4 2024"], ["Uge 2", "Uge 3", "Uge 4"]])
def test_a_week_is_its_monday(database: Database, days: list[str]) -> None:
    content = workbook(Ark1=register(days))
    found = prepared(database, content, WHERE, {**RULE, "session_year": "2024"})
    assert "sessions_by_week" in checks(found)
    assert accounted(found).contents.courses["completed_on"].to_pylist() == [D(2024, 1, 22), None]


@pytest.mark.parametrize(
    "days", [["7/12", "14/12", "4/1"], ["7. dec", "14. dec.", "4. jan"], ["7.12.", "14.12.", "4.1."]]
)
def test_a_missing_year_is_asked_for_and_ends_in_december(database: Database, days: list[str]) -> None:
    assert "session_year" in refused(database, register(days), RULE)
    found = stored(database, register(days), {**RULE, "session_year": "2023"})
    assert (found[0]["started_on"], found[0]["completed_on"]) == (D(2023, 12, 7), D(2024, 1, 4))


@pytest.mark.parametrize(("name", "title"), [("Forår 2024", []), ("Ark1", ["Hold 3, forår 2024"])])
def test_a_year_that_stands_alone_in_a_name_is_that_of_the_sessions(
    database: Database, name: str, title: list[str]
) -> None:
    rows = register(["5/1", "12/1", "19/1"], *([title] if title else []))
    found = prepared(database, workbook(**{name: rows}), WHERE, RULE)
    (finding,) = [one for one in found[1].findings if one.check == "sessions_without_year"]
    assert (finding.value, finding.values["text"]) == ("2024", title[0] if title else name)
    assert accounted(found).contents.courses["completed_on"].to_pylist() == [D(2024, 1, 19), None]


def test_the_answer_is_for_sheets_whose_name_tells_no_year(database: Database) -> None:
    sheets = {"Forår 2023": register(["5/1", "12/1", "19/1"]), "Hold 2": register(["6/1", "13/1", "20/1"])}
    found = prepared(
        database, workbook(**sheets), WHERE, {**RULE, "session_year": "2024", "citizen_repeats": "courses"}
    )
    courses = accounted(found).contents.courses
    assert courses is not None
    assert {(one["sheet"], one["started_on"]) for one in courses.to_pylist()} == {
        ("Forår 2023", D(2023, 1, 5)),
        ("Hold 2", D(2024, 1, 6)),
    }


def test_two_years_in_names_are_no_answer(database: Database) -> None:
    rows = register(["5/1", "12/1", "19/1"], ["Hold 3, forår 2024"])
    assert "session_year" in refused(database, rows, RULE, "Forår 2023")


def test_days_and_months_that_can_be_swapped_are_asked_about(database: Database) -> None:
    rows = register(["1/2", "1/3", "1/4"])
    answers = {**RULE, "session_year": "2024"}
    assert "month_order" not in refused_or_stored(database, rows, answers)
    swapped = register(["2/1", "3/1", "4/1"])
    assert "month_order" in refused(database, swapped, answers)
    by_month = stored(database, swapped, {**answers, "month_order": "month_first"})
    assert by_month[0]["completed_on"] == D(2024, 4, 1)


def refused_or_stored(database: Database, rows: Rows, answers: dict[str, str]) -> list[str]:
    return checks(prepared(database, workbook(Ark1=rows), WHERE, answers))


@pytest.mark.parametrize("merged", [["C1:D1"], []], ids=["merged", "once"])
@pytest.mark.parametrize("year", [" 2024", ""], ids=["with a year", "without a year"])
def test_a_month_stands_above_the_numbers_of_days(database: Database, merged: list[str], year: str) -> None:
    rows: Rows = [
        ["Borger-id", "Uddannelse", f"Januar{year}", None, f"Februar{year}"],
        [None, None, 12, 19, 2],
        ["b1", LOW, "x", "x", "x"],
        ["b2", LOW, "x", None, None],
    ]
    answers = RULE if year else {**RULE, "session_year": "2024"}
    found = stored(database, rows, answers, merged=merged)
    assert (found[0]["started_on"], found[0]["completed_on"]) == (D(2024, 1, 12), D(2024, 2, 2))
    if not year:
        content = workbook(merged, Ark1=rows)
        assert "session_year" in checks(prepared(database, content, WHERE, RULE))


def test_weeks_over_counts_are_no_sessions(database: Database) -> None:
    rows: Rows = [
        ["Uddannelse", "uge 2 2024", "uge 3 2024", "uge 4 2024"],
        [LOW, 1, 0, 3],
        ["Kort uddannelse", 2, 2, 1],
    ]
    assert "register" not in refused_or_stored(database, rows, RULE)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        *(("5/1", True), ("31/12", True), ("32/1", False), ("13/13", False), ("5-9", False), ("16/24", True)),
        *(("uge 60", False), ("uge 12", True), ("5. jan", True), ("5 januar 24", True), ("5. klasse", False)),
        *(("mandag", False), ("", False), ("man 5/1", True), ("5.1", False), ("2024", False)),
    ],
)
def test_only_days_and_weeks_are_headers_of_sessions(text: str, is_one: bool) -> None:
    assert (session_header(text) is not None) is (is_one and text != "16/24")


NUMBERED = ["Borger-id", "Uddannelse", "Startet", "1. gang", "2. gang", "3. gang"]


@pytest.mark.parametrize(("rule", "expected"), [("share:75", [True, False]), ("last", [True, True])])
def test_numbered_sessions_beside_a_start(database: Database, rule: str, expected: list[bool]) -> None:
    rows: Rows = [NUMBERED, ["b1", LOW, D(2024, 1, 5), "x", "x", "x"], ["b2", LOW, D(2024, 1, 5), None, None, "x"]]
    found = stored(database, rows, {"completion_rule": rule})
    assert [one["completed"] for one in found] == expected
    assert [one["started_on"] for one in found] == [D(2024, 1, 5)] * 2
    assert [one["outcome"] for one in found] == ["completed", "completed" if expected[1] else "dropped out"]


def test_numbered_sessions_without_marks_at_the_end_are_asked_about(database: Database) -> None:
    rows: Rows = [
        NUMBERED,
        ["b1", LOW, D(2024, 1, 5), "x", "x", "x"],
        ["b2", LOW, D(2024, 1, 5), "x", None, None],
        ["b3", LOW, D(2024, 3, 1), "x", None, None],
    ]
    found = prepared(database, workbook(Ark1=rows), WHERE, RULE)
    assert [one.rows for one in found[1].findings if one.check == "outcome_blank"] == [(4,)]
    for answer, outcome in (("running", "running"), ("dropped_out", "dropped out")):
        courses = stored(database, rows, {**RULE, "outcome_blank": answer})
        assert [one["outcome"] for one in courses] == ["completed", "dropped out", outcome]


def test_numbered_sessions_without_any_date_are_an_error(database: Database) -> None:
    rows: Rows = [["Borger-id", "Uddannelse", *NUMBERED[3:]], ["b1", LOW, "x", "x", "x"]]
    assert "sessions_undated" in refused(database, rows, RULE)


@pytest.mark.parametrize("beside", [("Navn", "Uddannelse"), ("Uddannelse",)], ids=["names", "no ids"])
def test_without_ids_each_row_of_a_register_is_one_citizen(database: Database, beside: tuple[str, ...]) -> None:
    rows = register([D(2024, 1, 5), D(2024, 1, 12), D(2024, 1, 19)], beside=beside)
    found = prepared(database, workbook(Ark1=rows), WHERE, RULE)
    one = accounted(found)
    courses = one.contents.courses
    assert [row["completed"] for row in courses.to_pylist()] == [True, False]
    assert "Hansen" not in str(courses.to_pylist()) + str(one.findings)
    assert one.personal is ("Navn" in beside)
    assert "rows_without_ids" in checks(found)


def test_courses_without_ids_are_no_register(database: Database) -> None:
    headers = ["Uddannelse", "Inviteret", "Startet", "Gennemført", "Udfald"]
    done = [LOW, D(2024, 1, 5), D(2024, 1, 12), D(2024, 3, 1), "Gennemført"]
    rows: Rows = [headers, done, [LOW, D(2024, 1, 5), D(2024, 1, 12), None, "Frafaldet"], done]
    for last in ([LOW, None, None, None, "?"], [LOW, "?", "?", "?", "?"]):
        assert "register" not in refused(database, [*rows, last], RULE)
    once = [headers, done, *([LOW, "x", "x", "x", "?"], [LOW, "x", None, None, "?"])]
    assert "register" not in refused(database, once, RULE)


@pytest.mark.parametrize("beside", [("Uddannelse",), ("Borger-id", "Uddannelse")], ids=["no ids", "ids"])
def test_citizens_without_ids_are_nobody_in_another_file(database: Database, beside: tuple[str, ...]) -> None:
    def registered(month: int) -> tuple[bytes, Reading, Prepared]:
        days = [D(2024, month, day) for day in (5, 12, 19)]
        rows = register(days, beside=beside)
        rows = [*rows, *([f"c{at}", *row[1:]] if len(beside) > 1 else row for at, row in enumerate(rows[1:]))]
        content = workbook(Ark1=rows)
        return content, *prepared(database, content, WHERE, RULE)

    content, reading, one = registered(1)
    store(database, reading, one, Decisions(), content, person="Ane", by=NOBODY_SIGNED_IN)
    _, reading, one = registered(2)
    found = check_against_stored(database, reading, one, by=NOBODY_SIGNED_IN, mode=ImportMode.NEW)
    assert ("citizens_stored" in [finding.check for finding in found]) is ("Borger-id" in beside)


def test_names_below_a_header_of_ids_are_not_stored(database: Database) -> None:
    rows = [
        list(row) for row in register([D(2024, 1, 5), D(2024, 1, 12), D(2024, 1, 19)], beside=("Navn", "Uddannelse"))
    ]
    rows[0][0] = "Deltager"
    for name in ("Anne Hansen", "Anne"):
        rows[1][0], rows[2][0] = name, "Bo"
        one = accounted(prepared(database, workbook(Ark1=rows), WHERE, RULE))
        assert "Anne" not in str(one.contents.courses)
        assert one.personal


def test_names_in_a_list_of_sessions_tell_citizens_apart_and_are_not_stored(database: Database) -> None:
    marks: dict[str, list[str | None]] = {"Anne Hansen": ["Mødt"] * 3, "Bo Jensen": ["Mødt", "Syg", "Syg"]}
    one = accounted(
        prepared(database, workbook(Ark1=session_list(["Deltager", "Dato", "Status"], marks)), WHERE, TOTALS)
    )
    courses = one.contents.courses
    assert courses is not None
    assert courses["completed"].to_pylist() == [True, False]
    assert "Hansen" not in str(courses.to_pylist())
    assert one.personal


def test_a_register_of_names_alone_is_read_to_its_end(database: Database) -> None:
    days = [D(2024, 1, 5), D(2024, 1, 12), D(2024, 1, 19)]
    rows: Rows = [["Navn", *days], ["Anne Hansen", "x", "x", "x"], ["Bo Jensen"], [], ["Opdateret af Carl Berg"]]
    found = stored(database, rows, TOTALS)
    assert [one["participated"] for one in found] == [True, False]
    summed: Rows = [
        ["Nr.", "Navn", *days],
        [1, "Anne", "x", "x", "x"],
        [2, "Bo", "x", None, None],
        ["I alt", None, 2, 1, 1],
    ]
    assert completed(database, summed, TOTALS) == [True, False]


@pytest.mark.parametrize(("yes", "no"), [("Ja", "Nej"), ("Yes", "No"), (1, 0), ("JA", "nej")])
def test_completed_with_yes_and_no_is_the_outcome(database: Database, yes: Any, no: Any) -> None:
    headers = ["Borger-id", "Uddannelse", "Startet", "Gennemført"]
    rows: Rows = [headers, *([f"b{at}", LOW, D(2024, 1, 5), word] for at, word in enumerate((yes, no, yes)))]
    assert completed(database, rows, {}) == [True, False, True]


def test_a_cross_below_completed_is_a_yes(database: Database) -> None:
    headers = ["Borger-id", "Uddannelse", "Startet", "Gennemført"]
    rows: Rows = [headers, ["b1", LOW, D(2024, 1, 5), "X"], ["b2", LOW, D(2024, 1, 5), None]]
    assert completed(database, rows, {}) == [True, False]


@pytest.mark.parametrize("header", ["Afsluttet", "Gennemført"])
def test_yes_is_no_completion_below_an_end_and_among_other_words(database: Database, header: str) -> None:
    headers = ["Borger-id", "Uddannelse", "Startet", header]
    words = ("Ja", "Nej") if header == "Afsluttet" else ("Ja", "1")
    rows: Rows = [headers, *([f"b{at}", LOW, D(2024, 1, 5), word] for at, word in enumerate(words))]
    assert "not_a_date" in refused(database, rows, {})


def test_blanks_among_yes_and_no_are_asked_about(database: Database) -> None:
    headers = ["Borger-id", "Uddannelse", "Startet", "Gennemført"]
    rows: Rows = [headers, *([f"b{at}", LOW, D(2024, 1, 5), word] for at, word in enumerate(("Ja", "Nej", None)))]
    assert "outcome_blank" in refused(database, rows, {})


def test_who_has_ended_and_not_come_often_enough_dropped_out(database: Database) -> None:
    rows = with_columns([D(2024, 3, 5), 0.8], [D(2024, 3, 5), 0.5], [None, 0.5], headers=["Afsluttet", "Fremmøde"])
    assert [one["outcome"] for one in stored(database, rows, RULE)] == ["completed", "dropped out", "running"]


def with_columns(*rows: list[Any], headers: list[str]) -> Rows:
    return [
        ["Borger-id", "Uddannelse", "Startet", *headers],
        *([f"b{at}", LOW, D(2024, 1, 5), *row] for at, row in enumerate(rows)),
    ]


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Fremmøde", (0.8, 0.5, 1)),
        ("Fremmøde", ("80%", "50%", "100%")),
        ("Fremmødeprocent", (80, 50, 100)),
        ("Fremmødeprocent", ("75 %", "74,9 %", "100 %")),
        ("Fremmøde %", (0.75, 0.7499, 0.9)),
    ],
)
def test_a_share_of_sessions_completes_by_the_rule(database: Database, header: str, values: tuple[Any, ...]) -> None:
    rows = with_columns(*([value] for value in values), headers=[header])
    assert "completion_rule" in refused(database, rows, {})
    assert completed(database, rows, RULE) == [True, False, True]
    assert "rule_not_usable" in refused(database, rows, {"completion_rule": "last"})
    assert "rule_not_usable" in refused(database, rows, {"completion_rule": "number:5"})


def test_shares_in_two_notations_are_no_shares(database: Database) -> None:
    rows = with_columns([80], [0.8], [100], headers=["Fremmødeprocent"])
    found = prepared(database, workbook(Ark1=rows), WHERE, RULE)
    assert [(one.value, one.rows) for one in found[1].findings if one.check == "not_a_share"] == [("0.8", (3,))]


@pytest.mark.parametrize(("rule", "expected"), [("share:75", [True, False]), ("number:5", [True, True])])
def test_a_number_of_sessions_completes_by_the_rule(database: Database, rule: str, expected: list[bool]) -> None:
    rows = with_columns([6, 8], [5, 8], headers=["Antal fremmøder", "Antal mødegange"])
    assert completed(database, rows, {"completion_rule": rule}) == expected
    assert "rule_not_usable" in refused(database, rows, {"completion_rule": "last"})


def test_an_empty_number_of_sessions_is_no_zero(database: Database) -> None:
    rows = with_columns([6, 8], [None, 8], headers=["Antal fremmøder", "Antal mødegange"])
    assert "cell_empty" in refused(database, rows, RULE)


def test_a_rule_that_nothing_can_use_is_told(database: Database) -> None:
    rows = with_columns(["Gennemført"], headers=["Udfald"])
    assert "completion_rule_unused" in checks(prepared(database, workbook(Ark1=rows), WHERE, RULE))
    assert "completion_rule_unused" not in checks(prepared(database, workbook(Ark1=rows), WHERE))
    of_attendance = with_columns([0.8], headers=["Fremmøde"])
    assert "completion_rule_unused" not in checks(prepared(database, workbook(Ark1=of_attendance), WHERE, RULE))


def test_courses_without_groups_are_totals_when_that_is_the_answer(database: Database) -> None:
    rows: Rows = [
        ["Borger-id", "Startet", "Gennemført"],
        *([f"b{at}", D(2024, 1, 5), D(2024, 3, 5)] for at in range(4)),
    ]
    content = workbook(Ark1=rows)
    assert [one for one in checks(prepared(database, content, WHERE)) if one == "no_groups"] == ["no_groups"]
    contents = accounted(prepared(database, content, WHERE, {"no_groups": "totals"})).contents
    (count,) = counts_of(contents).to_pylist()
    assert (count["dimension"], count["group"], count["participated"], count["completed"]) == (
        *("all", "all citizens", 4, 4),
    )
    reading, one = prepared(database, content, WHERE, {"no_groups": "totals"})
    store(database, reading, one, Decisions(), content, person="Ane", by=NOBODY_SIGNED_IN)
    with database.reading() as cursor:
        assert cursor.execute("SELECT dimension, participated FROM counts").fetchall() == [("all", 4)]


@pytest.mark.parametrize("invited", [False, True], ids=["listed", "invited"])
def test_who_never_came_to_numbered_sessions_was_only_invited(database: Database, *, invited: bool) -> None:
    start = D(2024, 1, 5)
    headers = ["Borger-id", "Uddannelse", *(["Henvisningsdato"] if invited else []), "Startdato", *NUMBERED[3:]]
    marks = {"b1": ["x", "x", "x"], "b2": [None] * 3, "b3": ["-", None, None]}
    days = [D(2024, 1, 2), start] if invited else [start]
    found = stored(database, [headers, *([one, LOW, *days, *said] for one, said in marks.items())], RULE)
    assert [(one["participated"], one["outcome"]) for one in found] == [
        (True, "completed"),
        (False, None),
        (False, None),
    ]
    assert [one["invited_on"] for one in found] == [days[0]] * 3
    assert [one["started_on"] for one in found] == [start, None, None]


def test_the_note_on_who_was_invited_is_that_of_dated_registers(database: Database) -> None:
    rows: Rows = [NUMBERED, ["b1", LOW, D(2024, 1, 5), "x", "x", "x"], ["b2", LOW, D(2024, 1, 5)]]
    assert "register_listed" in refused_or_stored(database, rows, RULE)


@pytest.mark.parametrize("header", ["Henvisningsdato", "Henvist dato"])
def test_the_day_of_the_referral_is_that_of_the_invitation(database: Database, header: str) -> None:
    rows: Rows = [["Borger-id", "Uddannelse", header, "Startet", "Udfald"]]
    rows = [*rows, ["b1", LOW, D(2024, 1, 2), D(2024, 1, 5), "Gennemført"]]
    assert [one["invited_on"] for one in stored(database, rows, {})] == [D(2024, 1, 2)]


@pytest.mark.parametrize("header", ["Mødedato", "Dato", "Mødegang"])
def test_a_list_of_attendances_needs_no_column_for_who_came(database: Database, header: str) -> None:
    days = [D(2024, 1, 5), D(2024, 1, 12), D(2024, 1, 19)]
    rows: Rows = [["Borger-id", header, "Uddannelse"], *(["b1", day, LOW] for day in days), ["b2", days[0], LOW]]
    assert "citizen_repeats" in refused(database, rows, RULE)
    found = stored(database, rows, {**RULE, "citizen_repeats": "attendances"})
    assert [(one["started_on"], one["completed"]) for one in found] == [(days[0], True), (days[0], False)]


DATED = [D(2024, 1, 5), D(2024, 1, 12), D(2024, 1, 19), D(2024, 1, 26)]
OF_A = [["a1", LOW, "x", "x", "x", "x"], ["a2", LOW, "x", None, None, None], ["a3", LOW]]
NOTES = ["Kilde: eget register", "Underviser: Dorte", "X = mødt", "Hold 1", "Venteliste", 4]


@pytest.mark.parametrize("text", NOTES)
@pytest.mark.parametrize("before", [[], [[]]], ids=["next", "blank row"])
@pytest.mark.parametrize("headers", [DATED, ["1. gang", "2. gang", "3. gang", "4. gang"]], ids=["dated", "numbered"])
def test_a_note_below_a_register_is_no_citizen(
    database: Database, text: Any, before: list[list[Any]], headers: list[Any]
) -> None:
    start = [] if headers == DATED else ["Startdato"]
    citizens = [[*one[:2], *(DATED[0] for _ in start), *one[2:]] for one in OF_A]
    rows: Rows = [["Borger-id", "Uddannelse", *start, *headers], *citizens, *before, [text], [text]]
    found = prepared(database, workbook(Ark1=rows), WHERE, RULE)
    courses = accounted(found).contents.courses
    assert courses is not None
    assert courses["citizen"].to_pylist() == ["a1", "a2", "a3"]
    (finding,) = [one for one in found[1].findings if one.check == "around_table"]
    assert finding.rows == (len(rows) - 1, len(rows))


@pytest.mark.parametrize("at", [1, 3], ids=["above", "among"])
def test_a_heading_among_citizens_is_no_citizen(database: Database, at: int) -> None:
    rows: list[list[Any]] = [["Borger-id", "Uddannelse", *DATED], *OF_A]
    found = stored(database, [*rows[:at], ["Hold 1"], *rows[at:]], RULE)
    assert [one["citizen"] for one in found] == ["a1", "a2", "a3"]


@pytest.mark.parametrize(
    ("text", "number"), [("Kilde: eget register", 3), ("X = mødt", 3), ("Hold 1", 3), ("a4", 4), ("Lærer:Bo", 3)]
)
def test_a_register_of_ids_alone_has_notes_with_spaces_and_signs(database: Database, text: str, number: int) -> None:
    rows: Rows = [["Borger-id", *DATED], *([one[0], *one[2:]] for one in OF_A), [text]]
    assert len(stored(database, rows, TOTALS)) == number


def test_a_register_of_names_alone_keeps_who_never_came(database: Database) -> None:
    rows: Rows = [["Navn", *DATED], ["Anne", *"xxxx"], ["Bo Jensen"], ["Hold 1"], ["Underviser: Dorte"], ["Carl", "x"]]
    assert [one["participated"] for one in stored(database, rows, TOTALS)] == [True, False, True]


@pytest.mark.parametrize("text", ["Afholdt", "Holdt", "held", "Genomförd", "Pidetty", "Dato", "Date"])
@pytest.mark.parametrize("header", ["Borger-id", "Navn"])
def test_a_row_that_says_which_sessions_were_held_is_no_citizen(database: Database, text: str, header: str) -> None:
    rows: Rows = [[header, "Uddannelse", *DATED], *OF_A, [text, None, *"XXXX"]]
    assert len(stored(database, rows, RULE)) == 3


ABSENCE = [
    *("x = fravær", "Fraværsliste", "Fraværsregistrering", "1 = ikke mødt, 0 = mødt", "X = udeblevet", "Frånvaro"),
    *("Poissaolot", "Absence", "F = fremmødt, x = fravær", "X betyder fravær", "Fravær: X"),
]


@pytest.mark.parametrize("text", ABSENCE)
def test_a_register_of_absence_is_an_error(database: Database, text: str) -> None:
    rows = [["Borger-id", "Uddannelse", *DATED], *OF_A]
    for whole in ([[text], *rows], [[text], [], *rows], [*rows, [text]], [*rows, [], [text]]):
        assert refused(database, whole, RULE).count("register_absence") == 1
    numbered = [
        ["Borger-id", "Uddannelse", "Startdato", "1. gang", "2. gang", "3. gang"],
        ["a1", LOW, D(2024, 1, 5), "x"],
    ]
    assert "register_absence" in refused(database, [[text], *numbered], RULE)
    if not {*text} & {":", "/"}:
        assert "register_absence" in refused(database, rows, RULE, text)


@pytest.mark.parametrize(
    "text", ["X = mødt, F = fravær", "1 = mødt, 0 = ikke mødt", "x: fremmødt / -: fravær", "Mødt: X, fravær: F"]
)
def test_a_mark_of_its_own_for_presence_is_no_register_of_absence(database: Database, text: str) -> None:
    rows = [["Borger-id", "Uddannelse", *DATED], *OF_A]
    for whole in ([[text], *rows], [*rows, [text]]):
        assert len(stored(database, whole, RULE)) == 3


def test_a_register_of_absence_says_so_beside_it_and_its_sums_do_not(database: Database) -> None:
    rows: Rows = [["Borger-id", "Uddannelse", *DATED], [*OF_A[0], None, "x = fravær"], *OF_A[1:]]
    assert "register_absence" in refused(database, rows, RULE)
    sums = [
        ["Antal fraværende", None, 1, 2, 2, 2],
        ["Fraværende", None, 1, 2, 2, 2],
        ["Fravær i alt", None, 1, 2, 2, 2],
    ]
    for header in ("Borger-id", "Navn"):
        assert len(stored(database, [[header, "Uddannelse", *DATED], *OF_A, *sums], RULE)) == 3
