"""What only a browser shows: an upload from file to figure, a link that shows the same, a file nobody made for us."""

import datetime as dt
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.conftest import go_to, settle
from tests.pages.test_upload import adjustments, rows

Visit = Callable[..., Page]
Build = Callable[..., bytes]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


TRIES = 5
"""Number of tries to pick from a list that closes when the page is drawn anew."""


def choose(page: Page, key: str, option: str) -> None:
    """Pick from a drop-down list by the label of the option."""
    pick(page, page.locator(f".st-key-{key} input"), option)


def pick(page: Page, field: Locator, option: str) -> None:
    """Pick from a drop-down list, again if the page was drawn anew while the list was open."""
    found = page.get_by_role("option", name=option, exact=True)
    for _ in range(TRIES):
        field.wait_for()
        settle(page)
        field.press_sequentially(option)
        try:
            found.click(timeout=5_000)
        except PlaywrightTimeout:
            page.keyboard.press("Escape")
            continue
        break
    settle(page)


def choose_new(page: Page, key: str, text: str) -> None:
    """Write a value into a list that takes new ones."""
    page.locator(f".st-key-{key} input").press_sequentially(text)
    page.keyboard.press("Enter")
    settle(page)


def field_of(page: Page, value: str) -> Locator:
    """The field of a value in the list of what must be put right."""
    return page.locator("[class*=st-key-fix_]").filter(has_text=f"{value} (").locator("input")


def metrics(page: Page) -> list[str]:
    return page.locator("[data-testid=stMetricValue]").all_inner_texts()


def upload(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": XLSX, "buffer": content})


def test_a_workbook_goes_in_and_the_changed_gap_is_read_off_the_page(visit: Visit, courses: Build) -> None:
    page = visit("upload")
    expect(page.get_by_role("heading", name="Upload et regneark")).to_be_visible()
    upload(page, "holbæk.xlsx", courses(*rows(), Justeringer=adjustments()))
    expect(page.get_by_text("Bliver tilføjet: 160 forløb, 1 justering.")).to_be_visible()
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_text("er gemt, og siderne viser det nu.")).to_be_visible()
    go_to(page, "Kløfterne", "Overblik")
    expect(page.get_by_role("heading", name="Ingen tydelig ændring i kløften i gennemførelse")).to_be_visible()
    expect(page.locator("[data-testid=stMetricValue]").nth(2)).to_have_text("−50,0")
    expect(page.locator(".js-plotly-plot .annotation-text", has_text="75,0").first).to_be_visible()


def test_a_faulty_workbook_is_mended_on_the_screen_stored_and_taken_back(visit: Visit, courses: Build) -> None:
    page = visit("upload")
    upload(page, "marts.xlsx", courses(*rows(), Justeringer=adjustments()))
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_text("er gemt, og siderne viser det nu.")).to_be_visible()
    go_to(page, "Kløfterne", "Overblik")
    page.locator(".st-key-exact_counts label").click()
    settle(page)
    expect(page.locator("[data-testid=stMetricValue]").first).to_have_text("50,0")

    go_to(page, "Data", "Upload")
    faulty = [[*row[:1], "Motionshold", *row[2:]] for row in rows()]
    faulty[0][4] = "i foråret"
    faulty[1][7] = faulty[2][7] = "Blåbær"
    faulty[3][5] = dt.date(2015, 2, 1)
    headers, adjustment = adjustments()
    upload(page, "maj.xlsx", courses(*faulty, Justeringer=[headers, [adjustment[0], "Motionshold", *adjustment[2:]]]))
    expect(page.get_by_text("»i foråret« er ikke en dato.")).to_be_visible()
    expect(page.get_by_text("»Blåbær« er ikke en af grupperne i Uddannelse")).to_be_visible()
    expect(page.get_by_role("button", name="Gem", exact=True)).to_have_count(0)
    expect(page.get_by_role("heading", name="3 ting skal stadig rettes")).to_be_visible()
    date = page.get_by_label("i foråret")
    date.fill("02-03-2015")
    date.press("Enter")
    expect(page.get_by_text("»i foråret« er ikke en dato.")).to_have_count(0)
    expect(page.get_by_role("heading", name="2 ting skal stadig rettes")).to_be_visible()
    write(page, "rows", 1, {"5": "20-03-2015"}, once=True)
    expect(page.get_by_role("heading", name="1 ting skal stadig rettes")).to_be_visible()
    pick(page, page.get_by_label("Blåbær"), "Udelad 2 rækker")
    expect(page.get_by_text("Alt er rettet: filen kan gemmes.")).to_be_visible()
    expect(page.get_by_text("Bliver tilføjet: 158 forløb")).to_be_visible()
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("er gemt, og siderne viser det nu.")).to_be_visible()
    go_to(page, "Kløfterne", "Overblik")
    expect(page.locator("[data-testid=stMetricValue]").first).to_have_text("52,0")

    go_to(page, "Data", "Upload")
    page.locator(".st-key-undo_2 button").click()
    expect(page.get_by_text("Kløften i procentpoint, før → efter justeringerne")).to_be_visible()
    page.get_by_role("button", name="Ja, tag den tilbage").click()
    expect(page.get_by_text("taget tilbage")).to_be_visible()
    go_to(page, "Kløfterne", "Overblik")
    expect(page.locator("[data-testid=stMetricValue]").first).to_have_text("50,0")


