"""Reference lists in ``data/reference``: municipalities, dimensions and their spellings."""

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache

import pandas as pd

from analysis.config import ROOT
from analysis.model.languages import LANGUAGES, has_name, name_in
from analysis.model.registry import derived
from analysis.model.terms import Dimension, Group


@cache
def danish_municipalities() -> tuple[str, ...]:
    """Return the names of the 98 Danish municipalities, in the order of their codes."""
    return tuple(row["name"] for row in _reference("municipalities"))


REGIONS_CHANGE_ON = dt.date(2027, 1, 1)
"""From this day the regions Hovedstaden and Sjælland are one."""


def municipality_facts(on: dt.date) -> pd.DataFrame:
    """Return the Danish municipalities.

    Returns
    -------
    Columns name; region on this day; group of Statistics Denmark (KOMMUNEGRUPPER_V1_2018), by size and centrality;
    population in persons on 1 January 2024.
    """
    region = "region_from_2027" if on >= REGIONS_CHANGE_ON else "region"
    rows = _reference("municipalities")
    return pd.DataFrame(
        {
            "name": [row["name"] for row in rows],
            "region": [row[region] for row in rows],
            "group": [row["group"] for row in rows],
            "population": [int(row["population_2024"]) for row in rows],
        }
    )


@cache
def municipality_spellings() -> dict[str, str]:
    """Return other spellings of Danish municipalities, each with the municipality's name."""
    return {row["spelling"]: row["municipality"] for row in _reference("municipality_spellings")}


@cache
def danish_codes() -> dict[str, str]:
    """Return the Danish municipalities by code."""
    return {row["code"]: row["name"] for row in _reference("municipalities")}


@cache
def danish_regions() -> tuple[str, ...]:
    """Return the names of the Danish regions, including the one from 2027."""
    rows = _reference("municipalities")
    return tuple(dict.fromkeys(row[column] for column in ("region", "region_from_2027") for row in rows))


@dataclass(frozen=True)
class FormerMunicipality:
    """A Danish municipality before the reform of 2007, and the present ones that it belongs to.

    Municipalities that did not change are included. ``year`` is the year of the reform or of the earlier merger.
    """

    code: str
    name: str
    now: tuple[str, ...]
    year: int


@cache
def former_municipalities() -> tuple[FormerMunicipality, ...]:
    """Return the 271 Danish municipalities of 2003 to 2006, and the five of Bornholm before 2003."""
    return tuple(
        FormerMunicipality(row["code"], row["name"], tuple(row["now"].split("|")), int(row["year"]))
        for row in _reference("former_municipalities")
    )


@dataclass(frozen=True)
class ForeignMunicipality:
    """A municipality of Norway, Sweden or Finland, with its other names and the codes that it had before."""

    country: str
    code: str
    name: str
    other_names: tuple[str, ...]
    former_codes: tuple[str, ...]


@cache
def foreign_municipalities() -> tuple[ForeignMunicipality, ...]:
    """Return the municipalities of Norway (2024), Sweden and Finland (2024)."""
    return tuple(
        ForeignMunicipality(
            row["country"],
            row["code"],
            row["name"],
            tuple(filter(None, row["other_names"].split("|"))),
            tuple(filter(None, row["former_codes"].split("|"))),
        )
        for row in _reference("foreign_municipalities")
    )


@derived
def group_spellings() -> dict[str, dict[str, str]]:
    """Return the spellings of groups, for each dimension of the reference list, each with the group's key."""
    spellings: dict[str, dict[str, str]] = {}
    for row in _reference("dimensions"):
        known = spellings.setdefault(row["dimension"], {})
        for spelling in (*_labels(row, "group").values(), row["group"], *row["spellings"].split("|")):
            if spelling:
                known.setdefault(spelling, row["group"])
    return spellings


@derived
def reference_dimensions() -> dict[str, Dimension]:
    """Return the dimensions of the reference list, in its order."""
    rows: dict[str, list[dict[str, str]]] = {}
    for row in _reference("dimensions"):
        rows.setdefault(row["dimension"], []).append(row)
    return {key: _reference_dimension(key, of_dimension) for key, of_dimension in rows.items()}


def _reference_dimension(key: str, rows: list[dict[str, str]]) -> Dimension:
    groups = tuple(
        Group(row["group"], _labels(row, "group"), int(row["rank"]) if row["rank"] else None) for row in rows
    )
    roles = {row["role"]: row["group"] for row in rows}
    roles.setdefault("compared", roles.get("reference", ""))
    ordered = rows[0]["ordered"] == "yes"
    ranked = sorted((group for group in groups if group.rank), key=lambda group: group.rank or 0)
    return Dimension(
        key,
        _labels(rows[0], "dimension"),
        ordered,
        groups,
        reference=ranked[-1].key if ordered else roles["reference"],
        compared=ranked[0].key if ordered else roles["compared"],
    )


def _labels(row: dict[str, str], kind: str) -> dict[str, str]:
    """Return the label of a row's dimension or group in each language."""
    names = {name.removeprefix(f"{kind}_"): text for name, text in row.items() if name.startswith(f"{kind}_")}
    return {code: name_in(names, code) for code in LANGUAGES if has_name(names, code)}


def _reference(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
