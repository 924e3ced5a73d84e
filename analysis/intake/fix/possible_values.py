"""Possible replacements of an invalid value, the most likely first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from analysis.i18n.coded_words import WORDS
from analysis.intake.contract import KINDS, Form
from analysis.intake.findings.findings import Finding
from analysis.intake.fix.entries import dimension_of
from analysis.intake.lexicon.municipality_names import ABROAD, places_abroad
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.tables import Table
from analysis.model.languages import LANGUAGES, name_in
from analysis.model.terms import Dimension, Group, Stage


@dataclass(frozen=True)
class PossibleValues:
    """Texts that can replace a value; with ``free_text`` any other text can too.

    ``likely`` is the text that is probably meant; empty if unknown. ``dimension`` is the key of the dimension to which
    the value can be added as a group; empty for none. ``is_dimension`` and ``is_place``: the value can be added as one.
    """

    texts: tuple[str, ...] = ()
    likely: str = ""
    free_text: bool = True
    dimension: str = ""
    ordered: bool = False
    is_dimension: bool = False
    is_place: bool = False


def possible_values(
    finding: Finding,
    tables: Sequence[Table],
    known: ReferenceData,
    language: str,
    *,
    offers: Collection[str] = (),
    country: str = "",
) -> PossibleValues:
    """Return the possible replacements of the value of a finding, as texts of this language.

    ``offers`` are the names of offers in the file and in the data. ``country`` is the answer where the municipalities
    of the file are.
    """
    likely = _likely(finding, language)
    if (dimension := _dimension(finding, tables, known)) is not None:
        groups = [group.label(language) for group in dimension.groups]
        texts = (*groups, LANGUAGES[language].missing_words[0])
        is_range = finding.check == "group_as_date"
        likely = likely if not is_range or not groups or likely in groups else ""
        key = dimension_of(finding)
        return PossibleValues(_first(likely, texts), likely, is_range, key, bool(key) and dimension.ordered)
    closed = _closed(finding, known, language, country)
    if closed:
        return PossibleValues(
            _first(likely, closed),
            likely,
            free_text=False,
            is_dimension=finding.check == "unknown_dimension",
            is_place=finding.check.startswith("unknown_municipality"),
        )
    texts = tuple(sorted(set(offers))) if finding.check == "adjustment_unknown_offer" else ()
    return PossibleValues(_first(likely, texts), likely)


def _first(likely: str, texts: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (likely, *texts))))


def _likely(finding: Finding, language: str) -> str:
    likely = finding.values.get("nearest") or finding.values.get("guess") or ""
    if isinstance(likely, Group):
        return likely.label(language)
    return "" if likely == "?" else str(likely)


def _dimension(finding: Finding, tables: Sequence[Table], known: ReferenceData) -> Dimension | None:
    """Return the dimension whose group the value should be."""
    dimension = finding.values.get("dimension")
    if dimension_of(finding) and isinstance(dimension, Dimension):
        return dimension
    if finding.check != "group_as_date":
        return None
    keys = [
        key
        for table in tables
        for key, letters in table.letters.items()
        if (table.sheet, letters) == (finding.sheet, finding.letters) and key in known.dimensions
    ]
    return known.dimensions[keys[0]] if keys else None


def _closed(finding: Finding, known: ReferenceData, language: str, country: str) -> tuple[str, ...]:
    """Return the only texts that are valid here; none if others are valid too."""
    match finding.check:
        case "unknown_word":
            return tuple(_text(one, language) for one in _sequence(finding.values["known"]))
        case "unknown_dimension":
            return tuple(_text(one, language) for one in _sequence(finding.values["known"]))
        case "unknown_stage":
            return tuple(name_in(KINDS[Form.COUNTS].column(stage).names, language) for stage in Stage)
        case "attendance_mark":
            return tuple(name_in(names, language) for names in WORDS["yes_no"].values())
        case "municipality_split" | "municipality_several":
            return tuple(_text(one, language) for one in _sequence(finding.values["possible"]))
        case "municipality_code_differs":
            return tuple(_text(finding.values[name], language) for name in ("meant", "other"))
        case check if check.startswith(("unknown_municipality", "municipality_region")):
            return _municipalities(known, country)
    return ()


def _municipalities(known: ReferenceData, country: str) -> tuple[str, ...]:
    if country in ABROAD:
        return tuple(sorted({name for names in places_abroad(country).names.values() for name in names}))
    return tuple(sorted(set(known.municipalities.values())))


def _sequence(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (value,)


def _text(value: object, language: str) -> str:
    if isinstance(value, Dimension | Group):
        return value.label(language)
    return str(value[language]) if isinstance(value, dict) else str(value)
