"""Small counts and small remainders are hidden; nobody and everybody are not."""

import numpy as np
import pytest

from analysis.measures.disclosure import hidden


def test_zero_and_everyone_are_shown() -> None:
    assert not hidden([0, 20, 0], [20, 20, 0], 5).any()


@pytest.mark.parametrize("few", [1, 2, 3, 4])
def test_a_small_count_is_hidden(few: int) -> None:
    assert hidden(few, 100, 5)


@pytest.mark.parametrize("few", [1, 2, 3, 4])
def test_a_small_remainder_is_hidden(few: int) -> None:
    assert hidden(100 - few, 100, 5)


def test_the_smallest_count_itself_is_shown() -> None:
    assert hidden([5, 95, 4, 96], [100, 100, 100, 100], 5).tolist() == [False, False, True, True]


def test_the_smallest_count_can_be_set() -> None:
    assert hidden([2, 3, 97, 98], 100, 3).tolist() == [True, False, False, True]


def test_a_small_denominator_is_always_hidden() -> None:
    assert all(hidden(few, total, 5) for total in range(1, 5) for few in range(total + 1))


def test_gives_an_array_of_the_same_length() -> None:
    result = hidden(np.array([], dtype=np.int64), np.array([], dtype=np.int64), 5)
    assert result.dtype == np.bool_ and result.shape == (0,)
