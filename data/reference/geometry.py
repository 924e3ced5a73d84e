"""Build ``kommuner.geojson``: the 98 municipalities from an npm package, in longitude and latitude, simplified.

Run as ``python -m data.reference.geometry``; it needs npm and the packages of requirements-dev.txt. The package
react-denmark-map 1.0.0 (MIT, Copyright (c) 2022 Martin Polley) has each municipality as a path in its own units.
The paths are fitted to the points inside each municipality in ``municipalities.csv``. Bornholm is fitted separately,
because a map may have moved it. Neighbours keep their shared border.
"""

import csv
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Point, Polygon
from svgelements import Close, CubicBezier, Line
from svgelements import Path as Drawn

HERE = Path(__file__).parent
PACKAGE = "react-denmark-map@1.0.0"
SOURCE = "react-denmark-map 1.0.0, MIT License, Copyright (c) 2022 Martin Polley; fitted, simplified"
BORNHOLM = "0400"
STEPS = 3
"""Number of points on each curve, equal on both sides of a border."""
TOLERANCE = 0.006
"""Degrees of latitude, about 700 m: less than one and a half pixels on a map 600 pixels high."""
SMALLEST_ISLAND = 1.5e-4
"""Square degrees. Smaller islets would be dots and are removed, except the largest part of a municipality."""
SNAP = 1e-4
"""Degrees within which two points are merged, so that neighbours meet."""
GRID = 0.045
"""Degrees of latitude between the hover points."""
DECIMALS = 3
ROUNDS = 8
NEAR = 0.003
"""Degrees. Centres with a larger residual (municipalities with many islands) get a smaller weight in the next round."""
SQUEEZE = float(np.cos(np.radians(56)))
"""Length of a degree of longitude in degrees of latitude, in the middle of Denmark."""


def main() -> None:
    """Write the file; fail if a municipality is missing or invalid."""
    known = {row["code"]: row for row in _municipalities()}
    drawn = {code: _polygon(path) for code, path in _paths().items() if code in known}
    assert set(drawn) == set(known), set(known) - set(drawn)
    placed = _fitted(drawn, {code: (float(row["lon"]), float(row["lat"])) for code, row in known.items()})
    codes = sorted(placed)
    simple = shapely.coverage_simplify([_without_islets(placed[code]) for code in codes], TOLERANCE)
    features = [_feature(code, known[code]["name"], shape) for code, shape in zip(codes, simple, strict=True)]
    content = {"type": "FeatureCollection", "source": SOURCE, "features": features}
    (HERE / "kommuner.geojson").write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")


def _municipalities() -> list[dict[str, str]]:
    with (HERE / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _paths() -> dict[str, str]:
    """Return the package's paths by official municipality code."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", PACKAGE, "--silent"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as packed:
            member = packed.extractfile("package/dist/esm/index.js")
            assert member is not None
            script = member.read().decode("utf-8")
    found = {}
    for record in re.findall(r"\{[^{}]*\bd:\"M[^\"]*\"[^{}]*\}", script):
        code, path = re.search(r"\bcode:\"?(\d+)", record), re.search(r"[,{]d:\"([^\"]*)\"", record)
        if code and path:
            found[code[1].zfill(4)] = path[1]
    return found


def _polygon(path: str) -> MultiPolygon:
    """Return the outer rings of the path, with curves as points."""
    rings = []
    for part in Drawn(path).as_subpaths():
        points: list[tuple[float, float]] = []
        for segment in Drawn(part):
            if isinstance(segment, CubicBezier):
                points += [tuple(segment.point(step / STEPS)) for step in range(1, STEPS + 1)]
            elif isinstance(segment, Line | Close) or not points:
                points.append((segment.end.x, segment.end.y))
        if len(points) > 3:
            rings.append(Polygon(points).buffer(0))
    return shapely.multipolygons([one for ring in rings for one in shapely.get_parts(ring)])


def _fitted(drawn: dict[str, MultiPolygon], inside: dict[str, tuple[float, float]]) -> dict[str, MultiPolygon]:
    """Transform the drawings to degrees by least squares on the centres; latitude unscaled, longitude scaled.

    The model has quadratic terms, because the projection of the drawing is unknown.
    """
    mainland = [code for code in drawn if code != BORNHOLM]
    middles = np.array([_middle(drawn[code]) for code in mainland])
    wanted = np.array([[inside[code][0] * SQUEEZE, inside[code][1]] for code in mainland])
    scale, shift = middles.std(axis=0), middles.mean(axis=0)

    def terms(points: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = ((points - shift) / scale).T
        return np.column_stack([np.ones(len(x)), x, y, x * x, x * y, y * y])

    weight = np.ones((len(middles), 1))
    for _ in range(ROUNDS):
        fit, *_ = np.linalg.lstsq(terms(middles) * weight, wanted * weight, rcond=None)
        apart = np.linalg.norm(terms(middles) @ fit - wanted, axis=1, keepdims=True)
        weight = 1 / np.sqrt(np.maximum(apart, NEAR))

    def place(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return terms(points) @ fit

    placed = {code: shapely.transform(shape, place) for code, shape in drawn.items()}
    alone = np.array([inside[BORNHOLM][0] * SQUEEZE, inside[BORNHOLM][1]]) - _middle(placed[BORNHOLM])
    placed[BORNHOLM] = shapely.transform(placed[BORNHOLM], lambda points: points + alone)
    return placed


def _middle(shape: MultiPolygon) -> tuple[float, float]:
    point = max(shapely.get_parts(shape), key=shapely.area).representative_point()
    return point.x, point.y


def _without_islets(shape: MultiPolygon) -> MultiPolygon:
    parts = sorted(shapely.get_parts(shapely.set_precision(shape, SNAP)), key=shapely.area, reverse=True)
    return shapely.multipolygons([parts[0], *(part for part in parts[1:] if shapely.area(part) >= SMALLEST_ISLAND)])


def _feature(code: str, name: str, shape: MultiPolygon) -> dict[str, object]:
    """Return the municipality with its name, its rings and its hover points, in degrees."""
    parts = sorted(shapely.get_parts(shape), key=shapely.area, reverse=True)
    assert all(shapely.is_valid(part) for part in parts), name
    rings = [[_degrees(x, y) for x, y in part.exterior.coords] for part in parts]
    properties = {"code": code, "name": name, "points": [_degrees(x, y) for x, y in _grid(parts)]}
    geometry = {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
    return {"type": "Feature", "id": code, "properties": properties, "geometry": geometry}


def _grid(parts: list[Polygon]) -> list[tuple[float, float]]:
    """Return grid points inside the parts; the first is a point of the largest part."""
    first = parts[0].representative_point()
    found = [(first.x, first.y)]
    for part in parts:
        left, bottom, right, top = part.bounds
        across, up = np.arange(left, right, GRID), np.arange(bottom, top, GRID)
        found += [(x, y) for x in across + GRID / 2 for y in up + GRID / 2 if part.contains(Point(x, y))]
    return found


def _degrees(x: float, y: float) -> list[float]:
    return [round(x / SQUEEZE, DECIMALS), round(y, DECIMALS)]


if __name__ == "__main__":
    main()
