"""The languages on offer: one file each. Add a language with a file here and a catalogue in ``analysis/i18n``."""

from collections.abc import Mapping

from analysis.model.languages.language import Language
from analysis.model.registry import Registry

LANGUAGES = Registry("analysis.model.languages", Language)
"""Each by its code."""

Names = Mapping[str, str]
"""A name in each language, by the code of the language. English is always there."""


def name_in(names: Names, code: str) -> str:
    """A name in this language: the one given with the others, or else the one that the language gives.

    Raises ``KeyError`` where neither does.
    """
    if code in names:
        return names[code]
    own = LANGUAGES[code].names
    if names["en"] not in own:
        raise KeyError(f"{code}: no name for “{names['en']}”")
    return own[names["en"]]


def has_name(names: Names, code: str) -> bool:
    """Whether there is a name in this language."""
    return code in names or names["en"] in LANGUAGES[code].names


def in_every_language(names: Names) -> dict[str, str]:
    """A name by the code of each language on offer."""
    return {code: name_in(names, code) for code in LANGUAGES}


def own_names() -> dict[str, str]:
    """What each language calls itself, by its code."""
    return {code: language.name for code, language in LANGUAGES.items()}
