"""Figures over a period, the same reads as the Activity page's."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from ninja import Schema

from backline.domain import periods
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.web.api.problems import Problem


class ReceiptsOut(Schema):
    """What became of every listen: `received` = `counted` + the sum of `rejected` (reason → listens)."""

    received: int
    counted: int
    rejected: dict[str, int]


class FiguresOut(Schema):
    """Figures of some days. `accounts` are distinct listeners; `signed_out_visits` count a visitor once a day."""

    plays: int
    downloads: int
    download_accounts: int
    accounts: int
    signed_out_visits: int
    likes: int
    receipts: ReceiptsOut


class PeriodOut(Schema):
    """Reporting days from `first_on` to `last_on`, both included."""

    key: str
    label: str
    first_on: date
    last_on: date


class DayOut(Schema):
    """One reporting day of the period."""

    on: date
    plays: int
    downloads: int


class ActivityOut(FiguresOut):
    """The figures of `period`; `today` so far and `all_time` stand apart. Up to date until `as_of`."""

    period: PeriodOut
    new_followers: int
    licences: int
    days: list[DayOut]
    today: FiguresOut
    all_time: FiguresOut
    as_of: datetime


class HourOut(Schema):
    """One hour, by the instant at which it begins."""

    at: datetime
    plays: int
    downloads: int


class LiveOut(Schema):
    """`open_listens` run now; `plays` counted in the last 5 minutes; `hours` are the last 48, oldest first."""

    open_listens: int
    plays: int
    hours: list[HourOut]
    as_of: datetime


def artist_live(artist_id: int, *, now: datetime) -> LiveOut:
    """What happens now."""
    found = listening.live(artist_id, now=now)
    hours = [HourOut(at=hour.at, plays=hour.plays, downloads=hour.downloads) for hour in found.hours]
    return LiveOut(open_listens=found.open_listens, plays=found.plays, hours=hours, as_of=found.as_of)


def artist_activity(artist_id: int, key: str, *, now: datetime) -> ActivityOut:
    """The artist's figures.

    Raises:
        Problem: 422, no such period.
    """
    totals = listening.artist_totals(artist_id)
    period = _period(key, totals, now=now)
    figures = listening.artist_figures(artist_id, first=period.first_on, last=period.last_on, now=now)
    days = listening.artist_series(artist_id, first=period.first_on, last=period.last_on)
    return _activity(period, figures, days, listening.artist_today(artist_id, now=now), totals)


def beat_activity(beat_id: int, key: str, *, now: datetime) -> ActivityOut:
    """The beat's figures.

    Raises:
        Problem: 422, no such period.
    """
    totals = listening.beat_totals([beat_id])[beat_id]
    period, today = _period(key, totals, now=now), reporting().today(now)
    figures = listening.beat_figures(beat_id, first=period.first_on, last=period.last_on, now=now)
    days = listening.beat_series(beat_id, first=period.first_on, last=period.last_on)
    return _activity(
        period, figures, days, listening.beat_figures(beat_id, first=today, last=today, now=now), totals
    )


def _period(key: str, totals: listening.Totals, *, now: datetime) -> periods.Period:
    today = reporting().today(now)
    try:
        return periods.parse(key, today=today, first_on=totals.first_on or today)
    except periods.PeriodError as error:
        raise Problem(422, "period", str(error)) from None


def _activity(
    period: periods.Period,
    figures: listening.Figures,
    days: list[listening.DayPoint],
    today: listening.Figures,
    totals: listening.Totals,
) -> ActivityOut:
    return ActivityOut(
        **_figures(figures).dict(),
        period=PeriodOut(
            key=period.key, label=period.label, first_on=period.first_on, last_on=period.last_on
        ),
        new_followers=figures.new_followers,
        licences=figures.licences,
        days=[DayOut(on=day.on, plays=day.plays, downloads=day.downloads) for day in days],
        today=_figures(today),
        all_time=_figures(totals),
        as_of=figures.as_of,
    )


def _figures(figures: listening.Figures | listening.Totals) -> FiguresOut:
    return FiguresOut(
        plays=figures.plays,
        downloads=figures.downloads,
        download_accounts=figures.download_accounts,
        accounts=figures.accounts,
        signed_out_visits=figures.signed_out_visits,
        likes=figures.likes,
        receipts=ReceiptsOut(**asdict(figures.receipts)),
    )
