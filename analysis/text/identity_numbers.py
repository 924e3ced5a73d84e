"""Find Danish, Icelandic, Norwegian, Swedish and Finnish identity numbers in any text and any notation.

``plain_digits`` first normalises the text, so full-width digits, invisible characters and the kind of space or dash
make no difference. Check digits decide where the country still guarantees them: Norway, Sweden and Finland. In Denmark,
modulus 11 has not been reliable since 2007. Every Icelandic personal number has the format of a Danish one.

This module uses only the standard library, because the processes that read files use it too.
"""

import itertools
import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import IntEnum

from analysis.text.check_digits import is_date, is_finnish, is_norwegian, is_swedish
from analysis.text.month_names import with_months_in_digits
from analysis.text.plain_digits import MOJIBAKE, normalised, recoded


class Strength(IntEnum):
    """Degree of certainty that a text is an identity number."""

    NONE = 0
    DECIMAL = 1
    """A single number: a date, then four decimals; or an amount. The other such numbers of the column decide."""
    TIMESTAMP = 2
    """A date, followed by digits that can be a time of day."""
    GROUPED = 3
    """Starts with a date or has valid check digits, but in other groups: 1 in 20 grouped numbers do so by chance."""
    CHECKED = 4
    """Only digits, with valid Norwegian or Swedish check digits: 1 in some hundred numbers has them by chance."""
    BARE = 5
    """Only digits, starting with a date: a production unit, an area code or a telephone number can look the same."""
    CERTAIN = 6
    """Written in the usual notation of an identity number, or labelled as one."""


class HoldsIdentityNumber(ValueError):
    """A text to be stored contains an identity number. The message never repeats it."""

    def __init__(self) -> None:
        super().__init__("a text looks like a national identity number")


_BETWEEN = r"[\W_]{0,12}"
_LIKELY = re.compile(r"\d{5}|\d\d([ ./-])\d\d\1\d\d|\d[\W_]\d[\W_]\d[\W_]\d|\d(?:[\W_]{0,3}\d){7}")
"""Every pattern below contains one of these."""
_NO_NUMBER = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|0x[0-9a-f]{16,}"
    r"|(?<![0-9a-z])(?=[0-9]*[a-f])[0-9a-f]{16,}(?![0-9a-z])",
    re.IGNORECASE,
)
"""Document ids and hashes: GUIDs, content types, long hexadecimal numbers."""
_SHORTEST_NO_NUMBER = 16
_ONE_LONG_NUMBER = re.compile(r"\D*\d{9,13}\D*")
"""Letters around one number. In a hash, letters and digits alternate."""

