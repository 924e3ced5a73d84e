"""The house has one direction: imports that run the other way fail here, as the contracts in pyproject.toml say."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_no_import_runs_the_wrong_way() -> None:
    command = [
        Path(sys.executable).with_name("lint-imports"),
        "--no-cache",
    ]  # It switches off the loggers of a process.
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def loaded(program: str, *libraries: str) -> str:
    """Which of these libraries a program has loaded at its end."""
    program += f"\nimport sys; print([name for name in {libraries} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    return found.stdout.splitlines()[-1]


def test_the_server_waits_for_no_library_of_a_page() -> None:
    program = "import streamlit.web.cli, app"
    assert loaded(program, "pandas", "numpy", "pyarrow", "duckdb", "scipy", "authlib", "openpyxl", "pptx") == "[]"
