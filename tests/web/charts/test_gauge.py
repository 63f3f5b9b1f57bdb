"""The growth meter and the network of collaborators."""

from __future__ import annotations

import pytest

from backline.web.charts.gauge import gauge, zone_of
from backline.web.charts.network import HEIGHT, WIDTH, network


@pytest.mark.parametrize(
    ("percent_bp", "zone"),
    [
        (-9_000, "Declining"),
        (-501, "Declining"),
        (-500, "Stable"),
        (0, "Stable"),
        (1, "Growing"),
        (500, "Growing"),
        (501, "Strong"),
        (9_000, "Strong"),
    ],
)
def test_every_growth_is_in_one_zone(percent_bp: int, zone: str):
    assert zone_of(percent_bp) == zone
    assert [each.name for each in gauge(percent_bp).zones if each.on] == [zone]


def test_the_needle_points_up_at_zero_and_stays_at_the_ends():
    assert gauge(0).needle == "M120.0 82.0L120.0 30.0"
    assert gauge(-10_000).needle == gauge(-3_000).needle == "M90.0 112.0L38.0 112.0"
    assert gauge(None).needle == "" and not any(zone.on for zone in gauge(None).zones)
    assert [tick.label for tick in gauge(0).ticks] == ["−30", "−15", "0", "+15", "+30"]


@pytest.mark.parametrize("count", range(1, 9))
def test_partners_stay_inside_the_drawing_and_apart(count: int):
    drawn = network(20, [(f"Artist {n}", 9 - n) for n in range(count)])
    assert len(drawn.partners) == min(count, 6)
    for one in drawn.partners:
        assert one.radius < one.x < WIDTH - one.radius and 10 < one.name_y < HEIGHT
    for one in drawn.partners:
        for other in drawn.partners:
            apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
            assert one is other or apart > one.radius + other.radius
    assert drawn.partners[0].hot and drawn.says.endswith("Artist 0 with 9 is closest")


def test_nobody_yet_draws_nobody():
    assert network(0, []).partners == () and network(0, []).says == "0 collaborators"
