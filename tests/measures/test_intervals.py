"""The intervals against published figures, against statsmodels, and against what must hold of any interval."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from analysis.measures.intervals import (
    Interval,
    koopman_ratio,
    log_ratio,
    mover_difference,
    mover_sum,
    newcombe_difference,
    ratio,
    wilson,
)

# Office for Health Improvement and Disparities, R package PHEindicatormethods, test values of phe_proportion:
# numerator, denominator, lower and upper at 95 %, lower and upper at 99.8 %.
UK_WILSON = [
    (1, 100, 0.0017674320641406511, 0.054486196178705294, 0.000873065697299977, 0.1045544528370582),
    (5, 100, 0.02154367915436798, 0.11175046923191911, 0.013865320725997183, 0.16458852282596442),
    (20, 100, 0.1333669333310325, 0.28882916559315885, 0.10519162066711432, 0.3471109417008601),
    (65, 100, 0.5525444329688797, 0.7363575175690247, 0.4954946574070431, 0.7783540614089697),
    (9856, 12345, 0.7912101752909069, 0.8053640073614909, 0.7869924108419063, 0.8093061412589626),
    (7776456, 7564336677, 0.0010273201001641094, 0.0010287644578977231, 0.0010269040118442213, 0.0010291812992698397),
    (222, 3215, 0.060791690363636595, 0.07833956681383633, 0.05647101964624248, 0.08418414185270134),
    (999, 3456, 0.27418951080009873, 0.30440389662818057, 0.26583995768074953, 0.3134475449279985),
]

# The eight pairs of Newcombe 1998, Stat Med 17:873, table II, method 10, which prints four decimals (the first: .0524
# to .3339). More decimals from independent software.
NEWCOMBE_TABLE_II = [
    (56, 70, 48, 80, 0.2, 0.0524314724023647, 0.333872654036906),
    (9, 10, 3, 10, 0.6, 0.170522723934503, 0.809017973535488),
    (6, 7, 2, 7, 0.571428571428571, 0.0582279274823123, 0.806249637524228),
    (5, 56, 0, 29, 0.0892857142857143, -0.0381371479035369, 0.192560013855112),
    (0, 10, 0, 20, 0.0, -0.161125158052819, 0.277532799862889),
    (0, 10, 0, 10, 0.0, -0.277532799862889, 0.277532799862889),
    (10, 10, 0, 20, 1.0, 0.679086037141915, 1.0),
    (10, 10, 0, 10, 1.0, 0.607509350430524, 1.0),
]

# Katz's log interval on those of the same pairs for which it is defined, from independent software.
KATZ = [
    (56, 70, 48, 80, 1.33333333333333, 1.07662642276319, 1.65124851126639),
    (9, 10, 3, 10, 3.0, 1.13835035744767, 7.90617751478479),
    (6, 7, 2, 7, 3.0, 0.894845907599468, 10.0575975411717),
]

# Koopman's interval of all eight pairs, from independent software.
KOOPMAN = [
    (56, 70, 48, 80, 1.0798215063, 1.6708055781),
    (9, 10, 3, 10, 1.3532371937, 8.4676686921),
    (6, 7, 2, 7, 1.1026407624, 10.6660263225),
    (5, 56, 0, 29, 0.7256888835, np.inf),
    (0, 10, 0, 20, 0, np.inf),
    (0, 10, 0, 10, 0, np.inf),
    (10, 10, 0, 20, 6.2063554293, np.inf),
    (10, 10, 0, 10, 3.6031777156, np.inf),
]

CASES = [
    (x1, n1, x2, n2) for n1, n2 in ((7, 12), (40, 400)) for x1 in range(0, n1 + 1, 5) for x2 in range(0, n2 + 1, 4)
]
SAMPLES = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
SOME = st.integers(2, 400).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n)))


def holds(interval: Interval) -> bool:
    return bool(interval.lower <= interval.estimate <= interval.upper)


def width(interval: Interval) -> float:
    return float(interval.upper - interval.lower)


def four_times(sample: tuple[int, int]) -> tuple[int, int]:
    return 4 * sample[0], 4 * sample[1]


@pytest.mark.parametrize(("x", "n", "lower", "upper", "lower_998", "upper_998"), UK_WILSON)
def test_wilson_as_the_uk_publishes_it(
    x: int, n: int, lower: float, upper: float, lower_998: float, upper_998: float
) -> None:
    np.testing.assert_allclose(wilson(x, n), (x / n, lower, upper), rtol=1e-12)
    np.testing.assert_allclose(wilson(x, n, 0.998), (x / n, lower_998, upper_998), rtol=1e-12)


@pytest.mark.parametrize(("x1", "n1", "x2", "n2", "estimate", "lower", "upper"), NEWCOMBE_TABLE_II)
def test_newcombe_table_ii(x1: int, n1: int, x2: int, n2: int, estimate: float, lower: float, upper: float) -> None:
    np.testing.assert_allclose(newcombe_difference(x1, n1, x2, n2), (estimate, lower, upper), atol=1e-13)


@pytest.mark.parametrize(("x1", "n1", "x2", "n2", "estimate", "lower", "upper"), KATZ)
def test_katz_on_newcombes_pairs(
    x1: int, n1: int, x2: int, n2: int, estimate: float, lower: float, upper: float
) -> None:
    np.testing.assert_allclose(log_ratio(x1, n1, x2, n2), (estimate, lower, upper), rtol=1e-13)


@pytest.mark.parametrize(("x1", "n1", "x2", "n2", "lower", "upper"), KOOPMAN)
def test_koopman_on_newcombes_pairs(x1: int, n1: int, x2: int, n2: int, lower: float, upper: float) -> None:
    found = koopman_ratio(x1, n1, x2, n2)
    np.testing.assert_allclose([found.lower, found.upper], [lower, upper], rtol=1e-8)
    assert np.isnan(found.estimate) if x2 == 0 else found.estimate == pytest.approx(x1 * n2 / (x2 * n1))


def test_koopman_where_a_count_is_small_and_katz_where_none_is() -> None:
    found, method = ratio([56, 9, 95], [70, 10, 100], [48, 3, 60], [80, 10, 100])
    assert method.tolist() == ["log ratio", "Koopman", "Koopman"]
    np.testing.assert_allclose(found.upper[:2], [1.65124851126639, 8.4676686921], rtol=1e-8)


def test_a_sum_is_newcombe_where_it_is_a_difference() -> None:
    values = wilson([56, 48], [70, 80])
    np.testing.assert_allclose(mover_sum(np.array([1.0, -1.0]), values), newcombe_difference(56, 70, 48, 80))
    nothing = wilson([56, 48, 0], [70, 80, 0])
    np.testing.assert_allclose(mover_sum(np.array([1.0, -1.0, 0]), nothing), newcombe_difference(56, 70, 48, 80))


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_wilson_agrees_with_statsmodels(level: float) -> None:
    for x, n in {(x1, n1) for x1, n1, _, _ in CASES}:
        expected = proportion_confint(x, n, alpha=1 - level, method="wilson")
        np.testing.assert_allclose(wilson(x, n, level)[1:], expected, atol=1e-12)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_newcombe_agrees_with_statsmodels(level: float) -> None:
    for case in CASES:
        expected = confint_proportions_2indep(*case, method="newcomb", compare="diff", alpha=1 - level)
        np.testing.assert_allclose(newcombe_difference(*case, level)[1:], expected, atol=1e-12)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_log_ratio_agrees_with_statsmodels(level: float) -> None:
    for x1, n1, x2, n2 in CASES:
        if x1 and x2 and (x1, x2) != (n1, n2):
            expected = confint_proportions_2indep(x1, n1, x2, n2, method="log", compare="ratio", alpha=1 - level)
            np.testing.assert_allclose(log_ratio(x1, n1, x2, n2, level)[1:], expected, rtol=1e-12)


Pair = tuple[int, int]


def mover_change(after_reference: Pair, after_group: Pair, before_reference: Pair, before_group: Pair) -> Interval:
    after = newcombe_difference(*after_reference, *after_group)
    return mover_difference(after, newcombe_difference(*before_reference, *before_group))


def test_mover_change_worked_by_hand() -> None:
    # Wilson's 95 % limits as published above: 65/100 .552544 to .736358, 20/100 .133367 to .288829,
    # 5/100 .021544 to .111750, 1/100 .001767 to .054486.
    # After: reference 65/100, group 20/100, gap .45. Before: reference 5/100, group 1/100, gap .04. Change .41.
    # Lower: .41 - sqrt((.65 - .552544)^2 + (.288829 - .20)^2 + (.111750 - .05)^2 + (.01 - .001767)^2)
    #      = .41 - sqrt(.009497672 + .007890591 + .003813063 + .000067782) = .41 - sqrt(.021269108) = .41 - .145839
    # Upper: .41 + sqrt((.736358 - .65)^2 + (.20 - .133367)^2 + (.05 - .021544)^2 + (.054486 - .01)^2)
    #      = .41 + sqrt(.007457704 + .004439957 + .000809744 + .001979004) = .41 + sqrt(.014686409) = .41 + .121187
    change = mover_change((65, 100), (20, 100), (5, 100), (1, 100))
    np.testing.assert_allclose(change, (0.41, 0.264161, 0.531187), atol=2e-6)


def test_mover_change_is_newcombe_where_the_other_gap_is_known() -> None:
    endless = (3 * 10**14, 10**15)
    expected = newcombe_difference(56, 70, 48, 80)
    np.testing.assert_allclose(mover_change((56, 70), (48, 80), endless, endless), expected, atol=1e-6)


def test_mover_change_is_newcombe_across_phases_where_the_groups_before_and_after_are_known() -> None:
    endless = (3 * 10**14, 10**15)
    expected = newcombe_difference(9, 10, 3, 10)
    np.testing.assert_allclose(mover_change((9, 10), endless, (3, 10), endless), expected, atol=1e-6)


def test_mover_change_of_equal_gaps_is_symmetric_around_none() -> None:
    estimate, lower, upper = mover_change((56, 70), (48, 80), (56, 70), (48, 80))
    below, above = 0.2 - 0.0524314724023647, 0.333872654036906 - 0.2  # Newcombe's table II, first pair
    np.testing.assert_allclose((estimate, lower, upper), (0, -np.hypot(below, above), np.hypot(below, above)))


@given(SAMPLES)
def test_wilson_holds_its_estimate_and_stays_a_proportion(sample: tuple[int, int]) -> None:
    interval = wilson(*sample)
    assert holds(interval) and interval.lower >= 0 and interval.upper <= 1
    assert width(wilson(*four_times(sample))) < width(interval)


@given(SAMPLES, SAMPLES)
def test_newcombe_invariants(one: tuple[int, int], other: tuple[int, int]) -> None:
    interval = newcombe_difference(*one, *other)
    estimate, lower, upper = newcombe_difference(*other, *one)
    np.testing.assert_allclose(interval, (-estimate, -upper, -lower), atol=1e-14)
    assert holds(interval)
    assert width(newcombe_difference(*four_times(one), *four_times(other))) < width(interval)


@given(SOME, SOME)
def test_log_ratio_invariants(one: tuple[int, int], other: tuple[int, int]) -> None:
    interval = log_ratio(*one, *other)
    estimate, lower, upper = log_ratio(*other, *one)
    np.testing.assert_allclose(interval, (1 / estimate, 1 / upper, 1 / lower), rtol=1e-12)
    assert holds(interval)
    assert width(log_ratio(*four_times(one), *four_times(other))) < width(interval)


@given(SAMPLES, SAMPLES, SAMPLES, SAMPLES)
def test_mover_change_invariants(
    a: tuple[int, int], b: tuple[int, int], c: tuple[int, int], d: tuple[int, int]
) -> None:
    interval = mover_change(a, b, c, d)
    for swapped in (mover_change(c, d, a, b), mover_change(b, a, d, c)):
        np.testing.assert_allclose(interval, (-swapped.estimate, -swapped.upper, -swapped.lower), atol=1e-14)
    assert holds(interval)
    assert width(mover_change(four_times(a), four_times(b), four_times(c), four_times(d))) < width(interval)


def test_arrays_in_arrays_out_and_never_a_warning() -> None:
    x, n = np.array([0, 0, 7, 10]), np.array([0, 10, 10, 10])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        alone = wilson(x, n)
        difference = newcombe_difference(x, n, 5, 10)
        ratio = log_ratio(x, n, 5, 10)
        upside_down = log_ratio(5, 10, x, n)
        change = mover_change((x, n), (5, 10), (5, 10), (5, 10))
        nothing = wilson([], [])
    for interval in (alone, difference, change):
        assert np.isnan(interval).tolist() == [[True, False, False, False]] * 3
    assert np.isnan(ratio).tolist() == [[True, False, False, False], *[[True, True, False, False]] * 2]
    assert np.isnan(upside_down).tolist() == [[True, True, False, False]] * 3
    assert [part.shape for part in nothing] == [(0,)] * 3


def test_a_ratio_to_or_of_nobody_has_no_limits() -> None:
    np.testing.assert_array_equal(log_ratio(0, 10, 5, 10), (0, np.nan, np.nan))
    np.testing.assert_array_equal(log_ratio(5, 10, 0, 10), (np.nan, np.nan, np.nan))


def test_a_ratio_of_everybody_to_everybody_claims_no_certainty() -> None:
    np.testing.assert_array_equal(log_ratio(10, 10, 20, 20), (1, np.nan, np.nan))


@pytest.mark.parametrize(("x", "n"), [(11, 10), (-1, 10), (1, 0)])
def test_a_numerator_outside_its_denominator_is_refused(x: int, n: int) -> None:
    with pytest.raises(ValueError, match="between 0 and its denominator"):
        wilson(x, n)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_that_is_no_share_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="level"):
        wilson(1, 10, level)
