"""Entries on an offer: a new name, also that of another offer, its completion rule, its time to complete, its end."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pyarrow as pa

from analysis.intake.validate.offer_names import alike_pairs
from analysis.store import ImportPayload, renamed

Place = tuple[str, str]
"""Municipality and offer."""
_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("sheet", "municipality", "offer", "completion_rule", "new_name")),
        ("row", pa.int32()),
        ("follow_up_days", pa.int32()),
        ("ended_on", pa.date32()),
    ]
)


@dataclass(frozen=True)
class OfferChange:
    """What a person enters on an offer. A field is None where nothing changes."""

    municipality: str
    offer: str
    new_name: str | None = None
    completion_rule: str | None = None
    follow_up_days: int | None = None
    ended_on: dt.date | None = None

    @property
    def is_empty(self) -> bool:
        return not any((self.new_name, self.completion_rule, self.follow_up_days, self.ended_on))

    def rows(self, names: Mapping[Place, str]) -> list[dict[str, Any]]:
        """Return the rows of a sheet of offers. ``names`` are as ``store.written_names`` returns them."""
        said = {key: getattr(self, key) for key in ("completion_rule", "follow_up_days", "ended_on")}
        rows: list[dict[str, Any]] = []
        if self.new_name:
            rows = [dict(row) for row in renamed(names, self.municipality, self.offer, self.new_name)]
        if not any(row["offer"] == self.offer for row in rows):
            rows.insert(0, {"municipality": self.municipality, "offer": self.offer})
        rows[0] |= said
        return rows

    def payload(self, names: Mapping[Place, str]) -> ImportPayload:
        """Return the rows as they would be stored."""
        rows = [{"sheet": "", "row": number, **row} for number, row in enumerate(self.rows(names), 2)]
        return ImportPayload(offers=pa.Table.from_pylist(rows, _SCHEMA))


def alike(offers: Iterable[Place]) -> list[tuple[str, str, str]]:
    """Return the pairs of a municipality's offers whose names differ by a typing error or a way of writing."""
    found = []
    for municipality, of_place in groupby(sorted(offers), key=lambda one: one[0]):
        found += [(municipality, *pair) for pair in alike_pairs([offer for _, offer in of_place])]
    return found
