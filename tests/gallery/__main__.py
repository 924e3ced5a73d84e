"""Take the pictures of the README again, from the demonstration data, in headless Chromium."""

from pathlib import Path

from playwright.sync_api import Browser

from analysis.i18n import LANGUAGES
from tests.browser.conftest import demonstration_in_a_browser, settle

HERE = Path(__file__).parent
WIDE, NARROW = (1366, 1000), (390, 844)
PICTURES = {
    "overview": ("?lang=en", WIDE, "light"),
    "overview_dark": ("?lang=da&understanding=gradient", WIDE, "dark"),
    "overview_narrow": ("?lang=sv&understanding=disadvantaged", NARROW, "light"),
    "social_groups": ("social_groups?lang=en", WIDE, "light"),
    "stages": ("stages?lang=en", WIDE, "light"),
    "municipalities": ("municipalities?lang=en", WIDE, "light"),
    "adjustments": ("adjustments?lang=en", WIDE, "light"),
    "adjustment": (
        "adjustment?lang=en&case=Aarhus%20%C2%B7%20Rygestop%20p%C3%A5%20hold%20%C2%B7%20Sms%20f%C3%B8r%20hvert%20m%C3%B8de",
        WIDE,
        "light",
    ),
    "coverage": ("coverage?lang=en", WIDE, "light"),
    "offers": ("offers?lang=en", WIDE, "light"),
    "over_time": ("over_time?lang=en&municipality=Aarhus&offer=KOL-rehabilitering", WIDE, "light"),
    "spread": ("spread?lang=en", WIDE, "light"),
    "understandings": ("understandings?lang=en&municipality=Holb%C3%A6k", WIDE, "light"),
    "actions": ("actions?lang=en", WIDE, "light"),
    "requests": ("requests?lang=en", WIDE, "light"),
    "municipality": ("municipality?lang=en&municipality=Holb%C3%A6k", WIDE, "light"),
    "theme_day": ("theme_day?lang=en&voted=actions&day=2016-03-10%7CHolb%C3%A6k", WIDE, "light"),
    "stories": ("stories?lang=en", WIDE, "light"),
    "methods": ("methods?lang=en", WIDE, "light"),
    "upload": ("upload?lang=en", WIDE, "light"),
}
"""Each picture's address, size in pixels and colour scheme."""
STAGE = {"width": 1920, "height": 1080}


def main() -> None:
    with demonstration_in_a_browser() as (browser, address):
        for name, (path, size, scheme) in PICTURES.items():
            take(browser, f"{address}/{path}", HERE / f"{name}.png", size, scheme)
        for code in LANGUAGES:
            take_stage(browser, f"{address}/stories?lang={code}&story=laks", HERE / f"stage_{code}.png")


def take(browser: Browser, url: str, to: Path, size: tuple[int, int], scheme: str) -> None:
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(url)
    page.locator("h1").wait_for()
    settle(page)
    page.screenshot(path=to)
    page.close()


def take_stage(browser: Browser, url: str, to: Path) -> None:
    """The first view of a story, before and after."""
    context = browser.new_context(viewport=STAGE, color_scheme="light")
    page = context.new_page()
    page.goto(url)
    page.locator("h1").wait_for()
    settle(page)
    with context.expect_page() as opened:
        page.locator(".st-key-stage button").click()
    shown = opened.value
    shown.wait_for_selector("body[data-ready]")
    shown.keyboard.press("Enter")
    shown.keyboard.press("ArrowRight")
    shown.mouse.move(0, 0)
    shown.screenshot(path=to)
    context.close()


if __name__ == "__main__":
    main()
