"""Pool points as they were stored at the close of days, and the buckets of days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import Sum

from backline.core import sql
from backline.money.models import Accrual, Bucket, LateMoney, MonthShares
from backline.money.packed import unpack
from backline.money.rules import month_of, next_month
from backline.money.shares import artist_lines, day_lines

_LAST_WEIGHED = "SELECT day, points FROM money_dayweights ORDER BY day DESC LIMIT 1"


@dataclass(frozen=True)
class PoolShare:
    """An artist's pool points on a closed day, and everybody's: own ÷ all is the platform share. In micro-points."""

    day: date
    own_micro_points: int
    all_micro_points: int
    beats: int


@dataclass(frozen=True)
class BucketDay:
    """A service day in one currency. `accrued_on` is the day that divided it; None while it is open.

    `corrections_minor` is what was learned of the day after it had accrued.
    """

    day: date
    paid_in_minor: int
    accrued_on: date | None
    accrued_minor: int | None
    corrections_minor: int
    lines: int | None


def last_weighed_day() -> date | None:
    """The last closed day whose weights are stored."""
    return next((day for day, _ in sql.rows(_LAST_WEIGHED)), None)


def last_weighed_month() -> date | None:
    """The last month of which every day is weighed."""
    rows = MonthShares.objects.order_by("-month").values_list("month", "through")
    return next((month for month, through in rows if through == _last(month)), None)


def platform_share(artist_id: int) -> PoolShare | None:
    """The artist's share of the last weighed day; None before the first."""
    for day, points in sql.rows(_LAST_WEIGHED):
        _, lines = artist_lines(day, artist_id)
        mine = lines.artists == artist_id
        return PoolShare(
            day, int(lines.points[mine].sum()), points, int(np.count_nonzero(lines.points[mine]))
        )
    return None


def pool_points_of_artist_beats(artist_id: int) -> dict[int, int]:
    """The artist's own part of each beat that weighed on the last weighed day, in micro-points."""
    day = last_weighed_day()
    if day is None:
        return {}
    _, lines = artist_lines(day, artist_id)
    mine = lines.artists == artist_id
    return dict(zip(lines.beats[mine].tolist(), lines.points[mine].tolist(), strict=True))


def pool_points_of_beats(beat_ids: Sequence[int]) -> dict[int, int]:
    """Whole micro-points of these beats on the last weighed day, all credits together; others weigh nothing."""
    day = last_weighed_day()
    if day is None or not beat_ids:
        return {}
    lines = day_lines(day)
    wanted = np.isin(lines.beats, np.array(beat_ids, np.int64))
    found: Counter[int] = Counter()
    for beat, points in zip(lines.beats[wanted].tolist(), lines.points[wanted].tolist(), strict=True):
        found[beat] += points
    return dict(found)


def artist_shares_of_month(month: date) -> dict[int, tuple[int, int]]:
    """By artist: micro-points over the month's days, and the most beats that weighed on one; {} unless it is whole."""
    row = MonthShares.objects.filter(month=month, through=_last(month)).first()
    return {} if row is None else _shares(row)


def artist_shares_all_time(*, until: date | None = None) -> dict[int, tuple[int, int]]:
    """By artist: micro-points over all whole months, and the most beats that weighed on a day of them.

    `until` names the last month that counts; all of them when left out.
    """
    points: Counter[int] = Counter()
    beats: dict[int, int] = {}
    for row in MonthShares.objects.filter(month__lte=until or date.max).order_by("month"):
        if row.through == _last(row.month):
            for artist, (own, most) in _shares(row).items():
                points[artist] += own
                beats[artist] = max(beats.get(artist, 0), most)
    return {artist: (points[artist], beats[artist]) for artist in points}


def bucket_days(first: date, last: date, *, currency: str) -> list[BucketDay]:
    """The buckets of one currency between two days, newest first; days without money are absent."""
    late = dict(
        LateMoney.objects.filter(of_day__gte=first, of_day__lte=last, currency=currency)
        .values_list("of_day")
        .annotate(Sum("amount_minor"))
    )
    buckets = {
        row.day: row for row in Bucket.objects.filter(day__gte=first, day__lte=last, currency=currency)
    }
    accruals = {
        row.day: row
        for row in Accrual.objects.filter(
            day__gte=first, day__lte=next_month(month_of(last)), currency=currency
        )
        .exclude(kind=Accrual.Kind.CORRECTION)
        .defer("packed")
    }
    return [
        _bucket_day(day, buckets.get(day), accruals, late.get(day, 0))
        for day in sorted({*buckets, *late}, reverse=True)
    ]


def _bucket_day(day: date, bucket: Bucket | None, accruals: dict[date, Accrual], late: int) -> BucketDay:
    accrued_on = bucket.accrued_on if bucket else None
    accrual = accruals.get(accrued_on) if accrued_on else None
    return BucketDay(
        day=day,
        paid_in_minor=bucket.paid_in_minor if bucket else 0,
        accrued_on=accrued_on,
        accrued_minor=accrual.bucket_minor if accrual and accrued_on == day else None,
        corrections_minor=late,
        lines=accrual.lines if accrual else None,
    )


def _last(month: date) -> date:
    return next_month(month) - timedelta(days=1)


def _shares(row: MonthShares) -> dict[int, tuple[int, int]]:
    artists, points, beats = (column.tolist() for column in unpack(row.packed))
    return {artist: (own, most) for artist, own, most in zip(artists, points, beats, strict=True) if own}
