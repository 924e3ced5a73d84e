"""Parse counts in any common notation."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.intake.sheets import PERCENTAGE, SHOWN_OTHERWISE

MOST = 10**9
IMPLAUSIBLE = 100_000
LONGEST = 400
"""A longer text is not a number: the largest number of a workbook has 309 digits."""

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([., ])\d{3})(?:\1\d{3})*")
_SEVERAL = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})+")
_GROUPED_DECIMALS = re.compile(r"([1-9]\d{0,2}(?:([. ,])\d{3})+)(?!\2)[.,](\d+)")
_DECIMALS = re.compile(r"(?:\d+([.,])(?:\d{1,2}|\d{4,})|(?:0\d*|\d{4,})([.,])\d+)")
_WHOLE_DECIMALS = re.compile(r"(\d+)[.,]0+")
_WITH_UNIT = re.compile(
    r"(\d+) ?(?:stk|pers|personer|borgere|deltagere|citizens|persons|people|innbyggere|deltakere|invånare|deltagare"
    r"|asukasta|henkilöä|osallistujaa|kpl)\.?",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"[-+\N{MINUS SIGN}]?\d+(?:[.,]\d+)?(?:e[-+]?\d+)?|[-+]?(?:inf(?:inity)?|nan)", re.IGNORECASE)
_BELOW = (
    r"under|færre end|mindre end|færre enn|mindre enn|färre än|mindre än|fewer than|less than|below|alle|max"
    r"|maks|højst|høyst|høgst|högst|at most|up to|op til|opp til|upp till|enintään|korkeintaan|vähemmän kuin"
)
_DASH = r"[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}]"
_HELD_BACK = re.compile(
    rf"(?:n ?)?[<\N{{LESS-THAN OR EQUAL TO}}] ?=? ?\d+|=< ?\d+|(?:{_BELOW}) \d+"  # <5, n<5, ≤4, under 5
    rf"|\*+|\.\.+|\N{{HORIZONTAL ELLIPSIS}}|:+|#+|!+|\?+|[†‡§¤]+"
    r"|[cuxs]|[\[(](?:[a-zæøåäö]{1,2}|low|lav|låg|matala)[\])]"  # Letters of statistical offices: c, [c], (x), [low]
    rf"|\(\d\)[*?!]?|\d+ ?[*†‡#!?]+|\d+{_DASH}"  # A number with a mark: (4), 12*, 5-
    r"|i\.? ?o\.?|(?:er )?ikke oplyst|uoplyst|oplyses ikke|ikke opgitt|uoppgitt|oppgis ikke|ej redovisad|redovisas ej"
    r"|ei ilmoiteta|not disclosed|not available|for få|för få|too few|liian vähän"
    r"|diskretioneret|anonymiseret|maskeret|skjult|undertrykt|fortrolig|konfidentiel|anonymisert|maskert|skjermet"
    r"|prikket|konfidensiell|anonymiserad|maskerad|dold|sekretess|sekretessbelagd|konfidentiell|salattu|salainen|peitetty"
    r"|suppressed|hidden|masked|redacted|withheld|confidential|disclosive|low",
    re.IGNORECASE,
)
_PER_CENT = re.compile(r"(\d+(?:[.,]\d+)?) ?(?:%|pct\.?|pro[cs]ent(?:tia)?|per ?cent)", re.IGNORECASE)
_RANGE = re.compile(rf"(\d{{1,4}}) ?{_DASH} ?(\d{{1,4}})")
_DASHES = re.compile(rf"{_DASH}+")
_UNCLEAR = re.compile(
    rf"\.|{_DASH}+|n\.?[/ ]?a\.?|#n/a|null"
    r"|(?:ej|ikke|inte) (?:relevant|aktuelt?|aktuell)|not applicable|ei sovellettavissa",
    re.IGNORECASE,
)


class NotANumber(ValueError):
    """The text is not a number."""


class NotACount(ValueError):
    """The number is negative, not whole, or not finite."""


class ShownOtherwise(NotACount):
    """The cell displays a different number than it contains, and either may be correct."""


def is_suppressed(text: str) -> bool:
    """Return whether the text can only be a suppression mark, such as <5, 0-4 or *."""
    if match := _RANGE.fullmatch(text):
        return int(match[1]) < int(match[2])
    return _HELD_BACK.fullmatch(text) is not None


def may_be_suppressed(text: str) -> bool:
    """Return whether the text is a suppression mark, or means none: a dash, a full stop, NA."""
    return _UNCLEAR.fullmatch(text) is not None


def is_dash(text: str) -> bool:
    """Return whether the text is a dash, which Statistics Denmark writes for zero."""
    return _DASHES.fullmatch(text) is not None


def percentage(text: str, kind: str) -> float | None:
    """Return the share that a cell gives in per cent, as a proportion; None for any other cell.

    A number above 1 in a format of percentages is no share: it can be a count.
    """
    if kind == PERCENTAGE:
        is_share = re.fullmatch(r"(?:0(?:\.\d+)?|1(?:\.0+)?|\d(?:\.\d+)?e-\d+)", text, re.IGNORECASE)
        return float(text) if is_share else None
    match = _PER_CENT.fullmatch(text)
    return float(match[1].replace(",", ".")) / 100 if match and len(text) <= LONGEST else None


class TwoMeanings(ValueError):
    """The number depends on the language by a factor of 1,000: 12,000 and 12.000."""


@dataclass(frozen=True)
class Separators:
    """Thousands and decimal separators; the meaning of all other separators is unknown."""

    thousands: str = ""
    decimals: str = ""


def separators(texts: Iterable[str], usual: str, answer: str | None = None) -> Separators:
    """Infer the separators from the numbers, the user's answer, or the usual thousands separator.

    Parameters
    ----------
    texts : numbers as texts.
    usual : thousands separator of the file's language, empty if unknown. It is ignored if both separators come before
        three digits.
    answer : the user's answer, ``thousands`` or ``decimals``.
    """
    unclear, thousands, decimals = set(), set(), set()
    for text in texts:
        if match := _GROUPED_DECIMALS.fullmatch(text):
            thousands.add(match[2])
        elif match := _SEVERAL.fullmatch(text):
            thousands.add(match[1])
        elif match := _GROUPED.fullmatch(text):
            unclear.add(match[1])
        elif match := _DECIMALS.fullmatch(text):
            decimals.add(match[1] or match[2])
    if answer == "decimals":
        return Separators(decimals=".,")
    signs = {".", ","}
    certain = (thousands & signs) - decimals
    if answer == "thousands":
        certain |= unclear & signs
    elif not certain and unclear & signs == {usual} and usual not in decimals:
        certain = {usual}
    return Separators("".join(sorted(certain)))


@dataclass(frozen=True)
class Count:
    """A count, and whether its notation differed from plain digits."""

    number: int
    rewritten: bool = False


def count(text: str, kind: str, known: Separators) -> Count:
    """Parse a count from the text and kind of a cell. Raises ``NotACount``, ``NotANumber`` or ``TwoMeanings``."""
    if kind in {SHOWN_OTHERWISE, PERCENTAGE}:
        raise ShownOtherwise(text)
    if len(text) > LONGEST:
        raise NotANumber(text)
    if text.isdecimal() and int(text) <= MOST:
        return Count(int(text))
    if kind != "n":
        if (match := _GROUPED_DECIMALS.fullmatch(text)) and not match[3].strip("0"):
            return Count(int(re.sub(r"\D", "", match[1])), rewritten=True)
        if match := _GROUPED.fullmatch(text):
            if match[1] in f" {known.thousands}":
                return Count(int(re.sub(r"\D", "", text)), rewritten=True)
            if match[1] not in known.decimals:
                raise TwoMeanings(text)
        if match := _WHOLE_DECIMALS.fullmatch(text) or _WITH_UNIT.fullmatch(text):
            return Count(int(match[1]), rewritten=True)
    if _FRACTION.fullmatch(text):
        raise NotACount(text)
    raise NotANumber(text)
