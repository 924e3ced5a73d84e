"""The chapter of one adjustment, in the order of its page."""

from analysis.exhibits.adjustments.adjustment import Adjustment
from analysis.exhibits.adjustments.filters import aim_name, involved, involved_names, practice_name, tag_name
from analysis.exhibits.adjustments.results import (
    SHAPES,
    WithResult,
    direction_name,
    why_unknown,
    with_results,
)
from analysis.exhibits.by_understanding import headline_and_sentence
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
from analysis.i18n.vocabulary import word_in
from analysis.measures.result_frame import State
from analysis.model.terms import Direction


def chapter(one: WithResult, view: GapData, of_offer: GapData | None, anchor: str, *, on_new_page: bool) -> Chapter:
    """Return the chapter of an adjustment. ``of_offer`` has the numbers of its offer; None if there are none."""
    made, wording = one.adjustment, view.wording
    blocks: list[Block] = [Paragraph(where_and_when(made, wording), is_muted=True)]
    blocks += [*_beginning(made, wording), *_tried(made, wording)]
    blocks += [Heading(wording.text("What happened")), *_what_happened(one, view, of_offer)]
    return Chapter(made.title, 2, anchor, (*blocks, *_ending(made, wording)), on_new_page)


def where_and_when(made: Adjustment, wording: Wording) -> str:
    """Return the offer, the municipality, the day and how far it has come."""
    parts = [f"{made.offer}, {made.municipality}", wording.date(made.adjusted_on)]
    return " · ".join(parts + ([practice_name(made.state, wording)] if made.state else []))


def _beginning(made: Adjustment, wording: Wording) -> list[Block]:
    names = involved_names(wording)
    who = ", ".join(names[code].lower() for code in involved(made) if code in ("citizens", "staff")).capitalize()
    return _pairs(
        {
            wording.text("Challenge"): made.texts.get("challenge", ""),
            wording.text("Target group"): made.texts.get("target_group", ""),
            wording.text("What we did"): made.what_changed,
            wording.text("Aim"): aim_name(made.aim, wording),
            wording.text("Who took part"): "; ".join(filter(None, [who, made.texts.get("partners", "")])),
            wording.text("Tags"): ", ".join(tag_name(tag, wording) for tag in made.tags),
            wording.text("Action from a theme day"): made.action,
            wording.text("The idea comes from"): _origin(made, wording),
        }
    )


def _origin(made: Adjustment, wording: Wording) -> str:
    if made.origin is None:
        return ""
    municipality, offer, title = made.origin
    return wording.text("“{title}”, {offer}, {municipality}", title=title, offer=offer, municipality=municipality)


def _tried(made: Adjustment, wording: Wording) -> list[Block]:
    if not made.rounds:
        return []
    rounds = []
    for one in made.rounds:
        lines = [wording.text("Learned: {text}", text=one.learned)] if one.learned else []
        if one.decision:
            step = word_in("decision", one.decision, wording.code)
            lines.append(wording.text("Next step: {step}", step=step.lower()))
        rounds.append(Round(one.mark, wording.date(one.tried_on), one.tried, tuple(lines)))
    return [Heading(wording.text("Test rounds")), Rounds(tuple(rounds))]


def _what_happened(one: WithResult, view: GapData, of_offer: GapData | None) -> list[Block]:
    """Return the result in careful words and the chart of the offer; or why there is neither."""
    if of_offer is None:
        return [Paragraph(view.wording.text("No numbers of this offer are stored yet."))]
    blocks: list[Block] = []
    if (way := _direction(of_offer)) is not None:
        blocks.append(Paragraph(f"{SHAPES[way]} {direction_name(way, view.wording)}"))
    if unknown := "" if way else _why_unknown(one, of_offer):
        blocks.append(Paragraph(unknown))
    elif not of_offer.dimension.is_undivided:
        headline, sentence = headline_and_sentence(of_offer)
        blocks.append(Paragraph(f"{headline}. {sentence}"))
    if picture := small_chart(of_offer, one.adjustment):
        blocks += [picture, Paragraph(caption(of_offer), is_muted=True)]
    return blocks


def _direction(of_offer: GapData) -> Direction | None:
    """Return the direction that the sentence about the offer states; None if it states none."""
    if of_offer.is_now or of_offer.dimension.is_undivided or of_offer.change["state"] != State.SHOWN:
        return None
    return of_offer.net.direction if of_offer.net else Direction(of_offer.change["direction"])


def _why_unknown(one: WithResult, of_offer: GapData) -> str:
    own = next((own for own in with_results(of_offer) if own.adjustment.place == one.adjustment.place), one)
    return why_unknown(of_offer, own) if not own.divides or own.change is None else ""


def _ending(made: Adjustment, wording: Wording) -> list[Block]:
    texts = made.texts
    blocks = _pairs(
        {
            wording.text("It took"): texts.get("took", ""),
            wording.text("Barriers"): texts.get("barriers", ""),
            wording.text("Experiences"): texts.get("experiences", ""),
            wording.text("Advice to others"): texts.get("advice", ""),
            wording.text("Whom to ask"): texts.get("contact", ""),
        }
    )
    if link := texts.get("link"):
        blocks.append(Link(link, address=link) if is_reachable(link) else Paragraph(link))
    return [Heading(wording.text("What others can use")), *blocks] if blocks else []


def _pairs(texts: dict[str, str]) -> list[Block]:
    rows = tuple((name, text) for name, text in texts.items() if text)
    return [Pairs(rows)] if rows else []