_TAIL = r"(?!\d)(?![.,](?!0+(?!\d))\d{1,8}(?!\d))"
"""End of a number: no further digit, and no decimals except zeros."""
_APART = re.compile(r"(?<!\d)(\d{6})([\W_]{1,12})(\d{4}|(?<=-)\d\d \d\d)(?!\d)")
_APART_BY_A_WORD = re.compile(r"(?<!\d)(\d{6})[\W_]{0,3}[^\W\d_]{1,4}[\W_]{0,3}(\d{4})(?!\d)")
_TURNED_ROUND = re.compile(r"(?<!\d)(?!(?:19|20)\d\d)\d{4}[ _-]{1,3}(\d{6})(?!\d)")
_PADDED = re.compile(r"(?<![\d.,])0{1,6}(\d{10})(?!\d)")
_BARE = re.compile(rf"(?<!\d)(?<!\d[.,])(\d{{10}}){_TAIL}")
_BARE_IN_TEXT = re.compile(r"(?<!\d)(?:(?<!\d[.,])|(?<![\d.,][1-9]\.)(?<=[1-9]\.)(?=0))(\d{10})(?!\d)")
"""In free text, the digits after or before a comma or a point can be a separate number."""
_LONG = re.compile(rf"(?<!\d)(\d{{8}})({_BETWEEN})(\d{{4}})(?!\d)")
_NAMES = r"cpr|person ?-?n|personal ?id|fødselsn|foedselsn|födelsen|fnr|henkilö|hetu|kennit|ssn"
"""Prefixes of the names of identity numbers."""
_NAME_BEFORE = re.compile(rf"(?:{_NAMES})\D{{0,24}}$", re.IGNORECASE)
FIRST_YEAR_OF_EXPORTS = 2010
"""First year in which programs exported data.

Before it, a date of eight digits plus four digits of a time is an identity number. After it, this can be the timestamp
of an export.
"""
_NORWEGIAN = re.compile(rf"(?<!\d)(?<!\d[.,])(\d{{6}})([\W_]{{0,4}})(\d{{3}}[ -]?\d\d){_TAIL}")
_FINNISH = re.compile(
    r"(?<!\d)(\d{6})[\W_]{0,3}[-+A-FU-Y]?[\W_]{0,3}(\d{3})[ _-]{0,3}([A-FHJ-NPR-Y])(?![^\W_])"
    r"|(?<!\d)(\d{6}) ?[-+A-FU-Y] ?(\d{3})([0-9A-FHJ-NPR-Y])(?!\d)",
    re.IGNORECASE,
)
_DATE_OF_WHOLE_YEAR = re.compile(
    r"(?<!\d)(\d\d)([ ./-]?)(\d\d)\2(?:18|19|20)(\d\d)(?=[-+A-FU-Y \W_]{1,4}\d{3}[ _-]?[0-9A-Z])", re.I
)
_LOST_ZERO = re.compile(rf"[\W_]*([1-9]\d{{4}})[- ]{{0,2}}(\d{{4,5}}){_TAIL}(?:[.,]0+)?[\W_]*")
_SCIENTIFIC = re.compile(r"[\W_]*(\d(?:[.,]\d+)?[eE]\+?0{0,3}\d)[\W_]*")
_NAMED = re.compile(rf"(?:{_NAMES}|fødsels|foedsels)\D{{0,24}}(\d{{9,12}})(?!\d)", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(?<!\d[./-])(\d\d)([ ./-])(\d\d)\2(\d\d)(?=[\W_]{0,4}(?:[A-FU-Y] ?)?\d{3})", re.IGNORECASE)
_SPACED_DATE = re.compile(r"(?<!\d)(?<!\d )(?:(\d\d) (\d{4})|(\d{4}) (\d\d))(?= ?-? ?\d{4,5}(?!\d))")
_LONG_DATE = re.compile(r"(?<!\d)(\d\d)([ ./-])(\d\d)\2((?:18|19|20)\d\d)(?=[\W_]{0,12}\d{4}(?!\d))")
_ISO_DATE = re.compile(r"(?<!\d)((?:18|19|20)\d\d)([ ./-])(\d\d)\2(\d\d)(?=[\W_]{0,12}\d{4}(?!\d))")
_DIGIT_BY_DIGIT = re.compile(r"(?<![^\W_])\d(?:[\W_]\d){8,11}(?![^\W_])")
_DIGITS = re.compile(r"\d+")
_LONG_GAP = re.compile(r"([ _-])\1+")
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_MONEY = r"(?:kr|kroner|dkk|nok|sek|eur|€)"
_UNITS = rf" ?(?:(?:{_MONEY}|stk|pct|deltagere|deltagende|borgere|borgerne)(?![^\W_])|%)"
_UNIT = re.compile(_UNITS, re.IGNORECASE)
_MONEY_AFTER = re.compile(rf" ?{_MONEY}(?![^\W_])|,-(?! ?\d)", re.IGNORECASE)
_SHORT_DATE = re.compile(
    rf"(?<!\d)(?<!\d[.,/-])(?:({_YEAR}) ?([./-]) ?({_MONTH}) ?\2 ?({_DAY})"
    rf"|({_DAY}) ?([./-]) ?({_MONTH}) ?([./-] ?| (?={_YEAR}))({_YEAR}|\d\d))(?!\d|\.\d|[\W_]{{0,12}}\d{{4}}{_UNITS})",
    re.IGNORECASE,
)
"""A date with one-digit parts or with spaces. Four numbers separated by points are a software version."""
_SPACED = re.compile(r"\d(?: [./-]|[./-] )")
_MIXED = re.compile(r"\d\d([./-])\d\d(?!\1)[./-]\d\d")
_SHORT_STAMP = re.compile(
    r"(?<!\d)(?<!\d[./-])(?:0[1-9]|[12]\d|3[01])([./-])(?:0[1-9]|1[0-2])\1[1-3]\d"
    r"(?: | ?\(|\.)(?:[01]\d|2[0-3])[0-5]\d(?!\d)"
)
"""A date of the export years with a two-digit year, followed by a time of day."""
_WITHIN = r"(?: ?[-/_] ?|\. ?|[ ,:])?"
_RUN_CALLED_ONE = re.compile(
    rf"(?:{_NAMES})(?:(?!tlf|tel|mobil|puh)\D){{0,24}}?(?<!\d)(\d(?:{_WITHIN}\d){{8,9}})(?!{_WITHIN}\d)", re.IGNORECASE
)
_PARTS = r"(?<!\d)(\d\d[ ./-]?\d\d[ ./-]?(?:18|19|20)?\d\d)"
_PARTS_CALLED_ONE = re.compile(rf"(?:{_NAMES})\D{{0,24}}{_PARTS}(?!{_UNITS})\D{{1,12}}(\d{{4}})(?!\d)", re.IGNORECASE)
_NAME_BETWEEN_PARTS = re.compile(
    rf"{_PARTS}[\W_]{{0,4}}(?:{_NAMES})[^\W\d_]{{0,12}}[\W_]{{0,4}}(\d{{4}})(?!\d)", re.IGNORECASE
)
_WRITTEN_DATE = rf"(?:{_DAY}[./-]{_MONTH}[./-](?:{_YEAR}|\d\d)|{_YEAR}[./-]{_MONTH}[./-]{_DAY})"
_MOMENT = rf"{_WRITTEN_DATE}(?:[ T]\d\d[.:]\d\d)?"
_OUR_YEAR = r"(?:199\d|20\d\d)"
_NO_REST = r"(?![.,/-]?\d|[ ._/-]*(?:[A-FU-Y] ?)?\d(?:[ ._/-]?\d){2})"
"""Lookahead: the last date or year does not begin an identity number."""
_DATES = re.compile(
    rf"(?<!\d)(?<!\d[.,/-])(?:{_OUR_YEAR} (?:[/-] )?{_WRITTEN_DATE}|{_MOMENT}(?:[\W_]{{1,12}}{_MOMENT})+){_NO_REST}",
    re.IGNORECASE,
)
"""Consecutive dates, or a date after a year."""
_DATE_AND_YEAR = re.compile(
    rf"(?<!\d)(?<!\d[.,/-])({_WRITTEN_DATE})[\W_]{{1,12}}({_OUR_YEAR}){_NO_REST}", re.IGNORECASE
)
_CALLED_OTHERWISE = re.compile(
    r"(?<![^\W_])(?:(?-i:P)(?= 10[0-3]\d{7}(?!\d))|p[-. ]?(?:nr|nummer|number|enhed)|cvr(?:[- ]?(?:nr|nummer))?"
    r"|ean(?:[- ]?(?:nr|nummer|lokationsnummer))?|se-(?:nr|nummer)"
    r"|(?:tlf|tel|telefon|mobil|puh|puhelin)(?:[-. ]?(?:nr|nummer|no|numero))?)[.:]{0,2} ?"
    r"(?!\d{6}\D{1,3}\d{4})\+?\d(?:[ .]?\d|(?<=\d\d\d)-\d(?!\d{3}(?!\d))){7,13}(?![ -]?\d)",
    re.IGNORECASE,
)
"""A number that the text labels as something else and that does not have the notation of an identity number."""
_CALLED_ONE = re.compile(_NAMES, re.IGNORECASE)
_GROUPS = re.compile(r"(?<![\d+:])(?<!\d[.,/-])\d+(?:(?: ?[-/_] ?|\. ?|[ ,'])\d+)+(?![\d:])")
"""Digits in any number of groups."""
_IN_GROUPS = re.compile("222[3-9]|22[5-9]|24[4-9]|42[4-9]|2244|4224")
"""Lengths of the digit groups in which a date in groups is followed by the rest of the number."""
FEWEST_DIGITS = 9
_RIGHT_TO_LEFT = "\u202e"
"""Characters after it are displayed from right to left."""


def strength(text: str, *, is_number: bool = False) -> Strength:
    """Return how certain it is that the text contains an identity number.

    With ``is_number`` the text is a number, in which a point or a comma begins the decimals.
    """
    seen = _strength_of(normalised(text), is_number)
    if not seen and _RIGHT_TO_LEFT in text:
        return _strength_of(normalised(text[::-1]), is_number)
    if not seen and MOJIBAKE.search(text):
        return _strength_of(normalised(recoded(text)), is_number)
    return seen


def _strength_of(text: str, is_number: bool) -> Strength:
    if text.isdecimal() and len(text) < 11:
        return _of_digits(text) if len(text) >= FEWEST_DIGITS else Strength.NONE
    if "  " in text or "--" in text or "__" in text:
        text = _LONG_GAP.sub(r"\1", text)
    text = with_months_in_digits(text)
    if not _LIKELY.search(text):
        return Strength.NONE
    seen = max(_strengths(text, is_number), default=Strength.NONE)
    if seen and len(text) >= _SHORTEST_NO_NUMBER:
        return max(_strengths(_NO_NUMBER.sub(_without_hash, text), is_number), default=Strength.NONE)
    return seen


def _without_hash(found: re.Match[str]) -> str:
    return found[0] if _ONE_LONG_NUMBER.fullmatch(found[0]) else " … "


FEWEST_COMPARED = 8
"""Minimum number of different long numbers before the share of apparent identity numbers counts."""
MOST_BY_CHANCE = 0.05
"""Maximum share of unrelated long numbers with valid Norwegian or Swedish check digits.

Twice as many grouped numbers begin with a date by chance.
"""


def are_by_chance(seen: Collection[Strength], texts: Iterable[str], most: float = MOST_BY_CHANCE) -> bool:
    """Return whether the numbers of a column have check digits by chance.

    Parameters
    ----------
    seen : degrees of certainty of the values that look like identity numbers.
    texts : distinct values of the column.
    most : maximum share of such values by chance.
    """
    if max(seen, default=Strength.NONE) > Strength.CHECKED:
        return False
    if Strength.CHECKED not in seen:
        most *= 2
    compared = sum(map(has_long_number, texts))
    return compared >= FEWEST_COMPARED and len(seen) < most * compared


def holds_identity_number(texts: Iterable[str]) -> bool:
    """Return whether any of the texts, which a person typed, contains an apparent identity number."""
    return any(strength(text) >= Strength.GROUPED for text in texts)


def must_not_hold_identity_number(texts: Iterable[str]) -> None:
    """Raise ``HoldsIdentityNumber`` if any of the texts contains an apparent identity number."""
    if holds_identity_number(texts):
        raise HoldsIdentityNumber


def texts_in(document: str) -> list[str]:
    """Return every string in a JSON document, including the keys."""
    texts: list[str] = []

    def note(pairs: list[tuple[str, object]]) -> None:
        for key, value in pairs:
            texts.append(key)
            note_value(value)

    def note_value(value: object) -> None:
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, list):
            for one in value:
                note_value(one)

    note_value(json.loads(document, object_pairs_hook=note))
    return texts


