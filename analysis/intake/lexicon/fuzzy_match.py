"""Fuzzy matching of unknown words to known words. Opposites never match, however similar their spelling."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from analysis.intake.lexicon.opposites import negated, opposed
from analysis.intake.lexicon.typos import has_other_ending, is_slip_of_text, means_the_same

LIKE = 80
"""Minimum similarity, of 100, of a suggestion. With a lower limit "Uge" would match "gennemført"."""

MISSPELT = 85
"""Minimum similarity for treating a header as a misspelling of another; it is reported."""

CERTAIN = 100
"""Similarity of identical words. An inexact match has at most one less."""

MOST_LOOKED_AT = 20
WORDS_AT_ONCE = 500
LONGEST = 200
"""A longer text matches no word."""

Likeness = Callable[..., float]


def nearest(
    word: str, known: Iterable[str], neutral: frozenset[str] = frozenset(), suffixes: frozenset[str] = frozenset()
) -> tuple[str, float] | None:
    """Return the most similar known word and its similarity, if every word has a counterpart; otherwise None.

    Words in ``neutral`` need no counterpart. A word may end with one of ``suffixes``.
    """
    if len(word) > LONGEST:
        return None
    return _first(word, (one for one in known if means_the_same(word, one, neutral, suffixes)), fuzz.WRatio, LIKE)


def misspelt_header(word: str, known: Iterable[str], *, verbs: bool = False) -> tuple[str, float] | None:
    """Return the header that the word misspells, and the similarity; None if there is none.

    For ``verbs`` a different ending is not a misspelling: "gennemføres" is not "gennemført".
    """
    if len(word) > LONGEST:
        return None
    likely = (one for one in known if is_slip_of_text(word, one) and not (verbs and has_other_ending(word, one)))
    return _first(word, likely, fuzz.ratio, 0)


def misspelt(word: str, known: Iterable[str], least: float = MISSPELT) -> tuple[str, float] | None:
    """Return the known word that differs by a few letters, and the similarity; None if there is none."""
    return _first(word, known, fuzz.ratio, least)


def any_misspelt(words: Sequence[str], known: Sequence[str]) -> np.ndarray:
    """Return for each word whether it can differ from any known word by a few letters, so that ``misspelt`` may tell.

    All words are compared at once, which takes a fraction of the time.
    """
    found = [
        process.cdist(words[first : first + WORDS_AT_ONCE], known, scorer=fuzz.ratio, score_cutoff=MISSPELT).any(axis=1)
        for first in range(0, len(words), WORDS_AT_ONCE)
    ]
    return np.concatenate(found) if found and known else np.zeros(len(words), dtype=bool)


def opposite(word: str, known: Iterable[str]) -> str | None:
    """Return the most similar known word with the opposite meaning; None if there is none."""
    if len(word) > LONGEST:
        return None
    found = process.extractOne(word, list(known), scorer=fuzz.WRatio, score_cutoff=MISSPELT)
    return found[0] if found and opposed(word, found[0]) else None


def _first(word: str, known: Iterable[str], likeness: Likeness, least: float) -> tuple[str, float] | None:
    if len(word) > LONGEST:
        return None
    # Two negated texts often match only in the letters of the negation.
    for text, score, _ in process.extract(word, list(known), scorer=likeness, score_cutoff=least, limit=MOST_LOOKED_AT):
        if text == word:
            return text, CERTAIN
        if not opposed(word, text) and (fuzz.ratio(word, text) >= MISSPELT or not negated(text)):
            return text, min(score, CERTAIN - 1)
    return None
