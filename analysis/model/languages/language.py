"""Everything that the program needs to know of one language, apart from its catalogue of texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, eq=False)
class Language:
    """One language. Its texts are in ``analysis/i18n/catalogues/<code>.po`` unless ``catalogue`` names another file.

    Attributes
    ----------
    code : ISO 639-1, as in the address bar.
    name : what the language calls itself.
    tag : BCP 47 tag with a country, for numbers, months and the proofing language of slides.
    order : where it comes in lists of languages.
    stage_key : the letter that switches to it on the stage.
    date, time : patterns of Babel (CLDR).
    last_letters : the letters that follow z, in this order. Others sort where their plain letters do.
    letters_as : letters and pairs that sort as another letter: in Danish Aarhus sorts with Å.
    named_as : the code by which CLDR names it in other languages, where that is not its own.
    also_for : codes of languages whose readers read this one best.
    missing_words : words for a group that is not stated, as cells of a workbook have them.
    names : names of sheets, columns, words, dimensions, groups and glossary terms, by their English name. A language
        that is added gives them here; those of the first five are where each thing is defined.
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
