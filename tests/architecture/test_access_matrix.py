"""Who gets what at every address: all of the cast, by GET. An address that is not in the table fails the test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
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

# A status; `signin`: sent to sign in; `moved`: sent elsewhere. {public} is a public beat of Alice's artist, {draft} a
# draft of it, {open} a public and {closed} a private collection of it, {credit} an invitation to Bob's own artist,
# {case} a decided case on the public beat.
TABLE = """
                                              visitor lee    charlie dana   alice  bob    ada
/                                             200     200    200     200    200    200    200
/healthz                                      200     200    200     200    200    200    200
/readyz                                       200     200    200     200    200    200    200
/welcome/                                     404     404    404     404    404    404    404
/@marlo-vane/                                 200     200    200     200    200    200    200
/@nobody/                                     404     404    404     404    404    404    404
/@marlo-vane/follow                           signin  moved  moved   moved  moved  moved  moved
/beats/{public}-low-tide/                     200     200    200     200    200    200    200
/beats/{public}/                              moved   moved  moved   moved  moved  moved  moved
/beats/{draft}-low-tide/                      404     404    404     404    404    404    404
/beats/{public}/play                          405     405    405     405    405    405    405
/beats/{public}/like                          signin  moved  moved   moved  moved  moved  moved
/collections/{open}-tides/                    200     200    200     200    200    200    200
/collections/{open}/                          moved   moved  moved   moved  moved  moved  moved
/collections/{closed}/                        404     404    404     404    404    404    404
/program/                                     signin  200    200     200    200    200    200
/settings/                                    signin  200    200     200    200    200    200
/settings/theme/                              405     405    405     405    405    405    405
/styleguide/                                  200     200    200     200    200    200    200
/help/rewards/                                200     200    200     200    200    200    200

/dashboard/                                   signin  200    200     200    200    200    200
/dashboard/?artist=marlo-vane                 signin  404    404     404    200    200    200
/dashboard/?artist=nobody                     signin  404    404     404    404    404    404
/dashboard/finances/                          signin  200    200     200    200    200    200
/dashboard/finances/?artist=marlo-vane        signin  404    404     404    200    200    200
/dashboard/activity/                          signin  200    200     200    200    200    200
/dashboard/activity/?artist=marlo-vane        signin  404    404     404    200    200    200
/dashboard/activity/days.csv                  signin  200    200     200    200    200    200
/dashboard/activity/days.csv?artist=marlo-vane signin 404    404     404    200    200    200
/dashboard/progress/                          signin  200    200     200    200    200    200
/dashboard/progress/?artist=marlo-vane        signin  404    404     404    200    200    200
/dashboard/progress/refresh/                  405     405    405     405    405    405    405
/dashboard/leaderboards/                      signin  200    200     200    200    200    200
/dashboard/leaderboards/?artist=marlo-vane    signin  404    404     404    200    200    200
/settings/leaderboards/                       signin  200    200     200    200    200    403
/settings/leaderboards/?artist=marlo-vane     signin  404    404     404    200    200    403
/dashboard/beats/                             signin  200    200     200    200    200    200
/dashboard/beats/?artist=marlo-vane           signin  404    404     404    200    200    200
/dashboard/beats/beats.csv?artist=marlo-vane  signin  404    404     404    200    200    200
/dashboard/collections/                       signin  200    200     200    200    200    200
/dashboard/collections/?artist=marlo-vane     signin  404    404     404    200    200    200
/dashboard/collections/collections.csv?artist=marlo-vane signin 404 404 404 200   200    200
/dashboard/collections/delete/                405     405    405     405    405    405    405
/backstage/collections/new/?artist=marlo-vane signin  404    404     404    200    200    403
/backstage/collections/{closed}/              signin  404    404     404    200    200    403
/backstage/beats/{public}/feature/            405     405    405     405    405    405    405

/staff/originality/                           signin  404    404     200    404    404    404
/staff/originality/1/answer/                  405     405    405     405    405    405    405

/backstage/upload/                            signin  200    200     200    200    200    200
/backstage/upload/?artist=marlo-vane          signin  404    404     404    200    200    200
/backstage/beats/{draft}/                     signin  404    404     404    200    200    403
/backstage/beats/{draft}/check/               405     405    405     405    405    405    405
/backstage/beats/{draft}/detected/            signin  404    404     404    200    200    403
/backstage/beats/{draft}/published/           signin  404    404     404    moved  moved  403
/backstage/beats/{public}/published/          signin  404    404     404    200    200    403
/backstage/beats/{draft}/appeal/              405     405    405     405    405    405    405
/backstage/beats/{draft}/steps/stream/retry/  405     405    405     405    405    405    405
/backstage/credits/{credit}/                  405     405    405     405    405    405    405
/backstage/statements/1/                      signin  404    404     404    404    404    404
/backstage/beats/{public}/receipts/           signin  404    404     404    200    200    200
/backstage/beats/{public}/receipts/days.csv   signin  404    404     404    200    200    200
/backstage/beats/{public}/receipts/2026-03-17/ signin 404    404     404    200    200    200
/backstage/cases/{case}/                      signin  404    404     404    200    200    200
/backstage/cases/{case}/act/                  405     405    405     405    405    405    405
/staff/cases/                                 signin  404    404     200    404    404    404
/staff/cases/new/                             signin  404    404     200    404    404    404
/staff/cases/{case}/                          signin  404    404     200    404    404    404
/staff/cases/{case}/act/                      405     405    405     405    405    405    405

