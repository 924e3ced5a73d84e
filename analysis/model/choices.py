"""Table of every choice on a page, for links, stories, the audit log and the buttons that clear choices.

Links and slides store choices by their codes. ``CHOICES`` is the only definition of each choice.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from analysis.model.languages import LANGUAGES
from analysis.model.terms import Aim, OfferKind, Rate, Subject, Understanding
from analysis.model.theme_day_terms import Area, Holder, Level

ALL = ""
"""Code of "all": no filter."""
OFF = ""
"""Code of a switch that is off: links omit it."""
OWN, SAMPLE = "own", "demonstration"
WINDOWS = ("3", "6", "9", "12")


class ChoiceGroup(StrEnum):
    """Group of a choice."""

    DATA = "data"
    """Data set, and understanding of inequality."""
    QUESTION = "question"
    WHERE = "where"
    WHICH = "which"
    """Kinds of offers."""
    WHEN = "when"
    VIEW = "view"
    """Content and form of one chart."""
    PAGE = "page"
    """State of the page only; it does not affect charts."""


class Values(StrEnum):
    """Source of the values of a choice."""

    CODES = "codes"
    LANGUAGE = "language"
    MONTH = "month"
    MUNICIPALITY = "municipality"
    REGION = "region"
    DIMENSION = "dimension"
    GROUP = "group"
    NAMES = "names"
    """Free text from a workbook or the user; the audit log never contains it."""


GAPS, THEME_DAYS = frozenset({Subject.GAPS}), frozenset({Subject.THEME_DAYS})
ALL_DATA, NO_DATA = GAPS | THEME_DAYS, frozenset[Subject]()


@dataclass(frozen=True)
class Choice:
    """One choice.

    Parameters
    ----------
    key
        Its name in links, stories and the audit log.
    group
        Its group.
    affects
        The subjects whose data it filters or displays.
    values
        The source of its values.
    codes
        All valid codes, if the program defines them.
    default
        The default code; None if the default depends on the data or the user.
    changes_numbers
        Whether another code changes the numbers of a chart, not only its appearance.
    of
        The choice that it depends on. Clearing that choice also clears this one.
    """

    key: str
    group: ChoiceGroup
    affects: frozenset[Subject]
    values: Values
    codes: frozenset[str] = frozenset()
    default: str | None = None
    changes_numbers: bool = True
    of: str = ""

    @property
    def in_slides(self) -> bool:
        """Whether a slide of a story stores it."""
        return self.group is not ChoiceGroup.PAGE

    def is_code(self, value: str) -> bool:
        """Return whether the value is valid, as far as this can be checked without data."""
        match self.values:
            case Values.CODES:
                return value in self.codes
            case Values.LANGUAGE:
                return value in LANGUAGES
            case Values.MONTH:
                return re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value) is not None
            case _:
                return True


def _codes(
    key: str, group: ChoiceGroup, affects: frozenset[Subject], *codes: str, default: str | None, look_only: bool = False
) -> Choice:
    plain = frozenset(map(str, codes))  # Streamlit treats a member of an enum otherwise than its code.
    code = None if default is None else str(default)
    return Choice(key, group, affects, Values.CODES, plain, code, changes_numbers=not look_only)


def _of_page(key: str, default: str | None = None, *codes: str) -> Choice:
    values = Values.CODES if codes else Values.NAMES
    return Choice(key, ChoiceGroup.PAGE, NO_DATA, values, frozenset(codes), default, changes_numbers=False)


_IN = ChoiceGroup
_TABLE = (
    Choice("lang", _IN.PAGE, NO_DATA, Values.LANGUAGE, changes_numbers=False),
    Choice("municipality", _IN.WHERE, ALL_DATA, Values.MUNICIPALITY, default=ALL),
    Choice("offer", _IN.WHERE, GAPS, Values.NAMES, default=ALL, of="municipality"),
    Choice("adjustment", _IN.WHERE, GAPS, Values.NAMES, of="offer"),
    _codes("kind", _IN.WHICH, GAPS, ALL, *OfferKind, default=ALL),
    _codes("aim", _IN.WHICH, GAPS, ALL, Aim.RECRUITMENT, Aim.COMPLETION, default=ALL),
    Choice("from", _IN.WHEN, GAPS, Values.MONTH),
    Choice("to", _IN.WHEN, GAPS, Values.MONTH),
    _codes("window", _IN.WHEN, GAPS, ALL, *WINDOWS, default=ALL),
    Choice("dimension", _IN.QUESTION, GAPS, Values.DIMENSION),
    _codes("joined", _IN.QUESTION, GAPS, "on", default=OFF),
    _codes("rate", _IN.QUESTION, GAPS, *Rate, default=Rate.COMPLETION),
    Choice("group", _IN.QUESTION, GAPS, Values.GROUP, of="dimension"),
    Choice("reference", _IN.QUESTION, GAPS, Values.GROUP, of="dimension"),
    _codes("comparison", _IN.QUESTION, GAPS, "on", default=OFF),
    _codes("understanding", _IN.DATA, ALL_DATA, *Understanding, default=Understanding.GAP),
    _codes("data", _IN.DATA, ALL_DATA, OWN, SAMPLE, default=OWN),
    Choice("within", _IN.VIEW, GAPS, Values.DIMENSION, default=ALL, of="dimension"),
    _codes("every", _IN.VIEW, GAPS, "month", "quarter", default="quarter"),
    _codes("aligned", _IN.VIEW, GAPS, "calendar", "aligned", default="calendar"),
    _codes("kinds", _IN.VIEW, GAPS, "tags", "aims", "involved", "target", "theme", default="tags"),
    _codes("closed", _IN.VIEW, GAPS, *map(str, range(101)), default="50"),
    _codes("map", _IN.VIEW, GAPS, "map", "tiles", default="map", look_only=True),
    Choice("region", _IN.VIEW, THEME_DAYS, Values.REGION, default=ALL),
    Choice("about", _IN.VIEW, THEME_DAYS, Values.MUNICIPALITY),
    _codes("area", _IN.VIEW, THEME_DAYS, ALL, *Area, default=ALL),
    _codes("level", _IN.VIEW, THEME_DAYS, ALL, *Level, default=ALL),
    _codes("holder", _IN.VIEW, THEME_DAYS, ALL, *Holder, default=ALL),
    _codes("shape", _IN.VIEW, THEME_DAYS, "triangle", "bars", default="triangle", look_only=True),
    _codes("ranked", _IN.VIEW, THEME_DAYS, "priorities", "votes", default="priorities"),
    _codes("method", _IN.VIEW, THEME_DAYS, "borda", "centroid", default="borda"),
    Choice("action", _IN.VIEW, THEME_DAYS, Values.NAMES),
    _of_page("search", ""),
    _of_page("order", "change", "change", "date", "name", "municipality"),
    *(_of_page(key, "") for key in ("result", "tags", "involved", "aims", "practice", "theme", "target", "place")),
    _of_page("case"),
    _of_page("add", OFF, "adjustment"),
    _of_page("voted", "understandings", "understandings", "actions"),
    _of_page("day"),
    _of_page("story"),
    _of_page("term"),
)
CHOICES: Mapping[str, Choice] = {choice.key: choice for choice in _TABLE}


def keys_of(*groups: ChoiceGroup) -> tuple[str, ...]:
    """Return the choices of these groups."""
    return tuple(key for key, choice in CHOICES.items() if choice.group in groups)


NARROWING = keys_of(ChoiceGroup.WHERE, ChoiceGroup.WHICH, ChoiceGroup.WHEN)
"""Choices that filter citizens."""
CLEARED = keys_of(ChoiceGroup.WHERE, ChoiceGroup.WHICH, ChoiceGroup.WHEN, ChoiceGroup.QUESTION)
"""Choices that the clear button resets."""
MORE = (*keys_of(ChoiceGroup.WHICH, ChoiceGroup.WHEN), "comparison")
"""Rarely used choices."""
RECORDED = tuple(key for key, choice in CHOICES.items() if choice.in_slides)
"""Choices that distinguish one export from another."""


def with_dependent(key: str) -> tuple[str, ...]:
    """Return the choice and the choices that depend on it, directly or not."""
    return (key, *(other for one in CHOICES.values() if one.of == key for other in with_dependent(one.key)))


def in_slide(choices: Mapping[str, str]) -> dict[str, str]:
    """Return the choices that a slide of a story stores."""
    return {key: value for key, value in choices.items() if key in CHOICES and CHOICES[key].in_slides}


def impossible(choices: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the first choice whose value is invalid for all data, with that value; unknown choices are ignored."""
    for key, choice in CHOICES.items():
        if key in choices and not choice.is_code(choices[key]):
            return key, choices[key]
    return None