_MASKED = re.compile(r"\d{6} ?[-+a-fu-y] ?\d{3}(?:[0-9a-y]|[ _-]{1,3}[a-y](?![^\W_]))|\d[\d\W_]{3,}\d", re.IGNORECASE)


def masked(text: str) -> str:
    """Replace the long numbers of the text by ``[CPR]`` if any of them looks like an identity number."""
    return _MASKED.sub("[CPR]", normalised(text)) if holds_identity_number([text]) else text


_YEAR_AND_NUMBER = re.compile(r"[a-z]*[\W_]*(?:19|20)\d\d[\W_]+\d{5,6}", re.IGNORECASE)
_LONG_HEXADECIMAL = re.compile(r"(?<![0-9a-z])(?=[0-9]*[a-f])[0-9a-f]{24,}(?![0-9a-z])", re.IGNORECASE)
_TEN_DIGITS = re.compile(r"(?<!\d)\d{10}(?!\d)")


def may_be_disguised(text: str) -> bool:
    """Return whether the digits alone form an identity number, ignoring all other characters.

    Use this only for ids of persons: amounts, dates and other numbers look the same.
    """
    text = recoded(normalised(text)) if MOJIBAKE.search(text) else normalised(text)
    if _YEAR_AND_NUMBER.fullmatch(text):
        return False
    text = _LONG_HEXADECIMAL.sub("", _NO_NUMBER.sub("", text) if text.count("-") == 4 else text)
    digits = re.sub(r"\D", "", text)
    if strength(text) or (9 <= len(digits) <= 11 and _of_digits(digits)):
        return True
    if any(is_date(found[0][:6]) for found in _TEN_DIGITS.finditer(text)):
        return True
    if not 12 <= len(digits) <= 13:
        return False
    in_whole_year = digits[4:6] in {"18", "19", "20"} and is_date(digits[:4] + digits[6:8])
    if len(digits) == 12:
        in_whole_year |= "1900" <= digits[:4] < str(FIRST_YEAR_OF_EXPORTS) and is_date(digits[6:8] + digits[4:6] + "00")
        return in_whole_year or _of_digits(digits) > 0 or (is_date(digits[:6]) and digits[10] == "0")
    return in_whole_year and is_norwegian(digits[:4] + digits[6:])


