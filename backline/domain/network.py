"""Which signed-out plays of a closed day came from one network too often to be many people.

A house or an office shares an address, which the rules of the day look at. This rule is for who has many addresses
in one block: at least 50 signed-out plays of a beat in a day, of which more than 60 % come from one /24 or /48.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import ip_network

from backline.domain.verdicts import NETWORK_MIN_PLAYS, NETWORK_SHARE_BP

V4_BITS, V6_BITS = 24, 48


def network_of(address: str) -> str:
    """The /24 of an IPv4 address or the /48 of an IPv6 address or network; empty for an empty text.

    >>> network_of("203.0.113.7")
    '203.0.113.0/24'
    >>> network_of("2001:db8:1:2::/64")
    '2001:db8:1::/48'
    """
    if not address:
        return ""
    if ":" not in address:
        return f"{address.rsplit('.', 1)[0]}.0/{V4_BITS}"
    network = ip_network(address, strict=False)
    wide = network if network.prefixlen < V6_BITS else network.supernet(new_prefix=V6_BITS)
    return str(wide)


def is_one_network(*, plays: int, most: int) -> bool:
    """Whether `most` of `plays` signed-out plays of a beat come from one network too often.

    >>> is_one_network(plays=50, most=31), is_one_network(plays=50, most=30), is_one_network(plays=49, most=49)
    (True, False, False)
    """
    return plays >= NETWORK_MIN_PLAYS and most * 10_000 > plays * NETWORK_SHARE_BP


def taken_back(plays: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Beats with the network whose plays the rule takes back, from (beat, network) of each signed-out counted play.

    A network is a number that means the same one within the day, 0 when unknown.

    >>> taken_back([(1, 8)] * 40 + [(1, 9)] * 20 + [(2, 8)] * 49)
    {1: 8}
    """
    by_beat: dict[int, dict[int, int]] = {}
    for beat, network in plays:
        networks = by_beat.setdefault(beat, {})
        networks[network] = networks.get(network, 0) + 1
    found = {beat: _network(networks) for beat, networks in by_beat.items()}
    return {beat: network for beat, network in found.items() if network}


def _network(counts: Mapping[int, int]) -> int:
    """The network that a beat's plays come from too often, 0 when none does. Of more than 60 % there is only one."""
    known = {network: count for network, count in counts.items() if network}
    most = max(known, key=lambda network: known[network], default=0)
    return most if most and is_one_network(plays=sum(counts.values()), most=known[most]) else 0
