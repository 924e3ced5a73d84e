"""Built-in stories for the demonstration data."""

from analysis.i18n import Wording
from analysis.model.story import Slide, Story

SAMPLE = {"data": "demonstration"}
PLACE = {"municipality": "Holbæk"}


def ready_stories(wording: Wording) -> dict[str, Story]:
    """Return the built-in stories by id, in this language."""
    return {
        "laks": Story(wording.text("LAKS in ten minutes"), _laks(wording)),
        "one-municipality": Story(wording.text("One municipality"), _one_municipality(wording)),
        "understandings": Story(wording.text("How we understand inequality"), _understandings(wording)),
    }


def _slide(exhibit: str, note: str, **choices: str) -> Slide:
    return Slide(exhibit, SAMPLE | choices, note=note)


def _laks(wording: Wording) -> tuple[Slide, ...]:
    text = wording.text
    return (
        _slide("groups", text("Say what a gap is, show before, and only then after.")),
        _slide("dimensions", text("Education is one way to look. Where do the groups lie furthest apart?")),
        _slide("parts", text("Is it harder to come in, or to stay?")),
        _slide("path", text("Follow one hundred invited citizens of one group on their way.")),
        _slide("municipality_map", text("Six municipalities took part. Let them find their own.")),
        _slide("levels", text("Point at one row at a time with the arrow keys.")),
        _slide("changes", text("An interval that crosses the line can mean no change at all.")),
        _slide("extremes", text("Ask what those at the top did: the adjustments page tells.")),
        _slide("offer_changes", text("One municipality, offer by offer."), municipality="Halsnæs"),
        _slide("over_time", text("Did it begin before the adjustment?"), aligned="aligned"),
        _slide("more_citizens", text("That is what it means in people. It is arithmetic, not a forecast.")),
        _slide("reached_map", text("The theme days: how far has the work come? Thank you.")),
    )


def _one_municipality(wording: Wording) -> tuple[Slide, ...]:
    text = wording.text
    return (
        _slide("groups", text("Say what a gap is, show before, and only then after."), **PLACE),
        _slide("parts", text("Is it harder to come in, or to stay?"), **PLACE),
        _slide("offer_changes", text("One municipality, offer by offer."), **PLACE),
        _slide("over_time", text("Did it begin before the adjustment?"), **PLACE),
        _slide("own_understanding", text("How do your own politicians see it?"), **PLACE),
    )


def _understandings(wording: Wording) -> tuple[Slide, ...]:
    text = wording.text
    return (
        _slide("groups", text("How do the worst-off fare?"), understanding="disadvantaged"),
        _slide("groups", text("The same numbers: how far apart are the ends?"), understanding="gap"),
        _slide("groups", text("And again: how steep is it across everyone?"), understanding="gradient"),
        _slide("understood_triangle", text("Where would you put your own municipality?")),
        _slide("by_holder", text("Politicians and practitioners need not see it alike.")),
    )
