"""Plotly accepts every figure, though the program does not ask it to."""

import itertools
from pathlib import Path

import plotly.graph_objects as go
import pytest

from analysis.auth.roles import DisclosureLevel
from analysis.exhibits.registry import OF_GAPS, OF_THEME_DAYS, ExhibitRequest, build
from analysis.exhibits.stored_data import StoredData
from analysis.model.terms import Understanding
from analysis.store import Database

NEEDS_COURSES = {"crossed"}
"""Exhibits that the demonstration data, which are counts, cannot show."""


@pytest.fixture(scope="module")
def data(demonstration_file: Path) -> StoredData:
    return StoredData(Database(demonstration_file))


def figures(data: StoredData, exhibit: str) -> list[go.Figure]:
    """The figures of an exhibit under every understanding, of one municipality where it needs one."""
    found = []
    for understanding, place in itertools.product(Understanding, ({}, {"municipality": "Aarhus"})):
        choices = tuple({"understanding": understanding.value, **place}.items())
        request = ExhibitRequest(exhibit, choices, "da", DisclosureLevel(5), data.database.version())
        if one := build(data, request):
            found.append(one.chart({"theme": "light", "text_size": 15}))
    return found


@pytest.mark.parametrize("exhibit", sorted({*OF_GAPS, *OF_THEME_DAYS} - NEEDS_COURSES))
def test_every_property_is_one_that_plotly_knows(data: StoredData, exhibit: str) -> None:
    drawn = figures(data, exhibit)
    assert drawn
    for figure in drawn:
        assert go.Figure(figure.to_dict()).to_dict()["layout"]
        assert repr(figure)
