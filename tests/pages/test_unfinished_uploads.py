"""Uploads that a reload of the page interrupted are kept for the person in the same browser, for a while."""

from analysis.intake.mapping.saved_mappings import Decisions
from pages.import_wizard.unfinished import MOST_BYTES, MOST_FILES, SECONDS_KEPT, Shelf, Unfinished, browser_key

FIRST = "2|3613ff08|84c4c4b336690b4e9f2ba54baee1e011|1796207666"
AGAIN = "2|58651f2f|eab22494581feb69f15d456cc0970036|1796207666"
"""Two cookies of one browser, before and after a reload."""


def upload(since: float = 0, size: int = 10) -> Unfinished:
    return Unfinished("file.xlsx", b"x" * size, Decisions(), frozenset(), {}, since)


def test_a_browser_has_the_same_key_after_a_reload_and_another_person_another_one() -> None:
    assert browser_key(FIRST, "Anna") == browser_key(AGAIN, "Anna") != ""
    assert browser_key(FIRST, "Anna") != browser_key(FIRST, "Bo")
    assert browser_key(FIRST.replace("84c4", "84c5"), "Anna") != browser_key(FIRST, "Anna")


def test_a_cookie_that_is_none_has_no_key() -> None:
    assert {
        browser_key(cookie, "Anna") for cookie in ("", "2|", "2||84|1", "2|zz|84c4|1", "abc", "2|3613ff08|84|1")
    } == {""}


def test_an_upload_is_kept_for_half_an_hour() -> None:
    shelf = Shelf(now=lambda: clock)
    clock = 100.0
    shelf.put("anna", upload(since=clock))
    clock += SECONDS_KEPT - 1
    assert shelf.get("anna") is not None
    assert shelf.get("bo") is None
    clock += 2
    assert shelf.get("anna") is None


def test_the_oldest_go_first_when_there_are_too_many_or_too_large_ones() -> None:
    shelf = Shelf(now=lambda: 0)
    for number in range(MOST_FILES + 1):
        shelf.put(str(number), upload())
    assert (shelf.get("0"), shelf.get("1") is not None) == (None, True)
    shelf.put("large", upload(size=MOST_BYTES))
    assert (shelf.get("1"), shelf.get("large") is not None) == (None, True)
    shelf.drop("large")
    assert shelf.get("large") is None
