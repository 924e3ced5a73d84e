"""The page on which each chapter is expected to begin, for the contents of a Word file before they are updated."""

import math

from analysis.exports.catalogue_document.blocks import Block, Chapter, Document, Heading, Notes, Pairs, Picture, Rounds

PAGE = 25.7
"""Height of the text on a page, in centimetres."""
LINE, GAP = 0.4, 0.1
"""Height of a line, and the space below a paragraph."""
WIDE, BESIDE = 105, 78
"""Letters in a line of text, and in one beside a name."""
PICTURE, HEADING = 4.9, 0.8
CONTENTS_LINE = 0.62


def first_pages(document: Document) -> dict[str, int]:
    """Return the page of each chapter by its anchor; the cover is page 1."""
    pages: dict[str, int] = {}
    page, used = 1, PAGE
    for chapter in document.front:
        page, used = _placed(chapter, page, used, pages)
    listed = len(pages) + len(document.chapters)
    page, used = page + math.ceil(CONTENTS_LINE * (listed + 3) / PAGE), PAGE
    for chapter in document.chapters:
        page, used = _placed(chapter, page, used, pages)
    return pages


def _placed(chapter: Chapter, page: int, used: float, pages: dict[str, int]) -> tuple[int, float]:
    """Note the page of a chapter; return the page on which it ends, and how much of it is used."""
    if chapter.on_new_page:
        page, used = page + 1, 0.0
    pages[chapter.anchor] = page
    used += HEADING + sum(_height(block) for block in chapter.blocks)
    more = math.ceil(used / PAGE) - 1
    return page + more, used - more * PAGE


def _height(block: Block) -> float:
    if isinstance(block, Picture):
        return PICTURE
    if isinstance(block, Heading):
        return HEADING
    if isinstance(block, Pairs):
        return sum(_lines(text, BESIDE) for _, text in block.rows)
    if isinstance(block, Rounds):
        texts = [f"{one.day} {one.tried}" for one in block.rounds] + [
            line for one in block.rounds for line in one.lines
        ]
        return sum(_lines(text, WIDE) for text in texts)
    if isinstance(block, Notes):
        return sum(_lines(text, WIDE) for text in block.lines)
    return _lines(block.text, WIDE) + GAP


def _lines(text: str, letters: int) -> float:
    return LINE * math.ceil(len(text) / letters) + GAP
