"""The weekly summary: who gets it, when, with which numbers, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backline.domain.digest import Week
from backline.domain.notices import DIGEST
from backline.listening.fold import fold_all
from backline.money.models import Earning
from backline.money.queries.week import earned_between
from backline.outbox.actions import choose_channels
from backline.outbox.models import Mail
from backline.people.models import Account
from backline.web.digest import actions
from backline.web.models import WeekSummed
from tests.catalog.makers import make_public
from tests.conftest import Cast
from tests.listening.world import listen, send

MONDAY = datetime(2026, 3, 16, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def heard(cast: Cast) -> None:
    """Marlo Vane: a play two Sundays ago, two plays last week, one this Monday, which belongs to the next."""
    beat = make_public(cast.marlo, account=cast.alice, now=MONDAY - 20 * DAY)
    for ago, who in ((8, "ann"), (7, "kim"), (1, "sam"), (0, "joe")):
        at = MONDAY - ago * DAY - timedelta(hours=3)
        send(listen(beat, at=at, listener=who), now=at + timedelta(hours=1))
    fold_all(now=MONDAY)


def wants(*accounts: Account) -> None:
    for account in accounts:
        choose_channels(account.pk, {(DIGEST, "mail"): True})


def earn(cast: Cast, key: str, minor: int, *, at: datetime, **more: object) -> None:
    about = {"kind": "track", "reference": key, "place": "available", "status": "pending"} | more
    Earning.objects.create(
        artist=cast.marlo, currency="EUR", key=key, amount_minor=minor, original_minor=minor,
        at=at, changed_at=at, **about,
    )  # fmt: skip


def run() -> int:
    rounds = 0
    while actions.sum_up_next(now=MONDAY):
        rounds += 1
        assert rounds < 10
    return rounds


def test_it_tells_the_last_whole_weeks_numbers(cast: Cast, heard: None):
    wants(cast.alice)
    earn(cast, "sale-1", 1_250, at=MONDAY - 2 * DAY)
    earn(cast, "sale-2", 9_900, at=MONDAY - 8 * DAY)
    assert run() == 1
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ("alice@example.com", "Marlo Vane: 2 plays last week")
    assert "The week from 9 March to 15 March 2026 (UTC)." in mail.body
    assert "2 plays (1 more than the week before)\n  €12.50 earned" in mail.body
    assert "/notifications/settings/" in mail.body


def test_it_comes_once(cast: Cast, heard: None):
    wants(cast.alice)
    assert run() == 1 and run() == 0
    WeekSummed.objects.all().delete()
    WeekSummed.objects.create(account=cast.alice, week_on=MONDAY.date() - 7 * DAY, at=MONDAY, said=True)
    assert run() == 0
    assert Mail.objects.count() == 1


def test_only_those_who_switched_it_on_get_it(cast: Cast, heard: None):
    assert run() == 0
    wants(cast.bob, cast.alice)
    choose_channels(cast.bob.pk, {(DIGEST, "mail"): False})
    Account.objects.filter(pk=cast.alice.pk).update(is_active=False)
    assert run() == 0 and not Mail.objects.exists()


def test_a_week_in_which_nothing_happened_is_silent(cast: Cast, heard: None):
    wants(cast.charlie, cast.lee)
    assert run() == 2
    assert not Mail.objects.exists()
    assert set(WeekSummed.objects.values_list("said", flat=True)) == {False}


@pytest.mark.parametrize("moment", [MONDAY - timedelta(hours=3), MONDAY + DAY, MONDAY - DAY])
def test_on_no_other_day_and_not_before_morning(cast: Cast, heard: None, moment: datetime):
    wants(cast.alice)
    assert actions.sum_up_next(now=moment) is False
    assert not WeekSummed.objects.exists()


def test_an_analyst_reads_nothing_about_money(cast: Cast, heard: None):
    wants(cast.ada)
    earn(cast, "sale-1", 1_250, at=MONDAY - 2 * DAY)
    run()
    assert "2 plays" in Mail.objects.get().body and "earned" not in Mail.objects.get().body


def test_monthly_payouts_count_when_they_become_available_and_refunds_less(cast: Cast):
    first = MONDAY.date() - 7 * DAY
    earn(cast, "sale-1", 1_000, at=MONDAY - 7 * DAY - timedelta(hours=8))
    earn(cast, "refund-1", -400, at=MONDAY - DAY)
    earn(cast, "statement-1", 500, at=MONDAY - 16 * DAY, kind="subscription", available_on=first)
    earn(cast, "statement-2", 70, at=MONDAY - DAY, kind="subscription", available_on=first - DAY)
    assert earned_between(cast.marlo.pk, first=first, last=first + 6 * DAY) == {"EUR": 1_100}
    assert earned_between(cast.kit.pk, first=first, last=first + 6 * DAY) == {}


def test_several_artists_stand_in_one_mail(cast: Cast, heard: None, monkeypatch: pytest.MonkeyPatch):
    wants(cast.bob)
    weeks = [Week("Kit Nakagawa", 1, 0, 0, 1), Week("Marlo Vane", 2, 1, 0, 0)]
    monkeypatch.setattr(actions, "weeks_of", lambda *_, **__: weeks)
    run()
    assert Mail.objects.get().subject == "3 plays of 2 artists last week"


def test_the_switch_stands_among_the_notification_settings(cast: Cast):
    client = cast.client("alice")
    page = client.get("/notifications/settings/").content.decode()
    assert 'name="digest:mail"' in page and 'name="digest:page"' not in page
    client.post("/notifications/settings/", {"digest:mail": "on"})
    assert 'name="digest:mail" checked' in client.get("/notifications/settings/").content.decode()
    assert '<option value="digest"' not in client.get("/notifications/").content.decode()
