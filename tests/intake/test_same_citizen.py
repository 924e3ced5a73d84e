"""Ids that are written differently for the same citizen, compared many at once."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.across import folded, folded_numbers

IDS = st.text(alphabet="0019aBzÅ- _.:*", min_size=1, max_size=7)


@given(st.lists(IDS, min_size=2, max_size=40))
def test_ids_share_a_number_exactly_where_they_are_equal_once_folded(ids: list[str]) -> None:
    numbers = folded_numbers(pa.array([*ids, None]).dictionary_encode()).to_pylist()
    assert numbers.pop() is None
    pairs = {(folded(text), number) for text, number in zip(ids, numbers, strict=True)}
    assert len(pairs) == len({text for text, _ in pairs}) == len({number for _, number in pairs})


def test_case_spaces_hyphens_and_zeros_in_front_make_no_other_citizen() -> None:
    ids = ["B-0017", "b 0017", "b0017", "0017", "17", "1-7", "018", "00", "0"]
    numbers = folded_numbers(pa.array(ids).dictionary_encode()).to_pylist()
    assert [numbers.index(number) for number in numbers] == [0, 0, 0, 3, 3, 3, 6, 7, 8]
