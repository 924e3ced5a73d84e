"""A sixth language for tests, and the list of what a language lacks."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages import Catalog
from babel.messages.pofile import write_po
from pptx.enum.lang import MSO_LANGUAGE_ID

from analysis.config import ROOT
from analysis.i18n import catalogue as catalogues
from analysis.i18n.coded_words import WORDS
from analysis.i18n.language import catalogue_of
from analysis.intake import contract
from analysis.model.languages import LANGUAGES, Names, has_name
from analysis.model.languages.language import Language
from analysis.text.month_names import with_months_in_digits

KEYS_OF_THE_STAGE = {"b", "l", "w", "h"}
"""The letters that do something else on the stage."""


def names() -> Iterator[tuple[str, Names]]:
    """Everything that has a name in each language, and where it is defined."""
    for sheet in contract.KINDS.values():
        yield f"sheet {sheet.form}", sheet.names
        columns = [*sheet.columns, *(one for one in sheet.also if one not in sheet.columns)]
        yield from ((f"column {sheet.form}.{column.key}", column.names) for column in columns)
    for key in ("GUIDANCE_SHEETS", "LIST_SHEETS", "SYNTHETIC_SHEETS", "FINDINGS_SHEETS", "EXAMPLES"):
        yield f"contract.{key}", getattr(contract, key)
    for kind, words in WORDS.items():
        yield from ((f"word {kind}.{key}", of_word) for key, of_word in words.items())
    for row in _rows("dimensions"):
        yield f"dimension {row['dimension']}", _by_code(row, "dimension_")
        yield f"group {row['dimension']}.{row['group']}", _by_code(row, "group_")
    yield from ((f"glossary {row['en']}", row) for row in _rows("glossary"))


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _by_code(row: dict[str, str], prefix: str) -> Names:
    return {name.removeprefix(prefix): text for name, text in row.items() if name.startswith(prefix)}


@cache
def _collected() -> Catalog:
    return catalogues.collected()


def lacking(code: str) -> list[str]:
    """What a language on offer lacks, each said so that one knows what to add and where."""
    language = LANGUAGES[code]
    return [*_details(language), *_unnamed(code), *_untranslated(code)]


def _details(language: Language) -> Iterable[str]:
    others = [one for one in LANGUAGES.values() if one is not language]
    for field in ("name", "date", "time", "missing_words"):
        if not getattr(language, field):
            yield f"{field} is empty"
    for field in ("name", "tag", "order", "stage_key"):
        if getattr(language, field) in [getattr(one, field) for one in others]:
            yield f"{field} is that of another language"
    if len(language.stage_key) != 1 or language.stage_key in KEYS_OF_THE_STAGE:
        yield "stage_key is not one letter that is free on the stage"
    try:
        months = Locale.parse(language.tag, sep="-").months["format"]["wide"].values()
    except (UnknownLocaleError, ValueError):
        yield "tag is not known to Babel"
    else:
        for month in months:
            if with_months_in_digits(f"30. {month} 1970 1234") == f"30. {month} 1970 1234":
                yield f"month {month} is not in analysis/text/month_names.py"
    try:
        MSO_LANGUAGE_ID.from_xml(language.tag)
    except ValueError:
        yield "tag is not known to PowerPoint"


def _unnamed(code: str) -> Iterable[str]:
    own = LANGUAGES[code].names
    for where, of_thing in names():
        if not has_name(of_thing, code):
            yield f"no name for {where}"
        if code in of_thing and of_thing["en"] in own:
            yield f"two names for {where}"


def _untranslated(code: str) -> Iterable[str]:
    if code == "en":
        return
    if not catalogue_of(code).exists():
        yield f"no catalogue {catalogue_of(code).name}"
        return
    catalogue = catalogues.translated(code)
    for message in _collected():
        if message.id and (message.id not in catalogue or not catalogue[message.id].string):
            yield f"no text for {message.id}"


def icelandic(folder: Path) -> Language:
    """Icelandic as a machine would make it up: every word of a name backwards, every text with a mark before it."""
    path = folder / "is.po"
    catalogue = Catalog(locale="is", project="Lige Adgang")
    for message in _collected():
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = tuple(f"[is] {text}" for text in ids)
        catalogue.add(message.id, texts if isinstance(message.id, tuple) else texts[0])
    with path.open("wb") as file:
        write_po(file, catalogue)
    return Language(
        code="is",
        name="Íslenska",
        tag="is-IS",
        order=6,
        stage_key="i",
        date="d.M.yyyy",
        time="HH:mm",
        missing_words=("óþekkt",),
        last_letters="þæö",
        names={one["en"]: _backwards(one["en"]) for _, one in names()},
        catalogue=path,
    )


def _backwards(name: str) -> str:
    return " ".join(word[::-1] if word.isalpha() else word for word in name.split())


@contextmanager
def with_icelandic(folder: Path) -> Iterator[Language]:
    """Icelandic is on offer for as long as the block runs."""
    with LANGUAGES.added(icelandic(folder)) as language:
        yield language
