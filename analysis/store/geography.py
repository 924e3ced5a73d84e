"""Where the municipalities lie: their outlines, and a tile for each on which all count the same."""

import csv
import json
from dataclasses import dataclass
from functools import cache

from analysis.config import ROOT

Point = tuple[float, float]
"""Longitude and latitude, in degrees."""


@dataclass(frozen=True)
class Shapes:
    """The Danish municipalities by name: outer rings, and points inside, the first of them in the middle."""

    rings: dict[str, list[list[Point]]]
    points: dict[str, list[Point]]


@cache
def municipality_shapes() -> Shapes:
    """Simplified for a map of the whole country; ``data/reference/geometry.py`` tells how they are made."""
    content = json.loads((ROOT / "data" / "reference" / "kommuner.geojson").read_text(encoding="utf-8"))
    rings, points = {}, {}
    for feature in content["features"]:
        name = feature["properties"]["name"]
        rings[name] = [[(x, y) for x, y in part[0]] for part in feature["geometry"]["coordinates"]]
        points[name] = [(x, y) for x, y in feature["properties"]["points"]]
    return Shapes(rings, points)


@cache
def municipality_tiles() -> dict[str, tuple[int, int]]:
    """Column and row of each municipality's tile, from the upper left."""
    with (ROOT / "data" / "reference" / "tiles.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(file)}
