"""Periods are read with their own meaning, by the whole column, or a person is asked; never as another period."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from analysis.intake.findings.check import Severity
from analysis.intake.fix.corrections import Corrections
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions, from_json, to_json
from analysis.intake.read_file import read
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.validation import prepare
from analysis.intake.values.dates import NotADate
from analysis.intake.values.period_texts import Unclear
from analysis.intake.values.periods import Ambiguous, period, readings
from analysis.store import Database

D = dt.date
HEADERS = ["Kommune", "Tilbud", "Periode", "Dimension", "Gruppe", "Deltaget", "Gennemført"]


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        *((text, D(2015, 1, 1), D(2016, 1, 1)) for text in ("2015", "år 2015", "vuosi 2015")),
        *((text, D(2015, 1, 1), D(2016, 1, 1)) for text in ("Årg. 2015", "årgang 2015", "hele 2015", "koko 2015")),
        *(
            (text, D(2015, 8, 1), D(2016, 8, 1))
            for text in ("2015/2016", "15/16", "15-16", "läsåret 15/16", "SY2015/16")
        ),
        *((text, D(2015, 8, 1), D(2016, 8, 1)) for text in ("2015–16", "lv 2015–2016")),
        *((text, D(2015, 1, 1), D(2018, 1, 1)) for text in ("2015-2017", "2015–2017", "2015/2017")),
        *((text, D(2015, 1, 1), D(2015, 7, 1)) for text in ("H1 2015", "1. halvår 2015", "første halvår 2015")),
        *((text, D(2015, 10, 1), D(2016, 1, 1)) for text in ("IV kvartal 2015", "fourth quarter 2015", "4. kvt. 2015")),
        *((text, D(2015, 1, 26), D(2015, 2, 2)) for text in ("uke 5 2015", "vko 5/2015", "v. 5 2015", "week 5, 2015")),
        *((text, D(2015, 1, 1), D(2015, 4, 1)) for text in ("01-01-2015 - 31-03-2015", "01.01.2015–31.03.2015")),
        *((text, D(2015, 1, 1), D(2015, 4, 1)) for text in ("2015-01 - 2015-03", "2015-01-01 til 2015-03-31")),
        ("januar, 2015", D(2015, 1, 1), D(2015, 2, 1)),
        ("dec 2014 - feb 2015", D(2014, 12, 1), D(2015, 3, 1)),
        *((text, D(2010, 8, 1), D(2011, 8, 1)) for text in ("skoleåret 2010/11", "Läsår 2010-11", "2010/2011")),
        *((text, D(2010, 8, 1), D(2011, 8, 1)) for text in ("Skoleår 10/11", "2010/11 skoleår", "lukuvuosi 10-11")),
        *((text, D(2015, 8, 1), D(2016, 8, 1)) for text in ("2015/16", "lukuvuosi 2015-2016", "2015-16")),
        *((text, D(2015, 7, 1), D(2016, 1, 1)) for text in ("2015H2", "2. halvår 2015", "2. puolivuosi 2015")),
        *((text, D(2015, 5, 1), D(2015, 9, 1)) for text in ("2015T2", "2. tertial 2015", "tertial 2 2015")),
        *((text, D(2015, 1, 1), D(2015, 4, 1)) for text in ("Q1-15", "2015 1. kvartal", "jan-mar 2015")),
        *(
            (text, D(2015, 3, 1), D(2015, 4, 1))
            for text in ("2015M03", "mar-15", "MAR-15", "Mar 15", "2015.03", "2015 marts")
        ),
        *((text, D(2015, 3, 16), D(2015, 3, 23)) for text in ("2015-W12", "2015U12", "uge 12, 2015", "v. 12 2015")),
        ("2015-W01", D(2014, 12, 29), D(2015, 1, 5)),
    ],
)
def test_a_period_has_one_meaning(text: str, first: dt.date, after: dt.date) -> None:
    assert period(text) == (first, after)


@pytest.mark.parametrize(
    "text",
    ["Januar", "forår 2015", "2017-2015", "2015-2015", "2015H3", "2015-W54", "5. tertial 2015", "1/2/2015 - 3/2/2015"],
)
def test_what_is_no_single_period_is_refused(text: str) -> None:
    with pytest.raises(NotADate):
        period(text)


@pytest.mark.parametrize(
    ("text", "check"),
    [
        *((text, "period_without_year") for text in ("Januar", "jan", "1. kvartal", "K1", "uge 12", "andet halvår")),
        *(
            (text, "period_season")
            for text in ("forår 2015", "2015 efterår", "VT15", "HT 2015", "kevät 2015", "vår 15")
        ),
        *((text, "period_season") for text in ("vinter 2015/16", "efterårssemester 2015", "Autumn term 2015")),
        *((text, "period_numbers") for text in ("1.–3. 2015", "1-3/2015", "1-12 2015")),
    ],
)
def test_what_is_missing_in_a_period_is_said(text: str, check: str) -> None:
    with pytest.raises(Unclear) as raised:
        period(text)
    assert raised.value.check == check


@pytest.mark.parametrize(
    "text",
    [
        "2015-2016",
        "2015–2016",
        "09/10",
        "12/13",
        "2010-11",
        "2010/11",
        "2009-10",
        "201112",
        "01-01-2015",
        "31-12-2015",
        "20150101",
    ],
)
def test_a_text_with_two_meanings_is_asked_about(text: str) -> None:
    with pytest.raises(Ambiguous):
        period(text)


@pytest.mark.parametrize(
    ("column", "text", "first"),
    [
        (["2010-09", "2010-10", "2010-11"], "2010-11", D(2010, 11, 1)),
        (["2010-02", "2010-05", "2010-08", "2010-11", "2011-02"], "2010-11", D(2010, 11, 1)),
        (["2010/10", "2010/11", "2011/11", "2011/12", "2011/10"], "2011/12", D(2011, 12, 1)),
        (["2010/11", "2012/13"], "2010/11", D(2010, 8, 1)),
        (["2009/10", "2010/11", "2011/12"], "2010/11", D(2010, 8, 1)),
        (["2015-01-01", "2015-02-01", "2015-03-01"], "2015-01-01", D(2015, 1, 1)),
        (["1/2015", "2/2015", "5/2015", "1/2016"], "1/2015", D(2015, 1, 1)),
        (["2015/16", "2015-2016"], "2015-2016", D(2015, 8, 1)),
        (["2014-2015", "2015-2016"], "2015-2016", D(2015, 8, 1)),
        (["skoleår 2014/15", "09/10"], "09/10", D(2009, 8, 1)),
        (["09/10", "10/11", "11/12"], "10/11", D(2010, 8, 1)),
        (["2012-2014", "2015-2017"], "2015-2017", D(2015, 1, 1)),
        (["01/2015", "02/2015", "03/2015"], "01/2015", D(2015, 1, 1)),
        (["1/2015", "2/2015", "5/2015"], "1/2015", D(2015, 1, 1)),
        (["2015-01-31", "2015-02-28", "2015-05-01"], "2015-02-28", D(2015, 2, 1)),
    ],
)
def test_the_other_texts_of_the_column_tell_which(column: list[str], text: str, first: dt.date) -> None:
    assert readings([(one, "u") for one in column], {}).span(text, "u")[0][0] == first


@pytest.mark.parametrize(
    "column",
    [
        ["2010-11", "2011-12"],
        ["2007/08", "2008/09", "2009/10", "2010/11", "2010/12"],
        ["2010/12", "2010/11", "2009/10", "2008/09"],
        ["2007-08", "2008-09", "2009-10", "2010-12"],
        ["2010/12", "2012/13", "2013/14"],
        ["2010/11", "2012/01"],
        ["2012/01", "2010/11"],
        ["2010-11", "2010-03", "2012-13"],
        ["2014-01-01", "2015-01-01"],
        ["2015-01-01", "2015-04-01", "2015-07-01"],
        ["31-03-2015", "30-06-2015"],
        ["2015-03-02", "2015-03-09"],
        ["2014-08-01", "2015-08-01"],
        ["1/2014", "4/2014", "1/2015"],
        ["2015-2016", "2017-2018"],
        ["2015-2017", "2017-2019"],
        ["2015-2017", "skoleår 2014/15"],
        ["09/10", "12/13"],
        ["1/2015", "2/2015", "3/2015", "4/2015"],
        ["1/2015", "2/2015", "3/2015"],
        ["1/2015", "2/2015"],
        ["01/2015", "02/2015", "01/2016"],
        ["2015-03-07", "2015-04-09"],
        ["2015-03-07"],
    ],
)
def test_a_column_that_does_not_tell_is_asked_about(column: list[str]) -> None:
    with pytest.raises(Ambiguous):
        readings([(one, "u") for one in column], {}).span(column[0], "u")


@pytest.mark.parametrize(("answer", "month", "year"), [("years", 1, 2017), ("school_years", 8, 2016)])
def test_an_answer_tells_what_two_years_are(answer: str, month: int, year: int) -> None:
    read_as, _ = readings([("2015-2016", "u")], {"period_years": answer}).span("2015-2016", "u")
    assert read_as == (D(2015, month, 1), D(year, month, 1))


def test_weeks_written_as_months_are_no_months() -> None:
    column = [(f"2015-{number}", "u") for number in range(10, 16)]
    with pytest.raises(NotADate):
        readings(column, {}).span("2015-10", "u")


def dated(*days: dt.date, shown: str, epoch: dt.datetime = CALENDAR_WINDOWS_1900) -> bytes:
    """Counts a period, each period a date shown in this way."""
    book = Workbook()
    book.epoch = epoch
    page = book.active
    page.title = "Optælling"
    page.append(HEADERS)
    for day in days:
        page.append(["Aarhus", "Rygestop", day, "Køn", "Kvinde", 40, 30])
        page.cell(page.max_row, 3).number_format = shown
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def prepared_from(database: Database, content: bytes, **answers: str) -> Prepared:
    return prepare(read(content, "export.xlsx"), load_reference_data(database), Corrections(answers=answers))


def spans(prepared: Prepared) -> list[tuple[dt.date, dt.date]]:
    return [(row["period_start"], row["period_end"]) for row in prepared.contents.counts.to_pylist()]


@pytest.mark.parametrize("shown", ["yyyy", "[$-406]yyyy;@", '"år "yyyy'])
def test_a_date_of_which_only_the_year_is_shown_is_a_year(database: Database, shown: str) -> None:
    prepared = prepared_from(database, dated(D(2015, 1, 1), D(2016, 1, 1), shown=shown))
    assert prepared.faultless
    assert spans(prepared) == [(D(2015, 1, 1), D(2016, 1, 1)), (D(2016, 1, 1), D(2017, 1, 1))]


def test_the_two_readers_agree_on_years_of_days_that_are_counted_from_1904(database: Database) -> None:
    content = dated(D(2015, 1, 1), D(2016, 1, 1), shown="yyyy", epoch=CALENDAR_MAC_1904)
    prepared = prepared_from(database, content)
    assert prepared.faultless
    assert spans(prepared) == [(D(2015, 1, 1), D(2016, 1, 1)), (D(2016, 1, 1), D(2017, 1, 1))]


@pytest.mark.parametrize("shown", ["mmm-yy", "mm/yyyy", "mmmm yyyy"])
def test_a_date_shown_as_month_and_year_is_a_month(database: Database, shown: str) -> None:
    prepared = prepared_from(database, dated(D(2015, 1, 1), D(2016, 1, 1), shown=shown))
    assert spans(prepared) == [(D(2015, 1, 1), D(2015, 2, 1)), (D(2016, 1, 1), D(2016, 2, 1))]


@pytest.mark.parametrize("shown", ['yyyy"K1"', 'yyyy"/16"', '"2016-"mm', "yyyy/yy", r"yyyy\/\1\6"])
def test_a_date_that_shows_something_else_is_asked_to_be_written(database: Database, shown: str) -> None:
    prepared = prepared_from(database, dated(D(2015, 3, 1), D(2015, 8, 1), shown=shown))
    errors = [one for one in prepared.findings if one.severity is Severity.ERROR]
    assert [(one.check, one.rows) for one in errors] == [("date_shown_otherwise", (2,)), ("date_shown_otherwise", (3,))]


def test_the_same_day_shown_in_two_ways_is_two_periods_in_a_sheet_of_many_pieces(database: Database) -> None:
    days = [D(2000 + number % 20, 1, 1) for number in range(3_800)]
    table = read(dated(*days, shown="yyyy"), "export.xlsx").sheets[0].columns[2]
    assert {table.kind(code) for code in table.row_counts()} == {"t", "y"}


def test_whole_days_are_asked_about_and_an_answer_is_remembered(database: Database) -> None:
    content = dated(D(2015, 1, 1), D(2016, 1, 1), shown="dd-mm-yyyy")
    (found,) = [one for one in prepared_from(database, content).findings if one.severity is Severity.ERROR]
    assert (found.check, found.rows) == ("period_day", (2, 3))
    answered = prepared_from(database, content, period_day="years")
    assert spans(answered) == [(D(2015, 1, 1), D(2016, 1, 1)), (D(2016, 1, 1), D(2017, 1, 1))]
    decisions = Decisions(corrections=Corrections(answers={"period_day": "years"}))
    assert from_json(to_json(decisions)) == decisions


def test_two_days_of_a_month_with_the_same_numbers_are_no_repeated_row(
    database: Database, workbook: Callable[..., bytes]
) -> None:
    rows = [["Aarhus", "Rygestop", day, "Køn", "Kvinde", 40, 30] for day in (D(2015, 3, 2), D(2015, 3, 9))]
    content = workbook(Optælling=[HEADERS, *rows])
    answered = prepared_from(database, content, period_day="months")
    assert "count_twice" in {one.check for one in answered.findings}
    assert len(spans(prepared_from(database, content, period_day="weeks"))) == 2


ENDS = ["Kommune", "Tilbud", "Borger-id", "Inviteret", "Startet", "Afsluttet", "Udfald", "Køn"]


@pytest.mark.parametrize(
    "end", ["31-12-9999", "9999-12-31", "01-01-9999", "2999-12-31", "31.12.2099 00:00", D(9999, 12, 31)]
)
def test_a_day_at_the_end_of_time_is_no_end(database: Database, workbook: Callable[..., bytes], end: Any) -> None:
    rows = [["Aarhus", "Ryg", "b-1", "2023-03-01 09:00", "2023-04-02T10:30:15Z", end, None, "Kvinde"]]
    rows.append(["Aarhus", "Ryg", "b-2", "01-03-2023 09:00", "02-04-2023 10.30", "02-06-2023", "Gennemført", "Mand"])
    prepared = prepared_from(database, workbook(Forløb=[ENDS, *rows]))
    assert prepared.faultless, errors_of(prepared)
    assert [one.rows for one in prepared.findings if one.check == "no_end"] == [(2,)]
    courses = prepared.contents.courses
    assert courses["outcome"].to_pylist() == ["running", "completed"]
    assert courses["started_on"].to_pylist() == [D(2023, 4, 2)] * 2
    assert courses["completed_on"].to_pylist() == [None, D(2023, 6, 2)]


@pytest.mark.parametrize("end", ["31-12-2049", "01-06-9999", "30-12-9999"])
def test_another_day_in_the_future_is_an_error(database: Database, workbook: Callable[..., bytes], end: str) -> None:
    row = ["Aarhus", "Ryg", "b-1", D(2023, 3, 1), D(2023, 4, 2), end, "Gennemført", "Kvinde"]
    prepared = prepared_from(database, workbook(Forløb=[ENDS, row]))
    assert {check for check, *_ in errors_of(prepared)} == {"date_out_of_bounds"}


def dates_of(database: Database, *rows: str, **answers: str) -> Prepared:
    """Courses of a Swedish text file, each row with the days invited, started and completed."""
    lines = [f"Aarhus;Ryg;b-{number};{row}" for number, row in enumerate(rows)]
    content = "\n".join(["Kommun;Insats;Invånar-id;Inbjuden;Påbörjat;Fullföljt", *lines]).encode()
    corrections = Corrections(answers={"no_groups": "totals", **answers})
    return prepare(read(content, "export.csv"), load_reference_data(database), corrections)


def started(prepared: Prepared) -> list[dt.date]:
    return prepared.contents.courses["started_on"].to_pylist()


def errors_of(prepared: Prepared) -> list[tuple[str, str, str]]:
    return [(one.check, one.column, one.value) for one in prepared.findings if one.severity is Severity.ERROR]


@pytest.mark.parametrize("sign", ["-", "/", "."])
def test_short_dates_that_can_have_the_day_or_the_year_first_are_asked_about(database: Database, sign: str) -> None:
    rows = [f"12{sign}01{sign}{day};12{sign}01{sign}{day + 1};" for day in (10, 12)]
    first, second = (f"12{sign}01{sign}{day}" for day in (11, 13))
    prepared = dates_of(database, *rows)
    assert ("date_order", "Påbörjat", f"{first}, {second}") in errors_of(prepared)
    assert {check for check, *_ in errors_of(prepared)} == {"date_order"}
    year_first, day_first = (dates_of(database, *rows, date_order=one) for one in ("year_first", "day_first"))
    assert (year_first.faultless, day_first.faultless) == (True, True)
    assert started(year_first) == [D(2012, 1, 11), D(2012, 1, 13)]
    assert started(day_first) == [D(2011, 1, 12), D(2013, 1, 12)]
    decisions = Decisions(corrections=Corrections(answers={"date_order": "year_first"}))
    assert from_json(to_json(decisions)) == decisions


def test_a_planned_day_does_not_turn_short_dates_around(database: Database) -> None:
    soon = dt.date.today() + dt.timedelta(days=30)
    year = f"{soon.year - 1:04}"[2:]
    rows = [f"05.01.{year};12.01.{year};15.03.{year}", f"06.01.{year};13.01.{year};{soon:%d.%m.%y}"]
    assert {check for check, *_ in errors_of(dates_of(database, *rows))} == {"date_out_of_bounds"}
    few = [f"05.01.{year};12.01.{year};", f"05.01.{year};12.01.{year};{soon:%d.%m.%y}"]
    assert "date_order" in {check for check, *_ in errors_of(dates_of(database, *few))}


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ("12-01-10;12-01-11;12-01-31", D(2012, 1, 11)),
        ("99-01-10;12-01-11;", D(2012, 1, 11)),
        ("12-01-10;12-01-11;2012-03-25", None),
        ("10-01-12;11-01-12;31-01-12", D(2012, 1, 11)),
        ("10-01-12;11-01-12;30-01-12", D(2012, 1, 11)),
        ("10-01-2012;11-01-12;25-01-2012", None),
    ],
)
def test_a_short_date_that_can_be_read_in_one_way_tells_of_the_others(
    database: Database, row: str, day: dt.date | None
) -> None:
    prepared = dates_of(database, row)
    asked = {check for check, *_ in errors_of(prepared)} == {"date_order"}
    assert (asked, started(prepared)) == (day is None, [day])
    assert asked or prepared.faultless


def test_dates_that_are_no_days_as_most_of_the_others_are_read_are_errors(database: Database) -> None:
    prepared = dates_of(database, "30-01-12;31-01-12;", "29-01-12;30-01-12;", "12-01-30;12-01-31;")
    assert {check for check, *_ in errors_of(prepared)} == {"date_out_of_bounds"}


def test_days_for_periods_with_short_years_are_asked_about_too(database: Database) -> None:
    content = f"{';'.join(HEADERS)}\nAarhus;Ryg;12-02-10;Køn;Kvinde;40;30\nAarhus;Ryg;12-03-10;Køn;Kvinde;40;30\n"
    reading = read(content.encode(), "export.csv")
    prepared = prepare(reading, load_reference_data(database))
    assert errors_of(prepared) == [("date_order", "Periode", "12-02-10, 12-03-10")]
    months = {"period_day": "months"}
    answers = Corrections(answers={"date_order": "year_first", **months})
    year_first = prepare(reading, load_reference_data(database), answers)
    assert spans(year_first) == [(D(2012, 2, 1), D(2012, 3, 1)), (D(2012, 3, 1), D(2012, 4, 1))]
    reading = read(content.replace("12-03-10", "12-03-31").encode(), "export.csv")
    settled = prepare(reading, load_reference_data(database), Corrections(answers=months))
    assert spans(settled) == spans(year_first)


MIDNIGHTS = ["2015-01-31T23:00:00{}", "2015-03-31T22:00:00{}", "2015-06-30T22:00:00{}"]
"""The first of February, April and July in Denmark."""


@pytest.mark.parametrize("zone", [".000Z", "Z", "+00:00", " "])
def test_points_in_time_in_utc_are_the_days_that_they_were_in_denmark(database: Database, zone: str) -> None:
    moments = [one.format(zone.strip()) for one in MIDNIGHTS]
    prepared = dates_of(database, *(f"{one};{one};" for one in moments))
    assert started(prepared) == [D(2015, 2, 1), D(2015, 4, 1), D(2015, 7, 1)]
    assert [one.column for one in prepared.findings if one.check == "date_utc"] == ["Inbjuden", "Påbörjat"]
    rows = [f"Aarhus;Ryg;{one};Køn;Kvinde;40;30" for one in moments]
    periods = prepare(read("\n".join([";".join(HEADERS), *rows]).encode(), "x.csv"), load_reference_data(database))
    assert [start for start, _ in spans(periods)] == [D(2015, 2, 1), D(2015, 4, 1), D(2015, 7, 1)]
    assert "date_utc" in {one.check for one in periods.findings}


@pytest.mark.parametrize(
    "moments",
    [
        ["2015-01-31T23:00:00", "2015-03-31T23:00:00", "2015-06-30T22:00:00"],
        ["2015-01-31T23:00:00", "2015-03-31T22:00:00", "2015-06-30T09:30:00"],
        ["2015-01-31T00:00:00Z", "2015-03-31T21:59:00Z", "2015-06-30T23:30:00+02:00"],
    ],
)
def test_points_in_time_of_other_hours_are_of_their_own_day(database: Database, moments: list[str]) -> None:
    prepared = dates_of(database, *(f"{one};{one};" for one in moments))
    assert started(prepared) == [D(2015, 1, 31), D(2015, 3, 31), D(2015, 6, 30)]
    assert "date_utc" not in {one.check for one in prepared.findings}


@pytest.mark.parametrize("sign", ["/", "-"])
def test_days_that_may_be_firsts_of_months_are_asked_about(database: Database, sign: str) -> None:
    rows = [f"{month:02}{sign}01{sign}2015;{month:02}{sign}01{sign}2015;" for month in (1, 2, 12)]
    assert {check for check, *_ in errors_of(dates_of(database, *rows))} == {"month_order"}
    by_day, by_month = (dates_of(database, *rows, month_order=one) for one in ("day_first", "month_first"))
    assert (by_day.faultless, by_month.faultless) == (True, True)
    assert started(by_day) == [D(2015, 1, 1), D(2015, 1, 2), D(2015, 1, 12)]
    assert started(by_month) == [D(2015, 1, 1), D(2015, 2, 1), D(2015, 12, 1)]


@pytest.mark.parametrize(
    "days",
    [
        ["01/01/2015", "01/02/2015", "01/12/2015"],
        ["01/01/2015", "02/01/2015", "13/01/2015"],
        ["02/01/2015", "03/01/2015", "04/02/2015"],
        ["02.01.2015", "03.01.2015", "04.01.2015"],
        ["02/03/2015", "03/03/2015", "04/03/2015"],
    ],
)
def test_days_of_several_months_are_not_asked_about(database: Database, days: list[str]) -> None:
    assert dates_of(database, *(f"{day};{day};" for day in days)).faultless


def test_days_of_one_month_that_number_all_months_are_asked_about(database: Database) -> None:
    days = [f"{number:02}/05/2015" for number in range(1, 13)]
    assert {check for check, *_ in errors_of(dates_of(database, *(f"{day};{day};" for day in days)))} == {"month_order"}


def test_many_days_and_one_year_are_told_apart_in_short_dates(database: Database) -> None:
    days = ("06/01/15", "13/01/15", "20/01/15", "03/02/15", "10/02/15")
    found = dates_of(database, *(f";{day};" for day in days))
    assert found.faultless
    assert started(found)[:2] == [D(2015, 1, 6), D(2015, 1, 13)]
    found = dates_of(database, *(f";{'/'.join(reversed(day.split('/')))};" for day in days))
    assert started(found)[:2] == [D(2015, 1, 6), D(2015, 1, 13)]
