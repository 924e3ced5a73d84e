"""Style shared by all elements of a slide: typeface, colours and positions."""

from pptx.util import Inches

from analysis.charts.palette import Palette

FONT = "Arial"
"""A typeface that every computer has, because slides are edited where the program's typeface is not installed."""
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
SIDE = Inches(0.6)
BODY = (SIDE, Inches(2.05), WIDTH - 2 * SIDE, Inches(4.3))
"""Left, top, width and height of the body."""


def accents(own: Palette) -> tuple[str, ...]:
    """Return the colours of the series, in order."""
    return own.before, own.after, own.reference, own.widened, own.unclear, own.ink
