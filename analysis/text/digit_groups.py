"""Identity numbers with their digits in other groups than the usual ones."""

import itertools
import re
from collections.abc import Iterator, Sequence

from analysis.text.check_digits import is_date
from analysis.text.strength import FIRST_YEAR_OF_EXPORTS, Strength, of_digits
from analysis.text.units import UNIT

_DIGITS = re.compile(r"\d+")
_GROUPS = re.compile(r"(?<![\d+:])(?<!\d[.,/-])\d+(?:(?: ?[-/_] ?|\. ?|[ ,'])\d+)+(?![\d:])")
"""Digits in any number of groups."""


def in_odd_groups(text: str) -> Iterator[Strength]:
    """Yield digits in any grouping, except the usual grouping of other numbers. A single group is matched elsewhere."""
    for found in _GROUPS.finditer(text):
        if not UNIT.match(text, found.end()):
            yield from (_of_groups(run) for run in {found[0], *found[0].split(" ")})


def _of_groups(run: str) -> Strength:
    groups = _DIGITS.findall(run)
    digits = "".join(groups)
    if len(groups) < 2 or not 10 <= len(digits) <= 12:
        return Strength.NONE
    between = [one.strip() or " " for one in re.findall(r"(?<=\d)\D+(?=\d)", run)]
    if len(digits) == 12:
        return _of_whole_year_in_groups(groups, between)
    if _are_groups_of_others(groups, between):
        is_amount = set(map(len, groups[1:])) == {3} and len(set(between)) == 1
        return Strength.DECIMAL if is_amount and is_date(digits[:6]) else Strength.NONE
    if len(digits) == 10 and is_date(digits[:6]):
        ends = [end for end in itertools.accumulate(map(len, groups)) if end <= 6]
        return Strength.BARE if 6 in ends and not any(end % 2 for end in ends) else Strength.GROUPED
    return Strength.GROUPED if of_digits(digits, lost_zero=False) else Strength.NONE


def _of_whole_year_in_groups(groups: Sequence[str], between: Sequence[str]) -> Strength:
    """Grade a date with a four-digit year, followed by four digits in any grouping."""
    parts = next((count for count in (1, 3) if sum(map(len, groups[:count])) == 8), 0)
    if not parts or (parts == 3 and max(map(len, groups[:2])) > 2 and len(groups[0]) != 4):
        return Strength.NONE
    date, rest = "".join(groups[:parts]), "".join(groups[parts:])
    year_first = len(groups[0]) == 4 or (parts == 1 and date[4:6] not in {"18", "19", "20"})
    year, six = (date[:4], date[6:] + date[4:6] + date[2:4]) if year_first else (date[4:], date[:4] + date[6:])
    if year[:2] not in {"18", "19", "20"} or not is_date(six):
        return Strength.NONE
    if int(year) < FIRST_YEAR_OF_EXPORTS:
        return Strength.BARE if len(groups) > parts + 1 or len(set(between[:parts])) > 1 else Strength.NONE
    is_time = rest[:2] <= "24" and rest[2:] < "60"
    return Strength.BARE if len(groups) == parts + 1 and between[-1] == "-" and not is_time else Strength.NONE


def _are_groups_of_others(groups: Sequence[str], between: Sequence[str]) -> bool:
    """Return whether ten or eleven digits have the grouping of a telephone number, an amount or a coordinate."""
    lengths = tuple(map(len, groups))
    decimals = "," in between and not groups[0].startswith("0")
    if max(lengths) <= 2:
        return not _are_date_and_pairs(groups, between)
    if lengths in {(3, 3, 2, 2), (2, 3, 3, 2)} or (lengths == (4, 2, 2, 2) and set(between[1:]) == {" "}):
        return True  # A telephone number.
    if decimals or (len(groups) == 2 and between[0] in ".,") or tuple(between) in _COORDINATES:
        return True
    if set(between) == {"."} and max(lengths) <= 3:
        return True  # An amount or an IP address.
    if not groups[0].startswith("0") and lengths[0] <= 3 and set(lengths[1:]) == {3}:
        return True  # An amount.
    if any("1990" <= one < "2100" for one in groups[:-1] if len(one) == 4):
        return True  # A year and other numbers.
    if len(groups[-1]) == 4 and "1990" <= groups[-1] < "2100" and max(lengths[:-1]) <= 2:
        return True
    if lengths == (2, 4, 4) and between[1] != "/":
        return False  # A day, then a month with the year.
    return lengths[0] == 2 and between[0] == "/" and lengths[1] >= 4  # A case number that begins with its year.


_COORDINATES = {(".", one, ".") for one in " ,-"} | {(",", " ", ",")}


def _are_date_and_pairs(groups: Sequence[str], between: Sequence[str]) -> bool:
    """Return whether pairs of digits are a date and four digits that are not a time of day in the export years."""
    if set(map(len, groups)) != {2} or len(groups) != 5:
        return False
    if len(set(between[1:])) == 1 and not set(between) <= {"-", " ", ".", "/"}:
        return False
    in_our_time = "10" <= groups[2] <= "60"
    return between[0] == between[1] and not (in_our_time and groups[3] <= "24" and groups[4] < "60")
