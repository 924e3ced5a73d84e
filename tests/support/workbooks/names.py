"""A case of each check about names: of groups, adjustments, actions and places, and of offers that are taken out."""

import datetime as dt
from functools import partial

from analysis.intake.contract import Form
from analysis.intake.mapping.mapping import DimensionMapping, Mapping
from tests.support.workbooks.faults import COUNT_HEADERS, Case, Row, book, count, counts

SHEET = "Ens navne"
HEADERS = ["Kommune", "Navnet på", "Hører til", "Navn i filerne", "Samme som", "Rang"]
DAY = dt.datetime(2015, 3, 1)


def named(*rows: Row) -> bytes:
    """A sheet of names."""
    return book({SHEET: [HEADERS, *rows]})


def ranked(*ranks: object) -> bytes:
    """A sheet with the ranks of two groups, which are not stored."""
    return named(
        *(
            ["Aarhus", "gruppe", "Uddannelse", group, None, rank]
            for group, rank in zip(("Nord", "Syd"), ranks, strict=True)
        )
    )


def adjusted() -> bytes:
    """Counts, and an adjustment of their offer."""
    headers = ["Kommune", "Tilbud", "Dato", "Titel", "Sigte"]
    adjustment = ["Aarhus", "Rygestop", DAY, "Påmindelser", "Rekruttering"]
    return book({"Optælling": [COUNT_HEADERS, count()], "Justeringer": [headers, adjustment]})


def taken_out(said: str) -> bytes:
    """Counts of an offer that is taken out or not."""
    offer = ["Aarhus", "Rygestop", said]
    return book({"Optælling": [COUNT_HEADERS, count()], "Tilbud": [["Kommune", "Tilbud", "Taget ud"], offer]})


def places(*names: str) -> bytes:
    """Counts of places beside the Danish municipalities."""
    return counts(*(count(Kommune=name) for name in names))


def blocks(*names: str) -> bytes:
    """Counts by a dimension that is not on the list."""
    rows = [["Aarhus", "Rygestop", "2015-03", name, 40, 30, 20] for name in names]
    return book({"Tal": [["Kommune", "Tilbud", "Periode", "Boligområde", *COUNT_HEADERS[5:]], *rows]})


MAPPING = Mapping(
    Form.COUNTS,
    {
        **{"municipality": "Kommune", "offer": "Tilbud", "period": "Periode"},
        **dict(zip(("invited", "participated", "completed"), COUNT_HEADERS[5:], strict=True)),
    },
    {"Boligområde": DimensionMapping("Boligområde", ordered=False)},
    sheet="Tal",
)
KEPT = ["Aarhus", "justering", "Rygestop"]
NAME_CASES = {
    "group_of_list": Case(
        "navne.xlsx",
        partial(named, ["Aarhus", "gruppe", "Uddannelse", "Grundskole", "Under uddannelse", None]),
        partial(named, ["Aarhus", "justering", "Rygestop", "Grundskole", "Under uddannelse", None]),
        sheet=SHEET,
        rows=(2,),
        column="Navn i filerne",
        value="Grundskole",
    ),
    "name_twice": Case(
        "navne.xlsx",
        partial(named, [*KEPT, "A", "B", None], [*KEPT, "A", "C", None]),
        partial(named, [*KEPT, "A", "B", None], [*KEPT, "D", "C", None]),
        sheet=SHEET,
        rows=(3,),
        column="Navn i filerne",
        value="A",
        beside=frozenset({"name_unknown"}),
    ),
    "name_chain": Case(
        "navne.xlsx",
        partial(named, [*KEPT, "A", "B", None], [*KEPT, "B", "C", None]),
        partial(named, [*KEPT, "A", "C", None], [*KEPT, "B", "C", None]),
        sheet=SHEET,
        rows=(2,),
        column="Samme som",
        value="A",
        beside=frozenset({"name_unknown"}),
    ),
    "rank_twice": Case(
        "navne.xlsx",
        partial(ranked, 1, 1),
        partial(ranked, 1, 2),
        sheet=SHEET,
        rows=(3,),
        column="Rang",
        value="Syd",
        beside=frozenset({"unknown_group"}),
    ),
    "not_a_rank": Case(
        "navne.xlsx",
        partial(ranked, 1, "midt"),
        partial(ranked, 1, 2),
        sheet=SHEET,
        rows=(3,),
        column="Rang",
        value="midt",
        beside=frozenset({"unknown_group"}),
    ),
    "name_unknown": Case(
        "navne.xlsx",
        partial(named, [*KEPT, "Telefonopkald", "Opkald", None]),
        partial(named, [*KEPT, "Påmindelser", "Sms", None]),
        stored_first=adjusted,
        sheet=SHEET,
        rows=(2,),
        value="Telefonopkald",
    ),
    "offer_taken_out": Case(
        "april.xlsx",
        partial(counts, count(Periode="2015-04")),
        partial(counts, count(Periode="2015-04", Tilbud="Motion")),
        stored_first=partial(taken_out, "ja"),
        value="Rygestop",
    ),
    "groups_alike": Case(
        "boliger.xlsx",
        partial(blocks, "Nordby", "Nordbyen"),
        partial(blocks, "Nordby", "Syd"),
        mapping=MAPPING,
        near_mapping=MAPPING,
        value="Nordby",
    ),
    "places_alike": Case(
        "steder.xlsx",
        partial(places, "Nordhavn", "Nordhavnen"),
        partial(places, "Nordhavn", "Sydhavn"),
        answers={"municipality_country": "other"},
        value="Nordhavn",
    ),
}
