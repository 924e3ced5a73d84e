"""Read the bytes of a file into sheets of text columns, in child processes with time and memory limits."""

import hashlib
import json
import os
import signal
import time
from collections.abc import Callable, Collection
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from analysis.config import Limits
from analysis.intake.detect.identity_number_columns import (
    AmbiguousColumn,
    cpr_elsewhere,
    cpr_in_names,
    find_identity_numbers,
)
from analysis.intake.findings.findings import Finding
from analysis.intake.reader.file_type import OLE_HEADER
from analysis.intake.reader_agreement import disagreements
from analysis.intake.reader_process import start, wait_for_any
from analysis.intake.sheets import RawSheet, TextColumn, block, position
from analysis.intake.tables import cleaned
from analysis.intake.temporary_folders import temporary_folder

WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
SMALLEST_MEMORY = 350 * 2**20
MEMORY_PER_BYTE = 30
SMALLEST_SECONDS = 8.0
SECONDS_PER_MEGABYTE = 2.0
LOOK_EVERY = 0.05
"""Maximum seconds between two reports of progress."""
BUSY_FACTOR = 10
"""Factor on the time limit of a child process. After that, the computer is too busy."""
UNREADABLE, CRASHED, BUSY = "file_unreadable", "file_crashed", "file_busy"
WITHOUT_REASON = {UNREADABLE: 1, CRASHED: 2, BUSY: 3}
"""Rejections without a specific reason; the lowest number takes precedence. A specific reason precedes all of them."""
OUT_OF_MEMORY = (b"memory allocation of", b"MemoryError")
"""Error output of a child process that ran out of memory."""

Progress = Callable[[int], None]
"""Callback that receives the number of rows read so far. An exception from it stops the reading."""


class Cancelled(Exception):
    """The user cancelled the reading."""


@dataclass(frozen=True)
class Reading:
    """The result of reading a file: name, hash and sheets; or no sheets and a finding with the reason for rejection."""

    file_name: str
    sha256: str
    sheets: list[RawSheet]
    findings: list[Finding] = field(default_factory=list)
    kind: str = ""
    doubts: tuple[AmbiguousColumn, ...] = ()
    """The columns that caused the rejection, where the user can state that they contain no identity numbers."""


def read(
    content: bytes,
    file_name: str,
    *,
    limits: Limits | None = None,
    progress: Progress = lambda rows: None,
    no_cpr: Collection[str] = (),
) -> Reading:
    """Read a workbook or a text file. The content of the file never raises an error: problems become findings.

    Parameters
    ----------
    content : bytes of the file.
    file_name : name of the file.
    limits : limits of time, memory and size.
    progress : callback with the number of rows read. To stop the reading, it raises, for example, ``Cancelled``.
    no_cpr : columns that the user declares free of identity numbers: header or letters, optionally after ``sheet!``.
    """
    file_name = cleaned(file_name)
    digest = hashlib.sha256(content).hexdigest()
    if named := cpr_in_names([file_name]):
        return Reading("", digest, [], [named])
    raw = read_raw(content, limits=limits, progress=progress)
    if raw.refused:
        return Reading(file_name, digest, [], raw.refused)
    sheets, scan, kind = raw.sheets, raw.scan, raw.kind
    if kind == "text" and file_name.lower().endswith(WORKBOOK_NAMES):
        return Reading(file_name, digest, [], [Finding("file_text_as_workbook")])
    if named := cpr_in_names(sheet.name for sheet in sheets):
        return Reading("", digest, [], [named])
    looked = find_identity_numbers(sheets, no_cpr)
    elsewhere = cpr_elsewhere(scan.get("numbers", {}), sheets)
    if person := looked.refused or elsewhere.refused:
        return Reading(file_name, digest, [], [person], doubts=looked.doubts)
    notes = [*_notes(scan, kind, file_name), *elsewhere.left_out, *looked.left_out]
    return Reading(file_name, digest, looked.sheets, notes, kind)


@dataclass(frozen=True)
class RawFile:
    """The sheets of a file before the search for identity numbers; or none, and the reasons for rejection."""

    sheets: list[RawSheet] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    scan: dict[str, Any] = field(default_factory=dict)
    kind: str = ""


def read_raw(content: bytes, *, limits: Limits | None = None, progress: Progress = lambda rows: None) -> RawFile:
    """Read every cell, also identity numbers: the caller must neither store nor show them."""
    limits = limits or Limits()
    if len(content) > limits.megabytes * 2**20:
        return RawFile(refused=[Finding("file_too_large", values={"limit": limits.megabytes})])
    with temporary_folder() as folder:
        source = folder / "source"
        source.write_bytes(content)
        scan, values = _children(source, limits, progress)
        refused = [answer for answer in (scan, values) if "refused" in answer]
        if refused:
            refusal = min(refused, key=lambda answer: WITHOUT_REASON.get(answer["refused"], 0))
            return RawFile(refused=[Finding(refusal["refused"], values=refusal["values"])])
        scans = {entry["name"]: entry for entry in scan.get("sheets", [])}
        date_1904 = scan.get("date_1904", False)
        sheets = [_sheet(folder, entry, scans.get(entry["name"], {}), date_1904) for entry in values["sheets"]]
        return RawFile(sheets, disagreements(folder, scan, values, sheets), scan, values["kind"])


