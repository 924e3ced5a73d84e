"""Charts of many offers and municipalities: at most 2,000 pixels high; every row is in the table."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from analysis.auth.roles import AS_THEY_ARE
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.long_lists import MOST_DRAWN
from tests.support.stored_answers import exhibit_of_file
from tests.support.workbooks.faults import ADJUSTMENT_HEADERS, COUNT_HEADERS, adjustment, book

PLACES = [
    *(
        "Aabenraa",
        "Aalborg",
        "Aarhus",
        "Albertslund",
        "Allerød",
        "Assens",
        "Ballerup",
        "Billund",
        "Bornholm",
        "Brøndby",
    ),
    *("Brønderslev", "Dragør", "Egedal", "Esbjerg", "Fanø", "Favrskov", "Faxe", "Fredensborg", "Fredericia", "Furesø"),
    *("Gentofte", "Gladsaxe", "Glostrup", "Greve", "Gribskov", "Haderslev", "Halsnæs", "Hedensted", "Helsingør"),
    *("Herlev", "Herning", "Hillerød", "Hjørring", "Holbæk", "Holstebro", "Horsens", "Hvidovre", "Hørsholm", "Ishøj"),
    *("Jammerbugt", "Kalundborg", "Kerteminde", "Kolding", "Køge", "Langeland", "Lejre", "Lemvig", "Lolland"),
]
SHORT, LONG = "Rygestop", "Rygestop for borgere med kort uddannelse i hele kommunen, aftenhold"
CHOICES = {"lang": "en", "dimension": "education", "rate": "completion", "understanding": "gap"}
LOOK = {"theme": "light", "text_size": 15}


def shown(folder: Path, exhibit: str, number: int, offer: str = SHORT) -> Exhibit:
    """An exhibit of so many municipalities with one offer; the gap falls the more, the later they stand."""
    counts = [
        [place, offer, period, "Uddannelse", group, 100, 90, completed + (at if period == "2022" and is_low else 0)]
        for at, place in enumerate(PLACES[:number])
        for period in ("2020", "2022")
        for group, completed, is_low in (("Grundskole", 30, True), ("Lang videregående uddannelse", 80, False))
    ]
    made = [adjustment(Kommune=place, Tilbud=offer, Dato=dt.date(2021, 1, 1)) for place in PLACES[:number]]
    content = book({"Optælling": [COUNT_HEADERS, *counts], "Justeringer": [ADJUSTMENT_HEADERS, *made]})
    return exhibit_of_file(folder, lambda: content, exhibit, AS_THEY_ARE, CHOICES)


def named(chart: Any) -> list[str]:
    """The municipalities that the chart names."""
    texts = " ".join(str(note.text).replace("<br>", " ") for note in chart.layout.annotations)
    return [place for place in PLACES if place in texts]


@pytest.mark.parametrize("offer", [SHORT, LONG])
@pytest.mark.parametrize("exhibit", ["offers", "changes", "levels"])
def test_a_long_chart_has_both_ends_and_the_table_everything(tmp_path: Path, exhibit: str, offer: str) -> None:
    found = shown(tmp_path, exhibit, len(PLACES), offer)
    chart = found.chart(LOOK)
    headings = named(chart)
    assert chart.layout.height <= 2_000
    half = len(headings) // 2
    assert half >= 5
    assert headings == [*PLACES[:half], *PLACES[-half:]]
    assert set(found.numbers["Municipality"]) == set(PLACES)
    assert f"all {len(PLACES)} are in the table" in found.answers


def test_a_short_chart_has_every_row(tmp_path: Path) -> None:
    found = shown(tmp_path, "offers", MOST_DRAWN)
    assert "in the table" not in found.answers
    assert named(found.chart(LOOK)) == PLACES[:MOST_DRAWN]
