"""A staff case takes back what closed days paid when it says so, and gives it back when it is reversed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from backline.catalog.models import Beat
from backline.domain.contribution import points_of
from backline.listening.cases import carry_out_next, decide_case, open_case, reverse_case, selection_of
from backline.listening.models import Case
from backline.listening.selection import Selection, selected
from backline.money import actions
from backline.money.checks import check
from backline.money.models import Reweigh
from tests.conftest import Cast
from tests.money.test_real_days import FIRST, beat, days_pass, heard, pay, paying, points

__all__ = ["beat"]
AT = datetime(2026, 2, 27, 20, tzinfo=UTC)
NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
def case(cast: Cast, beat: Beat) -> Case:
    """An open case on two of nine plays of a day that was weighed and paid."""
    heard(beat, AT, 7)
    heard(beat, AT + timedelta(hours=1), 2)
    pay(paying(cast), first=FIRST, end=date(2026, 3, 1), at=datetime(2026, 2, 27, tzinfo=UTC))
    days_pass(datetime(2026, 3, 4, tzinfo=UTC))
    assert points(FIRST) == [points_of(0, 9)]
    late = Selection(beat.pk, AT + timedelta(minutes=30), AT + timedelta(hours=3))
    return open_case(late, reason="A farm.", submission=uuid4(), account=cast.dana, now=NOW)


def decide(case: Case, cast: Cast, *, corrects_money: bool) -> None:
    digest = selected(selection_of(case)).digest
    decide_case(case, digest=digest, account=cast.dana, now=NOW, corrects_money=corrects_money)
    while carry_out_next(now=NOW):
        pass


def reweighed() -> list[tuple[str, int]]:
    rows = Reweigh.objects.filter(of_day=FIRST).order_by("pk")
    return list(rows.values_list("case", "plays"))


def test_money_follows_a_case_that_says_so_once_and_back_again(cast: Cast, case: Case):
    assert actions.correct_cases(now=NOW) is False
    decide(case, cast, corrects_money=True)
    assert actions.correct_cases(now=NOW) is True
    assert actions.correct_cases(now=NOW) is False
    assert reweighed() == [(f"case {case.pk}", 7)]
    reverse_case(case, text="We were wrong.", account=cast.dana, now=NOW)
    assert actions.correct_cases(now=NOW) is False, "not before the plays count again"
    while carry_out_next(now=NOW):
        pass
    assert actions.correct_cases(now=NOW) is True
    assert actions.correct_cases(now=NOW) is False
    assert reweighed() == [(f"case {case.pk}", 7), (f"case {case.pk} reversed", 9)]
    assert points(FIRST) == [points_of(0, 9)], "what was weighed stays what it was"
    assert check() == []


def test_one_that_was_booked_and_not_noted_is_not_booked_again(cast: Cast, case: Case):
    decide(case, cast, corrects_money=True)
    actions.correct_cases(now=NOW)
    Case.objects.update(money_taken_at=None)
    actions.correct_cases(now=NOW)
    assert len(reweighed()) == 1


def test_without_the_word_closed_days_keep_what_they_paid(cast: Cast, case: Case):
    decide(case, cast, corrects_money=False)
    assert actions.correct_cases(now=NOW) is False
    assert reweighed() == []
