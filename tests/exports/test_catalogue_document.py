"""The catalogue as a document: one adjustment a page, in Word, PDF and HTML, from the same structure."""

import io
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from analysis.auth.roles import DisclosureLevel
from analysis.exhibits.adjustments.adjustment import Adjustment
from analysis.exhibits.adjustments.results import with_results
from analysis.exhibits.choosing import GivenChoices
from analysis.exhibits.context import Context
from analysis.exhibits.gap_choices import every_gap, offer_gap_data
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.stored_data import StoredData
from analysis.exports import images
from analysis.exports.__main__ import FINE, NOTHING_TO_SHOW, main
from analysis.exports.catalogue_document import Kind, catalogue_document
from analysis.exports.catalogue_document.blocks import Chapter, Document, Link, Pairs, Paragraph, Picture, Rounds
from analysis.exports.catalogue_document.chapters import GroupedBy, whole
from analysis.exports.catalogue_document.drawing import Dot, Drawing, Line, Text, as_png, as_svg
from analysis.exports.catalogue_document.pages import first_pages
from analysis.i18n import LANGUAGES, wording
from analysis.store import Database, audit_lines
from tests.support.workbooks import hostile_names
from tests.support.workbooks.hostile_names import OUTSIDE, SHOWN

ALL = 19


class Catalogue:
    """The catalogue of a database in one language."""

    def __init__(self, database: Database, language: str = "en", **choices: str) -> None:
        given = GivenChoices({"lang": language, **choices})
        self.context = Context(StoredData(database), DisclosureLevel(5), wording(language), given)
        view = every_gap(self.context)
        assert view is not None
        self.view: GapData = view
        self.found = with_results(view)

    def of_offer(self, made: Adjustment) -> GapData | None:
        return offer_gap_data(self.context, self.view, made.place[:2], made.code)

    def file(self, kind: Kind, grouped_by: GroupedBy = "municipality") -> bytes:
        return catalogue_document(self.view, self.found, self.of_offer, grouped_by=grouped_by, kind=kind)

    def document(self, grouped_by: GroupedBy = "municipality") -> Document:
        return whole(self.view, self.found, self.of_offer, grouped_by)


def _opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def _of_style(book: Any, name: str) -> list[str]:
    return [one.text for one in book.paragraphs if one.style.name == name]


def _contents(book: Any) -> list[tuple[str, str]]:
    """The entries of the contents, as they show before anybody updates them: title and page."""
    rows = [one.text for one in book.paragraphs if one.style.name.startswith("toc ")]
    return [tuple(row.split("\t")) for row in rows]


