"""Many people at once, each with a session of their own, while somebody stores workbooks and takes them back.

``python -m tests.benchmarks.sessions [SESSIONS] [MINUTES]``. The sessions speak Streamlit's own protocol to the real
app, which costs less than a browser each; the workbooks go through one real browser. Each figure must be the one that
a single session was shown before the others came. It ends by itself, with 1 if anything was wrong.
"""

import asyncio
import io
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

from openpyxl import Workbook
from playwright.sync_api import Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from analysis.intake import demonstration
from analysis.store import Database
from tests.browser.conftest import a_browser, free_port, serving
from tests.conftest import COURSE_HEADERS
from tests.pages.test_upload import adjustments, rows

SESSIONS, MINUTES = 50, 5.0
VIEWS = 60
"""Pages with choices that a session may ask for."""
PAUSE = 2.0, 6.0
BETWEEN_WORKBOOKS = 15
"""Seconds."""
POLITE = 19
"""The browser that stores them stands on a machine of its own in life; here it lets the server go first."""
PATIENCE = 60
"""Seconds for one rerun, or one step of an upload. Whatever takes longer is an error."""
PAGES = ("", "social_groups", "stages", "municipalities", "adjustments", "over_time", "municipality")
CHOICES = {
    "lang": ("da", "en", "nb", "sv", "fi"),
    "dimension": ("education", "labour market", "income", "origin", "cohabitation", "sex", "age"),
    "municipality": ("Holbæk", "København", "Aarhus"),
    "rate": ("participation", "completion", "reach"),
    "understanding": ("gap", "disadvantaged", "gradient"),
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Shown = list[tuple[str, ...]]


@dataclass(frozen=True)
class GapData:
    page: str
    query: str


@dataclass
class Tally:
    """What happened."""

    alone: list[float] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    compared: int = 0
    stored: int = 0
    taken_back: int = 0
    memory: list[float] = field(default_factory=list)


def views(chance: random.Random) -> list[GapData]:
    """Pages and choices, the same each time.

    All choices are named and occur in the data: a session keeps what it had where the address names none that is known.
    """
    made = []
    for number in range(VIEWS):
        chosen = {key: chance.choice(values) for key, values in CHOICES.items()}
        made.append(GapData(PAGES[number % len(PAGES)], urlencode({**chosen, "data": "demonstration"})))
    return made


def opened(address: str) -> connect:
    origin = Origin(address)
    url = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    return connect(url, origin=origin, subprotocols=[Subprotocol("streamlit")], max_size=None)


async def shown(socket: ClientConnection, view: GapData) -> Shown:
    """The figures and headings of a page when its run is over."""
    asked = BackMsg()
    asked.rerun_script.query_string = view.query
    asked.rerun_script.page_name = view.page
    await socket.send(asked.SerializeToString())
    elements: dict[tuple[int, ...], Element] = {}
    while True:
        message = ForwardMsg.FromString(await socket.recv(decode=False))
        kind = message.WhichOneof("type")
        if kind == "new_session":
            elements.clear()
        elif kind == "delta":
            elements[tuple(message.metadata.delta_path)] = message.delta.new_element
        elif kind == "page_not_found":
            raise RuntimeError("page not found")
        elif kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            return list(_figures(elements))
        elif kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            raise RuntimeError("the program does not compile")


def _figures(elements: dict[tuple[int, ...], Element]) -> Iterator[tuple[str, ...]]:
    for _, element in sorted(elements.items()):
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(f"an exception on the page: {element.exception.type}")
        if kind == "metric":
            yield element.metric.label, element.metric.body, element.metric.delta
        elif kind == "heading":
            yield (element.heading.body,)


async def references(address: str, asked: list[GapData], tally: Tally) -> dict[GapData, Shown]:
    """What one session alone is shown: a new one each time, which holds no choice from before."""
    found = {}
    for view in asked:
        async with opened(address) as socket:
            start = time.perf_counter()
            found[view] = await asyncio.wait_for(shown(socket, view), PATIENCE)
            tally.alone.append(1000 * (time.perf_counter() - start))
    return found


async def visitor(address: str, known: dict[GapData, Shown], seed: int, stop: float, tally: Tally) -> None:
    """One person, who looks at one page after another. A session that breaks is noted, and another is opened."""
    chance = random.Random(seed)
    asked = list(known)
    await asyncio.sleep(chance.uniform(0, PAUSE[1]))
    while time.monotonic() < stop:
        try:
            async with opened(address) as socket:
                while time.monotonic() < stop:
                    view = chance.choice(asked)
                    start = time.perf_counter()
                    found = await asyncio.wait_for(shown(socket, view), PATIENCE)
                    tally.taken.append(1000 * (time.perf_counter() - start))
                    tally.compared += sum(len(one) == 3 for one in found)
                    if found != known[view]:
                        others = sorted(set(found) ^ set(known[view]))
                        tally.wrong[f"{view.page or 'overview'}?{view.query}: {others[:4]}"] += 1
                    await asyncio.sleep(chance.uniform(*PAUSE))
        except Exception as error:  # Whatever it was, it is what this program is to find.
            tally.errors[f"session: {type(error).__name__}: {error}"[:200]] += 1
            await asyncio.sleep(PAUSE[0])


def workbook(number: int) -> bytes:
    """A small workbook like no other."""
    book = Workbook()
    book.remove(book.active)
    for name, lines in (("Forløb", [COURSE_HEADERS, *rows(40 + number)]), ("Justeringer", adjustments())):
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def store_and_take_back(page: Page, address: str, number: int, tally: Tally) -> None:
    page.goto(f"{address}/upload?lang=da")
    page.locator("input[type=file]").set_input_files(
        {"name": f"{number}.xlsx", "mimeType": XLSX, "buffer": workbook(number)}
    )
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("er gemt, og siderne viser det nu.")).to_be_visible()
    tally.stored += 1
    row = page.locator("[class*=st-key-row_]").filter(has=page.get_by_text(f"{number}.xlsx", exact=True))
    row.get_by_role("button", name="Tag tilbage").click()
    page.get_by_role("button", name="Ja, tag den tilbage").click()
    expect(row.get_by_role("button", name="Hent igen")).to_be_visible()
    tally.taken_back += 1


