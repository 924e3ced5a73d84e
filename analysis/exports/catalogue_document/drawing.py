"""A drawing of lines, dots and texts, as SVG and as PNG. It needs no browser, so that hundreds take a few seconds."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

from analysis.config import ROOT

FONTS = ROOT / "pages" / "static" / "fonts"
SCALE = 3
"""Pixels of a PNG for each unit: about 300 per inch on paper."""
QUICK = 3
"""Level of compression. Higher ones make files little smaller and take longer."""
WHITE = (255, 255, 255)
Anchor = Literal["start", "middle", "end"]
Place = tuple[float, float]
_PILLOW = {"start": "ls", "middle": "ms", "end": "rs"}


@dataclass(frozen=True)
class Line:
    """A line through points. ``dash`` is the length of its dashes, 0 for a whole line."""

    points: tuple[Place, ...]
    colour: str
    width: float = 1
    dash: float = 0


@dataclass(frozen=True)
class Dot:
    """A dot, filled with ``fill`` or with the colour of its edge."""

    centre: Place
    radius: float
    colour: str
    fill: str = ""


@dataclass(frozen=True)
class Text:
    """A text on one line, by the start, middle or end of its base line."""

    place: Place
    text: str
    colour: str
    size: float = 11
    anchor: Anchor = "start"


Mark = Line | Dot | Text


@dataclass(frozen=True)
class Drawing:
    """Marks on white, later ones on top."""

    width: int
    height: int
    marks: Sequence[Mark]


def as_svg(drawing: Drawing, alt: str) -> str:
    """Return the drawing as an SVG element with its text for those who do not see it."""
    size = f'viewBox="0 0 {drawing.width} {drawing.height}" role="img" aria-label="{escape(alt)}"'
    return f"<svg {size}>{''.join(_svg(mark) for mark in drawing.marks)}</svg>"


def _svg(mark: Mark) -> str:
    if isinstance(mark, Line):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in mark.points)
        dash = f' stroke-dasharray="{mark.dash}"' if mark.dash else ""
        return f'<polyline points="{points}" fill="none" stroke="{mark.colour}" stroke-width="{mark.width}"{dash}/>'
    if isinstance(mark, Dot):
        x, y = mark.centre
        fill = mark.fill or mark.colour
        edge = f'fill="{fill}" stroke="{mark.colour}" stroke-width="1.5"'
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{mark.radius}" {edge}/>'
    x, y = mark.place
    style = f'fill="{mark.colour}" font-size="{mark.size}" text-anchor="{mark.anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(mark.text)}</text>'


def as_png(drawing: Drawing) -> bytes:
    """Return the drawing as PNG, in its few colours, which is three times as fast as with shades between them."""
    picture = Image.new("P", (SCALE * drawing.width, SCALE * drawing.height))
    picture.putpalette(WHITE)
    pencil = ImageDraw.Draw(picture)
    for mark in drawing.marks:
        _draw(pencil, mark)
    content = io.BytesIO()
    picture.save(content, "PNG", compress_level=QUICK)
    return content.getvalue()


def _draw(pencil: ImageDraw.ImageDraw, mark: Mark) -> None:
    if isinstance(mark, Text):
        x, y = mark.place
        font = _font(round(SCALE * mark.size))
        pencil.text((SCALE * x, SCALE * y), mark.text, mark.colour, font, anchor=_PILLOW[mark.anchor])
    elif isinstance(mark, Dot):
        x, y = (SCALE * value for value in mark.centre)
        radius, edge = SCALE * (mark.radius + 0.75), round(1.5 * SCALE)
        box = (x - radius, y - radius, x + radius, y + radius)
        pencil.ellipse(box, mark.fill or mark.colour, mark.colour, edge)
    else:
        for part in _dashes(mark) if mark.dash else [mark.points]:
            points = [(SCALE * x, SCALE * y) for x, y in part]
            pencil.line(points, mark.colour, max(1, round(SCALE * mark.width)), joint="curve")


def _dashes(line: Line) -> list[tuple[Place, Place]]:
    """Return the dashes of a line through two points."""
    (x, y), (to_x, to_y) = line.points[0], line.points[-1]
    length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
    found, at = [], 0.0
    while at < length:
        first, last = at / length, min(at + line.dash, length) / length
        begin = (x + first * (to_x - x), y + first * (to_y - y))
        found.append((begin, (x + last * (to_x - x), y + last * (to_y - y))))
        at += 2 * line.dash
    return found


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / "ibm-plex-sans-latin-400-normal.woff2", size)