/staff/                                       signin  404    404     moved  404    404    404
/staff/settlements/                           signin  404    404     200    404    404    404
/staff/settlements/preview/2026-1/            signin  404    404     404    404    404    404
/staff/settlements/1/                         signin  404    404     404    404    404    404
/staff/settlements/1/statements.csv           signin  404    404     404    404    404    404
/staff/statements/1/                          signin  404    404     404    404    404    404
/staff/simulator/                             signin  404    404     200    404    404    404
/staff/buckets/                               signin  404    404     200    404    404    404
/staff/holds/                                 signin  404    404     200    404    404    404
/staff/holds/1/release/                       405     405    405     405    405    405    405
/staff/reconciliation/                        signin  404    404     200    404    404    404
/staff/ledger/                                signin  404    404     200    404    404    404
/staff/ledger/account/                        signin  404    404     404    404    404    404
/staff/ledger/account/?address=platform:pool&currency=EUR signin 404 404 200    404    404    404
/staff/ledger/entries/invoice:1/              signin  404    404     200    404    404    404
/staff/ledger/entries/invoice:2/              signin  404    404     404    404    404    404

/api/v1/                                      200     200    200     200    200    200    200
/api/v1/openapi.json                          200     200    200     200    200    200    200
/api/v1/beats                                 405     405    405     405    405    405    405
/api/v1/beats/{draft}                         401     401    401     401    401    401    401
/api/v1/beats/{draft}/publish                 405     405    405     405    405    405    405
/api/v1/beats/{public}/activity               401     401    401     401    401    401    401
/api/v1/beats/{public}/receipts               401     401    401     401    401    401    401
/api/v1/beats/{public}/cases                  401     401    401     401    401    401    401
/api/v1/artists/marlo-vane/live               401     401    401     401    401    401    401
/api/v1/artists/marlo-vane/beats              401     401    401     401    401    401    401
/api/v1/artists/marlo-vane/activity           401     401    401     401    401    401    401
/api/v1/leaderboards/overall                  401     401    401     401    401    401    401
/api/v1/artists/marlo-vane/dashboard          401     401    401     401    401    401    401
/api/v1/artists/marlo-vane/progress           401     401    401     401    401    401    401

/accounts/login/                              200     moved  moved   moved  moved  moved  moved
/accounts/signup/                             200     moved  moved   moved  moved  moved  moved
/accounts/logout/                             moved   200    200     200    200    200    200
/accounts/inactive/                           200     200    200     200    200    200    200
/accounts/reauthenticate/                     signin  200    200     200    200    200    200
/accounts/email/                              signin  200    200     200    200    200    200
/accounts/confirm-email/                      200     200    200     200    200    200    200
/accounts/confirm-email/not-a-key/            200     200    200     200    200    200    200
/accounts/login/code/confirm/                 signin  moved  moved   moved  moved  moved  moved
/accounts/password/change/                    signin  200    200     200    200    200    200
/accounts/password/set/                       signin  moved  moved   moved  moved  moved  moved
/accounts/password/reset/                     200     200    200     200    200    200    200
/accounts/password/reset/done/                200     200    200     200    200    200    200
/accounts/password/reset/key/done/            200     200    200     200    200    200    200
/accounts/password/reset/key/1-not-a-key/     200     200    200     200    200    200    200
"""
ROWS = [line.split() for line in TABLE.splitlines()[2:] if line]


@pytest.fixture
def places(cast: Cast, now: datetime) -> dict[str, int]:
    """The things of Alice's artist that the table's addresses name."""
    public = make_public(cast.marlo, account=cast.alice, now=now)
    draft = make_draft(cast.marlo, account=cast.alice, now=now)
    credit = catalog.invite_credit(draft, artist=cast.kit, now=now)
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


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_address_answers_each_person_as_the_table_says(
    row: list[str], cast: Cast, places: dict[str, int]
):
    address, *expected = row
    answers = [said(cast.client(person).get(address.format(**places))) for person in PEOPLE]
    assert dict(zip(PEOPLE, answers, strict=True)) == dict(zip(PEOPLE, expected, strict=True))


def test_every_address_is_in_the_table():
    samples = dict.fromkeys(("public", "draft", "open", "closed", "credit", "case"), 1)
    known = {resolve(address.format(**samples).partition("?")[0]).route for address, *_ in ROWS}
    assert set(routes()) - known == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_nothing_is_written_without_the_csrf_token(row: list[str], cast: Cast, places: dict[str, int]):
    address = row[0].format(**places)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.alice, backend="django.contrib.auth.backends.ModelBackend")
    # The API takes no cookie, so nobody else's page can use it.
    expected = {401, 403, 405} if address.startswith("/api/v1/") else {403}
    assert client.post(address).status_code in expected


@pytest.mark.parametrize("person", PEOPLE)
def test_the_admin_opens_to_staff_only(person: str, cast: Cast):
    from django.contrib import admin

    addresses = ["/staff/admin/"]
    addresses += [f"/staff/admin/{m._meta.app_label}/{m._meta.model_name}/" for m in admin.site._registry]
    answers = {cast.client(person).get(address).status_code for address in addresses}
    assert answers <= ({200, 403} if person == "dana" else {302})
