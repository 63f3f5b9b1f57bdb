"""Connected accounts: personas, requirements with deadlines, links for one visit, closing."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Any

import pytest
from stripe import InvalidRequestError

from tests.sandbox import Sandbox


def shown(sandbox: Sandbox, account: str) -> Any:
    return sandbox.client.v2.core.accounts.retrieve(
        account, {"include": ["configuration.recipient", "requirements", "identity"]}
    )


def lights(sandbox: Sandbox, account: str) -> tuple[str, str]:
    balance = shown(sandbox, account).configuration.recipient.capabilities.stripe_balance
    return balance.stripe_transfers.status, balance.payouts.status


def asked(sandbox: Sandbox, account: str) -> dict[str, str]:
    return {e.description: e.minimum_deadline.status for e in shown(sandbox, account).requirements.entries}


def test_a_new_account_asks_for_a_person_and_a_bank(sandbox: Sandbox):
    account = sandbox.recipient(persona=None)
    assert lights(sandbox, account) == ("restricted", "restricted")
    assert "external_account" in asked(sandbox, account) and len(asked(sandbox, account)) == 6
    assert sandbox.client.v1.accounts.retrieve(account).details_submitted is False


def test_parts_come_back_only_when_asked_for(sandbox: Sandbox):
    account = sandbox.client.v2.core.accounts.retrieve(sandbox.recipient())
    assert account.configuration is None and account.requirements is None and account.identity is None


@pytest.mark.parametrize(
    ("persona", "state", "needs"),
    [
        ("fine", "active", 0),
        ("document", "restricted", 1),
        ("pending", "pending", 1),
        ("rejected", "rejected", 0),
        ("later", "active", 1),
    ],
)
def test_personas(sandbox: Sandbox, persona: str, state: str, needs: int):
    account = sandbox.recipient(persona=persona)
    assert lights(sandbox, account) == (state, state)
    assert len(asked(sandbox, account)) == needs
    assert sandbox.client.v1.accounts.retrieve(account).details_submitted is True


def test_a_review_ends_after_an_hour(sandbox: Sandbox):
    account = sandbox.recipient(persona="pending")
    sandbox.advance(hours=0.9)
    assert lights(sandbox, account) == ("pending", "pending")
    sandbox.advance(hours=0.2)
    assert lights(sandbox, account) == ("active", "active") and asked(sandbox, account) == {}


def test_a_deadline_that_passes_restricts_and_what_is_given_repairs(sandbox: Sandbox):
    account = sandbox.recipient(persona="later")
    due = shown(sandbox, account).requirements.summary.minimum_deadline
    assert due.status == "currently_due" and due.time > sandbox.now.isoformat()
    sandbox.advance(days=15)
    assert lights(sandbox, account) == ("restricted", "restricted")
    assert asked(sandbox, account) == {"identity.individual.id_numbers": "past_due"}
    sandbox.repair(account)
    assert lights(sandbox, account) == ("active", "active")


def test_what_is_given_in_time_stops_the_deadline(sandbox: Sandbox):
    account = sandbox.recipient(persona="later")
    sandbox.repair(account)
    sandbox.advance(days=15)
    assert lights(sandbox, account) == ("active", "active")


def test_the_bank_account_is_masked(sandbox: Sandbox):
    bank = sandbox.client.v1.accounts.retrieve(sandbox.recipient(country="fr")).to_dict()[
        "external_accounts"
    ]["data"][0]
    assert (bank["country"], bank["currency"], bank["last4"]) == ("FR", "eur", "3000")
    assert "account_number" not in bank


def test_the_country_stays(sandbox: Sandbox):
    account = sandbox.recipient(country="de")
    with pytest.raises(InvalidRequestError, match="country of an account cannot be changed"):
        sandbox.client.v2.core.accounts.update(account, {"identity": {"country": "fr"}})


def test_a_country_that_is_not_served(sandbox: Sandbox):
    with pytest.raises(InvalidRequestError) as caught:
        sandbox.recipient(country="kp")
    assert caught.value.code == "unsupported_country"


def test_an_account_with_money_is_not_closed_and_a_closed_one_gets_none(sandbox: Sandbox):
    sandbox.fund("eur", 5_000)
    account = sandbox.recipient()
    sandbox.client.v1.transfers.create({"amount": 100, "currency": "eur", "destination": account})
    with pytest.raises(InvalidRequestError) as caught:
        sandbox.client.v2.core.accounts.close(account)
    assert caught.value.code == "account_not_empty"
    sandbox.advance(days=3)
    assert sandbox.client.v2.core.accounts.close(account).closed is True
    with pytest.raises(InvalidRequestError, match="No such destination"):
        sandbox.client.v1.transfers.create({"amount": 100, "currency": "eur", "destination": account})
    assert [row.id for row in sandbox.client.v2.core.accounts.list({"closed": True}).data] == [account]


def link(sandbox: Sandbox, account: str, kind: str = "account_onboarding") -> str:
    case: Any = {
        "type": kind,
        kind: {"refresh_url": f"{sandbox.url}/refresh", "return_url": f"{sandbox.url}/back"},
    }
    return sandbox.client.v2.core.account_links.create({"account": account, "use_case": case}).url


def ends_at(address: str, form: bytes | None = None) -> str:
    """Where a browser ends up."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, form), timeout=10) as answer:
            return str(answer.url)
    except urllib.error.HTTPError as problem:
        return str(problem.url)


def test_a_link_opens_once(sandbox: Sandbox):
    address = link(sandbox, sandbox.recipient(persona=None))
    assert ends_at(address) == f"{address}?visit=1"
    assert ends_at(address) == f"{sandbox.url}/refresh"


def test_a_link_expires_after_minutes(sandbox: Sandbox):
    address = link(sandbox, sandbox.recipient(persona=None))
    sandbox.advance(hours=0.1)
    assert ends_at(address) == f"{sandbox.url}/refresh"


def test_the_hosted_page_fills_in_and_returns(sandbox: Sandbox):
    account = sandbox.recipient(persona=None)
    address = link(sandbox, account)
    ends_at(address)
    assert ends_at(address, b"what=person&persona=document&bank=fine") == f"{sandbox.url}/back"
    assert lights(sandbox, account) == ("restricted", "restricted")
    again = link(sandbox, account)
    ends_at(again)
    assert ends_at(again, b"what=asked") == f"{sandbox.url}/back"
    assert lights(sandbox, account) == ("active", "active")


def test_leaving_the_hosted_page_changes_nothing(sandbox: Sandbox):
    account = sandbox.recipient(persona=None)
    address = link(sandbox, account)
    ends_at(address)
    assert ends_at(f"{address}/leave", b"") == f"{sandbox.url}/back"
    assert len(asked(sandbox, account)) == 6


def test_a_login_link_needs_a_filled_in_account(sandbox: Sandbox):
    with pytest.raises(InvalidRequestError, match="not completed onboarding"):
        sandbox.client.v1.accounts.login_links.create(sandbox.recipient(persona=None))
    page = sandbox.client.v1.accounts.login_links.create(sandbox.recipient()).url
    with urllib.request.urlopen(page, timeout=10) as answer:
        assert "balance and payouts" in answer.read().decode()
