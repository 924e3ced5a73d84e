"""The same counts in any layout: what is a column, a row, a heading above rows, a title or the name of a sheet."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

PLACES = ["Randers", "Viborg", "Silkeborg"]
OFFERS = ["Rygestop", "KOL-hold"]
PERIODS = [
    ["2021", "2022"],
    ["1. kvartal 2022", "2. kvartal 2022"],
    ["januar 2022", "februar 2022"],
    ["2021/22", "2022/23"],
    ["uge 3 2022", "uge 4 2022"],
]
GROUPS = {
    "Uddannelse": {"Grundskole": "basic school", "Lang videregående uddannelse": "long higher education"},
    "Køn": {"Mand": "man", "Kvinde": "woman"},
    "Alder": {"16-24 år": "16-24", "25-34 år": "25-34", "35-44 år": "35-44"},
}
STAGES = {"Inviteret": "invited", "Antal deltagere": "participated", "Gennemført": "completed"}
HEADERS = {"municipality": "Kommune", "offer": "Tilbud", "period": "Periode", "stage": "Trin"}
ORDER = ["municipality", "offer", "period", "stage", "group"]
TITLE, SHEET, OUTLINE = "title", "sheet", "outline"
MAY_STAND = {
    TITLE: {"municipality", "period", "group", "stage"},
    SHEET: {"municipality", "group", "stage"},
    OUTLINE: {"municipality", "offer", "period", "stage"},
}
"""What the title above a table can say, the name of a sheet, and a row above others."""

Row = list[Any]
Key = tuple[str, ...]


@dataclass
class Layout:
    """Counts by municipality, offer, period, stage and group, and where each of these is written."""

    random: random.Random
    dimension: str
    values: dict[str, list[str]]
    numbers: dict[Key, int] = field(default_factory=dict)
    across: list[str] = field(default_factory=list)
    down: list[str] = field(default_factory=list)
    elsewhere: dict[str, str] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)

    def may(self, share: float) -> bool:
        return self.random.random() < share


def drawn(seed: int) -> Layout:
    """Draw counts and their layout."""
    chance = random.Random(seed)
    dimension = chance.choice(list(GROUPS))
    values = {
        "municipality": PLACES[: chance.choice([1, 2, 3])],
        "offer": OFFERS[: chance.choice([1, 1, 2])],
        "period": chance.choice(PERIODS),
        "stage": list(STAGES)[chance.choice([0, 1]) :],
        "group": list(GROUPS[dimension]),
    }
    found = Layout(chance, dimension, values)
    found.numbers = {key: chance.randrange(5, 99) for key in itertools.product(*(values[one] for one in ORDER))}
    for place, offer, period, group in itertools.product(*(values[one] for one in ORDER if one != "stage")):
        keys = [(place, offer, period, stage, group) for stage in values["stage"]]
        ordered = sorted((found.numbers[key] for key in keys), reverse=True)
        found.numbers |= dict(zip(keys, ordered, strict=True))
    several = [one for one in ORDER if len(values[one]) > 1]
    found.given = {one: values[one][0] for one in ORDER if one not in several}
    chance.shuffle(several)
    found.across = [one for one in several if one != "offer"][: chance.choice([1, 2])]
    for one in several:
        if one in found.across:
            continue
        where = [place for place, kinds in MAY_STAND.items() if one in kinds and place not in found.elsewhere.values()]
        if found.down and where and found.may(0.6):
            found.elsewhere[one] = chance.choice(where)
        else:
            found.down.append(one)
    found.down.sort(key=ORDER.index)
    return found


def sheets_of(layout: Layout) -> dict[str, list[Row]]:
    """Return the rows of each sheet."""
    page = {place: one for one, place in layout.elsewhere.items()}
    found: dict[str, list[Row]] = {}
    for sheet in layout.values[page[SHEET]] if SHEET in page else ["Ark1"]:
        rows: list[Row] = []
        for title in layout.values[page[TITLE]] if TITLE in page else [""]:
            fixed = {page[place]: text for place, text in ((SHEET, sheet), (TITLE, title)) if place in page}
            rows += [[title]] if title else []
            rows += [*_table(layout, fixed, page.get(OUTLINE, "")), []]
        aside = [None] if layout.may(0.2) else []
        found[sheet] = [[*aside, *row] for row in rows] + ([["Note: tal fra fagsystemet"]] if layout.may(0.3) else [])
    return found


def _table(layout: Layout, fixed: dict[str, str], outer: str) -> Iterator[Row]:
    """Yield the rows of a table: headers, and the rows of each label above them."""
    columns = list(itertools.product(*(layout.values[one] for one in layout.across)))
    once = layout.may(0.5)
    has_one_label = len(layout.down) == 1 and layout.down != ["stage"]
    as_pivot = outer not in {"", "offer", "stage"} and has_one_label and layout.may(0.5)
    for level, _ in enumerate(layout.across):
        is_last = level == len(layout.across) - 1
        names = [HEADERS.get(one, layout.dimension) for one in layout.down] if is_last else [None] * len(layout.down)
        starts = [at == 0 or columns[at - 1][: level + 1] != one[: level + 1] for at, one in enumerate(columns)]
        shown = zip(columns, starts, strict=True)
        yield [*names, *(one[level] if is_last or starts_here else None for one, starts_here in shown)]
    for heading in layout.values[outer] if outer else [""]:
        fields = fixed | ({outer: heading} if outer else {})
        body = list(_body(layout, fields, columns, once=once))
        sums = [sum(numbers) for numbers in zip(*(row[len(layout.down) :] for row in body), strict=True)]
        if outer:
            yield [heading, *(sums if as_pivot else [])]
        yield from body


def _body(layout: Layout, fields: dict[str, str], columns: list[Key], *, once: bool) -> Iterator[Row]:
    before: Key = ()
    for labels in itertools.product(*(layout.values[one] for one in layout.down)):
        shown = [
            None if once and at < len(labels) - 1 and before[: at + 1] == labels[: at + 1] else text
            for at, text in enumerate(labels)
        ]
        of_row = {**layout.given, **fields, **dict(zip(layout.down, labels, strict=True))}
        of_cells = [{**of_row, **dict(zip(layout.across, one, strict=True))} for one in columns]
        yield [*shown, *(layout.numbers[tuple(one[key] for key in ORDER)] for one in of_cells)]
        before = labels