def has_nine_digits(text: str) -> bool:
    """Return whether the text has at least as many digits as an identity number."""
    return sum(map(str.isdecimal, text)) >= FEWEST_DIGITS


def has_seven_digits(text: str) -> bool:
    """Return whether the text has at least as many digits as the shortest form of an identity number.

    The shortest form has a one-digit day, a month name, a two-digit year and the rest.
    """
    return sum(map(str.isdecimal, text)) >= FEWEST_DIGITS - 2


def has_long_number(text: str) -> bool:
    """Return whether the text contains a number as long as an identity number, of any kind."""
    return _LONG_NUMBER.search(normalised(text)) is not None


_LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ ./,-]?\d){8,11}(?!\d)")


def _strengths(text: str, is_number: bool) -> Iterator[Strength]:
    """Yield the certainty of every possible identity number in a normalised text."""
    lengths = _lengths(text)
    if 1 in lengths or _SPACED.search(text) or _MIXED.search(text):
        text = _SHORT_DATE.sub(_with_two_digits, text)
        lengths = _lengths(text)
    if sum(lengths) < FEWEST_DIGITS:
        return
    if _CALLED_ONE.search(text):
        yield from _called_one(text)
    else:
        text, stamps = _SHORT_STAMP.subn(" til ", _without_others(text))
        lengths = _lengths(text)
        yield from [Strength.TIMESTAMP] * (stamps > 0)
    if sum(lengths) < FEWEST_DIGITS:
        return
    yield from _in(text, lengths, is_number)
    if len(lengths) > 1:
        yield from _in_odd_groups(text)
    with_short_year = _DATE_OF_WHOLE_YEAR.sub(r"\1\3\4", text)
    if with_short_year != text:
        yield from _finnish(with_short_year)
        yield from _norwegian(with_short_year)
    together = text
    if lengths.count(1) >= FEWEST_DIGITS:
        together = _DIGIT_BY_DIGIT.sub(lambda found: re.sub(r"\D", "", found[0]), together)
    in_groups = _IN_GROUPS.search("".join(str(min(length, 9)) for length in lengths))
    if in_groups:
        together = _DATE.sub(r"\1\3\4", together)
        together = _SPACED_DATE.sub(r"\1\2\3\4", together)
    if together != text:
        for seen in _in(together, _lengths(together), is_number):
            yield Strength.BARE if seen is Strength.DECIMAL else seen
    if not in_groups:
        return
    for pattern in (_LONG_DATE, _ISO_DATE):
        compact = pattern.sub(r"\1\3\4", text)
        if compact != text:
            yield from _with_whole_year(compact, date_apart=True)


