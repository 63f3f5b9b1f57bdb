"""Buckets, holds and the simulator."""

from __future__ import annotations

import pytest

from backline.ledger import accounts
from backline.ledger.queries import balance
from backline.money import actions
from backline.money.models import Hold, Statement
from tests.web.screens import read
from tests.web.staff.conftest import JANUARY

pytestmark = pytest.mark.usefixtures("cast")


def test_no_buckets(dana):
    text = read(dana, "/staff/buckets/")
    assert "No money for the days of" in text


def test_the_buckets_of_a_month(dana, world):
    text = read(dana, "/staff/buckets/?month=2026-01&currency=EUR")
    assert "€31.00 for the days of January 2026" in text
    assert "Sat 31 Jan 15.50 paid in 15.50 0.00 2 Accrued" in text
    assert "2 days 31.00 0.00 0 open" in text
    assert "No money for the days of March 2026" in read(dana, "/staff/buckets/?month=2026-03")


def test_choices_without_sense_are_ignored(dana, world):
    for query in ("month=x&currency=XXX", "month=2026-99", "currency=%00"):
        assert dana.get(f"/staff/buckets/?{query}").status_code == 200


def test_nothing_is_held(dana):
    assert "Nothing is held" in read(dana, "/staff/holds/")


def test_a_hold_is_released_once(dana, cast, world, now):
    actions.run_settlement(JANUARY, now=now)
    hold = Hold.objects.get()
    text = read(dana, "/staff/holds/")
    assert "1 hold: €15.50" in text
    assert "Kit Nakagawa @kit-nakagawa EUR 15.50 EUR Payouts are not set up." in text
    for _ in range(2):
        assert dana.post(f"/staff/holds/{hold.pk}/release/").headers["Location"] == "/staff/holds/"
    assert balance(accounts.available(cast.kit.pk), currency="EUR") == 1_550
    hold.refresh_from_db()
    assert hold.ended_by == cast.dana
    assert "Nothing is held" in read(dana, "/staff/holds/")


def test_only_staff_release(cast, world, now):
    actions.run_settlement(JANUARY, now=now)
    hold = Hold.objects.get()
    for person in ("lee", "charlie", "alice", "bob", "ada"):
        assert cast.client(person).post(f"/staff/holds/{hold.pk}/release/").status_code == 404
    hold.refresh_from_db()
    assert hold.state == "held"


def test_nothing_to_simulate(dana):
    assert "No month to simulate yet" in read(dana, "/staff/simulator/")


def test_a_month_under_each_rule(dana, world):
    text = read(dana, "/staff/simulator/")
    assert "January 2026 under each rule" in text
    assert "Marlo Vane @marlo-vane 15.50 15.50 0.00 15.50 0.00" in text
    answer = dana.get("/staff/simulator/?month=2026-01&format=csv")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0] == "artist,handle,currency,contribution,pro_rata,user_centric"
    assert "Marlo Vane,marlo-vane,EUR,15.50,15.50,15.50" in lines
    assert "has days that are not closed" in read(dana, "/staff/simulator/?month=2026-02")


def test_holds_are_found_and_ordered_by_the_address(dana, cast, world, now):
    actions.run_settlement(JANUARY, now=now)
    other = Statement.objects.exclude(hold__isnull=False).get()
    Hold.objects.create(artist=cast.sable, currency="EUR", amount_minor=200, since=now, statement=other)
    assert "2 holds: €17.50" in read(dana, "/staff/holds/")
    assert read(dana, "/staff/holds/?q=@SABLE").count("@kit-nakagawa") == 0
    assert "No hold of such an artist" in read(dana, "/staff/holds/?q=nobody")
    for sort, kit_first in (
        ("", True),
        ("-since", False),
        ("artist", True),
        ("-artist", False),
        ("-amount", True),
    ):
        text = read(dana, f"/staff/holds/?sort={sort}")
        assert (text.index("@kit-nakagawa") < text.index("@sable-ortiz")) == kit_first, sort
    assert dana.get("/staff/holds/?sort=x&page=z&q=%00").status_code == 200
