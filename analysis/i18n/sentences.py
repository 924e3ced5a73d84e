"""Sentences that state the result of a chart. They are plain text: code that shows them as markup must escape them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from analysis.i18n.language import Wording
from analysis.model.terms import Offer, Rate, RoundingBase, Understanding

Row = Mapping[str, Any]
"""A row of a measure's frame."""


def rate_name(rate: Rate, wording: Wording) -> str:
    """Return the rate as a word for use inside a sentence."""
    return {
        Rate.PARTICIPATION: wording.text("participation"),
        Rate.COMPLETION: wording.text("completion"),
        Rate.REACH: wording.text("reach"),
    }[rate]


def rate_definition(rate: Rate, wording: Wording) -> str:
    """Return the definition of the rate."""
    return {
        Rate.PARTICIPATION: wording.text("Participation: citizens who took part, out of those invited."),
        Rate.COMPLETION: wording.text("Completion: citizens who completed, out of those who took part."),
        Rate.REACH: wording.text("Reach: citizens who completed, out of those invited."),
    }[rate]


def understanding_name(understanding: Understanding, wording: Wording) -> str:
    """Return the name of the understanding, as on its switch."""
    return {
        Understanding.DISADVANTAGED: wording.text("Disadvantaged groups"),
        Understanding.GAP: wording.text("Gap"),
        Understanding.GRADIENT: wording.text("Gradient"),
    }[understanding]


def understanding_asks(understanding: Understanding, wording: Wording) -> str:
    """Return the question of the understanding, and what it hides."""
    return {
        Understanding.DISADVANTAGED: wording.text(
            "How do the worst-off fare? It follows one group, and hides how the others fare meanwhile."
        ),
        Understanding.GAP: wording.text(
            "How far apart are the ends? It compares two groups, and hides everyone between them."
        ),
        Understanding.GRADIENT: wording.text(
            "How steep is it across everyone? It draws one line through all groups, and hides which of them moved."
        ),
    }[understanding]


def within_offers(offers: int, wording: Wording) -> str:
    """State which offers a comparison rests on."""
    return wording.texts(
        "Within {count} offer that has the groups both before and after.",
        "Within the {count} offers that have the groups both before and after, each with one weight throughout.",
        offers,
    )


def within_offers_now(offers: int, wording: Wording) -> str:
    """State which offers a present state rests on."""
    return wording.texts(
        "Within {count} offer that has the groups.",
        "Within the {count} offers that have the groups, each with one weight for all.",
        offers,
    )


def follow_up(fewest: int, most: int, cutoff: dt.date, wording: Wording) -> str:
    """State how long courses have to complete, and until which day the files show them."""
    if fewest == most:
        return wording.texts(
            "Courses have {count} day to complete; the files show them until {day}.",
            "Courses have {count} days to complete; the files show them until {day}.",
            most,
            day=wording.date(cutoff),
        )
    return wording.text(
        "Courses have {fewest} to {most} days to complete, by offer; the files show them until {day}.",
        fewest=wording.integer(fewest),
        most=wording.integer(most),
        day=wording.date(cutoff),
    )


def time_to_complete(offer: Offer, wording: Wording) -> str:
    """State how many days an offer's courses have to complete, and whether that is stated or measured."""
    if offer.stated_days is not None:
        return wording.texts("{count} day, as stated", "{count} days, as stated", offer.stated_days)
    if offer.measured_days is not None:
        return wording.texts("{count} day, as measured", "{count} days, as measured", offer.measured_days)
    return wording.text("not known")


def adjustment_name(title: str, day: dt.date, wording: Wording) -> str:
    """Return the title of an adjustment in quotation marks, with its day."""
    return wording.text("“{title}”, {date}", title=title, date=wording.date(day))


def protection(smallest_count: int, wording: Wording) -> str:
    """State the protection against identification of persons."""
    if isinstance(smallest_count, RoundingBase):
        return wording.text(
            "Rounded: counts are made of multiples of {base}, so that nobody can be recognised. Of each offer and "
            "year, those who were only invited, who only took part and who completed are each less than {base} off in "
            "all, and a group seldom more. Shares of {base} or fewer are hidden. The intervals of rates, gaps and "
            "changes allow for the rounding.",
            base=wording.integer(smallest_count),
        )
    return wording.text(
        "Hidden: a count, or what remains of it, from 1 to {most}, so that no number points at a person.",
        most=wording.integer(smallest_count - 1),
    )


def exactness(wording: Wording) -> str:
    """State that counts are neither rounded nor hidden."""
    return wording.text(
        "Exact counts: nothing is rounded or hidden, and people can be recognised. Do not pass them on."
    )


def caution_now(wording: Wording) -> str:
    """Return the caution for a present state."""
    return wording.text(
        "This is how it stands, over all months shown. It does not tell why the groups differ, nor what would help."
    )


def caution(wording: Wording) -> str:
    """Return the caution for every change that is shown without comparison offers."""
    return wording.text(
        "The change coincides with the adjustment. Before and after alone cannot tell its effect from what would have "
        "happened anyway, from chance in who was invited, or from offers picked because they did badly."
    )
