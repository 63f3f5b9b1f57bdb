"""Platform shares of all artists, as the Earnings board counts them: of the last closed month and of all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from backline.domain.boards import Span
from backline.listening.calendar import reporting
from backline.listening.closing import CLOSES_AFTER
from backline.money import queries as money

WHOLE = 10**9
Shares = Mapping[int, tuple[int, int]]


def earnings(
    at: datetime, *, live: bool
) -> tuple[dict[Span, list[tuple[int, int, int, int]]], dict[Span, str]]:
    """By period: artist, micro-points, contributing beats, share of all in billionths; and which month it is."""
    month = last_closed_month(at)
    if month is None:
        return {Span.MONTH: [], Span.ALL: []}, {}
    found = {Span.MONTH: _rows(money.artist_shares_of_month(month))}
    found[Span.ALL] = _rows(money.artist_shares_all_time(until=None if live else month))
    return found, {Span.MONTH: f"{month:%Y-%m}"}


def last_closed_month(at: datetime) -> date | None:
    """The last month that was closed at a moment: its last day is final three days after it ended."""
    weighed = money.last_weighed_month()
    if weighed is None:
        return None
    month = reporting().today(at - CLOSES_AFTER).replace(day=1)
    return min((month - timedelta(days=1)).replace(day=1), weighed)


def _rows(shares: Shares) -> list[tuple[int, int, int, int]]:
    total = sum(points for points, _ in shares.values()) or 1
    return [(artist, points, beats, points * WHOLE // total) for artist, (points, beats) in shares.items()]