def _with_two_digits(date: re.Match[str]) -> str:
    """Write the date with two-digit day and month, without spaces, and with one kind of separator."""
    year, iso, month, day, first, one, second, _, last = date.groups()
    if iso:
        return f"{year}{iso}{month:>02}{iso}{day:>02}"
    return f"{first:>02}{one}{second:>02}{one}{last}"


def _called_one(text: str) -> Iterator[Strength]:
    """Yield numbers that the text labels as identity numbers, for any grouping and any separators."""
    for found in _RUN_CALLED_ONE.finditer(text):
        if _of_digits(re.sub(r"\D", "", found[1])) and not _UNIT.match(text, found.end()):
            yield Strength.CERTAIN
    for pattern in (_PARTS_CALLED_ONE, _NAME_BETWEEN_PARTS):
        for found in pattern.finditer(text):
            date, rest = re.sub(r"\D", "", found[1]), found[2]
            six = date[:4] + date[-2:]
            if is_date(six, also_days_from=60) and not _is_stamp(six, rest) and not _UNIT.match(text, found.end()):
                yield Strength.CERTAIN


def _is_stamp(date: str, rest: str) -> bool:
    """Return whether a date with a two-digit year is in the export years and the rest is a time of day."""
    return "10" <= date[4:] < "40" and rest[:2] < "24" and rest[2:] < "60"


