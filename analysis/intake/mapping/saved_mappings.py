"""Saved mappings: a user's decisions about a kind of file, stored by name and found by the shape of the file."""

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field, replace

from analysis.auth.roles import Person
from analysis.intake.contract import KINDS
from analysis.intake.findings.findings import Finding
from analysis.intake.fix.corrections import AddedDimension, AddedGroup, Corrections, placed
from analysis.intake.layout.heading import NO_HEADERS
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.mapping.applied_mapping import apply_mapping
from analysis.intake.mapping.file_columns import has_columns, heading_of
from analysis.intake.mapping.mapping import DimensionMapping, Level, Mapping
from analysis.intake.package_file import is_without_manifest, manifest_of, prepare_package
from analysis.intake.read_file import Reading
from analysis.intake.sheets import RawSheet, letters
from analysis.intake.tables import cleaned, normalised
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.validation import prepare
from analysis.store import Database, ImportPayload, SavedMapping, save_mapping, saved_mappings
from analysis.text.identity_numbers import holds_identity_number, texts_in


@dataclass(frozen=True)
class Decisions:
    """The user's decisions about a file: a manual mapping, if any, and the corrections."""

    mapping: Mapping | None = None
    corrections: Corrections = field(default_factory=Corrections)


def prepared_with(reading: Reading, known: ReferenceData, decisions: Decisions) -> Prepared:
    """Prepare the file according to the decisions."""
    if (manifest := manifest_of(reading)) is not None:
        return prepare_package(reading, manifest, known)
    if lacking := [sheet.name for sheet in reading.sheets if is_without_manifest(sheet)]:
        findings = [Finding("package_without_manifest", name) for name in lacking]
        return Prepared(ImportPayload(), [*reading.findings, *findings], [])
    if decisions.mapping is None or not reading.sheets:
        return _without_cpr(prepare(reading, known, decisions.corrections), decisions)
    return _without_cpr(apply_mapping(reading, decisions.mapping, known, decisions.corrections), decisions)


def _without_cpr(prepared: Prepared, decisions: Decisions) -> Prepared:
    """Add an error if the user typed or chose a text that looks like an identity number."""
    texts = [*texts_in(to_json(decisions)), *decisions.corrections.cells.values()]
    if not holds_identity_number(texts):
        return prepared
    return replace(prepared, findings=[*prepared.findings, Finding("cpr_typed")])


def shape(reading: Reading) -> str:
    """Return a hash of the sheet names and headers: the record of the store tells files of the same kind by it."""
    sheets = [[sheet.name, sorted(names)] for sheet, names in _names_by_sheet(reading)]
    return hashlib.sha256(json.dumps(sheets, ensure_ascii=False).encode()).hexdigest()


def _names_by_sheet(reading: Reading) -> list[tuple[RawSheet, set[str]]]:
    """Return the headers of every sheet that is not empty, normalised."""
    filled = [sheet for sheet in reading.sheets if sheet.filled.any()]
    return [(sheet, {normalised(text) for text in heading_of(sheet).texts if text}) for sheet in filled]


def remember(database: Database, name: str, reading: Reading, decisions: Decisions, *, by: Person) -> None:
    """Store the decisions by name, for the next file with the same columns. Raises ``NotAllowed``."""
    save_mapping(database, cleaned(name), shape(reading), to_json(decisions, reading), by=by)


@dataclass(frozen=True)
class Remembered:
    """A saved mapping that fits a file, and the columns that the file had not when it was saved."""

    name: str
    decisions: Decisions
    new_columns: tuple[str, ...] = ()


def remembered(database: Database, reading: Reading) -> list[Remembered]:
    """Return the saved mappings whose columns the file has, wherever they stand, newest first."""
    found = [(saved, _fitting(saved, reading)) for saved in saved_mappings(database)]
    return [one for _, one in found if one is not None]


def _fitting(saved: SavedMapping, reading: Reading) -> Remembered | None:
    decisions = from_json(saved.mapping)
    before = set(json.loads(saved.mapping).get("headers", ()))
    by_sheet = _names_by_sheet(reading)
    now = set().union(*(names for _, names in by_sheet)) if by_sheet else set()
    if decisions.mapping is not None:
        mapping = decisions.mapping
        if mapping.heading == NO_HEADERS or not any(has_columns(sheet, mapping) for sheet, _ in by_sheet):
            return None
    elif saved.shape != shape(reading) and (not before or not before <= now):
        return None
    new = [text for sheet, _ in by_sheet for text in heading_of(sheet).texts if text and normalised(text) not in before]
    return Remembered(saved.name, placed_in(reading, decisions), tuple(dict.fromkeys(new)) if before else ())


