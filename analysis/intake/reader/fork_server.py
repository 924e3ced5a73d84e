"""Server that forks a reader for each file. Its readers start at once, because it has already imported their code.

The server itself never opens a file. For each request it forks a supervisor, which forks the reader, reports the
process ids and the exit status, and kills the reader when the other end of the socket closes.
"""

import gc
import importlib
import json
import os
import signal
import socket
import threading
from typing import Any, NoReturn

from analysis.intake.reader import child, scan, values
from analysis.intake.reader.messages import EXIT_STATUS, PROCESS_IDS

LONGEST_REQUEST = 65_536
READY = b"."
ERROR_OUTPUT = 2
PRELOADED = (scan, values)


def main() -> None:
    """Serve requests from the socket that is standard input, until the program closes it."""
    requests = socket.socket(fileno=0)
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # Nobody waits for the supervisors.
    while True:
        message, descriptors, *_ = socket.recv_fds(requests, LONGEST_REQUEST, 1)
        if not descriptors:
            return
        if os.fork() == 0:
            requests.close()
            _supervise(socket.socket(fileno=descriptors[0]), json.loads(message))
        os.close(descriptors[0])
        requests.sendall(READY)


def _supervise(client: socket.socket, request: dict[str, Any]) -> NoReturn:
    """Fork the reader, wait until it ends, and report its exit status."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid == 0:
        client.close()
        _read(**request)
    client.sendall(PROCESS_IDS.pack(os.getpid(), pid))
    ended = threading.Lock()
    threading.Thread(target=_kill_when_closed, args=(client, pid, ended), daemon=True).start()
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    with ended:  # From here on, the process id may belong to another process.
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        client.sendall(EXIT_STATUS.pack(status))
        os._exit(0)


def _kill_when_closed(client: socket.socket, pid: int, ended: threading.Lock) -> None:
    client.recv(1)
    with ended:
        os.kill(pid, signal.SIGKILL)


def _read(name: str, source: str, folder: str, bounds: dict[str, int]) -> NoReturn:
    """Run a reader in this process and end it."""
    errors = os.open(f"{folder}/{name}.err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(errors, ERROR_OUTPUT)
    status = 1
    try:
        child.end_with_parent()
        child.work_on(name, importlib.import_module(f"analysis.intake.reader.{name}").WORK, source, folder, bounds)
        status = 0
    except BaseException as error:
        os.write(ERROR_OUTPUT, type(error).__name__.encode())
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
