"""Two servers over one database behind a real nginx: when one shows what the other has stored, and what sharing costs.

``python -m tests.benchmarks.servers [COURSES]``. A browser stores small workbooks at one server, over a database with a
million courses if nothing else is said; a session at the other asks for the page with the imports as fast as it
answers. What a write and a page take is measured in turn with one server and with several.
"""

import asyncio
import os
import shutil
import ssl
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread

from playwright.sync_api import APIRequestContext, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.store import Database, Source
from analysis.store.multi_server import SharedDatabase
from tests.benchmarks.rerun import PERIODS, RUNS, answering, ask, many_courses, stored
from tests.benchmarks.results import keep
from tests.benchmarks.sessions import XLSX, workbook
from tests.benchmarks.timing import in_turn, report, seconds
from tests.browser.conftest import a_browser, serving
from tests.store.test_imports import add, contents
from tests.support.proxying import answered_by, proxied
from tests.support.servers import wait_for

COURSES, IMPORTS, WRITES = 1_000_000, 20, 15
COOKIE = "lige_adgang_server"
SETTINGS = {"SERVERS": "several", "SIGN_IN": "off", "MOST_RERUNS_A_MINUTE": "100000"}
PAUSE = 0.1
"""Seconds that the watcher leaves the server alone: the other one is on this machine too."""
TARGET = 2.0
"""Seconds, from being stored to being shown elsewhere."""


class Watcher(Thread):
    """A session at one server that asks for the page with the imports, over and over, and when each was there first."""

    def __init__(self, address: str, cookie: str) -> None:
        super().__init__(daemon=True)
        self.first: dict[str, float] = {}
        self.reruns: list[float] = []
        self.ended = Event()
        self._address, self._cookie = address, cookie

    def run(self) -> None:
        asyncio.run(self._watch())

    async def _watch(self) -> None:
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        async with connect(
            f"{self._address.replace('https', 'wss', 1)}/_stcore/stream",
            origin=Origin(self._address),
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"Cookie": f"{COOKIE}={self._cookie}"},
            ssl=trusting,
            max_size=None,
        ) as socket:
            while not self.ended.is_set():
                start = time.perf_counter()
                page = await _page(socket)
                self.reruns.append(time.perf_counter() - start)
                for name in map(_name, range(IMPORTS)):
                    if name.removesuffix(".xlsx").encode() in page:  # In Markdown the dot has a sign before it.
                        self.first.setdefault(name, time.perf_counter())
                await asyncio.sleep(PAUSE)


async def _page(socket: ClientConnection) -> bytes:
    """All that the page with the imports is made of."""
    asked = BackMsg()
    asked.rerun_script.page_name, asked.rerun_script.query_string = "upload", "lang=da"
    await socket.send(asked.SerializeToString())
    told = b""
    while True:
        told += (message := await socket.recv(decode=False))
        if ForwardMsg.FromString(message).WhichOneof("type") == "script_finished":
            return told


def _name(number: int) -> str:
    return f"shared{number:02}import.xlsx"


def store_one(page: Page, address: str, number: int) -> float:
    """Store a workbook, take it back again, and tell when it was said that it is stored."""
    page.goto(f"{address}/upload?lang=da")
    page.locator("input[type=file]").set_input_files(
        {"name": _name(number), "mimeType": XLSX, "buffer": workbook(number)}
    )
    page.get_by_role("button", name="Gem", exact=True).click()
    page.get_by_text("er gemt, og siderne viser det nu.").wait_for()
    said = time.perf_counter()
    row = page.locator("[class*=st-key-row_]").filter(has=page.get_by_text(_name(number), exact=True))
    row.get_by_role("button", name="Tag tilbage").click()
    page.get_by_role("button", name="Ja, tag den tilbage").click()
    expect(row.get_by_role("button", name="Hent igen")).to_be_visible(timeout=60_000)
    return said


def seen(path: Path, folder: Path) -> tuple[list[float], list[float]]:
    """Seconds from each import being said to be stored at one server to being shown at the other; its reruns."""
    with ExitStack() as running, a_browser() as browser:
        apps = [running.enter_context(serving(path, **SETTINGS)) for _ in range(2)]
        _, tls = running.enter_context(proxied(folder, *apps))
        address = f"https://127.0.0.1:{tls}"
        context = browser.new_context(ignore_https_errors=True)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{address}/upload?lang=da")
        (own,) = (one["value"] for one in context.cookies() if one["name"] == COOKIE)
        wait_for(lambda: own in answered_by(folder))
        watcher = Watcher(address, _cookie_of_another(context.request, address, folder, own))
        watcher.start()
        wait_for(lambda: bool(watcher.reruns))
        said = [store_one(page, address, number) for number in range(IMPORTS)]
        wait_for(lambda: len(watcher.first) == IMPORTS)
        watcher.ended.set()
        watcher.join()
    return [watcher.first[_name(number)] - moment for number, moment in enumerate(said)], watcher.reruns


