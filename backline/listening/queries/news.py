"""What happened since yesterday: downloads, first countries, milestones, swings, unusual rejections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backline.domain.notable import USUAL_DAYS, Swing, passed, swing, unusually_rejected
from backline.listening.calendar import reporting, to_number
from backline.listening.queries.beats import beats_in_period
from backline.listening.store import DayRow, Owner, TotalRow, open_store


@dataclass(frozen=True)
class FirstCountry:
    """The first play ever from a country (two-letter code), and the beat that got it."""

    country: str
    beat_id: int | None


@dataclass(frozen=True)
class Crossing:
    """A number of all-time plays reached since yesterday; `beat_id` is None for the artist's own total."""

    plays: int
    beat_id: int | None


@dataclass(frozen=True)
class News:
    """Since the beginning of yesterday's reporting day. `rejected` is set only when unusually many were."""

    since: datetime
    downloads: dict[int, int]
    first_countries: list[FirstCountry]
    crossings: list[Crossing]
    swing: Swing | None
    rejected: int | None


def since_yesterday(artist_id: int, *, beat_ids: Sequence[int], now: datetime) -> News:
    """The artist's news; `beat_ids` are the beats credited to the artist."""
    today = reporting().today(now)
    yesterday = today - timedelta(days=1)
    number = to_number(yesterday)
    rows = open_store().days(Owner.ARTIST, artist_id, number - USUAL_DAYS, number + 1)
    recent = [row for row in rows if row.day >= number]
    figures = beats_in_period(beat_ids, first=yesterday, last=today) if recent else {}
    total = open_store().totals(Owner.ARTIST, [artist_id]).get(artist_id)
    return News(
        since=reporting().starts_at(yesterday),
        downloads={beat_id: beat.downloads for beat_id, beat in figures.items() if beat.downloads},
        first_countries=_first_countries(total, recent, beat_ids, yesterday),
        crossings=_crossings(total, recent, {beat_id: beat.plays for beat_id, beat in figures.items()}),
        swing=_swing(rows, number),
        rejected=_rejected(rows, number),
    )


def _first_countries(
    total: TotalRow | None, recent: list[DayRow], beat_ids: Sequence[int], yesterday: date
) -> list[FirstCountry]:
    """Countries all of whose plays are recent."""
    seen: dict[str, int] = {}
    for row in recent:
        for country, count in open_store().countries(row).items():
            seen[country] = seen.get(country, 0) + count
    if total is None or not seen:
        return []
    ever = open_store().countries(total)
    fresh = sorted(country for country, count in seen.items() if ever.get(country, 0) <= count)
    if not fresh:
        return []
    number = to_number(yesterday)
    by_beat = open_store().beat_countries(beat_ids, number, number + 1)
    return [
        FirstCountry(country, next((beat for beat in beat_ids if country in by_beat.get(beat, {})), None))
        for country in fresh
    ]


def _crossings(total: TotalRow | None, recent: list[DayRow], plays: dict[int, int]) -> list[Crossing]:
    found = []
    if total is not None:
        before = total.plays - sum(row.plays for row in recent)
        found += [Crossing(mark, None) for mark in passed(before, total.plays)]
    moved = [beat_id for beat_id, count in plays.items() if count]
    for beat_id, row in open_store().totals(Owner.BEAT, moved).items():
        before = row.plays - plays[beat_id]
        found += [Crossing(mark, beat_id) for mark in passed(before, row.plays)]
    return found


def _swing(rows: list[DayRow], yesterday: int) -> Swing | None:
    plays = sum(row.plays for row in rows if row.day == yesterday)
    return swing(plays, sum(row.plays for row in rows if row.day < yesterday))


def _rejected(rows: list[DayRow], yesterday: int) -> int | None:
    """Rejected listens since yesterday when they are unusually many."""
    rejected, received = _sum_rejected([row for row in rows if row.day >= yesterday])
    usual_rejected, usual_received = _sum_rejected([row for row in rows if row.day < yesterday])
    unusual = unusually_rejected(
        rejected, received, usual_rejected=usual_rejected, usual_received=usual_received
    )
    return rejected if unusual else None


def _sum_rejected(rows: list[DayRow]) -> tuple[int, int]:
    received = sum(row.received for row in rows)
    return received - sum(row.plays for row in rows), received
