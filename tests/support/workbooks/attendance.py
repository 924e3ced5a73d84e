"""A case of each check about attendance: registers, lists of sessions, and numbers or shares of sessions attended."""

import datetime as dt
from functools import partial
from typing import Any

from tests.support.workbooks.faults import Case, book

RULE = {"completion_rule": "share:75"}
PLACE = ["Kommune", "Tilbud"]
HERE = ["Aarhus", "Rygestop"]
DATES = ["05-01-2024", "12-01-2024", "19-01-2024"]
START = dt.datetime(2024, 1, 5)


def _register(*days: str, headers: tuple[str, ...] = ("Borger-id", "Uddannelse"), sheet: str = "Hold") -> bytes:
    """A register with these headers of sessions, at all of which the citizen was."""
    beside = {"Borger-id": "b-1", "Uddannelse": "Grundskole"}
    row = [*HERE, *(beside[text] for text in headers), *("x" for _ in days)]
    return book({sheet: [[*PLACE, *headers, *days], row]})


def _list(header: str, *marks: str) -> bytes:
    """A list with a row for each session of one citizen."""
    rows = [[*HERE, "b-1", START + dt.timedelta(7 * number), mark, "Grundskole"] for number, mark in enumerate(marks)]
    return book({"Liste": [[*PLACE, "Borger-id", "Dato", header, "Uddannelse"], *rows]})


def _courses(citizen: str = "b-1", **cells: Any) -> bytes:
    """A course with more columns, by their headers."""
    headers = [*PLACE, "Borger-id", "Uddannelse", "Startet", *cells]
    return book({"Forløb": [headers, [*HERE, citizen, "Grundskole", START, *cells.values()]]})


def _numbered(*headers: str) -> bytes:
    return _courses(**dict.fromkeys((*headers, "1. gang", "2. gang", "3. gang"), "x"))


def _of_one(*groups: str) -> bytes:
    """A list of the sessions of one citizen, with the education in each row."""
    rows = [[*HERE, "b-1", START + dt.timedelta(7 * number), "Ja", group] for number, group in enumerate(groups)]
    return book({"Liste": [[*PLACE, "Borger-id", "Dato", "Fremmøde", "Uddannelse"], *rows]})


NO_COMPLETION = frozenset({"completion_unknown"})
ATTENDANCE_CASES = {
    "attendances_differ": Case(
        "hold.xlsx",
        partial(_of_one, "Grundskole", "Kort uddannelse"),
        partial(_of_one, "Grundskole", "Grundskole"),
        sheet="Liste",
        rows=(2, 3),
        column="Uddannelse",
        answers=RULE,
    ),
    "no_shows": Case(
        "export.xlsx",
        partial(_courses, Udfald="Udeblevet"),
        partial(_courses, Udfald="Frafaldet"),
        sheet="Forløb",
        rows=(2,),
        column="Startet",
    ),
    "register_absence": Case(
        "hold.xlsx",
        partial(_register, *DATES, sheet="Fraværsliste"),
        partial(_register, *DATES),
        sheet="Fraværsliste",
        value="Fraværsliste",
        answers=RULE,
    ),
    "session_year": Case(
        "hold.xlsx",
        partial(_register, "5/1", "12/1", "19/1"),
        partial(_register, *DATES),
        sheet="Hold",
        rows=(1,),
        value="5/1, 12/1, 19/1",
        answers=RULE,
    ),
    "sessions_without_year": Case(
        "hold.xlsx",
        partial(_register, "5. jan", "12. jan", "19. jan", sheet="Hold 2024"),
        partial(_register, *DATES),
        sheet="Hold 2024",
        rows=(1,),
        value="2024",
        answers=RULE,
    ),
    "sessions_by_week": Case(
        "hold.xlsx",
        partial(_register, "uge 2 2024", "uge 3 2024", "uge 4 2024"),
        partial(_register, *DATES),
        sheet="Hold",
        rows=(1,),
        answers=RULE,
    ),
    "rows_without_ids": Case(
        "hold.xlsx",
        partial(_register, *DATES, headers=("Uddannelse",)),
        partial(_register, *DATES),
        sheet="Hold",
        rows=(1,),
        answers=RULE,
    ),
    "names_replaced": Case(
        "export.xlsx",
        partial(_courses, citizen="Anne Hansen", Udfald="Gennemført"),
        partial(_courses, Udfald="Gennemført"),
        sheet="Forløb",
        rows=(2,),
        column="Borger-id",
    ),
    "sessions_numbered": Case(
        "export.xlsx",
        _numbered,
        partial(_courses, Gennemført=dt.datetime(2024, 3, 5)),
        sheet="Forløb",
        rows=(1,),
        value="1. gang – 3. gang",
        answers=RULE,
    ),
    "status_attendance": Case(
        "export.xlsx",
        partial(_list, "Status", "Mødt", "Udeblevet"),
        partial(_list, "Fremmøde", "Mødt", "Udeblevet"),
        sheet="Liste",
        column="Status",
        answers=RULE,
    ),
    "attendances_cancelled": Case(
        "export.xlsx",
        partial(_list, "Fremmøde", "Mødt", "Aflyst"),
        partial(_list, "Fremmøde", "Mødt", "Syg"),
        sheet="Liste",
        answers=RULE,
    ),
    "dropped_out_column": Case(
        "export.xlsx",
        partial(_courses, Slutdato=dt.datetime(2024, 3, 5), Afbrudt="Nej"),
        partial(_courses, Gennemført=dt.datetime(2024, 3, 5)),
        sheet="Forløb",
        column="Afbrudt",
    ),
    "completed_yes_no": Case(
        "export.xlsx",
        partial(_courses, Gennemført="Ja"),
        partial(_courses, Gennemført=dt.datetime(2024, 3, 5)),
        sheet="Forløb",
        column="Gennemført",
    ),
    "attendance_stated": Case(
        "export.xlsx",
        partial(_courses, Fremmødeprocent="80%"),
        partial(_courses, Udfald="Gennemført"),
        sheet="Forløb",
        rows=(2,),
        column="Fremmødeprocent",
        answers=RULE,
    ),
    "attendance_unused": Case(
        "export.xlsx",
        partial(_courses, Fremmødeprocent="80%", Udfald="Gennemført"),
        partial(_courses, Udfald="Gennemført"),
        sheet="Forløb",
        column="Fremmødeprocent",
    ),
    "rule_not_usable": Case(
        "export.xlsx",
        partial(_courses, **{"Antal fremmøder": 6}),
        partial(_courses, **{"Antal fremmøder": 6, "Antal mødegange": 8}),
        sheet="Forløb",
        rows=(2,),
        column="Antal fremmøder",
        answers=RULE,
        beside=NO_COMPLETION,
    ),
    "more_attended": Case(
        "export.xlsx",
        partial(_courses, **{"Antal fremmøder": 9, "Antal mødegange": 8}),
        partial(_courses, **{"Antal fremmøder": 8, "Antal mødegange": 8}),
        sheet="Forløb",
        rows=(2,),
        column="Antal fremmøder",
        answers=RULE,
    ),
    "not_a_share": Case(
        "export.xlsx",
        partial(_courses, Fremmødeprocent="meget"),
        partial(_courses, Fremmødeprocent="80%"),
        sheet="Forløb",
        rows=(2,),
        column="Fremmødeprocent",
        value="meget",
        answers=RULE,
    ),
    "completion_rule_unused": Case(
        "export.xlsx",
        partial(_courses, Udfald="Gennemført"),
        partial(_courses, Fremmødeprocent="80%"),
        answers=RULE,
    ),
}
