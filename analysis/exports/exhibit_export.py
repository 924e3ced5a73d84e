"""Export one exhibit as a picture, or as a workbook with its numbers."""

from dataclasses import dataclass
from typing import Literal

from analysis.charts.palette import Theme
from analysis.exhibits.exhibit import Exhibit

PictureFormat = Literal["png", "svg"]


@dataclass(frozen=True)
class Size:
    """Width, text size and heading column width of a picture, in pixels; column 0 puts headings above the marks."""

    width: int
    text_size: int
    column: int = 0


SIZES = {"document": Size(1000, 15), "column": Size(600, 15), "slide": Size(1920, 27, 560)}


def picture(exhibit: Exhibit, kind: PictureFormat, size: Size, theme: Theme) -> bytes:
    """Draw the chart with question, answer and source. Raises ``NoBrowser`` if no browser is installed."""
    from analysis.charts.rows import row_headings
    from analysis.charts.standalone import framed
    from analysis.exports.images import image

    with row_headings(size.column):
        figure = exhibit.draw({"theme": theme, "text_size": size.text_size})
    drawn = framed(
        figure,
        title=exhibit.asks,
        sentence=exhibit.answers,
        source=exhibit.provenance.source,
        theme=theme,
        width=size.width,
        text_size=size.text_size,
    )
    return image(drawn, kind)


def workbook(exhibit: Exhibit) -> bytes:
    """Write the numbers on one sheet, and their question, selection, source and method on another."""
    from analysis.exports.workbook import numbers

    wording, provenance = exhibit.provenance.wording, exhibit.provenance
    about = [(wording.text("Question"), exhibit.asks), (wording.text("Answer"), exhibit.answers)]
    about += [(wording.text("Selection"), provenance.in_words), (wording.text("Source"), provenance.source)]
    about.append((wording.text("Method"), "\n".join(provenance.notes)))
    return numbers({wording.text("Numbers"): exhibit.numbers}, about, about_name=wording.text("About"))
