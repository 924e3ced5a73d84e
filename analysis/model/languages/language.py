"""All properties of a language except its catalogue of texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, eq=False)
class Language:
    """One language. Its texts are in ``analysis/i18n/catalogues/<code>.po`` unless ``catalogue`` names another file.

    Attributes
    ----------
    code : ISO 639-1 code, as in the address bar.
    name : the language's own name.
    tag : BCP 47 tag with a country, for numbers, months and the proofing language of slides.
    order : position in lists of languages.
    stage_key : the key that switches to it on the stage.
    date, time : patterns of Babel (CLDR).
    last_letters : the letters that follow z, in this order. Others sort like their base letters.
    letters_as : letters and digraphs that sort as another letter: in Danish, Aarhus sorts with Å.
    named_as : the CLDR code for its name in other languages, if it differs from ``code``.
    also_for : codes of languages whose readers understand this one best.
    missing_words : words for a group that is not stated, as in workbook cells.
    names : names of sheets, columns, words, dimensions, groups and glossary terms, by English name. Only languages
        other than the first five need them here; the names of the first five are defined with each term.
    """

    code: str
    name: str
    tag: str
    order: int
    stage_key: str
    date: str
    time: str
    missing_words: tuple[str, ...]
    last_letters: str = ""
    letters_as: Mapping[str, str] = field(default_factory=dict)
    named_as: str = ""
    also_for: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    catalogue: Path | None = None

    @property
    def key(self) -> str:
        return self.code
