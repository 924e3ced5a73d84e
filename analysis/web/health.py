"""Health and metrics endpoints for operators."""

import shutil
import threading
import tomllib
from functools import cache
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import URL, Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from analysis.config import ROOT, ServerLimits, Settings, is_this_computer
from analysis.web import metrics as counting
from analysis.web.error_pages import refused

METRICS = ("/metrics", "/_stcore/metrics")
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
NO_STORE = {"Cache-Control": "no-store"}


async def health(request: Request) -> Response:
    """Return 200 if the database responds and the disk has free space, else 503. Return details to localhost only."""
    found = await run_in_threadpool(_state)
    shown = found if is_from_here(request.scope) else {"status": found["status"]}
    return JSONResponse(shown, 200 if found["status"] == "ok" else 503, headers=NO_STORE)


async def metrics(_: Request) -> Response:
    """Serve Prometheus metrics."""
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

    await run_in_threadpool(_look)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST, headers=NO_STORE)


ROUTES = [Route("/health", health), Route("/metrics", metrics)]


class LocalMetricsOnly:
    """Middleware that serves metrics, also Streamlit's own, to localhost only, unless a setting allows other hosts."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.is_open = ServerLimits().metrics_from_anywhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["path"].rstrip("/").endswith(METRICS)
        if asked and not self.is_open and not is_from_here(scope):
            await refused(scope, 403, "only here")(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def is_from_here(scope: Scope) -> bool:
    """Return True if the request comes from this computer, and no proxy on it forwarded the request."""
    headers = Headers(scope=scope)
    if not scope["client"] or any(name in headers for name in FORWARDED):
        return False
    return is_this_computer(scope["client"][0]) and is_this_computer(URL(scope=scope).hostname or "")


def _state() -> dict[str, Any]:
    free = shutil.disk_usage(Settings().database.parent).free
    version = _data_version()
    well = version is not None and free >= ServerLimits().free_megabytes * 2**20
    return {
        "status": "ok" if well else "failing",
        "database": "ok" if version is not None else "failing",
        "free_disk_megabytes": free // 2**20,
        "data_version": version,
    }


def _data_version() -> int | None:
    """Return the data version from the database, or None if the database does not respond."""
    from analysis.store.process_database import process_database

    try:
        return process_database(Settings())[0].version()
    except Exception:  # Any error means that the database is not healthy.
        return None


@cache
def _program_version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def _look() -> None:
    """Update the metrics that are computed only on request."""
    from analysis.store import history
    from analysis.store.process_database import process_database

    counting.threads.set(threading.active_count())
    counting.built.labels(_program_version()).set(1)
    counting.free_disk.set(shutil.disk_usage(Settings().database.parent).free)
    if (version := _data_version()) is None:
        return
    counting.data_version.set(version)
    records = history(process_database(Settings())[0])
    undone = sum(one.undone_at is not None for one in records)
    counting.imports.labels("standing").set(len(records) - undone)
    counting.imports.labels("taken back").set(undone)
