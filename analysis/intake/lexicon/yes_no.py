"""Words and marks that mean yes or no in any column: “ja”, “x”, “✓”, “nej”, “false”."""

from analysis.i18n.vocabulary import spellings
from analysis.intake.tables import normalised
from analysis.model.registry import derived

_MARKS = {**dict.fromkeys(("x", "✓", "✔", "true", "sand", "sandt"), "yes"), **dict.fromkeys(("false", "falsk"), "no")}
_DIGITS = {"1": "yes", "0": "no"}


@derived
def yes_no_meanings() -> dict[str, str]:
    """Return “yes” or “no” for each normalised word that says so without doubt: not for 1 and 0."""
    said = {normalised(text): key for key, texts in spellings("yes_no").items() for text in texts}
    return {word: key for word, key in {**_MARKS, **said}.items() if word not in _DIGITS}


def all_yes_no(values: set[str]) -> dict[str, str] | None:
    """Return “yes” or “no” for each value; None if one says neither. 1 and 0 say so beside nothing else."""
    words = {value: normalised(value) for value in values}
    meanings = _DIGITS if {*words.values()} <= _DIGITS.keys() else yes_no_meanings()
    found = {value: meanings[word] for value, word in words.items() if word in meanings}
    return found if len(found) == len(values) else None
