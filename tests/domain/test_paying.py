"""Statuses, going back, invoice parts, IBANs, reserve: for any input."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain.earning_status import CARDS, TABS, Place, Status, status_of
from backline.domain.going_back import parts_going_back
from backline.domain.iban import NoAccount, clean_iban
from backline.domain.invoice_parts import PlanLine, invoice_parts
from backline.domain.payout_states import Facts, State, state_of
from backline.domain.plan_price import price_parts
from backline.domain.transfer_rules import leaves_reserve, pause

FIRST, END = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
amounts = st.integers(0, 10**7)
flags = st.booleans()
capability = st.sampled_from(["", "active", "pending", "restricted", "rejected", "unsupported"])
GOOD = [
    "NL91ABNA0417164300",
    "DE89370400440532013000",
    "GB29NWBK60161331926819",
    "BR1500000000000010932840814P2",
]


@given(st.sampled_from(Place), flags, flags, flags, flags, flags)
def test_every_row_has_a_status_in_exactly_one_tab(place, debt, ready, failed, begun, excluded):
    status = status_of(place, debt=debt, ready=ready, failed=failed, begun=begun, excluded=excluded)
    assert sum(status in tab for tab in TABS.values()) == 1


def test_the_tabs_hold_all_eight_and_every_place_but_gone_is_on_a_card():
    assert sorted(status for tab in TABS.values() for status in tab) == sorted(Status)
    assert {place for card in CARDS.values() for place in card} == set(Place) - {Place.GONE}


@given(
    st.tuples(amounts, amounts, amounts).filter(lambda paid: sum(paid) > 0),
    st.lists(st.integers(1, 100), max_size=6),
)
def test_refunds_take_back_all_and_no_more(paid, shares):
    left = paid
    for share in shares:
        amount = max(1, sum(left) * share // 100)
        if not 0 < amount <= sum(left):
            break
        gone = parts_going_back(amount, paid=paid, left=left)
        assert sum(gone) == amount
        assert all(0 <= part <= rest for part, rest in zip(gone, left, strict=True))
        left = tuple(rest - part for part, rest in zip(gone, left, strict=True))
    if sum(left):
        assert parts_going_back(sum(left), paid=paid, left=left) == left


@given(amounts, amounts, amounts, amounts)
def test_the_parts_of_an_invoice_are_what_was_paid(plan, fee, tax, paid):
    lines = [PlanLine(plan, False, False, FIRST, END), PlanLine(fee, True, False, FIRST, END)]
    found = invoice_parts(lines, tax=tax, paid=paid)
    assert found is not None
    assert found.plan + found.fee + found.tax == min(paid, plan + fee + tax)


def test_an_invoice_without_a_plan_has_no_parts():
    assert invoice_parts([PlanLine(5, True, False, FIRST, END)], tax=0, paid=5) is None


@given(amounts, st.integers(0, 100))
def test_a_price_is_its_parts(amount, percent):
    parts = price_parts(amount, fee_percent=percent)
    assert parts.plan + parts.fee == amount
    assert min(parts.plan, parts.fee) >= 0


@pytest.mark.parametrize("iban", GOOD)
def test_an_iban_with_one_wrong_character_or_two_swapped_is_refused(iban):
    assert clean_iban(iban.lower()) == iban
    for place in range(4, len(iban)):
        wrong = iban[:place] + ("1" if iban[place] != "1" else "2") + iban[place + 1 :]
        with pytest.raises(NoAccount):
            clean_iban(wrong)
    for place in range(4, len(iban) - 1):
        if iban[place] != iban[place + 1]:
            with pytest.raises(NoAccount):
                clean_iban(iban[:place] + iban[place + 1] + iban[place] + iban[place + 2 :])


@given(amounts, amounts, amounts)
def test_the_reserve_is_five_percent_of_what_is_left_to_others(amount, funds, owed):
    assert leaves_reserve(amount, funds=funds, owed=owed) == (20 * (funds - amount) >= max(0, owed - amount))


def test_pauses_grow():
    assert [pause(n) for n in range(1, 7)] == sorted(pause(n) for n in range(1, 7))


@given(
    st.builds(Facts, flags, capability, capability, st.integers(0, 3), st.integers(0, 3), flags, flags),
    flags,
    flags,
)
def test_only_what_receives_and_pays_out_is_active(facts, submitted, was_active):
    state = state_of(facts, submitted=submitted, was_active=was_active)
    able = facts.transfers == facts.payouts == "active" and not facts.closed and not facts.rejected
    assert (state is State.ACTIVE) == able