class _Page(HTMLParser):
    """The elements of a page, with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all_of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def test_word_has_each_adjustment_under_its_municipality_and_in_the_contents(demonstration_database: Database) -> None:
    catalogue = Catalogue(demonstration_database)
    book = _opened(catalogue.file("docx"))
    titles = [one.adjustment.title for one in catalogue.found]
    assert len(titles) == ALL
    assert sorted(_of_style(book, "Heading 2")) == sorted(titles)
    places = sorted({one.adjustment.municipality for one in catalogue.found})
    assert sorted(_of_style(book, "Heading 1")[1:-1]) == places
    assert _of_style(book, "Title") == ["Catalogue of adjustments"]
    entries = _contents(book)
    headings = [one.text for one in book.paragraphs if one.style.name in ("Heading 1", "Heading 2")]
    assert [title for title, _ in entries] == headings
    numbers = [int(page) for _, page in entries]
    assert numbers == sorted(numbers) and numbers[0] == 2


def test_the_contents_of_word_are_a_field_with_links_to_bookmarks(demonstration_database: Database) -> None:
    body = _opened(Catalogue(demonstration_database).file("docx")).element.body
    instructions = [one.text.strip() for one in body.iter(qn("w:instrText"))]
    assert instructions[0] == r'TOC \o "1-2" \h \z \u'
    names = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    anchors = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink")) if one.get(qn("w:anchor"))}
    assert anchors and anchors <= names
    assert {one.split()[1] for one in instructions[1:]} == anchors
    kinds = [one.get(qn("w:fldCharType")) for one in body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(instructions)
    numbers = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))


def test_word_states_language_label_title_and_no_author(demonstration_database: Database) -> None:
    book = _opened(Catalogue(demonstration_database, "da").file("docx"))
    own = book.core_properties
    assert (own.language, own.author, own.last_modified_by, own.comments) == ("da-DK", "", "", "")
    assert own.title == _of_style(book, "Title")[0]
    proofed = {one.get(qn("w:val")) for one in book.styles.element.iter(qn("w:lang"))}
    assert proofed == {"da-DK"}
    label = "Syntetiske demonstrationsdata"
    assert _of_style(book, "Subtitle") == [label]
    section = book.sections[0]
    assert label in section.header.paragraphs[0].text
    assert [one.text.strip() for one in section.footer._element.iter(qn("w:instrText"))] == ["PAGE"]
    assert any("Uddannelse" in text for text in _of_style(book, "Normal"))


def test_each_picture_of_word_has_a_text_and_is_a_png(demonstration_database: Database) -> None:
    content = Catalogue(demonstration_database).file("docx")
    pictures = list(_opened(content).element.body.iter(qn("wp:docPr")))
    assert len(pictures) == ALL
    for one in pictures:
        assert re.search(r"“.+”: [\d.]+% in .+, [\d.]+% in ", one.get("descr"))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        drawn = [name for name in parts.namelist() if name.endswith(".png")]
        with Image.open(io.BytesIO(parts.read(drawn[0]))) as picture:
            assert picture.width == 1920
            found = {colour for _, colour in picture.convert("RGB").getcolors() or []}
            assert {(255, 255, 255), (0, 98, 107), (59, 63, 158), (26, 26, 26)} <= found


def test_a_chapter_follows_the_order_of_the_page(demonstration_database: Database) -> None:
    catalogue = Catalogue(demonstration_database)
    document = catalogue.document()
    one = next(one for one in catalogue.found if one.adjustment.title == "Afklarende samtale i hjemmet")
    chapter = next(chapter for chapter in document.chapters if chapter.title == one.adjustment.title)
    names = [name for block in chapter.blocks if isinstance(block, Pairs) for name, _ in block.rows]
    assert names[:3] == ["Challenge", "Target group", "What we did"]
    assert names[-1] == "Whom to ask"
    rounds = next(block for block in chapter.blocks if isinstance(block, Rounds)).rounds
    assert [(one.mark, len(one.lines)) for one in rounds] == [("①", 2), ("②", 2)]
    texts = [block.text for block in chapter.blocks if isinstance(block, Paragraph)]
    assert any(text.startswith("The gap in completion narrowed. Of 100 in") for text in texts)
    picture = next(block for block in chapter.blocks if isinstance(block, Picture))
    signs = [mark.text for mark in picture.drawing.marks if isinstance(mark, Text)]
    assert {"1", "2", "Basic school"} <= set(signs)


def test_by_tags_each_adjustment_is_once_and_in_a_list_under_each_of_its_tags(
    demonstration_database: Database,
) -> None:
    catalogue = Catalogue(demonstration_database)
    document = catalogue.document("tags")
    assert sum(chapter.level == 2 for chapter in document.chapters) == ALL
    every = next(chapter for chapter in document.chapters if chapter.anchor == "tags")
    links = [block for block in every.blocks if isinstance(block, Link)]
    assert len(links) == sum(max(1, len(one.adjustment.tags)) for one in catalogue.found)
    assert {link.anchor for link in links} <= {chapter.anchor for chapter in document.chapters}
    assert len(_opened(catalogue.file("docx", "tags")).element.body.findall(".//" + qn("wp:docPr"))) == ALL


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_chapters(demonstration_database: Database, language: str) -> None:
    catalogue = Catalogue(demonstration_database, language)
    page = _Page(catalogue.file("html").decode())
    assert page.all_of("html") == [{"lang": wording(language).language.tag}]
    assert len(page.all_of("svg")) == ALL
    assert len(page.all_of("h3")) == ALL
    assert wording(language).text("Synthetic demonstration data") in page.texts


def test_html_is_whole_without_scripts_and_anything_from_elsewhere(demonstration_database: Database) -> None:
    content = Catalogue(demonstration_database).file("html").decode()
    page = _Page(content)
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in page.elements}
    assert "url(http" not in content and "@import" not in content
    targets = {one["href"] for one in page.all_of("a")}
    anchors = {f"#{attributes['id']}" for _, attributes in page.elements if "id" in attributes}
    assert {target for target in targets if target and target.startswith("#")} <= anchors
    assert all(one["aria-label"] for one in page.all_of("svg"))


@pytest.fixture
def hostile_database(database: Database) -> Database:
    hostile_names.stored_in(database)
    return database


def test_hostile_texts_come_out_literally(hostile_database: Database) -> None:
    catalogue = Catalogue(hostile_database, "da")
    assert {one.adjustment.title for one in catalogue.found} >= set(SHOWN)
    page = _Page(catalogue.file("html").decode())
    said = {" ".join(text.split()) for text in page.texts}
    assert {" ".join(text.split()) for text in SHOWN} <= said
    assert not {"script", "img", "iframe"} & {tag for tag, _ in page.elements}
    addresses = [one["href"] for one in page.all_of("a")]
    assert not any(OUTSIDE in str(one) or "javascript" in str(one) for one in addresses)
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    book = _opened(catalogue.file("docx"))
    assert {" ".join(text.split()) for text in SHOWN} <= set(_of_style(book, "Heading 2"))
    instructions = {one.text.split()[0] for one in book.element.body.iter(qn("w:instrText"))}
    assert instructions == {"TOC", "PAGEREF"}
    links = [one.target_ref for one in book.part.rels.values() if one.is_external]
    assert links == []


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    drawing = Drawing(
        40, 20, (Line(((0, 0), (9, 9)), "#000000"), Dot((5, 5), 2, "#000000"), Text((1, 9), "<b>&", "#000000"))
    )
    svg = ElementTree.fromstring(as_svg(drawing, 'a "quoted" <text>'))
    assert svg.get("aria-label") == 'a "quoted" <text>'
    assert "".join(svg.itertext()) == "<b>&"
    assert as_png(drawing).startswith(b"\x89PNG")


def test_the_pages_of_the_contents_allow_for_long_texts() -> None:
    blocks = [(Paragraph("x"),), (Paragraph("x " * 4000),), (Paragraph("x"),)]
    chapters = tuple(Chapter(str(at), 2, str(at), own) for at, own in enumerate(blocks))
    front = (Chapter("reading", 1, "reading", ()),)
    pages = first_pages(Document("t", (), "", "en-GB", "c", front, chapters))
    assert (pages["reading"], pages["0"], pages["1"]) == (2, 4, 5)
    assert pages["2"] > 6


def test_a_pdf_needs_a_browser_but_the_other_files_do_not(
    demonstration_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = Catalogue(demonstration_database)
    images.close()
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    with pytest.raises(images.NoBrowser):
        catalogue.file("pdf")
    assert len(_opened(catalogue.file("docx")).inline_shapes) == ALL


def test_the_pdf_is_printed(demonstration_database: Database) -> None:
    content = Catalogue(demonstration_database).file("pdf")
    assert content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", content)) >= ALL + 3


def test_an_adjustment_without_numbers_says_so(demonstration_database: Database) -> None:
    catalogue = Catalogue(demonstration_database)
    [first, *_] = catalogue.found
    elsewhere = replace(first, adjustment=replace(first.adjustment, offer="Nyt tilbud"), divides=False)
    found = catalogue_document(catalogue.view, [elsewhere], catalogue.of_offer, grouped_by="tags", kind="docx")
    book = _opened(found)
    assert "No numbers of this offer are stored yet." in _of_style(book, "Normal")
    assert not book.inline_shapes


def test_an_offer_without_rates_of_the_compared_groups_is_not_said_to_have_no_numbers(
    demonstration_database: Database,
) -> None:
    catalogue = Catalogue(demonstration_database)
    [first, *_] = catalogue.found
    elsewhere = replace(first, adjustment=replace(first.adjustment, offer="Nyt tilbud"), divides=False)
    of_offer = lambda _: catalogue.of_offer(first.adjustment)  # noqa: E731
    found = catalogue_document(catalogue.view, [elsewhere], of_offer, grouped_by="tags", kind="docx")
    assert not any("No numbers" in text for text in _of_style(_opened(found), "Normal"))


def test_the_command_line_writes_the_catalogue_of_a_municipality(
    demonstration_database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    demonstration_database.close()
    monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(demonstration_database.path))
    files = {kind: tmp_path / f"catalogue.{kind}" for kind in ("docx", "html")}
    options = [argument for kind, path in files.items() for argument in (f"--{kind}", str(path))]
    asked = ["catalogue", "--lang", "da", "--grouped-by", "tags"]
    assert main([*asked, "--municipality", "Aarhus", *options]) == FINE
    assert len(_of_style(_opened(files["docx"].read_bytes()), "Heading 2")) == 4
    assert main([*asked, "--municipality", "Nowhere", *options]) == NOTHING_TO_SHOW
    assert "Kommune: »Nowhere« findes ikke her" in capsys.readouterr().err
    opened = Database(demonstration_database.path)
    lines = audit_lines(opened)
    opened.close()
    assert list(lines["event"][:2]) == ["export"] * 2
