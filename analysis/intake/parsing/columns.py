"""Parse each distinct text of a column once. Texts that are invalid or unusual become findings."""

import datetime as dt
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa

from analysis.i18n.coded_words import WORDS
from analysis.i18n.vocabulary import spellings
from analysis.intake.findings.findings import Finding
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing.questions import ESTIMATED
from analysis.intake.sheets import TextColumn
from analysis.intake.tables import Table, cleaned, normalised
from analysis.intake.values import dates as days
from analysis.intake.values import numbers
from analysis.intake.values.footnotes import plain_label
from analysis.intake.values.numbers import Separators
from analysis.model.languages import in_every_language
from analysis.model.registry import derived
from analysis.model.terms import MISSING

MOST_VALUES = 50
MOST_ROUNDS = 99
"""Maximum number of separate findings per column. The remaining values share one finding for each check."""
FORMULA_SIGNS = "=+@-"
SHOWN_TOGETHER = 3
"""Number of example values in a finding about several values."""


class ParseError(Exception):
    """A text that is not valid in a column; names the check and the placeholders of its message."""

    def __init__(self, check: str, **values: object) -> None:
        super().__init__(check)
        self.check = check
        self.values = values


class Asked(ParseError):
    """A text with two possible readings. All such values of a column share one finding."""


@dataclass(frozen=True)
class ParsedWithNote:
    """A parsed value with unusual notation; names the check that reports it.

    With ``together`` all such values of a column share one finding.
    """

    meaning: Any
    check: str
    values: dict[str, object] = field(default_factory=dict)
    together: bool = False


Parse = Callable[[str, str], Any]
"""Parser of a cell's text and kind. Returns the value, or a ``ParsedWithNote`` with it. Raises ``ParseError``."""


def parse_column(
    table: Table, key: str, parse: Parse, findings: list[Finding], *, needed: bool = False, column: Any = None
) -> list[Any]:
    """Parse each distinct value of a column; None for blank and invalid ones. Append errors to ``findings``."""
    column = table.columns[key] if column is None else column
    meanings: list[Any] = [None] * len(column.values)
    notes: list[tuple[int, str, dict[str, object]]] = []
    together: dict[str, list[int]] = {}
    asked: dict[str, list[int]] = {}
    asked_values: dict[str, dict[str, object]] = {}
    for code in column.present().tolist():
        value = column.values[code]
        text = cleaned(value)
        if text != value and value.strip():
            together.setdefault("spaces_normalised", []).append(code)
        if not text:
            if needed:
                notes.append((code, "cell_empty", {}))
            continue
        try:
            meaning = parse(text, column.kind(code))
        except Asked as raised:
            asked.setdefault(raised.check, []).append(code)
            asked_values[raised.check] = raised.values
            continue
        except ParseError as raised:
            notes.append((code, raised.check, raised.values))
            continue
        if isinstance(meaning, ParsedWithNote):
            if meaning.together:
                together.setdefault(meaning.check, []).append(code)
            else:
                notes.append((code, meaning.check, meaning.values))
            meaning = meaning.meaning
        meanings[code] = meaning
    _report_notes(table, key, column, notes, findings)
    for check, codes in asked.items():
        findings.append(_finding(table, key, column, check, codes, codes[:SHOWN_TOGETHER], **asked_values[check]))
    for check, codes in together.items():
        mask = np.isin(column.codes, codes)
        findings.append(table.finding(check, key, mask, column.values[codes[0]], meant=_quotable(meanings[codes[0]])))
    return meanings


def _report_notes(
    table: Table, key: str, column: TextColumn, notes: list[tuple[int, str, dict[str, object]]], findings: list[Finding]
) -> None:
    """Report each value, of a check with many values only the most frequent ones and the others in one finding."""
    rows = np.bincount(column.codes, minlength=len(column.values))
    for check in dict.fromkeys(check for _, check, _ in notes):
        own = [(code, values) for code, other, values in notes if other == check]
        if len(own) > MOST_VALUES:
            own.sort(key=lambda note: -int(rows[note[0]]))
        for code, values in own[:MOST_VALUES]:
            findings.append(_finding(table, key, column, check, [code], [code], **values))
        if rest := [code for code, _ in own[MOST_VALUES:]]:
            found = _finding(table, key, column, check, rest, rest[:1], **own[MOST_VALUES][1])
            findings.append(replace(found, more=len(rest) - 1))


