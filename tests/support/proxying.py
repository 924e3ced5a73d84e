"""The reverse proxy of docs/deploy: a real nginx with those files, before one app or several."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.browser.conftest import ROOT, free_port

NAME = "lige-adgang.example"
SITE, SERVERS = (ROOT / "docs" / "deploy" / name for name in ("nginx.conf", "nginx-servers.conf"))
LOG = "access.log"
ALONE = "proxy_pass http://127.0.0.1:8501;"
AMONG_SEVERAL = "proxy_pass http://lige_adgang; add_header Set-Cookie $lige_adgang_cookie;"
"""What docs/operations.md puts in the place of it."""


def _replaced(text: str, places: dict[str, str]) -> str:
    for ours, there in places.items():
        assert ours in text, ours
        text = text.replace(ours, there)
    return text


def configured(folder: Path, apps: tuple[str, ...], plain: int, tls: int) -> Path:
    """The files as they stand in docs, with only the addresses and files of this machine.

    With several apps the log also tells which of them answered which browser.
    """
    assert f"s|{ALONE}|{AMONG_SEVERAL}|" in (ROOT / "docs" / "operations.md").read_text("utf-8")
    site = _replaced(
        SITE.read_text("utf-8"),
        {
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen 443 ssl": f"listen 127.0.0.1:{tls} ssl",
            "/etc/ssl/certs/lige-adgang.pem": str(folder / "site.pem"),
            "/etc/ssl/private/lige-adgang.key": str(folder / "site.key"),
            "/var/log/nginx/lige-adgang.log": str(folder / LOG),
            ALONE: f"proxy_pass {apps[0]};" if len(apps) == 1 else AMONG_SEVERAL,
        },
    )
    site = re.sub(r"listen \[::\]:.*;", "", site)
    if len(apps) > 1:
        listed = "".join(f"server {app.removeprefix('http://')};" for app in apps)
        servers = _replaced(SERVERS.read_text("utf-8"), {"server 127.0.0.1:8501;": listed})
        site = _replaced(site, {"'$remote_addr [": "'$lige_adgang_browser $upstream_addr ["})
        site += servers.replace("server 127.0.0.1:8502;", "")
    whole = f"pid {folder}/pid; error_log {folder}/error.log; events {{}} http {{ client_body_temp_path {folder}/body;"
    path = folder / "nginx.conf"
    path.write_text(f"{whole} {site} }}", "utf-8")
    return path


@contextmanager
def proxied(folder: Path, *apps: str) -> Iterator[tuple[int, int]]:
    """nginx before the apps; the ports without and with TLS."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin")
    assert program, "nginx is needed: see the Makefile"
    folder.chmod(0o755)  # nginx works as a user of its own.
    plain, tls = free_port(), free_port()
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={NAME}"]
    subprocess.run(
        [*made, "-keyout", folder / "site.key", "-out", folder / "site.pem"], check=True, capture_output=True
    )
    nginx = [program, "-c", str(configured(folder, apps, plain, tls))]
    subprocess.run([*nginx, "-t"], check=True)
    server = subprocess.Popen([*nginx, "-g", "daemon off;"])
    try:
        _wait_for(tls, server)
        yield plain, tls
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until nginx listens, or has ended."""
    while server.poll() is None:
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
    raise AssertionError("nginx did not start")


def answered_by(folder: Path) -> dict[str, set[str]]:
    """The apps that have answered each browser, which is known by its cookie."""
    found: dict[str, set[str]] = {}
    for line in (folder / LOG).read_text("utf-8").splitlines():
        browser, app, _ = line.split(" ", 2)
        found.setdefault(browser, set()).add(app)
    return found
