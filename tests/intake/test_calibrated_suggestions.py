"""A confidence means what it says: of the headers that a person labelled, at least that share is suggested rightly."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from analysis.intake.layout.heading import Heading
from analysis.intake.lexicon.reference_data import ReferenceData, load_reference_data
from analysis.intake.mapping.suggestions import suggestions
from analysis.intake.sheets import TextColumn
from analysis.store import Database

LABELLED = Path(__file__).parent / "data" / "labelled_headers.csv"
"""Headers of record systems in five languages, with values and their meaning; empty if they mean none of ours."""
SHOWN = (50, 60, 70, 80, 90, 100)


def labelled() -> list[dict[str, str]]:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def suggested(row: dict[str, str], known: ReferenceData) -> dict[str, int]:
    """Return the confidence of each meaning that is suggested for a header."""
    values = list(dict.fromkeys(row["values"].split("|")))
    column = TextColumn(values, np.arange(len(values), dtype=np.int32))
    found = suggestions(Heading(0, 0, [row["header"]]), {row["header"]: column}, row["form"], known)
    return {key: one.confidence for key, one in found.items()}


@pytest.fixture
def by_confidence(database: Database) -> dict[int, list[tuple[str, bool]]]:
    """The headers with a suggestion and whether it is right, by the confidence shown, rounded down to tens."""
    known = load_reference_data(database)
    found = defaultdict(list)
    for row in labelled():
        for key, confidence in suggested(row, known).items():
            found[confidence // 10 * 10].append((row["header"], key == row["meaning"]))
    return found


def test_of_those_shown_as_so_sure_at_least_so_many_are_right(
    by_confidence: dict[int, list[tuple[str, bool]]],
) -> None:
    assert set(by_confidence) <= set(SHOWN)
    for least, found in by_confidence.items():
        right = sum(is_right for _, is_right in found)
        print(f"{least} %: {right} of {len(found)} right")
        assert 100 * right >= least * len(found), [header for header, is_right in found if not is_right]


def test_most_headers_with_a_meaning_get_a_suggestion(by_confidence: dict[int, list[tuple[str, bool]]]) -> None:
    right = sum(is_right for found in by_confidence.values() for _, is_right in found)
    assert right > 0.8 * sum(bool(row["meaning"]) for row in labelled())
