"""A consultant over three months of one offer: after each step the pages and the export say what the files say."""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from playwright.sync_api import Page, expect

from tests.browser.conftest import go_to, settle
from tests.browser.test_journeys import choose, choose_new, metrics, upload
from tests.support.workbooks.faults import ADJUSTMENT_HEADERS, COURSE_HEADERS, adjustment, book, course

BASE = 5
LOW, LONG = "Grundskole", "Lang videregående uddannelse"
KEYS = {LOW: "basic school", LONG: "long higher education"}
PER_GROUP = 20


@dataclass(frozen=True)
class Person:
    citizen: str
    month: int
    group: str
    completed: bool

    def row(self, offer: str) -> list[object]:
        start = dt.date(2015, self.month, 5)
        ended = {"Gennemført": dt.date(2015, self.month, 25)} if self.completed else {"Udfald": "frafaldet"}
        blank = {"Gennemført": None, "Udfald": None}
        fields = {"Inviteret": start, "Startet": start, "Uddannelse": self.group, "Tilbud": offer}
        return course(self.citizen, **fields, **(blank | ended))


def month(number: int, low: int, long: int) -> list[Person]:
    """So many of each group complete."""
    return [
        Person(f"b-{number}-{group[0]}{one}", number, group, one < completed)
        for group, completed in ((LOW, low), (LONG, long))
        for one in range(PER_GROUP)
    ]


def workbook(people: Iterable[Person], offer: str, adjusted: dt.date | None = None) -> bytes:
    people = list(people)
    sheets = {"Forløb": [COURSE_HEADERS, *(one.row(offer) for one in people)]} if people else {}
    if adjusted:
        sheets["Justeringer"] = [ADJUSTMENT_HEADERS, adjustment(Tilbud=offer, Dato=adjusted)]
    return book(sheets)


def counted(people: Iterable[Person]) -> Counter[tuple[str, str, str]]:
    """Citizens by month, group and stage, computed from the files that are live."""
    found: Counter[tuple[str, str, str]] = Counter()
    for one in people:
        place = f"2015-{one.month:02}-01", KEYS[one.group]
        found[*place, "invited"] += 1
        found[*place, "participated"] += 1
        found[*place, "completed"] += one.completed
    return found


def gap(people: list[Person]) -> float:
    """The completion rate of the longest education less that of the shortest, in percentage points."""
    rates = {}
    for group in (LOW, LONG):
        own = [one.completed for one in people if one.group == group]
        rates[group] = 100 * sum(own) / len(own)
    return rates[LONG] - rates[LOW]


def exported(page: Page, offer: str) -> Counter[tuple[str, str, str]]:
    """Citizens by month, group and stage, as the export of the coverage page has them."""
    go_to(page, "The data", "Coverage")
    with page.expect_download() as waiting:
        page.locator(".st-key-counts_csv button").click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text("utf-8-sig"))))
    assert {row["offer"] for row in rows if row["dimension"] == "education"} == {offer}
    found: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        for stage in ("invited", "participated", "completed"):
            if row["dimension"] == "education" and row[stage]:
                found[row["period_start"], row["group"], stage] += int(row[stage])
    return found


def check(page: Page, offer: str, live: list[Person], adjusted: int) -> None:
    """The overview has the gaps before and after this month; the export has every count, as near as it may be.

    Those who completed and those who only came are rounded each to the base.
    """
    expected, found = counted(live), exported(page, offer)
    assert {key: number for key, number in expected.items() if abs(found[key] - number) >= 2 * BASE} == {}
    assert set(found) <= {*expected}
    months = sorted({one.month for one in live})
    names = [dt.date(2015, number, 1).strftime("%b %Y") for number in (months[0], months[-1])]
    expect(page.get_by_text(f"1 offer, {names[0]} to {names[1]}.")).to_be_visible()
    before, after = (gap([one for one in live if (one.month >= adjusted) is is_after]) for is_after in (False, True))
    go_to(page, "The gaps", "Overview")
    values = [f"{number:.1f}".replace("-", "−") for number in (before, after, after - before)]
    signed = values[2] if values[2].startswith("−") or float(values[2]) == 0 else f"+{values[2]}"
    expect(page.locator("[data-testid=stMetricValue]").nth(2)).to_have_text(signed)
    assert metrics(page)[:3] == [*values[:2], signed]


def store(page: Page, name: str, content: bytes, meaning: str = "") -> None:
    go_to(page, "The data", "Upload")
    upload(page, name, content)
    settle(page)
    if meaning:
        page.locator(".st-key-later_file label", has_text=meaning).click()
        settle(page)
    page.get_by_role("button", name="Store it").click()
    expect(page.get_by_text("is stored, and the pages show it now.")).to_be_visible()


def test_every_number_follows_the_files_over_three_months(visit: Callable[..., Page]) -> None:
    page = visit("upload?lang=en", locale="en-GB", width=1600)
    january, february, march = month(1, 10, 15), month(2, 10, 20), month(3, 15, 15)
    store(page, "january.xlsx", workbook(january, "KOL-hold", dt.date(2015, 2, 1)))
    go_to(page, "The gaps", "Overview")
    page.locator(".st-key-exact_counts label").click()
    settle(page)
    store(page, "february.xlsx", workbook(february, "KOL-hold"))
    check(page, "KOL-hold", [*january, *february], 2)

    corrected = replace(february[PER_GROUP - 1], completed=True)
    february = [corrected if one.citizen == corrected.citizen else one for one in february]
    store(page, "one row.xlsx", workbook([corrected], "KOL-hold"), "Correct")
    check(page, "KOL-hold", [*january, *february], 2)

    store(page, "march.xlsx", workbook(march, "KOL hold"))
    store(page, "adjusted in march.xlsx", workbook([], "KOL-hold", dt.date(2015, 3, 1)))
    go_to(page, "The data", "Offers")
    choose(page, "offer_place", "KOL hold, Aarhus")
    choose_new(page, "offer_name", "KOL-hold")
    page.get_by_role("button", name="Save").click()
    settle(page)
    check(page, "KOL-hold", [*january, *february, *march], 3)

    go_to(page, "The data", "Upload")
    page.locator(".st-key-made_of_2 summary").click()
    settle(page)
    expect(page.get_by_text("The figures of today without it, and with it")).to_be_visible()
    page.locator(".st-key-undo_1 button").click()
    settle(page)
    page.get_by_role("button", name="Yes, take it back").click()
    settle(page)
    check(page, "KOL-hold", [*february, *march], 3)
