"""What the store holds of one account, row by row: for the person alone."""

from __future__ import annotations

from typing import NamedTuple


class HeldListen(NamedTuple):
    """A row of the log. `artists` are ids in one text; `verdict` is the current one's code, None before the fold.

    The last five are numbers of terms, 0 when nothing is known.
    """

    seq: int
    beat: int
    artists: str
    started_ms: int
    played_ms: int
    distinct_ms: int
    verdict: int | None
    device: int
    platform: int
    browser: int
    country: int
    source: int


class HeldDownload(NamedTuple):
    """A row of the download log; `verdict` as above."""

    seq: int
    beat: int
    artists: str
    at_ms: int
    verdict: int | None
    licence_type: str
    licence_url: str
