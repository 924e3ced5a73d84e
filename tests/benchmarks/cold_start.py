"""From starting the server to a drawn overview in a browser, against a page of one line; and what its imports cost."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser

from analysis.intake import demonstration
from analysis.store import Database
from tests.benchmarks import imports
from tests.benchmarks.timing import paired, report
from tests.browser.conftest import a_browser

ROOT = Path(__file__).parents[2]
RUNS = 5


def drawn(browser: Browser, script: Path, database: Path, selector: str) -> float:
    """Seconds from starting the server for this script until the selector is on the page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        "--server.port",
        port,
        "--server.headless",
        "true",
        "--server.address",
        "localhost",
    ]
    environment = {**os.environ, "LIGE_ADGANG_DATABASE": str(database)}
    start = time.perf_counter()
    server = subprocess.Popen(
        command, cwd=script.parent, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert server.stdout is not None
        assert any(b"URL:" in line for line in server.stdout)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}/")
        page.wait_for_selector(selector)
        taken = time.perf_counter() - start
        page.context.close()
        return taken
    finally:
        server.terminate()
        server.communicate(timeout=20)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, a_browser() as browser:
        database = Path(folder) / "demonstration.duckdb"
        opened = Database(database)
        demonstration.load(opened)
        opened.close()
        line = Path(folder) / "line.py"
        line.write_text("import streamlit as st\nst.title('One line')\n", encoding="utf-8")
        ours, peer = paired(
            RUNS,
            lambda: drawn(browser, ROOT / "app.py", database, ".st-key-groups .js-plotly-plot .point"),
            lambda: drawn(browser, line, database, "h1"),
        )
    report("cold start to a drawn overview", ours, peer, "a one-line page", "1.5")
    imports.main()


if __name__ == "__main__":
    main()
