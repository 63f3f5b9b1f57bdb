"""An open listen becoming final: the last derivations, from the open row alone."""

from __future__ import annotations

from typing import NamedTuple

from backline.domain import intervals
from backline.domain.verdicts import is_proven
from backline.listening.store.packed import unpack_intervals
from backline.listening.store.rows import Flag


class OpenListen(NamedTuple):
    """A row of `open_listen`."""

    id: bytes
    beat: int
    artists: int
    listener: int
    address: int
    network: int
    day: int
    hour: int
    started_ms: int
    first_ms: int
    last_ms: int
    heard: bytes
    beat_ms: int
    flags: int
    device: int
    platform: int
    browser: int
    country: int
    source: int


class FinalListen(NamedTuple):
    """A new row of the log, in the order of its columns, without the number it will get."""

    id: bytes
    beat: int
    artists: int
    listener: int
    address: int
    network: int
    day: int
    hour: int
    started_ms: int
    logged_ms: int
    played_ms: int
    distinct_ms: int
    furthest_ms: int
    beat_ms: int
    flags: int
    device: int
    platform: int
    browser: int
    country: int
    source: int
    heard: bytes


# A row of the log as it is sealed and restored.
LOG_FIELDS = ("seq", *FinalListen._fields)


def finish(row: OpenListen, *, logged_ms: int) -> FinalListen:
    """The log row of an open listen; unproven when it claims more than our clock allows."""
    heard = unpack_intervals(row.heard)
    distinct_ms = intervals.distinct_ms(heard)
    return FinalListen(
        id=row.id,
        beat=row.beat,
        artists=row.artists,
        listener=row.listener,
        address=row.address,
        network=row.network,
        day=row.day,
        hour=row.hour,
        started_ms=row.started_ms,
        logged_ms=logged_ms,
        played_ms=intervals.played_ms(heard),
        distinct_ms=distinct_ms,
        furthest_ms=intervals.furthest_ms(heard),
        beat_ms=row.beat_ms,
        flags=_flags(row, distinct_ms),
        device=row.device,
        platform=row.platform,
        browser=row.browser,
        country=row.country,
        source=row.source,
        heard=row.heard,
    )


def _flags(row: OpenListen, distinct_ms: int) -> int:
    flags = Flag(row.flags)
    elapsed_ms = row.last_ms - row.first_ms
    if Flag.BACK_END not in flags and not is_proven(distinct_ms=distinct_ms, elapsed_ms=elapsed_ms):
        flags |= Flag.UNPROVEN
    return int(flags)
