"""Upkeep of the listening store: open listens that ended without a word, and what must not be kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from backline.listening.calendar import reporting, to_ms
from backline.listening.store import open_store

IDLE = timedelta(minutes=10)
IDS_KEPT_DAYS = 4
CLOSES_AFTER_DAYS = 3
PORTION = 500


def close_idle_listens(*, now: datetime) -> int:
    """Makes listens without a report for ten minutes final; answers how many, at most 500 at a time."""
    return open_store().close_idle(before_ms=to_ms(now - IDLE), now_ms=to_ms(now), limit=PORTION)


def forget_closed_days(*, now: datetime) -> int:
    """Drops the salts and keys of signed-out listeners of closed days (72 h after their end), and old event ids."""
    today, _ = reporting().day_and_hour(to_ms(now))
    ids_day = to_ms(now) // (24 * 3_600_000) - IDS_KEPT_DAYS
    return open_store().forget(ids_before_day=ids_day, visitors_before_day=today - CLOSES_AFTER_DAYS)
