"""The bell, the page, and what to be told."""

from __future__ import annotations

from datetime import datetime

import pytest

from backline.outbox import actions, queries
from backline.outbox.models import Notification
from tests.conftest import Cast


@pytest.fixture
def told(cast: Cast, now: datetime) -> Notification:
    sentence = "Low Tide was sold to <Lee>."
    actions.notify(
        "sale", account_ids=[cast.alice.pk], now=now, text=sentence, url="/dashboard/finances/", key="1"
    )
    return Notification.objects.get()


def test_the_bell_says_how_many_are_unread(cast: Cast, told: Notification):
    assert 'aria-label="Notifications, 1 unread"' in cast.client("alice").get("/dashboard/").content.decode()
    assert 'aria-label="Notifications"' in cast.client("bob").get("/dashboard/").content.decode()


def test_the_page_tells_it_escaped(cast: Cast, told: Notification):
    page = cast.client("alice").get("/notifications/").content.decode()
    assert "Low Tide was sold to &lt;Lee&gt;." in page
    assert "<h1>1 unread notification</h1>" in page


def test_opening_one_reads_it_and_leads_there(cast: Cast, told: Notification):
    answer = cast.client("alice").post(f"/notifications/{told.pk}/")
    assert answer.headers["Location"] == "/dashboard/finances/"
    assert queries.unread_count(cast.alice.pk) == 0


def test_a_strangers_notification_is_not_there(cast: Cast, told: Notification):
    assert cast.client("charlie").post(f"/notifications/{told.pk}/").status_code == 404
    assert queries.unread_count(cast.alice.pk) == 1


def test_everything_is_read_at_once(cast: Cast, told: Notification):
    cast.client("alice").post("/notifications/read/")
    assert "You have read everything" in cast.client("alice").get("/notifications/").content.decode()


def test_groups_and_pages_narrow_the_list(cast: Cast, now: datetime, told: Notification):
    client = cast.client("alice")
    assert "Low Tide" not in client.get("/notifications/?group=system").content.decode()
    assert (
        "Low Tide" in client.get("/notifications/?group=nonsense&page=99999999999999999999").content.decode()
    )


def test_choices_are_kept(cast: Cast):
    client = cast.client("alice")
    assert client.post("/notifications/settings/", {"earnings:page": "on"}).status_code == 302
    on = queries.channel_choices(cast.alice.pk)
    assert on["earnings", "page"] and not on["earnings", "mail"] and not on["system", "page"]
    assert client.get("/notifications/settings/").content.decode().count(" checked") == 1
