"""The document as a Word file, with real styles, headings, links and contents."""

import io
from collections.abc import Iterable
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from analysis.exports.catalogue_document.blocks import (
    Block,
    Chapter,
    Document,
    Heading,
    Link,
    Notes,
    Pairs,
    Paragraph,
    Picture,
    Rounds,
    shown,
)
from analysis.exports.catalogue_document.drawing import as_png
from analysis.exports.catalogue_document.pages import first_pages
from analysis.exports.catalogue_document.word_parts import add_field, add_link, bookmarked, field_begins, field_ends
from analysis.exports.catalogue_document.word_style import ABOVE, CONTENT, MUTED, SIDE, set_styles

TOC = r'TOC \o "1-2" \h \z \u'
"""Contents of headings 1 and 2, as links, with page numbers except on the web."""


def word(document: Document) -> bytes:
    """Return the document as a .docx file."""
    book = docx.Document()
    set_styles(book, document.language)
    _set_properties(book, document)
    _header_and_footer(book, document)
    _cover(book, document)
    _chapters(book, document.front)
    _contents(book, document)
    _chapters(book, document.chapters, number=len(document.front) + 1)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _set_properties(book: Any, document: Document) -> None:
    own = book.core_properties
    own.title, own.language, own.subject = document.title, document.language, shown(document.facts[0])
    own.author = own.last_modified_by = own.comments = own.keywords = ""
    update = OxmlElement("w:updateFields")  # Word counts the pages when it opens the file.
    update.set(qn("w:val"), "true")
    book.settings.element.append(update)


def _header_and_footer(book: Any, document: Document) -> None:
    section = book.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = SIDE
    section.top_margin = section.bottom_margin = ABOVE
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.alignment = foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    head.add_run(" · ".join(filter(None, [document.label, document.title])))
    add_field(foot, "PAGE", "1")


def _add(book: Any, text: str = "", style: str = "Normal") -> Any:
    """Add a paragraph. The id of a style is its name without spaces; python-docx would search for it each time."""
    paragraph = book.add_paragraph(text)
    paragraph._p.style = style.replace(" ", "")
    return paragraph


def _cover(book: Any, document: Document) -> None:
    _add(book, document.title, "Title").paragraph_format.space_before = Cm(6)
    if document.label:
        _add(book, document.label, "Subtitle")
    for fact in document.facts:
        _add(book, shown(fact))


def _contents(book: Any, document: Document) -> None:
    """Write the contents as a field with its entries, so that they show before anybody updates it."""
    heading = _add(book, document.contents, "TOC Heading")
    heading.paragraph_format.page_break_before = True
    pages = first_pages(document)
    listed = list(document.all_chapters)
    for number, chapter in enumerate(listed, 1):
        entry = _add(book, "", f"toc {chapter.level}")
        if number == 1:
            field_begins(entry, TOC)
        link = add_link(entry, shown(chapter.title), anchor=_bookmark(number), is_plain=True)
        add_field(entry, rf"PAGEREF {_bookmark(number)} \h", str(pages[chapter.anchor]), link=link)
        if number == len(listed):
            field_ends(entry)


def _bookmark(number: int) -> str:
    """Return the name of the bookmark that the contents link to; Word takes those with this beginning for its own."""
    return f"_Toc{100_000_000 + number}"


def _chapters(book: Any, chapters: Iterable[Chapter], number: int = 1) -> None:
    for at, chapter in enumerate(chapters, number):
        heading = _add(book, "", f"Heading {chapter.level}")
        heading.paragraph_format.page_break_before = chapter.on_new_page
        bookmarked(heading, shown(chapter.title), {_bookmark(at): 2 * at, _own_bookmark(chapter.anchor): 2 * at + 1})
        for block in chapter.blocks:
            _write(book, block)


def _own_bookmark(anchor: str) -> str:
    return anchor.replace("-", "_")


def _write(book: Any, block: Block) -> None:
    if isinstance(block, Heading):
        _add(book, shown(block.text), "Heading 3")
    elif isinstance(block, Paragraph):
        _add(book, shown(block.text), MUTED if block.is_muted else "Normal")
    elif isinstance(block, Pairs):
        for name, text in block.rows:
            row = _add(book, "", "List")
            row.add_run(shown(name)).bold = True
            row.add_run(f"\t{shown(text)}")
    elif isinstance(block, Rounds):
        _write_rounds(book, block)
    elif isinstance(block, Picture):
        _write_picture(book, block)
    elif isinstance(block, Notes):
        for line in block.lines:
            _add(book, shown(line), "List Bullet")
    else:
        _write_link(book, block)


def _write_rounds(book: Any, block: Rounds) -> None:
    for one in block.rounds:
        row = _add(book, "", "List 2")
        row.add_run(f"{one.mark}\t")
        row.add_run(one.day).bold = True
        row.add_run(f" {shown(one.tried)}".rstrip())
        for line in one.lines:
            row.paragraph_format.keep_with_next = True
            row = _add(book, f"→ {shown(line)}", "List Continue 2")


def _write_picture(book: Any, block: Picture) -> None:
    paragraph = _add(book)
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(as_png(block.drawing)), width=CONTENT)
    shape._inline.docPr.set("descr", shown(block.alt))


def _write_link(book: Any, block: Link) -> None:
    if block.anchor:
        add_link(_add(book, "", "List Bullet"), shown(block.text), anchor=_own_bookmark(block.anchor))
    else:
        add_link(_add(book), shown(block.text), address=shown(block.address))
