"""Network addresses as the key that listeners behind one line share. Addresses are never stored."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, ip_address, ip_network


@lru_cache(maxsize=4096)
def address_key(text: str) -> str:
    """An IPv4 address itself, or the /64 network of an IPv6 address; empty for a text that is neither."""
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), 64), strict=False))


def client_address(remote: str, forwarded: str, *, trusted_hops: int) -> str:
    """The listener's address: that of the connection, or what the outermost trusted proxy saw.

    `forwarded` is the X-Forwarded-For header; with `trusted_hops` proxies in front, the entry that many from the end
    was written by the first of ours. Anything left of it could be made up.
    """
    if trusted_hops <= 0:
        return remote
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    return hops[-trusted_hops] if len(hops) >= trusted_hops else remote
