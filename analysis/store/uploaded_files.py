"""Uploaded files, stored unchanged beside the database, each under its digest."""

from pathlib import Path

from analysis.store.whole_files import write_whole


def folder(database: Path) -> Path:
    return database.with_name(database.name + ".originals")


def keep(database: Path, sha256: str, content: bytes) -> bool:
    """Store a file. Return True if it was not stored before."""
    folder(database).mkdir(exist_ok=True)
    kept = folder(database) / sha256
    if kept.exists():
        return False
    write_whole(kept, content)
    return True


def discard(database: Path, sha256: str) -> None:
    """Delete the file of an import that was refused."""
    (folder(database) / sha256).unlink(missing_ok=True)


def original(database: Path, sha256: str) -> bytes | None:
    """Return the file with this digest; None if it is not stored."""
    kept = folder(database) / sha256
    return kept.read_bytes() if kept.exists() else None


def keep_only(database: Path, sha256s: set[str]) -> None:
    """Delete every file except those with these digests."""
    for kept in folder(database).glob("*"):
        if kept.name not in sha256s:
            kept.unlink()
