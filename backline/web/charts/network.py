"""The network of collaborators: the artist in the middle, at most six others around, heavier lines to the closest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

MOST = 6
WIDTH, HEIGHT = 360, 300
CENTRE_X, CENTRE_Y = 180, 150
REACH_X, REACH_Y = 118, 96
HOT_SHARE = 0.6


@dataclass(frozen=True)
class Partner:
    """Somebody around the middle: name, shared beats, and where circle, number and name go."""

    name: str
    beats: int
    x: int
    y: int
    radius: int
    name_y: int
    width: float
    hot: bool


@dataclass(frozen=True)
class Network:
    """A drawing in a box of 360 by 300; `total` are the beats that are shared with anybody."""

    total: int
    partners: tuple[Partner, ...]
    says: str


def network(total: int, partners: Sequence[tuple[str, int]]) -> Network:
    """Draws (name, shared beats), the closest first."""
    shown = list(partners[:MOST])
    most = max((beats for _, beats in shown), default=1)
    placed = tuple(_place(place, len(shown), name, beats, most) for place, (name, beats) in enumerate(shown))
    many = "collaborator" if len(partners) == 1 else "collaborators"
    closest = f"; {shown[0][0]} with {shown[0][1]} is closest" if shown else ""
    return Network(total, placed, f"{len(partners)} {many}{closest}")


def _place(place: int, count: int, name: str, beats: int, most: int) -> Partner:
    angle = pi * (0.78 + 2 * place / count)
    x, y = round(CENTRE_X + REACH_X * cos(angle)), round(CENTRE_Y - REACH_Y * sin(angle))
    radius = round(13 + 10 * sqrt(beats / most))
    above = y < CENTRE_Y
    return Partner(
        name=name,
        beats=beats,
        x=x,
        y=y,
        radius=radius,
        name_y=y - radius - 8 if above else y + radius + 17,
        width=round(1.5 + 3 * beats / most, 1),
        hot=beats >= HOT_SHARE * most,
    )
