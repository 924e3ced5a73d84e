"""Faults and readings of tables that are not those of the format: crossed ones, registers, several on a sheet."""

import datetime as dt
from functools import partial

from analysis.intake.contract import Form
from analysis.intake.mapping.mapping import Mapping
from analysis.store import ImportMode
from tests.support.workbooks.faults import (
    BY_HAND,
    COUNT_HEADERS,
    COURSE_HEADERS,
    OFFER_HEADERS,
    Case,
    Row,
    book,
    count,
    counts,
    course,
    courses,
    sound,
)

CROSS: list[Row] = [["Periode", "Deltaget Kvinde", "Deltaget Mand"], ["2015-03", 30, 28], ["2015-04", 31, 29]]
SESSIONS = [dt.datetime(2015, 3, day) for day in (2, 9, 16)]
REGISTER_HEADERS = ["Kommune", "Tilbud", "Borger-id", "Uddannelse", *SESSIONS]


def register(*marks: Row) -> bytes:
    """An attendance register with the marks of each citizen."""
    rows = [["Aarhus", "Rygestop", f"b-{number}", "Grundskole", *one] for number, one in enumerate(marks)]
    return book({"Hold": [REGISTER_HEADERS, *rows]})


def attendances() -> bytes:
    """A row for each of two meetings of one citizen."""
    days = ({"Startet": dt.datetime(2015, 3, day), "Gennemført": None, "Udfald": None} for day in (12, 19))
    return courses(*(course(**day) for day in days))


def undivided(stage: str) -> bytes:
    """A cross table with a stage for all citizens together, beside the participants or the invited by group."""
    other = "Inviteret" if stage == "Deltaget" else "Deltaget"
    headers = ["Kommune", "Tilbud", "Periode", stage, f"{other} Kvinde", f"{other} Mand"]
    return book({"Tal": [headers, ["Aarhus", "Rygestop", "2015-03", 20, 30, 28]]})


def titled(title: str) -> bytes:
    """Counts without a municipality below a title."""
    return book({"Tal": [[title], [], COUNT_HEADERS[1:], count()[1:]]})


def stages_in_rows(last: str) -> bytes:
    """Counts with a row for each stage; the last stage is given."""
    headers = ["Kommune", "Tilbud", "Periode", "Trin", "Kvinde", "Mand"]
    rows = [["Aarhus", "Rygestop", "2015-03", stage, 30, 29] for stage in ("Inviteret", "Deltaget")]
    return book({"Tal": [headers, *rows, ["Aarhus", "Rygestop", "2015-03", last, 20, 19]]})


def by_group(*numbers: Row, last: str = "Lang videregående uddannelse") -> bytes:
    """Participants of each period in a column for each group of education."""
    headers = ["Kommune", "Tilbud", "Periode", "Grundskole", "Kort uddannelse", last]
    rows = [["Aarhus", "Rygestop", f"2015-{month:02}", *one] for month, one in enumerate(numbers, start=3)]
    return book({"Tal": [["Deltagere"], [], headers, *rows]})


def offers_across(*headers: str) -> bytes:
    """Participants in a column for each header."""
    rows: list[Row] = [["Kommune", "Uddannelse", *headers], ["Aarhus", "Grundskole", 30, 28]]
    return book({"Tal": [["Deltagere 2015"], [], *rows]})


def filtered(*filters: Row) -> bytes:
    """Counts below the filters of a report."""
    return book({"Tal": [["Tilbud", "Rygestop"], *filters, [], [*COUNT_HEADERS[:1], *COUNT_HEADERS[2:]], _rest()]})


def _rest() -> Row:
    return [*count()[:1], *count()[2:]]


def with_remark(text: str) -> bytes:
    """Counts above a remark."""
    return book({"Tal": [COUNT_HEADERS, count(), [], [text]]})


