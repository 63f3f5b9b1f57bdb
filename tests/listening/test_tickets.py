"""Play tickets are good for one listen of one beat by one listener, for a day."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from backline.core.ids import uuid7
from backline.listening import tickets
from backline.listening.origins import PlayerOrigin, listener_key, listener_keys, listener_text, own_account


def read(issued_at: datetime, *, ticket: str | None = None, **changes: object) -> datetime | None:
    listen = uuid7(issued_at)
    text = tickets.issue(listen, beat_id=7, listener_key="c:abc", now=issued_at)
    asked = {"listen_id": listen, "beat_id": 7, "listener_keys": ["a:1", "c:abc"], "now": issued_at} | changes
    return tickets.read(ticket if ticket is not None else text, **asked)  # type: ignore[arg-type]


def test_says_when_it_was_issued(now: datetime):
    later = now + timedelta(hours=3)
    assert read(now, now=later) == now


def test_is_bound_to_listen_beat_and_listener(now: datetime):
    assert read(now, listen_id=uuid7(now)) is None
    assert read(now, beat_id=8) is None
    assert read(now, listener_keys=["a:1", "c:abd"]) is None
    assert read(now, listener_keys=[]) is None


def test_lasts_a_day(now: datetime):
    assert read(now, now=now + timedelta(hours=24)) == now
    assert read(now, now=now + timedelta(hours=24, seconds=1)) is None
    assert read(now, now=now - timedelta(minutes=2)) is None


def test_a_signature_of_other_letters(now: datetime):
    assert read(now, ticket=f"{int(now.timestamp() * 1000)}.\u00e9\ud800") is None


@pytest.mark.parametrize(
    "ticket", ["", ".", "x", "12.", "1.x" * 40, "١.x", "9" * 60 + ".x", "-1.x", "\ud800.\ud800"]
)
def test_nonsense_is_no_ticket(now: datetime, ticket: str):
    assert read(now, ticket=ticket) is None


def test_is_bound_to_this_installation(now: datetime, settings: object):
    listen = uuid7(now)
    text = tickets.issue(listen, beat_id=7, listener_key="c:abc", now=now)
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    assert tickets.read(text, listen_id=listen, beat_id=7, listener_keys=["c:abc"], now=now) is None


def test_the_listener_is_the_account_then_the_cookie_then_the_address():
    whole = PlayerOrigin(account_id=3, visitor="abc", address="2001:db8::1:2:3:4")
    assert listener_keys(whole) == ("a:3", "c:abc", "n:2001:db8::/64")
    assert listener_key(PlayerOrigin()) == ""


def test_back_ends_name_our_accounts():
    assert own_account(listener_text(12)) == 12
    for text in ("12", "account:", "account:x", "account:-1", "account:" + "9" * 30, "account:١"):
        assert own_account(text) is None
