"""Who gets what at every address, by every method: all of the cast, and for the API every kind of token.

An address that is not in the table fails the test, as does one of the table that leads nowhere. Thousands of requests:
they run with the slow tests, and what one writes is taken back before the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib import admin
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from pytest_django import DjangoDbBlocker

from tests.architecture.matrix.asking import Asker
from tests.architecture.matrix.living import World, living
from tests.architecture.matrix.table import METHODS, PEOPLE, Row, line_of, rows
from tests.architecture.matrix.world import UPLOAD

ROWS = rows(Path(__file__).with_name("access_matrix.txt"))
AT_ONCE = 12
PARTS = [ROWS[start : start + AT_ONCE] for start in range(0, len(ROWS), AT_ONCE)]


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    with living(tmp_path_factory.mktemp("matrix"), django_db_blocker) as made:
        yield made


@pytest.fixture
def asker(world: World, settings: object) -> Asker:
    """Everybody, where the world's files and listens are."""
    world.enter(settings)
    return world.asker


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Every route of the project but the admin's, which are tested below."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            yield from routes(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route


def route_of(row: Row) -> str | None:
    """The route that the row's address leads to; None when to none."""
    names = {part.partition("}")[0] for part in row.address.split("{")[1:]}
    try:
        return str(
            resolve(
                row.address.format(**dict.fromkeys(names, 1) | {"upload": UPLOAD}).partition("?")[0]
            ).route
        )
    except Resolver404:
        return None


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"from {part[0].address}")
def test_each_address_answers_everybody_as_the_table_says(part: list[Row], asker: Asker):
    wrong = []
    for row in part:
        wanted = line_of(row, {method: row.expected(method) for method in METHODS})
        answered = asker.answered(row)
        if answered != wanted:
            wrong.append(f"\n  table:    {wanted}\n  answered: {answered}")
    assert wrong == []


def test_every_address_is_in_the_table_and_the_table_has_no_other():
    known = {row.address: route_of(row) for row in ROWS}
    assert set(routes()) - set(known.values()) == set(), "addresses without a row"
    assert [address for address, route in known.items() if route is None] == [], "rows without an address"


def test_no_address_is_in_the_table_twice():
    addresses = [row.address for row in ROWS]
    assert sorted(set(addresses)) == sorted(addresses)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"from {part[0].address}")
def test_nothing_is_written_without_the_csrf_token(part: list[Row], asker: Asker):
    wrong = {}
    for address in (row.address.format(**asker.places) for row in part):
        answer = asker.send("POST", address, "alice", token=False).status_code
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


@pytest.mark.django_db
@pytest.mark.parametrize("person", PEOPLE)
def test_the_admin_opens_to_staff_only(person: str, asker: Asker):
    addresses = ["/staff/admin/"]
    addresses += [f"/staff/admin/{m._meta.app_label}/{m._meta.model_name}/" for m in admin.site._registry]
    answers = {asker.send("GET", address, person).status_code for address in addresses}
    assert answers <= ({200, 403} if person == "dana" else {302})
