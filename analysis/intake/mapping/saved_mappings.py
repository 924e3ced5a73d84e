"""Saved mappings: a user's decisions about a kind of file, stored by name and found by the shape of the file."""

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field, replace

from analysis.auth.roles import Person
from analysis.intake.contract import KINDS
from analysis.intake.findings.findings import Finding
from analysis.intake.fix.corrections import AddedGroup, Corrections
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.mapping.mapping import DimensionMapping, Mapping, apply_mapping, heading_of
from analysis.intake.read_file import Reading
from analysis.intake.tables import cleaned, normalised
from analysis.intake.validate.validation import Prepared, prepare
from analysis.store import Database, SavedMapping, save_mapping, saved_mappings
from analysis.text.identity_numbers import holds_identity_number, texts_in


@dataclass(frozen=True)
class Decisions:
    """The user's decisions about a file: a manual mapping, if any, and the corrections."""

    mapping: Mapping | None = None
    corrections: Corrections = field(default_factory=Corrections)


def prepared_with(reading: Reading, known: ReferenceData, decisions: Decisions) -> Prepared:
    """Prepare the file according to the decisions."""
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
    """Return a hash of the sheet names and headers, which files of the same kind share."""
    sheets = [
        [sheet.name, sorted(normalised(text) for text in heading_of(sheet).texts if text)]
        for sheet in reading.sheets
        if sheet.filled.any()
    ]
    return hashlib.sha256(json.dumps(sheets, ensure_ascii=False).encode()).hexdigest()


def remember(database: Database, name: str, reading: Reading, decisions: Decisions, *, by: Person) -> None:
    """Store the decisions by name, for the next file of the same shape. Raises ``NotAllowed``."""
    save_mapping(database, cleaned(name), shape(reading), to_json(decisions), by=by)


def saved_mapping(database: Database, reading: Reading) -> list[SavedMapping]:
    """Return the saved mappings for files of this shape, newest first."""
    wanted = shape(reading)
    return [one for one in saved_mappings(database) if one.shape == wanted]


def to_json(decisions: Decisions) -> str:
    """Serialise the decisions, except corrections of single rows."""
    corrections = decisions.corrections.without_rows()
    mapping = decisions.mapping
    return json.dumps(
        {
            "mapping": None if mapping is None else asdict(mapping),
            "values": [[sheet, place, meant] for (sheet, place), meant in corrections.values.items()],
            "groups": [asdict(group) for group in corrections.groups],
            "answers": corrections.answers,
        },
        ensure_ascii=False,
        default=str,
    )


def from_json(text: str) -> Decisions:
    """Parse the output of ``to_json``."""
    read = json.loads(text)
    corrections = Corrections(
        values={(sheet, place): meant for sheet, place, meant in read["values"]},
        groups=tuple(AddedGroup(**group) for group in read["groups"]),
        answers=read.get("answers", {}),
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
    rows = values["heading"]
    values["heading"] = tuple(rows) if rows else None  # type: ignore[arg-type]
    return Mapping(**values)  # type: ignore[arg-type]
