"""Reading a request's body into items: a JSON array, or one JSON object a line (NDJSON)."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from wsgiref.types import WSGIEnvironment

MAX_BYTES = 1_048_576
LONGEST_NUMBER = 20
READ_BYTES = 65_536


class TooLargeError(Exception):
    """The body is larger than 1 MB."""


class EncodingError(Exception):
    """The body is encoded in a way that is not understood."""


class BrokenBodyError(Exception):
    """The body is not what it should be, at a line and column (both from 1)."""

    def __init__(self, detail: str, *, line: int, column: int) -> None:
        super().__init__(detail)
        self.line = line
        self.column = column


def most(environ: WSGIEnvironment) -> int:
    """The most bytes that the body can have, unpacked, before any of it is read.

    Raises:
        TooLargeError: more are announced than are allowed.
    """
    announced = _announced(environ)
    return MAX_BYTES if environ.get("HTTP_CONTENT_ENCODING") else announced


def _announced(environ: WSGIEnvironment) -> int:
    """How many bytes to read; one more than is allowed when nothing is said of the length."""
    length = environ.get("CONTENT_LENGTH") or ""
    if length.isascii() and length.isdigit():
        if int(length) > MAX_BYTES:
            raise TooLargeError
        return int(length)
    return MAX_BYTES + 1 if environ.get("HTTP_TRANSFER_ENCODING") else 0


def read(environ: WSGIEnvironment) -> bytes:
    """The whole body, unpacked when it is gzip.

    Raises:
        TooLargeError: it is larger than 1 MB, packed or unpacked; not more than that is ever held.
        EncodingError: it is packed in another way, or is not what it says.
    """
    encoding = environ.get("HTTP_CONTENT_ENCODING", "").strip().lower()
    if encoding not in ("", "identity", "gzip"):
        raise EncodingError
    content = _read(environ)
    return _unpacked(content) if encoding == "gzip" else content


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        content = unpacker.decompress(packed, MAX_BYTES + 1)
    except zlib.error:
        raise EncodingError from None
    if len(content) > MAX_BYTES:
        raise TooLargeError
    if not unpacker.eof:
        raise EncodingError
    return content


def _read(environ: WSGIEnvironment) -> bytes:
    wanted = _announced(environ)
    parts, size = [], 0
    while size < wanted:
        part = environ["wsgi.input"].read(min(READ_BYTES, wanted - size))
        if not part:
            break
        parts.append(part)
        size += len(part)
    if size > MAX_BYTES:
        raise TooLargeError
    return b"".join(parts)


def items(body: bytes) -> list[object]:
    """The items, decoded one by one; what is decoded may be of any type.

    Raises:
        BrokenBodyError: not UTF-8, not JSON, or neither an array nor lines of objects.
    """
    text = _text(body)
    start = len(text) - len(text.lstrip())
    if start == len(text):
        raise BrokenBodyError(
            "The body is empty: send a JSON array or one JSON object a line.", line=1, column=1
        )
    if text[start] == "[":
        return _array(text)
    return [_decode(line, number) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = body[: error.start]
        line = before.count(b"\n") + 1
        raise BrokenBodyError(
            "The body is not UTF-8.", line=line, column=error.start - before.rfind(b"\n")
        ) from None


def _array(text: str) -> list[object]:
    try:
        found = _loads(text)
    except json.JSONDecodeError as error:
        raise _broken(error, line=error.lineno) from None
    except RecursionError:
        # One item is nested beyond reason: the others shall not suffer for it.
        return [_decode(part, line) for part, line in _elements(text)]
    return found if isinstance(found, list) else [found]


def _decode(text: str, line: int) -> object:
    """One item; one nested too deeply becomes a text, which no item may be."""
    try:
        return _loads(text)
    except json.JSONDecodeError as error:
        raise _broken(error, line=line + error.lineno - 1) from None
    except RecursionError:
        return "nested too deeply"


def _loads(text: str) -> object:
    return json.loads(text, parse_int=_number)


def _number(digits: str) -> float | int:
    """A whole number; Python takes long ones at great cost and refuses very long ones."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else float("inf")


def _broken(error: json.JSONDecodeError, *, line: int) -> BrokenBodyError:
    return BrokenBodyError(f"The body is not JSON: {error.msg}.", line=line, column=error.colno)


def _elements(text: str) -> Iterator[tuple[str, int]]:
    """The texts of an array's elements with the lines they begin on, found by counting brackets."""
    depth, quoted, escaped, begin = 0, False, False, text.index("[") + 1
    for position in range(begin - 1, len(text)):
        mark = text[position]
        if quoted:
            quoted, escaped = (mark != '"' or escaped), (mark == "\\" and not escaped)
        elif mark == '"':
            quoted = True
        elif mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
        if not quoted and ((mark == "," and depth == 1) or depth == 0):
            yield text[begin:position], text.count("\n", 0, begin) + 1
            begin = position + 1
            if depth == 0:
                break
    if depth:
        raise BrokenBodyError("The body ends inside an array.", line=text.count("\n") + 1, column=1)
