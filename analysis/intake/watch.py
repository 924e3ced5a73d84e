"""Command line: import what is dropped in a folder, once it is complete, and move it to where it belongs."""

import argparse
import contextlib
import io
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

NAME = "watch"
DONE, ATTENTION = "done", "needs-attention"
"""Folders for the files that are stored, and for those with errors."""
ENDINGS = {".xlsx", ".xlsm", ".csv", ".txt"}
STORED, FAULTY, WRONG_USAGE, NO_DATABASE = range(4)
"""Exit codes of an import."""
EPILOG = """\
All further arguments are those of an import: --mapping, --constant, --answer, --replace and so on. A file is read when
its size and time are the same at two looks. It is moved to done/ when it is stored, also if it was stored before; with
errors it is moved to needs-attention/, with what is wrong in a text file beside it. While the database is in use by
another program, files stay where they are until the next look.
"""

Import = Callable[[list[str]], int]
"""The command that imports a file; it prints a JSON document and returns an exit code."""
Seen = dict[Path, tuple[int, int]]
"""Size and time of each file at the last look."""


def main(arguments: list[str], run: Import) -> int:
    """Watch a folder until the program is stopped, or look once; return the exit code."""
    asked, options = _parsed(arguments)
    seen: Seen = {}
    code = STORED
    look(asked.folder, seen)
    while True:
        time.sleep(asked.every)
        for path in look(asked.folder, seen):
            code = max(code, taken(path, options, run))
            if code == WRONG_USAGE:
                return code
        if asked.once:
            return code


def _parsed(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog=f"python -m analysis.intake {NAME}",
        description="Import the files that are dropped in a folder.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=_folder, metavar="FOLDER")
    parser.add_argument("--every", type=float, default=10, metavar="SECONDS", help="time between two looks (10)")
    parser.add_argument("--once", action="store_true", help="look twice, import what is complete, and end")
    return parser.parse_known_args(arguments)


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"no such folder: {text}")
    return path


def look(folder: Path, seen: Seen) -> Iterator[Path]:
    """Return the files that are the same as at the last look, oldest first, and remember all."""
    now: Seen = {}
    for path in folder.iterdir():
        is_own = path.suffix.lower() in ENDINGS and not path.name.startswith(("~$", "."))
        with contextlib.suppress(FileNotFoundError):
            if is_own and path.is_file():
                state = path.stat()
                now[path] = (state.st_size, state.st_mtime_ns)
    complete = [path for path, state in now.items() if seen.get(path) == state]
    seen.clear()
    seen.update(now)
    return iter(sorted(complete, key=lambda path: (now[path][1], path.name)))


def taken(path: Path, options: list[str], run: Import) -> int:
    """Import a file and move it; return the exit code of the import, or 0 for a file that was stored before."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = run(["--import", "--json", *options, str(path)])
    if code in {WRONG_USAGE, NO_DATABASE}:
        return code
    (document,) = json.loads(said.getvalue())
    errors = [one for one in document["findings"] if one["severity"] == "error"]
    if code == FAULTY and {one["check"] for one in errors} != {"file_already_imported"}:
        moved = _moved(path, ATTENTION)
        moved.with_name(f"{moved.name}.findings.txt").write_text(_as_text(document), encoding="utf-8")
        print(f"{path.name}: {len(errors)} to put right, moved to {ATTENTION}/", flush=True)
        return FAULTY
    _moved(path, DONE)
    print(f"{path.name}: stored, moved to {DONE}/", flush=True)
    return STORED


def _moved(path: Path, folder: str) -> Path:
    """Move a file to a folder beside it, under a name that is free there."""
    target = path.parent / folder
    target.mkdir(exist_ok=True)
    place, number = target / path.name, 1
    while place.exists():
        number += 1
        place = target / f"{path.stem} ({number}){path.suffix}"
    os.replace(path, place)
    return place


def _as_text(document: dict[str, Any]) -> str:
    """Return what was found, a line each: severity, sheet, rows, message and remedy."""
    lines = []
    for one in document["findings"]:
        rows = ", ".join(map(str, one["rows"][:10]))
        where = " ".join(filter(None, (one["sheet"], rows and f"[{rows}]", one["column"])))
        lines.append(f"{one['severity'].upper()}  {where}  {one['message']} {one['remedy']}".strip())
    return "\n".join([*lines, ""])
