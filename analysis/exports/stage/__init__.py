"""A story as one HTML file that works offline: for reading, printing and presenting on a stage, in every language."""

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from analysis.charts.engine import as_json
from analysis.charts.palette import Theme, palette
from analysis.charts.rows import row_headings
from analysis.exhibits.exhibit import ChartStyle, StorySlide
from analysis.exports.scripts import engine_script, stage_script
from analysis.exports.typeface import typeface
from analysis.i18n import LANGUAGES, Wording, wording

TEXT_SIZE = 27
"""Text size in pixels, for a stage 1080 pixels high. The smallest text of a chart is two pixels smaller."""
COLUMN = 560
"""Width of the column for headings, in pixels of 1920."""
_HERE = Path(__file__).parent


def document(name: str, slides: Mapping[str, Sequence[StorySlide]], *, language: str, theme: Theme) -> str:
    """Return an HTML page with the slides in each of their languages; it opens in ``language``.

    Fragment ``#stage`` opens the presentation and ``#speaker`` the speaker view; without a fragment it is for reading.
    """
    look: ChartStyle = {"theme": theme, "text_size": TEXT_SIZE}
    content = {
        "name": name,
        "language": language,
        "languages": {code: LANGUAGES[code].name for code in slides},
        "language_keys": {LANGUAGES[code].stage_key: code for code in slides},
        "words": {code: _words(wording(code)) for code in slides},
        "slides": {code: [_slide(one, look, wording(code)) for one in own] for code, own in slides.items()},
    }
    page = (_HERE / "stage.html").read_text("utf-8")
    parts = {
        "language": language,
        "name": escape(name),
        "style": typeface() + _colours(theme) + (_HERE / "stage.css").read_text("utf-8"),
        "engine": engine_script(),
        "story": json.dumps(content, ensure_ascii=False).replace("<", "\\u003c"),
        "script": stage_script(),
    }
    # Replace all at once: a name or a note may contain the placeholder of another part.
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], page)


def _slide(slide: StorySlide, look: ChartStyle, wording: Wording) -> dict[str, Any]:
    one = slide.exhibit
    if one is None:
        missing = slide.in_its_place(wording)
        return {"title": slide.title or missing, "sentence": missing if slide.title else "", "note": slide.note}
    with row_headings(COLUMN):
        figure = as_json(one.draw(look))
    provenance, numbers = one.provenance, one.texts
    return {
        "title": slide.title,
        "sentence": one.answers,
        "foot": [*one.foot[:1], provenance.in_words, provenance.source],
        "notes": [line for line in provenance.notes if line not in one.foot[:1]],
        "synthetic": provenance.synthetic,
        "note": slide.note,
        "figure": json.loads(figure),
        "table": {"head": list(numbers.columns), "rows": numbers.to_numpy().tolist()},
    }


def _words(wording: Wording) -> dict[str, str]:
    text = wording.text
    keys = ", ".join(f"{one.stage_key.upper()} {wording.language_name(code)}" for code, one in LANGUAGES.items())
    return {
        "start": text("Press a key or click to begin in full screen."),
        "present": text("Present"),
        "numbers": text("The numbers as a table"),
        "next": text("Next"),
        "last": text("That was the last view."),
        "note": text("Speaker's note"),
        "clock": text("Clock"),
        "passed": text("Since the start"),
        "synthetic": text("Synthetic demonstration data"),
        "blocked": text("The browser did not allow a second window: allow pop-ups for this page."),
        "help": text("Keys"),
        "forward": text("On: right arrow, Page Down, space"),
        "back": text("Back: left arrow, Page Up"),
        "ends": text("First and last: Home, End"),
        "row": text("Point at a row: arrow down and up, or a click"),
        "blank": text("Blank screen: B or full stop"),
        "language": text("Language: {keys}; L the next one", keys=keys),
        "speaker": text("The speaker's window: W"),
        "full": text("Full screen: F5; leave it: Escape"),
    }


def _colours(theme: Theme) -> str:
    own = palette(theme)
    names = ("background", "ink", "muted", "line", "after", "widened")
    return ":root{" + "".join(f"--{name}:{getattr(own, name)};" for name in names) + "}"