def _cookie_of_another(request: APIRequestContext, address: str, folder: Path, own: str) -> str:
    """A browser's number that belongs to the other server."""
    for number in range(100):
        cookie = f"{number:032x}"
        request.get(address, headers={"Cookie": f"{COOKIE}={cookie}"})
        wait_for(lambda cookie=cookie: cookie in answered_by(folder))
        if answered_by(folder)[cookie] != answered_by(folder)[own]:
            return cookie
    raise AssertionError("one server gets every browser")


def writes(path: Path, shared: Path) -> dict[str, dict[str, float]]:
    """The median seconds of each kind of write, with one server and with several."""
    databases = {"one": Database(path), "several": SharedDatabase(shared)}
    numbers = iter(range(10_000))

    def imports(database: Database) -> float:
        number = f"write {next(numbers)}"
        return seconds(lambda: add(database, contents("a", "b", offer=f"Tilbud {number}"), number))

    def lines(database: Database) -> float:
        return seconds(lambda: store.note(database, NOBODY_SIGNED_IN, store.Event.WATCH))

    found = {}
    for kind, measure in {"an import of two courses": imports, "a line of the audit": lines}.items():
        measures = {name: lambda measure=measure, one=one: measure(one) for name, one in databases.items()}
        found[kind] = in_turn(WRITES, measures)
    for database in databases.values():
        database.close()
    return found


def copies(path: Path, given: store.ImportPayload) -> dict[str, float]:
    """Seconds that copying takes: the first at the start, a small import and a large one once they are stored."""
    opened: list[SharedDatabase] = []
    first = seconds(lambda: opened.append(SharedDatabase(path)))
    writer, other = opened[0], SharedDatabase(path)

    def until_there() -> float:
        return seconds(lambda: wait_for(lambda: other.version() == writer.version()))

    small = []
    for number in range(IMPORTS):
        add(writer, contents("a", "b", offer=f"Tilbud {number}"), f"copied {number}")
        small.append(until_there())
    taken = seconds(lambda: store.add_import(writer, given, Source("many.xlsx", "many"), by=NOBODY_SIGNED_IN))
    large = until_there()
    writer.close()
    other.close()
    return {
        "the first copy at the start": first,
        "an import of two courses in the other's copy after it is stored, median": statistics.median(small),
        "the same, longest": max(small),
        "as many more courses stored": taken,
        "in the other's copy after that": large,
    }


def pages(path: Path, shared: Path) -> dict[int, float]:
    """The median milliseconds of the overview after a choice new to all, with one server (1) and with several (2)."""
    with ExitStack() as running:
        apps = {}
        for number, (at, servers) in enumerate(((path, "one"), (shared, "several")), 1):
            os.environ["LIGE_ADGANG_SERVERS"] = servers
            apps[number] = running.enter_context(answering(at))
        ask(apps, "overview", [{}])
        return ask(apps, "overview", PERIODS[:RUNS])


def main(courses: int = COURSES) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = folder / "first" / "servers.duckdb"
        first.parent.mkdir()
        stored(first, courses)
        one, several, seen_at, large = (_copied(first, folder / copy) for copy in ("one", "several", "seen", "large"))
        after, reruns = seen(seen_at, folder)
        late, median = max(after), statistics.median(after)
        rerun = 1000 * statistics.median(reruns)
        print(f"{len(after)} imports shown by the other server: median {median:.2f} s, longest {late:.2f} s after")
        print(f"  being said to be stored; target {TARGET:g} s; the page that shows it takes {rerun:.0f} ms")
        keep(
            f"an import shown by the other server, {courses:,} courses",
            median,
            target=f"{TARGET:g} s",
            beside=f"longest {late:.2f} s of {len(after)}; the page takes {rerun:.0f} ms",
        )
        for kind, taken in writes(one, several).items():
            report(f"{kind}, several servers", 1000 * taken["several"], 1000 * taken["one"], "one server", unit="ms")
        taken = pages(one, several)
        report("overview after a choice new to all, several servers", taken[2], taken[1], "one server", unit="ms")
        for what, took in copies(large, many_courses(courses, seed=9)).items():
            print(f"{courses:,} courses, {what}: {took:.2f} s")


def _copied(first: Path, folder: Path) -> Path:
    shutil.copytree(first.parent, folder)
    return folder / first.name


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
