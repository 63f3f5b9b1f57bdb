"""HTTP over connections that stay open; one that was closed meanwhile, or shall be closed, is opened anew."""

from __future__ import annotations

import asyncio
from collections import deque

Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Client:
    """Any number of requests at once to one server; as many connections as that needs."""

    def __init__(self, host: str, port: int) -> None:
        self._place = (host, port)
        self._idle: deque[Pair] = deque()

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer.

        Raises:
            OSError, asyncio.IncompleteReadError: a new connection did not answer either.
        """
        while self._idle and b"Connection: close" not in request:
            pair = self._idle.pop()
            try:
                return await self._over(pair, request)
            except (OSError, asyncio.IncompleteReadError):
                pair[1].close()
        return await self._over(await asyncio.open_connection(*self._place, limit=1 << 22), request)

    async def _over(self, pair: Pair, request: bytes) -> tuple[int, bytes]:
        reader, writer = pair
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b"transfer-encoding: chunked" in head:
            body = await _chunks(reader)
        elif b"content-length:" in head:
            body = await reader.readexactly(int(head.partition(b"content-length:")[2].split()[0]))
        else:
            body = b""
        if b"connection: close" in head:
            writer.close()
        else:
            self._idle.append(pair)
        return int(head.split(maxsplit=2)[1]), body


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")
    return body
