"""Convert dates with a month name, such as "30. december 1970" or "30-dec-70", to digits.

The month names are those of the five Nordic languages and of English, in full and abbreviated.
"""

import re

from analysis.text.labels import REST

_MONTHS = (
    r"jan(?:u(?:ary|ari|ar)|úar)?|tammi",
    r"feb(?:r(?:uary|uari|uar|úar)?)?|helmi",
    r"mar(?:ts|s|ch)?|maalis",
    r"apr(?:il|íl)?|huhti",
    r"ma[jiyí]|touko",
    r"jun[ie]?|júní|kesä",
    r"jul[iy]?|júlí|heinä",
    r"aug(?:usti|ust)?|ágúst|elo",
    r"sep(?:t(?:ember)?)?|syys",
    r"o[kc]t(?:ober|óber)?|loka",
    r"n[oó]v(?:ember)?|marras",
    r"de[cs](?:ember)?|joulu",
)
_MONTH = rf"(?P<month>(?:{'|'.join(_MONTHS)})(?:kuu(?:ta|n|ssa)?)?)(?![^\W\d_])"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?: of)?"
_WHOLE_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
_YEAR = r"(?P<year>(?:(?:18|19|20)\d\d|\d\d))"
_YEAR_ALONE = r"\d{3,4}(?!\d)"
"""After a month, this is its year: a day and the rest of an identity number have at least five digits together."""
_BETWEEN = r"[\W_]{0,3}"
_NUMBER_FOLLOWS = rf"(?=[\W_]{{0,12}}(?:[A-FU-Y][\W_]?)?\d{{3}}|\D{{0,16}}(?:{REST}))"
"""The rest of an identity number has at least three digits; or a word for it."""
_ORDERS = tuple(
    re.compile(pattern + _NUMBER_FOLLOWS, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_DAY}{_BETWEEN}{_MONTH}{_BETWEEN}{_YEAR}",
        rf"(?<![^\W\d_]){_MONTH}{_BETWEEN}{_DAY}[\W_]{{1,3}}{_WHOLE_YEAR}",
        rf"(?<!\d){_WHOLE_YEAR}{_BETWEEN}{_MONTH}{_BETWEEN}(?!{_YEAR_ALONE}){_DAY}",
    )
)
_ANY_MONTH = re.compile(rf"(?<![^\W\d_]){_MONTH}", re.IGNORECASE)


def with_months_in_digits(text: str) -> str:
    """Replace each date with a month name by DD-MM-YYYY, if a number follows the date."""
    if _ANY_MONTH.search(text) is None:
        return text
    for order in _ORDERS:
        text = order.sub(_in_digits, text)
    return text


def _in_digits(date: re.Match[str]) -> str:
    name = date["month"]
    number = next(number for number, names in enumerate(_MONTHS, 1) if re.match(names, name, re.IGNORECASE))
    return f"{date['day']:>02}-{number:02}-{date['year']}"
