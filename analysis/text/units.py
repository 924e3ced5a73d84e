"""Units and labels of amounts, areas, coordinates and numbers of persons."""

import re

MONEY = r"(?:kr|kroner|dkk|nok|sek|eur|€)"
UNITS = rf" ?(?:(?:{MONEY}|stk|pct|deltagere|deltagende|borgere|borgerne)(?![^\W_])|%)"
UNIT = re.compile(UNITS, re.IGNORECASE)
MONEY_AFTER = re.compile(rf" ?{MONEY}(?![^\W_])|,-(?! ?\d)", re.IGNORECASE)
_AMOUNT_BEFORE = re.compile(
    rf"(?:[$€£]|{MONEY}|utm|koord\w*|coord\w*|beløb\w*|budget\w*|udgift\w*|pris\w*|areal\w*|i alt|total\w*|sum"
    r"|\d[.,]\d{4,}[,;]?)[\W_]{0,3}$",
    re.IGNORECASE,
)
_AMOUNT_AFTER = re.compile(
    rf"{UNITS}|,-| ?(?:m2|m²|kvm|ha|km|meter|personer|forløb|hold|timer|i alt|af)(?![^\W_])|[,;]? ?\d{{5,8}}[.,]\d",
    re.IGNORECASE,
)
"""Text before and after amounts, areas and coordinates."""


def is_amount(text: str, found: re.Match[str]) -> bool:
    """Return whether the text labels the number as an amount, an area or a coordinate."""
    before = text[max(0, found.start() - 40) : found.start()]
    return ",- " in found[2] or bool(_AMOUNT_BEFORE.search(before) or _AMOUNT_AFTER.match(text, found.end()))
