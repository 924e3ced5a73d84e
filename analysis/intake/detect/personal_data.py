"""Detect columns with personal data: names, addresses, e-mail addresses, telephone numbers."""

import re

from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Word
from analysis.intake.sheets import TextColumn
from analysis.intake.tables import normalised

NAME = Word(N_("names"))
ADDRESS = Word(N_("addresses"))
EMAIL = Word(N_("e-mail addresses"))
TELEPHONE = Word(N_("telephone numbers"))

_NAME = re.compile(
    r"[A-ZÆØÅÄÖÉ][a-zæøåäöéüõ]{1,20}|[A-ZÆØÅÄÖÉ][^\W\d_]+(?:[-' ][^\W\d_]+\.?){1,5}"
    r"|[A-ZÆØÅÄÖÉ][^\W\d_]+, [^\W\d_]+(?: [^\W\d_]+\.?){0,4}"
)
MOSTLY_NAMES = 0.8
LEAST_SHARE = 0.3
MOST_LOOKED_AT = 1_000
MOST_LETTERS = 300

_HEADERS = (
    (EMAIL, re.compile(r".*e ?mail.*|mail|e ?post.*|.*sähköposti.*")),
    (TELEPHONE, re.compile(r"tlf.*|.*telefon.*|mobil.*|.*telephone.*|phone.*|puh|.*puhelin.*|gsm.*")),
    (
        ADDRESS,
        re.compile(
            r".*adress.*|.*address.*|.*osoite.*|vej|vejnavn|vei|veinavn|gatuadress|postnr.*|post(?:nummer|numero)"
        ),
    ),
    (
        NAME,
        re.compile(
            r"(?:for|efter|etter|borger|innbygger|deltager|deltaker|fulde |fullt |mellem|mellom)?navn"
            r"|(?:för|efter|mellan|invånar|deltagar|fullständigt )?namn|(?:etu|suku|asukkaan |koko )?nimi"
            r"|(?:first |last |full |sur)?name|patient"
        ),
    ),
)
_VALUES = (
    (EMAIL, re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)),
    (TELEPHONE, re.compile(r"(?:\+|00)(?:45|46|47|358)(?:[ -]?\d){7,10}|\d{2} \d{2} \d{2} \d{2}")),
    (
        ADDRESS,
        re.compile(
            r".*(?:vej|gade|allé|alle|stræde|plads|vænget|parken|boulevard|street|road"
            r"|vei|veien|gate|gata|gatan|väg|vägen|katu|tie) \d+\s?[a-z]?\b.*",
            re.IGNORECASE,
        ),
    ),
)


def kind_of(header: str, column: TextColumn) -> Word | None:
    """Return the kind of personal data of a column, by its header or its values; None if there is none."""
    word = normalised(header[:MOST_LETTERS])
    for what, pattern in _HEADERS:
        if pattern.fullmatch(word):
            return what
    texts = [column.values[code][:MOST_LETTERS].strip() for code in list(column.row_counts())[:MOST_LOOKED_AT]]
    texts = [text for text in texts if text]
    for what, pattern in _VALUES:
        if texts and sum(pattern.fullmatch(text) is not None for text in texts) >= LEAST_SHARE * len(texts):
            return what
    return None


def are_names(column: TextColumn) -> bool:
    """Return whether most texts of a column are names of persons: words of letters, with a capital first."""
    few = len(column.values) <= MOST_LOOKED_AT
    texts = [
        column.values[code][:MOST_LETTERS].strip() for code in (column.row_counts() if few else range(MOST_LOOKED_AT))
    ]
    texts = [text for text in texts if text]
    return bool(texts) and sum(_NAME.fullmatch(text) is not None for text in texts) >= MOSTLY_NAMES * len(texts)
