"""Parse columns of municipalities: names, codes and spellings, in Denmark or in the country that the user states."""

from typing import Any

from analysis.intake.findings.findings import Word
from analysis.intake.lexicon.fuzzy_match import misspelt
from analysis.intake.lexicon.municipality_names import (
    ABROAD,
    FINNISH,
    OTHER,
    Places,
    abroad,
    compared,
    danish_places,
    is_region,
    match,
    places_abroad,
)
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing.columns import Asked, Parse, ParsedWithNote, ParseError
from analysis.intake.parsing.questions import COUNTRIES
from analysis.intake.tables import Table, cleaned, normalised

NEAR_MUNICIPALITY = 70


MANY = 2
"""Minimum number of different municipalities that show that a column has none of Denmark."""


def municipality(known: ReferenceData, table: Table | None = None, *, names_only: bool = False) -> Parse:
    """Return a parser for municipalities: names, codes and common spellings.

    Without an answer on the country, the values of the ``table`` together show whether it may be another than Denmark,
    and with ``names_only`` a code may belong to another country. The user is then asked.
    """
    if known.country == OTHER:
        return _place_elsewhere(known)
    if known.country in ABROAD:
        return _municipality_abroad(known.country)
    denmark = danish_places(known.municipalities)
    outside = _outside_denmark(known, denmark, table) if table and not known.country else {}

    def parse(text: str, kind: str) -> Any:
        word = normalised(text)
        if text in outside:
            raise outside[text]
        name = known.municipalities.get(word)
        if name is None:
            return _other_spelling(text, known, denmark)
        if names_only and not known.country and word.isdecimal():
            raise ParseError("municipality_code", meant=name)
        return _with_note(text, name, digits=4)

    return parse


def _with_note(text: str, name: str, digits: int) -> Any:
    """Return a municipality, with a note unless the text is its name or its code of so many digits."""
    word = normalised(text)
    if word == normalised(name) or (len(word) == digits and word.isdecimal()):
        return name
    return ParsedWithNote(name, "leading_zeros" if word.isdecimal() else "spelling", {"meant": name})


def _other_spelling(text: str, known: ReferenceData, denmark: Places) -> ParsedWithNote:
    """Parse a spelling of a Danish municipality that is not listed, or the name of a former municipality."""
    found = match(text, denmark)
    if found is None:
        if is_region(text):
            raise ParseError("municipality_region")
        near = misspelt(normalised(text), known.municipalities, NEAR_MUNICIPALITY)
        if near is None:
            raise ParseError("unknown_municipality")
        raise ParseError("unknown_municipality_near", nearest=known.municipalities[near[0]])
    if not found.agrees:
        raise ParseError("municipality_code_differs", meant=found.by_name, other=found.by_code)
    year = denmark.years.get(found.key)
    if len(found.possible) > 1:
        raise ParseError("municipality_split", possible=found.possible, year=str(year))
    (name,) = found.possible
    if year is None:
        return ParsedWithNote(name, "spelling", {"meant": name})
    return ParsedWithNote(name, "municipality_merged", {"meant": name, "year": str(year)})


def _outside_denmark(known: ReferenceData, denmark: Places, table: Table) -> dict[str, Asked]:
    """Return the question to raise for each value of the column that may belong to another country."""
    column = table.columns["municipality"]
    texts = dict.fromkeys(text for code in column.row_counts() if (text := cleaned(column.values[code])))
    if all(_resembles_danish(text, known, denmark) for text in texts):
        return {}
    found = abroad(texts, denmark)
    if found is not None:
        values = {"number": len(found.texts), "whole": found.whole}
        countries = tuple(Word(COUNTRIES[country]) for country in found.countries)
        return dict.fromkeys(found.texts, Asked("municipality_country", country=countries, **values))
    is_typed = "municipality" not in table.headers
    if is_typed and any(misspelt(normalised(text), known.municipalities, NEAR_MUNICIPALITY) for text in texts):
        return {}
    if (len(texts) < MANY and not is_typed) or any(_resembles_danish(text, known, denmark) for text in texts):
        return {}
    return dict.fromkeys(texts, Asked("municipality_none"))


def _resembles_danish(text: str, known: ReferenceData, denmark: Places) -> bool:
    word = normalised(text)
    return word in known.municipalities or is_region(text) or match(text, denmark) is not None


def _municipality_abroad(country: str) -> Parse:
    """Return a parser for the municipalities of another Nordic country."""
    places, named = places_abroad(country), Word(COUNTRIES[country])
    digits = 3 if country == FINNISH else 4

    def parse(text: str, kind: str) -> Any:
        found = match(text, places)
        if found is None:
            near = misspelt(compared(text), places.names, NEAR_MUNICIPALITY)
            if near is None:
                raise ParseError("unknown_municipality_abroad", country=named)
            raise ParseError("unknown_municipality_abroad_near", country=named, nearest=places.names[near[0]][0])
        common = tuple(name for name in found.possible if name in (found.by_code or found.possible))
        if not common:
            raise ParseError("municipality_code_differs", meant=found.by_name, other=found.by_code)
        if len(common) > 1:
            raise ParseError("municipality_several", possible=common)
        return _with_note(text, common[0], digits)

    return parse


def _place_elsewhere(known: ReferenceData) -> Parse:
    """Return a parser for places of any other country, as they are written."""

    def parse(text: str, kind: str) -> Any:
        name = known.municipalities[normalised(text)]
        return name if name == text else ParsedWithNote(name, "spelling", {"meant": name})

    return parse
