"""What is left of a file while it is read, after it was refused, and after the program was killed: nothing."""

import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.config import ROOT, Limits
from analysis.intake.read_file import read
from analysis.intake.reader_process import SpawnedReader, start
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


@pytest.mark.skipif(sys.platform != "linux", reason="finds the process as Linux does")
def test_files_are_read_after_somebody_killed_the_fork_server(courses: Callable[..., bytes]) -> None:
    content = courses()
    assert read(content, "export.xlsx").sheets
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    (server,) = [one for one in children if b"fork_server" in Path(f"/proc/{one}/cmdline").read_bytes()]
    os.kill(int(server), signal.SIGKILL)
    assert ends(int(server))
    assert read(content, "export.xlsx").sheets


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
