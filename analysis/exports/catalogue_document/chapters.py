"""The whole catalogue as one structure: cover, how to read it, the adjustments by group, method and sources."""

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from analysis.exhibits.adjustments.adjustment import Adjustment, Place
from analysis.exhibits.adjustments.filters import tag_name
from analysis.exhibits.adjustments.results import SHAPES, WithResult, direction_name
from analysis.exhibits.gap_data import GapData
from analysis.exports.catalogue_document.blocks import Block, Chapter, Document, Heading, Link, Notes, Pairs, Paragraph
from analysis.exports.catalogue_document.story import OfOffer, chapter
from analysis.i18n import Wording
from analysis.model.terms import Direction, Understanding

GroupedBy = Literal["municipality", "tags"]
_OF_RATES = (Direction.ROSE, Direction.FELL, Direction.UNCLEAR)
_OF_GAPS = tuple(way for way in Direction if way not in (Direction.ROSE, Direction.FELL))


def whole(
    view: GapData, chosen: Sequence[WithResult], of_offer: OfOffer, grouped_by: GroupedBy, narrowed_by: str = ""
) -> Document:
    """Return the catalogue of the chosen adjustments as a document."""
    wording = view.wording
    number = wording.texts("{count} adjustment", "{count} adjustments", len(chosen))
    return Document(
        title=wording.text("Catalogue of adjustments"),
        facts=(view.in_words, ": ".join(filter(None, [number, narrowed_by])), wording.date(dt.date.today())),
        label=wording.text("Synthetic demonstration data") if view.synthetic else "",
        language=wording.language.tag,
        contents=wording.text("Contents"),
        front=(_how_to_read(view),),
        chapters=(*_adjustments(view, chosen, of_offer, grouped_by), _sources(view)),
    )


def _how_to_read(view: GapData) -> Chapter:
    wording = view.wording
    is_rate = view.question.understanding is Understanding.DISADVANTAGED
    ways = _OF_RATES if is_rate else _OF_GAPS
    marks = tuple((SHAPES[way], direction_name(way, wording)) for way in ways)
    blocks: list[Block] = [Paragraph(line) for line in view.definitions[:3]]
    blocks += [
        Paragraph(
            wording.text(
                "A change is called clear only if chance alone would rarely bring it, also where many are compared. "
                "These marks show what happened:"
            )
        ),
        Pairs(marks),
    ]
    return Chapter(wording.text("How to read this"), 1, "reading", tuple(blocks))


def _adjustments(
    view: GapData, chosen: Sequence[WithResult], of_offer: OfOffer, grouped_by: GroupedBy
) -> list[Chapter]:
    """Return a chapter for each group, and one for each adjustment on a page of its own.

    By tags, an adjustment stands under its first tag. A list before them has each under all of its tags.
    """
    anchors = {one.adjustment.place: f"adjustment-{number}" for number, one in enumerate(chosen, 1)}
    found = [_every_tag(chosen, anchors, view.wording)] if grouped_by == "tags" and chosen else []
    groups: dict[str, list[WithResult]] = {}
    for one in chosen:
        name = one.adjustment.municipality if grouped_by == "municipality" else _tags(one, view.wording)[0]
        groups.setdefault(name, []).append(one)
    for number, name in enumerate(view.wording.in_order(groups), 1):
        found.append(Chapter(name, 1, f"group-{number}", ()))
        for place, one in enumerate(groups[name]):
            found.append(chapter(one, view, of_offer, anchors[one.adjustment.place], on_new_page=place > 0))
    return found


def _every_tag(chosen: Sequence[WithResult], anchors: dict[Place, str], wording: Wording) -> Chapter:
    """Return the list of all tags, each with links to its adjustments."""
    tagged: dict[str, list[Adjustment]] = {}
    for one in chosen:
        for name in _tags(one, wording):
            tagged.setdefault(name, []).append(one.adjustment)
    blocks: list[Block] = []
    for name in wording.in_order(tagged):
        blocks += [Heading(name), *(_see(made, anchors) for made in tagged[name])]
    return Chapter(wording.text("All tags"), 1, "tags", tuple(blocks))


def _tags(one: WithResult, wording: Wording) -> list[str]:
    return [tag_name(tag, wording) for tag in one.adjustment.tags] or [wording.text("Without tags")]


def _see(made: Adjustment, anchors: dict[Place, str]) -> Link:
    return Link(f"{made.title} · {made.offer}, {made.municipality}", anchor=anchors[made.place])


def _sources(view: GapData) -> Chapter:
    lines = tuple(dict.fromkeys([*view.notes, *view.foot]))
    return Chapter(view.wording.text("Method and sources"), 1, "sources", (Notes(lines), Paragraph(view.source)))
