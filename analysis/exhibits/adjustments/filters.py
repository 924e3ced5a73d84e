"""Filters and search of the catalogue of adjustments."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.exhibits.adjustments.adjustment import Adjustment
from analysis.exhibits.adjustments.results import Result, WithResult, result_name
from analysis.i18n import Wording
from analysis.i18n.coded_words import WORDS
from analysis.i18n.vocabulary import spellings, word_in
from analysis.model.terms import Aim, Practice
from analysis.text.word_search import contains

CITIZENS, STAFF, PARTNERS = "citizens", "staff", "partners"


@dataclass(frozen=True)
class Filter:
    """A filter: its key in ``model.choices``, its title, the codes of an adjustment, and the label of a code."""

    key: str
    title: str
    codes: Callable[[WithResult], Sequence[str]]
    label: Callable[[str], str]

    def options(self, found: Sequence[WithResult], wording: Wording) -> dict[str, str]:
        """Return the codes that occur, with their labels: the most frequent first, or in the order of the results."""
        number: dict[str, int] = {}
        for one in found:
            for code in self.codes(one):
                number[code] = number.get(code, 0) + 1
        if self.key == "result":
            return {result.value: self.label(result) for result in Result if result in number}
        names = wording.in_order({self.label(code) for code in number})
        return {
            code: self.label(code)
            for code in sorted(number, key=lambda code: (-number[code], names.index(self.label(code))))
        }


def filters(wording: Wording) -> tuple[Filter, ...]:
    """Return the filters of the catalogue, the most used first."""
    return (
        Filter(
            "result",
            wording.text("What happened"),
            lambda one: [one.result],
            lambda code: result_name(Result(code), wording),
        ),
        Filter(
            "tags", wording.text("What was done"), lambda one: one.adjustment.tags, lambda code: tag_name(code, wording)
        ),
        Filter(
            "involved",
            wording.text("Who took part"),
            lambda one: involved(one.adjustment),
            lambda code: involved_names(wording)[code],
        ),
        Filter(
            "aims", wording.text("Aim"), lambda one: [one.adjustment.aim], lambda code: aim_name(Aim(code), wording)
        ),
        Filter(
            "practice",
            wording.text("How far"),
            lambda one: _known(one.adjustment.state),
            lambda code: practice_name(Practice(code), wording),
        ),
        Filter("theme", wording.text("Theme"), lambda one: _known(one.adjustment.known.theme), str),
        Filter(
            "target", wording.text("Target group"), lambda one: _known(one.adjustment.texts.get("target_group")), str
        ),
        Filter("place", wording.text("Municipality"), lambda one: [one.adjustment.municipality], str),
    )


def matching(found: Sequence[WithResult], chosen: Mapping[Filter, Sequence[str]], search: str) -> list[WithResult]:
    """Return the adjustments that have one of the codes of each filter with a choice, and every word of the search."""
    left = [one for one in found if all(_fits(one, by, codes) for by, codes in chosen.items())]
    if not search:
        return left
    synonyms = [texts for kind in ("tag", "aim") for texts in spellings(kind).values()]
    return [one for one in left if contains(_text(one.adjustment), search, synonyms)]


def _fits(one: WithResult, by: Filter, codes: Sequence[str]) -> bool:
    return not codes or bool(set(by.codes(one)) & set(codes))


def _text(one: Adjustment) -> str:
    """Return everything that a search looks through."""
    parts = [one.title, one.what_changed, one.offer, one.municipality, one.known.theme or "", one.action]
    parts += [*one.texts.values(), *(text for a_round in one.rounds for text in (a_round.tried, a_round.learned))]
    for tag in one.tags:
        parts += spellings("tag").get(tag, (tag,))
    return " ".join([*parts, *spellings("aim")[one.aim]])


def _known(value: str | None) -> list[str]:
    return [value] if value else []


def involved(one: Adjustment) -> list[str]:
    """Return who took part, of citizens, staff and partners."""
    took_part = {CITIZENS: one.citizens, STAFF: one.staff, PARTNERS: "partners" in one.texts}
    return [who for who, is_in in took_part.items() if is_in]


def involved_names(wording: Wording) -> dict[str, str]:
    """Return the labels of those who can take part."""
    return {
        CITIZENS: wording.text("Citizens"),
        STAFF: wording.text("Staff"),
        PARTNERS: wording.text("Partners"),
    }


def tag_name(tag: str, wording: Wording) -> str:
    """Return the label of a tag; a person's own word stays as it is."""
    return word_in("tag", tag, wording.code) if tag in WORDS["tag"] else tag


def practice_name(practice: Practice, wording: Wording) -> str:
    """Return the label of how far an adjustment has come."""
    return word_in("practice", practice, wording.code)


def aim_name(aim: Aim, wording: Wording) -> str:
    """Return the label of an aim."""
    return {
        Aim.RECRUITMENT: wording.text("Better recruitment"),
        Aim.COMPLETION: wording.text("Better completion"),
        Aim.BOTH: wording.text("Better recruitment and completion"),
    }[aim]


def similar(one: Adjustment, found: Sequence[WithResult]) -> list[WithResult]:
    """Return the adjustments of other offers with a tag in common, those with most and the same aim first.

    Adjustments that were made of this one are left out.
    """
    others = [
        other for other in found if other.adjustment.place[:2] != one.place[:2] and other.adjustment.origin != one.place
    ]
    shared = [(len({*one.tags} & {*other.adjustment.tags}), other.adjustment.aim is one.aim, other) for other in others]
    ranked = sorted(shared, key=lambda entry: entry[:2], reverse=True)
    return [other for number, _, other in ranked if number]
