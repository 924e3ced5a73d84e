"""Municipalities of the Nordic countries by name and code, however they are written."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from analysis.intake.tables import cleaned, normalised
from analysis.store import danish_codes, danish_regions, foreign_municipalities, former_municipalities

DANISH, NORWEGIAN, SWEDISH, FINNISH, OTHER = "danish", "norwegian", "swedish", "finnish", "other"
ABROAD = (NORWEGIAN, SWEDISH, FINNISH)

LONGEST = 80
"""A longer text names no municipality."""
LOOKED_AT = 1_000
"""Maximum number of values that are compared with the municipalities of other countries."""

_CODE = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_LETTERS = (("æ", "ae"), ("ä", "ae"), ("ø", "oe"), ("ö", "oe"), ("å", "aa"))
_MUNICIPALITY = {
    *("kommune", "kommunen", "regionskommune", "kommun", "stad", "kunta", "kaupunki", "municipality"),
}


@dataclass(frozen=True)
class Places:
    """Municipalities of one country.

    Attributes
    ----------
    names : present municipalities by compared name. A name of several, or of a split municipality, has several.
    codes : the same by code.
    years : year of the merger or split, by compared name or code of a former municipality.
    """

    names: Mapping[str, tuple[str, ...]]
    codes: Mapping[int, tuple[str, ...]]
    years: Mapping[str | int, int]


@dataclass(frozen=True)
class Match:
    """The municipalities that a text can mean by its name and by its code. ``key`` is the name or code that matched."""

    by_name: tuple[str, ...]
    by_code: tuple[str, ...]
    key: str | int

    @property
    def agrees(self) -> bool:
        return not (self.by_name and self.by_code) or self.by_name == self.by_code

    @property
    def possible(self) -> tuple[str, ...]:
        return self.by_name or self.by_code


def compared(text: str) -> str:
    """Fold a name for comparison: case, accents written as two letters, hyphens and brackets do not matter."""
    text = cleaned(text).casefold()
    for letter, two in _LETTERS:
        text = text.replace(letter, two)
    return re.sub(r"[\W_]+", " ", text).strip()


def match(text: str, places: Places) -> Match | None:
    """Return what a text with a name, a code or both means; None if either of them is unknown."""
    codes = _CODE.findall(text) if len(text) <= LONGEST else []
    if len(codes) > 1 or len(text) > LONGEST:
        return None
    name = _name(_CODE.sub(" ", text), places)
    code = int(codes[0]) if codes else None
    by_name = places.names.get(name, ())
    by_code = places.codes.get(code, ()) if code is not None else ()
    if (name and not by_name) or (codes and not by_code) or not (by_name or by_code):
        return None
    return Match(by_name, by_code, name if by_name or code is None else code)


def _name(text: str, places: Places) -> str:
    """Return the compared name without words for a municipality, which may leave it in the genitive."""
    words = compared(text).split()
    name = " ".join(word for word in words if word not in _MUNICIPALITY)
    shortened = len(name.split()) < len(words)
    if shortened and name not in places.names and name.endswith("s") and name[:-1] in places.names:
        return name[:-1]
    return name


def danish_places(known: Mapping[str, str]) -> Places:
    """Return the Danish municipalities and added places in ``known``, by spelling, and the former municipalities."""
    names: dict[str, tuple[str, ...]] = {
        compared(spelling): (name,) for spelling, name in known.items() if not _CODE.search(spelling)
    }
    codes: dict[int, tuple[str, ...]] = {int(code): (name,) for code, name in danish_codes().items()}
    years: dict[str | int, int] = {}
    for former in former_municipalities():
        name, code = compared(former.name), int(former.code)
        years |= {key: former.year for key in (name, code) if key not in names and key not in codes}
        names.setdefault(name, former.now)
        codes.setdefault(code, former.now)
    return Places(names, codes, years)


@cache
def places_abroad(country: str) -> Places:
    """Return the municipalities of Norway, Sweden or Finland."""
    names: dict[str, tuple[str, ...]] = {}
    codes: dict[int, tuple[str, ...]] = {}
    for one in foreign_municipalities():
        if one.country == country:
            bare = re.sub(r" \(.*\)", "", one.name)
            for name in dict.fromkeys(map(compared, (one.name, bare, *one.other_names))):
                names[name] = (*names.get(name, ()), one.name)
            codes |= {int(code): (one.name,) for code in (one.code, *one.former_codes)}
    return Places(names, codes, {})


def is_region(text: str) -> bool:
    """Return whether a text is the name of a Danish region or of a county before 2007."""
    words = compared(text).split()
    return "amt" in words or "amtskommune" in words or " ".join(words).removeprefix("region ") in _region_names()


@cache
def _region_names() -> frozenset[str]:
    return frozenset(compared(region).removeprefix("region ") for region in danish_regions())


@dataclass(frozen=True)
class Abroad:
    """The countries that most municipalities of a column may be in, and the values that are municipalities there."""

    countries: tuple[str, ...]
    texts: frozenset[str]
    whole: int


def abroad(texts: Iterable[str], danish: Places) -> Abroad | None:
    """Return the country of a column if values unknown in Denmark are municipalities there; None if there is none.

    Several countries are returned if the same number of values is known in each.
    """
    looked_at = list(dict.fromkeys(texts))[:LOOKED_AT]
    found = {text: match(text, danish) for text in looked_at if not is_region(text)}
    if None not in found.values():
        return None
    here = set(danish_codes().values())
    others = {text for text, one in found.items() if one is None or not here.issuperset(one.possible)}
    there = {country: {text for text in looked_at if match(text, places_abroad(country))} for country in ABROAD}
    most = max(len(others & those) for those in there.values())
    if most < min(2, len(looked_at)):
        return None
    best = [one for one in ABROAD if len(others & there[one]) == most and 2 * len(there[one]) >= len(looked_at)]
    return Abroad(tuple(best), frozenset[str]().union(*(there[one] for one in best)), len(looked_at)) if best else None


def spellings_elsewhere(texts: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Return the places of another country by spelling. The first way of writing that differs only by case holds."""
    spellings = {normalised(name): name for name in known}
    for text in texts:
        if text:
            spellings.setdefault(normalised(text), text)
    return spellings
