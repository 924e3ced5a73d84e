"""The known word most like an unknown one. An opposite is never like its word, however alike their letters are."""

from collections.abc import Callable, Iterable

from rapidfuzz import fuzz, process

from analysis.intake.lexicon.opposites import negated, opposed
from analysis.intake.lexicon.typos import has_other_ending, is_slip_of_text, means_the_same

LIKE = 80
"""The least likeness, of 100, at which a word is suggested; below it "Uge" would be taken for "gennemført"."""

MISSPELT = 85
"""The least likeness at which a header is taken for another, and said so."""

CERTAIN = 100
"""The likeness of a word to itself; a guess comes to one less at most."""

MOST_LOOKED_AT = 20
LONGEST = 200
"""A longer text is like no word."""

Likeness = Callable[..., float]


def nearest(
    word: str, known: Iterable[str], neutral: frozenset[str] = frozenset(), suffixes: frozenset[str] = frozenset()
) -> tuple[str, float] | None:
    """The known word most like this one, with its likeness, where each word has its counterpart; None where none is.

    A word that is in ``neutral`` needs no counterpart, and one may have a suffix of ``suffixes``.
    """
    if len(word) > LONGEST:
        return None
    return _first(word, (one for one in known if means_the_same(word, one, neutral, suffixes)), fuzz.WRatio, LIKE)


def misspelt_header(word: str, known: Iterable[str], *, verbs: bool = False) -> tuple[str, float] | None:
    """The header that this one is with a slip in it, with its likeness; None where there is none.

    Of ``verbs`` another ending is no slip: "gennemføres" is not "gennemført".
    """
    if len(word) > LONGEST:
        return None
    likely = (one for one in known if is_slip_of_text(word, one) and not (verbs and has_other_ending(word, one)))
    return _first(word, likely, fuzz.ratio, 0)


def misspelt(word: str, known: Iterable[str], least: float = MISSPELT) -> tuple[str, float] | None:
    """The known word that this one differs from by a few letters, with its likeness; None where there is none."""
    return _first(word, known, fuzz.ratio, least)


def opposite(word: str, known: Iterable[str]) -> str | None:
    """The known word that this one says the opposite of: most like it in letters; None where there is none."""
    if len(word) > LONGEST:
        return None
    found = process.extractOne(word, list(known), scorer=fuzz.WRatio, score_cutoff=MISSPELT)
    return found[0] if found and opposed(word, found[0]) else None


def _first(word: str, known: Iterable[str], likeness: Likeness, least: float) -> tuple[str, float] | None:
    if len(word) > LONGEST:
        return None
    # What is not this is not another thing that is not that: a negation is like another by all its letters only.
    for text, score, _ in process.extract(word, list(known), scorer=likeness, score_cutoff=least, limit=MOST_LOOKED_AT):
        if text == word:
            return text, CERTAIN
        if not opposed(word, text) and (fuzz.ratio(word, text) >= MISSPELT or not negated(text)):
            return text, min(score, CERTAIN - 1)
    return None
