"""Legends such as “99 = not stated” and “0 = fewer than 5”: numbers that are no counts of citizens."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from analysis.intake.contract import Form
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.labels import is_missing
from analysis.intake.sheets import RawSheet, TextColumn
from analysis.intake.tables import COUNTED, Table, cleaned, normalised
from analysis.intake.values.numbers import is_suppressed

MOST_VALUES, LONGEST = 20_000, 400
"""Maximum number of distinct values of a column, and length of a text."""
MOST_WORDS, LONGEST_CODE = 4, 2
MOST_ROWS = 1_000
_OF_NUMBERS = {"kode", "koden", "værdi", "værdien", "tallet", "tal", "code", "value", "number", "koodi", "luku", "kod"}
_IS = (
    r"\s*(?:=|:|\b(?:betyder|betyr|angiver|dækker over|svarer til|står for|means|stands for|indicates|betyder att"
    r"|tarkoittaa|er lig med)\b)\s*"
)
_SET_TO = (
    r"(?:\s*=\s*|\s(?:(?:er|is|are|bliver|sat|satt|set|erstattet|ersatt|replaced|ændret|vises|angives|angivet|markeret"
    r"|markeres|vist|shown|coded|kodet|kodes|anges|merkitään)\s)+(?:(?:som|med|til|till|as|to|by|koden|kode|code)\s){,2})"
)
_QUOTES = "\"'“”»«’"
_NUMBER = rf"[{_QUOTES}]?(?P<number>-?\d{{1,5}})[{_QUOTES}]?"
_EXPLAINED = re.compile(rf"(?<![\w.,]){_NUMBER}{_IS}(?P<meaning>[^=;\n]{{2,80}})", re.IGNORECASE)
_MEANINGS = (
    r"uoplyst\w*|ikke (?:er )?oplyst\w*|ukendt\w*|manglende\w*|mangler|missing|unknown|not stated|uoppgitt|ukjent\w*"
    r"|okän[dt]\w*|uppgift saknas|saknas|ej angivet|tieto puuttuu|puuttuu|tuntematon|diskretion\w*|anonymiser\w*"
    r"|maske\w*|skjult\w*|fortrolig\w*|suppress\w*|hidden|masked|withheld|confidential|sekretess\w*|salattu"
)
_FEWER = (
    r"(?:under|færre end|mindre end|færre enn|mindre enn|färre än|mindre än|fewer than|less than|below|alle|<) ?\d+"
    r"|\b[01] ?[-–] ?\d\b(?!\d)"
)
_IS_NO_COUNT = re.compile(rf"\b(?:{_MEANINGS})\b|{_FEWER}", re.IGNORECASE)
_REVERSED = re.compile(
    rf"(?:(?:{_MEANINGS})\b|{_FEWER})(?:\s(?:borgere|personer|deltagere|citizens|persons|personer|henkilöä|værdier"
    rf"|values|tal|data))?{_SET_TO}{_NUMBER}(?![\w.,-]*\d)",
    re.IGNORECASE,
)


def with_legends(tables: list[Table], sheet: RawSheet) -> tuple[list[Table], list[Finding]]:
    """Return tables of counts that hold back the numbers which a legend calls unknown or too small, and the findings.

    A legend that gives other numbers another meaning explains codes, and so does a number among the labels of a table.
    """
    has_counts = any(table.form == Form.COUNTS for table in tables)
    numbers = _explained([*_texts(sheet), *_in_two_cells(sheet, tables)]) if has_counts else {}
    if not numbers:
        return tables, []
    result, used = [], set()
    for table in tables:
        here = {number for number in numbers if _is_among(number, table)}
        result.append(replace(table, no_counts=frozenset(here)))
        used |= here
    said = [Finding("number_explained", sheet.name, value=numbers[one], values={"number": one}) for one in sorted(used)]
    return result, said


def _is_among(number: str, table: Table) -> bool:
    """Return whether a number is one of the counts of a table, and no label of it."""
    there = {key: {cleaned(column.values[code]) for code in column.row_counts()} for key, column in _few(table)}
    return any(number in there[key] for key in there if key in COUNTED) and not any(
        number in texts for key, texts in there.items() if key not in COUNTED
    )


def _few(table: Table) -> Iterator[tuple[str, TextColumn]]:
    yield from ((key, one) for key, one in table.columns.items() if len(one.values) <= MOST_VALUES)


def _texts(sheet: RawSheet) -> Iterator[str]:
    """Yield the texts that may be legends."""
    for column in sheet.columns:
        if len(column.values) <= MOST_VALUES:
            texts = (column.values[code] for code in column.present().tolist())
            yield from (cleaned(text) for text in texts if len(text) <= LONGEST and any(map(str.isdecimal, text)))


def _in_two_cells(sheet: RawSheet, tables: list[Table]) -> Iterator[str]:
    """Yield the rows outside of the tables that have a number and its meaning, in two cells, as one text each."""
    outside = sheet.filled.copy()
    for table in tables:
        outside[table.rows - 1] = False
    for row in np.flatnonzero(outside)[:MOST_ROWS].tolist():
        texts = [cleaned(text) for text in sheet.row(row) if text.strip()]
        if len(texts) == 2 and texts[0].isdecimal() and len(texts[1]) <= LONGEST:
            yield f"{texts[0]} = {texts[1]}"


def _explained(texts: Iterable[str]) -> dict[str, str]:
    """Return the numbers that are no counts, each with its legend."""
    found: dict[str, str] = {}
    are_codes = False
    for text in dict.fromkeys(texts):
        pairs = [one for one in _EXPLAINED.finditer(text) if _is_apart(text[: one.start()])]
        pairs = [one for one in pairs if not one["meaning"].strip().isdecimal()]
        are_codes |= any(len(one["number"]) <= LONGEST_CODE and not _is_no_count(one) for one in pairs)
        found |= {one["number"]: text for one in pairs if _is_no_count(one)}
        found |= {one["number"]: text for one in (() if pairs else _REVERSED.finditer(text))}
    return {} if are_codes else found


def _is_apart(before: str) -> bool:
    """Return whether a number is no part of what stands before it, as in “Note 1:”."""
    words = before.split()
    return not words or not words[-1][-1].isalpha() or normalised(words[-1]) in _OF_NUMBERS


def _is_no_count(one: "re.Match[str]") -> bool:
    """Return whether a meaning says so. Behind a colon, as also follows the number of a note, it says nothing else."""
    meaning = cleaned(one["meaning"])
    has_colon = ":" in one[0].removesuffix(one["meaning"])
    if has_colon and len(meaning.partition("(")[0].split()) > MOST_WORDS:
        return False
    return bool(_IS_NO_COUNT.search(meaning)) or is_missing(meaning) or is_suppressed(meaning)
