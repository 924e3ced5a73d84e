"""Search by the stems of words and by synonyms, in five languages."""

import pytest

from analysis.i18n.vocabulary import spellings
from analysis.text.word_search import contains

SYNONYMS = [*spellings("tag").values()]


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("Vi ringer til deltagerne om aftenen", "deltager"),
        ("Et brev til hver deltager", "deltagernes breve"),
        ("Meetings in the evening", "meeting"),
        ("Møter på kvelden", "møte"),
        ("Möten på kvällen", "MÖTET"),
        ("Muistutus tekstiviestillä", "muistutukset"),
        ("Billeder i stedet for tekst", "billede"),
        ("påmindelser", "sms"),
        ("påmindelser", "reminder"),
        ("Vi sender en sms", "påminnelser"),
        ("mindre hold om aftenen", "smaller groups"),
    ],
)
def test_a_word_is_found_in_other_forms_and_other_words(text: str, search: str) -> None:
    assert contains(text, search, SYNONYMS)


@pytest.mark.parametrize(
    ("text", "search"),
    [("Et brev", "sms"), ("Sms før hvert møde", "sms brev"), ("Mentor", "motor"), ("Frit valg af tidspunkt", "hold")],
)
def test_other_words_are_not_found(text: str, search: str) -> None:
    assert not contains(text, search, SYNONYMS)
