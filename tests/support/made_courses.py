"""Courses with rates that are known by how they are made."""

import datetime as dt
import itertools

from analysis.auth.roles import DisclosureLevel

Courses = list[list[object]]
SHORT, LONG = "Grundskole", "Lang videregående uddannelse"
BEFORE, AFTER = (2014, 3), (2015, 3)
ADJUSTED = dt.date(2015, 1, 1)
ROUNDED = DisclosureLevel(5)
NUMBERS = itertools.count()


def citizens(
    offer: str,
    month: tuple[int, int],
    group: str,
    number: int,
    completed: int,
    *,
    invited: bool = True,
    running: int = 0,
    absent: int = 0,
    wait: int = 9,
    days: int = 90,
) -> Courses:
    """Courses of one month: so many started, of whom some completed and some still run; others never came."""
    day = dt.date(*month, 2)
    rows: Courses = []
    for one in range(number + absent):
        came = one < number
        outcome = "Gennemført" if one < completed else "I gang" if one < completed + running else "Frafaldet"
        done = day + dt.timedelta(days=days) if one < completed else None
        identity = f"b{next(NUMBERS):x}z"
        started = day + dt.timedelta(days=wait) if came else None
        rows.append(
            ["Aarhus", offer, identity, day if invited else None, started, done, outcome if came else None, group]
        )
    return rows


def rates(offer: str, before: tuple[int, int], after: tuple[int, int], size: tuple[int, int] = (200, 200)) -> Courses:
    """An offer with these completion rates, in per cent, of the short and the long education."""
    rows: Courses = []
    for month, both, number in ((BEFORE, before, size[0]), (AFTER, after, size[1])):
        for group, rate in zip((SHORT, LONG), both, strict=True):
            rows += citizens(offer, month, group, number, number * rate // 100)
    return rows
