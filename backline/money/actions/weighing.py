"""The weights of a closed day: computed once, in the order of days, and kept."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import numpy as np
from django.db import transaction

from backline.core import locks
from backline.money import counts as counting
from backline.money import engine, listens, steps
from backline.money.actions.booking import LOCK
from backline.money.catalogue import catalogue
from backline.money.counts import Counts
from backline.money.models import DayWeights, MonthShares, PlayCounts
from backline.money.packed import digest, pack, unpack
from backline.money.rules import contribution_rule, month_of
from backline.money.weights import Weights, weights

ONE_DAY = timedelta(days=1)


class NotClosed(Exception):
    """The day has not closed, or is not the next one to be weighed."""


def next_day_to_weigh() -> date | None:
    """The next closed day without weights."""
    closed = listens.last_closed_day()
    if closed is None:
        return None
    last = DayWeights.objects.order_by("-day").values_list("day", flat=True).first()
    following = last + ONE_DAY if last else listens.first_closed_day(closed)
    return following if following is not None and following <= closed else None


def weigh_day(day: date, *, now: datetime) -> DayWeights:
    """Stores what every line weighs at the close of `day`, and brings the counts of plays forward. Repeatable.

    Raises:
        NotClosed: it is not this day's turn.
    """
    with transaction.atomic():
        locks.hold(LOCK)
        if found := DayWeights.objects.filter(day=day).first():
            return found
        if day != next_day_to_weigh():
            raise NotClosed(f"{day} has not closed, or another day comes before it")
        counts = _bring_forward(day)
        lines = weights(catalogue(day), counts, day=day, rule=contribution_rule())
        row = _store(day, lines, now)
        _add_shares(day, lines)
        steps.reached("weigh")
    steps.reached("weighed")
    return row


def _store(day: date, lines: Weights, now: datetime) -> DayWeights:
    return DayWeights.objects.create(
        day=day,
        lines=len(lines.points),
        beats=len(np.unique(lines.beats)),
        points=int(lines.points.sum()),
        digest=digest(lines.columns),
        packed=pack(lines.artists, lines.columns),
        weighed_at=now,
    )


def _add_shares(day: date, lines: Weights) -> None:
    """Adds the day to the sums of its month by artist."""
    row = MonthShares.objects.filter(month=month_of(day)).first() or MonthShares(month=month_of(day))
    before = unpack(row.packed) if row.pk else [np.zeros(0, np.int64)] * 3
    artists, points = engine.summed(
        np.concatenate([before[0], lines.artists]), np.concatenate([before[1], lines.points])
    )
    today, beats = engine.summed(
        lines.artists[lines.points > 0], np.ones(np.count_nonzero(lines.points), np.int64)
    )
    most = np.maximum(
        engine.aligned(before[0], before[2], to=artists), engine.aligned(today, beats, to=artists)
    )
    row.through, row.packed = day, pack(artists, [artists, points, most])
    row.save()


def _bring_forward(day: date) -> Counts:
    """The counts to the end of `day`, stored in place of those before it."""
    rule = contribution_rule()
    row = PlayCounts.objects.first() or PlayCounts(through=day)
    counts = counting.unpacked(bytes(row.packed)) if row.pk else counting.nothing(rule.min_accounts)
    if counts.enough != rule.min_accounts:
        present = listens.listeners_now(counts.beats.tolist())
        counts = counting.asking_for(counts, rule.min_accounts, present)
    counts = counting.with_day(counts, listens.day_plays(day))
    changes, row.changes_through = listens.later_changes(row.changes_through, until=day)
    if changes:
        moved = Counter[int]()
        for change in changes:
            moved[change.beat_id] += change.plays
        counts = counting.with_changes(counts, moved, listens.listeners_now(list(moved)))
    row.through, row.packed = day, counting.packed(counts)
    row.save()
    return counts
