"""Sign-up, confirmation, sign-in and password reset, as a person goes through them."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from backline.outbox.jobs import send_mail
from backline.outbox.models import Mail
from backline.people.models import Account
from tests.conftest import PASSWORD, Cast

SIGN_UP = {
    "name": "Noor",
    "email": "noor@example.com",
    "password1": "a-long-enough-one",
    "zone": "Asia/Kolkata",
}


def link_in_mail() -> str:
    """The path of the only link in the newest mail, once the worker has sent what waits."""
    while send_mail():
        pass
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found.group(1)


def test_a_visitor_becomes_an_account_by_confirming_the_address(cast: Cast) -> None:
    client = cast.client("visitor")
    answer = client.post("/accounts/signup/", SIGN_UP)
    assert answer.headers["Location"] == "/accounts/confirm-email/"
    assert client.get("/dashboard/").status_code == 302
    confirm = link_in_mail()
    assert "Yes, it is mine" in client.get(confirm).content.decode()
    assert client.post(confirm).status_code == 302
    account = Account.objects.get(email="noor@example.com")
    assert (account.name, account.zone) == ("Noor", "Asia/Kolkata")
    assert client.get("/settings/").status_code == 200


def test_an_unconfirmed_address_cannot_sign_in(cast: Cast) -> None:
    client = cast.client("visitor")
    client.post("/accounts/signup/", SIGN_UP)
    fields = {"login": "noor@example.com", "password": SIGN_UP["password1"]}
    answer = cast.client("visitor").post("/accounts/login/", fields)
    assert answer.headers["Location"] == "/accounts/confirm-email/"


def test_sign_up_does_not_tell_whether_an_address_is_known(cast: Cast) -> None:
    new = cast.client("visitor").post("/accounts/signup/", SIGN_UP)
    known = cast.client("visitor").post("/accounts/signup/", SIGN_UP | {"email": "alice@example.com"})
    assert (new.status_code, new.headers["Location"]) == (known.status_code, known.headers["Location"])
    assert Account.objects.filter(email="alice@example.com").count() == 1


@pytest.mark.parametrize("change", [{"name": ""}, {"email": "nobody"}, {"password1": "short"}])
def test_a_wrong_sign_up_is_said_and_makes_nothing(cast: Cast, change: dict[str, str]) -> None:
    before = Account.objects.count()
    answer = cast.client("visitor").post("/accounts/signup/", SIGN_UP | change)
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()
    assert Account.objects.count() == before


def test_signing_in_leads_to_where_one_wanted_to_go(cast: Cast) -> None:
    client = cast.client("visitor")
    wanted = client.get("/settings/")
    assert wanted.headers["Location"] == "/accounts/login/?next=/settings/"
    fields = {"login": "ALICE@example.com", "password": PASSWORD, "next": "/settings/"}
    assert client.post("/accounts/login/", fields).headers["Location"] == "/settings/"
    assert client.get("/settings/").status_code == 200


def test_a_wrong_password_is_refused_without_saying_which_part_was_wrong(cast: Cast) -> None:
    answers = [
        cast.client("visitor").post("/accounts/login/", {"login": login, "password": "not-the-password"})
        for login in ("alice@example.com", "nobody@example.com")
    ]
    shown = {re.sub(r'value="[^"]*"', "", re.search(r'role="alert".*?</div>', a.content.decode(), re.S)[0])  # type: ignore[index]
             for a in answers}  # fmt: skip
    assert len(shown) == 1


def test_a_forgotten_password_is_replaced_by_the_link(cast: Cast) -> None:
    client = cast.client("visitor")
    client.post("/accounts/password/reset/", {"email": "alice@example.com"})
    page = client.get(link_in_mail(), follow=True)
    path = page.redirect_chain[-1][0]
    assert "Choose a new password" in page.content.decode()
    new = "another-long-password"
    assert client.post(path, {"password1": new, "password2": new}).status_code == 302
    cast.alice.refresh_from_db()
    assert cast.alice.check_password(new)
    assert "no longer works" in cast.client("visitor").get(path).content.decode()


@pytest.mark.parametrize("end", ["expired", "used", "after a sign-in"])
def test_an_ended_link_of_a_forgotten_password_changes_nothing(cast: Cast, settings, end: str) -> None:
    client = cast.client("visitor")
    client.post("/accounts/password/reset/", {"email": "alice@example.com"})
    link = link_in_mail()
    if end == "expired":
        settings.PASSWORD_RESET_TIMEOUT = -1
    elif end == "used":
        client.post(
            client.get(link).headers["Location"],
            {"password1": "the-first-new-one", "password2": "the-first-new-one"},
        )
    else:
        client.post("/accounts/login/", {"login": "alice@example.com", "password": PASSWORD})
    before = Account.objects.get(pk=cast.alice.pk).password
    late = cast.client("visitor")
    assert "no longer works" in late.get(link, follow=True).content.decode()
    late.post(link, {"password1": "another-long-password", "password2": "another-long-password"})
    assert Account.objects.get(pk=cast.alice.pk).password == before


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/confirm-email/",
        "/accounts/inactive/",
    ],
)
def test_every_page_of_a_visitor_is_in_our_design(cast: Cast, path: str) -> None:
    body = cast.client("visitor").get(path).content.decode()
    assert "lone-card" in body
    assert "css/backline.css" in body


@pytest.mark.parametrize("path", ["/accounts/email/", "/accounts/password/change/", "/accounts/logout/"])
def test_every_page_of_an_account_is_in_our_design(cast: Cast, path: str) -> None:
    body = cast.client("lee").get(path, follow=True).content.decode()
    assert "lone-card" in body or 'href="/settings/">Settings</a>' in body


@pytest.mark.parametrize(
    ("address", "fields", "subject", "words"),
    [
        (
            "/accounts/signup/",
            SIGN_UP | {"name": "Noor O'Shea"},
            "Confirm your address",
            "Hello Noor O'Shea,",
        ),
        (
            "/accounts/signup/",
            SIGN_UP | {"email": "alice@example.com"},
            "You have an account already",
            "alice@",
        ),
        (
            "/accounts/password/reset/",
            {"email": "alice@example.com"},
            "Choose a new password",
            "Hello Alice,",
        ),
        (
            "/accounts/password/reset/",
            {"email": "no@example.com"},
            "There is no account",
            "for no@example.com,",
        ),
    ],
)
def test_a_letter_says_whom_it_is_to_and_what_it_is_about(
    cast: Cast, address, fields, subject, words
) -> None:
    cast.client("visitor").post(address, fields)
    link_in_mail()
    letter = mail.outbox[-1]
    assert letter.subject.startswith(subject)
    assert words in letter.body
    assert not re.search(r" [.!]|{[#{%]", str(letter.body))


@pytest.mark.parametrize("name", ["Lee\nhttps://evil.example/", "Lee\u202eyaR", "Lee\u200b Ray", "\u3164"])
def test_a_persons_name_holds_nothing_unseen(cast: Cast, name: str) -> None:
    said = "characters that nobody sees"
    fields = {"name": name, "email": "nina@example.com", "password1": PASSWORD}
    assert said in cast.client("visitor").post("/accounts/signup/", fields).content.decode()
    assert not Account.objects.filter(email="nina@example.com").exists()
    answer = cast.client("lee").post("/settings/", {"name": name, "zone": "UTC", "first_weekday": 0})
    assert answer.status_code == 422 and said in answer.content.decode()
    cast.lee.refresh_from_db()
    assert cast.lee.name == "Lee"


@pytest.mark.parametrize(
    "address", ["alice@ex\u0430mple.com", "\u0430lice@example.com", "alice@\uff45xample.com"]
)
def test_an_address_that_looks_like_another_gets_no_link_to_it(cast: Cast, address: str) -> None:
    cast.client("visitor").post("/accounts/password/reset/", {"email": address})
    assert not Mail.objects.filter(body__contains="/password/reset/key/").exists()
