"""What is left of a file while it is read, after it was refused, and after the program was killed: nothing."""

import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.config import ROOT, Limits
from analysis.intake import read_file, reader_process
from analysis.intake.read_file import read
from analysis.intake.reader_process import ReaderProcess, SpawnedReader, start
from analysis.intake.temporary_folders import PREFIX, remove_abandoned_folders, temporary_folder

LONGEST_WAIT = 30
READS_FOREVER = """
import os, sys
from pathlib import Path
from analysis.intake.reader_process import start
from analysis.intake.temporary_folders import temporary_folder
from analysis.config import Limits
with temporary_folder() as folder:
    os.mkfifo(folder / "source")
    child = start("values", folder / "source", Limits().bounds(memory=2**30))
    print(child.pid, folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def ends(pid: int) -> bool:
    """Whether the process ends, within a time that is long enough for any computer."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([process], [], [], LONGEST_WAIT)[0])
    finally:
        os.close(process)


@pytest.mark.skipif(sys.platform != "linux", reason="watches processes as Linux does")
def test_a_killed_program_leaves_no_reader_and_no_copy_after_the_next_start(temporary: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", READS_FOREVER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout
    pid, folder = program.stdout.readline().split()
    remove_abandoned_folders()
    assert Path(folder).exists(), "the folder of a program that runs was deleted"
    program.send_signal(signal.SIGKILL)
    program.communicate()
    assert ends(int(pid))
    assert Path(folder).exists()
    remove_abandoned_folders()
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a file that never ends")
@pytest.mark.parametrize("name", ["scan", "values", "annotate"])
def test_a_reader_ends_when_its_standard_input_closes(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "source")
    os.mkfifo(tmp_path / "annotations.json")
    child = SpawnedReader(name, tmp_path / "source", Limits().bounds(memory=2**30))
    assert child.stdin
    child.stdin.close()
    assert child.wait(LONGEST_WAIT) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a file that never ends")
@pytest.mark.parametrize("starter", [start, SpawnedReader])
def test_a_reader_is_killed_when_nobody_waits_for_it_any_more(tmp_path: Path, starter: type[SpawnedReader]) -> None:
    os.mkfifo(tmp_path / "source")
    child = starter("values", tmp_path / "source", Limits().bounds(memory=2**30))
    assert child.poll() is None
    child.stop()
    assert child.returncode == -signal.SIGKILL
    assert ends(child.pid)


finds_processes = pytest.mark.skipif(sys.platform != "linux", reason="finds processes as Linux does")


def fork_server() -> int:
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    (server,) = [one for one in children if b"fork_server" in Path(f"/proc/{one}/cmdline").read_bytes()]
    return int(server)


def state(pid: int) -> tuple[str, int]:
    """The state of a process, and its parent."""
    one, parent, *_ = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return one, int(parent)


def stop(pid: int) -> None:
    """Stop a process, and wait until it is stopped."""
    os.kill(pid, signal.SIGSTOP)
    deadline = time.monotonic() + LONGEST_WAIT
    while state(pid)[0] != "T":
        assert time.monotonic() < deadline
        os.sched_yield()


@finds_processes
def test_files_are_read_after_somebody_killed_the_fork_server(courses: Callable[..., bytes]) -> None:
    content = courses()
    assert read(content, "export.xlsx").sheets
    server = fork_server()
    os.kill(server, signal.SIGKILL)
    assert ends(server)
    assert read(content, "export.xlsx").sheets


@finds_processes
def test_files_are_read_after_somebody_stopped_the_fork_server(
    courses: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_process, "ANSWERS_WITHIN", 1.0)
    content = courses()
    assert read(content, "export.xlsx").sheets
    server = fork_server()
    stop(server)
    assert read(content, "export.xlsx").sheets
    assert ends(server)
    assert fork_server() != server


@finds_processes
def test_a_fork_server_that_never_answers_is_a_busy_computer(
    courses: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    silent: list[subprocess.Popen[bytes]] = []
    open_ends: list[socket.socket] = []

    def start_silent() -> tuple[socket.socket, subprocess.Popen[bytes]]:
        own, other = socket.socketpair()
        own.settimeout(0.1)
        open_ends.append(other)
        silent.append(subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"]))
        return own, silent[-1]

    monkeypatch.setattr(reader_process, "_started", start_silent)
    monkeypatch.setattr(reader_process, "_FORK_SERVER", reader_process._ForkServer())
    reading = read(courses(), "export.xlsx")
    silent[-1].kill()
    for one in open_ends:
        one.close()
    assert ([found.check for found in reading.findings], len(silent)) == (["file_busy"], 2)
    assert [server.wait(LONGEST_WAIT) for server in silent] == [-signal.SIGKILL] * 2


@finds_processes
def test_a_stopped_supervisor_is_a_busy_computer_and_leaves_no_process(
    courses: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    pids: list[int] = []

    def start_and_stop(name: str, source: Path, bounds: dict[str, int]) -> ReaderProcess:
        os.mkfifo(source.parent / f"{name}.fifo")
        child = start(name, source.parent / f"{name}.fifo", bounds)
        supervisor = state(child.pid)[1]
        stop(supervisor)
        pids.extend((child.pid, supervisor))
        return child

    monkeypatch.setattr(read_file, "start", start_and_stop)
    monkeypatch.setattr(read_file, "BUSY_FACTOR", 0.01)
    reading = read(courses(), "export.xlsx")
    assert [found.check for found in reading.findings] == ["file_busy"]
    assert (len(pids), all(map(ends, pids))) == (4, True)


@finds_processes
def test_a_reader_that_somebody_killed_is_a_busy_computer(
    courses: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def start_and_kill(name: str, source: Path, bounds: dict[str, int]) -> ReaderProcess:
        os.mkfifo(source.parent / f"{name}.fifo")
        child = start(name, source.parent / f"{name}.fifo", bounds)
        os.kill(child.pid, signal.SIGKILL)
        return child

    monkeypatch.setattr(read_file, "start", start_and_kill)
    assert [found.check for found in read(courses(), "export.xlsx").findings] == ["file_busy"]


def test_every_reader_is_stopped_though_stopping_one_fails(
    courses: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[str] = []

    def start_unstoppable(name: str, source: Path, bounds: dict[str, int]) -> ReaderProcess:
        child = start(name, source, bounds)
        stop_it = child.stop

        def stop_and_fail() -> None:
            stop_it()
            stopped.append(name)
            raise subprocess.TimeoutExpired(name, 1)

        monkeypatch.setattr(child, "stop", stop_and_fail)
        return child

    monkeypatch.setattr(read_file, "start", start_unstoppable)
    with pytest.raises(subprocess.TimeoutExpired):
        read(courses(), "export.xlsx")
    assert sorted(stopped) == ["scan", "values"]


def test_a_folder_of_this_program_is_not_taken_for_abandoned(temporary: Path) -> None:
    with temporary_folder() as folder:
        remove_abandoned_folders()
        assert folder.exists()
    assert list(temporary.iterdir()) == []


def test_folders_of_others_stay(temporary: Path) -> None:
    (temporary / "intake-of-somebody-else").mkdir()
    (temporary / f"{PREFIX}abandoned").mkdir()
    (temporary / f"{PREFIX}abandoned" / "source").write_bytes(b"010170-1234")
    remove_abandoned_folders()
    assert [path.name for path in temporary.iterdir()] == ["intake-of-somebody-else"]


def test_a_refused_file_leaves_nothing(temporary: Path, courses: Callable[..., bytes]) -> None:
    content = courses(Noter=[["frit felt"], ["010170-1234"]])
    reading = read(content, "export.xlsx")
    assert [finding.check for finding in reading.findings] == ["cpr_number"]
    assert "010170" not in str(reading)
    assert list(temporary.iterdir()) == []
