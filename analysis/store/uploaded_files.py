"""The files as they were uploaded, kept beside the database, each under its digest."""

import os
from pathlib import Path


def folder(database: Path) -> Path:
    return database.with_name(database.name + ".originals")


def keep(database: Path, sha256: str, content: bytes) -> bool:
    """Keep a file; all of it is on the disk before it has its name. Whether it was not kept already."""
    folder(database).mkdir(exist_ok=True)
    kept = folder(database) / sha256
    if kept.exists():
        return False
    half = kept.with_suffix(f".{os.getpid()}")
    try:
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(kept)
    except OSError:
        half.unlink(missing_ok=True)
        raise
    return True


def discard(database: Path, sha256: str) -> None:
    """Delete a file that was kept for an import that was not stored."""
    (folder(database) / sha256).unlink(missing_ok=True)


def original(database: Path, sha256: str) -> bytes | None:
    """The file with this digest; None where it was not kept."""
    kept = folder(database) / sha256
    return kept.read_bytes() if kept.exists() else None


def keep_only(database: Path, sha256s: set[str]) -> None:
    """Delete for good every file but those with these digests."""
    for kept in folder(database).glob("*"):
        if kept.name not in sha256s:
            kept.unlink()
