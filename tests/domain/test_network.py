"""The network rule: at least fifty signed-out plays of a beat in a day, more than 60 % of them from one network."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain.network import network_of, taken_back

plays = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 3)), max_size=300)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("", ""),
        ("198.51.100.254", "198.51.100.0/24"),
        ("2001:db8:5:6::/64", "2001:db8:5::/48"),
        ("2001:db8:5:ffff::/64", "2001:db8:5::/48"),
    ],
)
def test_networks(address: str, network: str):
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("most", "others", "taken"),
    [(31, 19, True), (30, 20, False), (49, 0, False), (50, 0, True), (600, 400, False)],
)
def test_the_edges(most: int, others: int, taken: bool):
    found = taken_back([(7, 1)] * most + [(7, 2)] * others)
    assert found == ({7: 1} if taken else {})


def test_unknown_networks_are_no_network():
    assert taken_back([(7, 0)] * 100) == {}
    assert taken_back([(7, 0)] * 40 + [(7, 1)] * 60) == {}


@given(plays)
def test_it_takes_the_most_of_a_beat_and_says_so_in_any_order(given_plays: list[tuple[int, int]]):
    found = taken_back(given_plays)
    assert found == taken_back(reversed(given_plays))
    for beat in {beat for beat, _ in given_plays}:
        counts = Counter(network for one, network in given_plays if one == beat)
        total = sum(counts.values())
        above = [n for n, count in counts.items() if n and total >= 50 and count * 10 > total * 6]
        assert ([found[beat]] if beat in found else []) == above
