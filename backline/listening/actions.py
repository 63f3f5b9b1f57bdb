"""Upkeep of the listening store: open listens that ended without a word, and ids nobody repeats any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from backline.listening.calendar import to_ms
from backline.listening.store import open_store

IDLE = timedelta(minutes=10)
IDS_KEPT_DAYS = 4
PORTION = 500


def close_idle_listens(*, now: datetime) -> int:
    """Makes listens without a report for ten minutes final; answers how many, at most 500 at a time."""
    return open_store().close_idle(before_ms=to_ms(now - IDLE), now_ms=to_ms(now), limit=PORTION)


def forget_old_ids(*, now: datetime) -> int:
    """Drops the ids of events that can no longer be repeated; answers how many."""
    return open_store().forget(ids_before_day=to_ms(now) // (24 * 3_600_000) - IDS_KEPT_DAYS)
