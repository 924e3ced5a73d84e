"""Slides of a story: for each exhibit its sentence, its chart and its notes."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Inches, Length, Pt

from analysis.charts.palette import palette
from analysis.exhibits.exhibit import Exhibit, Plan, StorySlide
from analysis.exports.powerpoint.charts import add_chart, is_crowded
from analysis.exports.powerpoint.slide_style import BODY, FONT, HEIGHT, SIDE, WIDTH, accents
from analysis.i18n import Wording
from analysis.text.office_text import legal

KICKER, FOOT = Inches(0.2), Inches(6.5)
"""Top of the line above the title, and of the footer."""
TITLE = (SIDE, Inches(0.65), WIDTH - 2 * SIDE, Inches(1.25))
SHORT, LONG = 90, 220
"""Title length in characters: up to the first the text is large, above the second small."""
MOST_ROWS = 11
"""Maximum number of rows of a table on a slide; the slide states the number omitted."""
Picture = Callable[[Exhibit], bytes | None]


def slides(name: str, story_slides: Sequence[StorySlide], *, wording: Wording, picture: Picture) -> bytes:
    """Return a 16:9 .pptx file with one slide per exhibit.

    The title is the user's heading, or else the sentence that answers; the question is above it. ``picture`` draws an
    exhibit without a native chart as PNG. If it returns None, the slide has the exhibit's table. The notes have the
    speaker's note and all notes of the exhibit.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.core_properties.title, deck.core_properties.language = legal(name), wording.code
    layout = _one_layout(deck)
    for one in story_slides:
        slide = deck.slides.add_slide(layout)
        if one.exhibit is None:
            _set_title(slide, one.heading or one.in_its_place(wording), wording)
            _text(slide, one.in_its_place(wording), wording, top=Inches(2.2), size=18)
        else:
            _fill(slide, one, one.exhibit, picture)
        notes = [one.note, *(one.exhibit.provenance.notes if one.exhibit else [])]
        slide.notes_slide.notes_text_frame.text = legal("\n".join(filter(None, notes)))
    content = io.BytesIO()
    deck.save(content)
    return content.getvalue()


def _fill(slide: Any, story_slide: StorySlide, one: Exhibit, picture: Picture) -> None:
    provenance, wording = one.provenance, one.provenance.wording
    _set_title(slide, story_slide.heading or one.answers, wording)
    above = [one.answers if story_slide.heading else one.asks]
    if provenance.synthetic:
        above.insert(0, wording.text("Synthetic demonstration data"))
    _text(slide, " · ".join(above), wording, top=KICKER, size=13, muted=True)
    if isinstance(one.plan, Plan) and not one.numbers.empty and not is_crowded(one.plan, one.numbers, wording):
        shape = add_chart(slide, one.plan, one.numbers, wording)
    elif one.plan == "picture" and (drawn := picture(one)):
        shape = slide.shapes.add_picture(io.BytesIO(drawn), *BODY[:2], height=BODY[3])
        shape.left = (WIDTH - shape.width) // 2
    else:
        shape = _table(slide, one.texts, wording)
    shape._element.xpath(".//p:cNvPr")[0].set("descr", legal(f"{one.asks} {one.answers}"))
    foot = (provenance.in_words + ".", provenance.source, *one.foot)
    _text(slide, " ".join(foot), wording, top=FOOT, size=11, muted=True)


def _set_title(slide: Any, title: str, wording: Wording) -> None:
    frame = slide.shapes.title.text_frame
    frame.text = legal(title)
    for run in frame.paragraphs[0].runs:
        run.font.size = Pt(26 if len(title) <= SHORT else 18 if len(title) <= LONG else 14)
        run.font.language_id = _proofed_in(wording)


def _one_layout(deck: Any) -> Any:
    """Return the layout that has only a title, with the slide width, typeface and colours of the program."""
    wanted = next(layout for layout in deck.slide_layouts if layout.name == "Title Only")
    for layout in list(deck.slide_layouts):
        if layout is not wanted:
            deck.slide_layouts.remove(layout)
    for holder in (deck.slide_master, wanted):
        for shape in list(holder.placeholders):
            if shape.placeholder_format.type == 1:  # the title
                shape.left, shape.top, shape.width, shape.height = TITLE
                shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
            else:
                shape._element.getparent().remove(shape._element)
    _set_titles(deck.slide_master)
    _set_theme(deck.slide_master)
    return wanted


def _set_titles(master: Any) -> None:
    style = master._element.find(".//" + qn("p:titleStyle") + "/" + qn("a:lvl1pPr"))
    style.set("algn", "l")
    run = style.find(qn("a:defRPr"))
    run.set("sz", "2400")
    run.set("b", "1")


def _set_theme(master: Any) -> None:
    """Set the typeface and the colours of the PowerPoint theme."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    for face in theme.iter(qn("a:latin")):
        if face.get("typeface") and face.getparent().tag in (qn("a:majorFont"), qn("a:minorFont")):
            face.set("typeface", FONT)
    own = palette("light")
    colours = {"dk1": own.ink, "lt1": "#FFFFFF", "dk2": own.muted, "lt2": own.line}
    colours |= {f"accent{place}": colour for place, colour in enumerate(accents(own), start=1)}
    scheme = theme.find(".//" + qn("a:clrScheme"))
    for name, colour in colours.items():
        slot = scheme.find(qn(f"a:{name}"))
        for old in list(slot):
            slot.remove(old)
        etree.SubElement(slot, qn("a:srgbClr")).set("val", colour[1:])
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _text(slide: Any, text: str, wording: Wording, *, top: Length, size: int, muted: bool = False) -> None:
    box = slide.shapes.add_textbox(SIDE, top, WIDTH - 2 * SIDE, Inches(0.4))
    frame = box.text_frame
    frame.word_wrap = True
    frame.text = legal(text)
    for run in frame.paragraphs[0].runs:
        run.font.size, run.font.language_id = Pt(size), _proofed_in(wording)
        if muted:
            run.font.color.rgb = RGBColor.from_string(palette("light").muted[1:])


def _table(slide: Any, texts: pd.DataFrame, wording: Wording) -> Any:
    rows = texts.head(MOST_ROWS)
    shape = slide.shapes.add_table(len(rows) + 1, len(texts.columns), *BODY)
    table = shape.table
    for row in table.rows:
        row.height = Inches(0.34)
    for column, name in enumerate(texts.columns):
        _cell(table.cell(0, column), name)
        for row, value in enumerate(rows[name], start=1):
            _cell(table.cell(row, column), value)
    if len(texts) > len(rows):
        left = wording.texts("{count} more row", "{count} more rows", len(texts) - len(rows))
        _text(slide, left, wording, top=Inches(6.2), size=10, muted=True)
    return shape


def _cell(cell: Any, text: Any) -> None:
    cell.text_frame.text = legal(str(text))
    for run in cell.text_frame.paragraphs[0].runs:
        run.font.size = Pt(11)


def _proofed_in(wording: Wording) -> MSO_LANGUAGE_ID:
    """Return the proofing language of the slides."""
    return MSO_LANGUAGE_ID.from_xml(wording.language.tag)
