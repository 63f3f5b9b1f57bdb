"""Identifiers that sort by time."""

from __future__ import annotations

import os
from datetime import datetime
from uuid import UUID


def uuid7(now: datetime) -> UUID:
    """A version 7 UUID (RFC 9562): 48 bits of `now` in milliseconds, then 74 random bits."""
    millis = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    random = int.from_bytes(os.urandom(10))
    value = millis << 80 | 0x7 << 76 | (random >> 68 & 0xFFF) << 64 | 0b10 << 62 | random & ((1 << 62) - 1)
    return UUID(int=value)
