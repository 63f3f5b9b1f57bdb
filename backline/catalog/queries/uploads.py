"""The upload calendar: first publications by the days of an account's own zone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from backline.catalog.models import Beat, BeatQuerySet, UploadQuarter
from backline.catalog.queries.cards import BeatCard, beat_cards

DAY = timedelta(days=1)


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
    ids = list(
        _published(artist_id, zone, day, day)
        .order_by("first_published_at", "id")
        .values_list("id", flat=True)
    )
    cards = beat_cards(ids[:limit])
    shown = [cards[beat_id] for beat_id in ids[:limit] if beat_id in cards]
    return DayUploads(on=day, beats=shown, more=len(ids) - len(shown))


def releases(artist_id: int, *, zone: ZoneInfo, first: date, last: date) -> list[tuple[date, str]]:
    """The artist's own beats that came out on the days `first` to `last` of `zone`: day and name, in order."""
    rows = _published(artist_id, zone, first, last).order_by("first_published_at", "id")
    return [
        (at.astimezone(zone).date(), name)
        for at, name in rows.values_list("first_published_at", "name")
        if at is not None
    ]


def first_upload_at(artist_id: int) -> datetime | None:
    """When the artist's first beat came out, or None."""
    beats = Beat.objects.kept().filter(artist_id=artist_id, first_published_at__isnull=False)
    return beats.order_by("first_published_at").values_list("first_published_at", flat=True).first()


def quarter_of(at: datetime) -> datetime:
    """The beginning of the quarter of an hour that an instant is in, in UTC."""
    utc = at.astimezone(UTC)
    return utc.replace(minute=utc.minute - utc.minute % 15, second=0, microsecond=0)


def _published(artist_id: int, zone: ZoneInfo, first: date, last: date) -> BeatQuerySet:
    begin, end = _bounds(zone, first, last)
    return Beat.objects.kept().filter(
        artist_id=artist_id, first_published_at__gte=begin, first_published_at__lt=end
    )


def _by_day(beats: BeatQuerySet, zone: ZoneInfo) -> Counter[date]:
    instants = beats.values_list("first_published_at", flat=True)
    return Counter(at.astimezone(zone).date() for at in instants if at is not None)


def _bounds(zone: ZoneInfo, first: date, last: date) -> tuple[datetime, datetime]:
    """The instants at which the days begin and end, in UTC."""
    return _midnight(first, zone), _midnight(last + DAY, zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
