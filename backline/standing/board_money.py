"""Platform shares of all artists, as the Earnings board counts them: of the last closed month and of all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from backline.domain.boards import Span
from backline.listening.calendar import reporting
from backline.money import queries as money

WHOLE = 10**9
CLOSES_AFTER = timedelta(days=3)
Shares = Mapping[int, tuple[int, int]]


def earnings(
    at: datetime, *, live: bool
) -> tuple[dict[Span, list[tuple[int, int, int, int]]], dict[Span, str]]:
    """By period: artist, micro-points, contributing beats, share of all in billionths; and which month it is."""
    month = last_closed_month(at)
    if month is None:
        return {Span.MONTH: [], Span.ALL: []}, {}
    found = {Span.MONTH: _rows(money.artist_shares_of_month(month))}
    found[Span.ALL] = _rows(money.artist_shares_all_time() if live else _through(month))
    return found, {Span.MONTH: f"{month:%Y-%m}"}


def last_closed_month(at: datetime) -> date | None:
    """The last month that was closed at a moment: its last day is final three days after it ended."""
    weighed = money.last_weighed_month()
    if weighed is None:
        return None
    month = _before(reporting().today(at - CLOSES_AFTER).replace(day=1))
    return min(month, weighed)


def _through(last: date) -> Shares:
    """The shares of all closed months until one, added up; beats as in the month with the most."""
    found: dict[int, tuple[int, int]] = {}
    month = last
    while shares := money.artist_shares_of_month(month):
        for artist, (points, beats) in shares.items():
            sum_, most = found.get(artist, (0, 0))
            found[artist] = sum_ + points, max(most, beats)
        month = _before(month)
    return found


def _rows(shares: Shares) -> list[tuple[int, int, int, int]]:
    total = sum(points for points, _ in shares.values()) or 1
    return [(artist, points, beats, points * WHOLE // total) for artist, (points, beats) in shares.items()]


def _before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)
