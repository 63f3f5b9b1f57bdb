"""Every form that a page shows, sent what no browser would send: said, never broken, nothing kept that breaks a page.

Thousands of requests, each taken back: they run with the slow tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.architecture.matrix.living import World, living
from tests.architecture.matrix.table import rows
from tests.web.bad_input.attacks import attacks, huge, presses
from tests.web.bad_input.forms import Form, forms_of
from tests.web.bad_input.sending import Sender

TABLE = rows(Path(__file__).parents[2] / "architecture" / "access_matrix.txt")
PAGES = [row for row in TABLE if "o" in row.expected("GET") and not row.address.startswith("/api/")]
PARTS = 16
WHO = ("alice", "dana", "lee", "bob", "visitor")


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    with living(tmp_path_factory.mktemp("bad-input"), django_db_blocker) as made:
        yield made


@pytest.fixture(scope="module")
def met() -> set[object]:
    """Forms that were sent already: those of the frame are on every page."""
    return set()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_every_form_takes_bad_input(part: int, world: World, met: set[object], settings: object):
    world.enter(settings)
    sender, wrong = Sender(world.asker), []
    for row in PAGES[part::PARTS]:
        who = next(name for name in WHO if row.expected("GET")[row.askers.index(name)] == "o")
        address = row.address.format(**world.asker.places)
        for form in forms_of(address, sender.page(who, address)):
            if form.key not in met:
                met.add(form.key)
                wrong += [f"{who} {form.action}: {each}" for each in _complaints(sender, who, form)]
    assert wrong == [], "\n".join(wrong)


def _complaints(sender: Sender, who: str, form: Form) -> Iterator[str]:
    for sent in (*attacks(form), *huge(form)):
        yield from sender.complaints(who, form, sent)
    for sent in presses(form):
        yield from sender.complaints(who, form, sent, times=2)
