"""The reverse proxy of docs/deploy: a real nginx with that file before the real app, and a page opened through both.

``python -m tests.benchmarks.proxy``; it needs nginx and openssl, listens on this machine alone, and ends by itself.
"""

import re
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from analysis.intake import demonstration
from analysis.store import Database
from tests.browser.conftest import ARGUMENTS, browser_path, serving, settle
from tests.support.proxying import LOG, NAME, proxied

LARGE = 180
"""Megabytes of a file that must come through."""


def look(page: Page, address: str, folder: Path) -> None:
    """A page with its charts, a choice that goes over the websocket, and a large file."""
    sockets: list[str] = []
    page.on("websocket", lambda opened: sockets.append(opened.url))
    response = page.goto(f"{address}/social_groups?lang=en")
    assert response is not None
    page.locator(".js-plotly-plot").first.wait_for()
    settle(page)
    print("title", page.locator("h1").inner_text())
    print("websocket", sockets)
    print("HSTS", response.headers.get("strict-transport-security"))
    print("metrics", page.evaluate("fetch('/metrics').then(answer => answer.status)"))
    page.locator(".st-key-understanding_bar button:not([disabled])").last.click()
    settle(page)
    print("chosen", page.url.partition("?")[2])
    large = folder / "large.csv"
    large.write_bytes(b"Kommune;Tilbud\n" + b"x" * (LARGE << 20))
    page.goto(f"{address}/upload?lang=en")
    with page.expect_response(lambda answer: answer.request.method == "PUT") as sent:
        page.locator("input[type=file]").first.set_input_files(large)
    print(f"a file of {LARGE} MB", sent.value.status)
    assert sent.value.ok


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        database = Database(folder / "proxy.duckdb")
        demonstration.load(database)
        database.close()
        with serving(database.path, SIGN_IN="off") as app, proxied(folder, app) as (plain, tls):
            mapped = [f"--host-resolver-rules=MAP {NAME} 127.0.0.1", "--ignore-certificate-errors"]
            browser = playwright.chromium.launch(executable_path=browser_path(), args=[*ARGUMENTS, *mapped])
            page = browser.new_page(viewport={"width": 1366, "height": 900})
            page.set_default_timeout(60_000)
            sent = subprocess.run(
                ["curl", "-sI", "-H", f"Host: {NAME}", f"http://127.0.0.1:{plain}/overview"],
                capture_output=True,
                text=True,
                check=True,
            )
            print("without TLS", *re.findall(r"HTTP/1.1 \d+|Location: \S+", sent.stdout))
            look(page, f"https://{NAME}:{tls}", folder)
            browser.close()
        print((folder / LOG).read_text().splitlines()[0])


if __name__ == "__main__":
    main()
