"""Entries on names: groups, adjustments and actions that are the same, and the order of groups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pyarrow as pa

from analysis.intake.validate.offer_names import alike_pairs
from analysis.model.terms import MISSING, Named
from analysis.store import ImportPayload, OtherName, StoredName
from analysis.store.reference import danish_municipalities, reference_dimensions

Rows = list[dict[str, Any]]
_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("sheet", "municipality", "kind", "belongs_to", "name", "new_name")),
        ("row", pa.int32()),
        ("rank", pa.int32()),
    ]
)
_OF_SHEET = {"kind": "named", "new_name": "same_as", "rank": "group_rank"}
"""Columns of the sheet that the payload calls otherwise."""


@dataclass(frozen=True)
class SameName:
    """Two names that a person declares to be one. ``one`` is called ``new_name`` from now on, in its municipalities."""

    one: StoredName
    new_name: str

    def entries(self, others: Iterable[OtherName]) -> Rows:
        """Return a row for each name in the files of a municipality that is called ``one`` today."""
        written = {
            (other.municipality, other.name): other.new_name
            for other in others
            if (other.kind, other.belongs_to) == (self.one.kind, self.one.belongs_to)
        }
        found = []
        for place in self.one.municipalities:
            named = [name for (where, name), new in written.items() if where == place and new == self.one.name]
            own = [] if written.get((place, self.one.name), self.one.name) != self.one.name else [self.one.name]
            found += [self._entry(place, name) for name in dict.fromkeys([*own, *named])]
        return found

    def _entry(self, municipality: str, name: str) -> dict[str, Any]:
        of = {"kind": self.one.kind, "belongs_to": self.one.belongs_to or None, "rank": None}
        return {"municipality": municipality, **of, "name": name, "new_name": self.new_name}


def in_order(dimension: str, groups: Sequence[str], municipalities: Iterable[str]) -> Rows:
    """Return the entries that rank the groups of a dimension, from the least to the most advantaged."""
    return [
        {
            "municipality": place,
            **{"kind": Named.GROUP, "belongs_to": dimension, "name": group, "new_name": None, "rank": rank},
        }
        for place in municipalities
        for rank, group in enumerate(groups, 1)
    ]


def for_sheet(entries: Rows) -> Rows:
    """Return entries as rows of the sheet."""
    return [{_OF_SHEET.get(key, key): value for key, value in entry.items()} for entry in entries]


def names_payload(entries: Rows) -> ImportPayload:
    """Return entries as they would be stored."""
    rows = [{"sheet": "", "row": number, **entry} for number, entry in enumerate(entries, 2)]
    return ImportPayload(names=pa.Table.from_pylist(rows, _SCHEMA))


def added_groups(names: Iterable[StoredName]) -> list[StoredName]:
    """Return the groups that are not on the reference list."""
    listed = {(key, group.key) for key, one in reference_dimensions().items() for group in one.groups}
    return [
        one
        for one in names
        if one.kind is Named.GROUP and (one.belongs_to, one.name) not in listed and one.name != MISSING
    ]


def alike_names(names: Iterable[StoredName]) -> list[tuple[StoredName, StoredName]]:
    """Return the pairs of added groups, adjustments and actions that differ by a typing error or a way of writing."""
    names = list(names)
    wanted = [one for one in names if one.kind is not Named.GROUP] + added_groups(names)
    found = []
    for _, of_place in groupby(sorted(wanted, key=_place), key=_place):
        by_name = {one.name: one for one in of_place}
        found += [(by_name[one], by_name[other]) for one, other in alike_pairs([*by_name])]
    return found


def alike_places(municipalities: Iterable[str]) -> list[tuple[str, str]]:
    """Return the pairs of places that differ by a typing error or a way of writing, but for Danish municipalities."""
    listed = set(danish_municipalities())
    return [pair for pair in alike_pairs(sorted(set(municipalities))) if not set(pair) <= listed]


def _place(one: StoredName) -> tuple[str, ...]:
    """Return what two names must share to be one: adjustments their municipality too."""
    return (one.kind, one.belongs_to, *(one.municipalities if one.kind is Named.ADJUSTMENT else ()))


def only_in(one: StoredName, municipalities: Iterable[str]) -> StoredName:
    """Return the name for those of its municipalities that are given."""
    return replace(one, municipalities=tuple(place for place in one.municipalities if place in set(municipalities)))
