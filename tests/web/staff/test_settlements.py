"""Settlements: the list, the preview and its confirmation, one settlement, one statement."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from backline.ledger.models import Entry
from backline.money import actions
from backline.money.models import PayoutProfile, Settlement, Statement
from tests.conftest import Cast
from tests.money.world import World
from tests.web.screens import read
from tests.web.staff.conftest import JANUARY

LIST = "/staff/settlements/"
PREVIEW = "/staff/settlements/preview/2026-1/"
pytestmark = pytest.mark.usefixtures("cast")


def digest(client: Client) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', client.get(PREVIEW).content.decode())
    assert found is not None
    return found[1]


@pytest.fixture
def settled(world: World, now) -> Settlement:
    return actions.run_settlement(JANUARY, now=now)


def test_nothing_to_settle_yet(dana):
    text = read(dana, LIST)
    assert "Nothing to settle yet" in text
    assert "No day has been weighed yet" in text


def test_a_whole_month_can_be_previewed(dana, world, settings):
    text = read(dana, LIST)
    assert "January 2026 can be settled" in text
    assert "weighed through 31 Jan 2026" in text
    assert "It settles by itself on 10 Feb 2026" in text
    settings.SETTLE_ON_DAY = 0
    assert "It waits for you to confirm it" in read(dana, LIST)
    text = read(dana, PREVIEW)
    assert "EUR 31.00 31.00 0.00 15.50 15.50 0.00 0.00 0.00 2 1" in text
    assert not Statement.objects.exists()


def test_no_other_month_has_a_preview(dana, world):
    for month in ("2025-12", "2026-2", "2026-13", "2026-0"):
        assert dana.get(f"/staff/settlements/preview/{month}/").status_code == 404


def test_confirming_begins_what_was_seen(dana, cast, world):
    answer = dana.post(PREVIEW, {"digest": digest(dana)})
    made = Settlement.objects.get()
    assert answer.headers["Location"] == f"/staff/settlements/{made.pk}/"
    assert (made.month, made.started_by, made.state) == (JANUARY, cast.dana, "computing")
    assert "0 of 1 parts in the ledger" in read(dana, f"/staff/settlements/{made.pk}/")


def test_confirming_twice_begins_once(dana, world):
    seen = digest(dana)
    dana.post(PREVIEW, {"digest": seen})
    assert dana.post(PREVIEW, {"digest": seen}).status_code in (302, 404)
    assert Settlement.objects.count() == 1


def test_a_preview_that_changed_is_refused(dana, cast, world, now):
    seen = digest(dana)
    actions.set_payout_state(cast.kit, state=PayoutProfile.State.READY, now=now)
    answer = dana.post(PREVIEW, {"digest": seen}, follow=True)
    assert "Something changed since you saw this preview" in answer.content.decode()
    assert not Settlement.objects.exists()
    assert digest(dana) != seen


def test_nothing_begins_without_the_digest(dana, world):
    for form in ({}, {"digest": ""}, {"digest": "x" * 64}, {"digest": "0" * 64}):
        dana.post(PREVIEW, form)
        assert not Settlement.objects.exists()


def test_only_staff_settle(cast: Cast, dana, world):
    seen = digest(dana)
    for person in ("lee", "charlie", "alice", "bob", "ada"):
        assert cast.client(person).post(PREVIEW, {"digest": seen}).status_code == 404
    assert not Settlement.objects.exists()


def test_what_was_settled(dana, settled):
    assert "Settled through January 2026" in read(dana, LIST)
    text = read(dana, f"/staff/settlements/{settled.pk}/")
    assert "EUR 31.00 31.00 0.00 15.50 15.50 0.00 0.00 0.00 2 1" in text
    assert "Marlo Vane @marlo-vane EUR 1 15.50" in text
    assert Entry.objects.filter(key="settlement:2026-01:0").exists()


def test_statements_are_found_by_name_and_currency(dana, settled):
    address = f"/staff/settlements/{settled.pk}/"
    assert "1 statement " in read(dana, f"{address}?q=marlo&currency=EUR")
    assert "Nothing found" in read(dana, f"{address}?currency=USD")
    assert dana.get("/staff/settlements/999/").status_code == 404


def test_statements_as_a_table(dana, settled):
    answer = dana.get(f"/staff/settlements/{settled.pk}/statements.csv")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0].startswith("artist,handle,currency,state,beats,earned,bonus")
    assert "Marlo Vane,marlo-vane,EUR,payable,1,15.50,0.00,0.00,0.00,0.00,15.50,0.00,0.00,0.00" in lines
    assert len(lines) == 3
    assert dana.get("/staff/settlements/999/statements.csv").status_code == 404


def test_a_statement_opens_into_days_and_beats(dana, cast, settled):
    row = Statement.objects.get(artist=cast.marlo)
    text = read(dana, f"/staff/statements/{row.pk}/")
    assert "Marlo Vane earned €15.50 in January 2026" in text
    assert f"Statement ST-2026-01-EUR-{row.pk:04}, @marlo-vane" in text
    assert "30 Jan 15.50" in text and "31 Jan 15.50" in text
    assert "Payable €15.50" in text
    assert dana.get("/staff/statements/999/").status_code == 404