def one_deleted(mark: str) -> bytes:
    """Two courses, of which the second may be marked as deleted."""
    return book({"Forløb": [[*COURSE_HEADERS, "Slettet"], [*course(), "Nej"], [*course("b-2"), mark]]})


def ruled(month: str, rule: str) -> bytes:
    """Counts of a month, and the completion rule of their offer."""
    offers = [OFFER_HEADERS, ["Aarhus", "Rygestop", "Sundhed", "Rygning", rule]]
    return book({"Tal": [COUNT_HEADERS, count(Periode=month)], "Tilbud": offers})


def of_a_year(text: str) -> bytes:
    """Counts of a year above a remark."""
    return book({"Tal": [COUNT_HEADERS, count(Periode=2015), [], [text]]})


def with_total_sheet(came: int) -> bytes:
    """Participants of two municipalities on a sheet each, and the total on another."""
    rows = [["Tilbud", "Periode", "Kvinde", "Mand"], ["Rygestop", "2015-03", 30, 29]]
    places: dict[str, list[Row]] = {place: [["Deltagere"], [], *rows] for place in ("Aarhus", "Viborg")}
    return book({**places, "I alt": [["Tilbud", "Periode", "Deltagere"], ["Rygestop", "2015-03", came]]})


def by_two_dimensions(second: str | None) -> bytes:
    """A count by education and one by sex; the group of education of the second is given."""
    headers = ["Kommune", "Tilbud", "Periode", "Uddannelse", "Køn", *COUNT_HEADERS[5:]]
    rows: list[Row] = [["Aarhus", "Rygestop", "2015-03", "Grundskole", None, 40, 30, 20]]
    return book({"Tal": [headers, *rows, ["Aarhus", "Rygestop", "2015-03", second, "Kvinde", 40, 30, 20]]})


def of_sexes(*names: str) -> bytes:
    """A sheet of counts by education for each name."""
    headers = ["Kommune", "Tilbud", "Periode", "Uddannelse", *COUNT_HEADERS[5:]]
    return book({name: [headers, ["Aarhus", "Rygestop", "2015-03", "Grundskole", 40, 30, 20]] for name in names})


def two_series(month: int) -> bytes:
    """A row for each session of one citizen: two in March, and two in another month."""
    days = [dt.datetime(2015, at, day) for at in (3, month) for day in (2, 9)]
    return courses(*(course(**{"Startet": day, "Gennemført": None, "Udfald": None}) for day in days))


def with_merged(*, merged: bool) -> bytes:
    """Counts of two groups; the numbers of the invited stand in one merged cell, or each in its own."""
    rows = [COUNT_HEADERS, count(), count(Gruppe="Mand", Inviteret=None if merged else 40)]
    return book({"Optælling": rows}, lambda made: made.active.merge_cells("F2:F3") if merged else None)


def pivot(label: str) -> bytes:
    """A pivot table with a row for each group of a municipality, and a last row with this label."""
    headers = ["Kommune", "Tilbud", "Periode", "Uddannelse", *COUNT_HEADERS[5:]]
    rows: list[Row] = [["Aarhus", "Rygestop", "2015-03", "Grundskole", 40, 30, 20]]
    rows.append([None, None, None, "Kort uddannelse", 50, 40, 30])
    return book({"Tal": [headers, *rows, [label, None, None, None, 90, 70, 50]]})


def with_notes_table(number: int) -> bytes:
    """A count, and another table below with so many rows."""
    rows: list[Row] = [["Hold", "Deltaget", "Gennemført"], *([f"Hold {one}", 4 + one, 3] for one in range(number))]
    return book({"Tal": [COUNT_HEADERS, count(), [], *rows]})


def adjusted(month: int, title: str = "Sms") -> bytes:
    """An adjustment in this month."""
    headers = ["Kommune", "Tilbud", "Dato", "Titel", "Sigte"]
    return book({"Justeringer": [headers, ["Aarhus", "Rygestop", dt.datetime(2015, month, 1), title, "Rekruttering"]]})


