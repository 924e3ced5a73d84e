"""Find the few of many texts that may mean the same as a text or that it may misspell, before they are compared."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from analysis.intake.lexicon.typos import MOST_ERRORS, agrees, compact, first_letters, folded_words, words_of


class MeaningIndex:
    """Texts by their words, to find those that ``means_the_same`` may accept."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = list(texts)
        self._compact: dict[str, set[int]] = defaultdict(set)
        self._by_word: dict[str, set[int]] = defaultdict(set)
        self._by_letter: dict[str, set[str]] = defaultdict(set)
        for number, text in enumerate(self._texts):
            self._compact[compact(text)].add(number)
            for word in words_of(text):
                self._by_word[word].add(number)
                for letter in first_letters(word):
                    self._by_letter[letter].add(word)

    def candidates(self, text: str, neutral: frozenset[str]) -> list[str]:
        """Return the texts, in their order, with a counterpart of the first word that needs one.

        A text of ``neutral`` words only may mean any text.
        """
        word = next((word for word in words_of(text) if word not in neutral), None)
        if word is None:
            return self._texts
        numbers = set(self._compact.get(compact(text), ()))
        for other in self._by_letter.get(first_letters(word)[0], ()):
            if agrees(word, other):
                numbers |= self._by_word[other]
        return [self._texts[number] for number in sorted(numbers)]


class SlipIndex:
    """Texts by their words and places, to find those that ``is_slip_of_text`` may accept."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._words = [folded_words(text) or [""] for text in texts]
        self._by_word: dict[tuple[int, int, str], list[int]] = defaultdict(list)
        self._by_letter: dict[tuple[int, int, str], set[str]] = defaultdict(set)
        for number, words in enumerate(self._words):
            for place, word in enumerate(words):
                self._by_word[len(words), place, word].append(number)
                for letter in word[:2] or [""]:
                    self._by_letter[len(words), place, letter].add(word)

    def candidates(self, number: int) -> list[int]:
        """Return the numbers of the texts, in their order, with a similar word in the place of its rarest word."""
        words = self._words[number]
        length = len(words)
        place = min(range(length), key=lambda place: len(self._by_word[length, place, words[place]]))
        similar = self._by_letter[length, place, words[place][:1]]
        found = process.extract(words[place], list(similar), scorer=OSA.distance, score_cutoff=MOST_ERRORS, limit=None)
        return sorted(other for word, *_ in found for other in self._by_word[length, place, word])
