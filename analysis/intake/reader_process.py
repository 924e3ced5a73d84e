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
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from analysis.config import ROOT
from analysis.intake.reader.messages import EXIT_STATUS, PROCESS_IDS

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
STARTS_WITHIN = 60.0
"""Maximum seconds until a new fork server has imported its code and answers."""
ANSWERS_WITHIN = 5.0
"""Maximum seconds for an answer of a fork server or a supervisor that runs. One that takes longer was stopped."""
ENDS_WITHIN = 2.0
"""Maximum seconds for a supervisor to kill its reader. After that, both are killed."""


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
    """Start the reader with this name on a file. It writes its result into the folder of the file.

    Raise ``OSError`` if the system cannot start it now.
    """
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
        """Take the process ids that the supervisor sends first. Raise ``OSError`` if it is stopped or has ended."""
        self._supervisor = supervisor
        self.returncode: int | None = None
        supervisor.settimeout(ANSWERS_WITHIN)
        sent = supervisor.recv(PROCESS_IDS.size, socket.MSG_WAITALL)
        if len(sent) < PROCESS_IDS.size:
            raise ConnectionResetError("the supervisor has ended")
        self._supervisor_pid, self.pid = PROCESS_IDS.unpack(sent)

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
            with suppress(OSError):
                self._supervisor.shutdown(socket.SHUT_WR)  # The supervisor kills the reader.
            try:
                self.wait(ENDS_WITHIN)
            except subprocess.TimeoutExpired:  # Somebody stopped the supervisor, so both process ids are still theirs.
                self.returncode = -signal.SIGKILL
                for pid in (self.pid, self._supervisor_pid):
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
        self._supervisor.close()

    def _number(self) -> int:
        """Return the exit status that the supervisor sent. If it ended, it had been killed."""
        sent = self._supervisor.recv(EXIT_STATUS.size, socket.MSG_WAITALL)
        return EXIT_STATUS.unpack(sent)[0] if sent else -signal.SIGKILL


class _ForkServer:
    """Client of ``reader.fork_server``. The first request starts it. It ends when this process ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, name: str, source: Path, bounds: dict[str, int]) -> ForkedReader:
        asked = {"name": name, "source": str(source), "folder": str(source.parent), "bounds": bounds}
        request = json.dumps(asked).encode()
        with self._lock:
            try:
                supervisor = self._supervisor(request)
            except OSError:  # Somebody killed or stopped the server.
                self._end()
                supervisor = self._supervisor(request)
        try:
            return ForkedReader(supervisor)
        except OSError:
            supervisor.close()
            raise

    def _supervisor(self, request: bytes) -> socket.socket:
        """Send a request and return the socket of its supervisor. Raise ``OSError`` if the server does not answer."""
        if self._requests is None:
            self._requests, self._process = _started()
        own, other = socket.socketpair()
        try:
            with other:
                socket.send_fds(self._requests, [request], [other.fileno()])
                if not self._requests.recv(1):
                    raise ConnectionResetError("the fork server has ended")
        except OSError:
            own.close()
            raise
        self._requests.settimeout(ANSWERS_WITHIN)
        return own

    def _end(self) -> None:
        """Kill the server, also if it is stopped. Its readers go on."""
        if self._requests and self._process:
            self._requests.close()
            self._process.kill()
            self._process.wait()
        self._requests = self._process = None


def _started() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Start a fork server and return the socket for requests."""
    own, other = socket.socketpair()
    own.settimeout(STARTS_WITHIN)
    command = [sys.executable, "-E", "-s", "-m", "analysis.intake.reader.fork_server"]
    quiet = subprocess.DEVNULL
    with other:
        server = subprocess.Popen(
            command, cwd=ROOT, env=_environment(), stdin=other.fileno(), stdout=quiet, stderr=quiet
        )
    return own, server


def _environment() -> dict[str, str]:
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # Unused threads would take memory.


_FORK_SERVER = _ForkServer()
