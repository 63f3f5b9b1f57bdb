"""A new installation leads its first visitor to the staff account, once."""

from __future__ import annotations

import pytest
from django.test import Client

from backline.people.models import Account

FORM = {
    "name": "Dana",
    "email": "dana@example.com",
    "password": "a-long-enough-one",
    "zone": "Europe/Amsterdam",
}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/dashboard/", "/accounts/login/"])
def test_every_page_leads_there_until_staff_exists(path: str) -> None:
    assert Client().get(path).headers["Location"] == "/welcome/"


@pytest.mark.django_db
def test_the_form_makes_the_staff_account_signs_it_in_and_closes_the_door() -> None:
    client = Client()
    assert client.get("/welcome/").status_code == 200
    answer = client.post("/welcome/", FORM)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/program/")
    account = Account.objects.get()
    assert (account.is_staff, account.zone) == (True, "Europe/Amsterdam")
    assert client.get("/program/").status_code == 200
    assert Client().get("/welcome/").status_code == 404
    assert Client().post("/welcome/", FORM | {"email": "eve@example.com"}).status_code == 404
    assert Account.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"password": "short"}, {"email": "no-address"}, {"name": ""}])
def test_a_wrong_field_is_said_and_nothing_is_made(change: dict[str, str]) -> None:
    answer = Client().post("/welcome/", FORM | change)
    assert answer.status_code == 422
    assert not Account.objects.exists()


@pytest.mark.django_db
def test_an_unknown_zone_becomes_utc() -> None:
    Client().post("/welcome/", FORM | {"zone": "Mars/Olympus"})
    assert Account.objects.get().zone == "UTC"
