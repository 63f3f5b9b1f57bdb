"""Telling people something, once, by the channels they chose."""

from __future__ import annotations

from datetime import datetime

import pytest

from backline.domain.notices import GROUPS, NOTICES
from backline.outbox import actions, queries
from backline.outbox.models import Mail, Notification
from tests.conftest import Cast


def tell(cast: Cast, kind: str, now: datetime, *, key: str = "1", to: str = "alice") -> int:
    account = getattr(cast, to).pk
    return actions.notify(kind, account_ids=[account], now=now, text="A thing.", url="/dashboard/", key=key)


def test_one_sentence_reaches_the_page_and_the_mail(cast: Cast, now: datetime):
    assert tell(cast, "sale", now) == 1
    page = queries.notification_page(cast.alice.pk, group="", page=1, size=10)
    [told] = page.rows
    assert (told.text, told.group, told.read, page.total) == ("A thing.", "earnings", False, 1)
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ("alice@example.com", "A thing.")
    assert "/dashboard/" in mail.body and "/notifications/settings/" in mail.body


def test_nobody_is_told_twice(cast: Cast, now: datetime):
    assert [tell(cast, "sale", now), tell(cast, "sale", now), tell(cast, "sale", now, key="2")] == [1, 0, 1]
    assert Mail.objects.count() == 2


def test_what_is_switched_off_by_default_is_not_mailed(cast: Cast, now: datetime):
    tell(cast, "like", now)
    assert not Mail.objects.exists()
    assert queries.unread_count(cast.alice.pk) == 1


def test_what_was_switched_off_does_not_come(cast: Cast, now: datetime):
    actions.choose_channels(cast.alice.pk, {("earnings", "page"): False, ("earnings", "mail"): False})
    tell(cast, "sale", now)
    assert queries.unread_count(cast.alice.pk) == 0
    assert not Mail.objects.exists()
    assert Notification.objects.count() == 1, "it is remembered as told"


def test_the_mandatory_comes_whatever_was_chosen(cast: Cast, now: datetime):
    actions.choose_channels(
        cast.alice.pk,
        {(group.key, channel): False for group in GROUPS.values() for channel in group.channels},
    )
    tell(cast, "payout_account_changed", now)
    assert queries.unread_count(cast.alice.pk) == 1
    assert Mail.objects.count() == 1


def test_reading_is_ones_own_business(cast: Cast, now: datetime):
    tell(cast, "sale", now)
    tell(cast, "sale", now, to="bob")
    assert actions.mark_read(cast.alice.pk, now=now) == 1
    assert (queries.unread_count(cast.alice.pk), queries.unread_count(cast.bob.pk)) == (0, 1)
    assert actions.mark_read(cast.alice.pk, now=now) == 0


def test_an_address_elsewhere_is_refused(cast: Cast, now: datetime):
    for url in ("https://example.com/", "//example.com/"):
        with pytest.raises(ValueError, match="not a path"):
            actions.notify("sale", account_ids=[cast.alice.pk], now=now, text="x", url=url, key="1")


def test_a_kind_nobody_declared_is_refused(cast: Cast, now: datetime):
    with pytest.raises(KeyError):
        tell(cast, "gossip", now)


def test_every_kind_belongs_to_a_group():
    assert {notice.group for notice in NOTICES.values()} <= set(GROUPS)