def adjusted_first(month: int, title: str = "Sms") -> bytes:
    """Counts of an offer, and its adjustment in this month."""
    headers = ["Kommune", "Tilbud", "Dato", "Titel", "Sigte"]
    row = ["Aarhus", "Rygestop", dt.datetime(2015, month, 1), title, "Rekruttering"]
    return book({"Optælling": [COUNT_HEADERS, count()], "Justeringer": [headers, row]})


def by_stage(year: int) -> bytes:
    """A sheet of the invited and one of the participants; the second period of the invited is given."""
    headers = ["Kommune", "Tilbud", "År", "Kvinde", "Mand"]
    rows = [["Aarhus", "Rygestop", 2013, 30, 29], ["Aarhus", "Rygestop", 2014, 31, 28]]
    invited = [["Aarhus", "Rygestop", 2013, 40, 39], ["Aarhus", "Rygestop", year, 41, None]]
    completed = [[*row[:3], 20, 19] for row in rows]
    return book({"Inviterede": [headers, *invited], "Deltagere": [headers, *rows], "Gennemført": [headers, *completed]})


def marked(*marks: str) -> bytes:
    """A row for each meeting of one citizen, with the mark of whether they came."""
    headers = ["Kommune", "Tilbud", "Borger-id", "Dato", "Fremmøde", "Uddannelse"]
    days = [dt.datetime(2015, 3, 12 + 7 * number) for number in range(len(marks))]
    rows = [["Aarhus", "Rygestop", "b-1", day, mark, "Grundskole"] for day, mark in zip(days, marks, strict=True)]
    return book({"Fremmøde": [headers, *rows]})


def in_outline(*places: str) -> bytes:
    """Counts of two groups below each municipality, all labels in one column."""
    sound = ["Rygestop", "2015-03", 40, 30, 20]
    rows = [row for place in places for row in ([place], ["Kvinde", *sound], ["Mand", *sound])]
    return book({"Tal": [["Rækkenavne", "Tilbud", "Periode", "Inviteret", "Deltaget", "Gennemført"], *rows]})


def by_month(sheet: str, *months: str) -> bytes:
    """Participants of each month in a column of its own."""
    headers = ["Kommune", "Tilbud", "Køn", *months]
    rows = [["Aarhus", "Rygestop", "Kvinde", 30, 29], ["Aarhus", "Rygestop", "Mand", 28, 27]]
    return book({sheet: [["Deltagere"], [], headers, *rows]})


def below(*rows: Row) -> bytes:
    """Counts without a municipality below these rows."""
    return book({"Tal": [*rows, [], COUNT_HEADERS[1:], count()[1:]]})


def decimals(number: str) -> bytes:
    """A text file with commas between its columns, and this number in the last."""
    lines = [
        "Kommune,Tilbud,Køn,Periode,Deltaget",
        *(f"Aarhus,Rygestop,{sex},2015,{number}" for sex in ("Kvinde", "Mand")),
    ]
    return "\n".join(lines).encode()


def named(sheet: str) -> bytes:
    """Counts of one dimension on a sheet with this name."""
    return book({sheet: [COUNT_HEADERS, count()]})


def by_sex(*sheets: str) -> bytes:
    """Participants by education on sheets with these names."""
    rows = [["Tilbud", "Uddannelse", "2015"], ["Rygestop", "Grundskole", 30], ["Rygestop", "Kort uddannelse", 29]]
    headers, *numbers = (["Aarhus" if at else "Kommune", *row] for at, row in enumerate(rows))
    return book({name: [["Deltagere"], [], headers, *numbers] for name in sheets})


def by_place(*places: str) -> bytes:
    """Participants of each group on a sheet with the name of the place."""
    rows = [["Tilbud", "Periode", "Kvinde", "Mand"], ["Rygestop", "2015-03", 30, 29]]
    return book({place: [["Deltagere"], [], *rows] for place in places})


