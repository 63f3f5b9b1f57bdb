"""Settlements: what statements say, what the ledger then holds, and what each policy does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backline.ledger import accounts
from backline.ledger.queries import balance
from backline.money import actions, queries
from backline.money.actions.writing import unpack_lines
from backline.money.checks import check
from backline.money.models import Hold, PayoutProfile, Settlement, Statement
from backline.people.models import Artist
from tests.conftest import Cast
from tests.money.world import FIRST, World, noon, plays

FEBRUARY, MARCH, APRIL = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)


def ready(*artists: Artist) -> None:
    for artist in artists:
        actions.set_payout_state(artist, state=PayoutProfile.State.READY, now=noon(FIRST))


@pytest.fixture
def january(world: World, cast: Cast) -> World:
    """A month in which Marlo is heard much and Sable little, paid in two currencies; not settled yet."""
    heard = {world.beat(cast.marlo): 9, world.beat(cast.sable): 5}
    plays(world, heard, first=FIRST, last=FIRST + timedelta(days=2))
    for currency, amount in (("EUR", 12_001), ("JPY", 3_001)):
        world.invoice(world.subscriber(currency), amount, first=FIRST, end=FEBRUARY)
    world.listening.play(date(2026, 3, 31), next(iter(heard)))
    world.through(date(2026, 1, 31))
    return world


def settle(world: World, month: date) -> dict[tuple[int, str], Statement]:
    row = actions.run_settlement(month, now=noon(world.today))
    assert row.state == Settlement.State.CLOSED
    return {(each.artist_id, each.currency): each for each in Statement.objects.filter(settlement=row)}


def test_a_month_is_given_out_whole(january: World, cast: Cast):
    ready(cast.marlo, cast.sable)
    said = settle(january, FIRST)
    for currency, paid in (("EUR", 12_001), ("JPY", 3_001)):
        mine, theirs = said[cast.marlo.pk, currency], said[cast.sable.pk, currency]
        assert mine.earned_minor + theirs.earned_minor == paid
        assert mine.earned_minor > theirs.earned_minor > 0
        assert balance(accounts.available(cast.marlo.pk), currency=currency) == mine.payable_minor
        assert balance(accounts.POOL, currency=currency) == 0
        assert sum(line.minor for line in unpack_lines(mine.packed)) == mine.earned_minor
    assert check() == []


def test_settling_again_changes_nothing(january: World, cast: Cast):
    first = actions.run_settlement(FIRST, now=noon(january.today))
    again = actions.run_settlement(FIRST, now=noon(january.today) + timedelta(days=1))
    assert (again.pk, again.closed_at) == (first.pk, first.closed_at)
    assert queries.months_to_settle() == []
    with pytest.raises(actions.NotDue):
        actions.run_settlement(FEBRUARY, now=noon(january.today))


def test_a_preview_is_confirmed_by_its_digest(january: World, cast: Cast):
    shown = queries.preview(FIRST)
    ready(cast.marlo)
    with pytest.raises(actions.PreviewChanged):
        actions.start_settlement(FIRST, digest=shown.digest, now=noon(january.today))
    shown = queries.preview(FIRST)
    row = actions.start_settlement(FIRST, digest=shown.digest, now=noon(january.today), by=cast.dana)
    assert actions.settle_due(now=noon(january.today))
    done = queries.settlement(row.pk)
    assert done is not None and done.state == "closed"
    assert done.totals == shown.totals
    listed = queries.statements_of(row.pk, currency="EUR")
    assert [each.earned_minor for each in listed.rows] == [
        each.earned_minor for each in shown.largest if each.currency == "EUR"
    ]
    assert [each.artist_id for each in queries.statements_of(row.pk, search="Sable").rows] == [
        cast.sable.pk
    ] * 2


def test_less_than_the_minimum_is_carried(world: World, cast: Cast):
    beat = world.beat(cast.marlo)
    plays(world, {beat: 5}, first=FIRST, last=FIRST)
    world.listening.play(MARCH, beat)
    subscription = world.subscriber()
    world.invoice(subscription, 640, first=FIRST, end=FEBRUARY)
    world.invoice(subscription, 640, first=FEBRUARY, end=MARCH)
    world.through(date(2026, 2, 28))
    ready(cast.marlo)
    first, second = settle(world, FIRST), settle(world, FEBRUARY)
    mine = first[cast.marlo.pk, "EUR"]
    assert (mine.state, mine.carried_out_minor, mine.payable_minor) == ("carried", 640, 0)
    assert second[cast.marlo.pk, "EUR"].carried_in_minor == 640
    assert second[cast.marlo.pk, "EUR"].payable_minor == 1280
    assert balance(accounts.available(cast.marlo.pk), currency="EUR") == 1280
    assert balance(accounts.carried(cast.marlo.pk), currency="EUR") == 0
    assert check() == []


def test_held_money_is_released_by_the_first_settlement_after_set_up(january: World, cast: Cast):
    said = settle(january, FIRST)
    held = said[cast.marlo.pk, "EUR"].held_minor
    assert held == balance(accounts.held(cast.marlo.pk), currency="EUR") > 0
    assert {row.why for row in queries.hold_page("", order="since", page=1).rows} == {
        "Payouts are not set up."
    }
    ready(cast.marlo)
    january.through(date(2026, 2, 28))
    later = settle(january, FEBRUARY)[cast.marlo.pk, "EUR"]
    assert (later.earned_minor, later.released_minor, later.payable_minor) == (0, held, held)
    assert set(Hold.objects.filter(artist=cast.marlo).values_list("state", flat=True)) == {"released"}
    assert balance(accounts.held(cast.marlo.pk), currency="EUR") == 0
    assert check() == []


def test_staff_release_a_hold_once(january: World, cast: Cast):
    settle(january, FIRST)
    hold = Hold.objects.get(artist=cast.sable, currency="EUR")
    for _ in range(2):
        actions.release_hold(hold.pk, by=cast.dana, now=noon(january.today))
    assert balance(accounts.available(cast.sable.pk), currency="EUR") == hold.amount_minor
    assert check() == []


def test_a_hold_that_staff_released_before_its_statement_was_listed(january: World, cast: Cast):
    """As on an installation that is upgraded: its holds ended before there were rows of Transactions."""
    settle(january, FIRST)
    hold = Hold.objects.get(artist=cast.sable, currency="EUR")
    actions.release_hold(hold.pk, by=cast.dana, now=noon(january.today))
    while actions.list_statements(now=noon(january.today)):
        pass
    row = cast.sable.earnings.get(currency="EUR")
    assert (row.amount_minor, row.place) == (hold.amount_minor, "available")
    assert check() == []


def test_the_excluded_share_becomes_the_others_bonus(january: World, cast: Cast, settings):
    settings.NOT_SET_UP = "exclude"
    ready(cast.marlo)
    said = settle(january, FIRST)
    out, mine = said[cast.sable.pk, "EUR"], said[cast.marlo.pk, "EUR"]
    assert (out.state, out.payable_minor) == ("excluded", 0)
    assert mine.bonus_minor == out.excluded_minor == out.earned_minor
    assert mine.payable_minor == 12_001
    assert check() == []


def test_nobody_to_give_it_to_means_hold(january: World, cast: Cast, settings):
    settings.NOT_SET_UP = "exclude"
    assert {row.state for row in settle(january, FIRST).values()} == {"held"}


def test_an_expired_hold_is_divided_among_the_others(january: World, cast: Cast, settings):
    settings.HOLD_EXPIRES_DAYS = 20
    ready(cast.marlo)
    held = settle(january, FIRST)[cast.sable.pk, "EUR"].held_minor
    january.invoice(january.subscriber(), 2_800, first=FEBRUARY, end=MARCH)
    january.through(date(2026, 2, 28))
    said = settle(january, FEBRUARY)
    assert said[cast.marlo.pk, "EUR"].bonus_minor == held
    assert (
        Hold.objects.get(statement__settlement__month=FIRST, artist=cast.sable, currency="EUR").state
        == "expired"
    )
    assert check() == []


def test_a_refund_of_a_settled_month_is_a_correction_in_the_next(january: World, cast: Cast):
    ready(cast.marlo, cast.sable)
    before = settle(january, FIRST)
    closed = {pk: row.earned_minor for pk, row in before.items()}
    from backline.shop.models import Invoice

    invoice = Invoice.objects.get(currency="EUR")
    january.refund(invoice, 12_001, on=january.today)
    january.through(date(2026, 2, 28))
    said = settle(january, FEBRUARY)
    mine = said[cast.marlo.pk, "EUR"]
    assert mine.earned_minor == -closed[cast.marlo.pk, "EUR"]
    assert {line.month for line in unpack_lines(mine.packed)} == {FIRST}
    assert (mine.state, mine.carried_out_minor) == ("negative", mine.earned_minor)
    assert {pk: row.earned_minor for pk, row in before.items()} == closed
    assert balance(accounts.POOL, currency="EUR") == 0
    assert not any(key[1] == "JPY" for key in said)
    assert check() == []


def test_a_debt_that_nobody_can_pay_goes_to_the_platform(january: World, cast: Cast):
    from backline.shop.models import Invoice

    ready(cast.marlo, cast.sable)
    january.listening.play(date(2026, 9, 30), cast.marlo.beats.get())
    settle(january, FIRST)
    january.refund(Invoice.objects.get(currency="EUR"), 12_001, on=january.today)
    january.through(date(2026, 8, 31))
    for number in range(2, 8):
        settle(january, date(2026, number, 1))
    last = settle(january, date(2026, 8, 1))[cast.marlo.pk, "EUR"]
    assert last.written_off_minor == -last.carried_in_minor > 0
    assert balance(accounts.LOSSES, currency="EUR") == -12_001
    assert check() == []


def test_a_revoked_artists_money_is_kept(january: World, cast: Cast):
    ready(cast.marlo, cast.sable)
    Artist.objects.filter(pk=cast.marlo.pk).update(revoked_at=noon(FEBRUARY))
    said = settle(january, FIRST)
    assert said[cast.marlo.pk, "EUR"].state == "held"
    assert "The artist's profile is revoked." in {
        row.why for row in queries.hold_page("", order="since", page=1).rows
    }


def test_a_merged_artists_money_goes_to_the_other(january: World, cast: Cast):
    settle(january, FIRST)
    held = Hold.objects.get(artist=cast.sable, currency="EUR").amount_minor
    for _ in range(2):
        actions.move_money(cast.sable, into=cast.kit, now=noon(january.today))
    assert balance(accounts.held(cast.kit.pk), currency="EUR") == held
    ready(cast.kit)
    january.through(date(2026, 2, 28))
    assert settle(january, FEBRUARY)[cast.kit.pk, "EUR"].payable_minor == held
    assert check() == []


def test_an_artist_with_money_cannot_be_deleted(january: World, cast: Cast):
    from django.db.models import ProtectedError

    settle(january, FIRST)
    with pytest.raises(ProtectedError):
        cast.sable.delete()


def test_what_was_begun_and_changed_is_taken_back(january: World, cast: Cast):
    digest = queries.preview(FIRST).digest
    row = actions.start_settlement(FIRST, digest=digest, now=noon(january.today))
    ready(cast.marlo)
    with pytest.raises(actions.PreviewChanged):
        actions.finish_settlement(row, now=noon(january.today))
    assert not Settlement.objects.exists()
    assert queries.months_to_settle() == [FIRST]


def test_months_settle_themselves_on_their_day(january: World, cast: Cast, settings):
    assert not actions.settle_due(now=noon(date(2026, 2, 9)))
    settings.SETTLE_ON_DAY = 0
    assert not actions.settle_due(now=noon(date(2026, 2, 10)))
    settings.SETTLE_ON_DAY = 10
    assert actions.settle_due(now=noon(date(2026, 2, 10)))
    assert queries.first_statement_at(cast.marlo.pk) is not None
    assert [row.currency for row in queries.statements(cast.marlo.pk)] == ["EUR", "JPY"]
