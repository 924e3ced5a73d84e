"""Every choice that a person makes on a page, in one table: for links, stories, the audit and the buttons that clear.

A link and a slide hold choices by their codes. ``CHOICES`` says what each is, and everything else reads it there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from analysis.model.languages import LANGUAGES
from analysis.model.terms import Aim, Area, Holder, Level, OfferKind, Rate, Understanding

ALL = ""
"""The code of "all": nothing is filtered out."""
OWN, SAMPLE = "own", "demonstration"
WINDOWS = ("3", "6", "9", "12")


class Part(StrEnum):
    """What a choice is a part of."""

    DATA = "data"
    """Which data, and how inequality is understood."""
    QUESTION = "question"
    WHERE = "where"
    WHICH = "which"
    """Which kinds of offers."""
    WHEN = "when"
    VIEW = "view"
    """Of what, and how, one chart is drawn."""
    PAGE = "page"
    """What only the page itself knows: no chart is another by it."""


class Values(StrEnum):
    """Where the values of a choice come from."""

    CODES = "codes"
    LANGUAGE = "language"
    MONTH = "month"
    MUNICIPALITY = "municipality"
    REGION = "region"
    DIMENSION = "dimension"
    GROUP = "group"
    NAMES = "names"
    """A workbook or a keyboard: they are in no audit."""


@dataclass(frozen=True)
class Choice:
    """``codes`` are all that it may be, where the program knows them. ``of`` is the choice without which it means
    nothing: what clears that one clears this one too."""

    key: str
    part: Part
    values: Values
    codes: frozenset[str] = frozenset()
    of: str = ""

    @property
    def in_slides(self) -> bool:
        """Whether a slide of a story keeps it."""
        return self.part is not Part.PAGE

    def is_code(self, value: str) -> bool:
        """Whether the value is valid, as far as this is known without data."""
        match self.values:
            case Values.CODES:
                return value in self.codes
            case Values.LANGUAGE:
                return value in LANGUAGES
            case Values.MONTH:
                return re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value) is not None
            case _:
                return True


def _codes(key: str, part: Part, *codes: str) -> Choice:
    return Choice(key, part, Values.CODES, frozenset(codes))


_TABLE = (
    Choice("lang", Part.PAGE, Values.LANGUAGE),
    Choice("municipality", Part.WHERE, Values.MUNICIPALITY),
    Choice("offer", Part.WHERE, Values.NAMES, of="municipality"),
    _codes("kind", Part.WHICH, ALL, *OfferKind),
    _codes("aim", Part.WHICH, ALL, Aim.RECRUITMENT, Aim.COMPLETION),
    Choice("from", Part.WHEN, Values.MONTH),
    Choice("to", Part.WHEN, Values.MONTH),
    _codes("window", Part.WHEN, ALL, *WINDOWS),
    Choice("dimension", Part.QUESTION, Values.DIMENSION),
    _codes("rate", Part.QUESTION, *Rate),
    Choice("group", Part.QUESTION, Values.GROUP, of="dimension"),
    Choice("reference", Part.QUESTION, Values.GROUP, of="dimension"),
    _codes("comparison", Part.QUESTION, "on"),
    _codes("understanding", Part.DATA, *Understanding),
    _codes("data", Part.DATA, OWN, SAMPLE),
    Choice("within", Part.VIEW, Values.DIMENSION, of="dimension"),
    _codes("every", Part.VIEW, "month", "quarter"),
    _codes("aligned", Part.VIEW, "calendar", "aligned"),
    _codes("closed", Part.VIEW, *map(str, range(101))),
    _codes("map", Part.VIEW, "map", "tiles"),
    Choice("region", Part.VIEW, Values.REGION),
    Choice("about", Part.VIEW, Values.MUNICIPALITY),
    _codes("area", Part.VIEW, ALL, *Area),
    _codes("level", Part.VIEW, ALL, *Level),
    _codes("holder", Part.VIEW, ALL, *Holder),
    _codes("shape", Part.VIEW, "triangle", "bars"),
    _codes("ranked", Part.VIEW, "priorities", "votes"),
    _codes("method", Part.VIEW, "borda", "centroid"),
    Choice("action", Part.VIEW, Values.NAMES),
    Choice("search", Part.PAGE, Values.NAMES),
    _codes("order", Part.PAGE, "change", "date", "municipality"),
    _codes("voted", Part.PAGE, "understandings", "actions"),
    Choice("day", Part.PAGE, Values.NAMES),
    Choice("story", Part.PAGE, Values.NAMES),
    Choice("term", Part.PAGE, Values.NAMES),
)
CHOICES: Mapping[str, Choice] = {choice.key: choice for choice in _TABLE}


def keys_of(*parts: Part) -> tuple[str, ...]:
    """The choices that are a part of these."""
    return tuple(key for key, choice in CHOICES.items() if choice.part in parts)


NARROWING = keys_of(Part.WHERE, Part.WHICH, Part.WHEN)
"""Those that leave citizens out."""
CLEARED = keys_of(Part.WHERE, Part.WHICH, Part.WHEN, Part.QUESTION)
"""Those that one button puts back."""
MORE = (*keys_of(Part.WHICH, Part.WHEN), "comparison")
"""Those that are rarely made."""
RECORDED = tuple(key for key, choice in CHOICES.items() if choice.in_slides)
"""Those that tell one export from another."""


def with_dependent(key: str) -> tuple[str, ...]:
    """The choice and those that mean nothing without it."""
    return (key, *(one.key for one in CHOICES.values() if one.of == key))


def in_slide(choices: Mapping[str, str]) -> dict[str, str]:
    """Those of the choices that a slide of a story keeps."""
    return {key: value for key, value in choices.items() if key in CHOICES and CHOICES[key].in_slides}


def impossible(choices: Mapping[str, str]) -> tuple[str, str] | None:
    """The first of the choices that cannot be, whatever data there are, and its value; others are left alone."""
    for key, choice in CHOICES.items():
        if key in choices and not choice.is_code(choices[key]):
            return key, choices[key]
    return None
