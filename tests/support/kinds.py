"""What a kind of sheet lacks."""

from collections.abc import Iterable
from dataclasses import fields

from analysis.i18n import LANGUAGES, wording
from analysis.i18n.catalogue import translated
from analysis.i18n.coded_words import WORDS
from analysis.intake.contract import KINDS, Column, Holds, SheetKind, example_mark
from analysis.intake.tables import normalised
from analysis.model.languages import has_name
from analysis.store import FORMS, ImportPayload


def lacking(form: str) -> list[str]:
    """What a registered kind of sheet lacks, each said so that one knows what to add."""
    kind = KINDS[form]
    parts = [_names(kind), _untranslated(kind), _example(kind), _stored(kind)]
    return [lack for part in parts for lack in part] + [lack for one in kind.columns for lack in _column(one)]


def _names(kind: SheetKind) -> Iterable[str]:
    for code in LANGUAGES:
        if not has_name(kind.names, code):
            yield f"no name in {code}"
        yield from (f"column {one.key}: no name in {code}" for one in kind.columns if not has_name(one.names, code))
    others = [one for one in KINDS.values() if one is not kind]
    if kind.order in [one.order for one in others]:
        yield "order is that of another kind"
    given = {normalised(title) for title in (*kind.names.values(), *kind.others)}
    taken = {normalised(title) for one in others for title in (*one.names.values(), *one.others)}
    yield from (f"name {title} is that of another kind" for title in sorted(given & taken))
    keys = [one.key for one in kind.columns]
    yield from (f"column {key} is there twice" for key in sorted({key for key in keys if keys.count(key) > 1}))


def _untranslated(kind: SheetKind) -> Iterable[str]:
    texts = {"row": kind.row, "plural": kind.plural, **{f"column {one.key}": one.guidance for one in kind.columns}}
    if kind.by_hand:
        texts["by_hand"] = kind.by_hand
    yield from (f"{where}: no text" for where, text in texts.items() if not text)
    for code in LANGUAGES:
        catalogue = translated(code) if code != "en" else None
        for where, text in texts.items():
            if text and catalogue is not None and not (text in catalogue and catalogue[text].string):
                yield f"{where}: no text in {code}"


def _example(kind: SheetKind) -> Iterable[str]:
    words = wording("en")
    example = {"municipality", "offer", *kind.example(words)}
    keys = [one.key for one in kind.columns]
    yield from (f"example of {one.key} is not there" for one in kind.columns if one.needed and one.key not in example)
    yield from (f"example of {key}, which is no column" for key in kind.example(words) if key not in keys)
    if kind.example_column not in keys:
        yield "example_column is no column"
    elif kind.example_column != "offer":
        marked = str(kind.example(words).get(kind.example_column, ""))
        if not marked.startswith(example_mark(words)):
            yield "example_column has no mark in the example"


def _stored(kind: SheetKind) -> Iterable[str]:
    if kind.stored_as not in FORMS or kind.stored_as not in {one.name for one in fields(ImportPayload)}:
        yield f"the store takes no {kind.stored_as}"


def _column(column: Column) -> Iterable[str]:
    if column.words and column.words not in WORDS:
        yield f"column {column.key}: no words {column.words} in the vocabulary"
    if (column.holds is Holds.DATE) != column.key.endswith("_on"):
        yield f"column {column.key}: dates, and nothing else, have a key that ends in _on"
