"""Measures the ledger at five million postings: `python -m bench.money.ledger [--postings N] [--data FOLDER]`.

100,000 artists over 24 months: invoices, settlements in chunks of 500 artists, and one transfer for each artist and
month. Filled past the ledger's action (its triggers and lock cost what the last table shows), then read and written
through the product's own queries and actions.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from bench.money.world import set_up
from bench.report import heading, table

MONTHS, CHUNK, INVOICES = 24, 500, 8_000
TIMES = 40
STARTED = datetime(2024, 1, 1, tzinfo=UTC)


def main() -> None:
    """Fills, measures and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=int, default=5_000_000)
    parser.add_argument("--data", help="a folder that has been filled, or will be")
    options = parser.parse_args()
    set_up(options)
    artists = (options.postings // MONTHS - INVOICES) // 2
    print(heading("Ledger"))
    if not _count():
        _fill(artists)
    print(f"{_count():,} postings, {artists:,} artists.\n")
    print(table(["read", "median ms", "p95 ms"], _reads(artists)))
    print(table(["write", "median ms", "p95 ms"], _writes(artists)))


def _count() -> int:
    from backline.ledger.models import Posting

    return Posting.objects.count()


def _fill(artists: int) -> None:
    """Rows as the action would have written them, without its checks."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_posting'"
        )
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        addresses = ["world:stripe", "platform:pool"]
        addresses += [f"artist:{n}:{end}" for n in range(artists) for end in ("available", "sending")]
        rows = [(number, address, "EUR") for number, address in enumerate(addresses, 1)]
        cursor.executemany(
            "INSERT INTO ledger_ledgeraccount (id, address, currency) VALUES (%s, %s, %s)", rows
        )
        for month in range(MONTHS):
            _fill_month(month, artists)
        for _, sql in triggers:
            cursor.execute(sql)
        cursor.execute("ANALYZE")


def _fill_month(month: int, artists: int) -> None:
    from django.db import connection, transaction

    per_month = INVOICES + -(-artists // CHUNK) + artists
    first = month * per_month + 1
    at = STARTED + timedelta(days=30 * month)
    entries, postings = [], []
    for number, (key, moves) in enumerate(_month(month, artists), first):
        entries.append((number, key, "0" * 64, "Filled", at.isoformat(sep=" ")))
        postings += [(number, source, destination, amount, "EUR") for source, destination, amount in moves]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO ledger_entry (id, key, content_sha256, memo, at) VALUES (%s, %s, %s, %s, %s)",
            entries,
        )
        cursor.executemany(
            "INSERT INTO ledger_posting (entry_id, source_id, destination_id, amount_minor, currency)"
            " VALUES (%s, %s, %s, %s, %s)",
            postings,
        )


def _month(month: int, artists: int) -> Iterator[tuple[str, list[tuple[int, int, int]]]]:
    """Key and moves (account numbers, amount) of each entry; artist n holds the accounts 3 + 2n and 4 + 2n."""
    for number in range(INVOICES):
        yield f"invoice:{month}:{number}", [(1, 2, 1_200)]
    for start in range(0, artists, CHUNK):
        chunk = range(start, min(start + CHUNK, artists))
        yield f"settlement:{month}:EUR:{start}", [(2, 3 + 2 * n, 100 + n % 977) for n in chunk]
    for n in range(artists):
        yield f"transfer:{month}:{n}", [(3 + 2 * n, 4 + 2 * n, 100 + n % 977)]


def _reads(artists: int) -> list[list[object]]:
    from backline.ledger import accounts, queries
    from backline.ledger.models import Entry

    middle = Entry.objects.latest("pk").pk // 2
    one = accounts.available(artists // 2)
    pool = accounts.POOL
    return [
        _timed("page of 25, an artist", lambda: queries.account_page(one, currency="EUR")),
        _timed("page of 25, the pool, newest", lambda: queries.account_page(pool, currency="EUR")),
        _timed(
            "page of 25, the pool, half-way",
            lambda: queries.account_page(pool, currency="EUR", before=middle),
        ),
        _timed("one entry of 500 postings", lambda: queries.entry("settlement:12:EUR:0")),
        _timed("balance, an artist", lambda: queries.balance(one, currency="EUR")),
        _timed("all balances of an artist", lambda: queries.balances(f"artist:{artists // 2}:")),
        _timed("balance, the pool", lambda: queries.balance(pool, currency="EUR"), times=5),
        _timed("all balances of the platform", lambda: queries.balances("platform:"), times=5),
    ]


def _writes(artists: int) -> list[list[object]]:
    from backline.ledger import accounts
    from backline.ledger.actions import Move, post_entry

    numbers = iter(range(10**9))

    def post(moves: list[Move]) -> None:
        post_entry(f"bench:{time.time_ns()}:{next(numbers)}", moves=moves, memo="Bench", now=STARTED)

    chunk = [Move(accounts.POOL, accounts.available(n), 100, "EUR") for n in range(min(CHUNK, artists))]
    one = Move(accounts.STRIPE, accounts.POOL, 1_200, "EUR")
    return [
        _timed("an entry of 1 posting", lambda: post([one])),
        _timed("an entry of 500 postings", lambda: post(chunk)),
    ]


def _timed(name: str, call: Callable[[], object], times: int = TIMES) -> list[object]:
    call()
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        spent.append((time.perf_counter() - started) * 1000)
    p95 = sorted(spent)[int(len(spent) * 0.95)]
    return [name, f"{statistics.median(spent):.2f}", f"{p95:.2f}"]


if __name__ == "__main__":
    main()
