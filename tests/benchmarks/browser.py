"""In a browser: opened till drawn, and chosen till drawn anew, against a Streamlit page of the same chart alone.

That page does nothing but the chart, and is the floor. ``superset`` measures another program in the same way.
"""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, Locator, Page

from analysis.auth.roles import AS_THEY_ARE
from analysis.intake import demonstration
from analysis.store import Database, counts_by_month, dimensions
from tests.benchmarks.timing import report
from tests.browser.conftest import a_browser, free_port, serving

PATIENCE = 60_000
"""Milliseconds."""
PLACES = ("Aarhus", "Ballerup", "Gladsaxe", "Halsnæs", "Holbæk", "København")
OPENED, CHOSEN, AGAIN = "opened till drawn", "a municipality chosen till drawn", "one chosen before, till drawn"

MARKS = """() => [...document.querySelectorAll("%s")]
    .map(mark => [mark.getAttribute("d"), mark.getAttribute("transform"), mark.textContent].join()).join()"""

WATCH_OPENING = """(() => {
    const look = %s;
    const again = () => look() ? window.drawn = performance.now() : requestAnimationFrame(again);
    again();
})()"""
WATCH_CHOOSING = """() => {
    const look = %s, before = look();
    delete window.drawn;
    addEventListener("pointerdown", () => {
        const start = performance.now();
        const again = () => {
            const now = look();
            if (now && now !== before) window.drawn = performance.now() - start;
            else requestAnimationFrame(again);
        };
        again();
    }, {capture: true, once: true});
}"""
STILL = """() => new Promise(done => {
    const look = %s;
    let before = look(), since = performance.now();
    const again = () => {
        const now = look();
        if (now !== before) [before, since] = [now, performance.now()];
        if (performance.now() - since > 1000) done();
        else requestAnimationFrame(again);
    };
    again();
})"""
DRAWN = """() => new Promise(done => {
    const again = () => window.drawn ? done(window.drawn) : requestAnimationFrame(again);
    again();
})"""

ALONE = """
import sys

import pandas as pd
import plotly.graph_objects as go
import streamlit as st


@st.cache_data
def read():
    return pd.read_csv(sys.argv[1])


rows = read()
rows = rows[rows["dimension"] == st.query_params["dimension"]]
places = ["All municipalities", *sorted(rows["municipality"].unique())]
municipality = st.selectbox("Municipality", places, key="municipality")
if municipality != places[0]:
    rows = rows[rows["municipality"] == municipality]
sums = rows.groupby(["phase", "group"])[["completed", "participated"]].sum()
shares = 100 * sums["completed"] / sums["participated"]
bars = [go.Bar(x=shares[phase].index, y=shares[phase], name=phase) for phase in ("before", "after")]
st.plotly_chart(go.Figure(bars))
"""


@dataclass(frozen=True)
class Shown:
    """A program that shows the chart.

    ``address`` is where it shows a dimension. ``look`` is JavaScript for what tells one drawing from another,
    empty before there is one. ``ready`` makes all ready but the click that chooses a municipality, and returns where.
    """

    address: Callable[[str], str]
    look: str
    ready: Callable[[Page, str], Locator]
    cookies: Sequence[dict[str, str]] = ()


def in_a_list(page: Page, place: str) -> Locator:
    page.locator(".st-key-municipality input").press_sequentially(place)
    return page.get_by_role("option", name=place, exact=True)


def ours(address: str) -> Shown:
    marks = MARKS % ".st-key-groups .js-plotly-plot .point"
    return Shown(lambda dimension: f"{address}/?lang=en&dimension={dimension}", marks, in_a_list)


@contextmanager
def alone(folder: Path, counts: pd.DataFrame) -> Iterator[Shown]:
    """The floor, on a server of its own."""
    script, data, port = folder / "alone.py", folder / "counts.csv", free_port()
    script.write_text(ALONE, "utf-8")
    counts.to_csv(data, index=False)
    command = [sys.executable, "-m", "streamlit", "run", script.name, "--server.address", "127.0.0.1"]
    command += ["--server.port", str(port), "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    server = subprocess.Popen([*command, "--", str(data)], cwd=folder, stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        assert any(b"URL:" in line for line in server.stdout)
        address = f"http://127.0.0.1:{port}/?dimension="
        yield Shown(address.__add__, MARKS % ".js-plotly-plot .point path", in_a_list)
    finally:
        server.terminate()
        server.communicate(timeout=20)


def times(browser: Browser, shown: Shown, dimension: str, places: Sequence[str]) -> dict[str, float]:
    """Milliseconds to the first frame with the chart, and with another one: of two places, and the first of them again.

    Nobody chose these places in this dimension before. The browser has nothing of the page in its memory.
    """
    page = browser.new_page(viewport={"width": 1366, "height": 900}, locale="en-GB")
    page.set_default_timeout(PATIENCE)
    page.context.add_cookies(list(shown.cookies))
    page.add_init_script(WATCH_OPENING % shown.look)
    page.goto(shown.address(dimension), wait_until="commit")
    taken = {OPENED: _drawn(page)}
    for kind, place in zip((CHOSEN, CHOSEN, AGAIN), (*places, places[0]), strict=True):
        page.wait_for_load_state("networkidle")
        choice = shown.ready(page, place)
        page.evaluate(STILL % shown.look)
        page.evaluate(WATCH_CHOOSING % shown.look)
        choice.click()
        taken[kind] = _drawn(page)
    page.context.close()
    return taken


def _drawn(page: Page) -> float:
    return float(page.evaluate(DRAWN))


def compare(browser: Browser, programs: Mapping[str, Shown], known: Sequence[str]) -> dict[str, dict[str, float]]:
    """The medians of each program, which take turns."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in programs}
    for number, dimension in enumerate(known):
        pair = (PLACES[number % len(PLACES)], PLACES[(number + 1) % len(PLACES)])
        for name, shown in programs.items():
            taken = times(browser, shown, dimension, pair)
            if number:  # The first is the server's first, and is not counted.
                found[name].append(taken)
    return {
        name: {kind: statistics.median(one[kind] for one in runs) for kind in runs[0]} for name, runs in found.items()
    }


@contextmanager
def demonstrated(folder: Path) -> Iterator[tuple[Shown, pd.DataFrame, list[str]]]:
    """The app over the demonstration data, its counts by month, and the keys of its dimensions."""
    database = Database(folder / "demonstration.duckdb")
    demonstration.load(database)
    known = list(dimensions(database))
    counts = pd.concat([counts_by_month(database, AS_THEY_ARE, dimension=key, synthetic=True) for key in known])
    database.close()
    with serving(database.path) as address:
        yield ours(address), counts, known


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as name,
        demonstrated(Path(name)) as (app, counts, known),
        alone(Path(name), counts) as floor,
        a_browser() as browser,
    ):
        found = compare(browser, {"ours": app, "floor": floor}, known)
    for kind, taken in found["ours"].items():
        report(f"the overview, {kind}", taken, found["floor"][kind], "a Streamlit page of this chart alone", unit="ms")


if __name__ == "__main__":
    main()
