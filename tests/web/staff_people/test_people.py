"""Staff look people up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator

from backline.people import actions as people
from backline.people.models import Account, Artist, Ticket
from tests.conftest import Cast

PATH = "/staff/people/"


def page(cast: Cast, path: str) -> str:
    answer = cast.client("dana").get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_accounts_are_found_by_name_and_address_artists_by_name_and_handle(cast: Cast):
    assert "No artists and 1 account fit" in page(cast, f"{PATH}?q=alice")
    assert "alice@example.com" in page(cast, f"{PATH}?q=ALICE@exa")
    for words in ("@marlo-vane", "marlo vane", "marlo-vane", "marlo vnae"):
        assert f"{PATH}artists/{cast.marlo.pk}/" in page(cast, f"{PATH}?q={words}")
    assert "No account fits" in page(cast, f"{PATH}?q=nobody-at-all")


def test_a_revoked_artist_is_found_by_its_handle(cast: Cast, now: datetime):
    Artist.objects.filter(pk=cast.marlo.pk).update(revoked_at=now)
    assert "Revoked" in page(cast, f"{PATH}?q=marlo-vane")
    assert "Marlo Vane is revoked" in page(cast, f"{PATH}artists/{cast.marlo.pk}/")


def test_nonsense_is_harmless(cast: Cast):
    for query in (
        "q=%00",
        "q=%25",
        "page=-1",
        "page=99999999999999999999",
        "q=" + "x" * 5000,
        "q=%F0%9F%8E%B5",
    ):
        page(cast, f"{PATH}?{query}")


def test_the_list_costs_the_same_for_many(cast: Cast, now: datetime, django_assert_max_num_queries: Any):
    for number in range(30):
        people.create_account(f"more{number}@example.com", name="More", password="x" * 12, now=now)
    client = cast.client("dana")
    with django_assert_max_num_queries(14):
        answer = client.get(PATH)
    assert "Page 1 of 2" in answer.content.decode()


def test_an_accounts_page_says_what_is_known(cast: Cast, now: datetime):
    Authenticator.objects.create(user=cast.alice, type="totp", data={"secret": "x"})
    people.issue_token(cast.alice, name="Script", scopes=["read"], now=now)
    Ticket.objects.create(
        account=cast.alice, topic="money", subject="A cent", created_at=now, updated_at=now
    )  # fmt: skip
    text = page(cast, f"{PATH}accounts/{cast.alice.pk}/")
    assert "Alice looks after one artist" in text and "A cent" in text and "1 of 1 wait" in text
    assert "<dt>Two factors</dt><dd>Yes</dd>" in text and "<dt>Tokens that work</dt><dd>1</dd>" in text
    assert "View as Alice" in text


def test_tokens_that_ended_are_not_counted(cast: Cast, now: datetime):
    token, _ = people.issue_token(cast.alice, name="Script", scopes=["read"], now=now)
    type(token).objects.update(expires_at=now - timedelta(days=1))
    assert "<dt>Tokens that work</dt><dd>0</dd>" in page(cast, f"{PATH}accounts/{cast.alice.pk}/")


def test_staff_and_those_who_cannot_sign_in_are_not_looked_as(cast: Cast):
    assert "Nobody looks at the pages as another staff account." in page(
        cast, f"{PATH}accounts/{cast.dana.pk}/"
    )
    Account.objects.filter(pk=cast.lee.pk).update(is_active=False)
    assert "there are no pages to see" in page(cast, f"{PATH}accounts/{cast.lee.pk}/")


def test_an_artists_page_says_what_is_known(cast: Cast):
    text = page(cast, f"{PATH}artists/{cast.marlo.pk}/")
    assert "Marlo Vane is looked after by 3 people" in text
    assert "<dt>Payouts</dt><dd>Not set up</dd>" in text and "ada@example.com" in text


def test_staff_add_a_profile_that_waits_for_its_artist(cast: Cast):
    staff, new = cast.client("dana"), f"{PATH}artists/new/"
    for bad in (
        {"name": ""},
        {"name": "Marlo Vane"},
        {"name": "X", "handle": "marlo-vane"},
        {"name": "x" * 999},
    ):
        assert staff.post(new, bad).status_code == 422
    answer = staff.post(new, {"name": "Ghost Choir"}, follow=True)
    assert "Ghost Choir has no members" in answer.content.decode()
    shown = cast.client("visitor").get("/@ghost-choir/").content.decode()
    assert "Unclaimed" in shown and 'href="/program/claim/?artist=ghost-choir"' in shown
    assert "Unclaimed" not in cast.client("visitor").get("/@marlo-vane/").content.decode()
    assert cast.client("alice").post(new, {"name": "Mine"}).status_code == 404
