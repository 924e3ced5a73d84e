"""The sheets of the theme days: who took part, how inequality is understood, actions, requests and votes."""

from collections.abc import Sequence
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from analysis.intake.contract import Form
from analysis.intake.findings.findings import Finding
from analysis.intake.formats.lists import column, places
from analysis.intake.lexicon.fuzzy_match import misspelt
from analysis.intake.lexicon.reference_data import Known
from analysis.intake.parsing import columns
from analysis.intake.tables import Table, normalised
from analysis.model.terms import Status, Understanding

THEME_DAY_FORMS = (Form.THEME_DAYS, Form.UNDERSTANDINGS, Form.ACTIONS, Form.REQUESTS, Form.VOTES)
DAYS = tuple(f"{status}_on" for status in Status)
WEIGHTS = tuple(str(understanding) for understanding in Understanding)
STANDS_ONCE: dict[Form, tuple[str, ...]] = {
    Form.UNDERSTANDINGS: ("municipality", "held_on", "asked", "holder", "table"),
    Form.ACTIONS: ("municipality", "action"),
    Form.VOTES: ("held_on", "municipality", "table", "action"),
}
"""What tells a row of a sheet from all others of it."""


def prepare_list(table: Table, known: Known, findings: list[Finding]) -> pa.Table:
    """The rows of one of these sheets as ``store.Contents`` wants them."""
    prepared = pa.table(places(table) | _COLUMNS[table.form](table, known, findings))
    _tell_repeated(table, prepared, findings)
    return prepared


def check_names(tables: Sequence[tuple[Table, pa.Table]], known: Known, findings: list[Finding]) -> None:
    """Actions that differ by a few letters only, and days with votes but without participants, are told."""
    days = known.theme_days | _distinct(tables, Form.THEME_DAYS, "held_on")
    for table, prepared in tables:
        if table.form in (Form.ACTIONS, Form.VOTES):
            _tell_likeness(table, prepared, known.actions, findings)
        if table.form in (Form.UNDERSTANDINGS, Form.VOTES) and days:
            _tell_unknown_days(table, prepared, days, findings)


def _theme_days(table: Table, known: Known, findings: list[Finding]) -> dict[str, pa.Array]:
    given = pa.int64()
    participants = column(table, "participants", columns.count(table.separators), findings, kind=given)
    return {
        "held_on": _day(table, "held_on", findings, needed=True),
        "place": column(table, "place", columns.as_text, findings, needed=True),
        "day_kind": column(table, "day_kind", columns.word("day_kind"), findings, needed=True),
        "municipality": column(table, "municipality", columns.municipality(known), findings, needed=True),
        "role": column(table, "role", columns.word("role"), findings, needed=True),
        "area": column(table, "area", columns.word("area"), findings),
        "participants": pc.fill_null(participants, 1),
    }


def _understandings(table: Table, known: Known, findings: list[Finding]) -> dict[str, pa.Array]:
    found = {
        "municipality": column(table, "municipality", columns.municipality(known), findings, needed=True),
        "held_on": _day(table, "held_on", findings, needed=True),
        "asked": column(table, "asked", columns.word("asked"), findings, needed=True),
        "holder": column(table, "holder", columns.word("holder"), findings, needed=True),
        "table": column(table, "table", columns.as_text, findings),
    }
    weights = {key: column(table, key, columns.weight, findings, kind=pa.float64()) for key in WEIGHTS}
    filled = [pc.fill_null(weight, 0.0) for weight in weights.values()]
    nothing = pc.equal(pc.add(pc.add(filled[0], filled[1]), filled[2]), 0.0).to_numpy(zero_copy_only=False)
    if nothing.any():
        findings.append(table.finding("no_votes", WEIGHTS[0], nothing))
    return found | dict(zip(WEIGHTS, filled, strict=True))


def _actions(table: Table, known: Known, findings: list[Finding]) -> dict[str, pa.Array]:
    found = {
        "municipality": column(table, "municipality", columns.municipality(known), findings, needed=True),
        "action": column(table, "action", columns.as_text, findings, needed=True),
        "area": column(table, "area", columns.word("area"), findings),
        "level": column(table, "level", columns.word("level"), findings),
        "priority": column(table, "priority", columns.priority, findings, kind=pa.int64()),
        "status": column(table, "status", columns.word("status"), findings, needed=True),
        "responsible": column(table, "responsible", columns.word("area"), findings),
        "involved": column(table, "involved", columns.areas, findings, kind=pa.list_(pa.string())),
    }
    found |= {key: _day(table, key, findings) for key in DAYS}
    _check_dates(table, found, findings)
    return found


