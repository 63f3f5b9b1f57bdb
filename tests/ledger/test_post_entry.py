from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backline.domain.currencies import UnknownCurrency
from backline.ledger import accounts, queries
from backline.ledger.actions import Move, OtherContent, TooMuchReversed, post_entry
from backline.ledger.models import Entry, Posting

pytestmark = pytest.mark.django_db
PAID = Move(accounts.STRIPE, accounts.POOL, 1_200, "EUR")
FEE = Move(accounts.STRIPE, accounts.FEES, 60, "EUR")


def test_an_entry_moves_money(now):
    entry = post_entry("invoice:1", moves=[PAID, FEE], memo="Plus, March", now=now)
    assert (entry.key, entry.at, entry.postings.count()) == ("invoice:1", now, 2)
    assert queries.balance(accounts.POOL, currency="EUR") == 1_200
    assert queries.balance(accounts.STRIPE, currency="EUR") == -1_260


def test_repeating_is_harmless(now):
    first = post_entry("invoice:1", moves=[PAID, FEE], memo="Plus, March", now=now)
    again = post_entry("invoice:1", moves=[FEE, PAID], memo="Plus, March", now=now + timedelta(days=1))
    assert again == first
    assert again.at == now
    assert Posting.objects.count() == 2


@pytest.mark.parametrize(
    ("moves", "memo", "reverses"),
    [
        ([PAID], "Plus, March", None),
        ([PAID, FEE], "Plus, April", None),
        ([PAID, Move(accounts.STRIPE, accounts.FEES, 61, "EUR")], "Plus, March", None),
        ([PAID, FEE, FEE], "Plus, March", None),
        ([PAID, FEE], "Plus, March", "invoice:0"),
    ],
)
def test_a_used_key_says_nothing_else(now, moves, memo, reverses):
    post_entry("invoice:1", moves=[PAID, FEE], memo="Plus, March", now=now)
    with pytest.raises(OtherContent):
        post_entry("invoice:1", moves=moves, memo=memo, now=now, reverses=reverses)
    assert Posting.objects.count() == 2


@pytest.mark.parametrize(
    ("move", "error"),
    [
        (Move(accounts.STRIPE, accounts.POOL, 0, "EUR"), ValueError),
        (Move(accounts.STRIPE, accounts.POOL, -5, "EUR"), ValueError),
        (Move(accounts.STRIPE, accounts.POOL, 1.5, "EUR"), ValueError),  # type: ignore[arg-type]
        (Move(accounts.STRIPE, accounts.POOL, True, "EUR"), ValueError),
        (Move(accounts.STRIPE, accounts.POOL, 10**15 + 1, "EUR"), ValueError),
        (Move(accounts.POOL, accounts.POOL, 5, "EUR"), ValueError),
        (Move(accounts.STRIPE, "platform:pocket", 5, "EUR"), ValueError),
        (Move(accounts.STRIPE, accounts.POOL, 5, "EURO"), UnknownCurrency),
    ],
)
def test_moves_without_sense_are_refused(now, move, error):
    with pytest.raises(error):
        post_entry("odd", moves=[PAID, move], memo="", now=now)
    assert not Entry.objects.exists()


def test_an_entry_needs_a_key_and_a_move(now):
    for key, moves, memo in (
        ("", [PAID], ""),
        ("x" * 121, [PAID], ""),
        ("empty", [], ""),
        ("x", [PAID], "x" * 201),
    ):
        with pytest.raises(ValueError, match=r"no key and memo|at least one move"):
            post_entry(key, moves=moves, memo=memo, now=now)


def _refund(key: str, amount: int, now, reverses: str = "invoice:1", **ends) -> Entry:
    move = Move(
        **({"source": accounts.POOL, "destination": accounts.STRIPE, "currency": "EUR"} | ends),
        amount_minor=amount,
    )
    return post_entry(key, moves=[move], memo="Refund", now=now, reverses=reverses)


def test_several_reversals_up_to_the_original(now):
    post_entry("invoice:1", moves=[PAID, FEE], memo="", now=now)
    _refund("refund:1", 700, now)
    _refund("refund:2", 500, now)
    assert queries.balance(accounts.POOL, currency="EUR") == 0
    with pytest.raises(TooMuchReversed):
        _refund("refund:3", 1, now)
    assert _refund("refund:2", 500, now).key == "refund:2"  # a replay is still no reversal too many


@pytest.mark.parametrize(
    "ends",
    [
        {"currency": "USD"},
        {"destination": accounts.BANK},
        {"source": accounts.STRIPE, "destination": accounts.POOL},  # not swapped
    ],
)
def test_only_what_was_moved_is_moved_back(now, ends):
    post_entry("invoice:1", moves=[PAID, FEE], memo="", now=now)
    with pytest.raises(TooMuchReversed):
        _refund("refund:1", 60, now, **ends)


def test_a_reversal_is_not_reversed(now):
    post_entry("invoice:1", moves=[PAID], memo="", now=now)
    _refund("refund:1", 700, now)
    with pytest.raises(TooMuchReversed, match="itself a reversal"):
        post_entry("back", moves=[PAID], memo="", now=now, reverses="refund:1")


def test_an_unknown_original(now):
    with pytest.raises(Entry.DoesNotExist):
        _refund("refund:1", 5, now, reverses="invoice:9")


def test_currencies_never_meet(now):
    yen = Move(accounts.STRIPE, accounts.POOL, 1_800, "JPY")
    dinar = Move(accounts.STRIPE, accounts.POOL, 3_500, "KWD")
    post_entry("three", moves=[PAID, yen, dinar], memo="", now=now)
    held = {(row.address, row.currency): row.amount_minor for row in queries.balances("platform:")}
    assert held == {
        (accounts.POOL, "EUR"): 1_200,
        (accounts.POOL, "JPY"): 1_800,
        (accounts.POOL, "KWD"): 3_500,
    }


moves = st.lists(
    st.builds(
        lambda ends, amount, currency: Move(ends[0], ends[1], amount, currency),
        st.permutations([accounts.STRIPE, accounts.POOL, accounts.FEES, accounts.available(1)]),
        st.integers(1, 10**6),
        st.sampled_from(["EUR", "JPY", "KWD"]),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves)
def test_nothing_appears_and_nothing_vanishes(now, moves):
    post_entry(f"random:{Entry.objects.count()}", moves=moves, memo="", now=now)
    for currency in ("EUR", "JPY", "KWD"):
        everywhere = [row.amount_minor for row in queries.balances("", currency=currency)]
        assert sum(everywhere) == 0
