"""The log: every line is JSON, whoever writes it, and none holds a value."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SECRETS = ("010170", "Hansen")
PROGRAM = """
import logging, threading, warnings
import duckdb
import pandas as pd
from streamlit.logger import get_logger
from analysis import logs

logs.configure()
from streamlit import config
config.get_config_options()
VALUE = "Jens Hansen 010170-1234"

get_logger("streamlit.elements.widgets.data_editor").warning("Failed to parse cell value %s", VALUE)
get_logger("streamlit.elements.widgets.data_editor").error(f"Failed to parse {VALUE}")
logging.getLogger("uvicorn.access").warning('%s "%s"', "10.0.0.1", f"/?municipality={VALUE}")
logging.getLogger("anything").warning("%(who)s", {"who": VALUE})
logging.getLogger("anything").info("chatter of a library")
warnings.warn(f"Could not infer format of {VALUE}")

def cast():
    try:
        duckdb.sql(f"SELECT CAST('{VALUE}' AS INTEGER)").fetchall()
    except duckdb.Error as error:
        raise ValueError(f"no number: {VALUE}") from error
try:
    cast()
except ValueError as error:
    get_logger("streamlit.error_util").error("Uncaught app execution", exc_info=error)
    assert logs.error("failed", error) == logs.number_of(error)
try:
    pd.to_datetime(pd.Series([VALUE]), format="%Y")
except ValueError as error:
    logging.getLogger("asyncio").exception("Task exception was never retrieved: %s", error)

def fail():
    raise KeyError(VALUE)
thread = threading.Thread(target=fail)
thread.start()
thread.join()
class Late:
    def __del__(self):
        raise RuntimeError(VALUE)
Late()
fail()
"""


def logged(program: str, **settings: str) -> list[dict[str, Any]]:
    """What a program of its own writes, which must be lines of JSON and nothing else."""
    environment = {**os.environ, **settings}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, env=environment)
    assert not any(secret in done.stdout + done.stderr for secret in SECRETS), done.stderr
    assert done.stdout == ""
    return [json.loads(line) for line in done.stderr.splitlines()]


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    return logged(PROGRAM)


def test_what_libraries_say_keeps_its_words_and_loses_its_values(lines: list[dict[str, Any]]) -> None:
    assert [line["event"] for line in lines[:5]] == [
        "Failed to parse cell value %s",
        "library",
        '%s "%s"',
        "%(who)s",
        "warning",
    ]
    assert lines[0]["logger"] == "streamlit.elements.widgets.data_editor"
    assert lines[1]["at"].endswith(" <module>")
    assert lines[4]["kind"] == "UserWarning"


def test_an_error_is_told_by_type_way_and_number_and_not_by_its_message(lines: list[dict[str, Any]]) -> None:
    first, again, by_pandas = lines[5:8]
    assert first["error"] == "ValueError"
    assert first["from"][0].endswith("ConversionException")
    assert first["way"][-1].endswith(" cast")
    assert first["error_number"] == again["error_number"]
    assert len(first["error_number"]) == 6
    assert by_pandas["error_number"] != first["error_number"]
    assert "pandas/" in by_pandas["way"][-1]


def test_what_ends_a_thread_or_the_program_is_told_too(lines: list[dict[str, Any]]) -> None:
    assert [(line["event"], line["error"]) for line in lines[8:]] == [
        ("stopped", "KeyError"),
        ("stopped", "RuntimeError"),
        ("stopped", "KeyError"),
    ]


def test_the_level_is_a_setting() -> None:
    program = 'from analysis import logs\nlogs.configure()\nlogs.info("audit")\nlogs.error("failed", ValueError())'
    assert [line["event"] for line in logged(program)] == ["audit", "failed"]
    assert [line["event"] for line in logged(program, LIGE_ADGANG_LOG_LEVEL="error")] == ["failed"]


def test_a_wrong_setting_says_what_it_may_be() -> None:
    program = "from analysis import logs\nlogs.configure('INFO')\nfrom analysis.config import Settings\nSettings()"
    (told,) = logged(program, LIGE_ADGANG_AUDIT_DAYS="3")
    assert told["message"] == "LIGE_ADGANG_AUDIT_DAYS must be at least 180"


def test_nothing_else_in_the_program_writes_to_the_log() -> None:
    """What is logged goes through ``analysis.logs``; printing is for the command line."""
    writing = re.compile(r"\bimport logging\b|(?<![\w.])print\(|\bsys\.stderr\b")
    files = [*(ROOT / "analysis").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]
    writers = {str(path.relative_to(ROOT)) for path in files if writing.search(path.read_text(encoding="utf-8"))}
    command_lines = {
        *("analysis/config.py", "analysis/intake/__main__.py", "analysis/intake/demonstration.py"),
        *("analysis/store/__main__.py", "analysis/i18n/catalogue.py", "analysis/exports/__main__.py"),
        *("analysis/intake/pseudonymise.py", "analysis/intake/watch.py"),
    }
    assert writers - command_lines == {"analysis/logs.py"}
