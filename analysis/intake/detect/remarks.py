"""Texts in the name of a sheet, around and beside its tables, that change what its numbers are, or that may."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from analysis.intake.contract import Form
from analysis.intake.detect.beside_tables import Beside
from analysis.intake.detect.constants import says_made
from analysis.intake.detect.plain_words import without_plain, words_of
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.labels import dimensions_of, header_words
from analysis.intake.lexicon.percent_words import says_no_count
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing.questions import CUMULATED as QUESTION
from analysis.intake.parsing.questions import SCALED
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import COUNTED, Table, cleaned, normalised

CUMULATED = re.compile(
    r"\b(?:(?:ak)?kumuler\w*|akk\.?|cumulat\w*|ackumuler\w*|kumulat\w*|kertymä\w*|år til dato|åtd|ytd|year to date"
    r"|hittil i år|hidtil i år|opsummeret|løbende (?:total|sum)|summeret over|running total)"
)
"""Words that say that the numbers of a period are sums so far."""
_LIMITED = re.compile(
    r"\b(?:kun|only|bare|kun for|endast|enbart|vain|ainoastaan|eksklusiv\w*|ekskl|exkl\w*|excl\w*|uden|utan|without"
    r"|undtagen|undtaget|unntatt|except|vægtet|vægtede|vektet|vektede|viktad\w*|weighted|painotet\w*|simuler\w*"
    r"|simulat\w*|testdata|test data|fiktiv\w*|sat til|satt til|set to|foreløbig\w*|preliminary|imputer\w*)\b"
)
"""Words that say that the numbers are of some only, or not as they were counted."""
_OF_SOME_COURSES = re.compile(
    r"(?:\b(?:afbrudt|frafald|gennemført|fuldført|afslutte[dt]|avbr[ou]t|fullfør|fullfölj|avslut|complet|dropp?ed|withdr"
    r"|dropout|keskeyt|suoritta)|ventelist|väntelist|waiting list)"
)
"""Words that say that a list has the courses with one outcome only."""
_WITH_UNIT = re.compile(
    r"\d+(?:[.,]\d+)? ?(?:timer|timmar|hours?|tuntia|t|min|minutter|kr|dkk|nok|sek|eur|€|km)\.?", re.IGNORECASE
)
"""A number of something else than citizens."""
_MAY_BE_NAME = re.compile(r"(?:\w+: )?(?:[A-ZÆØÅÄÖ][\w.-]*,? ){1,3}[A-ZÆØÅÄÖ][\w.-]*")
"""Two to four words with capital letters, also behind a role."""
LONGEST, MOST_ROWS, MOST_REMARKS, MOST_LABELS = 400, 1_000, 6, 500
"""Maximum length of a text, number of rows that are looked at, number of texts that are reported, and of labels."""


def remarks(sheet: RawSheet, known: ReferenceData, tables: Sequence[Table], beside: Sequence[Beside]) -> list[Finding]:
    """Report texts that change what the numbers of the tables are, and those with words that mean nothing here.

    They stand alone in their row, beside a table, or are the name of the sheet. Lists of citizens have names in such
    places: there, and where a text can be a name, only words for a limit count.
    """
    are_counts = any(table.form == Form.COUNTS for table in tables)
    words = _known_words(tables, known) if are_counts else frozenset()
    found, others = [], []
    for place, text in _texts(sheet, beside):
        word = normalised(text)
        if CUMULATED.search(word):
            found += [] if QUESTION in sheet.answers else [Finding("said_cumulated", sheet.name, place, value=text)]
            continue
        is_limited = _LIMITED.search(word) and not dimensions_of(text, known)
        if is_limited or (_says_more(text, words) if are_counts else _OF_SOME_COURSES.search(word)):
            others.append(Finding("remark", sheet.name, place, value=text))
    return [*found, *_of_columns(sheet, known, tables, beside), *others[:MOST_REMARKS]]


def without_repeated_remarks(findings: list[Finding]) -> list[Finding]:
    """Return the findings without remarks on texts that another finding quotes."""
    quoted = {(one.sheet, one.value) for one in findings if one.check != "remark"}
    return [one for one in findings if one.check != "remark" or (one.sheet, one.value) not in quoted]


def remarks_elsewhere(sheet: RawSheet) -> list[Finding]:
    """Report texts on a sheet without tables that change what the numbers of others are."""
    if unit := next((text for column in sheet.columns for text in column.values if _WITH_UNIT.fullmatch(text)), ""):
        return [Finding(SCALED, sheet.name, value=unit)]
    rows = np.flatnonzero(sheet.filled)[: MOST_REMARKS * 10].tolist()
    texts = [((row + 1,), cleaned(text)) for row in rows for text in sheet.row(row)]
    said = [(place, text) for place, text in texts if 0 < len(text) <= LONGEST and _changes(text)]
    return [Finding("remark", sheet.name, place, value=text) for place, text in said[:MOST_REMARKS]]


def _texts(sheet: RawSheet, beside: Sequence[Beside]) -> Iterator[tuple[tuple[int, ...], str]]:
    filled = np.sum([~column.blank() for column in sheet.columns], axis=0)
    yield (), cleaned(sheet.name)
    for row in np.flatnonzero(filled == 1)[:MOST_ROWS].tolist():
        yield (row + 1,), cleaned("".join(sheet.row(row)))[:LONGEST]
    for one in beside:
        for text in one.values if not one.header else ():
            yield one.rows, text


def _of_columns(
    sheet: RawSheet, known: ReferenceData, tables: Sequence[Table], beside: Sequence[Beside]
) -> Iterator[Finding]:
    """Yield what columns that are not read say of the rows: another unit for all of them, or something of some."""
    are_counts = any(table.form == Form.COUNTS for table in tables)
    for one in beside:
        if says_no_count(one.header):
            continue
        may_be_of_some = one.is_of_all and normalised(one.header) not in header_words()
        for value, text in zip(one.values, one.texts, strict=True):
            if one.is_of_all and are_counts and says_no_count(value):
                if SCALED not in sheet.answers:
                    yield Finding(SCALED, sheet.name, value=text)
            elif one.header and (_changes(value) or (may_be_of_some and dimensions_of(value, known))):
                yield Finding("remark", sheet.name, one.rows, value=text)


def _changes(text: str) -> bool:
    word = normalised(text)
    return bool(CUMULATED.search(word) or _LIMITED.search(word)) or says_no_count(text)


def _known_words(tables: Sequence[Table], known: ReferenceData) -> frozenset[str]:
    """Return the words of the labels in the tables, and of the municipalities, offers and groups that are known."""
    texts = [*known.municipalities, *(offer for _, offer in known.offers)]
    texts += [word for words in known.groups.values() for word in words]
    texts += [label for dimension in known.dimensions.values() for label in dimension.labels.values()]
    for table in tables:
        texts += [*table.headers.values(), *table.headers_of_numbers.values()]
        for key, column in table.columns.items():
            if key not in COUNTED and len(column.values) <= MOST_LABELS:
                texts += [column.values[code] for code in column.row_counts()]
    return words_of(texts)


def _says_more(text: str, words: frozenset[str]) -> bool:
    """Return whether a text has words that are neither plain nor known, and is no name, nor about the file's making."""
    return not says_made(text) and not _MAY_BE_NAME.fullmatch(text) and bool(without_plain(text, words))
