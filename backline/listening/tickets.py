"""Play tickets: proof that this installation let a listener start a beat, under a listen id, at a time of ours.

A ticket is `<time>.<signature>`; the signature covers listen id, beat, listener key and time, so it is good for
exactly one listen. The stream address carries it, and the player hands it in with each report.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from backline.core.signing import is_signed, signature
from backline.listening.calendar import to_instant, to_ms

PURPOSE = "play-ticket"
VALID_FOR = timedelta(hours=24)
MAX_LENGTH = 64


def issue(listen_id: UUID, *, beat_id: int, listener_key: str, now: datetime) -> str:
    """A ticket for one listen of one beat by one listener, valid for a day."""
    issued_ms = to_ms(now)
    return f"{issued_ms}.{signature(PURPOSE, _message(listen_id, beat_id, listener_key, issued_ms))}"


def read(
    ticket: str, *, listen_id: UUID, beat_id: int, listener_keys: Iterable[str], now: datetime
) -> datetime | None:
    """When the ticket was issued, or None when it is not a valid ticket for this listen and one of these keys."""
    time, dot, claimed = ticket.partition(".")
    if not dot or len(ticket) > MAX_LENGTH or not (ticket.isascii() and time.isdigit()):
        return None
    issued_ms = int(time)
    age_ms = to_ms(now) - issued_ms
    if not -60_000 <= age_ms <= VALID_FOR // timedelta(milliseconds=1):
        return None
    for key in listener_keys:
        if is_signed(PURPOSE, _message(listen_id, beat_id, key, issued_ms), claimed):
            return to_instant(issued_ms)
    return None


def _message(listen_id: UUID, beat_id: int, listener_key: str, issued_ms: int) -> str:
    return f"{listen_id}|{beat_id}|{issued_ms}|{listener_key}"
