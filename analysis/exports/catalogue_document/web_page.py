"""The document as one HTML page without scripts, for reading and printing; it loads nothing from elsewhere."""

import re
from html import escape
from pathlib import Path

from analysis.charts.palette import palette
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
from analysis.exports.catalogue_document.drawing import as_svg
from analysis.exports.typeface import typeface

_STYLE = Path(__file__).parent / "catalogue.css"
SAFE = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
"""What a browser may do on the page: use its own style sheet and typeface, and nothing else."""


def web_page(document: Document) -> str:
    """Return the document as an HTML page. It is complete as it stands, and says so to the printing browser."""
    body = "".join([_cover(document), *map(_chapter, document.front), _contents(document)])
    body += "".join(map(_chapter, document.chapters))
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{SAFE}">'
    head += '<meta name="viewport" content="width=device-width, initial-scale=1">'
    head += f"<title>{_text(document.title)}</title><style>{_style(document)}</style>"
    language = escape(document.language)
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body data-ready="1">{body}</body></html>'


def _style(document: Document) -> str:
    own = palette("light")
    names = ("ink", "muted", "line", "after", "widened")
    colours = ":root{" + "".join(f"--{name}:{getattr(own, name)};" for name in names) + "}"
    above = " · ".join(filter(None, [document.label, document.title]))
    page = f"@page{{@top-right{{content:{_quoted(above)}}}}}"
    return typeface() + colours + _STYLE.read_text("utf-8") + page


def _quoted(text: str) -> str:
    """Return a text as a string of a style sheet."""
    return '"' + re.sub(r"[^\w ·.,-]", lambda found: f"\\{ord(found[0]):x} ", shown(text)) + '"'


def _cover(document: Document) -> str:
    label = f'<p class="label">{_text(document.label)}</p>' if document.label else ""
    facts = "".join(f"<p>{_text(fact)}</p>" for fact in document.facts)
    return f'<header class="cover"><h1>{_text(document.title)}</h1>{label}{facts}</header>'


def _contents(document: Document) -> str:
    entries = "".join(
        f'<li class="level{one.level}"><a href="#{one.anchor}">{_text(one.title)}</a></li>'
        for one in document.all_chapters
    )
    title = _text(document.contents)
    return f'<nav class="page" aria-label="{title}"><h2>{title}</h2><ul>{entries}</ul></nav>'


def _chapter(chapter: Chapter) -> str:
    tag = f"h{chapter.level + 1}"
    kind = ' class="page"' if chapter.on_new_page else ""
    heading = f'<{tag} id="{chapter.anchor}">{_text(chapter.title)}</{tag}>'
    return f"<section{kind}>{heading}{''.join(map(_block, chapter.blocks))}</section>"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h4>{_text(block.text)}</h4>"
    if isinstance(block, Paragraph):
        return f"<p{' class=muted' if block.is_muted else ''}>{_text(block.text)}</p>"
    if isinstance(block, Pairs):
        return f"<dl>{''.join(f'<dt>{_text(name)}</dt><dd>{_text(text)}</dd>' for name, text in block.rows)}</dl>"
    if isinstance(block, Rounds):
        return _rounds(block)
    if isinstance(block, Picture):
        return f"<figure>{as_svg(block.drawing, block.alt)}</figure>"
    if isinstance(block, Notes):
        return f"<ul>{''.join(f'<li>{_text(line)}</li>' for line in block.lines)}</ul>"
    return _link(block)


def _rounds(block: Rounds) -> str:
    rows = []
    for one in block.rounds:
        lines = "".join(f"<br>→ {_text(line)}" for line in one.lines)
        said = f"<b>{_text(one.day)}</b> {_text(one.tried)}{lines}"
        rows.append(f'<li><span class="mark">{_text(one.mark)}</span><span>{said}</span></li>')
    return f'<ol class="rounds">{"".join(rows)}</ol>'


def _link(block: Link) -> str:
    target = f"#{block.anchor}" if block.anchor else shown(block.address)
    return f'<p><a href="{escape(target)}" rel="noreferrer">{_text(block.text)}</a></p>'


def _text(text: str) -> str:
    return escape(shown(text))
