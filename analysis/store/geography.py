"""Outlines of the municipalities, and a tile map on which all tiles have the same size."""

import csv
import json
from dataclasses import dataclass
from functools import cache

from analysis.config import ROOT

Point = tuple[float, float]
"""Longitude and latitude, in degrees."""


@dataclass(frozen=True)
class Shapes:
    """Danish municipalities by name: outer rings, and interior points, of which the first is central."""

    rings: dict[str, list[list[Point]]]
    points: dict[str, list[Point]]


@cache
def municipality_shapes() -> Shapes:
    """Return outlines simplified for a map of the whole country; ``data/reference/geometry.py`` creates them."""
    content = json.loads((ROOT / "data" / "reference" / "kommuner.geojson").read_text(encoding="utf-8"))
    rings, points = {}, {}
    for feature in content["features"]:
        name = feature["properties"]["name"]
        rings[name] = [[(x, y) for x, y in part[0]] for part in feature["geometry"]["coordinates"]]
        points[name] = [(x, y) for x, y in feature["properties"]["points"]]
    return Shapes(rings, points)


@cache
def municipality_tiles() -> dict[str, tuple[int, int]]:
    """Return the column and row of each municipality's tile, counted from the upper left."""
    with (ROOT / "data" / "reference" / "tiles.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(file)}