def test_answers_stay_while_the_file_is_checked_again(visit: Visit, courses: Build) -> None:
    later = dt.timedelta(days=35)
    started_later = [[*row[:4], row[4] + later, row[5] and row[5] + later, *row[6:]] for row in rows(400)]
    page = visit("upload")
    upload(page, "holbæk.xlsx", courses(*started_later, Justeringer=adjustments()))
    name = page.locator(".st-key-person input")
    name.fill("KH")
    name.blur()
    settle(page)
    page.get_by_text("Den måned, forløbet begyndte").click()
    settle(page)
    expect(page.get_by_role("radio", name="Den måned, forløbet begyndte")).to_be_checked()
    expect(name).to_have_value("KH")


def test_a_long_file_shows_how_far_it_is_and_can_be_called_off(visit: Visit) -> None:
    page = visit("upload")
    line = "Holbæk;Rygestop;{};02-03-2015;12-03-2015;Kvinde;Grundskole"
    lines = ["Kommune;Tilbud;Borger-id;Inviteret;Startet;Køn;Uddannelse", *map(line.format, range(900_000))]
    path = Path(tempfile.mkdtemp()) / "lang.csv"
    path.write_text("\r\n".join(lines), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(path)
    expect(page.locator(".st-key-progress").get_by_text("Læser filen")).to_be_visible(timeout=30_000)
    page.locator(".st-key-cancel button").click()
    expect(page.locator(".st-key-progress")).to_have_count(0)
    expect(page.get_by_text("lang.csv")).to_have_count(0)


def test_a_link_shows_the_same_in_another_browser_and_language(visit: Visit) -> None:
    page = visit("")
    page.get_by_role("button", name="Indlæs demonstrationsdata").click()
    expect(page.get_by_role("heading", name="Blev adgangen mere lige?")).to_be_visible(timeout=60_000)
    choose(page, "municipality", "Holbæk")
    choose(page, "rate", "Deltagelsesandel")
    expect(page).to_have_url(re.compile(r"(?=.*municipality=Holb)(?=.*rate=participation)"))
    seen = metrics(page)
    other = visit(page.url.split("/", 3)[3], locale="en-GB")
    expect(other.get_by_role("heading", name="Did access become more equal?")).to_be_visible()
    expect(other.locator("[data-testid=stMetricValue]").first).to_have_text(seen[0].replace(",", "."))


def test_the_first_visitor_may_come_in_by_any_page(visit: Visit) -> None:
    page = visit("municipalities?lang=en")
    expect(page.get_by_role("heading", name="No data yet")).to_be_visible()
    go_to(page, "The gaps", "Social groups")
    expect(page.get_by_role("heading", name="No data yet")).to_be_visible()
    assert page.url.endswith("/social_groups?lang=en")


def registrations() -> bytes:
    """A small file in the shape of the Open University data set, or that very file where OULAD names it."""
    if path := os.environ.get("OULAD"):
        return Path(path).read_bytes()
    lines = ["code_module,code_presentation,id_student,gender,region,highest_education,imd_band,age_band,final_result"]
    bands = {"0-10%": 4, "20-Oct": 5, "90-100%": 8}
    for presentation, lift in (("2013J", 0), ("2014J", 2)):
        for band, most in bands.items():
            for number in range(100):
                result = "Pass" if number % 10 < most + lift * (band != "90-100%") else "Withdrawn"
                place = "Wales" if number % 3 == 0 else "Scotland"
                person = f"{len(lines)},{'MF'[number % 2]},{place},HE Qualification,{band},0-35"
                lines.append(f"AAA,{presentation},{person},{result}")
    return "\n".join(lines).encode()


def write(page: Page, table: str, column: int, texts: dict[str, str], *, once: bool = False) -> None:
    """Type into cells of one column of an editable table, beside the values named. The table is drawn on a canvas.

    With ``once`` the table is another one as soon as something is typed, and is not looked at again.
    """
    holder = page.locator(f"[class*=st-key-{table}]")
    canvas = holder.locator("[data-testid=data-grid-canvas]")
    expect(holder.locator("[data-testid=glide-cell-0-0]")).to_be_attached()
    shown = holder.locator("[data-testid^=glide-cell-0-]").all_inner_texts()
    for value, text in texts.items():
        assert value in shown, (value, shown)
        row = shown.index(value)
        cell = holder.locator(f"[data-testid=glide-cell-{column}-{row}]")
        for _ in range(4):  # A rerun that comes in between closes the cell, as it would for a person.
            canvas.evaluate("canvas => canvas.scrollIntoView({block: 'center'})")
            settle(page)
            box = canvas.bounding_box()
            assert box is not None
            across, down = box["x"] + 20, box["y"] + 35 * (row + 1.5)
            page.mouse.move(across, down)
            page.mouse.click(across, down, delay=50)
            for _ in range(column):
                page.keyboard.press("ArrowRight")
            expect(cell).to_have_attribute("aria-selected", "true")
            page.keyboard.press("Enter")
            settle(page)
            editor = page.locator("textarea.gdg-input")
            if editor.count():
                editor.fill(text)
                page.keyboard.press("Enter")
                if once:
                    settle(page)
                    return
            page.keyboard.press("Escape")  # The cell below is chosen now, and a click on a chosen cell would open it.
            settle(page)
            if cell.inner_text().strip() == text:
                break
        expect(cell).to_have_text(text)


@pytest.mark.slow
def test_a_file_nobody_made_for_us_is_mapped_mended_and_shown(visit: Visit) -> None:
    page = visit("upload?lang=en", locale="en-GB", width=1600)
    content = registrations()
    upload(page, "studentInfo.csv", content)
    columns = {"E": "Municipality *", "A": "Offer *", "B": "Started *", "D": "Sex", "G": "a new dimension"}
    expect(page.get_by_text("Like a known header: 90% sure").first).to_be_visible()
    last = "ABCDEFGHIJKL"[content.splitlines()[0].count(b",")]
    for place, meaning in {**columns, "C": "Citizen id *", last: "Outcome"}.items():
        choose(page, f"map_courses_{place}", meaning)
    choose(page, "map_courses_F", "not used")  # Its groups are not those of Education here.
    starts = {"2013B": "01-02-2013", "2013J": "01-10-2013", "2014B": "01-02-2014", "2014J": "01-10-2014"}
    for name, day in starts.items():
        if name.encode() in content:
            field_of(page, name).fill(day)
            page.keyboard.press("Enter")
            settle(page)
    outcomes = {"Pass": "completed", "Distinction": "completed", "Fail": "completed", "Withdrawn": "dropped out"}
    for name, said in outcomes.items():
        if name.encode() in content and field_of(page, name).count():
            pick(page, field_of(page, name), said)
    page.get_by_text("Another country, or other places").click()
    settle(page)
    page.locator(".st-key-map_adjusted_on [role=spinbutton]").first.click()
    page.keyboard.type("01012014")
    page.get_by_role("heading", name="Upload a workbook").click()
    settle(page)
    expect(page.locator(".st-key-map_title")).to_be_visible()

    expect(page.get_by_text("“20-Oct” looks like a range that Excel has turned into a date (10-20)")).to_be_visible()
    expect(page.get_by_role("button", name="Store it")).to_have_count(0)
    pick(page, field_of(page, "20-Oct"), "10-20")
    page.locator(".st-key-map_ordered_imd_band label").click()
    settle(page)
    bands = sorted({row.split(",")[6] for row in content.decode().splitlines()[1:]} - {"20-Oct", ""} | {"10-20"})
    for rank, name in enumerate(bands, 1):
        field = page.locator("[class*=st-key-map_rank]").filter(has_text=f"Rank of {name}").locator("input")
        pick(page, field, str(rank))
        expect(field).to_have_value(str(rank))
    if os.environ.get("OULAD"):
        page.get_by_text("Each row really is a course of its own").click()
    page.get_by_role("button", name="Store it").click()
    expect(page.get_by_text("is stored, and the pages show it now.")).to_be_visible(timeout=60_000)

    go_to(page, "The gaps", "Overview")
    choose(page, "dimension", "imd_band")
    page.locator(".st-key-exact_counts label").click()
    settle(page)
    chart = page.locator(".js-plotly-plot")
    for band in ("0-10%", "10-20", "90-100%"):
        expect(chart.locator(".annotation-text", has_text=band).first).to_be_visible()
    expect(page.locator("[data-testid=stMetricValue]")).to_have_count(4)
    if not os.environ.get("OULAD"):
        expect(page.locator("[data-testid=stMetricValue]").first).to_have_text("40.0")  # Rounded until then.
        assert metrics(page) == ["40.0", "20.0", "−20.0", "40.0 → 60.0"]
    for name, title in (
        ("Social groups", "Who is reached, who completes?"),
        ("Municipalities", "Where did the gap change?"),
    ):
        go_to(page, "The gaps", name)
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        expect(page.locator(".js-plotly-plot").first).to_be_visible()


def test_the_template_comes_down_as_a_workbook(visit: Visit) -> None:
    page = visit("upload")
    with page.expect_download() as download:
        page.get_by_role("button", name="Hent skabelonen").click()
    assert download.value.suggested_filename == "lige-adgang-skabelon.xlsx"
    assert Path(download.value.path()).read_bytes().startswith(b"PK")


def test_a_reload_in_the_middle_of_an_upload_keeps_the_file_and_the_answers(visit: Visit) -> None:
    page = visit("upload?lang=en", locale="en-GB")
    marks = [["b-1", "Grundskole", "x", "x", "x"], ["b-2", "Kort uddannelse", "x", "", ""]]
    rows = [["Borger-id", "Uddannelse", "1. gang", "2. gang", "3. gang"], *marks]
    upload(page, "hold.csv", "\n".join(";".join(row) for row in rows).encode())
    choose_new(page, "constant_offer", "Rygestop")
    page.reload()
    settle(page)
    page.get_by_role("button", name="Go on with it").click()
    settle(page)
    expect(page.get_by_text("Offer is the same for every row: “Rygestop”")).to_be_visible()
    page.get_by_text("Match the columns by hand").click()
    settle(page)
    choose_new(page, "map_constant_municipality", "Randers")
    page.reload()
    settle(page)
    page.get_by_role("button", name="Go on with it").click()
    settle(page)
    expect(page.locator(".st-key-map_constant_municipality input")).to_have_value("Randers")
    page.get_by_role("button", name="Discard it").click()
    settle(page)
    page.reload()
    settle(page)
    expect(page.get_by_text("Nothing has been stored yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Go on with it")).to_have_count(0)
