"""What every part of a slide shares: its type, its colours, its place, and texts that a file of Office may hold."""

import re

from pptx.util import Inches

from analysis.charts.palette import Palette

FONT = "Arial"
"""What every computer has: a slide is edited where the program's own typeface is not."""
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
SIDE = Inches(0.6)
BODY = (SIDE, Inches(2.05), WIDTH - 2 * SIDE, Inches(4.3))
"""Left, top, width and height of what stands in the middle."""
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Without the signs that a file of Office may not hold."""
    return _ILLEGAL.sub("", text)


def accents(own: Palette) -> tuple[str, ...]:
    """The colours of series, in their order."""
    return own.before, own.after, own.reference, own.widened, own.unclear, own.ink
