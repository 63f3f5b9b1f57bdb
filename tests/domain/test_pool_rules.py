"""The three rules divide the same month, each to the last micro-unit."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backline.domain.pool_rules import RULES, PoolDay, PoolMonth, Subscriber, rule_of

FIRST = date(2026, 3, 1)


def month(draw: st.DrawFn) -> PoolMonth:
    lines = draw(
        st.lists(st.tuples(st.integers(1, 5), st.integers(1, 6)), min_size=1, max_size=8, unique=True)
    )
    days = {}
    for number in range(draw(st.integers(1, 4))):
        points = {line: draw(st.integers(0, 3_000_000)) for line in lines}
        if not any(points.values()):
            points[lines[0]] = 1
        plays = {beat: draw(st.integers(0, 9)) for _, beat in lines}
        days[FIRST + timedelta(days=number)] = PoolDay(draw(st.integers(0, 10**9)), points, plays)
    subscribers = {
        key: Subscriber(draw(st.integers(0, 10**8)), {beat: draw(st.integers(0, 3)) for beat in range(1, 8)})
        for key in range(draw(st.integers(0, 4)))
    }
    return PoolMonth(days, subscribers)


months = st.composite(month)()


@given(months)
def test_every_rule_gives_out_exactly_the_bucket(given_month: PoolMonth):
    for rule in RULES.values():
        parts = rule.split_month(given_month)
        assert sum(parts.values()) == given_month.bucket
        assert min(parts.values(), default=0) >= 0


@given(months)
def test_the_order_of_the_input_does_not_matter(given_month: PoolMonth):
    turned = PoolMonth(
        {
            day: PoolDay(
                row.bucket, dict(list(row.points.items())[::-1]), dict(list(row.plays.items())[::-1])
            )
            for day, row in list(given_month.days.items())[::-1]
        },
        dict(list(given_month.subscribers.items())[::-1]),
    )
    for rule in RULES.values():
        assert rule.split_month(turned) == rule.split_month(given_month)


@given(months)
def test_what_never_weighed_earns_nothing(given_month: PoolMonth):
    weighed = {line for line, points in given_month.points().items() if points}
    for rule in RULES.values():
        assert {line for line, part in rule.split_month(given_month).items() if part} <= weighed


def test_pro_rata_gains_nothing_from_splitting_a_beat_in_two():
    whole = PoolMonth({FIRST: PoolDay(9_000, {(1, 10): 5, (2, 20): 5}, {10: 6, 20: 3})})
    halves = PoolMonth({FIRST: PoolDay(9_000, {(1, 10): 5, (1, 11): 5, (2, 20): 5}, {10: 4, 11: 2, 20: 3})})
    as_one, as_two = (RULES["pro_rata"].split_month(each) for each in (whole, halves))
    assert as_one[1, 10] == as_two[1, 10] + as_two[1, 11] == 6_000


def test_user_centric_pays_what_was_heard_by_who_paid():
    day = PoolDay(3_000, {(1, 10): 1, (2, 20): 1}, {10: 100, 20: 1})
    subscribers = {
        "a": Subscriber(1_000, {20: 1}),
        "b": Subscriber(1_000, {10: 3, 20: 1}),
        "c": Subscriber(1_000),
    }
    parts = RULES["user_centric"].split_month(PoolMonth({FIRST: day}, subscribers))
    assert parts == {(1, 10): 750 + 500, (2, 20): 1_000 + 250 + 500}


def test_a_rule_is_in_force_from_its_month_on():
    starts = {date(2026, 2, 1): "pro_rata", date(2026, 4, 1): "user_centric"}
    assert [rule_of(date(2026, number, 1), starts).key for number in (1, 2, 3, 4)] == [
        "contribution", "pro_rata", "pro_rata", "user_centric",
    ]  # fmt: skip
