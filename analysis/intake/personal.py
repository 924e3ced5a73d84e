"""Columns that hold what points at a person: names, addresses, e-mail addresses, telephone numbers."""

import re

from analysis.intake.sheets import TextColumn
from analysis.intake.tables import normalised

NAME = {"da": "navne", "en": "names"}
ADDRESS = {"da": "adresser", "en": "addresses"}
EMAIL = {"da": "e-mailadresser", "en": "e-mail addresses"}
TELEPHONE = {"da": "telefonnumre", "en": "telephone numbers"}

LEAST_SHARE = 0.3
MOST_LOOKED_AT = 1_000

_HEADERS = (
    (EMAIL, re.compile(r".*e ?mail.*|mail")),
    (TELEPHONE, re.compile(r"tlf.*|.*telefon.*|mobil.*|.*telephone.*|phone.*")),
    (ADDRESS, re.compile(r".*adresse.*|.*address.*|vej|vejnavn|postnr.*|postnummer")),
    (NAME, re.compile(r"(?:for|efter|borger|deltager|fulde |mellem)?navn|(?:first |last |full |sur)?name|patient")),
)
_VALUES = (
    (EMAIL, re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)),
    (TELEPHONE, re.compile(r"(?:\+45|0045) ?\d{2}(?: ?\d{2}){3}|\d{2} \d{2} \d{2} \d{2}")),
    (
        ADDRESS,
        re.compile(
            r".*(?:vej|gade|allé|alle|stræde|plads|vænget|parken|boulevard|street|road) \d+\s?[a-z]?\b.*",
            re.IGNORECASE,
        ),
    ),
)


def kind_of(header: str, column: TextColumn) -> dict[str, str] | None:
    """What the column holds of this, by its header or by its values, said in each language; None where nothing."""
    word = normalised(header)
    for what, pattern in _HEADERS:
        if pattern.fullmatch(word):
            return what
    texts = [column.values[code].strip() for code in list(column.tally())[:MOST_LOOKED_AT]]
    texts = [text for text in texts if text]
    for what, pattern in _VALUES:
        if texts and sum(pattern.fullmatch(text) is not None for text in texts) >= LEAST_SHARE * len(texts):
            return what
    return None
