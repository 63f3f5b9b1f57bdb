"""The growth meter: a half circle from -30 to +30 percent with four zones, and a needle."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, radians, sin

from backline.web.formats import signed

END_BP = 3_000
RADIUS, CENTRE_X, CENTRE_Y = 92, 120, 112
GAP_DEGREES = 1.2
ZONES = (("Declining", -3_000, -500), ("Stable", -500, 0), ("Growing", 0, 500), ("Strong", 500, 3_000))
TICKS = (-3_000, -1_500, 0, 1_500, 3_000)


@dataclass(frozen=True)
class Zone:
    """An arc with its name; `on` when the needle is in it."""

    name: str
    path: str
    on: bool


@dataclass(frozen=True)
class Tick:
    """A stroke on the rim with its figure and where that is anchored."""

    path: str
    x: float
    y: float
    anchor: str
    label: str


@dataclass(frozen=True)
class Gauge:
    """A drawing in a box of 240 by 132. `zone` and `needle` are empty while there is no growth to show."""

    zone: str
    zones: tuple[Zone, ...]
    ticks: tuple[Tick, ...]
    needle: str


def gauge(percent_bp: int | None) -> Gauge:
    """The meter at a growth in basis points; beyond the ends the needle stays at the end."""
    value = None if percent_bp is None else max(-END_BP, min(END_BP, percent_bp))
    zone = "" if value is None else zone_of(value)
    zones = tuple(Zone(name, _arc(low, high), name == zone) for name, low, high in ZONES)
    needle = "" if value is None else f"M{_at(value, 30)}L{_at(value, 82)}"
    return Gauge(zone, zones, tuple(_tick(at) for at in TICKS), needle)


def zone_of(percent_bp: int) -> str:
    """The name of the zone: Declining below -5 %, Stable to 0, Growing to +5 %, Strong above."""
    if percent_bp < ZONES[0][2]:  # whose upper end is the next one's; the others keep theirs
        return ZONES[0][0]
    return next((name for name, _, high in ZONES[1:] if percent_bp <= high), ZONES[-1][0])


def _angle(value: int) -> float:
    return pi * (1 - (value + END_BP) / (2 * END_BP))


def _at(value: int, radius: float, shift: float = 0.0) -> str:
    angle = _angle(value) + radians(shift)
    return f"{CENTRE_X + radius * cos(angle):.1f} {CENTRE_Y - radius * sin(angle):.1f}"


def _arc(low: int, high: int) -> str:
    return f"M{_at(low, RADIUS, -GAP_DEGREES)}A{RADIUS} {RADIUS} 0 0 1 {_at(high, RADIUS, GAP_DEGREES)}"


def _tick(value: int) -> Tick:
    angle = _angle(value)
    x, y = CENTRE_X + 110 * cos(angle), CENTRE_Y - 107 * sin(angle)
    anchor = "mid" if value in (0, TICKS[0], TICKS[-1]) else "end" if value < 0 else "start"
    if abs(value) == END_BP:
        x, y = CENTRE_X + (122 if value > 0 else -122), CENTRE_Y + 10
    return Tick(
        f"M{_at(value, 100)}L{_at(value, 104)}",
        round(x, 1),
        round(y, 1),
        anchor,
        signed(value / 100),
    )
