"""Styles of the Word file: typeface, sizes, colours, indents and language."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor

from analysis.charts.palette import palette

FONT = "Arial"
"""A typeface that every computer has, because the document is edited where the program's typeface is not installed."""
CONTENT, SIDE, ABOVE = Cm(17), Cm(2), Cm(2)
"""Width of the text, and margins of the page."""
MUTED = "Caption"
NAME, MARK = Cm(4.4), Cm(0.8)
"""Indents of texts beside their names, and beside the mark of a test round."""
_COLOURS = palette("light")
SIZES: dict[str, tuple[float, str, bool]] = {
    "Normal": (10, _COLOURS.ink, False),
    "Title": (30, _COLOURS.after, True),
    "Subtitle": (14, _COLOURS.widened, True),
    "Heading 1": (20, _COLOURS.after, True),
    "Heading 2": (16, _COLOURS.ink, True),
    "Heading 3": (11, _COLOURS.after, True),
    "TOC Heading": (20, _COLOURS.after, True),
    "Caption": (9, _COLOURS.muted, False),
    "Header": (9, _COLOURS.muted, False),
    "Footer": (9, _COLOURS.muted, False),
}
"""Size in points, colour, and whether the letters are bold, by style."""
INDENTS = {"List": (NAME, -NAME), "List 2": (MARK, -MARK), "List Continue 2": (MARK, Cm(0))}
"""Left indent, and that of the first line, by style."""
SPACES = {"Normal": (0, 4), "Heading 1": (0, 8), "Heading 2": (0, 3), "Heading 3": (8, 3), "List": (0, 3)}
SPACES |= {"List 2": (0, 1), "List Continue 2": (0, 1), "Caption": (0, 4), "List Bullet": (0, 3)}
"""Space before and after a paragraph in points, by style."""


def set_styles(book: Any, language: str) -> None:
    """Set the styles of a new document, and its language."""
    styles = book.styles
    _remove_table_styles(styles)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = RGBColor.from_string(_COLOURS.after[1:]), True
    for name, (size, colour, is_bold) in SIZES.items():
        font = styles[name].font
        font.size, font.color.rgb, font.bold, font.italic = Pt(size), RGBColor.from_string(colour[1:]), is_bold, False
        _set_typeface(styles[name])
    for name, (left, first) in INDENTS.items():
        form = styles[name].paragraph_format
        form.left_indent, form.first_line_indent = left, first
        form.tab_stops.add_tab_stop(left)
    for name, (before, after) in SPACES.items():
        form = styles[name].paragraph_format
        form.line_spacing = 1.05
        _remove(styles[name], "w:contextualSpacing")
        form.space_before, form.space_after = Pt(before), Pt(after)
    for level, indent in ((1, Cm(0)), (2, Cm(0.8))):
        _add_contents_style(styles, level, indent)
    _remove(styles["Title"], "w:pBdr")
    _set_language(styles, book.settings.element, language)


def _add_contents_style(styles: Any, level: int, indent: Length) -> None:
    style = styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    style.font.bold = level == 1
    form = style.paragraph_format
    form.left_indent, form.right_indent = indent, Cm(1)
    form.space_before, form.space_after = Pt(6 if level == 1 else 0), Pt(2)
    form.tab_stops.add_tab_stop(CONTENT, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _remove_table_styles(styles: Any) -> None:
    """Remove the styles of tables: there are none, and each paragraph would search among them."""
    for style in list(styles):
        if style.type == WD_STYLE_TYPE.TABLE and not style.element.default:
            style.delete()


def _set_typeface(style: Any) -> None:
    """Set the typeface, in place of that of the theme."""
    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    for name in ("w:eastAsia", "w:cs"):
        fonts.set(qn(name), FONT)


def _remove(style: Any, property_name: str) -> None:
    for found in style.element.pPr.findall(qn(property_name)):
        style.element.pPr.remove(found)


def _set_language(styles: Any, settings: Any, tag: str) -> None:
    """Set the language that texts are proofed and read aloud in."""
    properties = styles.element.find(".//" + qn("w:rPrDefault") + "/" + qn("w:rPr"))
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), tag)
    for element in settings.findall(qn("w:themeFontLang")):
        element.set(qn("w:val"), tag)
