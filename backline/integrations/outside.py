"""The one client for addresses that users give us: what is behind them is not ours to trust.

Only https on port 443. The name is resolved once and the connection goes to that address, which must be a public one:
private, loopback, link-local, shared, metadata, multicast and mapped ranges are refused. No redirect is followed; from
the first byte to the last it has five seconds and 64 KB.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
import time
from typing import Any
from urllib.parse import SplitResult, urlsplit

LONGEST_S = 5.0
MOST_BYTES = 64 * 1024
# All that is given out as IPv6; the library's own list knows some of what lies outside of it, not all.
PUBLIC_V6, DOCUMENTATION_V6 = ipaddress.ip_network("2000::/3"), ipaddress.ip_network("3fff::/20")
AGENT = "Backline (proof of a link)"


class Refused(Exception):
    """The address may not be asked, or gave no answer that we take; the text says why."""


def read_page(url: str) -> str:
    """The first 64 KB of the page as text.

    Raises:
        Refused: not https, not public, a redirect, an error, or too slow.
    """
    parts = _parts(url)
    host = parts.hostname or ""
    address = public_address(host)
    connection = _Pinned(host, address, ends=time.monotonic() + LONGEST_S)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"User-Agent": AGENT, "Accept": "text/html"})
        answer = connection.getresponse()
        if answer.status != 200:
            raise Refused(f"{host} answered {answer.status}; we follow no redirects.")
        return _body(answer).decode("utf-8", errors="replace")
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise Refused(f"{host} gave no answer: {type(error).__name__}.") from error
    finally:
        connection.close()


def public_address(host: str) -> str:
    """The first address of a host, when all of them are public.

    Raises:
        Refused: unknown, or one of its addresses is not public.
    """
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"There is no host called {host[:80]}.") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise Refused(f"{host} is not a public address.")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; the one inside a mapped or tunnelled address counts.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip not in PUBLIC_V6 or ip in DOCUMENTATION_V6:
            return False
    return ip.is_global and not ip.is_multicast


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused("This is not the address of a page.") from error
    if parts.scheme != "https" or port not in (None, 443) or not parts.hostname or parts.username:
        raise Refused("Only pages at https addresses are looked at.")
    return parts


def _body(answer: http.client.HTTPResponse) -> bytes:
    body = b""
    while len(body) < MOST_BYTES and (block := answer.read1(MOST_BYTES - len(body))):
        body += block
    return body


class _Pinned(http.client.HTTPSConnection):
    """A connection to the address that was checked, with the certificate of the name; `ends` by the monotonic clock."""

    def __init__(self, host: str, address: str, *, ends: float) -> None:
        self._tls = ssl.create_default_context()
        super().__init__(host, 443, context=self._tls)
        self._address, self._ends = address, ends

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), timeout=_left_s(self._ends))
        plain.settimeout(_left_s(self._ends))
        self.sock = _Hurried(self._tls.wrap_socket(plain, server_hostname=self.host), self._ends)


class _Hurried:
    """A socket whose reads and writes end together: a server that drips a byte every four seconds gets no more time.

    A timeout of the socket's own begins anew with every read.
    """

    def __init__(self, talk: ssl.SSLSocket, ends: float) -> None:
        self._talk, self._ends = talk, ends

    def sendall(self, content: bytes) -> None:
        self._talk.settimeout(_left_s(self._ends))
        self._talk.sendall(content)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reading(self._talk, self._ends))

    def close(self) -> None:
        self._talk.close()


class _Reading(io.RawIOBase):
    def __init__(self, talk: ssl.SSLSocket, ends: float) -> None:
        self._talk, self._ends = talk, ends

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        self._talk.settimeout(_left_s(self._ends))
        return self._talk.recv_into(into)


def _left_s(ends: float) -> float:
    """Seconds that are left.

    Raises:
        TimeoutError: none.
    """
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("too slow")
    return left