def staged(*stages: str) -> bytes:
    """Counts with a row for each stage, and a column for each sex."""
    headers = ["Kommune", "Tilbud", "Periode", "Trin", "Kvinde", "Mand"]
    rows = [["Randers", "Rygestop", "2015-03", stage, 40 - n, 41 - n] for n, stage in enumerate(stages)]
    return book({"Optælling": [headers, *rows]})


NUMBERED = ["1. gang", "2. gang", "3. gang"]
WITH_RULE = {"completion_rule": "share:75"}
JOINED = {"citizen_repeats": "attendances", **WITH_RULE}
LAYOUT_CASES = {
    "fewer_counted": Case(
        "export.xlsx",
        partial(counts, count(Deltaget=25)),
        partial(counts, count(Deltaget=35)),
        stored_first=partial(counts, count()),
        value="Rygestop",
        mode=ImportMode.REPLACE,
    ),
    "stage_twice": Case(
        "export.xlsx",
        partial(staged, "Inviteret", "Deltaget", "Deltaget"),
        partial(staged, "Inviteret", "Deltaget", "Gennemført"),
        sheet="Optælling",
        rows=(4,),
        column="Trin",
        beside=frozenset({"completion_unknown"}),
    ),
    "nothing_to_correct": Case(
        "export.xlsx",
        partial(courses, course("b-9")),
        partial(courses, course(Udfald="Frafaldet", Gennemført=None)),
        stored_first=sound,
        mode=ImportMode.CORRECT,
    ),
    "correction_unsure": Case(
        "export.xlsx",
        partial(courses, course(Startet=dt.date(2015, 3, 14))),
        partial(courses, course(Udfald="Frafaldet", Gennemført=None)),
        stored_first=partial(courses, course(), course(Startet=dt.date(2015, 3, 20))),
        mode=ImportMode.CORRECT,
        sheet="Forløb",
        rows=(2,),
    ),
    "correction_other_periods": Case(
        "export.xlsx",
        partial(counts, count(), count(Gruppe="Mand")),
        partial(counts, count(Periode="2015K1", Deltaget=29), count(Periode="2015K1", Gruppe="Mand")),
        stored_first=partial(counts, count(Periode="2015K1"), count(Periode="2015K1", Gruppe="Mand")),
        mode=ImportMode.CORRECT,
        sheet="Optælling",
        rows=(2, 3),
        beside=frozenset({"nothing_to_correct"}),
    ),
    "correction_held_back": Case(
        "export.xlsx",
        partial(counts, count(Deltaget="<5"), count(Gruppe="Mand", Deltaget=29)),
        partial(counts, count(Deltaget=29), count(Gruppe="Mand", Deltaget=29)),
        stored_first=partial(counts, count(), count(Gruppe="Mand")),
        mode=ImportMode.CORRECT,
        beside=frozenset({"held_back", "hidden_count"}),
    ),
    "adjustment_moved": Case(
        "export.xlsx",
        partial(adjusted, 8),
        partial(adjusted, 3),
        stored_first=partial(adjusted_first, 3),
        value="Sms",
    ),
    "adjustment_alike": Case(
        "export.xlsx",
        partial(adjusted, 8, "Påmindelse på sms"),
        partial(adjusted, 8, "Påmindelse pr. brev"),
        stored_first=partial(adjusted_first, 3, "Påmindelser på sms"),
        sheet="Justeringer",
        rows=(2,),
        value="Påmindelse på sms",
    ),
    "offer_changed": Case(
        "export.xlsx",
        partial(ruled, "2015-04", "Fire gange"),
        partial(ruled, "2015-04", "Fem gange"),
        stored_first=partial(ruled, "2015-03", "Fem gange"),
        value="Rygestop",
    ),
    "several_tables": Case(
        "export.xlsx",
        partial(book, {"Forløb": [COURSE_HEADERS, course(), [], COURSE_HEADERS, course("b-2")]}),
        partial(book, {"Forløb": [COURSE_HEADERS, course()], "Forløb 2": [COURSE_HEADERS, course("b-2")]}),
        sheet="Forløb",
        rows=(2, 5),
    ),
    "constant_from_sheet": Case(
        "export.xlsx",
        partial(book, {"Viborg": [COUNT_HEADERS[1:], count()[1:]]}),
        partial(counts, count()),
        sheet="Viborg",
        value="Viborg",
    ),
    "constant_from_title": Case(
        "export.xlsx",
        partial(titled, "Deltagere i Viborg Kommune"),
        partial(counts, count()),
        sheet="Tal",
        value="Viborg",
    ),
    "missing_constant": Case(
        "export.xlsx",
        partial(titled, "Deltagere i kommunen"),
        partial(titled, "Deltagere i Viborg Kommune"),
        sheet="Tal",
        rows=(3,),
        value="municipality",
    ),
    "table_unread": Case(
        "export.xlsx",
        partial(book, {"Optælling": [COUNT_HEADERS, count(), [], ["Hold", "Deltaget", "Gennemført"], ["A", 4, 3]]}),
        partial(book, {"Optælling": [COUNT_HEADERS, count()]}),
        sheet="Optælling",
        rows=(4, 5),
        beside=frozenset({"missing_constant", "no_groups"}),
    ),
    "unknown_stage": Case(
        "export.xlsx",
        partial(stages_in_rows, "Afbrudt"),
        partial(stages_in_rows, "Gennemført"),
        sheet="Tal",
        rows=(4,),
        column="Trin",
        value="Afbrudt",
        beside=frozenset({"completion_unknown", "rate_extreme"}),
    ),
    "meaning_chosen_twice": Case(
        "export.xlsx",
        sound,
        sound,
        value="Uddannelse",
        mapping=Mapping(Form.COURSES, BY_HAND, sheet="Forløb", ambiguous=("Uddannelse",)),
        near_mapping=Mapping(Form.COURSES, BY_HAND, sheet="Forløb"),
    ),
    "register": Case("hold.xlsx", partial(register, ["X", "X", "X"]), sound, sheet="Hold", answers=WITH_RULE),
    "register_listed": Case("hold.xlsx", partial(register, ["X", "X", "X"]), sound, sheet="Hold", answers=WITH_RULE),
    "session_unmarked": Case(
        "hold.xlsx",
        partial(register, ["X", None, "X"]),
        partial(register, ["X", "X", "X"]),
        sheet="Hold",
        answers=WITH_RULE,
    ),
    "attendance_mark": Case(
        "hold.xlsx",
        partial(register, ["X", "måske", "X"], ["X", "X", "X"]),
        partial(register, ["X", None, "X"], ["X", "X", "X"]),
        sheet="Hold",
        rows=(2,),
        column=str(SESSIONS[1].date()),
        value="måske",
        answers=WITH_RULE,
    ),
    "completion_rule": Case("hold.xlsx", partial(register, ["X", "X", "X"]), sound, sheet="Hold"),
    "attendances_joined": Case(
        "export.xlsx",
        attendances,
        sound,
        sheet="Forløb",
        rows=(3,),
        column="Borger-id",
        answers=JOINED,
    ),
    "numbers_scaled": Case(
        "export.xlsx",
        partial(titled, "Andel deltagere i Viborg Kommune, pct."),
        partial(titled, "Deltagere i Viborg Kommune"),
        sheet="Tal",
        value="Andel deltagere i Viborg Kommune, pct.",
    ),
    "stage_undivided": Case(
        "export.xlsx",
        partial(undivided, "Gennemført"),
        partial(undivided, "Deltaget"),
        sheet="Tal",
        rows=(1,),
        column="Gennemført",
    ),
    "participants_undivided": Case(
        "export.xlsx",
        partial(undivided, "Deltaget"),
        partial(undivided, "Gennemført"),
        sheet="Tal",
        rows=(1,),
        column="Deltaget",
    ),
    "column_without_numbers": Case(
        "export.xlsx",
        partial(by_group, [30, None, 28]),
        partial(by_group, [30, 29, 28]),
        sheet="Tal",
        column="Kort uddannelse",
        beside=frozenset({"completion_unknown"}),
    ),
    "column_without_header": Case(
        "export.xlsx",
        partial(by_group, [30, 29, 28], last=""),
        partial(by_group, [30, 29, 28]),
        sheet="Tal",
        column="F",
        beside=frozenset({"completion_unknown"}),
    ),
    "labels_once": Case(
        "export.xlsx",
        partial(counts, count(), count(Kommune="", Gruppe="Mand")),
        partial(counts, count(), count(Gruppe="Mand")),
        sheet="Optælling",
        rows=(3,),
        column="Kommune",
    ),
    "labels_of_kinds": Case(
        "export.xlsx",
        partial(in_outline, "Aarhus", "Viborg"),
        partial(counts, count()),
        sheet="Tal",
        column="Rækkenavne",
        value="Aarhus",
    ),
    "table_of_totals": Case(
        "export.xlsx",
        partial(by_place, "Aarhus", "I alt"),
        partial(by_place, "Aarhus", "Viborg"),
        sheet="I alt",
        value="I alt",
        beside=frozenset({"completion_unknown"}),
    ),
    "table_of_totals_differs": Case(
        "export.xlsx",
        partial(with_total_sheet, 120),
        partial(with_total_sheet, 118),
        sheet="I alt",
        value="I alt",
        beside=frozenset({"completion_unknown", "table_of_totals"}),
    ),
    "constant_above": Case(
        "export.xlsx",
        partial(below, ["Kommune:", "Aarhus"]),
        partial(counts, count()),
        sheet="Tal",
        rows=(1,),
        value="Aarhus",
    ),
    "period_year_added": Case(
        "export.xlsx",
        partial(by_month, "2015", "marts", "april"),
        partial(by_month, "Tal", "marts 2015", "april 2015"),
        sheet="2015",
        rows=(3,),
        value="marts",
        beside=frozenset({"completion_unknown"}),
    ),
    "missing_year": Case(
        "export.xlsx",
        partial(by_month, "Tal", "marts", "april"),
        partial(by_month, "Tal", "marts 2015", "april 2015"),
        sheet="Tal",
        rows=(3,),
        value="period",
    ),
    "cells_beyond_headers": Case(
        "export.csv",
        lambda: decimals("31,0"),
        lambda: decimals("31"),
        column="F",
        beside=frozenset({"completion_unknown"}),
    ),
    "heading_unclear": Case(
        "export.xlsx",
        partial(in_outline, "Tallene er foreløbige"),
        partial(in_outline, "Aarhus"),
        sheet="Tal",
        rows=(2,),
        value="Tallene er foreløbige",
    ),
    "months_cross_new_year": Case(
        "export.xlsx",
        partial(by_month, "2015", "december", "januar"),
        partial(by_month, "2015", "januar", "februar"),
        sheet="2015",
        rows=(3,),
        value="period",
    ),
    "group_in_title": Case(
        "export.xlsx",
        partial(named, "Grundskole"),
        partial(named, "Kvinde"),
        sheet="Grundskole",
        rows=(1,),
        value="Grundskole",
    ),
    "counted_again_crossed": Case(
        "export.xlsx",
        partial(by_sex, "Mænd", "Alle"),
        partial(by_sex, "Mænd", "Kvinder"),
        sheet="Mænd",
        rows=(4, 5),
        column="group",
        beside=frozenset({"completion_unknown", "spelling", "totals_of_groups"}),
    ),
    "stage_alone": Case(
        "export.xlsx",
        partial(by_stage, 2015),
        partial(by_stage, 2014),
        sheet="Inviterede",
        rows=(3,),
        column="Kvinde",
        beside=frozenset({"cells_empty"}),
    ),
    "session_cancelled": Case(
        "hold.xlsx",
        partial(register, ["X", "aflyst", "X"]),
        partial(register, ["X", "X", "X"]),
        sheet="Hold",
        value=str(SESSIONS[1].date()),
        answers=WITH_RULE,
    ),
    "attendances_marked": Case(
        "export.xlsx",
        partial(marked, "Ja", "Nej"),
        partial(marked, "Ja"),
        sheet="Fremmøde",
        rows=(3,),
        column="Borger-id",
        answers=WITH_RULE,
    ),
    "no_groups": Case(
        "export.xlsx",
        partial(book, {"Optælling": [[*COUNT_HEADERS[:3], *COUNT_HEADERS[5:]], [*count()[:3], *count()[5:]]]}),
        partial(counts, count()),
        sheet="Optælling",
        rows=(1,),
    ),
    "constant_differs": Case(
        "export.xlsx",
        partial(titled, "Viborg Kommune"),
        partial(titled, "Aarhus Kommune"),
        constants={"municipality": "Aarhus"},
        sheet="Tal",
        value="Aarhus",
    ),
    "filter_above": Case(
        "export.xlsx",
        partial(filtered, ["Afdeling", "Nord"]),
        partial(filtered, ["Udskrevet", "Nord"]),
        sheet="Tal",
        rows=(2,),
        value="Afdeling: Nord",
    ),
    "number_explained": Case(
        "export.xlsx",
        partial(with_remark, "20 = uoplyst"),
        partial(with_remark, "21 = uoplyst"),
        sheet="Tal",
        value="20 = uoplyst",
        beside=frozenset({"hidden_count", "held_back"}),
    ),
    "rows_marked": Case(
        "export.xlsx",
        partial(one_deleted, "Ja"),
        partial(one_deleted, "Nej"),
        sheet="Forløb",
        rows=(3,),
        value="Slettet",
        beside=frozenset({"unknown_column"}),
    ),
    "year_or_part": Case(
        "export.xlsx",
        partial(of_a_year, "Januar-juni"),
        partial(of_a_year, "Januar-december"),
        sheet="Tal",
        rows=(4,),
        value="Januar-juni",
    ),
    "year_part_read": Case(
        "export.xlsx",
        partial(of_a_year, "1. halvår"),
        partial(of_a_year, "Hele året"),
        sheet="Tal",
        answers={"year_or_part": "part"},
    ),
    "said_cumulated": Case(
        "export.xlsx",
        partial(with_remark, "Tallene er akkumulerede"),
        partial(with_remark, "Tallene er månedens egne"),
        sheet="Tal",
        rows=(4,),
        value="Tallene er akkumulerede",
    ),
    "remark": Case(
        "export.xlsx",
        partial(with_remark, "Kun borgere fra Aarhus Nord"),
        partial(with_remark, "Borgere fra Aarhus"),
        sheet="Tal",
        rows=(4,),
        value="Kun borgere fra Aarhus Nord",
    ),
    "one_dimension_a_row": Case(
        "export.xlsx",
        partial(by_two_dimensions, None),
        partial(by_two_dimensions, "Kort uddannelse"),
        sheet="Tal",
    ),
    "one_group_only": Case(
        "export.xlsx",
        partial(of_sexes, "Mand"),
        partial(of_sexes, "Mand", "Kvinde"),
        sheet="Mand",
        value="Mand",
    ),
    "most_unread": Case(
        "export.xlsx",
        partial(with_notes_table, 12),
        partial(with_notes_table, 4),
        sheet="Tal",
        rows=tuple(range(4, 17)),
        beside=frozenset({"missing_constant", "no_groups"}),
    ),
    "subtotals": Case(
        "export.xlsx",
        partial(pivot, "Aarhus Total"),
        partial(pivot, "Hovedtotal"),
        sheet="Tal",
        rows=(4,),
    ),
    "merged_number": Case(
        "export.xlsx",
        partial(with_merged, merged=True),
        partial(with_merged, merged=False),
        sheet="Optælling",
        rows=(2, 3),
        column="Inviteret",
        value="40",
    ),
    "sessions_apart": Case(
        "export.xlsx",
        partial(two_series, 9),
        partial(two_series, 4),
        sheet="Forløb",
        rows=(2, 3, 4, 5),
        column="Borger-id",
        answers={**WITH_RULE, "citizen_repeats": "attendances"},
        beside=frozenset({"walk_ins"}),
    ),
    "headers_not_known": Case(
        "export.xlsx",
        partial(book, {"Forløb": [[*COURSE_HEADERS[:3], "Første samtale"], [*course()[:3], "ja"]]}),
        partial(book, {"Forløb": [[*COURSE_HEADERS[:3], "Startet"], [*course()[:3], "2015-03-02"]]}),
        sheet="Forløb",
        rows=(1,),
        beside=frozenset({"missing_constant"}),
    ),
    "headers_unknown": Case(
        "export.xlsx",
        partial(offers_across, "KOL-hold", "Rygestop"),
        partial(offers_across, "Inviteret", "Deltaget"),
        sheet="Tal",
        rows=(3,),
    ),
    "invited_estimated": Case(
        "export.xlsx",
        partial(counts, count(Inviteret=40.25)),
        partial(counts, count()),
        sheet="Optælling",
        rows=(2,),
        column="Inviteret",
        value="40.25",
    ),
    "invited_rounded": Case(
        "export.xlsx",
        partial(counts, count(Inviteret=40.25)),
        partial(counts, count()),
        sheet="Optælling",
        rows=(2,),
        column="Inviteret",
        value="40.25",
        answers={"invited_estimated": "rounded"},
    ),
    "only_indicators": Case(
        "export.xlsx",
        partial(book, {"Ark1": [["Område", "Gennemsnitsalder", "Udgift, kr."], ["Nord", 61.25, 120000]]}),
        partial(book, {"Ark1": [["Område", "Besøg"], ["Nord", 61]]}),
    ),
    "invited_partly": Case(
        "export.xlsx",
        partial(counts, count(), count(Gruppe="Mand", Inviteret=None)),
        partial(counts, count(), count(Gruppe="Mand")),
        sheet="Optælling",
        rows=(3,),
        column="Inviteret",
    ),
    "cells_empty": Case(
        "export.xlsx",
        partial(by_group, [30, 29, 28], [30, None, 28]),
        partial(by_group, [30, 29, 28], [30, 29, 28]),
        sheet="Tal",
        rows=(5,),
        column="Kort uddannelse",
        beside=frozenset({"completion_unknown"}),
    ),
    "sessions_undated": Case(
        "export.xlsx",
        partial(book, {"Forløb": [[*COURSE_HEADERS[:4], *NUMBERED], [*course()[:4], "Ja", "Nej", "Ja"]]}),
        partial(book, {"Forløb": [COURSE_HEADERS[:4], course()[:4]]}),
        sheet="Forløb",
        rows=(1,),
        value="started_on",
        beside=frozenset({"missing_constant"}),
    ),
    "row_no_count": Case(
        "export.xlsx",
        partial(counts, count(), count(Tilbud="heraf på arabisk", Inviteret=9, Deltaget=6, Gennemført=3)),
        partial(counts, count(), count(Tilbud="På arabisk", Inviteret=9, Deltaget=6, Gennemført=3)),
        sheet="Optælling",
        rows=(3,),
        column="Tilbud",
        value="heraf på arabisk",
    ),
}
