"""Adjustments as a story for the stage: a slide for each, with the chart of its offer and notes for the speaker."""

from collections.abc import Mapping, Sequence

from analysis.exhibits.adjustments.results import WithResult
from analysis.i18n import Wording
from analysis.model.story import LONGEST_HEADING, LONGEST_NOTE, MOST_SLIDES, Slide, Story


def story_of(chosen: Sequence[WithResult], choices: Mapping[str, str], wording: Wording) -> Story:
    """Return a story of the adjustments whose offers have numbers, in their order; ``choices`` hold the question."""
    name = wording.text("What was tried, and what happened?")
    with_numbers = [one for one in chosen if one.change is not None][:MOST_SLIDES]
    return Story(name, tuple(_slide(one, choices, wording) for one in with_numbers))


def _slide(one: WithResult, choices: Mapping[str, str], wording: Wording) -> Slide:
    made = one.adjustment
    place = {"municipality": made.municipality, "offer": made.offer, "adjustment": made.code}
    texts = {
        wording.text("Challenge"): made.texts.get("challenge", ""),
        wording.text("What we did"): made.what_changed,
        wording.text("Advice to others"): made.texts.get("advice", ""),
    }
    learned = [f"{a_round.mark} {a_round.learned}" for a_round in made.rounds if a_round.learned]
    note = "\n".join([*(f"{name}: {text}" for name, text in texts.items() if text), *learned])
    heading = f"{made.title} · {made.offer}, {made.municipality}"
    return Slide("over_time", {**choices, **place}, heading[:LONGEST_HEADING], note[:LONGEST_NOTE])
