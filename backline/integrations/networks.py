"""Whether a network address belongs to a hosting company: servers listen to no music.

The list is a text file, one network in CIDR notation a line, `#` begins a comment. A changed file is read again.
"""

from __future__ import annotations

import logging
import os
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path

log = logging.getLogger("backline.networks")
REMEMBERED = 4096
BUILT_IN = Path(__file__).with_name("hosting_networks.txt")


class Networks:
    """Networks as sorted, disjoint ranges of whole numbers, for each version of the protocol: a look-up halves them."""

    def __init__(self, lines: Iterable[str]) -> None:
        ranges: dict[int, list[tuple[int, int]]] = {4: [], 6: []}
        for line in lines:
            text = line.partition("#")[0].strip()
            if not text:
                continue
            try:
                network = ip_network(text, strict=False)
            except ValueError:
                log.warning("%r in the list of hosting networks is no network", text)
                continue
            ranges[network.version].append((int(network[0]), int(network[-1])))
        self._ranges = {version: _disjoint(some) for version, some in ranges.items()}

    def __len__(self) -> int:
        return sum(len(starts) for starts, _ in self._ranges.values())

    def contain(self, address: IPv4Address | IPv6Address) -> bool:
        """Whether the address is in one of them."""
        starts, ends = self._ranges[address.version]
        place = bisect_right(starts, int(address)) - 1
        return place >= 0 and int(address) <= ends[place]


def is_hosting(address: str, *, list_file: str = "") -> bool:
    """Whether the address is in the list: that of `list_file`, or the one that comes with Backline when it is empty.

    What is no address is in no network. A list that cannot be read is as good as the built-in one.

    >>> is_hosting("127.0.0.1")
    False
    """
    return bool(address) and _is_in(_networks(list_file or str(BUILT_IN)), address)


@lru_cache(maxsize=REMEMBERED)
def _is_in(networks: Networks, address: str) -> bool:
    try:
        parsed = ip_address(address.strip())
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return networks.contain(parsed)


def _networks(path: str) -> Networks:
    try:
        status = os.stat(path)
    except OSError:
        return _read(path, (0, 0, 0))
    return _read(path, (status.st_mtime_ns, status.st_size, status.st_ino))


@lru_cache(maxsize=4)
def _read(path: str, _state: tuple[int, int, int]) -> Networks:
    try:
        return Networks(Path(path).read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        log.error("the list of hosting networks cannot be read: %s", error)
        return Networks(BUILT_IN.read_text(encoding="utf-8").splitlines())


def _disjoint(ranges: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(ranges):
        if ends and start <= ends[-1] + 1:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends
