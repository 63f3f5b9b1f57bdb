"""Which bytes of a file an answer carries (RFC 9110, section 14), as pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass

LARGEST_PART_BYTES = 1_000_000
_ONE_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """The bytes `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


class Unsatisfiable(Exception):
    """The wanted bytes lie outside the file."""


def wanted_part(header: str, *, size: int) -> Part | None:
    """The part that a `Range` header asks of a file of `size` bytes, at most 1 MB long; None for the whole file.

    Other units, several ranges and what cannot be read are ignored, as the standard allows: the answer is whole.

    Raises:
        Unsatisfiable: a well-formed range without a byte of the file in it.
    """
    match = _ONE_RANGE.fullmatch(header)
    if match is None or match.groups() == ("", ""):
        return None
    start, end = match.groups()
    if start == "":
        first, last = max(0, size - int(end)), size - 1
    else:
        first, last = int(start), int(end) if end else size - 1
        if end and last < first:
            return None
    last = min(last, size - 1, first + LARGEST_PART_BYTES - 1)
    if first >= size or last < first:
        raise Unsatisfiable
    return Part(first, last)


def range_applies(if_range: str, *, etag: str, modified: str) -> bool:
    """Whether the `Range` header counts: `If-Range` is absent or names this very file (strong comparison)."""
    return if_range in ("", etag, modified)
