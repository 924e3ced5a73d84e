"""How long a step on the stage takes, and a story of twelve views as PowerPoint and as PDF."""

import statistics
import time

from playwright.sync_api import Page

from tests.benchmarks.results import keep
from tests.browser.conftest import demonstration_in_a_browser, settle

PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
STORY, VIEWS = "laks", 12
RUNS = 3


def steps(shown: Page) -> list[float]:
    """Milliseconds from a key until what it shows is painted, through the whole story."""
    taken = []
    for _ in range(40):
        shown.wait_for_timeout(300)  # Nobody steps on faster than that; the next view is made meanwhile.
        start = time.perf_counter()
        shown.keyboard.press("ArrowRight")
        shown.evaluate(PAINTED)
        taken.append(1000 * (time.perf_counter() - start))
        if shown.locator(".progress").inner_text() == f"{VIEWS} / {VIEWS}":
            break
    return taken


def handouts(page: Page) -> None:
    """From the click to the file, the first time that the server makes one."""
    page.get_by_role("button", name="Tag med").click()
    settle(page)
    for name, target in (("PowerPoint", "3 s"), ("PDF", "10 s")):
        start = time.perf_counter()
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        taken = time.perf_counter() - start
        size = download.value.path().stat().st_size / 1e6
        print(f"{VIEWS} views to {name}: {taken:.2f} s, {size:.1f} MB; target {target}")
        keep(f"{VIEWS} views to {name}", taken, target=target, beside=f"{size:.1f} MB")


def main() -> None:
    with demonstration_in_a_browser() as (browser, address):
        context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="da-DK")
        page = context.new_page()
        page.goto(f"{address}/stories?lang=da&story={STORY}")
        page.locator("h1").wait_for()
        settle(page)
        for run in range(RUNS):
            with context.expect_page() as opened:
                page.get_by_role("button", name="Præsentér").click()
            shown = opened.value
            shown.wait_for_selector("body[data-ready]")
            shown.keyboard.press("Enter")
            taken = steps(shown)
            middle = statistics.median(taken)
            print(f"run {run + 1}: a step {middle:.0f} ms, the longest of {len(taken)} {max(taken):.0f} ms")
            shown.close()
        print("target: 200 ms")
        keep("a step on the stage", middle, unit="ms", target="200 ms", beside=f"the longest {max(taken):.0f} ms")
        handouts(page)


if __name__ == "__main__":
    main()
