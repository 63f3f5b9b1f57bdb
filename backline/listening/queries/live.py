"""What happens right now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from backline.domain.periods import LIVE_HOURS, LIVE_MINUTES
from backline.listening.calendar import reporting, to_ms
from backline.listening.queries.series import HourPoint, hours_of
from backline.listening.store import Owner, open_store


@dataclass(frozen=True)
class Live:
    """`open_listens`: running now; `plays`: counted in the last 5 minutes; `hours`: the last 48, oldest first."""

    open_listens: int
    plays: int
    hours: list[HourPoint]
    as_of: datetime


def live(artist_id: int, *, now: datetime) -> Live:
    """The artist's live figures."""
    since_ms = to_ms(now - timedelta(minutes=LIVE_MINUTES))
    open_listens, plays = open_store().live(artist_id, since_ms)
    today = reporting().today(now)
    points = hours_of(Owner.ARTIST, artist_id, today - timedelta(days=3), today)
    recent = [point for point in points if now - timedelta(hours=LIVE_HOURS) < point.at <= now]
    return Live(open_listens=open_listens, plays=plays, hours=recent, as_of=now)
