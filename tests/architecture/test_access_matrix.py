"""Who gets what at every address: all of the cast, by GET. An address that is not in the table fails the test.

Thousands of requests: they run with the slow tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from backline.catalog import actions as catalog
from backline.catalog.models import Beat, Collection
from backline.ledger.accounts import POOL, STRIPE
from backline.ledger.actions import Move, post_entry
from backline.listening import cases
from backline.listening.models import Case
from backline.listening.selection import Selection, selected
from tests.catalog.makers import make_draft, make_public
from tests.conftest import Cast

PEOPLE = ("visitor", "lee", "charlie", "dana", "alice", "bob", "ada")

TABLE = Path(__file__).with_name("access_matrix.txt").read_text(encoding="utf-8")
ROWS = [line.split() for line in TABLE.splitlines() if line.startswith("/")]
AT_ONCE = 25
PARTS = [ROWS[start : start + AT_ONCE] for start in range(0, len(ROWS), AT_ONCE)]


@pytest.fixture
def places(cast: Cast, now: datetime) -> dict[str, int | str]:
    """The things of Alice's artist that the table's addresses name."""
    public = make_public(cast.marlo, account=cast.alice, now=now)
    draft = make_draft(cast.marlo, account=cast.alice, now=now)
    hidden = make_draft(cast.marlo, account=cast.alice, now=now)
    credit = catalog.invite_credit(draft, artist=cast.kit, now=now)
    shares = {cast.marlo.pk: 6_000, cast.kit.pk: 4_000}
    table = catalog.propose_shares(draft, shares=shares, starts_on=now.date(), by=cast.alice, now=now)
    opened, closed = (
        catalog.create_collection(cast.marlo, name="Tides", kind=Collection.Kind.ALBUM, now=now)
        for _ in range(2)
    )
    catalog.add_to_collection(opened, beat=public, now=now)
    catalog.publish_collection(opened, now=now)
    post_entry("invoice:1", moves=[Move(STRIPE, POOL, 1_200, "EUR")], memo="Plus", now=now)
    return {
        "public": public.pk,
        "draft": draft.pk,
        "open": opened.pk,
        "closed": closed.pk,
        "credit": credit.pk,
        "shares": table.pk,
        "link": catalog.make_private(hidden, now=now).token,
        "case": decided_case(public, cast, now).pk,
    }


def decided_case(beat: Beat, cast: Cast, now: datetime) -> Case:
    """A case on a beat, decided and not yet appealed."""
    selection = Selection(beat.pk, now - timedelta(days=1), now)
    case = cases.open_case(selection, reason="A farm.", submission=uuid4(), account=cast.dana, now=now)
    cases.decide_case(case, digest=selected(selection).digest, account=cast.dana, now=now)
    return case


def said(response: HttpResponseBase) -> str:
    """The response in the table's words."""
    if response.status_code not in (301, 302):
        return str(response.status_code)
    return "signin" if response.headers["Location"].startswith("/accounts/login/") else "moved"


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Every route of the project but the admin's, which are tested below."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            yield from routes(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route


@pytest.mark.slow
@pytest.mark.parametrize("rows", PARTS, ids=lambda rows: f"from {rows[0][0]}")
def test_each_address_answers_each_person_as_the_table_says(
    rows: list[list[str]], cast: Cast, places: dict[str, int | str]
):
    wrong = {}
    for address, *expected in rows:
        answers = [said(cast.client(person).get(address.format(**places))) for person in PEOPLE]
        if answers != expected:
            wrong[address] = dict(zip(PEOPLE, zip(answers, expected, strict=True), strict=True))
    assert wrong == {}, "address: person: (answered, expected)"


def test_every_address_is_in_the_table():
    samples = dict.fromkeys(("public", "draft", "open", "closed", "credit", "case", "shares", "link"), 1)
    known = {resolve(address.format(**samples).partition("?")[0]).route for address, *_ in ROWS}
    assert set(routes()) - known == set()


@pytest.mark.slow
@pytest.mark.parametrize("rows", PARTS, ids=lambda rows: f"from {rows[0][0]}")
def test_nothing_is_written_without_the_csrf_token(
    rows: list[list[str]], cast: Cast, places: dict[str, int | str]
):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.alice, backend="django.contrib.auth.backends.ModelBackend")
    wrong = {}
    for address in (row[0].format(**places) for row in rows):
        answer = client.post(address).status_code
        if answer not in refusals(address):
            wrong[address] = answer
    assert wrong == {}


def refusals(address: str) -> set[int]:
    """What a POST without the token is answered with."""
    if address.startswith("/api/v1/"):
        return {401, 403, 405}  # it takes no cookie, so nobody else's page can use it
    if address.startswith(("/webhooks/", "/embed/")):
        return {400, 403, 404}  # signed by the provider, or for nobody in particular: no cookie is read there
    return {403}


@pytest.mark.parametrize("person", PEOPLE)
def test_the_admin_opens_to_staff_only(person: str, cast: Cast):
    from django.contrib import admin

    addresses = ["/staff/admin/"]
    addresses += [f"/staff/admin/{m._meta.app_label}/{m._meta.model_name}/" for m in admin.site._registry]
    answers = {cast.client(person).get(address).status_code for address in addresses}
    assert answers <= ({200, 403} if person == "dana" else {302})
