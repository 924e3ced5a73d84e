"""From the bytes of a file to sheets of text columns, read in a child process with limits."""

import hashlib
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from analysis.intake.cpr import cpr_number
from analysis.intake.findings import Finding
from analysis.intake.sheets import RawSheet, TextColumn

LIMITS = {
    "unpacked_bytes": 1024 * 2**20,
    "entries": 2000,
    "cells": 60_000_000,
    "memory_bytes": 6 * 2**30,
}
SECONDS = 120
_WORKER = Path(__file__).with_name("worker.py")


@dataclass(frozen=True)
class Reading:
    """A file as read: its name, its digest, its sheets; or no sheets and a finding that says why it was refused."""

    file_name: str
    sha256: str
    sheets: list[RawSheet]
    findings: list[Finding] = field(default_factory=list)


def read(content: bytes, file_name: str) -> Reading:
    """Read a workbook or a text file. Never raises for what the file holds: that becomes a finding."""
    digest = hashlib.sha256(content).hexdigest()
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:
        source = Path(folder) / "source"
        source.write_bytes(content)
        manifest = _run_worker(source, Path(folder))
        if "refused" in manifest:
            return Reading(file_name, digest, [], [Finding(manifest["refused"], values=manifest["values"])])
        sheets = [_sheet(Path(folder), entry) for entry in manifest["sheets"]]
    if file_name.lower().endswith((".xlsx", ".xlsm")) and not content.startswith(b"PK"):
        return Reading(file_name, digest, [], [Finding("file_text_as_workbook")])
    if person := cpr_number(sheets):
        return Reading(file_name, digest, [], [person])
    return Reading(file_name, digest, sheets)


def _run_worker(source: Path, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-I", str(_WORKER), str(source), str(folder), json.dumps(LIMITS)]
    unreadable = {"refused": "file_unreadable", "values": {}}
    try:
        finished = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return unreadable
    manifest = folder / "manifest.json"
    if finished.returncode != 0 or not manifest.exists():
        return unreadable
    return json.loads(manifest.read_text(encoding="utf-8"))


def _sheet(folder: Path, entry: dict[str, Any]) -> RawSheet:
    codes = np.fromfile(folder / entry["file"], dtype=np.int32).reshape(len(entry["values"]), entry["rows"])
    columns = [TextColumn(values, column) for values, column in zip(entry["values"], codes, strict=True)]
    return RawSheet(entry["name"], columns, entry["rows"], [(c, int(r), v) for c, r, v in entry["errors"]])
