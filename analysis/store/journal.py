"""The journal of imports: a file beside the database with one line for every verified import.

A database can lose its last imports without an error, when its log is truncated or an old copy replaces it. The journal
is written separately, and the program compares it with the database at start.
"""

import datetime as dt
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from analysis.store.payload import Sums
from analysis.store.whole_files import write_whole

NOTHING_ELSE: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Difference:
    """An import for which journal and database differ.

    ``what`` is ``lost`` if the database lacks it, ``changed`` if its rows or sums differ, ``other database`` if the
    whole journal belongs to another file, ``given up`` if a backup without it was restored.
    """

    what: str
    import_id: int
    file_name: str
    at: dt.datetime
    sha256: str = ""


def path(database: Path) -> Path:
    return database.with_name(database.name + ".journal")


def append(
    database: Path,
    database_id: str,
    import_id: int,
    file_name: str,
    sha256: str,
    sums: list[Sums],
    held: Mapping[str, Any] = NOTHING_ELSE,
) -> None:
    """Append the line of an import, with the additional fields in ``held``, and flush it to the disk."""
    line = {
        "database": database_id,
        "import_id": import_id,
        "file_name": file_name,
        "sha256": sha256,
        "sums": [asdict(one) for one in sums],
        "at": dt.datetime.now().isoformat(timespec="seconds"),
        **held,
    }
    with path(database).open("a+b") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":  # The last line may be incomplete after a crash; it must not spoil this one.
                file.write(b"\n")
        file.write(as_bytes([line]))
        file.flush()
        os.fsync(file.fileno())


def lines(database: Path) -> list[dict[str, Any]]:
    """Return the lines. Ignore an incomplete last line: its import was never verified."""
    return lines_of(path(database))


def lines_of(file: Path) -> list[dict[str, Any]]:
    """Return the lines of this journal, which may be that of a backup."""
    if not file.exists():
        return []
    found = []
    for line in file.read_bytes().splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def rewrite(database: Path, lines: list[dict[str, Any]]) -> None:
    """Replace the whole journal with these lines."""
    write_whole(path(database), as_bytes(lines))


def as_bytes(lines: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the lines in the format of the journal."""
    return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)


def is_abandoned(line: dict[str, Any]) -> bool:
    """Return True if a restored backup lacks the import of this line. Another import may now have its number."""
    return "given_up" in line


def compare(
    written: list[dict[str, Any]], database_id: str, stored: dict[int, list[Sums]], live: set[str]
) -> list[Difference]:
    """Return the differences between the journal and the database, whose imports are ``stored`` by number.

    An abandoned import counts until its file, identified by its digest, is ``live`` again.
    """
    found = []
    for line in written:
        what = None
        if is_abandoned(line):
            what = "given up" if line["sha256"] not in live else None
        elif line["database"] != database_id:
            what = "other database"
        elif line["import_id"] not in stored:
            what = "lost"
        elif [Sums(**one) for one in line["sums"]] != stored[line["import_id"]]:
            what = "changed"
        if what:
            at = dt.datetime.fromisoformat(line["at"])
            found.append(Difference(what, line["import_id"], line["file_name"], at, line["sha256"]))
    return found
