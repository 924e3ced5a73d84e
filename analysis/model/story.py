"""A story: a sequence of slides for presentation, each with a heading and a speaker's note."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.text.invisible_characters import visible

LONGEST_NAME, LONGEST_HEADING, LONGEST_NOTE = 80, 120, 2_000
"""Maximum lengths in characters."""
MOST_SLIDES = 60
MOST_CHOICES, LONGEST_KEY = 100, 40
"""Maximum choices of a slide, and characters of a choice's key. No other object of a story has more keys."""
FORMAT = "lige-adgang-story"


class BadStory(ValueError):
    """The text is not a valid story in the format of ``as_json``."""


@dataclass(frozen=True)
class Slide:
    """One slide: the key of its exhibit, the codes of its choices, and the heading and note of the speaker."""

    exhibit: str
    choices: Mapping[str, str] = field(default_factory=dict)
    heading: str = ""
    note: str = ""


@dataclass(frozen=True)
class Story:
    name: str
    slides: tuple[Slide, ...] = ()


def texts_of(story: Story) -> list[str]:
    """Return every text of the story. All of them are untrusted, because a file may contain any text."""
    texts = [story.name]
    for slide in story.slides:
        texts += [slide.exhibit, slide.heading, slide.note, *slide.choices, *slide.choices.values()]
    return texts


def as_json(story: Story) -> str:
    """Serialise the story for ``from_json``. Raises ``BadStory`` if it exceeds the limits."""
    slides = [
        {"exhibit": slide.exhibit, "choices": dict(slide.choices), "heading": slide.heading, "note": slide.note}
        for slide in story.slides
    ]
    content = {"format": FORMAT, "name": story.name, "slides": slides}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    from_json(text)
    return text


def from_json(text: str | bytes) -> Story:
    """Parse a story. Raises ``BadStory`` if the text is invalid or exceeds the limits."""
    try:
        content = json.loads(text)
        json.dumps(content, ensure_ascii=False).encode()  # Unpaired surrogates are not valid text.
    except (ValueError, RecursionError) as error:
        raise BadStory from error
    if not isinstance(content, dict) or content.get("format") != FORMAT or not isinstance(content.get("slides"), list):
        raise BadStory
    if len(content["slides"]) > MOST_SLIDES or len(content) > MOST_CHOICES:
        raise BadStory
    return Story(_text(content, "name", LONGEST_NAME), tuple(_slide(slide) for slide in content["slides"]))


def _slide(content: Any) -> Slide:
    if not isinstance(content, dict) or not isinstance(content.get("choices"), dict):
        raise BadStory
    choices = content["choices"]
    if max(len(content), len(choices)) > MOST_CHOICES or any(len(key) > LONGEST_KEY for key in choices):
        raise BadStory
    if not all(isinstance(value, str) and len(value) <= LONGEST_HEADING for value in choices.values()):
        raise BadStory
    heading, note = _text(content, "heading", LONGEST_HEADING), _text(content, "note", LONGEST_NOTE)
    return Slide(_text(content, "exhibit", LONGEST_NAME), choices, heading, note)


def _text(content: Mapping[str, Any], name: str, longest: int) -> str:
    text = content.get(name)
    if not isinstance(text, str) or len(text) > longest:
        raise BadStory
    return visible(text)
