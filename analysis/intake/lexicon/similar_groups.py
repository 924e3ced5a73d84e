"""The spellings of the groups of one dimension, to find the one that is most similar to an unknown text."""

from collections.abc import Mapping
from functools import cached_property

from analysis.intake.lexicon.fuzzy_match import misspelt, nearest
from analysis.intake.lexicon.neutral_words import IN_VALUES
from analysis.intake.lexicon.word_index import MeaningIndex
from analysis.model.terms import MISSING


class SimilarGroups:
    """Find the most similar spelling of a group. ``words`` maps each normalised spelling to the key of its group."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def nearest(self, word: str) -> tuple[str, float] | None:
        """Return the most similar spelling of a group; one for “not stated” only if few letters differ."""
        stated = self._stated.candidates(word, IN_VALUES)
        return nearest(word, stated, IN_VALUES) or misspelt(word, self._not_stated)

    @cached_property
    def _stated(self) -> MeaningIndex:
        return MeaningIndex(spelling for spelling, key in self._words.items() if key != MISSING)

    @cached_property
    def _not_stated(self) -> list[str]:
        return [spelling for spelling, key in self._words.items() if key == MISSING]
