"""Slope, relative and concentration indices against what Scotland, England and WHO have published."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.measures.gradients import Index, gradients, log_ratio_of_sums, share_of_sum, weights
from analysis.measures.intervals import Interval, mover_sum, quantile
from analysis.measures.result_frame import State
from analysis.model.terms import Dimension, Rate

Table = Callable[..., pd.DataFrame]
Build = Callable[..., Dimension]
LIMITS = ["estimate", "lower", "upper"]

# Public Health Scotland, Scottish bowel screening programme, key performance indicator report February 2023 (Open
# Government Licence 3): uptake in per cent 2020/22, all persons, by deprivation fifth from the most deprived, and the
# population of each fifth. Published: SII 25.40994, RII as SII / mean .380807.
SCOTTISH_UPTAKE = [54.40929870093725, 61.88179120900713, 68.28013847836502, 72.1089401512084, 75.3266482431899]
SCOTTISH_POPULATION = [287438, 305358, 331893, 330934, 316625]

# World Health Organization, healthequal's OrderedSample: births attended by skilled personnel in Indonesia by wealth
# fifth. Published in its reference: ACI 4.30052, RCI .0469506. (Its SII and RII are from a logistic model.)
WHO_ESTIMATES = [75.6053009033203, 91.0199661254883, 96.0395889282227, 97.0422286987305, 99.2240524291992]
WHO_POPULATION = [2072.43603515625, 2112.2041015625, 1983.05920410156, 2052.12377929688, 1884.50988769531]

# Office for Health Improvement and Disparities, PHEindicatormethods, test values of phe_sii: population, value and
# standard error of ten deprivation groups, then SII and RII, exact, and their 95 % limits, simulated 100,000 times.
ENGLISH_AREA_1 = (
    [7291, 7997, 6105, 7666, 5790, 6934, 5918, 5974, 7147, 7534],
    [
        *(75.9334590103081, 78.3442382727843, 83.8360631041654, 83.6375399664931, 80.4655031529559),
        *(81.1156759857022, 81.6930835718562, 84.1900062060987, 80.5955641081472, 86.2894349578624),
    ],
    [
        *(1.638472426358545, 1.578192884542907, 1.5134355059640296, 1.7754906175801293, 1.7013390591981388),
        *(1.56412107376755, 1.3681148366878566, 1.4001418005940802, 2.4328463975781616, 1.5665181695934678),
    ],
    (6.934616473668819, 3.127594617650817, 10.7586873680794),
    (1.0888180804446217, 1.0383690591642838, 1.1412993360251238),
)
ENGLISH_AREA_2 = (
    [21675, 20065, 19750, 24713, 20112, 19618, 22408, 19752, 18939, 19312],
    [
        *(70.54853186, 71.57155734, 72.48698671, 73.51985519, 73.14605425),
        *(76.15898712, 78.65444871, 80.56476961, 80.85486627, 79.9711253),
    ],
    [
        *(0.22959183673469533, 0.2598068010204095, 0.2992380841836735, 0.16075122704081746, 0.7918228954081618),
        *(0.7783196122448984, 0.39937532908163315, 0.2793955076530606, 0.22959183673469533, 0.3517537500000029),
    ],
    (12.547846636351798, 11.936156426792138, 13.163020132396579),
    (1.180885620848795, 1.1713706914325628, 1.1904396357244886),
)


def exact(values: list[float]) -> Interval:
    return Interval(*(np.array(values) for _ in range(3)))


def test_the_scottish_slope_and_relative_index() -> None:
    weight, uptake = weights(np.array(SCOTTISH_POPULATION, float)), exact(SCOTTISH_UPTAKE)
    assert mover_sum(weight.slope, uptake).estimate == pytest.approx(25.40994048080413, abs=1e-10)
    assert share_of_sum(weight.slope, weight.population, uptake).estimate == pytest.approx(0.3808069920519388)


def test_the_concentration_indices_of_who() -> None:
    weight, values = weights(np.array(WHO_POPULATION)), exact(WHO_ESTIMATES)
    assert mover_sum(weight.population, values).estimate == pytest.approx(91.5966873, abs=1e-5)
    assert mover_sum(weight.concentration, values).estimate == pytest.approx(4.30052, abs=5e-6)
    share = share_of_sum(weight.concentration, weight.population, values)
    assert share.estimate == pytest.approx(0.0469506, abs=5e-8)


@pytest.mark.parametrize("area", [ENGLISH_AREA_1, ENGLISH_AREA_2])
def test_the_english_slope_and_ratio_of_the_ends(area: tuple[list[float], ...]) -> None:
    population, value, error, slope, ratio = map(np.array, area)
    weight, half = weights(population.astype(float)), quantile(0.95) * error
    values = Interval(value, value - half, value + half)
    found = mover_sum(weight.slope, values)
    assert found.estimate == pytest.approx(slope[0], abs=1e-10)
    # Their limits are simulated, and good to some 5 % of the interval's width.
    np.testing.assert_allclose([found.lower, found.upper], slope[1:], atol=0.05 * (slope[2] - slope[1]))
    ends = np.exp(log_ratio_of_sums(weight.top, weight.bottom, values))
    assert ends[0] == pytest.approx(ratio[0], abs=1e-10)
    np.testing.assert_allclose(ends[1:], ratio[1:], atol=0.05 * (ratio[2] - ratio[1]))


def found_in(counts: pd.DataFrame, dimension: Dimension) -> pd.DataFrame:
    return gradients(counts, Rate.PARTICIPATION, dimension, [], 5, indices=tuple(Index)).set_index(["measure", "phase"])


def stairs(table: Table, before: list[int], after: list[int], invited: int = 100) -> pd.DataFrame:
    rows = [("Motion", "before", key, invited, x, 0) for key, x in zip("abc", before, strict=True)]
    return table(*rows, *[("Motion", "after", key, invited, x, 0) for key, x in zip("abc", after, strict=True)])


def test_three_equal_groups_by_hand(table: Table, dimension: Build) -> None:
    found = found_in(stairs(table, [20, 40, 60], [50, 50, 50]), dimension("a", "b", "c"))
    # Ridits 1/6, 1/2, 5/6: the slope is (.60 - .20) / (4/6) = .6, its ends .4 -/+ .3,
    # RCI = (.60 - .20) * (2/3) / 3 / .4.
    before = found.xs("before", level="phase")["estimate"]
    assert before["SII"] == pytest.approx(0.6)
    assert before["RII"] == pytest.approx(0.7 / 0.1)
    assert before["RCI"] == pytest.approx(0.4 * 2 / 9 / 0.4)
    assert found.loc[("SII", "change"), "estimate"] == pytest.approx(-0.6)
    assert found.loc[("RII", "change"), "estimate"] == pytest.approx(-np.log(7))
    assert found.loc[("SII", "change"), "n"] == 600


def test_turning_the_order_turns_the_sign(table: Table, dimension: Build) -> None:
    counts = stairs(table, [20, 35, 60], [40, 30, 50])
    one = found_in(counts, dimension("a", "b", "c"))[LIMITS]
    other = found_in(counts, dimension("c", "b", "a"))[LIMITS]
    for measure in ("SII", "RCI"):
        np.testing.assert_allclose(one.loc[measure], -other.loc[measure][["estimate", "upper", "lower"]].to_numpy())
    assert one.loc[("RII", "before"), "estimate"] == pytest.approx(1 / other.loc[("RII", "before"), "estimate"])


def test_more_citizens_narrow_the_interval(table: Table, dimension: Build) -> None:
    few = found_in(stairs(table, [20, 35, 60], [40, 30, 50]), dimension("a", "b", "c"))
    many = found_in(stairs(table, [2000, 3500, 6000], [4000, 3000, 5000], 10_000), dimension("a", "b", "c"))
    np.testing.assert_allclose(few["estimate"], many["estimate"])
    # A hundred times the citizens: a tenth of the width, unlike errors from how far the points lie from the line.
    np.testing.assert_allclose((many["upper"] - many["lower"]) / (few["upper"] - few["lower"]), 0.1, atol=0.025)


def test_what_cannot_be_measured_says_why(table: Table, dimension: Build) -> None:
    alone = table(("Motion", "before", "a", 90, 60, 0))
    assert found_in(alone, dimension("a", "b")).loc[("SII", "before"), "state"] == State.TOO_FEW
    assert found_in(alone, dimension("a", "b")).loc[("SII", "after"), "state"] == State.EMPTY
    hidden = found_in(stairs(table, [20, 97, 60], [40, 30, 50]), dimension("a", "b", "c"))
    assert hidden.loc[("SII", "before"), "state"] == hidden.loc[("SII", "change"), "state"] == State.HIDDEN
    nobody = found_in(stairs(table, [0, 0, 0], [40, 30, 50]), dimension("a", "b", "c"))
    assert nobody.loc[("SII", "before"), "state"] == State.SHOWN
    assert nobody.loc[("RII", "before"), "state"] == nobody.loc[("RCI", "change"), "state"] == State.UNDEFINED


def test_needs_an_order(table: Table, dimension: Build) -> None:
    with pytest.raises(ValueError, match="no order"):
        found_in(stairs(table, [20, 35, 60], [40, 30, 50]), dimension("a", "b", "c", ordered=False))
