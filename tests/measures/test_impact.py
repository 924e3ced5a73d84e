"""What the reference's rate would mean for all, against WHO's published figures."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.measures.impact import impact
from analysis.measures.result_frame import State
from analysis.model.terms import Dimension, Rate

Table = Callable[..., pd.DataFrame]
Build = Callable[..., Dimension]
LIMITS = ["estimate", "lower", "upper"]


def found_in(counts: pd.DataFrame, dimension: Dimension, reference: str) -> pd.DataFrame:
    found = impact(counts, Rate.PARTICIPATION, dimension, reference, [], 5)
    return found.set_index(["measure", "phase"])


def test_attributable_risk_and_fraction_of_who(table: Table, dimension: Build) -> None:
    # World Health Organization, healthequal's OrderedSample, births attended by wealth fifth, as counts of a million
    # times its population; its reference pages print PAR 7.627362 and PAF 8.327116, both in per cent.
    rates = [75.6053009033203, 91.0199661254883, 96.0395889282227, 97.0422286987305, 99.2240524291992]
    people = [2072.43603515625, 2112.2041015625, 1983.05920410156, 2052.12377929688, 1884.50988769531]
    size = [round(1e6 * one) for one in people]
    rows = [
        ("Motion", "before", key, n, round(n * rate / 100), 0)
        for key, n, rate in zip("abcde", size, rates, strict=True)
    ]
    found = found_in(table(*rows), dimension(*"abcde"), "e")
    assert found.loc[("PAR", "before"), "estimate"] == pytest.approx(0.07627362, abs=5.1e-9)
    assert found.loc[("PAF", "before"), "estimate"] == pytest.approx(0.08327116, abs=5.1e-9)


def counts(table: Table) -> pd.DataFrame:
    return table(
        ("Motion", "before", "a", 100, 20, 0),
        ("Motion", "before", "b", 300, 150, 0),
        ("Motion", "after", "a", 100, 40, 0),
        ("Motion", "after", "b", 300, 150, 0),
    )


def test_by_hand(table: Table, dimension: Build) -> None:
    found = found_in(counts(table), dimension("a", "b"), "b")
    # Overall 170 / 400 = .425: .075 below the reference, which is 30 citizens of 400, and 30 of the group's 100.
    assert found.loc[("PAR", "before"), "estimate"] == pytest.approx(0.075)
    assert found.loc[("PAF", "before"), "estimate"] == pytest.approx(0.075 / 0.425)
    assert found.loc[("PAF of the shortfall", "before"), "estimate"] == pytest.approx(0.075 / 0.575)
    assert found.loc[("citizens", "before"), "estimate"] == pytest.approx(30)
    assert found.loc[("citizens", "change"), "estimate"] == pytest.approx(-20)
    assert found["state"].eq(State.SHOWN).all()


def test_nothing_to_win_where_the_reference_does_worse(table: Table, dimension: Build) -> None:
    found = found_in(counts(table), dimension("a", "b"), "a")
    np.testing.assert_array_equal(found.drop("change", level="phase")[["estimate", "lower"]], 0)
    # The change is told all the same, with its uncertainty: the reference came closer.
    change = found.loc[("PAR", "change")]
    assert change["estimate"] == pytest.approx(0.15)
    assert change["lower"] < 0.15 < change["upper"]


def test_needs_the_reference(table: Table, dimension: Build) -> None:
    with pytest.raises(ValueError, match="no group c"):
        found_in(counts(table), dimension("a", "b"), "c")
    absent = counts(table).query("group == 'a'")
    assert found_in(absent, dimension("a", "b"), "b")["state"].eq(State.TOO_FEW).all()
