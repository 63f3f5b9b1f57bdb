"""The fixed cast, and clients signed in as each of them.

Alice owns the artist *Marlo Vane* and has beats and plays; Bob is her collaborator: manager of her artist and owner of
his own; Ada is an analyst of Alice's artist; Charlie is a stranger with an artist of his own; Dana is staff; Lee is a
listener. What they may do never changes, so a test says only what it is about.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from backline.listening import facts
from backline.people import actions as people
from backline.people.models import Account, Artist, Member

NOW = datetime(2026, 3, 18, 15, 30, tzinfo=UTC)
PASSWORD = "correct-horse-battery"
# `bin/test` names a PostgreSQL server here to run the tests of listening on it once more.
LISTENING_SERVER = os.environ.get("TEST_LISTENING_SERVER", "")


@dataclass(frozen=True)
class Cast:
    """Who is who, and whose artist is which."""

    alice: Account
    bob: Account
    ada: Account
    charlie: Account
    dana: Account
    lee: Account
    marlo: Artist
    """Alice's artist; Bob manages it, Ada analyses it."""
    kit: Artist
    """Bob's own artist."""
    sable: Artist
    """Charlie's artist."""

    def client(self, name: str) -> Client:
        """A client signed in as the named one; `visitor` is signed out."""
        client = Client()
        if name != "visitor":
            client.force_login(getattr(self, name), backend="django.contrib.auth.backends.ModelBackend")
        return client


@pytest.fixture
def now() -> datetime:
    """The instant that tests play at: a Wednesday afternoon."""
    return NOW


@pytest.fixture
def cast(db: None, now: datetime) -> Cast:
    """The six people and their three artists."""
    return make_cast(now)


def make_cast(now: datetime) -> Cast:
    """The rows of the cast, for a test of its own or a world that many tests share."""

    def account(name: str, *, is_staff: bool = False) -> Account:
        email = f"{name.lower()}@example.com"
        return people.create_account(email, name=name, password=PASSWORD, now=now, is_staff=is_staff)

    alice, bob, ada, charlie, lee = (account(name) for name in ("Alice", "Bob", "Ada", "Charlie", "Lee"))
    dana = account("Dana", is_staff=True)
    marlo = people.create_artist(alice, name="Marlo Vane", handle="marlo-vane", now=now)
    kit = people.create_artist(bob, name="Kit Nakagawa", handle="kit-nakagawa", now=now)
    sable = people.create_artist(charlie, name="Sable Ortiz", handle="sable-ortiz", now=now)
    people.add_member(marlo, account=bob, role=Member.Role.MANAGER, now=now)
    people.add_member(marlo, account=ada, role=Member.Role.ANALYST, now=now)
    return Cast(
        alice=alice, bob=bob, ada=ada, charlie=charlie, dana=dana, lee=lee, marlo=marlo, kit=kit, sable=sable
    )


@pytest.fixture
def emptied_ledger(transactional_db: None) -> Iterator[None]:
    """For tests that commit ledger entries: empties the ledger past its triggers, which would stop the flush."""
    yield
    from tests.ledger.emptying import empty_ledger

    empty_ledger()


@pytest.fixture(autouse=True)
def _fresh_files(settings: object, tmp_path: Path) -> Iterator[None]:
    """Each test has an empty file store and an empty listening store of its own, and no limit that others used up."""
    cache.clear()
    files = tmp_path / "files"
    (files / "incoming").mkdir(parents=True)
    settings.FILES_ROOT = files  # type: ignore[attr-defined]
    settings.FILE_UPLOAD_TEMP_DIR = files / "incoming"  # type: ignore[attr-defined]
    facts.clear()
    settings.LISTENING_URL = (  # type: ignore[attr-defined]
        f"{LISTENING_SERVER}?schema=test_{uuid4().hex}"
        if LISTENING_SERVER
        else f"sqlite:///{tmp_path / 'listening.sqlite3'}"
    )
    yield
