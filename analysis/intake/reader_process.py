"""Start readers: child processes that read one file each. They are forked where the system can, else started anew."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from analysis.config import ROOT

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
LONGEST_WAIT = 60


class ReaderProcess(Protocol):
    """A child process that reads a file. It ends when this process ends."""

    pid: int

    @property
    def returncode(self) -> int | None:
        """Exit status as of the last ``poll`` or ``wait``; None while the process runs."""

    def poll(self) -> int | None:
        """Return the exit status; None while the process runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the exit status. Raise ``subprocess.TimeoutExpired``."""

    def stop(self) -> None:
        """Kill the process if it runs, and release its resources."""


def start(name: str, source: Path, bounds: dict[str, int]) -> ReaderProcess:
    """Start the reader with this name on a file. It writes its result into the folder of the file."""
    return _FORK_SERVER.start(name, source, bounds) if CAN_FORK else SpawnedReader(name, source, bounds)


def wait_for_any(readers: Iterable[ReaderProcess], seconds: float) -> None:
    """Wait until one of the readers ends, at most so long."""
    forked = [one for one in readers if isinstance(one, ForkedReader) and one.returncode is None]
    if forked:
        select.select(forked, [], [], seconds)
    else:
        time.sleep(seconds)


class SpawnedReader(subprocess.Popen[bytes]):
    """A reader in a new Python process. Its standard input is a pipe that closes when this process ends."""

    def __init__(self, name: str, source: Path, bounds: dict[str, int]) -> None:
        command = [sys.executable, "-E", "-s", "-m", f"analysis.intake.reader.{name}"]
        command += [str(source), str(source.parent), json.dumps(bounds)]
        pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
        with (source.parent / f"{name}.err").open("wb") as errors:
            super().__init__(command, cwd=ROOT, env=_environment(), stdin=pipe, stdout=quiet, stderr=errors)

    def stop(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        self.wait()
        if self.stdin:
            self.stdin.close()


class ForkedReader:
    """A reader that the fork server started, and the socket of its supervisor."""

    def __init__(self, supervisor: socket.socket) -> None:
        self._supervisor = supervisor
        self.returncode: int | None = None
        self.pid = self._number()

    def fileno(self) -> int:
        return self._supervisor.fileno()

    def poll(self) -> int | None:
        if self.returncode is None and select.select([self], [], [], 0)[0]:
            self.returncode = self._number()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("reader", timeout or 0)
            self.returncode = self._number()
        return self.returncode

    def stop(self) -> None:
        if self.returncode is None:
            self._supervisor.shutdown(socket.SHUT_WR)  # The supervisor kills the reader.
            self.wait(LONGEST_WAIT)
        self._supervisor.close()

    def _number(self) -> int:
        """Return the next number that the supervisor sent. If it ended, it had been killed."""
        sent = self._supervisor.recv(4, socket.MSG_WAITALL)
        return int.from_bytes(sent, sys.byteorder, signed=True) if sent else -signal.SIGKILL


class _ForkServer:
    """Client of ``reader.fork_server``. The first request starts it. It ends when this process ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: socket.socket | None = None

    def start(self, name: str, source: Path, bounds: dict[str, int]) -> ForkedReader:
        request = {"name": name, "source": str(source), "folder": str(source.parent), "bounds": bounds}
        own, other = socket.socketpair()
        with other, self._lock:
            try:
                self._send(json.dumps(request).encode(), other)
            except OSError:  # Somebody killed the server.
                self._requests = None
                self._send(json.dumps(request).encode(), other)
        return ForkedReader(own)

    def _send(self, request: bytes, other: socket.socket) -> None:
        """Send a request with the socket for its answers. Raise ``OSError`` if the server has ended."""
        requests = self._requests = self._requests or _started()
        socket.send_fds(requests, [request], [other.fileno()])
        if not requests.recv(1):
            raise ConnectionResetError("the fork server has ended")


def _started() -> socket.socket:
    own, other = socket.socketpair()
    command = [sys.executable, "-E", "-s", "-m", "analysis.intake.reader.fork_server"]
    quiet = subprocess.DEVNULL
    with other:
        subprocess.Popen(command, cwd=ROOT, env=_environment(), stdin=other.fileno(), stdout=quiet, stderr=quiet)
    return own


def _environment() -> dict[str, str]:
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # Unused threads would take memory.


_FORK_SERVER = _ForkServer()
