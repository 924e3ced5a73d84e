"""The available languages, one file each. To add a language, add a file here and a catalogue in ``analysis/i18n``."""

from collections.abc import Mapping

from analysis.model.languages.language import Language
from analysis.model.registry import Registry

LANGUAGES = Registry("analysis.model.languages", Language)
"""Languages by code."""

Names = Mapping[str, str]
"""A name in each language, by language code. English is always included."""


def name_in(names: Names, code: str) -> str:
    """Return the name in this language: from ``names``, or else from the language's own file.

    Raises ``KeyError`` if neither has it.
    """
    if code in names:
        return names[code]
    own = LANGUAGES[code].names
    if names["en"] not in own:
        raise KeyError(f"{code}: no name for “{names['en']}”")
    return own[names["en"]]


def has_name(names: Names, code: str) -> bool:
    """Return whether there is a name in this language."""
    return code in names or names["en"] in LANGUAGES[code].names


def in_every_language(names: Names) -> dict[str, str]:
    """Return the name by language code, for each available language."""
    return {code: name_in(names, code) for code in LANGUAGES}


def own_names() -> dict[str, str]:
    """Return each language's own name, by language code."""
    return {code: language.name for code, language in LANGUAGES.items()}