def _children(source: Path, limits: Limits, progress: Progress) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the results of both child processes. They run in parallel; a rejection by the scan ends the other one.

    A text file is not a package and needs no scan. In that case only the reader of values runs.
    """
    size = source.stat().st_size
    seconds = SMALLEST_SECONDS + SECONDS_PER_MEGABYTE * size / 2**20
    bounds = limits.bounds(SMALLEST_MEMORY + MEMORY_PER_BYTE * size, seconds)
    with source.open("rb") as file:
        names = ("scan", "values") if file.read(len(OLE_HEADER)).startswith((b"PK", OLE_HEADER)) else ("values",)
    with ExitStack() as at_end:
        children = {}
        try:
            for name in names:
                children[name] = start(name, source, bounds)
                at_end.callback(children[name].stop)
        except OSError:
            return {}, {"refused": BUSY, "values": {}}
        deadline = time.monotonic() + BUSY_FACTOR * min(limits.seconds, seconds)
        while time.monotonic() < deadline:
            progress(_rows_read(source.parent))
            done = {name for name, child in children.items() if child.poll() is not None}
            scanned = _answer(source.parent, "scan", children["scan"].returncode) if "scan" in done else {}
            if scanned.get("refused", UNREADABLE) not in WITHOUT_REASON or len(done) == len(children):
                break
            wait_for_any(children.values(), LOOK_EVERY)
        answers = {name: _answer(source.parent, name, child.poll()) for name, child in children.items()}
    return answers.get("scan", {}), answers["values"]


def _answer(folder: Path, name: str, returncode: int | None) -> dict[str, Any]:
    """Return the result of a child process, or the reason for a missing result: time, memory or a crash."""
    path = folder / f"{name}.json"
    if returncode == 0 and path.exists():
        return json.loads(path.read_text(encoding="utf-8"))
    return {"refused": _why(folder / f"{name}.err", returncode), "values": {}}


def _why(errors: Path, returncode: int | None) -> str:
    """Return why there is no result. The system kills a process when memory is short; the next try may succeed."""
    if returncode is None or (os.name != "nt" and returncode == -signal.SIGKILL):
        return BUSY
    out_of_time = os.name != "nt" and returncode == -signal.SIGXCPU
    last_words = errors.read_bytes()
    return UNREADABLE if out_of_time or any(said in last_words for said in OUT_OF_MEMORY) else CRASHED


def _rows_read(folder: Path) -> int:
    try:
        return int((folder / "progress").read_text() or 0)
    except (OSError, ValueError):
        return 0


def _sheet(folder: Path, entry: dict[str, Any], scan: dict[str, Any], date_1904: bool) -> RawSheet:
    width = len(entry["values"])
    codes = _codes(np.fromfile(folder / entry["file"], dtype=np.int32), width, entry["rows"])
    columns = [
        TextColumn(values, column, kinds, date_1904)
        for values, kinds, column in zip(entry["values"], entry["kinds"], codes, strict=True)
    ]
    for what, by_column in scan.get("shown", {}).items():
        for place, runs in by_column.items():
            if (at := position(place)) < width:
                rows = np.concatenate([np.arange(first - 1, min(last, entry["rows"])) for first, last in runs])
                columns[at] = columns[at].shown_as(what, rows)
    return RawSheet(
        entry["name"],
        columns,
        entry["rows"],
        errors=[(place, int(row), held) for place, row, held in (*scan.get("errors", ()), *scan.get("impossible", ()))],
        uncomputed=[(place, int(row)) for place, row in scan.get("uncomputed", [])],
        hidden=scan.get("hidden", False),
        hidden_rows=tuple(scan.get("hidden_rows", ())),
        hidden_columns=tuple(
            number - 1
            for first, last in scan.get("hidden_columns", ())
            for number in range(first, last + 1)
            if number <= width
        ),
        merged=tuple(block(cells) for cells in scan.get("merged", ()) if ":" in cells),
    )


def _codes(written: np.ndarray, width: int, rows: int) -> list[np.ndarray]:
    """Split the codes, which were written in blocks of rows, into columns."""
    from analysis.intake.reader.values import ROWS_AT_A_TIME

    if not width:
        return []
    whole = rows // ROWS_AT_A_TIME
    cut = whole * ROWS_AT_A_TIME * width
    pieces = written[:cut].reshape(whole, width, ROWS_AT_A_TIME)
    rest = written[cut:].reshape(width, -1)
    return [np.concatenate((pieces[:, column].ravel(), rest[column])) for column in range(width)]


def _notes(scan: dict[str, Any], kind: str, file_name: str) -> list[Finding]:
    """Return the findings about the file as a whole."""
    notes = []
    if scan.get("macros"):
        notes.append(Finding("macros"))
    if scan.get("embedded"):
        notes.append(Finding("embedded_file"))
    elif scan.get("unsearched") and not scan.get("macros"):
        notes.append(Finding("unsearched_part"))
    if scan.get("date_1904"):
        notes.append(Finding("date_1904"))
    if kind in {"xls", "xlsb", "ods"}:
        notes.append(Finding("old_format", values={"kind": f".{kind}"}))
    suffix = Path(file_name).suffix.lower()
    if kind != "text" and suffix != f".{kind}" and not (kind == "xlsx" and suffix == ".xlsm"):
        notes.append(Finding("name_differs", value=suffix or file_name, values={"kind": f".{kind}"}))
    return notes
