"""The chapter of one adjustment, in the order of its page."""

from collections.abc import Callable

from analysis.exhibits.adjustments.adjustment import Adjustment
from analysis.exhibits.adjustments.per_offer import change_per_offer, quarterly_rates_per_offer
from analysis.exhibits.adjustments.results import SHAPES, WithResult, direction_name, why_unknown, with_results
from analysis.exhibits.adjustments.texts import after_round, beginning, ending, what_happened, where_and_when
from analysis.exhibits.gap_data import GapData
from analysis.exports.catalogue_document.blocks import (
    Block,
    Chapter,
    Heading,
    Link,
    Pairs,
    Paragraph,
    Round,
    Rounds,
    is_reachable,
)
from analysis.exports.catalogue_document.chart import caption, small_chart
from analysis.i18n import Wording

OfOffer = Callable[[Adjustment], GapData | None]
"""Returns the numbers of the offer of an adjustment, before and after it; None if there are none."""


def chapter(one: WithResult, view: GapData, of_offer: OfOffer, anchor: str, *, on_new_page: bool) -> Chapter:
    """Return the chapter of an adjustment. ``of_offer`` returns the numbers of its offer."""
    made, wording = one.adjustment, view.wording
    blocks: list[Block] = [Paragraph(where_and_when(made, wording), is_muted=True)]
    blocks += [*_pairs(beginning(made, wording)), *_tried(made, wording)]
    blocks += [Heading(wording.text("What happened")), *_what_happened(one, view, of_offer)]
    return Chapter(made.title, 2, anchor, (*blocks, *_ending(made, wording)), on_new_page)


def _tried(made: Adjustment, wording: Wording) -> list[Block]:
    if not made.rounds:
        return []
    rounds = []
    for one in made.rounds:
        rounds.append(Round(one.mark, wording.date(one.tried_on), one.tried, tuple(after_round(one, wording))))
    return [Heading(wording.text("Test rounds")), Rounds(tuple(rounds))]


def _what_happened(one: WithResult, view: GapData, of_offer: OfOffer) -> list[Block]:
    """Return the result in careful words and the chart of the offer; or why there is neither."""
    quarters = quarterly_rates_per_offer(view).get(one.adjustment.place[:2])
    if quarters is None and of_offer(one.adjustment) is None:
        return [Paragraph(view.wording.text("No numbers of this offer are stored yet."))]
    blocks: list[Block] = []
    if one.direction is not None:
        blocks.append(Paragraph(f"{SHAPES[one.direction]} {direction_name(one.direction, view.wording)}"))
    if said := _in_words(one, view, of_offer):
        blocks.append(Paragraph(said))
    if quarters is not None and (picture := small_chart(view, quarters, one.adjustment)):
        blocks += [picture, Paragraph(caption(view), is_muted=True)]
    return blocks


def _in_words(one: WithResult, view: GapData, of_offer: OfOffer) -> str:
    """Return the result in a sentence; or why it is not known."""
    number = sum(other.direction is not None for other in with_results(view))
    offer_change = change_per_offer(view).get(one.adjustment.place[:2])
    if one.direction is not None and offer_change is not None and not view.selection.net_of_trend:
        return what_happened(view, one, number, offer_change)
    offer = of_offer(one.adjustment)
    if offer is None or offer.dimension.is_undivided:
        return ""
    own = next((own for own in with_results(offer) if own.adjustment.place == one.adjustment.place), one)
    if one.direction is None and (not own.divides or own.change is None):
        return why_unknown(offer, own)
    return what_happened(offer, one, number)


def _ending(made: Adjustment, wording: Wording) -> list[Block]:
    blocks = _pairs(ending(made, wording))
    if link := made.texts.get("link"):
        blocks.append(Link(link, address=link) if is_reachable(link) else Paragraph(link))
    return [Heading(wording.text("What others can use")), *blocks] if blocks else []


def _pairs(texts: dict[str, str]) -> list[Block]:
    rows = tuple((name, text) for name, text in texts.items() if text)
    return [Pairs(rows)] if rows else []
