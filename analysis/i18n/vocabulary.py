"""Look up the words of workbook cells: values of coded columns, and texts for a group that is not stated."""

from analysis.i18n.coded_words import WORDS
from analysis.i18n.synonyms import OTHER_WORDS
from analysis.model.languages import LANGUAGES, in_every_language, name_in
from analysis.model.registry import derived

NOT_STATED = ("", "?", "-", "h90", "h90 uoplyst", "n/a", "(tom)", "(tomt)", "(blank)", "(tyhjä)")
"""Texts for a group that is not stated, in any language."""


@derived
def missing_words() -> frozenset[str]:
    """Return every text for a group that is not stated."""
    return frozenset((*NOT_STATED, *(word for one in LANGUAGES.values() for word in one.missing_words)))


@derived
def spellings(kind: str) -> dict[str, tuple[str, ...]]:
    """Return all accepted texts for each word of a kind, the word in each language first."""
    return {
        key: (*in_every_language(names).values(), *OTHER_WORDS[kind].get(key, ())) for key, names in WORDS[kind].items()
    }


def word_in(kind: str, key: str, language: str) -> str:
    """Return a coded value as a word of this language, capitalised."""
    said = name_in(WORDS[kind][key], language)
    return said[:1].upper() + said[1:]
