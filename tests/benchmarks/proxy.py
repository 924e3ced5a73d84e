"""The reverse proxy of docs/deploy: a real nginx with that file before the real app, and a page opened through both.

``python -m tests.benchmarks.proxy``; it needs nginx and openssl, listens on this machine alone, and ends by itself.
"""

import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from analysis.intake import demonstration
from analysis.store import Database
from tests.browser.conftest import ARGUMENTS, ROOT, browser_path, serving, settle

NAME = "lige-adgang.example"
SITE = ROOT / "docs" / "deploy" / "nginx.conf"
LARGE = 180
"""Megabytes of a file that must come through."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def configured(folder: Path, app: str, plain: int, tls: int) -> Path:
    """The site as it stands in docs, with only its addresses and files of this machine."""
    site = SITE.read_text("utf-8")
    for ours, there in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl": f"listen 127.0.0.1:{tls} ssl",
        "/etc/ssl/certs/lige-adgang.pem": str(folder / "site.pem"),
        "/etc/ssl/private/lige-adgang.key": str(folder / "site.key"),
        "/var/log/nginx/lige-adgang.log": str(folder / "access.log"),
        "http://127.0.0.1:8501": app,
    }.items():
        assert ours in site, ours
        site = site.replace(ours, there)
    site = re.sub(r"listen \[::\]:.*;", "", site)
    whole = f"pid {folder}/pid; error_log {folder}/error.log; events {{}} http {{ client_body_temp_path {folder}/body;"
    path = folder / "nginx.conf"
    path.write_text(f"{whole} {site} }}", "utf-8")
    return path


@contextmanager
def proxied(folder: Path, app: str) -> Iterator[tuple[int, int]]:
    """nginx before the app; the ports without and with TLS."""
    plain, tls = free_port(), free_port()
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={NAME}"]
    subprocess.run(
        [*made, "-keyout", folder / "site.key", "-out", folder / "site.pem"], check=True, capture_output=True
    )
    nginx = ["nginx", "-c", str(configured(folder, app, plain, tls))]
    subprocess.run([*nginx, "-t"], check=True)
    server = subprocess.Popen([*nginx, "-g", "daemon off;"])
    try:
        yield plain, tls
    finally:
        server.terminate()
        server.wait(20)


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
    assert shutil.which("nginx"), "nginx is needed: apt-get install nginx-light"
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        folder.chmod(0o755)
        database = Database(folder / "proxy.duckdb")
        demonstration.load(database)
        database.close()
        with serving(database.path) as app, proxied(folder, app) as (plain, tls):
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
        print((folder / "access.log").read_text().splitlines()[0])


if __name__ == "__main__":
    main()