def _without_others(text: str) -> str:
    """Remove periods, and numbers that the text labels as something else."""
    text = _CALLED_OTHERWISE.sub(" til ", text)
    return _DATE_AND_YEAR.sub(_without_period, _DATES.sub(" til ", text))


def _without_period(found: re.Match[str]) -> str:
    """Replace a date followed by the same or a later year, both from 1990 on. Such a pair is a period."""
    parts = _DIGITS.findall(found[1])
    year = int(parts[0] if len(parts[0]) == 4 else parts[2])
    if year < 100:
        year += 1900 if year >= 90 else 2000
    return " til " if 1990 <= year <= int(found[2]) else found[0]


def _lengths(text: str) -> list[int]:
    """Return the length of each run of digits."""
    return [len(digits) for digits in _DIGITS.findall(text)]


def _in(text: str, lengths: Collection[int], is_number: bool) -> Iterator[Strength]:
    """Yield the certainties of the unchanged text. ``lengths`` limit the patterns that can match."""
    if 6 in lengths:
        yield from _apart(text)
        yield from _in_another_order(text)
    if 6 in lengths or 9 in lengths:
        yield from _finnish(text)
    if 10 in lengths:
        yield from _bare(text, is_number)
    if max(lengths) > 10:
        yield from (_of_digits(found[1], lost_zero=False) for found in _PADDED.finditer(text))
    if 6 in lengths or 11 in lengths:
        yield from _norwegian(text)
    if 8 in lengths or 12 in lengths:
        yield from _with_whole_year(text)
    if max(lengths) >= FEWEST_DIGITS:
        yield from (Strength.CERTAIN for found in _NAMED.finditer(text) if _of_digits(found[1]))
    if found := (5 in lengths or max(lengths) >= FEWEST_DIGITS) and _LOST_ZERO.fullmatch(text):
        yield _of_digits(f"{found[1]}{found[2]}")
    if "e" in text.lower() and (found := _SCIENTIFIC.fullmatch(text)):
        yield _of_digits(_written_out(found[1]))


