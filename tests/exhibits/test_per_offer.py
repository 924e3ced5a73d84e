"""Each offer for itself in one pass: the same numbers and words as on the page of each."""

from pathlib import Path

import numpy as np
import pytest

from analysis.auth.roles import DisclosureLevel
from analysis.exhibits.adjustments.per_offer import change_per_offer, quarterly_rates_per_offer
from analysis.exhibits.adjustments.results import with_results
from analysis.exhibits.adjustments.texts import what_happened
from analysis.exhibits.choosing import GivenChoices
from analysis.exhibits.context import Context
from analysis.exhibits.drawn_periods import QUARTER, strong_lines
from analysis.exhibits.gap_choices import every_gap, offer_gap_data
from analysis.exhibits.over_time import CALENDAR, rates_over_time
from analysis.exhibits.stored_data import StoredData
from analysis.i18n import wording
from analysis.model.terms import Understanding
from analysis.store import Database

RATES = ("participation", "completion", "reach")


@pytest.mark.parametrize("understanding", Understanding)
@pytest.mark.parametrize("rate", RATES)
def test_all_offers_in_one_pass_are_as_each_for_itself(
    demonstration_file: Path, understanding: Understanding, rate: str
) -> None:
    database = Database(demonstration_file)
    given = GivenChoices({"lang": "en", "understanding": understanding, "rate": rate, "data": "demonstration"})
    context = Context(StoredData(database), DisclosureLevel(5), wording("en"), given)
    view = every_gap(context)
    assert view is not None
    found = with_results(view)
    number = sum(one.direction is not None for one in found)
    assert number > 10
    for one in found:
        made = one.adjustment
        own = offer_gap_data(context, view, made.place[:2], made.code)
        assert own is not None
        alone = change_per_offer(view)[made.place[:2]]
        assert what_happened(view, one, number, alone) == what_happened(own, one, number)

        series = rates_over_time(own, QUARTER, CALENDAR)
        quarters = quarterly_rates_per_offer(view)[made.place[:2]]
        for line in strong_lines(view):
            expected, given_rows = (rows[rows["line"] == line].sort_values("period") for rows in (series, quarters))
            for name in ("period", "until", "numerator", "unfinished", "n", "state"):
                assert given_rows[name].tolist() == expected[name].tolist(), (made.id, name)
            for name in ("estimate", "lower", "upper"):
                np.testing.assert_allclose(given_rows[name], expected[name].astype(float), atol=1e-12)
    database.close()