def _finding(
    table: Table, key: str, column: TextColumn, check: str, codes: list[int], named: list[int], **values: object
) -> Finding:
    """Create a finding in the rows of these codes that names the values of some of them."""
    texts = dict.fromkeys(cleaned(column.values[code]) for code in named)
    days = dict.fromkeys(day for code in named if (day := column.day(code)) is not None)
    found = table.finding(check, key, np.isin(column.codes, codes), ", ".join(texts), **values)
    return replace(found, days=tuple(days) if len(days) == len(texts) else ())


def _quotable(meaning: Any) -> object:
    return meaning if isinstance(meaning, dt.date | int | str) else ""


def as_text(text: str, kind: str) -> Any:
    """Return the text. Report a text that a spreadsheet would calculate as a formula."""
    is_dash = text[0] == "-" and (len(text) == 1 or text[1:].strip().isalpha())
    if text[0] in FORMULA_SIGNS and not is_dash:
        return ParsedWithNote(text, "formula_like")
    return text


def texts(column: TextColumn, meanings: Sequence[str | None] | None = None) -> pa.Array:
    """Convert the column to Arrow text, with each distinct value replaced by its meaning; blanks are null."""
    values = meanings if meanings is not None else [cleaned(value) or None for value in column.values]
    return pa.array(values, pa.string()).take(pa.array(column.codes))


def as_days(column: TextColumn, meanings: list[dt.date | None]) -> np.ndarray:
    """Convert the column to dates; NaT if missing."""
    return np.array(meanings, dtype="datetime64[D]")[column.codes]


def flags(column: TextColumn, meanings: list[Any], wanted: Any) -> np.ndarray:
    """Return a mask of the rows with this meaning."""
    return np.array([meaning == wanted for meaning in meanings], dtype=bool)[column.codes]


_DECIMAL = re.compile(r"\d+[.,]\d+")


def count(known: Separators) -> Parse:
    """Return a parser for numbers of citizens: whole numbers from 0."""

    def parse(text: str, kind: str) -> Any:
        try:
            found = numbers.count(text, kind, known)
        except numbers.ShownOtherwise:
            raise ParseError("number_shown_otherwise") from None
        except numbers.NotACount:
            raise ParseError("not_a_count") from None
        except numbers.NotANumber:
            raise ParseError("text_for_number") from None
        except numbers.TwoMeanings:
            raise Asked("number_two_meanings") from None
        if found.number > numbers.IMPLAUSIBLE:
            return ParsedWithNote(found.number, "count_implausible", together=True)
        if found.rewritten:
            return ParsedWithNote(found.number, "number_written", together=True)
        return ParsedWithNote(found.number, "number_as_text", together=True) if kind == "t" else found.number

    return parse


def estimate(parse: Parse, *, is_rounded: bool) -> Parse:
    """Return a parser for the invited, who can be an estimate of a population with decimals. Ask before rounding."""

    def rounded(text: str, kind: str) -> Any:
        try:
            return parse(text, kind)
        except ParseError as error:
            number = _DECIMAL.fullmatch(text) if error.check == "not_a_count" else None
            if number is None:
                raise
            if not is_rounded:
                raise Asked(ESTIMATED) from None
            return ParsedWithNote(round(float(text.replace(",", "."))), "invited_rounded", together=True)

    return rounded


def weight(text: str, kind: str) -> float:
    """Parse a number of votes, or a share with or without a percent sign: any number from 0."""
    number = re.fullmatch(r"(\d+(?:[.,]\d+)?) ?(?:%|pct\.?)?", text)
    if number is None:
        raise ParseError("not_a_weight")
    return float(number[1].replace(",", "."))


def priority(text: str, kind: str) -> Any:
    """Parse a rank; 1 is the first."""
    return _from_one(text, kind, "not_a_rank")


