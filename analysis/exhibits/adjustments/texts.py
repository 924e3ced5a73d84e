"""Texts about an adjustment that pages and documents share, in the order of its story."""

from analysis.exhibits.adjustments.adjustment import Adjustment, TestRound
from analysis.exhibits.adjustments.filters import (
    CITIZENS,
    STAFF,
    aim_name,
    involved,
    involved_names,
    practice_name,
    tag_name,
)
from analysis.exhibits.adjustments.per_offer import OfferChange
from analysis.exhibits.adjustments.results import WithResult
from analysis.exhibits.by_understanding import headline_and_sentence
from analysis.exhibits.gap_data import GapData
from analysis.i18n import Wording
from analysis.i18n.vocabulary import word_in
from analysis.measures.result_frame import State
from analysis.model.terms import Direction

Texts = dict[str, str]
"""Texts by their names; those that are not written are empty."""


def where_and_when(made: Adjustment, wording: Wording) -> str:
    """Return the offer, the municipality, the day and how far it has come."""
    parts = [f"{made.offer}, {made.municipality}", wording.date(made.adjusted_on)]
    return " · ".join(parts + ([practice_name(made.state, wording)] if made.state else []))


def beginning(made: Adjustment, wording: Wording) -> Texts:
    """Return why the change was made, what it is, and who took part."""
    names = involved_names(wording)
    who = ", ".join(names[code].lower() for code in involved(made) if code in (CITIZENS, STAFF)).capitalize()
    return {
        wording.text("Challenge"): made.texts.get("challenge", ""),
        wording.text("Target group"): made.texts.get("target_group", ""),
        wording.text("What we did"): made.what_changed,
        wording.text("Aim"): aim_name(made.aim, wording),
        wording.text("Who took part"): "; ".join(filter(None, [who, made.texts.get("partners", "")])),
        wording.text("Tags"): ", ".join(tag_name(tag, wording) for tag in made.tags),
        wording.text("Action from a theme day"): made.action,
        wording.text("The idea comes from"): _origin(made, wording),
    }


def _origin(made: Adjustment, wording: Wording) -> str:
    if made.origin is None:
        return ""
    municipality, offer, title = made.origin
    return wording.text("“{title}”, {offer}, {municipality}", title=title, offer=offer, municipality=municipality)


def after_round(one: TestRound, wording: Wording) -> list[str]:
    """Return what was learned in a test round, and what came next."""
    lines = [wording.text("Learned: {text}", text=one.learned)] if one.learned else []
    if one.decision:
        step = word_in("decision", one.decision, wording.code)
        lines.append(wording.text("Next step: {step}", step=step.lower()))
    return lines


def ending(made: Adjustment, wording: Wording) -> Texts:
    """Return what it took, what stood in the way, and what others can use."""
    texts = made.texts
    return {
        wording.text("It took"): texts.get("took", ""),
        wording.text("Barriers"): texts.get("barriers", ""),
        wording.text("Experiences"): texts.get("experiences", ""),
        wording.text("Advice to others"): texts.get("advice", ""),
        wording.text("Whom to ask"): texts.get("contact", ""),
    }


def what_happened(view: GapData, listed: WithResult, number: int, offer_change: OfferChange | None = None) -> str:
    """Return the careful sentence about the offer of an adjustment: the one of ``view``, or of ``offer_change``.

    ``listed`` is the adjustment among the ``number`` whose changes are compared in the catalogue: a change that is
    clear for the offer alone need not be clear there, and the sentence then begins with that.
    """
    headline, sentence = headline_and_sentence(view, *(offer_change or ()))
    said = f"{headline}. {sentence}"
    is_clear = own_direction(view, offer_change) not in (None, Direction.UNCLEAR)
    if is_clear and listed.direction is Direction.UNCLEAR:
        among = view.wording.text(
            "No clear change among the {count} of the catalogue: of so many, chance alone can bring one like it. Seen "
            "alone:",
            count=view.wording.integer(number),
        )
        said = f"{among} {said}"
    return said


def own_direction(view: GapData, offer_change: OfferChange | None = None) -> Direction | None:
    """Return the direction that the sentence about the offer states; None if it states none."""
    if view.is_now or view.dimension.is_undivided:
        return None
    change = offer_change.change if offer_change else view.change
    if change["state"] != State.SHOWN:
        return None
    return view.net.direction if offer_change is None and view.net else Direction(change["direction"])