def uploader(address: str, stop: float, tally: Tally) -> None:
    """Somebody in a browser who stores a workbook and takes it back, over and over."""
    os.nice(POLITE)
    expect.set_options(timeout=1000 * PATIENCE)
    number = 0
    with a_browser() as browser:
        page = browser.new_page()
        page.set_default_timeout(1000 * PATIENCE)
        while time.monotonic() < stop:
            number += 1
            try:
                store_and_take_back(page, address, number, tally)
            except Exception as error:
                tally.errors[f"upload: {type(error).__name__}: {error}"[:200]] += 1
            time.sleep(max(0, min(BETWEEN_WORKBOOKS, stop - time.monotonic())))


def megabytes(port: int) -> float:
    """The memory of the server at this port and of all that it started."""
    found: dict[int, tuple[int, int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (folder / "stat").read_text().rpartition(")")[2].split()
            found[int(folder.name)] = int(after_name[1]), int(after_name[21])
        except OSError:  # It ended meanwhile.
            continue
    mine = [pid for pid, (parent, _) in found.items() if parent == os.getpid() and _is_at(pid, port)]
    for pid in mine:
        mine += [child for child, (parent, _) in found.items() if parent == pid]
    return sum(found[pid][1] for pid in mine) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _is_at(pid: int, port: int) -> bool:
    return str(port).encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")


async def weigh(port: int, stop: float, tally: Tally) -> None:
    """The server's memory each minute."""
    while (left := stop - time.monotonic()) > 0:
        tally.memory.append(megabytes(port))
        await asyncio.sleep(min(60, left))


async def crowd(address: str, port: int, sessions: int, minutes: float) -> Tally:
    tally = Tally()
    known = await references(address, views(random.Random(2016)), tally)
    stop = time.monotonic() + 60 * minutes
    browser = Thread(target=uploader, args=(address, stop, tally))
    browser.start()
    people = (visitor(address, known, seed, stop, tally) for seed in range(sessions))
    await asyncio.gather(weigh(port, stop, tally), *people)
    await asyncio.to_thread(browser.join)
    tally.memory.append(megabytes(port))
    return tally


def measured(sessions: int, minutes: float) -> Tally:
    """What happens to so many sessions at once, on a server of their own with the demonstration data."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "sessions.duckdb")
        demonstration.load(database)
        database.close()
        port = free_port()
        with serving(database.path, port) as address:
            return asyncio.run(crowd(address, port, sessions, minutes))


def percentile_95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def main(sessions: int = SESSIONS, minutes: float = MINUTES) -> int:
    tally = measured(sessions, minutes)
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}", end=", ")
    print(", ".join(f"{name} {version(name)}" for name in ("streamlit", "duckdb")))
    print(f"{sessions} sessions for {minutes:g} minutes: {len(tally.taken)} reruns, {tally.compared} figures compared")
    print(f"errors {tally.errors.total()}, pages with wrong numbers {tally.wrong.total()}")
    for what, times in (tally.errors + tally.wrong).most_common(20):
        print(f"  {times} times {what}")
    print(f"workbooks stored {tally.stored}, taken back {tally.taken_back}")
    print(f"the first run of a session that is alone: median {statistics.median(tally.alone):.0f} ms")
    if len(tally.taken) > 1:
        middle, late = statistics.median(tally.taken), percentile_95(tally.taken)
        print(f"a rerun: median {middle:.0f} ms, 95th percentile {late:.0f} ms")
    grown = (tally.memory[-1] - tally.memory[0]) / sessions
    print(f"server memory at the start, each minute, at the end: {', '.join(f'{one:.0f}' for one in tally.memory)} MB")
    print(f"a session: {grown:.1f} MB of what was added")
    return int(bool(tally.errors or tally.wrong or not tally.taken or not tally.taken_back))


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(int(given[0]) if given else SESSIONS, float(given[1]) if len(given) > 1 else MINUTES))
