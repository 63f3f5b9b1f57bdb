"""What a pool rule rewards, by one example: the same plays on one hit, on ten beats, and on a hundred uploads.

Three new producers share a month's pool alone. Each is played equally often, by audiences of different sizes. A fourth
uploads a hundred beats that nobody plays. The amounts come from the same rules and the same rounding as a settlement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from backline.domain.accrual import MICRO, Line
from backline.domain.contribution import ContributionRule, NewBeat, beat_points, within_cap
from backline.domain.pool_rules import RULES, PoolDay, PoolMonth, Subscriber
from backline.domain.settlement import rounded
from backline.domain.split import split

FIRST_DAY, DAYS = date(2026, 6, 1), 30
PRICE_MINOR = 1_000
PLAYS = 12_000  # of each producer who is played, in the whole month


@dataclass(frozen=True)
class Producer:
    """One of the example: how many beats, and how many subscribers play them, all of them equally often."""

    name: str
    beats: int
    listeners: int

    @property
    def plays(self) -> int:
        """In the whole month."""
        return PLAYS if self.listeners else 0


PRODUCERS = (
    Producer("One hit", 1, 200),
    Producer("Ten beats", 10, 75),
    Producer("A hundred uploads", 100, 25),
    Producer("A hundred uploads nobody plays", 100, 0),
)
SUBSCRIBERS = sum(producer.listeners for producer in PRODUCERS)
POOL_MINOR = SUBSCRIBERS * PRICE_MINOR


@dataclass(frozen=True)
class Reward:
    """What a producer of the example earns of `POOL_MINOR`, by the rule's key, and how many beats weighed last."""

    producer: Producer
    weighing: int
    minor: dict[str, int]


@lru_cache(maxsize=16)
def rewards(rule: ContributionRule) -> tuple[Reward, ...]:
    """The example under each rule, with contribution as it is set.

    >>> [row.minor["pro_rata"] for row in rewards(ContributionRule(new_beats=100))]
    [100000, 100000, 100000, 0]
    """
    month = example(rule)
    last = month.days[max(month.days)].points
    minor = {key: _by_producer(each.split_month(month)) for key, each in RULES.items()}
    return tuple(
        Reward(
            producer,
            sum(1 for line, points in last.items() if line[0] == number and points),
            {key: amounts.get(number, 0) for key, amounts in minor.items()},
        )
        for number, producer in enumerate(PRODUCERS)
    )


def example(rule: ContributionRule) -> PoolMonth:
    """The example as a month of the pool: every day the same bucket and the same plays."""
    buckets = split(POOL_MINOR * MICRO, dict.fromkeys(range(DAYS), 1))
    lines = [
        (number, number * 1_000 + beat) for number, each in enumerate(PRODUCERS) for beat in range(each.beats)
    ]
    days = {FIRST_DAY + timedelta(days=day): _day(day, buckets[day], lines, rule) for day in range(DAYS)}
    subscribers: dict[object, Subscriber] = {}
    for number, producer in enumerate(PRODUCERS):
        plays = {beat: 1 for artist, beat in lines if artist == number}
        for listener in range(producer.listeners):
            subscribers[number, listener] = Subscriber(PRICE_MINOR * MICRO, plays)
    return PoolMonth(days, subscribers)


def _day(day: int, bucket: int, lines: list[Line], rule: ContributionRule) -> PoolDay:
    on = FIRST_DAY + timedelta(days=day)
    daily = {
        (number, beat): PRODUCERS[number].plays // DAYS // PRODUCERS[number].beats for number, beat in lines
    }
    points = {
        line: beat_points(
            FIRST_DAY,
            day=on,
            plays=plays * (day + 1),
            accounts=PRODUCERS[line[0]].listeners,
            rule=rule,
        )
        for line, plays in daily.items()
    }
    weighing = within_cap(
        (NewBeat(beat, artist, FIRST_DAY, points[artist, beat]) for artist, beat in lines),
        limit=rule.new_beats,
    )
    kept = {line: micro if line[1] in weighing else 0 for line, micro in points.items()}
    return PoolDay(bucket, kept, {beat: daily[artist, beat] for artist, beat in lines})


def _by_producer(amounts: dict[Line, int]) -> dict[int, int]:
    sums = dict.fromkeys(range(len(PRODUCERS)), 0)
    for (artist, _), micro in amounts.items():
        sums[artist] += micro
    return rounded(sums, order=lambda artist: artist)
