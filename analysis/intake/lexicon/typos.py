"""Detect typing errors in a word (an added, missing or wrong letter) and texts with the same meaning word by word.

The similarity of a whole text is not reliable: "Partners uddannelse" is similar to "Uddannelse", and "Under 75" to "75
or older". Therefore every meaningful word must have a counterpart.
"""

import re

from rapidfuzz.distance import OSA

from analysis.intake.tables import LONGEST_WORD

SHORTEST = 5
"""Minimum length of a word with a typing error."""
LONG = 8
FEWER_ERRORS, MOST_ERRORS = 1, 2
"""Maximum number of errors of a word, and of one with at least ``LONG`` letters."""
SHORTEST_STEM = 4
LONGEST_ENDING = 2

_TOKEN = re.compile(r"[^\W_]+|[%‰?=<>]")
_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe"})
_DIGIT = re.compile(r"\d")
_BETWEEN = re.compile(r"[\s_\-‐–/().,:]+")


def compact(text: str) -> str:
    """Remove the separators between the words of a normalised text: "slut (dato)" becomes "slutdato"."""
    return _BETWEEN.sub("", text[:LONGEST_WORD]) + text[LONGEST_WORD:]


def words_of(text: str) -> list[str]:
    """Return the words and meaningful signs of a normalised text."""
    return _TOKEN.findall(text)


def folded_words(text: str) -> list[str]:
    """Return the words with other letters for æ, ø, å, ä and ö."""
    return _TOKEN.findall(text.translate(_FOLDED))


def first_letters(word: str) -> str:
    """Return the first two letters. Those of a word that is meant include the first letter of the word."""
    return word.translate(_FOLDED)[:2]


def is_slip(word: str, meant: str) -> bool:
    """Return whether a word is another with a typing error. A prefix makes another word: afhenvist, henvist."""
    one, other = word.translate(_FOLDED), meant.translate(_FOLDED)
    if one == other:
        return True
    if min(len(one), len(other)) < SHORTEST or (one[0] != other[0] and one[:2] != other[1::-1]):
        return False
    if OSA.distance(one, other) > (FEWER_ERRORS if max(len(one), len(other)) < LONG else MOST_ERRORS):
        return False
    return _DIGIT.search(one + other) is None


def is_slip_of_text(text: str, meant: str) -> bool:
    """Return whether every word of a text equals the other text's word in the same position, except typing errors."""
    words, others = _TOKEN.findall(text), _TOKEN.findall(meant)
    return len(words) == len(others) and all(map(is_slip, words, others))


def start(text: str) -> tuple[int, str]:
    """Return the number of words of a text and its first letter. A match is possible only if it is in ``starts``."""
    words = _TOKEN.findall(text)
    return len(words), words[0].translate(_FOLDED)[0] if words else ""


def starts(meant: str) -> set[tuple[int, str]]:
    """Return the number of words and the first letter of every text that may be a misspelling of this one."""
    words = _TOKEN.findall(meant)
    return {(len(words), letter) for letter in words[0].translate(_FOLDED)[:2]} if words else {(0, "")}


def has_other_ending(text: str, meant: str) -> bool:
    """Return whether two texts differ in their ending, as in "was completed" and "is being completed" in Danish."""
    start = _length_in_common(text, meant)
    one, other = text[start:], meant[start:]
    if sorted(one) == sorted(other) or (not other and len(one) == 1 and text[-2] == one):
        return False
    return one[-1:] != other[-1:]


def means_the_same(text: str, meant: str, neutral: frozenset[str], suffixes: frozenset[str] = frozenset()) -> bool:
    """Return whether each word has a counterpart in the other text, except neutral words.

    With ``suffixes``, a word also matches one that it begins with: "kommunekode" matches "kommune".
    """
    if compact(text) == compact(meant):
        return True
    left, others = _TOKEN.findall(text), _TOKEN.findall(meant)
    shared = []
    for word in list(left):
        if counterpart := next((other for other in others if agrees(word, other, suffixes)), None):
            shared.append(counterpart)
            left.remove(word)
            others.remove(counterpart)
    rest = {*left, *others}
    return bool(shared) and rest <= neutral and (not rest or not neutral.issuperset(shared))


def agrees(word: str, other: str, suffixes: frozenset[str] = frozenset()) -> bool:
    """Return whether a word is the other, misspells it or has another ending."""
    if word == other or is_slip(word, other) or _is_inflected(word, other):
        return True
    rest = word.removeprefix(other) if len(other) >= SHORTEST_STEM else word
    return rest != word and any(rest in (suffix, f"s{suffix}", f"e{suffix}") for suffix in suffixes)


def _is_inflected(word: str, other: str) -> bool:
    stem = _length_in_common(word, other)
    endings = word[stem:], other[stem:]
    return stem >= SHORTEST_STEM and all(len(one) <= LONGEST_ENDING and not _DIGIT.search(one) for one in endings)


def _length_in_common(one: str, other: str) -> int:
    """Return the length of the common prefix."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))