def _apart(text: str) -> Iterator[Strength]:
    """Match six digits, a separator and four digits."""
    for found in _APART.finditer(text):
        date, between, rest = found.groups()
        decimal = "." in between or "," in between
        if decimal and not date.startswith("0"):
            if _is_amount(text, found):
                continue
            if len(between) == 1 and is_swedish(date + rest):
                yield Strength.CHECKED
            elif is_date(date, also_days_from=60):
                yield _of_decimals(text, found)
        elif is_date(date, also_days_from=60) or (not decimal and is_swedish(date + rest.replace(" ", ""))):
            yield Strength.CERTAIN


def _in_another_order(text: str) -> Iterator[Strength]:
    """Match a date and four digits with a short word between them, or with the four digits first."""
    for found in _APART_BY_A_WORD.finditer(text):
        if is_date(found[1]) and not _is_stamp(found[1], found[2]) and not _UNIT.match(text, found.end()):
            yield Strength.GROUPED
    if any(is_date(found[1]) for found in _TURNED_ROUND.finditer(text)):
        yield Strength.GROUPED


def _of_decimals(text: str, found: re.Match[str]) -> Strength:
    """Grade a date, a point or comma, and four digits. An amount with decimals and a list of numbers look the same."""
    date, between, rest = found.groups()
    if _is_stamp(date, rest):
        return Strength.NONE
    is_in_words = re.search(r"[^\W\d_]", text) is not None
    return Strength.BARE if is_in_words or not re.fullmatch(r"[.,] ?", between) else Strength.DECIMAL


def _is_amount(text: str, found: re.Match[str]) -> bool:
    """Return whether the text labels the number as an amount, an area or a coordinate."""
    before = text[max(0, found.start() - 40) : found.start()]
    return ",- " in found[2] or bool(_AMOUNT_BEFORE.search(before) or _AMOUNT_AFTER.match(text, found.end()))


_AMOUNT_BEFORE = re.compile(
    rf"(?:[$€£]|{_MONEY}|utm|koord\w*|coord\w*|beløb\w*|budget\w*|udgift\w*|pris\w*|areal\w*|i alt|total\w*|sum"
    r"|\d[.,]\d{4,}[,;]?)[\W_]{0,3}$",
    re.IGNORECASE,
)
_AMOUNT_AFTER = re.compile(
    rf"{_UNITS}|,-| ?(?:m2|m²|kvm|ha|km|meter|personer|forløb|hold|timer|i alt|af)(?![^\W_])|[,;]? ?\d{{5,8}}[.,]\d",
    re.IGNORECASE,
)
"""Text before and after amounts, areas and coordinates."""


def _finnish(text: str) -> Iterator[Strength]:
    for found in _FINNISH.finditer(text):
        if is_finnish(*filter(None, found.groups())):
            yield Strength.CERTAIN


def _bare(text: str, is_number: bool) -> Iterator[Strength]:
    for found in (_BARE if is_number and not text.startswith("0") else _BARE_IN_TEXT).finditer(text):
        if found[1].startswith("0") or not _MONEY_AFTER.match(text, found.end()):
            yield _of_digits(found[1], lost_zero=False)


def _norwegian(text: str) -> Iterator[Strength]:
    for date, between, rest in (found.groups() for found in _NORWEGIAN.finditer(text)):
        if is_norwegian(date + re.sub(r"\D", "", rest)):
            yield Strength.CERTAIN if between else Strength.CHECKED


