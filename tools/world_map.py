"""Makes `backline/static/world.svg`: `python tools/world_map.py countries-110m.json > backline/static/world.svg`.

The input is of the npm package world-atlas 2.0.2 (Natural Earth 1:110m, public domain), a TopoJSON. Countries are
projected (Natural Earth projection), cut at the antimeridian, thinned to what a map 720 wide can show, and named by two
letters.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from math import pi, radians
from pathlib import Path
from typing import Any

from babel.core import get_global

Point = tuple[float, float]
Ring = list[Point]
WIDTH, TOP, NEAR, LEAST_AREA = 720.0, 1.46, 0.8, 0.5
ANTARCTICA = "010"
NOTE = "Natural Earth 1:110m, public domain, by way of world-atlas (ISC); made by tools/world_map.py"


def main() -> None:
    """Prints the map."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = _arcs(topology)
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="40 4 684 318"><!-- {NOTE} --><g id="land">')
    for country in topology["objects"]["countries"]["geometries"]:
        code = _letters(country.get("id", ""))
        path = (
            "".join(_path(ring) for ring in _rings(country, arcs)) if country.get("id") != ANTARCTICA else ""
        )
        name = f' id="{code}"' if code else ""
        if path:
            print(f'<path{name} d="{path}"/>')
    print("</g></svg>")


def _letters(number: str) -> str:
    names = get_global("territory_aliases").get(number) or [""]
    return str(names[0])


def _arcs(topology: Any) -> list[Ring]:
    (scale_x, scale_y), (left, top) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + left, y * scale_y + top))
        found.append(points)
    return found


def _rings(country: Any, arcs: list[Ring]) -> list[Ring]:
    polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
    rings = [_joined(numbers, arcs) for polygon in polygons for numbers in polygon]
    return [part for ring in rings for part in _cut(ring)]


def _joined(numbers: list[int], arcs: list[Ring]) -> Ring:
    ring: Ring = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += points[1:] if ring else points
    return ring


def _cut(ring: Ring) -> list[Ring]:
    """The ring, in two where it crosses the antimeridian: else it would be a streak across the map."""
    turns, whole = 0.0, [ring[0]]
    for (before, _), (lon, lat) in pairwise(ring):
        turns += 360 * ((before - lon > 180) - (lon - before > 180))
        whole.append((lon + turns, lat))
    least = min(lon for lon, _ in whole)
    whole = [(lon + (360 if least < -180 else 0), lat) for lon, lat in whole]
    if max(lon for lon, _ in whole) <= 180:
        return [whole]
    west, east = _clip(whole, sign=1), _clip(whole, sign=-1)
    return [part for part in (west, [(lon - 360, lat) for lon, lat in east]) if len(part) > 2]


def _clip(ring: Ring, *, sign: int) -> Ring:
    """The part of the ring on one side of 180 degrees."""
    found: Ring = []
    for (lon, lat), (to_lon, to_lat) in zip(ring, [*ring[1:], ring[0]], strict=True):
        inside, goes_in = sign * (180 - lon) >= 0, sign * (180 - to_lon) >= 0
        if inside:
            found.append((lon, lat))
        if inside != goes_in:
            found.append((180.0, lat + (to_lat - lat) * (180 - lon) / (to_lon - lon)))
    return found


def _projected(lon: float, lat: float) -> Point:
    phi = radians(lat)
    two = phi * phi
    four = two * two
    x = radians(lon) * (
        0.8707 - 0.131979 * two + four * (-0.013791 + four * (0.003971 * two - 0.001529 * four))
    )
    y = phi * (1.007226 + two * (0.015085 + four * (-0.044475 + 0.028874 * two - 0.005916 * four)))
    unit = WIDTH / (2 * pi * 0.8707)
    return x * unit + WIDTH / 2, (TOP - y) * unit


def _path(ring: Ring) -> str:
    points = [_projected(lon, lat) for lon, lat in ring]
    kept = [points[0]]
    for point in points[1:]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= NEAR:
            kept.append(point)
    pairs = zip(kept, [*kept[1:], kept[0]], strict=True)
    area = abs(sum(x * b - a * y for (x, y), (a, b) in pairs)) / 2
    if len(kept) < 3 or area < LEAST_AREA:
        return ""
    x, y = round(kept[0][0] * 10), round(kept[0][1] * 10)
    parts = [f"M{x / 10:g} {y / 10:g}l"]
    steps = []
    for to_x, to_y in ((round(a * 10), round(b * 10)) for a, b in kept[1:]):
        if (to_x, to_y) != (x, y):
            steps.append(f"{(to_x - x) / 10:g} {(to_y - y) / 10:g}")
            x, y = to_x, to_y
    return parts[0] + " ".join(steps) + "z" if len(steps) > 1 else ""


if __name__ == "__main__":
    main()
