"""What every part of a slide shares: its type, its colours and its place."""

from pptx.util import Inches

from analysis.charts.palette import Palette

FONT = "Arial"
"""What every computer has: a slide is edited where the program's own typeface is not."""
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
SIDE = Inches(0.6)
BODY = (SIDE, Inches(2.05), WIDTH - 2 * SIDE, Inches(4.3))
"""Left, top, width and height of what stands in the middle."""


def accents(own: Palette) -> tuple[str, ...]:
    """The colours of series, in their order."""
    return own.before, own.after, own.reference, own.widened, own.unclear, own.ink