def _with_whole_year(text: str, *, date_apart: bool = False) -> Iterator[Strength]:
    """Match a date with a four-digit year (year first or day first) followed by four digits.

    ``date_apart``: whether the original date had separators.
    """
    for found in _LONG.finditer(text):
        date, between, rest = found.groups()
        swedish = date[:2] in {"18", "19", "20"} and is_swedish(date[2:] + rest)
        danish = date[4:6] in {"18", "19", "20"} and is_date(date[:4] + date[6:])
        year_first = (
            (between or date < "1990") and date[:2] in {"18", "19", "20"} and is_date(date[6:] + date[4:6] + date[2:4])
        )
        if not swedish and not danish and not year_first:
            continue
        year = int(date[4:] if danish and not swedish else date[:4])
        is_time = rest[:2] < "24" and rest[2:] < "60"
        only_year_first = not swedish and not danish
        if "-" not in between and (between or date_apart) and _UNIT.match(text, found.end()):
            continue
        if only_year_first and year >= FIRST_YEAR_OF_EXPORTS and (is_time or not date_apart or "-" not in between):
            continue
        if _NAME_BEFORE.search(text[max(0, found.start() - 40) : found.start()]):
            yield Strength.CERTAIN
        elif year < 1990:
            yield Strength.CERTAIN if between else Strength.BARE
        else:
            seen = _of_late_year(year, between, rest, text[found.end() :], swedish=swedish, date_apart=date_apart)
            yield min(seen, Strength.BARE) if only_year_first else seen


def _of_late_year(year: int, between: str, rest: str, after: str, *, swedish: bool, date_apart: bool) -> Strength:
    """Grade a date that can be an export date, followed by four digits that can be a time or an amount."""
    is_time = rest[:2] < "24" and rest[2:] < "60"
    if "-" in between:
        is_stamp = is_time and swedish and year >= FIRST_YEAR_OF_EXPORTS
        return Strength.BARE if is_stamp else Strength.CERTAIN
    if is_time and (date_apart or swedish) and year >= FIRST_YEAR_OF_EXPORTS:
        return Strength.TIMESTAMP
    if not swedish and (set(between) & set(".,:;") or _UNIT.match(after)):
        return Strength.NONE  # A date followed by a quantity.
    return Strength.CERTAIN if between and swedish else Strength.BARE


def _in_odd_groups(text: str) -> Iterator[Strength]:
    """Yield digits in any grouping, except the usual grouping of other numbers. A single group is matched elsewhere."""
    for found in _GROUPS.finditer(text):
        if not _UNIT.match(text, found.end()):
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
    return Strength.GROUPED if _of_digits(digits, lost_zero=False) else Strength.NONE


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
    if len(set(between[1:])) == 1 and not set(between) <= {"-", " "}:
        return False
    in_our_time = "10" <= groups[2] <= "60"
    return between[0] == between[1] and not (in_our_time and groups[3] <= "24" and groups[4] < "60")


def _of_digits(digits: str, *, lost_zero: bool = True) -> Strength:
    """Grade digits without separators. With ``lost_zero`` the first zero may be missing."""
    if len(digits) == FEWEST_DIGITS and lost_zero and not digits.startswith("0"):
        return _of_digits(f"0{digits}", lost_zero=False)
    if len(digits) == 10 and is_date(digits[:6]):
        return Strength.BARE
    swedish = (len(digits) == 10 and is_swedish(digits)) or (
        len(digits) == 12 and digits[:2] in {"18", "19", "20"} and is_swedish(digits[2:])
    )
    norwegian = len(digits) == 11 or (len(digits) == 10 and lost_zero and not digits.startswith("0"))
    return Strength.CHECKED if swedish or (norwegian and is_norwegian(digits.zfill(11))) else Strength.NONE


def _written_out(number: str) -> str:
    """Return the digits of a number in scientific notation, such as 1.01701234E+09; empty if it has decimals."""
    value = float(number.replace(",", "."))
    return str(int(value)) if value.is_integer() else ""
