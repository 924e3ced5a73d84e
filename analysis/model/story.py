"""A story: views one after the other, each with a heading and a speaker's note, to be told from a stage."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.text.invisible_characters import visible

LONGEST_NAME, LONGEST_HEADING, LONGEST_NOTE = 80, 120, 2_000
"""Characters."""
MOST_SLIDES = 60
MOST_CHOICES, LONGEST_KEY = 100, 40
"""Choices of one slide, and characters of a choice's code. No other object of a story has as many keys either."""
FORMAT = "lige-adgang-story"


class BadStory(ValueError):
    """The text is no story as ``as_json`` writes them."""


@dataclass(frozen=True)
class Slide:
    """One view: an exhibit by its key, the choices it is made with by their codes, and what the speaker adds to it."""

    exhibit: str
    choices: Mapping[str, str] = field(default_factory=dict)
    heading: str = ""
    note: str = ""


@dataclass(frozen=True)
class Story:
    name: str
    slides: tuple[Slide, ...] = ()


def texts_of(story: Story) -> list[str]:
    """Every text of the story, whoever wrote it: a file may hold anything in any of them."""
    texts = [story.name]
    for slide in story.slides:
        texts += [slide.exhibit, slide.heading, slide.note, *slide.choices, *slide.choices.values()]
    return texts


def as_json(story: Story) -> str:
    """The story as a text that ``from_json`` reads. Raises ``BadStory`` where it is longer than one may be."""
    slides = [
        {"exhibit": slide.exhibit, "choices": dict(slide.choices), "heading": slide.heading, "note": slide.note}
        for slide in story.slides
    ]
    content = {"format": FORMAT, "name": story.name, "slides": slides}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    from_json(text)
    return text


def from_json(text: str | bytes) -> Story:
    """The story of a file. Raises ``BadStory`` for anything else, and for what is longer than a story may be."""
    try:
        content = json.loads(text)
        json.dumps(content, ensure_ascii=False).encode()  # Half a pair of surrogates is no text.
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
