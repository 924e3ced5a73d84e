"""From starting the server to a drawn overview in a browser, against a page of one line; and what its imports cost."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from analysis.intake import demonstration
from analysis.store import Database
from tests.benchmarks import imports
from tests.benchmarks.timing import paired, report

ROOT = Path(__file__).parents[2]
RUNS = 5
CHART = ".st-key-groups .js-plotly-plot .point"
ALONE = 6
"""Seconds: more than the server waits before it makes itself ready, and what that takes."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def drawn(browser: Browser, script: Path, database: Path, selector: str, *, alone: float = 0) -> float:
    """Seconds from starting the server for this script until the selector is on the page.

    Where the server is left ``alone`` for some seconds before the browser comes, from then on.
    """
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
        if alone:
            time.sleep(alone)
            start = time.perf_counter()
        page = browser.new_page()
        page.goto(f"http://localhost:{port}/")
        page.wait_for_selector(selector)
        taken = time.perf_counter() - start
        page.context.close()
        return taken
    finally:
        server.terminate()
        server.communicate(timeout=20)


def main() -> None:
    path = next(filter(None, map(shutil.which, BROWSERS)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = Path(folder) / "demonstration.duckdb"
        opened = Database(database)
        demonstration.load(opened)
        opened.close()
        line = Path(folder) / "line.py"
        line.write_text("import streamlit as st\nst.title('One line')\n", encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        for name, alone in (("cold start to a drawn overview", 0), ("the first to come, a while after", ALONE)):
            ours, peer = paired(
                RUNS,
                lambda alone=alone: drawn(browser, ROOT / "app.py", database, CHART, alone=alone),
                lambda alone=alone: drawn(browser, line, database, "h1", alone=alone),
            )
            report(name, ours, peer, "a one-line page", "1.5")
        browser.close()
    imports.main()


if __name__ == "__main__":
    main()
