"""Measures Transactions at 50,000 rows of one artist: `python -m bench.money.paying [--rows N]`.

Rows are filled past the actions that make them one by one; they are read by the queries of the page.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from bench.money.world import set_up
from bench.report import heading, table

STARTED = datetime(2016, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
TIMES = 50


def main() -> None:
    """Fills, measures and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--data", help="a folder that has been filled, or will be")
    options = parser.parse_args()
    set_up(options)
    print(heading("Paying"))
    artist = _fill(options.rows)
    print(table(["read", "median ms", "p99 ms", "CPU-ms"], _reads(artist)))


def _fill(count: int) -> int:
    from backline.domain.earning_status import Place, status_of
    from backline.money.models import Earning
    from backline.people import actions as people
    from backline.people.models import Artist

    if found := Artist.objects.filter(handle="bench").first():
        return found.pk
    account = people.create_account("bench@example.com", name="Bench", password=None, now=STARTED)
    artist = people.create_artist(account, name="Bench", handle="bench", now=STARTED)
    dice = random.Random(1)
    places = [Place.BANK] * 40 + [place for place in Place if place is not Place.BANK]
    rows = []
    for number in range(count):
        place, amount = dice.choice(places), dice.randint(100, 90_000)
        rows.append(
            Earning(
                artist=artist, currency="EUR", kind=dice.choice(["subscription", "track", "track", "exclusive"]),
                key=f"bench-{number}", reference=f"TS-{number:05}", amount_minor=amount, original_minor=amount,
                at=STARTED + timedelta(hours=number * 1.8), place=place, status=status_of(place), changed_at=NOW,
            )
        )  # fmt: skip
    Earning.objects.bulk_create(rows, batch_size=500)
    return artist.pk


def _reads(artist: int) -> list[list[object]]:
    from backline.money.queries import earnings_by_country, earnings_by_month, overview, transactions

    def page(**filters: object) -> Callable[[], object]:
        return lambda: transactions(artist, currency="EUR", now=NOW, **filters)  # type: ignore[arg-type]

    tabs = {
        f"tab {tab}": page(tab=tab) for tab in ("all", "sales", "subscriptions", "paid", "pending", "failed")
    }
    more = {
        "last page": page(page=10**6),
        "a year, by type": page(kind="track", first=date(2024, 1, 1), last=date(2024, 12, 31)),
        "search by reference": page(search="0421"),
        "overview": lambda: overview(artist, currency="EUR"),
        "months": lambda: earnings_by_month(artist, currency="EUR", months=12, now=NOW),
        "countries": lambda: earnings_by_country(artist, currency="EUR"),
    }
    return [[name, *_times(read)] for name, read in (tabs | more).items()]


def _times(read: Callable[[], object], times: int = TIMES) -> list[str]:
    read()
    spent, before = [], time.process_time()
    for _ in range(times):
        begun = time.perf_counter()
        read()
        spent.append((time.perf_counter() - begun) * 1_000)
    return _figures(spent, time.process_time() - before)


def _figures(spent: list[float], cpu_s: float) -> list[str]:
    """Median and 99th percentile in ms, and the processor's time of each."""
    spent.sort()
    middle, late = spent[len(spent) // 2], spent[len(spent) * 99 // 100]
    return [f"{middle:.1f}", f"{late:.1f}", f"{cpu_s / len(spent) * 1_000:.1f}"]


if __name__ == "__main__":
    main()
