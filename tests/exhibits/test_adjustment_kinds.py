"""Which kinds of adjustments went with which change: what is pooled, and what is not."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from analysis.auth.roles import AS_THEY_ARE
from analysis.exhibits.adjustments.kinds import caution
from analysis.exhibits.adjustments.results import with_results
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.registry import ExhibitRequest, build
from analysis.exhibits.stored_data import StoredData
from analysis.measures.intervals import Interval, variance
from analysis.measures.pooling import random_effects
from analysis.store import Database
from tests.store.test_later_files import stored
from tests.support.workbooks.faults import ADJUSTMENT_HEADERS, COUNT_HEADERS, Row, book

TAGS = {"A": "påmindelser", "B": "påmindelser, mentor", "C": "sms, mentor", "D": "mindre hold", "E": "mindre hold"}
LATER = {"A": 60, "B": 70, "C": 80, "D": 40, "E": 45}
"""How many of a hundred with basic school complete after the adjustment; before, 40 do."""


@pytest.fixture
def database(database: Database) -> Database:
    """Five offers with an adjustment each: three with reminders, two with a mentor, two with smaller groups."""
    counted: list[Row] = []
    for offer, month in ((offer, month) for offer in TAGS for month in range(24)):
        place = ["Aarhus", offer, f"{2014 + month // 12}-{month % 12 + 1:02}", "Uddannelse"]
        low = 40 if month < 12 else LATER[offer]
        counted += [[*place, "Grundskole", 120, 100, low], [*place, "Lang videregående uddannelse", 120, 100, 92]]
    content = book(
        {
            "Optælling": [COUNT_HEADERS, *counted],
            "Justeringer": [ADJUSTMENT_HEADERS, *(_adjusted(offer) for offer in TAGS)],
            "Beskrivelser": [
                ["Kommune", "Tilbud", "Justering", "Emneord"],
                *(["Aarhus", offer, offer, tags] for offer, tags in TAGS.items()),
            ],
        }
    )
    stored(database, content)
    return database


def _adjusted(offer: str) -> Row:
    return ["Aarhus", offer, dt.datetime(2015, 1, 1), offer, "Gennemførelse"]


def shown(database: Database, **choices: str) -> Exhibit | None:
    request = ExhibitRequest("adjustment_kinds", tuple(choices.items()), "en", AS_THEY_ARE, database.version())
    return build(StoredData(database), request)


def test_a_kind_of_three_offers_is_pooled_as_the_method_says(database: Database) -> None:
    found = shown(database)
    assert found is not None
    row = found.numbers.iloc[0]
    assert (row["Kind of adjustment"], row["Number of offers"]) == ("Reminders", 3)
    view = found.provenance
    own = [one.change for one in with_results(view) if one.adjustment.offer in "ABC" and one.change]  # type: ignore[arg-type]
    limits = Interval(*([one[name] for one in own] for name in ("estimate", "lower", "upper")))
    pooled = random_effects(limits.estimate, [float(variance(Interval(*one))) for one in zip(*limits, strict=True)])  # type: ignore[arg-type]
    assert row["Percentage points"] == pytest.approx(100 * pooled.estimate)
    assert pd.isna(row["One more may land from"])
    assert "Where one more offer may land is estimated from 5 offers on." in found.answers


def test_five_offers_of_a_kind_say_where_one_more_may_land(database: Database) -> None:
    found = shown(database, kinds="aims")
    assert found is not None
    row = found.numbers.iloc[0]
    assert row["Number of offers"] == 5
    assert row["One more may land from"] < row["Percentage points"] < row["One more may land to"]
    assert "Where one more offer may land" not in found.answers


def test_kinds_of_fewer_offers_have_their_single_results_only(database: Database) -> None:
    found = shown(database)
    assert found is not None
    rows = [tuple(row) for row in found.texts[["Kind of adjustment", "Offer", "Number of offers"]].to_numpy()]
    assert rows == [
        ("Reminders", "", "3"),
        ("Mentor", "C, Aarhus", "1"),
        ("Mentor", "B, Aarhus", "1"),
        ("Smaller groups", "E, Aarhus", "1"),
        ("Smaller groups", "D, Aarhus", "1"),
    ]
    assert "2 kinds have fewer than three offers" in found.answers
    assert caution(found.provenance.wording) in found.answers


def test_without_three_offers_of_a_kind_nothing_is_pooled(database: Database) -> None:
    assert shown(database, kinds="target") is None
    assert shown(database, comparison="on") is None


def test_kinds_by_aim_have_all_offers(tmp_path: Path, database: Database) -> None:
    found = shown(database, kinds="aims")
    assert found is not None
    assert found.texts["Number of offers"].tolist() == ["5"]
