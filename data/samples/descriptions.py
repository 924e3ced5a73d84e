"""The stories of the adjustments: how each was made and tested. All synthetic, written by hand.

``descriptions.toml`` has one entry for each adjustment of ``offers.csv``; ``generate.py`` writes the result. Free texts
are Danish in every workbook; tags, states and decisions are words of the language of the workbook.
"""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import KINDS, Form, SheetKind

STORIES = Path(__file__).parent / "descriptions.toml"
ADJUSTMENT = ("municipality", "offer", "title")
"""Fields that name an adjustment, in ``offers.csv`` and in ``descriptions.toml``."""

Story = dict[str, Any]


def stories(adjusted: Iterable[Mapping[str, str]]) -> list[Story]:
    """Return the story of each of these adjustments, rows of ``offers.csv``, in their order.

    Raises ``ValueError`` if an adjustment has no story or several, or if a story is of an unknown adjustment.
    """
    with STORIES.open("rb") as file:
        entries: list[Story] = tomllib.load(file)["adjustment"]
    by_name = {_name(entry): entry for entry in entries}
    if len(by_name) < len(entries):
        raise ValueError(f"{STORIES.name} has an adjustment twice.")
    names = [_name(row) for row in adjusted]
    if apart := set(names) ^ set(by_name):
        raise ValueError(f"Only one of offers.csv and {STORIES.name} has {sorted(apart)}.")
    return [by_name[name] for name in names]


def sheets(described: Iterable[Story], language: str) -> list[tuple[SheetKind, list[list[Any]]]]:
    """Return the sheets of descriptions and of test rounds, each with its rows."""
    descriptions, rounds = KINDS[Form.DESCRIPTIONS], KINDS[Form.TEST_ROUNDS]
    texts: list[list[Any]] = []
    tried: list[list[Any]] = []
    for story in described:
        name = dict(zip(ADJUSTMENT, _name(story), strict=True))
        own = {key: value for key, value in story.items() if key not in {"rounds", "own_tags"}}
        tags = [*(word_in("tag", key, language) for key in story["tags"]), *story.get("own_tags", ())]
        texts.append(_row(descriptions, own | {"tags": ", ".join(tags)}, language))
        tried += [_row(rounds, name | entry, language) for entry in story["rounds"]]
    return [(descriptions, texts), (rounds, tried)]


def _name(entry: Mapping[str, Any]) -> tuple[str, str, str]:
    municipality, offer, title = (entry[key] for key in ADJUSTMENT)
    return municipality, offer, title


def _row(kind: SheetKind, cells: Mapping[str, Any], language: str) -> list[Any]:
    """Return the cells in the order of the columns. Raises ``ValueError`` if a cell has no column."""
    keys = [column.key for column in kind.columns]
    if unknown := set(cells) - set(keys):
        raise ValueError(f"{STORIES.name}: no column for {sorted(unknown)}.")
    words = {key: word_in(key, cells[key], language) for key in ("practice", "decision") if key in cells}
    return [words.get(key, cells.get(key)) for key in keys]
