"""Search in texts by the stems of words, in every language of the program."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

LANGUAGES = ("danish", "english", "norwegian", "swedish", "finnish")
SHORTEST = 3
"""Fewest letters of a stem, which is also half of its word at least."""
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=4096)
def plain_letters(text: str) -> str:
    """Return a text in small letters, without accents, for comparison."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


@lru_cache(maxsize=4096)
def stems(word: str) -> frozenset[str]:
    """Return the stems of a word, by the Snowball algorithm of each language, in plain letters.

    Source: Porter 2001, Snowball: A language for stemming algorithms.
    """
    import snowballstemmer  # Only for a search: it would delay the first page.

    found = {plain_letters(snowballstemmer.stemmer(language).stemWord(word.casefold())) for language in LANGUAGES}
    least = max(SHORTEST, len(word) // 2)
    return frozenset(stem for stem in found if len(stem) >= least) | {plain_letters(word)}


def contains(text: str, search: str, synonyms: Iterable[Collection[str]] = ()) -> bool:
    """Return whether a text has every word of a search, in any form of the word.

    Parameters
    ----------
    synonyms
        Collections of words or phrases that mean the same. One of them in the search finds them all.
    """
    whole = plain_letters(text)
    words = set(_WORD.findall(whole))
    rest = f" {' '.join(_WORD.findall(plain_letters(search)))} "
    if search.strip() and not rest.strip():  # Signs alone are in no text.
        return False
    for phrases in synonyms:
        plain = {plain_letters(phrase) for phrase in phrases}
        asked = next((part for one in plain for part in _parts(rest, one)), None)
        if asked is not None and any(_has(one, whole, words) for one in plain):
            rest = rest.replace(f" {asked} ", " ")
    return all(_has(word, whole, words) for word in rest.split())


def _parts(search: str, phrase: str) -> list[str]:
    """Return the parts of a search that are a phrase, or a form of it if it is one word."""
    if f" {phrase} " in search:
        return [phrase]
    return [] if " " in phrase else [word for word in search.split() if stems(word) & stems(phrase)]


def _has(phrase: str, whole: str, words: set[str]) -> bool:
    if phrase in whole:
        return True
    return " " not in phrase and any(word.startswith(stem) for stem in stems(phrase) for word in words)
