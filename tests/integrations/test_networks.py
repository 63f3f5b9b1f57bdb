"""Hosting networks: the list that comes along, one of the operator's own, and one that changes."""

from __future__ import annotations

import os
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.demo.addresses import NETWORKS
from backline.integrations.networks import Networks, is_hosting


@pytest.mark.parametrize("address", ["3.80.1.1", "34.90.7.7", "5.9.1.1", "::ffff:5.9.1.1", "2a01:4f8:1::1"])
def test_servers(address: str):
    assert is_hosting(address)


@pytest.mark.parametrize(
    "address", ["", "junk", "127.0.0.1", "10.1.2.3", "203.0.113.7", "fe80::1%eth0", "::1"]
)
def test_what_is_no_server(address: str):
    assert not is_hosting(address)


def test_the_demo_worlds_listeners_sit_at_home():
    homes = [f"{start}.1.1" for _, _, starts in NETWORKS.values() for start in starts]
    assert not any(is_hosting(home) for home in homes)


def test_a_list_of_ones_own_is_read_again_when_it_changes(tmp_path: Path):
    own = tmp_path / "networks.txt"
    own.write_text("198.51.100.0/24  # the farm\n\nnonsense\n2001:db8::/32\n")
    assert is_hosting("198.51.100.7", list_file=str(own))
    assert is_hosting("2001:db8::7", list_file=str(own))
    assert not is_hosting("5.9.1.1", list_file=str(own))
    own.write_text("")
    os.utime(own, (1, 1))
    assert not is_hosting("198.51.100.7", list_file=str(own))


def test_a_list_that_is_not_there_is_as_good_as_the_built_in_one(tmp_path: Path):
    assert is_hosting("5.9.1.1", list_file=str(tmp_path / "none.txt"))
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    assert is_hosting("5.9.1.1", list_file=str(tmp_path / "binary"))


networks = st.lists(st.tuples(st.ip_addresses(v=4), st.integers(0, 32)), max_size=8)


@given(networks, st.lists(st.ip_addresses(v=4), max_size=5))
def test_a_look_up_says_what_going_through_the_list_says(some, asked):
    listed = [ip_network((int(address), bits), strict=False) for address, bits in some]
    found = Networks(map(str, listed))
    for address in [*asked, *(network[0] for network in listed), *(network[-1] for network in listed)]:
        assert found.contain(address) == any(address in network for network in listed)
    edges = {int(network[0]) - 1 for network in listed} | {int(network[-1]) + 1 for network in listed}
    for address in (ip_address(edge) for edge in edges if 0 <= edge < 2**32):
        assert found.contain(address) == any(address in network for network in listed)
