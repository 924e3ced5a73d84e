"""What a page sends and how long until it is drawn, in a fresh browser on a server that is warm."""

import statistics
import time

from playwright.sync_api import Browser, WebSocket

from tests.benchmarks.results import keep
from tests.browser.conftest import demonstration_in_a_browser, settle

PAGES = ("", "social_groups", "stages", "municipalities", "adjustments", "over_time", "methods", "upload")
PAGES += ("spread", "understandings", "actions", "requests", "municipality", "theme_day", "stories")
RUNS = 5
DRAWN = "[data-testid=stMetricValue], .js-plotly-plot .main-svg, [data-testid=stExpander], .st-key-stage"


def opened(browser: Browser, url: str) -> tuple[float, int]:
    """Seconds until the first figure is on the page, and the bytes of what the page is made of."""
    sent = 0

    def count(socket: WebSocket) -> None:
        socket.on("framereceived", add)

    def add(frame: bytes | str) -> None:
        nonlocal sent
        sent += len(frame)

    page = browser.new_page(viewport={"width": 1366, "height": 768}, color_scheme="light")
    page.on("websocket", count)
    start = time.perf_counter()
    page.goto(url)
    page.wait_for_selector(DRAWN)
    taken = time.perf_counter() - start
    settle(page)
    page.close()
    return taken, sent


def main() -> None:
    with demonstration_in_a_browser() as (browser, address):
        opened(browser, address)
        for name in PAGES:
            found = [opened(browser, f"{address}/{name}") for _ in range(RUNS)]
            taken, sent = (statistics.median(column) for column in zip(*found, strict=True))
            print(f"{name or 'overview'}: drawn {taken:.2f} s after opening, {sent / 1000:.0f} kB sent")
            keep(f"{name or 'overview'} opened till drawn", taken, target="2 s", beside=f"{sent / 1000:.0f} kB sent")
    print("target: 2 s, 300 kB")


if __name__ == "__main__":
    main()