def _requests(table: Table, known: Known, findings: list[Finding]) -> dict[str, pa.Array]:
    requested, since = _day(table, "requested_on", findings, needed=True), _day(table, "state_on", findings)
    early = pc.fill_null(pc.less(since, requested), fill_value=False).to_numpy(zero_copy_only=False)
    if early.any():
        findings.append(table.finding("state_before_request", "state_on", early))
    return {
        "municipality": column(table, "municipality", columns.municipality(known), findings, needed=True),
        "requested_on": requested,
        "request": column(table, "request", columns.word("request"), findings, needed=True),
        "state": pc.fill_null(column(table, "state", columns.word("state"), findings), "open"),
        "state_on": pc.coalesce(since, requested),
        "next_step": column(table, "next_step", columns.as_text, findings),
    }


def _votes(table: Table, known: Known, findings: list[Finding]) -> dict[str, pa.Array]:
    return {
        "held_on": _day(table, "held_on", findings, needed=True),
        "municipality": column(table, "municipality", columns.municipality(known), findings),
        "table": column(table, "table", columns.as_text, findings),
        "action": column(table, "action", columns.as_text, findings, needed=True),
        "votes": column(table, "votes", columns.count(table.separators), findings, needed=True, kind=pa.int64()),
    }


_COLUMNS = {
    Form.THEME_DAYS: _theme_days,
    Form.UNDERSTANDINGS: _understandings,
    Form.ACTIONS: _actions,
    Form.REQUESTS: _requests,
    Form.VOTES: _votes,
}


def _day(table: Table, key: str, findings: list[Finding], *, needed: bool = False) -> pa.Array:
    if key not in table.columns:
        return pa.nulls(len(table.rows), pa.date32())
    return column(table, key, columns.date(table, key), findings, needed=needed, kind=pa.date32())


def _check_dates(table: Table, found: dict[str, pa.Array], findings: list[Finding]) -> None:
    """Dates that run backwards stand in the way; a date of a stage that the status has not come to is told."""
    stages = [found[key].to_pylist() for key in DAYS]
    for row, status, *days in zip(table.rows.tolist(), found["status"].to_pylist(), *stages, strict=True):
        given = [(day, key) for day, key in zip(days, DAYS, strict=True) if day is not None]
        backwards = next((key for (one, _), (other, key) in pairwise(given) if other < one), None)
        mask = table.rows == row
        if backwards:
            findings.append(table.finding("action_dates_backwards", backwards, mask))
        elif given and status is not None and DAYS.index(given[-1][1]) > DAYS.index(f"{status}_on"):
            findings.append(table.finding("status_behind", "status", mask))


def _tell_repeated(table: Table, prepared: pa.Table, findings: list[Finding]) -> None:
    keys = STANDS_ONCE.get(table.form)
    if keys is None:
        return
    frame = prepared.select(list(keys)).to_pandas()
    repeated = frame.duplicated().to_numpy()
    if repeated.any():
        key = "action" if "action" in keys else "holder"
        findings.append(table.finding("entry_twice", key, repeated))


def _distinct(tables: Sequence[tuple[Table, pa.Table]], form: Form, key: str) -> frozenset[object]:
    return frozenset(value for table, prepared in tables if table.form is form for value in prepared[key].to_pylist())


def _tell_likeness(table: Table, prepared: pa.Table, stored: frozenset[str], findings: list[Finding]) -> None:
    """An action that differs by a few letters from a stored one, or from one before it in the sheet, is told."""
    known = {normalised(name): name for name in stored}
    for name in dict.fromkeys(name for name in prepared["action"].to_pylist() if name):
        word = normalised(name)
        near = misspelt(word, known) if word not in known else None
        if near:
            mask = pc.fill_null(pc.equal(prepared["action"], name), fill_value=False).to_numpy(zero_copy_only=False)
            findings.append(table.finding("action_spelling", "action", mask, name, nearest=known[near[0]]))
        known.setdefault(word, name)


def _tell_unknown_days(table: Table, prepared: pa.Table, days: frozenset[object], findings: list[Finding]) -> None:
    held = prepared["held_on"].to_pylist()
    for day in sorted({day for day in held if day and day not in days}):
        mask = pc.fill_null(pc.equal(prepared["held_on"], day), fill_value=False).to_numpy(zero_copy_only=False)
        findings.append(table.finding("theme_day_unknown", "held_on", mask, day=day))
