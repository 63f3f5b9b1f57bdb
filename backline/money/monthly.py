"""A whole month under each rule: what the monthly rules accrue by, and what the simulator compares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

import numpy as np

from backline.domain.accrual import MICRO
from backline.domain.split import split
from backline.listening.calendar import reporting
from backline.money import engine, listens
from backline.money.models import Bucket, DayWeights
from backline.money.packed import NONE, Ints
from backline.money.paid import paid_by_account
from backline.money.rules import month_of, next_month, pool_rule
from backline.money.shares import day_lines

Lines = tuple[Ints, Ints]
"""Keys (artist and beat), and a number for each."""


def divided_by_plays_of(accounts: Mapping[int, datetime]) -> set[int]:
    """Which of these accounts, deleted at these moments, paid for a month that their own plays are still to divide."""
    if not accounts:
        return set()
    last = reporting().today(max(accounts.values()))
    waiting = Bucket.objects.filter(accrued_on=None, day__lte=last).values_list("day", "currency")
    found: set[int] = set()
    for month, currency in {(month_of(day), currency) for day, currency in waiting}:
        if pool_rule(month).key == "user_centric":
            last_of_month = next_month(month) - timedelta(days=1)
            found |= paid_by_account(month, last_of_month, currency).keys() & accounts.keys()
    return found


class Month:
    """The weights and plays of a month's days up to `last`."""

    def __init__(self, month: date, last: date) -> None:
        self.first, self.last = month, last
        days = DayWeights.objects.filter(day__gte=month, day__lte=last, points__gt=0)
        self._weighing = list(days.order_by("day").values_list("day", flat=True))
        self.keys, self.points, self.beats, self.plays = self._read()

    def _read(self) -> tuple[Ints, Ints, Ints, Ints]:
        keys = points = beats = plays = NONE
        for day in self._weighing:
            lines = day_lines(day)
            keys, points = engine.summed(
                np.concatenate([keys, engine.key(lines.artists, lines.beats)]),
                np.concatenate([points, lines.points]),
            )
            rows = listens.day_plays(day)
            heard = np.array([row.beat_id for row in rows], np.int64)
            count = np.array([row.plays for row in rows], np.int64)
            weighs = np.isin(heard, lines.beats) & (count > 0)
            beats, plays = engine.summed(
                np.concatenate([beats, heard[weighs]]), np.concatenate([plays, count[weighs]])
            )
        return keys, points, beats, plays

    def divided(self, rule: str, buckets: Mapping[date, int], currency: str) -> Lines:
        """Buckets (minor units by day) divided by the rule with this key: `domain.pool_rules`, over columns."""
        micro = {day: MICRO * bucket for day, bucket in buckets.items()}
        if rule == "contribution":
            return self.contribution(micro)
        return self.pro_rata(micro) if rule == "pro_rata" else self.user_centric(micro, currency)

    def contribution(self, buckets: Mapping[date, int]) -> Lines:
        """Each day's bucket (micro-units) by that day's weights; days without weights leave theirs to the next.

        What is left after the last day that weighs is that day's too, and what is older than the first is the first's.
        """
        keys = micro = NONE
        weighing = self._weighing
        due: Counter[date] = Counter()
        for day, bucket in buckets.items() if weighing else ():
            due[next((each for each in weighing if each >= day), weighing[-1])] += bucket
        for day, bucket in sorted(due.items()):
            lines = day_lines(day)
            keys, micro = engine.summed(
                np.concatenate([keys, engine.key(lines.artists, lines.beats)]),
                np.concatenate([micro, engine.split(bucket, lines.points)]),
            )
        return keys, micro

    def pro_rata(self, buckets: Mapping[date, int]) -> Lines:
        """The whole by the month's plays, each beat's part by its credits' points; without plays as contribution."""
        if not len(self.beats):
            return self.contribution(buckets)
        return self._to_lines(self.beats, engine.split(sum(buckets.values()), self.plays))

    def user_centric(self, buckets: Mapping[date, int], currency: str) -> Lines:
        """Each subscriber's part by what they played; the rest by what contribution gives."""
        bucket = sum(buckets.values())
        paid = paid_by_account(self.first, self.last, currency)
        there = split(min(bucket, sum(paid.values())), paid) if paid else {}
        heard: Counter[int] = Counter()
        for account, plays in self._plays_by_account(set(there)).items():
            for beat, part in split(there[account], plays).items():
                heard[beat] += part
        beats = np.array(sorted(heard), np.int64)
        keys, micro = self._to_lines(beats, np.array([heard[beat] for beat in beats.tolist()], np.int64))
        rest = bucket - sum(heard.values())
        if not rest:
            return keys, micro
        others, amounts = self.contribution(buckets)
        return engine.summed(
            np.concatenate([keys, others]), np.concatenate([micro, engine.split(rest, amounts)])
        )

    def _plays_by_account(self, accounts: set[int]) -> dict[int, dict[int, int]]:
        """Plays of beats that weighed in the month, by account of ours."""
        weighing = set(engine.beat_of(self.keys[self.points > 0]).tolist())
        by_number: dict[int, Counter[int]] = {}
        for row in listens.account_plays(self.first, self.last):
            if row.beat_id in weighing:
                by_number.setdefault(row.account, Counter())[row.beat_id] += row.plays
        ids = listens.account_ids(list(by_number))
        return {
            ids[number]: dict(plays) for number, plays in by_number.items() if ids.get(number) in accounts
        }

    def _to_lines(self, beats: Ints, amounts: Ints) -> Lines:
        """Each beat's amount, among its credits by their points of the month."""
        of = engine.beat_of(self.keys)
        rows = np.flatnonzero(np.isin(of, beats))
        order = rows[np.argsort(of[rows], kind="stable")]
        micro = np.zeros(len(order), np.int64)
        starts = np.searchsorted(of[order], beats)
        ends = np.searchsorted(of[order], beats, side="right")
        for start, end, amount in zip(starts.tolist(), ends.tolist(), amounts.tolist(), strict=True):
            micro[start:end] = (
                amount if end - start == 1 else engine.split(amount, self.points[order[start:end]])
            )
        back = np.argsort(order, kind="stable")
        return self.keys[order][back], micro[back]
