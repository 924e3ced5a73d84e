"""Temporary folders for files that are being read. Folders of a process that died are removed at the next start.

A folder belongs to a process for as long as that process holds the lock on the file ``lock`` in it. The system releases
the lock when the process ends, however it ends. On Windows nobody can delete a file that another process has open.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows.
    fcntl = None  # type: ignore[assignment]

PREFIX = "lige-adgang-reading-"
LOCK = "lock"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is gone afterwards, or after the next start where this process is killed."""
    folder, lock = _locked_folder()
    try:
        yield folder
    finally:
        lock.close()
        shutil.rmtree(folder, ignore_errors=True)


def remove_abandoned_folders() -> None:
    """Delete the folders of processes that are no more, with the copies of files in them."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            _remove_if_abandoned(folder)


def _locked_folder() -> tuple[Path, IO[bytes]]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        with suppress(FileNotFoundError):  # Another process started in between and took it for abandoned.
            lock = (folder / LOCK).open("wb")
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)
            if (folder / LOCK).exists():
                return folder, lock
            lock.close()


def _remove_if_abandoned(folder: Path) -> None:
    """Raises ``OSError`` where the folder is in use."""
    if fcntl is None:
        (folder / LOCK).unlink(missing_ok=True)
        shutil.rmtree(folder)
        return
    with (folder / LOCK).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
