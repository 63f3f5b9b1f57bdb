"""Statements as rows: their sums and their packed lines."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from backline.domain.settlement import rounded_to
from backline.money.computing import Computed, Part
from backline.money.gathering import month_date
from backline.money.models import Settlement, Statement

CHUNK = 500


@dataclass(frozen=True)
class Line:
    """A beat's part of a statement: whose month's money, micro-units before and minor units after the rounding."""

    month: date
    beat_id: int
    micro_units: int
    minor: int


def statements_of_chunk(row: Settlement, computed: Computed, chunk: int, now: datetime) -> list[Statement]:
    """The rows of one chunk, not saved."""
    return [
        _statement(row, part, computed, chunk, now)
        for part in computed.parts[chunk * CHUNK : (chunk + 1) * CHUNK]
    ]


def _statement(row: Settlement, part: Part, computed: Computed, chunk: int, now: datetime) -> Statement:
    lines = lines_of(computed, part)
    return Statement(
        settlement=row,
        artist_id=part.artist_id,
        currency=part.currency,
        state=part.outcome.state,
        micro_units=part.micro,
        negative_since=part.outcome.negative_since,
        beats=len({beat for _, beat, _, _ in lines}),
        packed=pack_lines(lines),
        chunk=chunk,
        at=now,
        **part.sums,
    )


def lines_of(computed: Computed, part: Part) -> list[tuple[int, int, int, int]]:
    """Month number, beat, micro-units and minor units of each line; equal remainders to the earlier line."""
    if part.first_line == part.last_line:
        return []
    sums, some = computed.sums[part.currency], slice(part.first_line, part.last_line)
    keys = list(zip(sums.months[some].tolist(), sums.beats[some].tolist(), strict=True))
    micro = sums.micro[some].tolist()
    minor = rounded_to(part.earned, dict(zip(keys, micro, strict=True)), order=lambda key: key)
    return [(*key, amount, minor[key]) for key, amount in zip(keys, micro, strict=True)]


def pack_lines(lines: Sequence[tuple[int, int, int, int]]) -> bytes:
    """Lines as bytes."""
    return zlib.compress(np.array(lines, "<i8").tobytes(), 1)


def unpack_lines(packed: bytes | memoryview) -> list[Line]:
    """What `pack_lines` wrote."""
    rows = np.frombuffer(zlib.decompress(bytes(packed)), "<i8").reshape(-1, 4).tolist()
    return [Line(month_date(month), beat, micro, minor) for month, beat, micro, minor in rows]
