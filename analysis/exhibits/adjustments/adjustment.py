"""An adjustment with its description and its test rounds, as they are stored."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.exhibits.cache import cached
from analysis.exhibits.gap_choices import adjustment_code
from analysis.exhibits.stored_data import StoredData
from analysis.model.terms import Aim, Decision, Offer, Practice

TEXTS = ("challenge", "target_group", "partners", "took", "barriers", "experiences", "advice", "contact", "link")
"""Free texts of a description."""
Place = tuple[str, str, str]
"""Municipality, offer and title."""


@dataclass(frozen=True)
class TestRound:
    """One turn of action learning. ``learned`` is empty if it is not written yet."""

    __test__ = False  # pytest takes the name for a test.

    number: int
    tried_on: dt.date
    tried: str
    learned: str
    decision: Decision | None

    @property
    def mark(self) -> str:
        """The number in a circle, as on charts; from 21 on without one."""
        return chr(0x2460 + self.number - 1) if self.number <= 20 else str(self.number)


@dataclass(frozen=True)
class Adjustment:
    """An adjustment of an offer.

    Attributes
    ----------
    citizens, staff : whether they were involved; None if not stated. Partners are named in ``texts``.
    texts : the texts of its description that are not empty, by the keys of ``TEXTS``.
    tags : keys of the word list, or own words.
    practice : how far it has come, if stated.
    action : the action of a theme day that it carries out.
    origin : the adjustment that the idea comes from.
    """

    municipality: str
    offer: str
    title: str
    adjusted_on: dt.date
    what_changed: str
    aim: Aim
    citizens: bool | None
    staff: bool | None
    known: Offer
    texts: Mapping[str, str] = field(default_factory=dict, hash=False)
    tags: tuple[str, ...] = ()
    practice: Practice | None = None
    action: str = ""
    origin: Place | None = None
    rounds: tuple[TestRound, ...] = ()

    @property
    def place(self) -> Place:
        return self.municipality, self.offer, self.title

    @property
    def id(self) -> str:
        """The adjustment in a link."""
        return " · ".join(self.place)

    @property
    def code(self) -> str:
        """The adjustment in the choice of what divides before and after."""
        return adjustment_code(self.adjusted_on, self.title)

    @property
    def state(self) -> Practice | None:
        """How far it has come: as stated; else planned, if its date is to come."""
        if self.practice is None and self.adjusted_on > dt.date.today():
            return Practice.PLANNED
        return self.practice


@cached
def stored_adjustments(data: StoredData, version: int, synthetic: bool) -> tuple[Adjustment, ...]:
    """Return all adjustments, by municipality, offer and day."""
    offers = data.offers(version, synthetic)
    described = {_key(row): row for row in records(data.descriptions(version, synthetic))}
    rounds: dict[Place, list[TestRound]] = {}
    for row in records(data.rounds(version, synthetic)):
        rounds.setdefault(_key(row), []).append(_test_round(row))
    found = []
    for row in records(data.adjustments(version, synthetic).sort_values(["municipality", "offer", "adjusted_on"])):
        key = _key(row)
        known = offers.get(key[:2], Offer(*key[:2]))
        found.append(_adjustment(row, described.get(key, {}), rounds.get(key, []), known))
    return tuple(found)


def from_row(row: Mapping[str, Any], known: Offer) -> Adjustment:
    """Return an adjustment from one row with the columns of adjustments and descriptions, such as a draft."""
    return _adjustment(row, row, (), known)


def _adjustment(
    row: Mapping[str, Any], described: Mapping[str, Any], rounds: Iterable[TestRound], known: Offer
) -> Adjustment:
    origin = tuple(described.get(key) or "" for key in ("from_municipality", "from_offer", "from_title"))
    return Adjustment(
        row["municipality"],
        row["offer"],
        row["title"],
        row["adjusted_on"].date(),
        row["what_changed"] or "",
        Aim(row["aim"]),
        row["citizens_involved"],
        row["staff_involved"],
        known,
        {key: text for key in TEXTS if (text := described.get(key))},
        tuple(described.get("tags", ())),
        Practice(described["practice"]) if described.get("practice") else None,
        described.get("action") or "",
        (origin[0], origin[1], origin[2]) if all(origin) else None,
        tuple(rounds),
    )


def _test_round(row: Mapping[str, Any]) -> TestRound:
    decision = Decision(row["decision"]) if row["decision"] else None
    return TestRound(int(row["number"]), row["tried_on"].date(), row["tried"] or "", row["learned"] or "", decision)


def _key(row: Mapping[str, Any]) -> Place:
    """Return municipality, offer and title, to compare by: descriptions may write a title with other capitals."""
    return row["municipality"], row["offer"], row["title"].strip().lower()


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame with None for what is missing, which pandas may hold as NaN."""
    rows = frame.astype(object).to_dict("records")
    return [
        {
            str(key): None if not isinstance(value, list | tuple) and _is_missing(value) else value
            for key, value in row.items()
        }
        for row in rows
    ]


def _is_missing(value: Any) -> bool:
    return bool(pd.isna(value)) if pd.api.types.is_scalar(value) else False
