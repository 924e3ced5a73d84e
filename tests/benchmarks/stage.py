"""How long a step on the stage takes, and a story of twelve views as PowerPoint and as PDF."""

import os
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page

from analysis.intake import demonstration
from analysis.store import Database
from analysis.wording import wording
from tests.browser.conftest import demonstration_in_a_browser, settle

PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
STORY = "laks"
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
        if shown.locator(".progress").inner_text() == "12 / 12":
            break
    return taken


def handouts() -> None:
    from analysis.handouts import images
    from pages.parts import session
    from pages.parts.telling import making
    from pages.parts.telling.ready import ready_stories

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demonstration.duckdb"
        database = Database(path)
        demonstration.load(database)
        database.close()
        os.environ["LIGE_ADGANG_DATABASE"] = str(path)
        words = wording("da")
        story = ready_stories(words)[STORY]
        making.told(story, words)  # The page from which they are taken away has made it already.
        for name, make in (("PowerPoint", making.powerpoint), ("PDF", making.pdf)):
            start = time.perf_counter()
            size = len(make(story, words)) / 1e6
            print(f"{len(story.slides)} views to {name}: {time.perf_counter() - start:.2f} s, {size:.1f} MB")
        session.open_database().close()
        images.close()
    print("target: 3 s, 10 s")


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
    handouts()


if __name__ == "__main__":
    main()
