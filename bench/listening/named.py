"""The reads that screens make, each for one artist, fifty beats or one, at noon after the generated years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from backline.listening.calendar import to_date
from bench.listening.worlds import DAYS, FIRST_DAY

BEATS_ASKED = 50


@dataclass(frozen=True)
class Subject:
    """An artist, and fifty beats of the same rank, as if it were credited on them."""

    artist: int
    beats: list[int]


Read = Callable[[Subject], Any]


def subjects() -> list[Subject]:
    """Those with most plays, those in the middle of all that have any, and some with a single play."""
    from backline.listening.store import Owner

    artists, beats = _ranked(Owner.ARTIST), _ranked(Owner.BEAT)
    top, tail = slice(0, BEATS_ASKED), slice(-BEATS_ASKED, None)
    middle = slice(len(beats) // 2, len(beats) // 2 + BEATS_ASKED)
    chosen = ((artists[0], top), (artists[len(artists) // 2], middle), (artists[-1], tail))
    return [Subject(artist, beats[part]) for artist, part in chosen]


def _ranked(owner: Any) -> list[int]:
    """Everybody that has plays, the one with most of them first."""
    from backline.listening.store import open_store

    rows = [(plays, owner_id) for owner_id, plays, *_ in open_store().all_totals(owner) if plays]
    return [owner_id for _, owner_id in sorted(rows, reverse=True)]


def named_reads() -> dict[str, Read]:
    """Name → read. Periods are the last 30 complete days unless the name says otherwise."""
    from backline.listening import queries as q
    from backline.listening.queries.receipts import beat_receipts, beats_received, listen_sample
    from backline.listening.store import Owner

    today = to_date(FIRST_DAY + DAYS)
    last, now = today - timedelta(days=1), datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    month, year, week = (last - timedelta(days=days - 1) for days in (30, 365, 7))
    ever = to_date(FIRST_DAY)
    return {
        "artist, all time": lambda s: q.artist_totals(s.artist),
        "50 beats, all time": lambda s: q.beat_totals(s.beats),
        "artist, figures": lambda s: q.artist_figures(s.artist, first=month, last=last, now=now),
        "artist, figures of a year": lambda s: q.artist_figures(s.artist, first=year, last=last, now=now),
        "artist, days": lambda s: q.artist_series(s.artist, first=month, last=last),
        "artist, days of two years": lambda s: q.artist_series(s.artist, first=ever, last=last),
        "artist, hours of a week": lambda s: q.artist_hours(s.artist, first=week, last=last),
        "50 beats, plays": lambda s: q.beats_in_period(s.beats, first=month, last=last),
        "50 beats, moved most": lambda s: q.moved_most(s.beats, first=month, last=last),
        "50 beats, received": lambda s: beats_received(s.beats, first=month, last=last),
        "beat, figures": lambda s: q.beat_figures(s.beats[0], first=month, last=last, now=now),
        "beat, receipts by day": lambda s: beat_receipts(s.beats[0], first=month, last=last),
        "beat, listens of a day": lambda s: listen_sample(s.beats[0], on=last, limit=50),
        "beat, retention": lambda s: q.beat_retention(s.beats[0], first=month, last=last),
        "beat, engagement": lambda s: q.beat_engagement(s.beats[0], first=month, last=last),
        "artist, new and returning": lambda s: q.new_and_returning(
            Owner.ARTIST, s.artist, first=month, last=last
        ),
        "downloads, a page": lambda s: q.recent_downloads(s.artist, first=month, last=last),
        "live": lambda s: q.live(s.artist, now=now),
        "since yesterday": lambda s: q.since_yesterday(s.artist, beat_ids=s.beats, now=now),
    }
