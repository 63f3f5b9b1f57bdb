"""The way to Stripe and back, bank details, disconnecting: who may, what is asked for first, what each answer does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from backline.money import actions
from backline.money import queries as money
from backline.money.models import Earning, PayoutAccount
from backline.people.models import Artist
from tests.conftest import PASSWORD, Cast

PAYOUTS = "/dashboard/finances/payouts/"
LINK = "https://connect.stripe.com/setup/s/acct_1/xyz"
ACTING = ("connect", "continue", "bank", "stripe", "details", "disconnect")
POSTED = ("continue", "check", "bank", "stripe")


@pytest.fixture(autouse=True)
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Stripe's answers: a link for each, and what was asked for."""
    made: list[tuple[str, dict[str, Any]]] = []

    def link(name: str) -> Callable[..., str]:
        def call(artist: Artist, **asked: Any) -> str:
            made.append((name, {"artist": artist, **asked}))
            return LINK

        return call

    for name in ("start_onboarding", "update_link", "dashboard_link", "refresh_payout_account", "disconnect"):
        monkeypatch.setattr(actions, name, link(name))
    return made


def fresh(cast: Cast, name: str = "alice") -> Client:
    """A client whose password was given just now."""
    cache.clear()  # it counts the tries of other tests' people
    client = cast.client(name)
    client.post("/accounts/reauthenticate/?next=/settings/", {"password": PASSWORD})
    return client


def standing(cast: Cast, now, **given) -> PayoutAccount:
    row: dict[str, Any] = {
        "provider": "stripe",
        "external_id": "acct_1",
        "key": "k",
        "country": "NL",
        "state": "onboarding",
    }
    return PayoutAccount.objects.create(artist=cast.marlo, created_at=now, **(row | given))


def leads_to_stripe(answer) -> bool:
    return answer.status_code == 200 and f"url={LINK}" in answer.content.decode()


def test_a_country_that_stripe_serves_leads_to_its_form(cast, calls):
    answer = fresh(cast).post(f"{PAYOUTS}connect/?artist=marlo-vane", {"country": "NL"})
    assert leads_to_stripe(answer) and answer["Cache-Control"] == "no-store"
    name, asked = calls[0]
    assert (name, asked["artist"], asked["country"], asked["by"]) == (
        "start_onboarding", cast.marlo, "NL", cast.alice,
    )  # fmt: skip
    assert asked["return_url"].endswith("/payouts/return/?artist=marlo-vane")
    assert asked["refresh_url"].endswith("/payouts/again/?artist=marlo-vane")


def test_another_country_leads_to_the_bank_details(cast, calls):
    answer = fresh(cast).post(f"{PAYOUTS}connect/", {"country": "NG"})
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"{PAYOUTS}details/?artist=marlo-vane&country=NG",
    )
    assert calls == []


def test_no_country_and_an_unknown_one_are_asked_again(cast, calls):
    for country in ("", "XX"):
        text = fresh(cast).post(f"{PAYOUTS}connect/", {"country": country}).content.decode()
        assert "Confirm your country" in text and "error" in text
    assert calls == []


def test_a_form_left_half_way_goes_on(cast, calls, now):
    standing(cast, now)
    assert leads_to_stripe(fresh(cast).post(f"{PAYOUTS}continue/"))
    assert leads_to_stripe(fresh(cast).get(f"{PAYOUTS}again/"))
    assert [asked["country"] for _, asked in calls] == ["NL", "NL"]


def test_without_an_account_going_on_asks_for_the_country(cast, calls):
    answer = fresh(cast).post(f"{PAYOUTS}continue/")
    assert answer.headers["Location"] == f"{PAYOUTS}connect/?artist=marlo-vane"
    assert calls == []


@pytest.mark.parametrize("name", ["bank", "stripe"])
def test_owners_go_to_their_pages_at_stripe(cast, name, now):
    standing(cast, now, state="active")
    assert leads_to_stripe(fresh(cast).post(f"{PAYOUTS}{name}/"))


