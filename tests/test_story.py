"""A story as a file: what goes out comes in again, and nothing else does."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.story import (
    LONGEST_HEADING,
    LONGEST_KEY,
    LONGEST_NAME,
    LONGEST_NOTE,
    MOST_CHOICES,
    MOST_SLIDES,
    BadStory,
    Slide,
    Story,
)
from analysis.model.story import as_json as written
from analysis.model.story import from_json as read
from analysis.text.invisible_characters import visible

choices = st.dictionaries(st.text(max_size=20), st.text(max_size=LONGEST_HEADING), max_size=5)
slides = st.builds(
    Slide,
    st.text(max_size=LONGEST_NAME),
    choices,
    st.text(max_size=LONGEST_HEADING),
    st.text(max_size=LONGEST_NOTE),
)
stories = st.builds(Story, st.text(max_size=LONGEST_NAME), st.lists(slides, max_size=4).map(tuple))


@given(stories)
def test_what_is_written_is_read_again_without_what_cannot_be_seen(story: Story) -> None:
    slides = tuple(
        Slide(visible(one.exhibit), one.choices, visible(one.heading), visible(one.note)) for one in story.slides
    )
    assert read(written(story)) == Story(visible(story.name), slides)


def _with(**changes: object) -> str:
    content = json.loads(written(Story("LAKS", (Slide("groups", {"rate": "reach"}, "Hvad", "Sig det"),))))
    return json.dumps(content | changes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[" * 100_000,
        _with(name="\ud800"),
        "[]",
        "null",
        '{"format": "lige-adgang-story"}',
        _with(format="another"),
        _with(name=7),
        _with(name="x" * (LONGEST_NAME + 1)),
        _with(slides={}),
        _with(slides=[7]),
        _with(slides=[{"exhibit": "groups", "choices": [], "heading": "", "note": ""}]),
        _with(slides=[{"exhibit": "groups", "choices": {"rate": 1}, "heading": "", "note": ""}]),
        _with(slides=[{"exhibit": "groups", "choices": {}, "heading": "", "note": "x" * (LONGEST_NOTE + 1)}]),
        _with(slides=[{"exhibit": "groups", "choices": {}, "heading": "", "note": ""}] * (MOST_SLIDES + 1)),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadStory):
        read(text)


MANY = {f"{number}": "" for number in range(300_000)}
SLIDE = {"exhibit": "groups", "choices": {}, "heading": "", "note": ""}
TOO_MUCH = {
    "choices of one slide": _with(slides=[SLIDE | {"choices": MANY}]),
    "choices of many slides": _with(slides=[SLIDE | {"choices": dict(list(MANY.items())[:5000])}] * MOST_SLIDES),
    "fields of a slide": _with(slides=[SLIDE | MANY]),
    "fields of a story": _with(**MANY),
    "one choice more than there may be": _with(
        slides=[SLIDE | {"choices": dict(list(MANY.items())[: MOST_CHOICES + 1])}]
    ),
    "a code longer than it may be": _with(slides=[SLIDE | {"choices": {"x" * (LONGEST_KEY + 1): ""}}]),
}


def test_a_story_with_300_000_keys_is_refused_wherever_they_stand(capsys: pytest.CaptureFixture[str]) -> None:
    refused = 0
    for text in TOO_MUCH.values():
        with pytest.raises(BadStory):
            read(text)
        refused += 1
    with capsys.disabled():
        print(f" {refused} of {len(TOO_MUCH)} refused ", end="")


def test_as_many_choices_as_there_may_be_are_read() -> None:
    choices = {f"{number:0{LONGEST_KEY}}": "x" * LONGEST_HEADING for number in range(MOST_CHOICES)}
    story = Story("", (Slide("groups", choices),) * MOST_SLIDES)
    assert read(written(story)) == story


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(BadStory):
        read(b"\xff\xfe\x00PK")
