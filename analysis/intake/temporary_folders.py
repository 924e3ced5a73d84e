"""Temporary folders for files during reading. The next start removes the folders of processes that have ended.

A process owns a folder while it holds the lock on the file ``lock`` in it. The operating system releases the lock when
the process ends for any reason. On Windows nobody can delete a file that another process has open.
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
    """Create a folder and delete it afterwards. If this process is killed, the next start deletes it."""
    folder, lock = _locked_folder()
    try:
        yield folder
    finally:
        lock.close()
        shutil.rmtree(folder, ignore_errors=True)


def remove_abandoned_folders() -> None:
    """Delete the folders of processes that have ended, including copies of files in them."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            _remove_if_abandoned(folder)


def _locked_folder() -> tuple[Path, IO[bytes]]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        with suppress(FileNotFoundError):  # Another process started in between and considered it abandoned.
            lock = (folder / LOCK).open("wb")
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)
            if (folder / LOCK).exists():
                return folder, lock
            lock.close()


def _remove_if_abandoned(folder: Path) -> None:
    """Delete the folder. Raises ``OSError`` if it is in use."""
    if fcntl is None:
        (folder / LOCK).unlink(missing_ok=True)
        shutil.rmtree(folder)
        return
    with (folder / LOCK).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
