"""The catalogue of adjustments as a document: Word, PDF, or one HTML page."""

from collections.abc import Sequence
from typing import Literal

from analysis.exhibits.adjustments.results import WithResult
from analysis.exhibits.gap_data import GapData
from analysis.exports.catalogue_document.chapters import GroupedBy, whole
from analysis.exports.catalogue_document.story import OfOffer

Kind = Literal["docx", "pdf", "html"]


def catalogue_document(
    view: GapData,
    chosen: Sequence[WithResult],
    of_offer: OfOffer,
    *,
    grouped_by: GroupedBy,
    kind: Kind,
    narrowed_by: str = "",
) -> bytes:
    """Return the chosen adjustments as a document, one on each page.

    ``view`` has the question. ``of_offer`` returns the numbers of the offer of an adjustment, before and after it; None
    if there are none. The cover names the filters, ``narrowed_by``. For a PDF, raises ``NoBrowser`` and
    ``TimeoutError`` as ``images.paper``.
    """
    document = whole(view, chosen, of_offer, grouped_by, narrowed_by)
    if kind == "docx":
        from analysis.exports.catalogue_document.word import word

        return word(document)
    from analysis.exports.catalogue_document.web_page import web_page

    page = web_page(document)
    if kind == "html":
        return page.encode()
    from analysis.exports.images import paper

    return paper(page)
