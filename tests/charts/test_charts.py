"""What a person sees in the charts: marks, values, texts, and what must not be there."""

import html
import json
import math
import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pandas as pd
import plotly.graph_objects as go
import pytest

from analysis.charts.dumbbells import dumbbell, gap_dumbbell
from analysis.charts.forest import change_forest
from analysis.charts.palette import Theme, palette
from analysis.i18n import wording
from analysis.measures.result_frame import State
from analysis.model.terms import Direction

ENGLISH = wording("en")
LABELS = {"long": "Long education", "short": "Primary school"}


def _numbers(estimate: float, spread: float = 0.05) -> dict[str, Any]:
    return {"estimate": estimate, "lower": estimate - spread, "upper": estimate + spread, "state": State.SHOWN}


def _none(state: State) -> dict[str, Any]:
    return {"estimate": math.nan, "lower": math.nan, "upper": math.nan, "state": state}


def _rates(*rows: tuple[str, str, dict[str, Any]]) -> pd.DataFrame:
    """Rates of 1,234 citizens each."""
    return pd.DataFrame(
        [{"group": group, "phase": phase, "numerator": 432, "n": 1234} | rest for group, phase, rest in rows]
    )


def _gaps(*rows: tuple[str, str, dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame([{"unit": unit, "phase": phase, "n": 1234} | rest for unit, phase, rest in rows])


def _changes(*rows: tuple[str, dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame([{"unit": unit, "before": 0.2, "after": 0.1, "n": 1234} | rest for unit, rest in rows])


BOTH = _rates(
    ("short", "before", _numbers(0.265)),
    ("short", "after", _numbers(0.472)),
    ("long", "before", _numbers(0.622)),
    ("long", "after", _numbers(0.629)),
)


def _rate_chart(rates: pd.DataFrame, code: str = "en", labels: dict[str, str] = LABELS, **more: Any) -> go.Figure:
    choices: dict[str, Any] = {"theme": "light", "reference": "long", "compared": "short"} | more
    return dumbbell(rates, labels=labels, wording=wording(code), **choices)


def _gap_chart(gaps: pd.DataFrame, labels: dict[str, str]) -> go.Figure:
    ends = ("← group ahead", "reference ahead →")
    return gap_dumbbell(gaps, labels=labels, wording=ENGLISH, theme="light", unit="Gap, percentage points", ends=ends)


def _forest(changes: pd.DataFrame, labels: dict[str, str], code: str = "en") -> go.Figure:
    ends = ("← falls", "rises →")
    return change_forest(changes, labels=labels, wording=wording(code), theme="light", unit="Change", ends=ends)


def _marks(figure: go.Figure, meaning: str) -> go.Scatter:
    """The marks of a phase, or of a way that a gap went."""
    [trace] = [trace for trace in figure.data if trace.meta == meaning]
    return trace


def _texts(figure: go.Figure) -> list[str]:
    """What stands in the figure as text, without the styling that is ours."""
    return [re.sub(r"<span[^>]*>|</span>", "", note.text) for note in figure.layout.annotations]


def test_before_is_a_hollow_ring_and_after_a_filled_dot() -> None:
    figure = _rate_chart(BOTH)
    before, after = _marks(figure, "before"), _marks(figure, "after")
    assert before.marker.color == palette("light").background != before.marker.line.color
    assert list(after.marker.color) == list(after.marker.line.color)


def test_the_axis_of_rates_is_as_wide_as_their_intervals_need_and_100_at_most() -> None:
    assert tuple(_rate_chart(BOTH).layout.xaxis.range) == (10, 70)
    high = _rates(("long", "before", _numbers(0.94)), ("long", "after", _numbers(0.96, 0.04)))
    assert tuple(_rate_chart(high).layout.xaxis.range) == (70, 100)


def test_rows_stand_in_the_order_of_the_labels() -> None:
    figure = _rate_chart(BOTH)
    low, high = figure.layout.yaxis.range
    assert low > high  # counted from the top
    after = _marks(figure, "after")
    assert [round(x, 1) for x in after.x] == [62.9, 47.2]
    assert after.y[0] < after.y[1]


def test_values_stand_at_the_marks_as_the_language_writes_them() -> None:
    assert {"26.5", "47.2", "62.2", "62.9"} <= set(_texts(_rate_chart(BOTH)))
    danish = _rate_chart(BOTH, "da")
    assert {"26,5", "47,2", "62,2", "62,9"} <= set(_texts(danish))
    assert danish.layout.separators == ",."


def test_values_stand_outside_of_both_intervals() -> None:
    notes = {note.text: note for note in _rate_chart(BOTH).layout.annotations}
    assert (notes["26.5"].xanchor, round(notes["26.5"].x, 1)) == ("right", 21.5)
    assert (notes["47.2"].xanchor, round(notes["47.2"].x, 1)) == ("left", 52.2)


def test_the_pointer_tells_rate_interval_and_citizens() -> None:
    told = _marks(_rate_chart(BOTH), "after").hovertext[1]
    assert told.split("<br>") == [
        "<b>Primary school</b>",
        "After: 47.2%",
        "95% interval 42.2 to 52.2",
        "432 of 1,234 citizens",
    ]


@pytest.mark.parametrize("state", [State.HIDDEN, State.EMPTY])
def test_a_group_that_is_not_shown_has_no_mark_and_no_number(state: State) -> None:
    """Even where a frame carries numbers that it says are hidden."""
    secret = _numbers(0.77123) | {"state": state, "numerator": 3, "n": 7891}
    rates = _rates(("long", "before", _numbers(0.622)), ("long", "after", _numbers(0.629)), ("short", "before", secret))
    figure = _rate_chart(rates)
    assert len(_marks(figure, "before").x) == len(_marks(figure, "after").x) == 1
    written = json.dumps(figure.to_plotly_json(), default=list)
    assert not re.search(r"77[.,]1|0\.771|7[.,]?891", written + figure.to_json())
    assert "Primary school" in " ".join(_texts(figure))


def test_a_row_says_why_it_lacks_a_mark() -> None:
    hidden = _rates(("short", "before", _none(State.HIDDEN)), ("short", "after", _none(State.HIDDEN)))
    texts = _texts(_rate_chart(hidden))
    assert texts.count("Hidden, the numbers are too small to show") == 1
    assert texts.count("Nobody, or too few to show") == 1  # the group that the frame lacks
    half = _rates(("short", "before", _none(State.HIDDEN)), ("short", "after", _numbers(0.4)))
    assert "Before: hidden, the numbers are too small" in _texts(_rate_chart(half))


def test_markup_in_a_label_is_shown_and_not_obeyed() -> None:
    nasty = '<a href="javascript:x">A & B</a>'
    for figure in (
        _rate_chart(BOTH, labels={"long": nasty}),
        _gap_chart(_gaps(("a", "before", _numbers(0.1)), ("a", "after", _numbers(0.1))), {"a": nasty}),
        _forest(_changes(("a", _numbers(-0.1) | {"direction": Direction.NARROWED})), {"a": nasty}),
    ):
        assert "<a" not in json.dumps(figure.to_plotly_json(), default=list)
        heading = next(text for text in _texts(figure) if "javascript" in text)
        assert html.unescape(heading.replace("<br>", " ")).startswith(nasty)


def test_a_long_label_is_broken_into_lines_and_makes_its_row_taller() -> None:
    labels = {"long": "Kort eller mellemlang videregående uddannelse", "short": "Grundskole"}
    figure = _rate_chart(BOTH, labels=labels)
    assert "Kort eller mellemlang videregående<br>uddannelse  reference group" in _texts(figure)
    assert figure.layout.height > _rate_chart(BOTH).layout.height


def test_a_gap_that_runs_the_other_way_lies_left_of_no_gap() -> None:
    gaps = _gaps(("a", "before", _numbers(0.07)), ("a", "after", _numbers(-0.06)))
    figure = _gap_chart(gaps, {"a": "Aarhus"})
    assert round(_marks(figure, "after").x[0], 6) == -6 < 0 < _marks(figure, "before").x[0]
    assert tuple(figure.layout.xaxis.range) == (-20, 20)
    assert {"−6.0", "no difference"} <= set(_texts(figure))


def test_gaps_draws_the_absolute_scale_only() -> None:
    gaps = _gaps(("a", "before", _numbers(0.1)), ("a", "before", _numbers(1.7)))
    figure = _gap_chart(gaps.assign(scale=["absolute", "relative"]), {"a": "Aarhus"})
    assert [round(x, 6) for x in _marks(figure, "before").x] == [10]


def test_each_way_that_a_gap_went_has_its_own_shape_and_value() -> None:
    changes = _changes(
        ("a", _numbers(-0.083) | {"direction": Direction.NARROWED}),
        ("b", _numbers(0.06) | {"direction": Direction.WIDENED}),
        ("c", _numbers(0.01) | {"direction": Direction.UNCLEAR}),
        ("d", _none(State.HIDDEN) | {"direction": None}),
    )
    figure = _forest(changes, {"d": "Dragør", "a": "Aarhus", "b": "Ballerup", "c": "København"}, "da")
    ways = [_marks(figure, way) for way in ("narrowed", "widened", "unclear")]
    assert [round(way.x[0], 1) for way in ways] == [-8.3, 6, 1]
    assert len({way.marker.symbol for way in ways}) == 3
    assert {"−8,3 [−13,3; −3,3]", "+6,0 [1,0; 11,0]", "+1,0 [−4,0; 6,0]"} <= set(_texts(figure))


def test_a_chart_without_any_number_still_draws_its_rows() -> None:
    for figure in (
        _rate_chart(BOTH[:0]),
        _gap_chart(_gaps()[:0], {"a": "Aarhus"}),
        _forest(_changes(), {"a": "Aarhus"}),
    ):
        assert not any(x is not None for trace in figure.data for x in trace.x)
        assert figure.layout.height > 100


def test_a_stage_gets_everything_larger() -> None:
    desk, stage = _rate_chart(BOTH), _rate_chart(BOTH, text_size=28)
    assert stage.layout.height > 1.5 * desk.layout.height
    assert stage.layout.template.layout.font.size == 28
    assert min(note.font.size or 99 for note in desk.layout.annotations) >= 14


@pytest.mark.parametrize("theme", get_args(Theme))
def test_colours_stand_out_from_the_page(theme: Theme) -> None:
    colours = palette(theme)
    for name in ("ink", "muted", "before", "after", "reference", "narrowed", "widened", "unclear"):
        assert _contrast(getattr(colours, name), colours.background) >= 4.5, name


@pytest.mark.parametrize("theme", get_args(Theme))
def test_pages_and_charts_have_the_same_colours(theme: Theme) -> None:
    settings = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text("utf-8"))
    page, colours = settings["theme"][theme], palette(theme)
    assert (page["backgroundColor"], page["textColor"]) == (colours.background, colours.ink)
    on_a_button = "#FFFFFF" if theme == "light" else colours.background  # pages/main.py darkens them in the dark
    assert _contrast(page["primaryColor"], on_a_button) >= 4.5
    assert _contrast(page["primaryColor"], colours.background) >= 4.5  # it is also the colour of words
    assert page["chartCategoricalColors"][0] == colours.after


def test_the_fonts_of_the_pages_are_here() -> None:
    root = Path(__file__).parents[2]
    for face in tomllib.loads((root / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]["fontFaces"]:
        assert (root / "pages" / face["url"].removeprefix("app/")).read_bytes().startswith(b"wOF2")


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of the Web Content Accessibility Guidelines 2.2."""

    def luminance(colour: str) -> float:
        channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
