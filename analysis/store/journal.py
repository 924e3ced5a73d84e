"""The journal of imports: a file beside the database in which every import that was confirmed has its line.

A database can lose its last imports without a word, when its log is cut off or an old copy is put back. The journal is
written by other means, and what the two say is compared when the program starts.
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
    """An import of which journal and database say different things.

    ``what`` is ``lost`` where the database lacks it, ``changed`` where its rows or sums are others, ``other database``
    where the whole journal belongs to another file, ``given up`` where a backup without it was put back.
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
    """Write the line of an import, and what else is ``held`` of it, and see to it that it is on the disk."""
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
            if file.read(1) != b"\n":  # A line that was cut off when the program ended must not take this one with it.
                file.write(b"\n")
        file.write(as_bytes([line]))
        file.flush()
        os.fsync(file.fileno())


def lines(database: Path) -> list[dict[str, Any]]:
    """The lines as they were written. A last line that was cut off belongs to an import that was never confirmed."""
    return lines_of(path(database))


def lines_of(file: Path) -> list[dict[str, Any]]:
    """The lines of this journal, which may be that of a backup."""
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
    """Put these lines in the place of the whole journal."""
    write_whole(path(database), as_bytes(lines))


def as_bytes(lines: Iterable[Mapping[str, Any]]) -> bytes:
    """The lines as they stand in a journal."""
    return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)


def is_abandoned(line: dict[str, Any]) -> bool:
    """Whether a backup that lacks the import of this line was put back. Its number may be another import's by now."""
    return "given_up" in line


def compare(
    written: list[dict[str, Any]], database_id: str, stored: dict[int, list[Sums]], live: set[str]
) -> list[Difference]:
    """What the journal tells otherwise than the database, whose imports are ``stored`` by number.

    What was given up counts until the file, known by its digest, is ``live`` again.
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
