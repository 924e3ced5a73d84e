"""The indexes of texts leave out no text that a comparison with every text finds."""

import random

import pytest

from analysis.intake.lexicon.fuzzy_match import misspelt, nearest
from analysis.intake.lexicon.neutral_words import IN_VALUES
from analysis.intake.lexicon.similar_groups import SimilarGroups
from analysis.intake.lexicon.typos import is_slip_of_text
from analysis.intake.lexicon.word_index import SlipIndex
from analysis.intake.tables import normalised
from analysis.model.terms import MISSING

LETTERS = "abcdefghijklmnoprstuvyæøåäö 012-("
GROUPS = {
    "grundskole": "basic",
    "gymnasial uddannelse": "upper",
    "kort videregående uddannelse": "short",
    "lang videregående uddannelse": "long",
    "ikke vestlig oprindelse": "other",
    "16-24 år": "16-24",
    "uoplyst": MISSING,
    "ikke oplyst": MISSING,
}
OFFERS = (
    "Stopkursus Nord",
    "Motion på recept",
    "Æblehøst øst",
    "Gruppeforløb (hold)",
    "!!",
    "Rygestop",
    "Kostvejledning",
)


def changed(rng: random.Random, text: str) -> str:
    """The text with up to four letters added, missing or wrong."""
    letters = list(text)
    for _ in range(rng.randrange(5)):
        place = rng.randrange(len(letters) + 1)
        letters[place : place + rng.randrange(2)] = rng.choice(["", rng.choice(LETTERS)])
    return normalised("".join(letters))


@pytest.mark.parametrize("seed", range(5))
def test_nearest_group_is_that_of_a_comparison_with_every_spelling(seed: int) -> None:
    rng = random.Random(seed)
    stated = [spelling for spelling, key in GROUPS.items() if key != MISSING]
    not_stated = [spelling for spelling, key in GROUPS.items() if key == MISSING]
    groups = SimilarGroups(GROUPS)
    words = [changed(rng, rng.choice(list(GROUPS))) for _ in range(300)] + ["", "uddannelse", "år", "udd. gymnasial"]
    for word in words:
        assert groups.nearest(word) == (nearest(word, stated, IN_VALUES) or misspelt(word, not_stated)), word


@pytest.mark.parametrize("seed", range(5))
def test_slips_are_those_of_a_comparison_with_every_text(seed: int) -> None:
    rng = random.Random(seed)
    texts = [changed(rng, rng.choice(OFFERS)) for _ in range(200)]
    index = SlipIndex(texts)
    for number, text in enumerate(texts):
        slips = {other for other, meant in enumerate(texts) if is_slip_of_text(text, meant)}
        assert slips <= set(index.candidates(number)), text
