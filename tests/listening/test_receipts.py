"""Receipts by day, and by month where days were merged: they add up to the figures of the same time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backline.domain.months import next_month
from backline.listening import queries
from backline.listening.calendar import to_date
from backline.listening.closing import close_all
from backline.listening.fold import fold_all
from backline.listening.queries.receipts import beat_receipts, beats_received, sum_receipts
from backline.listening.store import open_store
from tests.listening.past import Past, at_noon, send_all

pytestmark = pytest.mark.django_db
FIRST = 19_997  # 1 October 2024
BEATS = [1, 2, 3, 4]


def test_merged_days_are_whole_months_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch):
    past, end = Past(9), FIRST + 37
    send_all([draft for day in range(FIRST + 26, FIRST + 34) for draft in past.listens(day, 8)])
    fold_all(now=at_noon(FIRST + 34))
    first, last = to_date(FIRST), to_date(end)
    before = {beat: sum_receipts(beat_receipts(beat, first=first, last=last)) for beat in BEATS}
    monkeypatch.setattr("backline.listening.months.BEAT_DAYS_MONTHS", 0)
    close_all(now=at_noon(end))
    horizon = open_store().horizons().beat_days
    assert horizon > FIRST
    for beat in BEATS:
        found = beat_receipts(beat, first=first, last=last)
        assert [each.on for each in found if each.month][:1] == [first]
        assert [each.on for each in found if not each.month] == [
            to_date(day) for day in range(horizon, end + 1)
        ]
        total = sum_receipts(found)
        figures = queries.beat_figures(beat, first=first, last=last, now=at_noon(end))
        assert total == before[beat] == figures.receipts
        assert beats_received([beat], first=first, last=last) == {beat: (total.received, total.counted)}
    [half] = beat_receipts(1, first=first + timedelta(days=9), last=first + timedelta(days=9))
    assert (half.on, half.month) == (first, True)
    assert next_month(FIRST) <= horizon
