"""What a day of honest people and of bots amounts to, by the rules as they are."""

from __future__ import annotations

from datetime import datetime

import pytest

from bench.listening.crowds import CROWDS
from bench.listening.simulation import live
from tests.conftest import Cast

# What counts when received, and what of it is left after the day's close.
EXPECTED = {
    "a skimmer: 100 beats for 12 s, ten of them in pieces": (10, 10),
    "20 people with the same phone behind one address, 3 beats": (60, 60),
    "30 people with the same phone behind one address, 3 beats": (60, 60),
    "one person with ten tabs at once": (4, 4),
    "a new address of one IPv6 /64 each time": (20, 20),
    "a new /64 of one IPv6 /48 each time": (240, 0),
    "claims whole beats after five seconds": (0, 0),
    "never had a play ticket": (0, 0),
    "a browser on a rented server": (0, 0),
}
LONG = {
    "a workday of music, one person": (160, 160),
    "non-stop for a whole day, one person": (200, 200),
    "non-stop for a whole day, one person on four lines": (300, 300),
    "a patient bot, one beat": (10, 10),
    "a patient bot, 40 beats": (200, 200),
    "drops its cookie each time, one beat": (20, 20),
    "drops its cookie and changes its agent, 3 beats": (60, 60),
    "a new address of one IPv4 /24 each time": (240, 0),
    # The rules cannot tell a bot from people when each play has a line of its own. Better said than hidden.
    "a line of its own for each play": (240, 240),
}
CASES = [
    *EXPECTED.items(),
    *(pytest.param(name, expected, marks=pytest.mark.slow) for name, expected in LONG.items()),
]


@pytest.mark.parametrize(("name", "expected"), CASES)
def test_a_day(cast: Cast, now: datetime, name: str, expected: tuple[int, int]):
    [crowd] = [crowd for crowd in CROWDS if crowd.name == name]
    result = live(crowd, cast.marlo, midnight=now.replace(hour=0, minute=0))
    assert (result.counted, result.counted_at_close) == expected


def test_every_crowd_has_an_expectation():
    assert {crowd.name for crowd in CROWDS} == EXPECTED.keys() | LONG.keys()
