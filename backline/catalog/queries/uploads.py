"""The upload calendar: first publications by the days of an account's own zone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from backline.catalog.models import UploadQuarter
from backline.catalog.queries.cards import BeatCard, beat_cards
from backline.core import sql

DAY = timedelta(days=1)
Published = tuple[int, datetime, str]
"""A beat's number, when it first came out, and its name."""

_FIRST = """
SELECT first_published_at FROM catalog_beat
WHERE artist_id = %s AND deleted_at IS NULL AND first_published_at IS NOT NULL
ORDER BY first_published_at LIMIT 1
"""
_PUBLISHED = """
SELECT id, first_published_at, name FROM catalog_beat
WHERE artist_id = %s AND deleted_at IS NULL AND first_published_at >= %s AND first_published_at < %s
ORDER BY first_published_at, id
"""
_LAST = """
SELECT id, first_published_at FROM catalog_beat
WHERE artist_id = %s AND id <> %s AND deleted_at IS NULL AND first_published_at IS NOT NULL
ORDER BY first_published_at DESC, id DESC LIMIT %s
"""


@dataclass(frozen=True)
class DayUploads:
    """What an artist first published on one day: the earliest few, and how many more there are."""

    on: date
    beats: list[BeatCard]
    more: int

    @property
    def count(self) -> int:
        """All of the day's beats."""
        return len(self.beats) + self.more


def own_uploads(artist_id: int, *, zone: ZoneInfo, first: date, last: date) -> dict[date, int]:
    """For each local day from `first` to `last` that has any: how many of the artist's own beats came out."""
    return dict(_by_day(_published(artist_id, zone, first, last), zone))


def others_uploads(artist_id: int, *, zone: ZoneInfo, first: date, last: date) -> dict[date, int]:
    """For each local day that has any: how many beats all other artists of the platform published."""
    begin, end = _bounds(zone, first, last)
    total: Counter[date] = Counter()
    for at, beats in UploadQuarter.objects.filter(at__gte=begin, at__lt=end).values_list("at", "beats"):
        total[at.astimezone(zone).date()] += beats
    total.subtract(_by_day(_published(artist_id, zone, first, last), zone))
    return {day: count for day, count in total.items() if count > 0}


def uploads_on(artist_id: int, day: date, *, zone: ZoneInfo, limit: int = 5) -> DayUploads:
    """The artist's own beats that came out on a local day, the earliest first."""
    ids = [beat_id for beat_id, _, _ in _published(artist_id, zone, day, day)]
    cards = beat_cards(ids[:limit])
    shown = [cards[beat_id] for beat_id in ids[:limit] if beat_id in cards]
    return DayUploads(on=day, beats=shown, more=len(ids) - len(shown))


def releases(artist_id: int, *, zone: ZoneInfo, first: date, last: date) -> list[tuple[date, str]]:
    """The artist's own beats that came out on the days `first` to `last` of `zone`: day and name, in order."""
    return [(at.astimezone(zone).date(), name) for _, at, name in _published(artist_id, zone, first, last)]


def last_released(artist_id: int, *, besides: int, limit: int) -> list[tuple[int, datetime]]:
    """The artist's own beats that came out last, one left out: id and when, newest first."""
    return [(beat_id, sql.instant(at)) for beat_id, at in sql.rows(_LAST, artist_id, besides, limit)]


def first_upload_at(artist_id: int) -> datetime | None:
    """When the artist's first beat came out, or None."""
    found = sql.rows(_FIRST, artist_id)
    return sql.instant(found[0][0]) if found else None


def quarter_of(at: datetime) -> datetime:
    """The beginning of the quarter of an hour that an instant is in, in UTC."""
    utc = at.astimezone(UTC)
    return utc.replace(minute=utc.minute - utc.minute % 15, second=0, microsecond=0)


def _published(artist_id: int, zone: ZoneInfo, first: date, last: date) -> list[Published]:
    found = sql.rows(_PUBLISHED, artist_id, *_bounds(zone, first, last))
    return [(beat_id, sql.instant(at), name) for beat_id, at, name in found]


def _by_day(published: list[Published], zone: ZoneInfo) -> Counter[date]:
    return Counter(at.astimezone(zone).date() for _, at, _ in published)


def _bounds(zone: ZoneInfo, first: date, last: date) -> tuple[datetime, datetime]:
    """The instants at which the days begin and end, in UTC."""
    return _midnight(first, zone), _midnight(last + DAY, zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
