"""Metrics of the running program, without names, numbers of citizens or addresses."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter, Gauge, Histogram

uploads_refused = Counter("lige_adgang_uploads_refused", "Uploads that the server did not take in", ["why"])
sessions_refused = Counter("lige_adgang_sessions_refused", "Sessions for which there was no room")
sessions = Gauge("lige_adgang_sessions", "Sessions that are open")
not_signed_in = Gauge("lige_adgang_connections_not_signed_in", "Connections whose person has not signed in")
messages_refused = Counter("lige_adgang_messages_refused", "Messages that no page of the program sends")
readings = Gauge("lige_adgang_readings", "Files that are being read or wait for it")
imports = Gauge("lige_adgang_imports", "Imports in the database", ["state"])
data_version = Gauge("lige_adgang_data_version", "Rises with every change of the data")
free_disk = Gauge("lige_adgang_free_disk_bytes", "What is free where the database lies")
threads = Gauge("lige_adgang_threads", "Threads of the program")
built = Gauge("lige_adgang_info", "The version of the program", ["version"])
page_seconds = Histogram(
    "lige_adgang_page_run_seconds", "Seconds that a page took", ["page"], buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
)


@contextmanager
def page_run(page: str) -> Iterator[None]:
    """Measure the duration of a page run, also if it stops or restarts early."""
    start = time.perf_counter()
    try:
        yield
    finally:
        page_seconds.labels(page or "overview").observe(time.perf_counter() - start)
