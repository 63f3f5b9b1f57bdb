"""Every amount opens: into days and beats that add up, and a change of anything stored is found."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from backline.domain.accrual import MICRO
from backline.domain.contribution import points_of
from backline.money import actions, commands, queries
from backline.money.checks import check
from backline.money.models import Accrual, Bucket, DayWeights, PayoutProfile, Statement
from backline.money.packed import digest, pack, unpack
from backline.shop.models import Invoice
from tests.conftest import Cast
from tests.money.world import FIRST, World, noon, plays

FEBRUARY = date(2026, 2, 1)


@pytest.fixture
def mine(world: World, cast: Cast) -> Statement:
    """Marlo's statement of a January with a refund in it and a shared beat."""
    beats = {world.beat(cast.marlo): 9, world.beat(cast.sable, cast.marlo): 5}
    plays(world, beats, first=FIRST, last=FIRST + timedelta(days=2))
    refunded = world.invoice(world.subscriber(), 1200, first=FIRST, end=FEBRUARY)
    world.invoice(world.subscriber(), 4801, first=FIRST, end=FEBRUARY)
    world.refund(refunded, 700, on=date(2026, 1, 12))
    world.listening.closed = date(2026, 1, 31)
    actions.set_payout_state(cast.marlo, state=PayoutProfile.State.READY, now=noon(FIRST))
    world.through(date(2026, 1, 31))
    row = actions.run_settlement(FIRST, now=noon(world.today))
    return Statement.objects.get(settlement=row, artist=cast.marlo)


def test_a_statement_opens_into_days_and_beats(mine: Statement, cast: Cast):
    found = queries.explanation(mine.pk)
    assert found.problems == []
    assert len(found.days) == 31
    day = found.days[4]
    solo = next(beat for beat in day.beats if beat.points == points_of(4, beat.plays))
    assert (solo.plays, len(day.beats)) == (27, 2)
    assert abs(solo.micro_units - day.bucket_minor * MICRO * solo.points // day.all_points) <= 1
    (correction,) = found.corrections
    assert correction.of_month == FIRST and sum(part.amount_minor for part in correction.late) < 0
    total = sum(day.micro_units for day in found.days) + correction.micro_units
    assert total == found.micro_units == mine.micro_units
    assert sum(line.minor for line in found.lines) == mine.earned_minor


def test_the_command_prints_and_says_whether_it_recomputes(mine: Statement, capsys):
    assert commands.run_explain(mine.pk) == 0
    text = capsys.readouterr().out
    assert "Marlo Vane, 2026-01 EUR" in text and "Correction of January 2026" in text
    Statement.objects.filter(pk=mine.pk).update(earned_minor=mine.earned_minor + 1)
    assert commands.run_explain(mine.pk) == 1
    assert "DOES NOT HOLD" in capsys.readouterr().err
    assert commands.run_explain(0) == 2


def test_check_holds_and_says_so(mine: Statement, capsys):
    assert commands.run_check(as_json=False) == 0
    assert "holds   Sent once" in capsys.readouterr().out
    assert commands.run_check(as_json=True) == 0
    assert json.loads(capsys.readouterr().out) == {"holds": True, "findings": []}


def _more_points(_: Statement) -> str:
    row = DayWeights.objects.get(day=date(2026, 1, 5))
    columns = unpack(row.packed)
    columns[2][0] += 1
    DayWeights.objects.filter(pk=row.pk).update(packed=pack(columns[0], columns))
    return "Stored weights are as they were stored"


def _more_micro(_: Statement) -> str:
    row = Accrual.objects.get(day=date(2026, 1, 5), kind="day")
    (micro,) = unpack(row.packed)
    micro[0] += 1
    artists = unpack(DayWeights.objects.get(day=row.day).packed)[0]
    Accrual.objects.filter(pk=row.pk).update(packed=pack(artists, [micro]), digest=digest([micro]))
    return "Σ accruals = buckets"


def _more_paid(_: Statement) -> str:
    Invoice.objects.filter(plan_net_minor=4801).update(plan_net_minor=4803)
    return "Buckets = paid invoices"


def _other_bucket(_: Statement) -> str:
    Bucket.objects.filter(day=date(2026, 1, 5)).update(paid_in_minor=1)
    return "Σ buckets = Σ paid"


def _more_earned(row: Statement) -> str:
    changed = {"earned_minor": row.earned_minor + 1, "payable_minor": row.payable_minor + 1}
    Statement.objects.filter(pk=row.pk).update(**changed)
    return "Σ statements = Σ accruals"


def _more_payable(row: Statement) -> str:
    Statement.objects.filter(pk=row.pk).update(
        payable_minor=row.payable_minor - 1, carried_out_minor=row.carried_out_minor + 1
    )
    return "The ledger = the statements"


@pytest.mark.parametrize(
    "tamper", [_more_points, _more_micro, _more_paid, _other_bucket, _more_earned, _more_payable]
)
def test_what_is_changed_behind_our_back_is_found(mine: Statement, tamper):
    broken = tamper(mine)
    assert broken in {finding.invariant for finding in check()}


def test_explain_finds_changed_weights_and_invoices(mine: Statement):
    Invoice.objects.filter(plan_net_minor=4801).update(plan_net_minor=4901)
    assert any("the invoices paid" in problem for problem in queries.explanation(mine.pk).problems)


def test_a_statement_is_named_by_its_reference(mine: Statement, capsys):
    from backline.cli import main

    assert main(["explain", f"ST-2026-01-EUR-{mine.pk:04}"]) == 0
    with pytest.raises(SystemExit):
        main(["explain", "TS-0001"])
    assert "TS-0001 is neither the reference nor the number of a statement" in capsys.readouterr().err