def test_when_stripe_is_away_the_page_says_so(cast, monkeypatch):
    def away(*_args, **_asked):
        raise actions.PayoutsUnreachable("Stripe does not answer at the moment. Try again in a minute.")

    monkeypatch.setattr(actions, "start_onboarding", away)
    monkeypatch.setattr(actions, "refresh_payout_account", away)
    client = fresh(cast)
    for answer in (
        client.post(f"{PAYOUTS}connect/", {"country": "NL"}, follow=True),
        client.post(f"{PAYOUTS}check/", follow=True),
        client.get(f"{PAYOUTS}return/", follow=True),
    ):
        assert answer.redirect_chain and "Stripe does not answer" in answer.content.decode()


def test_coming_back_asks_stripe_and_shows_finances(cast, calls):
    answer = fresh(cast).get(f"{PAYOUTS}return/?artist=marlo-vane")
    assert answer.headers["Location"] == "/dashboard/finances/?artist=marlo-vane"
    assert [name for name, _ in calls] == ["refresh_payout_account"]


@pytest.mark.parametrize("name", ACTING)
def test_the_password_is_asked_for_again(cast, calls, name):
    client = cast.client("alice")  # signed in, but not just now
    answer = client.post(f"{PAYOUTS}{name}/", {"country": "NL"})
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert calls == []


@pytest.mark.parametrize("name", ACTING)
def test_once_money_was_paid_a_second_factor_is_needed(cast, calls, now, name):
    Earning.objects.create(
        artist=cast.marlo, currency="EUR", kind="track", key="sale-1", reference="TS-1", at=now, amount_minor=1,
        original_minor=1, place="bank", status="paid", changed_at=now,
    )  # fmt: skip
    answer = fresh(cast).post(f"{PAYOUTS}{name}/", {"country": "NL"})
    assert answer.status_code == 403 and "Add a second factor first" in answer.content.decode()
    assert calls == []


@pytest.mark.parametrize("name", [*ACTING, "check"])
def test_managers_and_analysts_may_not_act_and_strangers_find_nothing(cast, calls, name):
    address = f"{PAYOUTS}{name}/?artist=marlo-vane"
    answers = {who: fresh(cast, who).post(address).status_code for who in ("bob", "ada", "charlie", "lee")}
    assert answers == {"bob": 403, "ada": 403, "charlie": 404, "lee": 404}
    assert calls == []


@pytest.mark.parametrize("name", POSTED)
def test_what_acts_is_never_a_link(cast, calls, name):
    assert fresh(cast).get(f"{PAYOUTS}{name}/").status_code == 405
    assert calls == []


BANK = {
    "country": "NG",
    "currency": "USD",
    "holder": "Alice Vane",
    "account_number": "0123456789",
    "bank_code": "GTBI",
}


def test_bank_details_are_stored_sealed_and_shown_masked(cast, monkeypatch):
    monkeypatch.setattr(money, "currencies_of", lambda _artist: ["USD"])
    client = fresh(cast)
    assert (
        client.post(f"{PAYOUTS}details/", BANK).headers["Location"]
        == "/dashboard/finances/?artist=marlo-vane"
    )
    row = PayoutAccount.objects.get(artist=cast.marlo)
    assert "0123456789" not in row.sealed and row.bank_tail.endswith("6789")
    text = client.get(f"{PAYOUTS}details/").content.decode()
    assert row.bank_tail in text and "0123456789" not in text and "Alice Vane" not in text.split("<form")[-1]


def test_a_wrong_number_is_named_at_its_field(cast, monkeypatch):
    monkeypatch.setattr(money, "currencies_of", lambda _artist: ["EUR"])
    wrong = BANK | {
        "currency": "EUR",
        "iban": "TR330006100519786457841327",
        "account_number": "",
        "country": "TR",
    }
    answer = fresh(cast).post(f"{PAYOUTS}details/", wrong)
    assert answer.status_code == 422 and 'id="id_iban-error"' in answer.content.decode()
    assert not PayoutAccount.objects.exists()


def test_disconnecting_is_asked_first(cast, calls, now):
    standing(cast, now, state="active", bank_tail="4417")
    client = fresh(cast)
    assert "Disconnect this payout account?" in client.get(f"{PAYOUTS}disconnect/").content.decode()
    assert calls == []
    assert (
        client.post(f"{PAYOUTS}disconnect/").headers["Location"] == "/dashboard/finances/?artist=marlo-vane"
    )
    assert [name for name, _ in calls] == ["disconnect"]