def placed_in(reading: Reading, decisions: Decisions) -> Decisions:
    """Return saved decisions with the replaced values at the columns where their headers stand in this file."""
    return replace(decisions, corrections=placed(decisions.corrections, reading))


def to_json(decisions: Decisions, reading: Reading | None = None) -> str:
    """Serialise the decisions, except corrections of single rows, with the headers of the file that they are about."""
    headers = set().union(*(names for _, names in _names_by_sheet(reading))) if reading is not None else set()
    corrections = decisions.corrections.without_rows()
    header_of = corrections.headers if reading is None else _headers_of(reading, decisions)
    mapping = decisions.mapping
    return json.dumps(
        {
            "mapping": None if mapping is None else asdict(mapping),
            "values": [[*place, meant, header_of.get(place, "")] for place, meant in corrections.values.items()],
            "dimensions": [asdict(dimension) for dimension in corrections.dimensions],
            "places": corrections.places,
            "groups": [asdict(group) for group in corrections.groups],
            "answers": corrections.answers,
            "constants": corrections.constants,
            "headers": sorted(headers),
        },
        ensure_ascii=False,
        default=str,
    )


def _headers_of(reading: Reading, decisions: Decisions) -> dict[tuple[str, str], str]:
    """Return the header of each column with replaced values, normalised, where it has one."""
    found = dict(decisions.corrections.headers)
    rows = decisions.mapping.heading if decisions.mapping else None
    for sheet in reading.sheets:
        places = {place for name, place in decisions.corrections.values if name == sheet.name}
        if places and sheet.filled.any():
            texts = {letters(at): normalised(text) for at, text in enumerate(heading_of(sheet, rows).texts)}
            found.update({(sheet.name, place): texts[place] for place in places if texts.get(place)})
    return found


class NotAMapping(ValueError):
    """The text is not a saved mapping."""


def parsed(text: str) -> Decisions:
    """Parse a mapping from a file. Raises ``NotAMapping``."""
    try:
        decisions = from_json(text)
        sound = _are_texts(decisions.corrections.answers, decisions.corrections.constants)
        sound &= _are_texts(*decisions.corrections.values.values())
        sound &= all(isinstance(header, str) for header in decisions.corrections.headers.values())
        sound &= all(isinstance(one.name, str) for one in decisions.corrections.dimensions)
        sound &= all(isinstance(place, str) for place in decisions.corrections.places)
        if (mapping := decisions.mapping) is not None:
            meanings = [*mapping.values.values(), *(one.groups for one in mapping.all_dimensions)]
            sound &= _are_texts(mapping.columns, mapping.constants, mapping.only, *meanings)
            sound &= all(isinstance(name, str) for name in (mapping.sheet, *mapping.sheets, *mapping.numbers))
            sound &= mapping.heading is None or all(isinstance(row, int) and row >= -1 for row in mapping.heading)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotAMapping from error
    if not sound:
        raise NotAMapping
    return decisions


def _are_texts(*some: dict[str, str]) -> bool:
    return all(isinstance(text, str) for one in some for pair in one.items() for text in pair)


def from_json(text: str) -> Decisions:
    """Parse the output of ``to_json``."""
    read = json.loads(text)
    corrections = Corrections(
        values={(sheet, place): meant for sheet, place, meant, *_ in read["values"]},
        headers={(sheet, place): header[0] for sheet, place, _, *header in read["values"] if header and header[0]},
        dimensions=tuple(AddedDimension(**dimension) for dimension in read.get("dimensions", ())),
        places=tuple(read.get("places", ())),
        groups=tuple(AddedGroup(**group) for group in read["groups"]),
        answers=read.get("answers", {}),
        constants=read.get("constants", {}),
    )
    return Decisions(None if read["mapping"] is None else _mapping(read["mapping"]), corrections)


def _mapping(read: dict[str, object]) -> Mapping:
    values = dict(read)
    values["form"] = KINDS[str(values["form"])].form
    values["dimensions"] = {
        header: DimensionMapping(**one)
        for header, one in values["dimensions"].items()  # type: ignore[attr-defined]
    }
    day = values["adjusted_on"]
    values["adjusted_on"] = dt.date.fromisoformat(str(day)) if day else None
    values["sheets"] = tuple(values.get("sheets", ()))  # type: ignore[arg-type]
    values["ambiguous"] = tuple(values.get("ambiguous", ()))  # type: ignore[arg-type]
    values["numbers"] = tuple(values.get("numbers", ()))  # type: ignore[arg-type]
    values["levels"] = tuple(
        Level(one["field"], DimensionMapping(**one["dimension"]) if one["dimension"] else None)
        for one in values.get("levels", ())  # type: ignore[attr-defined]
    )
    rows = values["heading"]
    values["heading"] = tuple(rows) if rows else None  # type: ignore[arg-type]
    return Mapping(**values)  # type: ignore[arg-type]
