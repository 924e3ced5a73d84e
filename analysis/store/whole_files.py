"""Write files completely or not at all."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path


def write_whole(target: Path, content: bytes) -> None:
    """Replace a file. The content is on the disk before the file gets its name."""
    _in_its_place(target, lambda half: half.write_bytes(content))


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file unless the target exists. The content is on the disk before the file gets its name."""
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
    """Flush a file, or the directory entries of a folder, to the disk."""
    if os.name == "nt" and path.is_dir():  # Windows cannot open folders and does not need this.
        return
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def free_name(first: Path) -> Path:
    """Return this path, or the first free path with a number appended."""
    name, number = first, 2
    while name.exists():
        name, number = first.with_name(f"{first.name}-{number}"), number + 1
    return name


def digest(file: Path) -> str:
    """Return the SHA-256 of the bytes of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
