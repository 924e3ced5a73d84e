"""The mean distance from the mean against WHO's published figures, and intervals that noise does not lift."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.measures.by_understanding import changes, levels
from analysis.measures.dispersion import mean_distance
from analysis.measures.result_frame import State
from analysis.model.terms import Dimension, Phase, Question, Rate, Understanding

Table = Callable[..., pd.DataFrame]
Build = Callable[..., Dimension]

# World Health Organization, healthequal's NonorderedSample: births attended by skilled personnel by province of
# Indonesia, Aceh first, in per cent, and the population behind each.
WHO_ESTIMATES = [
    *(95.1178436279297, 100, 97.4100112915039, 80.3569412231445, 94.2575607299805, 98.5616836547852),
    *(88.9473037719727, 86.6719589233398, 97.0981750488281, 96.5919570922852, 75.4334106445312, 92.8340225219727),
    *(98.5579605102539, 87.8397521972656, 91.8750305175781, 74.1233825683594, 90.5330429077148, 73.3754043579102),
    *(96.0289916992188, 89.9920806884766, 64.1952667236328, 85.9570922851562, 99.400749206543, 92.6167602539062),
    *(90.4035797119141, 96.4451751708984, 84.6608581542969, 89.8388824462891, 88.6047286987305, 94.7809143066406),
    *(74.0484466552734, 87.0042724609375, 97.6275253295898, 97.7115249633789),
]
WHO_POPULATION = [
    *(230.205078125, 149.46272277832, 55.6653289794922, 451.265502929688, 70.1753997802734, 1221.94445800781),
    *(91.8827362060547, 124.610954284668, 1257.44946289062, 138.383529663086, 252.126129150391, 47.2488441467285),
    *(364.845672607422, 136.169082641602, 304.164764404297, 85.0105133056641, 26.3321990966797, 51.9405899047852),
    *(74.5188293457031, 617.09228515625, 180.490982055664, 308.422973632812, 77.2670135498047, 164.398574829102),
    *(309.49365234375, 355.356109619141, 119.806060791016, 1979.52111816406, 211.846252441406, 223.618316650391),
    *(39.1382789611816, 55.9243278503418, 195.260238647461, 133.295120239258),
]
# What the reference pages of healthequal 1.0.1 print for these data.
WHO_PUBLISHED = 5.326111


def test_mean_distance_of_who_to_the_digit() -> None:
    found = mean_distance(np.array(WHO_ESTIMATES), np.array(WHO_POPULATION))
    assert found == pytest.approx(WHO_PUBLISHED, abs=5.05e-7)


def three(table: Table, before: list[int], after: list[int], invited: int = 200) -> pd.DataFrame:
    phases = (("before", before), ("after", after))
    return table(
        *[
            ("Motion", phase, key, invited, x, 0)
            for phase, numbers in phases
            for key, x in zip("abc", numbers, strict=True)
        ]
    )


def asked(dimension: Dimension) -> Question:
    return Question(Understanding.GRADIENT, Rate.PARTICIPATION, dimension, dimension.compared, dimension.reference)


def test_equal_rates_are_no_dispersion(table: Table, dimension: Build) -> None:
    counts, groups = three(table, [80, 80, 80], [60, 60, 60]), dimension("a", "b", "c", ordered=False)
    level, change = levels(counts, asked(groups), [], 5), changes(counts, asked(groups), [], 5)
    assert level["state"].eq(State.SHOWN).all()
    np.testing.assert_allclose([*level["estimate"], *change["estimate"]], 0, atol=1e-12)
    assert (level["lower"] == 0).all() and change.loc[0, "lower"] <= 0 <= change.loc[0, "upper"]


def before(table: Table, dimension: Build, rates: list[float], size: int, offers: int, seed: int) -> pd.DataFrame:
    """The mean distances of many offers with these true rates."""
    rng = np.random.default_rng(seed)
    rows = []
    for offer in range(offers):
        for group, x in zip("abc", rng.binomial(size, rates), strict=True):
            rows.append((f"{offer}", "before", group, size, int(x), 0))
    groups = dimension("a", "b", "c", ordered=False)
    return levels(table(*rows), asked(groups), ["offer"], 5, [Phase.BEFORE])


def test_the_interval_is_not_lifted_by_noise(table: Table, dimension: Build) -> None:
    # Nobody differs: three groups of 60 with one rate of .5. The plain percentile interval of a spread lies above 0 in
    # every sample; ours reaches 0 in nearly all, as an interval of what is truly 0 should.
    found = before(table, dimension, [0.5, 0.5, 0.5], 60, 200, seed=7)
    assert (found["lower"] < 1e-9).mean() > 0.93


def test_the_truth_is_covered(table: Table, dimension: Build) -> None:
    # Rates .4, .5 and .6 in groups of 100: the mean distance is truly .0667.
    found = before(table, dimension, [0.4, 0.5, 0.6], 100, 500, seed=8)
    truth = 0.2 / 3
    covered = ((found["lower"] <= truth) & (truth <= found["upper"])).mean()
    assert 0.92 < covered < 0.98
    assert found["estimate"].mean() > truth
