"""For every check of the sheets of the theme days a workbook in which it finds something, and its near miss."""

import datetime as dt
from functools import partial
from typing import Any

from tests.support.workbooks.faults import Case, Content, Row, book

D = dt.date
DAY = D(2016, 3, 10)
NAME = "temadage.xlsx"

HEADERS: dict[str, list[str]] = {
    "Temadage": ["Dato", "Sted", "Type", "Kommune", "Rolle", "Politikområde", "Deltagere"],
    "Forståelser": [
        *("Kommune", "Temadag", "Spurgt", "Hvis forståelse", "Bord", "Udsatte grupper", "Kløft", "Gradient"),
    ],
    "Indsatser": [
        *("Kommune", "Indsats", "Politikområde", "Niveau", "Prioritet", "Status", "Ansvarligt område"),
        *("Involverede områder", "Foreslået", "Besluttet", "Omsat", "I gang", "Evalueret"),
    ],
    "Henvendelser": ["Kommune", "Dato", "Henvendelse", "Tilstand", "Siden", "Næste skridt"],
    "Stemmer": ["Temadag", "Kommune", "Bord", "Indsats", "Stemmer"],
}

SOUND: dict[str, Row] = {
    "Temadage": [DAY, "Holbæk", "Lokal", "Holbæk", "Leder", "Sundhed", 8],
    "Forståelser": ["Holbæk", DAY, "Før", "Politikere", "1", 6, 3, 1],
    "Indsatser": [
        *("Holbæk", "Påmindelser på sms", "Sundhed", "Universel", 1, "Besluttet", "Sundhed"),
        *("Socialområdet, Beskæftigelse", DAY, D(2016, 5, 2), None, None, None),
    ],
    "Henvendelser": ["Holbæk", DAY, "Lokal temadag", "Åben", DAY, "Aftal dato"],
    "Stemmer": [DAY, "Holbæk", "1", "Påmindelser på sms", 7],
}


def row(sheet: str, **cells: Any) -> Row:
    """A sound row of a sheet, other cells by their headers."""
    return list((dict(zip(HEADERS[sheet], SOUND[sheet], strict=True)) | cells).values())


def workbook(**rows: list[Row]) -> bytes:
    """A workbook of the theme days: a sound row in each sheet, or these rows."""
    return book({name: [headers, *rows.get(name, [SOUND[name]])] for name, headers in HEADERS.items()})


def sound() -> bytes:
    return workbook()


def _in(sheet: str, column: str, fault: Any, near: Any, **more: Any) -> Case:
    """A case that differs in one cell."""
    changed: list[Content] = [partial(workbook, **{sheet: [row(sheet, **{column: cell})]}) for cell in (fault, near)]
    return Case(NAME, *changed, **{"sheet": sheet, "rows": (2,), "column": column, **more})


def _second(sheet: str, column: str, fault: Row, near: Row, **more: Any) -> Case:
    """A case that differs in a second row."""
    changed: list[Content] = [partial(workbook, **{sheet: [SOUND[sheet], other]}) for other in (fault, near)]
    return Case(NAME, *changed, **{"sheet": sheet, "rows": (3,), "column": column, **more})


def _votes(number: int) -> bytes:
    return workbook(Forståelser=[row("Forståelser", **{"Udsatte grupper": number, "Kløft": 0, "Gradient": 0})])


def cases() -> dict[str, Case]:
    """The cases by their checks."""
    stored = partial(workbook, Henvendelser=[row("Henvendelser", Dato=D(2016, 3, 9))])
    elsewhere = {"Kommune": "Aarhus"}
    anew = {name: [row(name, **elsewhere)] for name in ("Temadage", "Forståelser", "Indsatser", "Stemmer")}
    return {
        "not_a_weight": _in("Forståelser", "Kløft", "mange", "30 %", value="mange"),
        "no_votes": Case(
            NAME, partial(_votes, 0), partial(_votes, 1), sheet="Forståelser", rows=(2,), column="Udsatte grupper"
        ),
        "entry_twice": _second(
            "Indsatser", "Indsats", row("Indsatser", Prioritet=2), row("Indsatser", Indsats="Sundhed i jobcentret")
        ),
        "action_dates_backwards": _in("Indsatser", "Besluttet", D(2016, 3, 9), DAY),
        "status_behind": _in("Indsatser", "Status", "Foreslået", "I gang"),
        "state_before_request": _in("Henvendelser", "Siden", D(2016, 3, 9), D(2016, 3, 11)),
        "action_spelling": _second(
            "Stemmer",
            "Indsats",
            row("Stemmer", Indsats="Påmindelse på sms"),
            row("Stemmer", Indsats="Sundhed i jobcentret"),
            value="Påmindelse på sms",
        ),
        "theme_day_unknown": _in("Stemmer", "Temadag", D(2016, 3, 11), DAY),
        "takes_the_place": Case(NAME, sound, partial(workbook, **anew), stored_first=stored, stored_name="marts.xlsx"),
    }