def round_number(text: str, kind: str) -> Any:
    """Parse the number of a test round, from 1 to 99."""
    return _from_one(text, kind, "not_a_round", MOST_ROUNDS)


def _from_one(text: str, kind: str, check: str, most: float = math.inf) -> Any:
    """Parse a number from 1 up, which may have a period as in "1."."""
    try:
        place = count(Separators())(text.rstrip("."), kind)
    except ParseError:
        raise ParseError(check) from None
    if not 1 <= (place.meaning if isinstance(place, ParsedWithNote) else place) <= most:
        raise ParseError(check)
    return place


def areas(text: str, kind: str) -> list[str]:
    """Parse policy areas separated by commas, semicolons, slashes, plus or ampersand, or a word for all areas."""
    if normalised(text) in ALL_AREAS:
        return list(WORDS["area"])
    found = [word("area")(part, kind) for part in re.split(r"\s*[,;/+&]\s*", text) if part]
    return list(dict.fromkeys(found))


def tags(text: str, kind: str) -> list[str]:
    """Parse tags separated by commas, semicolons or lines. Those of the list become keys; others stay as they are."""
    keys = {normalised(one): key for key, texts in spellings("tag").items() for one in (key, *texts)}
    parts = [cleaned(part) for part in re.split(r"[,;\n]", text)]
    return list(dict.fromkeys(keys.get(normalised(part), part) for part in parts if part))


def web_address(text: str, kind: str) -> str:
    """Parse an address of a page. Other addresses could run a script where somebody follows them."""
    if not re.fullmatch(r"https?://[^\s/?#@]+\.[^\s@]*", text, re.IGNORECASE):
        raise ParseError("not_a_web_address")
    return text


@derived
def word(kind: str, *without: str) -> Parse:
    """Return a parser for a fixed list of words. Words of the kinds in ``without`` are not valid."""
    refused = {normalised(text) for other in without for texts in spellings(other).values() for text in texts}
    meanings = {
        normalised(spelling): key
        for key, texts in spellings(kind).items()
        for spelling in texts
        if normalised(spelling) not in refused
    }
    standard = tuple(in_every_language(names) for names in WORDS[kind].values())

    def parse(text: str, cell: str) -> str:
        if normalised(text) not in meanings:
            raise ParseError("unknown_word", known=standard)
        return meanings[normalised(text)]

    return parse


def yes_no(text: str, kind: str) -> bool:
    return word("yes_no")(text, kind) == "yes"


ALL_AREAS = {"alle", "alle områder", "all", "all areas", "alla", "alla områden", "samtlige", "samtliga", "kaikki"}


def group(known: ReferenceData, dimension: str) -> Parse:
    """Return a parser for the groups of one dimension. An age in years becomes its age band."""
    words = known.groups[dimension]
    meant = known.dimensions[dimension]
    standard = {normalised(word) for one in meant.groups for word in (one.key, *one.labels.values())}

    def parse(text: str, kind: str) -> Any:
        key = words.get(normalised(text)) or words.get(normalised(plain_label(text)))
        if key is not None:
            if key == MISSING or normalised(text) in standard:
                return key
            return ParsedWithNote(key, "spelling", {"meant": meant.group(key)})
        if dimension == "age" and len(text) <= 3 and text.isdecimal() and (key := age_band(int(text))):
            return key
        if guess := days.range_from_date(text):
            raise ParseError("group_as_date", guess=guess)
        if near := known.similar_groups[dimension].nearest(normalised(text)):
            raise ParseError("unknown_group_near", dimension=meant, nearest=_group(meant, words[near[0]]))
        raise ParseError("unknown_group", dimension=meant, known=meant.groups)

    return parse


def _group(dimension: Any, key: str) -> object:
    return "?" if key == MISSING else dimension.group(key)


def group_or_missing(meaning: str | None) -> str:
    return MISSING if meaning is None else meaning


def age_band(age: int) -> str | None:
    """Return the age band of an age in years; None below 16 and above 120."""
    bands = {24: "16-24", 34: "25-34", 44: "35-44", 54: "45-54", 64: "55-64", 74: "65-74", 120: "75 or older"}
    return next((band for oldest, band in bands.items() if 16 <= age <= oldest), None)
