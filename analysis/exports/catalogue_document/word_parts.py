"""Parts of a Word paragraph that python-docx does not write: fields, links and bookmarks."""

from collections.abc import Mapping
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run


def add_field(paragraph: Any, instruction: str, result: str, link: Any = None) -> None:
    """Add a field with the result that shows until it is updated, inside ``link`` if given."""
    parts = [_run(_character("begin")), _run(_instruction(instruction)), _run(_character("separate"))]
    for part in [*parts, _run(_text(result)), _run(_character("end"))]:
        (paragraph._p if link is None else link).append(part)


def field_begins(paragraph: Any, instruction: str) -> None:
    """Begin a field whose result spans paragraphs."""
    for part in (_character("begin"), _instruction(instruction), _character("separate")):
        paragraph._p.append(_run(part))


def field_ends(paragraph: Any) -> None:
    """End the field that an earlier paragraph began."""
    paragraph._p.append(_run(_character("end")))


def add_link(paragraph: Any, text: str, *, anchor: str = "", address: str = "", is_plain: bool = False) -> Any:
    """Add a link to a bookmark or to an address; a plain one looks like text, with a tab after it, as in contents."""
    link = _element("hyperlink", history="1")
    if anchor:
        link.set(qn("w:anchor"), anchor)
    else:
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = _run(_text(text))
    link.append(run)
    paragraph._p.append(link)
    if is_plain:
        run.append(_element("tab"))
    else:
        Run(run, paragraph).style = paragraph.part.document.styles["Hyperlink"]
    return link


def bookmarked(paragraph: Any, text: str, names: Mapping[str, int]) -> None:
    """Write a text with bookmarks around it, by name and number."""
    for name, number in names.items():
        paragraph._p.append(_element("bookmarkStart", id=str(number), name=name))
    paragraph.add_run(text)
    for number in names.values():
        paragraph._p.append(_element("bookmarkEnd", id=str(number)))


def _run(part: Any) -> Any:
    run = OxmlElement("w:r")
    run.append(part)
    return run


def _character(kind: str) -> Any:
    return _element("fldChar", fldCharType=kind)


def _instruction(text: str) -> Any:
    return _spaced("instrText", f" {text} ")


def _text(text: str) -> Any:
    return _spaced("t", text)


def _spaced(tag: str, text: str) -> Any:
    element = OxmlElement(f"w:{tag}")
    element.text = text
    element.set(qn("xml:space"), "preserve")
    return element


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
