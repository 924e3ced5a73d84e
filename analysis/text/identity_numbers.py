"""Find Danish, Icelandic, Norwegian, Swedish and Finnish identity numbers in any text and any notation.

``plain_digits`` first normalises the text, so full-width digits, invisible characters and the kind of space or dash
make no difference. Check digits decide where the country still guarantees them: Norway, Sweden and Finland. In Denmark,
modulus 11 has not been reliable since 2007. Every Icelandic personal number has the format of a Danish one.

This module uses only the standard library, because the processes that read files use it too.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator

from analysis.text.check_digits import is_date, is_finnish, is_norwegian, is_swedish
from analysis.text.digit_groups import in_odd_groups
from analysis.text.labels import CALLED_ONE, NAME_BEFORE, NAMED, called_one, rest_called_so, without_others
from analysis.text.month_names import with_months_in_digits
from analysis.text.plain_digits import MOJIBAKE, normalised, recoded
from analysis.text.strength import FEWEST_DIGITS, FIRST_YEAR_OF_EXPORTS, Strength, is_stamp, of_digits
from analysis.text.units import MONEY_AFTER, UNIT, is_amount
from analysis.text.written_dates import has_short_date, with_two_digits, without_periods


class HoldsIdentityNumber(ValueError):
    """A text to be stored contains an identity number. The message never repeats it."""

    def __init__(self) -> None:
        super().__init__("a text looks like a national identity number")


_BETWEEN = r"[\W_]{0,12}"
_LIKELY = re.compile(
    r"\d{5}|\d{4}\D{4,24}(?:4\D{1,24})?\d{4}|\d\d([ ./-])\d\d\1\d\d|\d[\W_]\d[\W_]\d[\W_]\d|\d(?:[\W_]{0,3}\d){7}"
)
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
_NORWEGIAN = re.compile(rf"(?<!\d)(?<!\d[.,])(\d{{6}})([\W_]{{0,4}})(\d{{3}}[ -]?\d\d){_TAIL}")
_FINNISH = re.compile(
    r"(?<!\d)(\d{6})[\W_]{0,3}[-+A-FU-Y]?[\W_]{0,3}(\d{3})[ _-]{0,3}([A-FHJ-NPR-Y])(?![^\W_])"
    r"|(?<!\d)(\d{6}) ?[-+A-FU-Y] ?(\d{3})([0-9A-FHJ-NPR-Y])(?!\d)",
    re.IGNORECASE,
)
_REPLACEMENT = re.compile(r"(?<![^\W_])(\d{6})[- ]?(?:\d|T)[A-Z]{2}\d(?![^\W_])")
"""A number for a person who has none yet: a date, and letters among the four digits."""
_SWEDISH_REPLACEMENT = re.compile(
    r"(?<!\d)(?:(?:18|19|20)(?=\d{6}[-+]))?\d\d(\d\d)(\d\d)[-+]?[J-NR-UWX]\d{3}(?![^\W_])"
)
_DATE_OF_WHOLE_YEAR = re.compile(
    r"(?<!\d)(\d\d)([ ./-]?)(\d\d)\2(?:18|19|20)(\d\d)(?=[-+A-FU-Y \W_]{1,4}\d{3}[ _-]?[0-9A-Z])", re.I
)
_LOST_ZERO = re.compile(rf"[\W_]*([1-9]\d{{4}})[- ]{{0,2}}(\d{{4,5}}){_TAIL}(?:[.,]0+)?[\W_]*")
_SCIENTIFIC = re.compile(r"[\W_]*(\d(?:[.,]\d+)?[eE]\+?0{0,3}\d)[\W_]*")
_DATE = re.compile(r"(?<!\d)(?<!\d[./-])(\d\d)([ ./-])(\d\d)\2(\d\d)(?=[\W_]{0,4}(?:[A-FU-Y] ?)?\d{3})", re.IGNORECASE)
_SPACED_DATE = re.compile(r"(?<!\d)(?<!\d )(?:(\d\d) (\d{4})|(\d{4}) (\d\d))(?= ?-? ?\d{4,5}(?!\d))")
_LONG_DATE = re.compile(r"(?<!\d)(\d\d)([ ./-])(\d\d)\2((?:18|19|20)\d\d)(?=[\W_]{0,12}\d{4}(?!\d))")
_ISO_DATE = re.compile(r"(?<!\d)((?:18|19|20)\d\d)([ ./-])(\d\d)\2(\d\d)(?=[\W_]{0,12}\d{4}(?!\d))")
_DIGIT_BY_DIGIT = re.compile(r"(?<![^\W_])\d(?:[\W_]{1,3}\d){8,11}(?![^\W_])")
_DIGITS = re.compile(r"\d+")
_LONG_GAP = re.compile(r"([ _-])\1+")
_SHORT_STAMP = re.compile(
    r"(?<!\d)(?<!\d[./-])(?:0[1-9]|[12]\d|3[01])([./-])(?:0[1-9]|1[0-2])\1[1-3]\d"
    r"(?: | ?\(|\.)(?:[01]\d|2[0-3])[0-5]\d(?!\d)"
)
"""A date of the export years with a two-digit year, followed by a time of day."""
_IN_GROUPS = re.compile("222[3-9]|22[5-9]|24[4-9]|42[4-9]|2244|4224")
"""Lengths of the digit groups in which a date in groups is followed by the rest of the number."""
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
        return of_digits(text) if len(text) >= FEWEST_DIGITS else Strength.NONE
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
    if strength(text.upper()) or (9 <= len(digits) <= 11 and of_digits(digits)):
        return True
    if any(is_date(found[0][:6], also_days_from=60) for found in _TEN_DIGITS.finditer(text)):
        return True
    if not 12 <= len(digits) <= 13:
        return False
    in_whole_year = digits[4:6] in {"18", "19", "20"} and is_date(digits[:4] + digits[6:8])
    if len(digits) == 12:
        in_whole_year |= "1900" <= digits[:4] < str(FIRST_YEAR_OF_EXPORTS) and is_date(digits[6:8] + digits[4:6] + "00")
        return in_whole_year or of_digits(digits) > 0 or (is_date(digits[:6]) and digits[10] == "0")
    return in_whole_year and is_norwegian(digits[:4] + digits[6:])


def is_bare_replacement(text: str) -> bool:
    """Return whether ten digits begin with a date with 60 added to the day, as Danish administrative numbers do.

    Use this only for ids of persons.
    """
    digits = normalised(text)
    return _TEN_DIGITS.fullmatch(digits) is not None and is_date(digits[:6], also_days_from=60)


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
    if 1 in lengths or has_short_date(text):
        text = with_two_digits(text)
        lengths = _lengths(text)
    yield from _with_letters(text)
    if sum(lengths) < FEWEST_DIGITS:
        return
    yield from rest_called_so(text)
    if CALLED_ONE.search(text):
        yield from called_one(text)
    else:
        text, stamps = _SHORT_STAMP.subn(" til ", without_periods(without_others(text)))
        lengths = _lengths(text)
        yield from [Strength.TIMESTAMP] * (stamps > 0)
    if sum(lengths) < FEWEST_DIGITS:
        return
    yield from _in(text, lengths, is_number)
    if len(lengths) > 1:
        yield from in_odd_groups(text)
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
        yield from (of_digits(found[1], lost_zero=False) for found in _PADDED.finditer(text))
    if 6 in lengths or 11 in lengths:
        yield from _norwegian(text)
    if 8 in lengths or 12 in lengths:
        yield from _with_whole_year(text)
    if max(lengths) >= FEWEST_DIGITS:
        yield from (Strength.CERTAIN for found in NAMED.finditer(text) if of_digits(found[1]))
    if found := (5 in lengths or max(lengths) >= FEWEST_DIGITS) and _LOST_ZERO.fullmatch(text):
        yield of_digits(f"{found[1]}{found[2]}")
    if "e" in text.lower() and (found := _SCIENTIFIC.fullmatch(text)):
        yield of_digits(_written_out(found[1]))


_LAST_YEAR_OF_EXPORTS = "30"
"""Two-digit year from which a date is of the past century."""


def _apart(text: str) -> Iterator[Strength]:
    """Match six digits, a separator and four digits."""
    for found in _APART.finditer(text):
        date, between, rest = found.groups()
        decimal = "." in between or "," in between
        if decimal and not date.startswith("0"):
            if is_amount(text, found):
                continue
            if len(between) == 1 and is_swedish(date + rest):
                yield Strength.CHECKED
            elif is_date(date, also_days_from=60):
                yield _of_decimals(text, found)
        elif is_date(date) and is_stamp(date, rest) and date[4:] < _LAST_YEAR_OF_EXPORTS:
            yield Strength.PROBABLE
        elif is_date(date, also_days_from=60) or (not decimal and is_swedish(date + rest.replace(" ", ""))):
            yield Strength.CERTAIN


def _in_another_order(text: str) -> Iterator[Strength]:
    """Match a date and four digits with a short word between them, or with the four digits first."""
    for found in _APART_BY_A_WORD.finditer(text):
        if is_date(found[1]) and not is_stamp(found[1], found[2]) and not UNIT.match(text, found.end()):
            yield Strength.GROUPED
    if any(is_date(found[1]) for found in _TURNED_ROUND.finditer(text)):
        yield Strength.GROUPED


def _of_decimals(text: str, found: re.Match[str]) -> Strength:
    """Grade a date, a point or comma, and four digits. An amount with decimals and a list of numbers look the same."""
    date, between, rest = found.groups()
    if is_stamp(date, rest):
        return Strength.NONE
    is_in_words = re.search(r"[^\W\d_]", text) is not None
    return Strength.BARE if is_in_words or not re.fullmatch(r"[.,] ?", between) else Strength.DECIMAL


def _finnish(text: str) -> Iterator[Strength]:
    for found in _FINNISH.finditer(text):
        if is_finnish(*filter(None, found.groups())):
            yield Strength.CERTAIN


def _with_letters(text: str) -> Iterator[Strength]:
    """Match Danish and Swedish numbers with letters, for persons who have no number yet."""
    danish = any(is_date(found[1], also_days_from=60) for found in _REPLACEMENT.finditer(text))
    if danish or any(is_date(f"{found[2]}{found[1]}00") for found in _SWEDISH_REPLACEMENT.finditer(text)):
        yield Strength.BARE


def _bare(text: str, is_number: bool) -> Iterator[Strength]:
    for found in (_BARE if is_number and not text.startswith("0") else _BARE_IN_TEXT).finditer(text):
        if found[1].startswith("0") or not MONEY_AFTER.match(text, found.end()):
            yield of_digits(found[1], lost_zero=False)


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
        if "-" not in between and (between or date_apart) and UNIT.match(text, found.end()):
            continue
        if only_year_first and year >= FIRST_YEAR_OF_EXPORTS and (is_time or not date_apart or "-" not in between):
            continue
        if NAME_BEFORE.search(text[max(0, found.start() - 40) : found.start()]):
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
    if not swedish and (set(between) & set(".,:;") or UNIT.match(after)):
        return Strength.NONE  # A date followed by a quantity.
    return Strength.CERTAIN if between and swedish else Strength.BARE


def _written_out(number: str) -> str:
    """Return the digits of a number in scientific notation, such as 1.01701234E+09; empty if it has decimals."""
    value = float(number.replace(",", "."))
    return str(int(value)) if value.is_integer() else ""
