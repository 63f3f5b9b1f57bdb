"""WSGI answers: a file or a part of it in small blocks, and short refusals."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from wsgiref.types import StartResponse, WSGIEnvironment

from backline.web.media.ranges import Part, Unsatisfiable, range_applies, wanted_part

BLOCK_BYTES = 64 * 1024
Headers = list[tuple[str, str]]
# A picture may come from a stranger: it must not run, load or frame anything.
SAFE_HEADERS: Headers = [
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]


@dataclass(frozen=True)
class Blocks:
    """The bytes of `part`, read as they are sent; the server calls `close` also when the listener leaves early."""

    file: BinaryIO
    part: Part

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.part.first)
        left = self.part.length
        while left > 0 and (block := self.file.read(min(BLOCK_BYTES, left))):
            left -= len(block)
            yield block

    def close(self) -> None:
        self.file.close()


def send_file(
    environ: WSGIEnvironment, start_response: StartResponse, path: Path, *, content_type: str, cache: str
) -> Iterable[bytes]:
    """The file, whole or in the part that `Range` asks for; 304 when the reader has it, 404 when it is gone."""
    try:
        file = path.open("rb")
    except OSError:
        return refuse(environ, start_response, HTTPStatus.NOT_FOUND, "There is no such file.")
    facts = _facts(file)
    headers = [("Content-Type", content_type), ("Cache-Control", cache), *SAFE_HEADERS]
    headers += [("Accept-Ranges", "bytes"), ("ETag", facts.etag), ("Last-Modified", facts.modified)]
    status, more, part = _choice(environ, facts)
    start_response(_line(status), headers + more)
    if part is None or environ["REQUEST_METHOD"] == "HEAD":
        file.close()
        return []
    return Blocks(file, part)


def send_bytes(
    environ: WSGIEnvironment, start_response: StartResponse, content: bytes, *, content_type: str, cache: str
) -> Iterable[bytes]:
    """A small answer that is made on the spot."""
    headers = [("Content-Type", content_type), ("Cache-Control", cache), *SAFE_HEADERS]
    headers.append(("Content-Length", str(len(content))))
    start_response(_line(HTTPStatus.OK), headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]


def refuse(
    environ: WSGIEnvironment,
    start_response: StartResponse,
    status: HTTPStatus,
    reason: str,
    *more: tuple[str, str],
) -> Iterable[bytes]:
    """A refusal in one plain sentence, not kept by caches."""
    body = f"{reason}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Cache-Control", "no-store"),
        *SAFE_HEADERS,
        *more,
    ]
    start_response(_line(status), [*headers, ("Content-Length", str(len(body)))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


@dataclass(frozen=True)
class _Facts:
    """Size in bytes, entity tag and date of change of an open file."""

    size: int
    etag: str
    modified: str


def _facts(file: BinaryIO) -> _Facts:
    stat = os.fstat(file.fileno())
    tag = f'"{stat.st_size:x}-{stat.st_mtime_ns:x}"'
    return _Facts(stat.st_size, tag, formatdate(stat.st_mtime, usegmt=True))


def _choice(environ: WSGIEnvironment, facts: _Facts) -> tuple[HTTPStatus, Headers, Part | None]:
    """The status, its headers, and the bytes to send, None for none."""
    if facts.etag in _listed(environ.get("HTTP_IF_NONE_MATCH", "")):
        return HTTPStatus.NOT_MODIFIED, [], None
    try:
        part = _part(environ, facts)
    except Unsatisfiable:
        headers = [("Content-Range", f"bytes */{facts.size}"), ("Content-Length", "0")]
        return HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers, None
    if part is None:
        return HTTPStatus.OK, [("Content-Length", str(facts.size))], Part(0, facts.size - 1)
    place = ("Content-Range", f"bytes {part.first}-{part.last}/{facts.size}")
    return HTTPStatus.PARTIAL_CONTENT, [place, ("Content-Length", str(part.length))], part


def _part(environ: WSGIEnvironment, facts: _Facts) -> Part | None:
    # Range is defined for GET alone.
    if environ["REQUEST_METHOD"] != "GET":
        return None
    if not range_applies(environ.get("HTTP_IF_RANGE", "").strip(), etag=facts.etag, modified=facts.modified):
        return None
    return wanted_part(environ.get("HTTP_RANGE", ""), size=facts.size)


def _listed(header: str) -> list[str]:
    return [tag.strip().removeprefix("W/") for tag in header.split(",")]


def _line(status: HTTPStatus) -> str:
    return f"{status.value} {status.phrase}"
