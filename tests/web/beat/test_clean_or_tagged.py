"""Who hears the clean stream and who the tagged preview."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.test import Client

from backline.catalog import actions
from backline.catalog.models import Beat, Recording
from backline.core import clock
from backline.people.models import Account
from backline.shop import actions as shop
from backline.web.media.addresses import AddressRefused, stream_key
from tests.catalog.makers import make_public
from tests.conftest import Cast

CLEAN, TAGGED = "stream.mp3", "preview.mp3"


@pytest.fixture
def beat(cast: Cast, now: datetime) -> Beat:
    """A public beat whose preview is made."""
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    key = beat.recording.stream_key.replace(CLEAN, TAGGED)
    Recording.objects.filter(pk=beat.recording_id).update(preview_key=key)
    return beat


def heard(client: Client, beat: Beat) -> str:
    """The name of the file that the player is sent to."""
    body = json.dumps({"listen": str(uuid4())})
    answer: Any = client.post(f"/beats/{beat.pk}/play", body, content_type="application/json")
    query = parse_qs(urlsplit(answer.json()["stream"]).query)
    return str(query["key"][0].rpartition("/")[2])


def subscribe(account: Account, *, price: int, now: datetime) -> Any:
    plan = shop.create_plan(f"Plan {price}", prices={"EUR": price}, licences_a_month=None, now=now)
    return shop.start_subscription(account, plan=plan, currency="EUR", external_id=f"s{price}", now=now)


def test_visitors_and_free_accounts_hear_the_preview(cast: Cast, beat: Beat, now: datetime):
    for name in ("visitor", "lee", "charlie"):
        assert heard(cast.client(name), beat) == TAGGED
    subscribe(cast.lee, price=0, now=now)
    assert heard(cast.client("lee"), beat) == TAGGED


def test_members_and_those_credited_hear_it_clean(cast: Cast, beat: Beat, now: datetime):
    for name in ("alice", "bob", "ada"):
        assert heard(cast.client(name), beat) == CLEAN
    credit = actions.invite_credit(beat, artist=cast.sable, now=now)
    assert heard(cast.client("charlie"), beat) == TAGGED
    actions.answer_credit(credit, accept=True, now=now)
    assert heard(cast.client("charlie"), beat) == CLEAN


def test_plan_holders_hear_it_clean_while_they_hold_it(cast: Cast, beat: Beat, now: datetime):
    held = subscribe(cast.lee, price=1200, now=now)
    assert heard(cast.client("lee"), beat) == CLEAN
    shop.end_subscription(held, now=clock.now() - timedelta(seconds=1))
    assert heard(cast.client("lee"), beat) == TAGGED


def test_while_there_is_no_preview_everybody_hears_the_stream(cast: Cast, beat: Beat):
    Recording.objects.update(preview_key="")
    assert heard(cast.client("visitor"), beat) == CLEAN


def test_the_address_of_the_preview_is_none_of_the_stream(cast: Cast, beat: Beat):
    body = json.dumps({"listen": str(uuid4())})
    answer: Any = cast.client("visitor").post(f"/beats/{beat.pk}/play", body, content_type="application/json")
    address = urlsplit(answer.json()["stream"])
    number, now = address.path.rpartition("/")[2], clock.now()
    assert stream_key(number, address.query, now=now).endswith(TAGGED)
    with pytest.raises(AddressRefused, match="not made here"):
        stream_key(number, address.query.replace(TAGGED, CLEAN), now=now)
