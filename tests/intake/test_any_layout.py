"""The same counts are stored however they are laid out, or a question is asked: never other counts."""

from collections import defaultdict

import pytest

from analysis.store import Database
from tests.support.workbooks.any_layout import GROUPS, ORDER, STAGES, Layout, drawn, sheets_of
from tests.support.workbooks.read_tables import prepared, workbook

LAYOUTS = 10
FEWEST_READ = 9
"""Minimum number of the layouts of a test that are read without a question."""


def counts_of(layout: Layout) -> dict[tuple[str, str, int, str], dict[str, int]]:
    """Return what should be stored: numbers by stage, by municipality, offer, number of the period and group."""
    found: dict[tuple[str, str, int, str], dict[str, int]] = defaultdict(dict)
    for key, number in layout.numbers.items():
        told = dict(zip(ORDER, key, strict=True))
        period = layout.values["period"].index(told["period"])
        group = GROUPS[layout.dimension][told["group"]]
        found[told["municipality"], told["offer"], period, group][STAGES[told["stage"]]] = number
    return dict(found)


@pytest.mark.parametrize("first", range(0, 40, LAYOUTS))
def test_counts_are_the_same_in_any_layout(database: Database, first: int) -> None:
    read = 0
    for seed in range(first, first + LAYOUTS):
        layout = drawn(seed)
        sheets = sheets_of(layout)
        given = {key: STAGES.get(text, text) for key, text in layout.given.items()}
        _, one = prepared(database, workbook(**sheets), given)
        if not one.faultless:
            continue
        assert one.contents.counts is not None, sheets
        rows = one.contents.counts.to_pylist()
        starts = sorted({row["period_start"] for row in rows})
        stored = {
            (row["municipality"], row["offer"], starts.index(row["period_start"]), row["group"]): {
                stage: row[stage] for stage in map(STAGES.get, layout.values["stage"]) if stage
            }
            for row in rows
        }
        assert stored == counts_of(layout), sheets
        read += 1
    assert read >= FEWEST_READ
