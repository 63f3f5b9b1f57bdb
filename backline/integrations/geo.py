"""The country of a network address, from tables that come with the package: nothing is asked over the network."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, ip_address

REMEMBERED = 4096


@lru_cache(maxsize=REMEMBERED)
def country(address: str) -> str:
    """The two-letter country of an address; empty when it is unknown, private, or no address at all.

    >>> country("127.0.0.1")
    ''
    """
    try:
        parsed = ip_address(address.strip())
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    if not parsed.is_global:
        return ""
    import iptocc

    return iptocc.country_code(str(parsed)) or ""
