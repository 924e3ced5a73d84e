"""What only a browser shows of the catalogue: a test round on a phone, three clicks, and an idea for a new offer."""

import io
import re
from collections.abc import Callable
from urllib.parse import quote

import docx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle

Visit = Callable[..., Page]
CASE = "Aarhus · Rygestop på hold · Sms før hvert møde"
PHONE = 390


def opened(page: Page, label: str) -> None:
    page.get_by_text(label, exact=True).click()
    settle(page)


@pytest.mark.demonstration
def test_a_front_line_employee_adds_a_test_round_on_a_phone(visit: Visit) -> None:
    page = visit(f"adjustment?lang=da&case={quote(CASE)}", width=PHONE)
    opened(page, "Tilføj en afprøvning")
    page.get_by_label("Hvad prøvede I?").fill("Vi ringede om aftenen i stedet for om formiddagen")
    page.get_by_text("Behold", exact=True).click()
    page.get_by_role("button", name="Gem afprøvningen").click()
    expect(page.get_by_text("Runde 3 er gemt.")).to_be_visible()
    settle(page)
    rounds = page.locator("[class*='st-key-shown_round_']")
    expect(rounds).to_have_count(3)
    expect(rounds.last).to_contain_text("③")
    expect(rounds.last).to_contain_text("Næste skridt: behold")
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= PHONE


@pytest.mark.demonstration
def test_three_clicks_narrow_the_catalogue_and_the_link_does_the_same(visit: Visit) -> None:
    page = visit("adjustments?lang=en")
    for chip in ("Reminders", "Citizens", "No clear change"):
        page.get_by_role("button", name=chip, exact=True).click()
        settle(page)
    said = page.get_by_text(re.compile(r"^2 of 19 adjustments: No clear change · Reminders · Citizens"))
    expect(said).to_be_visible()
    expect(page.get_by_text("Read more")).to_have_count(2)
    again = visit(page.url.split("/", 3)[3])
    expect(again.get_by_text("Read more")).to_have_count(2)
    again.get_by_text("Read more").first.click()
    expect(again.locator("h1")).to_have_text("Sms før hvert møde")
    expect(again).to_have_url(re.compile("case="))


@pytest.mark.demonstration
def test_an_idea_is_planned_for_an_offer_that_has_no_data_yet(visit: Visit) -> None:
    page = visit(f"adjustment?lang=en&case={quote(CASE)}")
    opened(page, "Use this in my municipality")
    page.get_by_label("Municipality", exact=True).fill("Viborg")
    page.get_by_role("option", name="Viborg").click()
    settle(page)
    page.get_by_label("Offer", exact=True).fill("Rygestop")
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_text(re.compile("is planned for Rygestop in Viborg"))).to_be_visible()
    expect(page.get_by_role("heading", name="Where the idea went")).to_be_visible()


@pytest.mark.reading
def test_a_project_leader_takes_the_catalogue_of_one_municipality_to_print(visit: Visit) -> None:
    page = visit("adjustments?lang=da&municipality=Aarhus")
    page.get_by_role("button", name="Borgere", exact=True).click()
    settle(page)
    opened(page, "Hent kataloget")
    found = {}
    for kind in ("docx", "pdf"):
        with page.expect_download() as download:
            page.locator(f".st-key-catalogue_{kind} button").click()
        assert download.value.suggested_filename == f"Justeringer - Borgere.{kind}"
        found[kind] = download.value.path().read_bytes()
    texts = [one.text for one in docx.Document(io.BytesIO(found["docx"])).paragraphs]
    assert "3 justeringer: Borgere" in texts
    assert {"Sms før hvert møde", "Afklarende samtale i hjemmet", "Invitation i let sprog"} <= set(texts)
    assert "Fast mødested" not in texts
    assert len(re.findall(rb"/Type /Page\b", found["pdf"])) >= 3
