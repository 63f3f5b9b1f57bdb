"""A large pool for the benchmarks: 100,000 artists, a million beats, three currencies, and invented closed days.

The catalogue is real rows. Closed days of listening are handed to money as listening would, since their cost is
listening's: a million beats before, then some hundred thousand played a day.
"""

from __future__ import annotations

import os
import random
import resource
import tempfile
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

FIRST = date(2026, 1, 1)
CURRENCIES = ("EUR", "USD", "JPY")
SUBSCRIBERS = 6_000


def set_up(options: Namespace) -> None:
    """Django on a data folder of its own, migrated."""
    os.environ["BACKLINE_DATA"] = options.data or tempfile.mkdtemp(prefix="backline-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "backline.settings"
    os.environ.setdefault("BACKLINE_LOG_LEVEL", "WARNING")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)


def fill(artists: int, beats: int) -> None:
    """Artists, beats over three years, a second credit on every fifth, and subscribers with invoices for the month."""
    from django.db import connection, transaction

    from backline.people.actions import create_account, create_artist
    from tests.listening.world import make_beat

    now = datetime(2023, 1, 1, tzinfo=UTC)
    owner = create_account("owner@example.com", name="Owner", password=None, now=now)
    first = create_artist(owner, name="Artist 1", handle="artist-1", now=now)
    beat = make_beat(first, now=now)
    with transaction.atomic(), connection.cursor() as cursor:
        _copy(
            cursor,
            "people_artist",
            artists - 1,
            {"handle": "'artist-' || (n + 1)", "name": "'Artist ' || (n + 1)"},
        )
        when = "datetime('2023-01-01', '+' || ((n * 7919) % 1094) || ' days')"
        changed = {"artist_id": f"1 + (n * 7) % {artists}", "first_published_at": when, "published_at": when}
        _copy(cursor, "catalog_beat", beats - 1, changed)
        cursor.execute("UPDATE catalog_beat SET first_published_at = '2023-01-01' WHERE id = %s", [beat.pk])
        _copy(
            cursor, "catalog_credit", beats - 1, {"beat_id": "n + 1", "artist_id": f"1 + (n * 7) % {artists}"}
        )
        guest = {"beat_id": "n * 5", "artist_id": f"1 + (n * 35 + 11) % {artists}", "position": "1"}
        _copy(cursor, "catalog_credit", beats // 5, guest, after=beats)
        cursor.execute("ANALYZE")
    _invoices()


def _copy(cursor: object, table: str, count: int, changed: dict[str, str], *, after: int = 1) -> None:
    """`count` copies of the table's first row, numbered after `after`, with some columns computed from n = 1, 2, …"""
    cursor.execute(f"PRAGMA table_info({table})")  # type: ignore[attr-defined]
    names = [row[1] for row in cursor.fetchall()]  # type: ignore[attr-defined]
    values = [changed.get(name, f"n + {after}" if name == "id" else f"first.{name}") for name in names]
    quoted = ", ".join(f'"{name}"' for name in names)
    cursor.execute(  # type: ignore[attr-defined]
        f"WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < {count})"
        f" INSERT INTO {table} ({quoted}) SELECT {', '.join(values)} FROM count,"
        f" (SELECT * FROM {table} ORDER BY id LIMIT 1) AS first"
    )


def _invoices() -> None:
    from django.db import transaction

    from backline.people.models import Account
    from backline.shop import actions as shop

    at = datetime(2026, 1, 1, 8, tzinfo=UTC)
    plan = shop.create_plan("Plus", prices=dict.fromkeys(CURRENCIES, 1200), licences_a_month=None, now=at)
    with transaction.atomic():
        people = Account.objects.bulk_create(
            Account(email=f"s{number}@example.com", password="!") for number in range(SUBSCRIBERS)
        )
        for number, account in enumerate(people):
            name = f"bench-{number}"
            held = shop.start_subscription(
                account, plan=plan, currency=CURRENCIES[number % 3], external_id=name, now=at
            )
            shop.record_invoice(
                held, external_id=name, paid_at=at, period_start=FIRST, period_end=date(2026, 2, 1),
                plan_net_minor=90_000 + number, fee_minor=300, tax_minor=200,
            )  # fmt: skip


class Closed:
    """Closed days in place of the listening store's: on the first every beat's past, then `daily` beats a day."""

    def __init__(self, beats: int, daily: int) -> None:
        from pyroaring import BitMap

        self._beats, self._daily = beats, daily
        dice = random.Random(7)
        self._few = [BitMap(dice.sample(range(100_000), dice.randint(1, 4))).serialize() for _ in range(500)]
        self._many = [BitMap(dice.sample(range(100_000), 6)).serialize() for _ in range(500)]

    def install(self) -> None:
        """Money reads these from now on."""
        from backline.money import listens

        listens.last_closed_day = lambda: FIRST + timedelta(days=30)
        listens.first_closed_day = lambda last: FIRST
        listens.day_plays = self.day_plays  # type: ignore[assignment]
        listens.later_changes = lambda after_no, *, until: ([], after_no)
        listens.plays_to = lambda days: {}

    def day_plays(self, day: date) -> list[object]:
        """Plays and accounts of the day's beats."""
        from backline.listening.queries import BeatDayPlays

        dice = random.Random(day.toordinal())
        if day == FIRST:
            return [
                BeatDayPlays(
                    beat,
                    1 + int(dice.paretovariate(0.7)) % 100_000,
                    (self._few if beat % 10 == 0 else self._many)[beat % 500],
                )
                for beat in range(1, self._beats + 1)
            ]
        beats = sorted(dice.sample(range(1, self._beats + 1), self._daily))
        return [BeatDayPlays(beat, dice.randint(1, 9), self._few[beat % 500]) for beat in beats]


@contextmanager
def timed(found: list[tuple[str, float, float]], name: str) -> Iterator[None]:
    """Notes the wall and processor seconds of a block."""
    wall, processor = time.perf_counter(), time.process_time()
    yield
    found.append((name, time.perf_counter() - wall, time.process_time() - processor))


def peak_mb() -> int:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
