"""Measures a month of daily accruals: `python -m bench.money.accrual [--data FOLDER] [--beats N] [--artists N]`.

Beside it the same sums in bare numpy: reading nothing, storing nothing. `bench.money.settlement` goes on from FOLDER.
"""

from __future__ import annotations

import argparse
import statistics
from datetime import UTC, date, datetime, timedelta

from bench.money.world import CURRENCIES, FIRST, Closed, fill, peak_mb, set_up, timed
from bench.report import heading, table


def main() -> None:
    """Fills, lets the days pass, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--artists", type=int, default=100_000)
    parser.add_argument("--beats", type=int, default=1_000_000)
    parser.add_argument("--daily", type=int, default=200_000, help="beats played on a day")
    parser.add_argument("--days", type=int, default=31)
    parser.add_argument("--data", help="a folder that the settlement can be measured on afterwards")
    options = parser.parse_args()
    print(heading("Accrual"))
    set_up(options)
    from backline.catalog.models import Beat

    if not Beat.objects.exists():
        fill(options.artists, options.beats)
    found: list[tuple[str, float, float]] = []
    _days(options, found)
    rows = [
        [name, *_spread([one for one in found if one[0] == name])]
        for name in ("weigh", "accrue", "bare numpy")
    ]
    print(table(["a day", "times", "wall s, median", "worst", "CPU-s, median"], rows))
    print(
        f"{options.beats:,} beats, {options.artists:,} artists, {len(CURRENCIES)} currencies. Peak {peak_mb()} MB."
    )


def _spread(some: list[tuple[str, float, float]]) -> list[str]:
    wall = [one[1] for one in some]
    return [
        str(len(some)),
        f"{statistics.median(wall):.3f}",
        f"{max(wall):.3f}",
        f"{statistics.median(one[2] for one in some):.3f}",
    ]


def _days(options: argparse.Namespace, found: list[tuple[str, float, float]]) -> None:
    from backline.money import actions

    Closed(options.beats, options.daily).install()
    while actions.book_facts(now=datetime(2026, 1, 2, tzinfo=UTC)):
        pass
    for number in range(options.days):
        day = FIRST + timedelta(days=number)
        now = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(days=number)
        with timed(found, "weigh"):
            actions.weigh_day(day, now=now)
        with timed(found, "accrue"):
            actions.accrue_day(day, now=now)
        _bare(day, found)


def _bare(day: date, found: list[tuple[str, float, float]]) -> None:
    """The shares alone, in floating point: what the division itself costs, without being exact or kept."""
    import numpy as np

    from backline.money.models import Accrual
    from backline.money.shares import day_lines

    points = day_lines(day).points.astype(np.float64)
    buckets = Accrual.objects.filter(day=day).values_list("bucket_minor", flat=True)
    with timed(found, "bare numpy"):
        for bucket in buckets:
            np.floor(points * (bucket * 1e6 / points.sum()))


if __name__ == "__main__":
    main()
