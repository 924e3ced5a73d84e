"""What is said of a change: its numbers in every language, careful where the interval includes 0."""

import math
import string
from typing import Any

import pytest

from analysis.i18n import LANGUAGES, wording
from analysis.i18n.answers import answer, headline, printed_change, printed_estimate
from analysis.i18n.sentences import caution
from analysis.model.terms import Dimension, Direction, Group, Question, Rate, Understanding

DIMENSION = Dimension(
    "education",
    {"en": "Education"},
    ordered=True,
    groups=(Group("short", {"en": "Short"}, 1), Group("long", {"en": "Long"}, 2)),
    reference="long",
    compared="short",
)
NAMES = ("Kort", "Lang")
ENDS = {
    ("short", "before"): {"estimate": 0.48, "state": "shown"},
    ("short", "after"): {"estimate": 0.61, "state": "shown"},
    ("long", "before"): {"estimate": 0.70, "state": "shown"},
    ("long", "after"): {"estimate": 0.72, "state": "shown"},
}
OF_GAPS = (
    *(Direction.NARROWED, Direction.CLOSED, Direction.LEVELLED_DOWN),
    *(Direction.WIDENED, Direction.TURNED),
)
WAYS = {
    Understanding.DISADVANTAGED: (Direction.ROSE, Direction.FELL, Direction.UNCLEAR),
    Understanding.GAP: (*OF_GAPS, Direction.UNCLEAR),
    Understanding.GRADIENT: (*OF_GAPS, Direction.UNCLEAR),
}
CASES = [(one, way, rate) for one, ways in WAYS.items() for way in ways for rate in Rate]


def question(understanding: Understanding, rate: Rate) -> Question:
    return Question(understanding, rate, DIMENSION, "short", "long")


def change(way: Direction, state: str = "shown") -> dict[str, Any]:
    numbers = {"before": 0.22, "after": 0.11, "estimate": -0.11, "lower": -0.19, "upper": -0.03, "detectable": 0.114}
    numbers |= {"from_group": -0.13, "from_reference": 0.02}
    if state != "shown":
        numbers = dict.fromkeys(numbers, math.nan)
    return numbers | {"direction": way, "state": state}


def test_the_answer_is_the_one_of_the_purpose() -> None:
    said = answer(change(Direction.NARROWED), question(Understanding.GAP, Rate.COMPLETION), NAMES, ENDS, wording("en"))
    assert said == (
        "Of 100 in “Kort” 48 completed before and 61 after; of 100 in “Lang” 70 and 72. The gap went from 22.0 to "
        "11.0 percentage points (95% interval of the change of −11.0: −19.0 to −3.0). “Kort” rose by 13.0 "
        "percentage points and “Lang” by 2.0."
    )


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("understanding", "way", "rate"), CASES)
def test_every_answer_has_its_words_and_its_interval_in_every_language(
    understanding: Understanding, way: Direction, rate: Rate, code: str
) -> None:
    words, asked = wording(code), question(understanding, rate)
    said = [headline(change(way), asked, "Kort", words), answer(change(way), asked, NAMES, ENDS, words)]
    assert words.decimal(-19.0) in said[1]
    assert words.decimal(-3.0) in said[1]
    assert not any(character in "{}" for character in "".join(said))
    if code != "en":
        english = wording("en")
        assert said[0] != headline(change(way), asked, "Kort", english)
        assert said[1] != answer(change(way), asked, NAMES, ENDS, english)


@pytest.mark.parametrize("understanding", Understanding)
def test_an_interval_with_0_in_it_is_no_clear_change(understanding: Understanding) -> None:
    asked = question(understanding, Rate.COMPLETION)
    unclear = change(Direction.UNCLEAR) | {"upper": 0.02}
    assert "no clear change" in headline(unclear, asked, "Kort", wording("en")).lower()
    assert "no clear change" in answer(unclear, asked, NAMES, ENDS, wording("en"))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("state", ["hidden", "empty"])
@pytest.mark.parametrize("understanding", Understanding)
def test_where_there_is_no_number_none_is_said(understanding: Understanding, state: str, code: str) -> None:
    asked = question(understanding, Rate.REACH)
    none = change(Direction.UNCLEAR, state)
    said = headline(none, asked, "Kort", wording(code)) + answer(none, asked, NAMES, ENDS, wording(code))
    assert not set(said) & set(string.digits)
    assert "nan" not in said


def test_nothing_is_called_an_effect_without_comparison_offers() -> None:
    for understanding, way, rate in CASES:
        asked = question(understanding, rate)
        said = headline(change(way), asked, "Kort", wording("en")) + answer(
            change(way), asked, NAMES, ENDS, wording("en")
        )
        assert not any(word in said.lower() for word in ("effect", "caused", "because", "thanks to"))
    assert "coincides with" in caution(wording("en"))


def test_the_printed_numbers_add_up() -> None:
    row = change(Direction.NARROWED) | {"before": 0.2208, "after": 0.1192, "from_group": -0.1208}
    printed = printed_change(row)
    # 22.1 and 11.9 make −10.2, not −10.16; −12.1 of it from one group leave +1.9 for the other.
    assert [round(value, 1) for value in printed.values()] == [22.1, 11.9, -10.2, -12.1, 1.9]
    assert round(printed_estimate(row | {"estimate": 0.1192 - 0.2208}), 1) == -10.2
    assert round(printed_estimate(row | {"estimate": -0.0504}), 1) == -5.0  # Net of a trend.
