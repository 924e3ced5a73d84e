"""Files that are written whole or not at all."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path


def write_whole(target: Path, content: bytes) -> None:
    """Put the content in the place of a file; all of it is on the disk before it has its name."""
    _in_its_place(target, lambda half: half.write_bytes(content))


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file unless it is there; all of it is on the disk before it has its name."""
    if not target.exists():
        _in_its_place(target, lambda half: shutil.copyfile(source, half))


def _in_its_place(target: Path, write: Callable[[Path], object]) -> None:
    half = target.with_name(f"{target.name}.half")
    try:
        write(half)
        on_disk(half)
        half.replace(target)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def on_disk(path: Path) -> None:
    """See to it that a file, or the names in a folder, are on the disk."""
    if os.name == "nt" and path.is_dir():  # Windows opens no folders, and needs this for none.
        return
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def free_name(first: Path) -> Path:
    """This name, or where it is taken the first with a number that is not."""
    name, number = first, 2
    while name.exists():
        name, number = first.with_name(f"{first.name}-{number}"), number + 1
    return name


def digest(file: Path) -> str:
    """SHA-256 of the bytes of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
