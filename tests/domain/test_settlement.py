"""From invoices to whole cents: nothing appears, nothing vanishes, and refunds undo exactly what was done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain import settlement
from backline.domain.accrual import MICRO, accrue, corrected
from backline.domain.payable import Due, Outcome, State, outcome
from backline.domain.service_days import after_changes, spread, taken_back

FIRST = date(2026, 3, 1)
points = st.dictionaries(
    st.tuples(st.integers(1, 6), st.integers(1, 9)), st.integers(0, 3_000_000), min_size=1
).filter(lambda weights: any(weights.values()))


@given(st.integers(0, 10**9), st.integers(1, 400), st.integers(0, 10**6))
def test_a_spread_adds_up_and_is_even(net: int, days: int, phase: int):
    parts = spread(net, first=FIRST, end=FIRST + timedelta(days=days), phase=phase)
    assert sum(parts.values()) == net and len(parts) == days
    assert max(parts.values()) - min(parts.values()) <= 1


def test_many_invoices_of_one_period_fill_its_days_evenly():
    end = date(2026, 4, 1)
    totals = [0] * 31
    for number in range(310):
        for place, part in enumerate(spread(1200, first=FIRST, end=end, phase=number).values()):
            totals[place] += part
    assert set(totals) == {12_000}


@given(st.integers(0, 5_000), st.integers(1, 40), st.lists(st.integers(0, 900), max_size=5))
def test_refunds_never_take_more_of_a_day_than_is_left(net: int, days: int, amounts: list[int]):
    allowed: list[int] = []
    for amount in amounts:
        allowed.append(min(amount, net - sum(allowed)))
    parts = spread(net, first=FIRST, end=FIRST + timedelta(days=days))
    left, took = after_changes(parts, allowed)
    assert [sum(each.values()) for each in took] == allowed
    assert min(left.values()) >= 0 and sum(left.values()) == net - sum(allowed)


def test_no_more_is_taken_back_than_was_paid():
    with pytest.raises(ValueError, match="cannot be taken back"):
        taken_back(4, {FIRST: 3})


@given(st.integers(0, 10**7), points)
def test_a_day_accrues_its_whole_bucket(bucket: int, weights: dict[tuple[int, int], int]):
    parts = accrue(bucket, weights)
    assert sum(parts.values()) == bucket * MICRO
    assert accrue(bucket, dict(reversed(weights.items()))) == parts


@given(st.integers(0, 10**7), st.lists(st.integers(-(10**6), 10**6), max_size=5), points)
def test_corrections_end_where_the_day_would_have_been(
    bucket: int, changes: list[int], weights: dict[tuple[int, int], int]
):
    holdings, now = accrue(bucket, weights), bucket
    for change in changes:
        after = max(now + change, 0)
        for line, part in corrected(now, after, points=weights).items():
            holdings[line] += part
        now = after
        assert min(holdings.values()) >= 0
    assert holdings == accrue(now, weights)
    undone = corrected(now, bucket, points=weights)
    assert {line: part + undone[line] for line, part in holdings.items()} == accrue(bucket, weights)


@given(st.integers(0, 10**7), points, points)
def test_other_weights_move_money_but_make_none(
    bucket: int, weights: dict[tuple[int, int], int], others: dict[tuple[int, int], int]
):
    assert sum(corrected(bucket, bucket, points=weights, points_after=others).values()) == 0


@given(st.dictionaries(st.integers(1, 50), st.integers(-(10**9), 10**9), min_size=1))
def test_a_month_is_rounded_once_and_keeps_its_total(sums: dict[int, int]):
    sums[0] = -sum(sums.values()) % MICRO
    parts = settlement.rounded(sums, order=lambda artist: settlement.tie("2026-03 EUR", artist))
    assert sum(parts.values()) * MICRO == sum(sums.values())
    assert all(abs(parts[artist] * MICRO - micro) < MICRO for artist, micro in sums.items())
    turned = dict(reversed(sums.items()))
    assert settlement.rounded(turned, order=lambda artist: settlement.tie("2026-03 EUR", artist)) == parts


@given(st.lists(st.integers(-(10**8), 10**8), min_size=1, max_size=12), st.booleans())
def test_the_lines_of_a_statement_add_up_to_it(lines: list[int], up: bool):
    micro = dict(enumerate(lines))
    total = sum(lines) // MICRO + (1 if up and sum(lines) % MICRO else 0)
    assert sum(settlement.rounded_to(total, micro, order=str).values()) == total


def test_a_total_that_is_not_whole_is_refused():
    with pytest.raises(settlement.NotWhole):
        settlement.rounded({1: 1}, order=str)
    with pytest.raises(ValueError, match="round to"):
        settlement.rounded_to(3, {1: MICRO}, order=str)


@given(
    st.builds(
        Due,
        earned=st.integers(-9_999, 9_999),
        bonus=st.integers(0, 99),
        carried_in=st.integers(-9_999, 999),
        held=st.integers(0, 9_999),
        ready=st.booleans(),
        negative_since=st.sampled_from([None, date(2025, 1, 31), date(2026, 2, 28)]),
    )
)
def test_everything_that_comes_in_goes_somewhere(due: Due):
    end = outcome(due, minimum=1_000, on=date(2026, 3, 31))
    assert (
        due.earned + due.bonus + due.carried_in + end.released + end.written_off
        == end.payable + end.held + end.carried_out
    )
    assert end.payable == 0 or end.payable >= 1_000
    assert end.released in (0, due.held) and end.held >= 0 and end.payable >= 0


def test_a_debt_is_written_off_after_180_days():
    due = Due(earned=0, carried_in=-70, negative_since=date(2025, 9, 30))
    early = outcome(due, minimum=1_000, on=date(2026, 2, 28))
    late = outcome(due, minimum=1_000, on=date(2026, 3, 31))
    assert (early.carried_out, early.negative_since) == (-70, date(2025, 9, 30))
    assert late == Outcome(State.NEGATIVE, written_off=70)
