"""A case of each check about descriptions and test rounds of adjustments."""

import datetime as dt
from functools import partial

from tests.support.workbooks.faults import COUNT_HEADERS, Case, Row, book, count

PLACE = ["Aarhus", "Rygestop", "Påmindelser"]
ADJUSTMENTS = [
    ["Kommune", "Tilbud", "Dato", "Titel", "Sigte"],
    [*PLACE[:2], dt.datetime(2015, 9, 1), PLACE[2], "begge"],
]
COUNTED = {"Optælling": [COUNT_HEADERS, count()], "Justeringer": ADJUSTMENTS}


def described(header: str, value: object, title: str = PLACE[2]) -> bytes:
    """Counts, an adjustment and a description of it with one more column."""
    row: Row = [*PLACE[:2], title, value]
    return book({**COUNTED, "Beskrivelser": [["Kommune", "Tilbud", "Justering", header], row]})


def tried(*rounds: object, tried: str = "Sms dagen før") -> bytes:
    """Counts, an adjustment and test rounds with these numbers."""
    headers = ["Kommune", "Tilbud", "Justering", "Runde", "Afprøvet", "Hvad blev afprøvet"]
    rows: list[Row] = [[*PLACE, number, dt.datetime(2015, 3, 2), tried] for number in rounds]
    return book({**COUNTED, "Afprøvninger": [headers, *rows]})


def carried_out(action: str) -> bytes:
    """Counts, an action, and an activity of the action with this name."""
    actions: list[Row] = [["Kommune", "Indsats", "Status"], ["Aarhus", "Påmindelser", "Besluttet"]]
    activities: list[Row] = [["Kommune", "Indsats", "Aktivitet"], ["Aarhus", action, "Skriv teksterne"]]
    return book({**COUNTED, "Indsatser": actions, "Aktiviteter": activities})


DESCRIPTION_CASES = {
    "not_a_web_address": Case(
        "beskrivelser.xlsx",
        partial(described, "Link", "javascript:alert(1)"),
        partial(described, "Link", "https://example.dk/folder.pdf"),
        sheet="Beskrivelser",
        rows=(2,),
        column="Link",
        value="javascript:alert(1)",
        beside=frozenset({"nothing_after"}),
    ),
    "text_names_person": Case(
        "afprøvninger.xlsx",
        partial(tried, 1, tried="Vi ringede til fru Jensen dagen før"),
        partial(tried, 1, tried="Vi ringede til borgerne dagen før"),
        sheet="Afprøvninger",
        rows=(2,),
        column="Hvad blev afprøvet",
        value="fru Jensen",
        beside=frozenset({"nothing_after"}),
    ),
    "not_a_round": Case(
        "afprøvninger.xlsx",
        partial(tried, 1, "100"),
        partial(tried, 1, "2."),
        sheet="Afprøvninger",
        rows=(3,),
        column="Runde",
        value="100",
        beside=frozenset({"nothing_after"}),
    ),
    "adjustment_misspelt": Case(
        "beskrivelser.xlsx",
        partial(described, "Udfordring", "Mange udebliver", title="Påmindelsr"),
        partial(described, "Udfordring", "Mange udebliver", title="påmindelser"),
        sheet="Beskrivelser",
        rows=(2,),
        value="Påmindelsr",
        beside=frozenset({"nothing_after"}),
    ),
    "no_such_action": Case(
        "aktiviteter.xlsx",
        partial(carried_out, "Brev"),
        partial(carried_out, "påmindelser"),
        sheet="Aktiviteter",
        rows=(2,),
        value="Brev",
        beside=frozenset({"nothing_after"}),
    ),
    "no_such_adjustment": Case(
        "beskrivelser.xlsx",
        partial(described, "Udfordring", "Mange udebliver", title="Opkald"),
        partial(described, "Udfordring", "Mange udebliver", title="påmindelser"),
        sheet="Beskrivelser",
        rows=(2,),
        value="Opkald",
        beside=frozenset({"nothing_after"}),
    ),
}
