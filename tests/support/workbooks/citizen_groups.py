"""A case of each check about lists of groups of citizens."""

from functools import partial

from tests.support.workbooks.faults import Case, Row, book, sound

SHEET = "Grupper"
ONE: Row = ["Aarhus", "b-1", "Grundskole"]
OTHER: Row = ["Aarhus", "b-2", "Lang videregående uddannelse"]


def listed(*rows: Row, sheet: str = SHEET) -> bytes:
    """A list of citizens with their education."""
    return book({sheet: [["Kommune", "Borger-id", "Uddannelse"], *rows]})


WITH_COURSE = partial(listed, ONE)
CITIZEN_GROUP_CASES = {
    "list_of_citizens": Case(
        "svar.xlsx",
        partial(listed, ONE, sheet="Ark1"),
        WITH_COURSE,
        stored_first=sound,
        sheet="Ark1",
        rows=(1,),
    ),
    "citizen_twice": Case(
        "svar.xlsx",
        partial(listed, ONE, OTHER, [*ONE[:2], "Under uddannelse"]),
        partial(listed, ONE, OTHER, ONE),
        stored_first=sound,
        sheet=SHEET,
        rows=(2, 4),
        column="Borger-id",
    ),
    "no_group_stated": Case(
        "svar.xlsx",
        partial(listed, ONE, [*OTHER[:2], None]),
        partial(listed, ONE, OTHER),
        stored_first=sound,
        sheet=SHEET,
        rows=(3,),
        column="Borger-id",
    ),
    "ids_folded": Case(
        "svar.xlsx",
        partial(listed, ["Aarhus", "007", "Grundskole"], ["Aarhus", "7", "Grundskole"]),
        partial(listed, ["Aarhus", "007", "Grundskole"], ["Aarhus", "8", "Grundskole"]),
        sheet=SHEET,
        rows=(2, 3),
        column="Borger-id",
        value="007",
        beside=frozenset({"no_listed_citizens", "row_twice"}),
    ),
    "listed_answers_differ": Case(
        "svar.xlsx",
        partial(listed, [*ONE[:2], "Under uddannelse"]),
        partial(listed, ONE),
        stored_first=WITH_COURSE,
        beside=frozenset({"no_listed_citizens"}),
    ),
    "listed_citizens": Case("svar.xlsx", WITH_COURSE, partial(listed, OTHER), stored_first=sound),
    "no_listed_citizens": Case("svar.xlsx", partial(listed, OTHER), WITH_COURSE, stored_first=sound),
    "listed_groups_differ": Case(
        "svar.xlsx", partial(listed, [*ONE[:2], "Under uddannelse"]), WITH_COURSE, stored_first=sound
    ),
}
