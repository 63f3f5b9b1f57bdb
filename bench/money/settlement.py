"""Measures settling a month and explaining a statement: `python -m bench.money.settlement --data FOLDER`.

FOLDER is one that `bench.money.accrual --data FOLDER` has filled with a month of accruals.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from bench.money.world import FIRST, Closed, peak_mb, set_up, timed
from bench.report import heading, table

SETTLED_AT = datetime(2026, 2, 10, tzinfo=UTC)


def main() -> None:
    """Previews, settles, explains, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    options = parser.parse_args()
    print(heading("Settlement"))
    set_up(options)
    Closed(1, 1).install()
    from backline.money import actions, queries
    from backline.money.gathering import gathered
    from backline.money.models import PayoutProfile, Statement
    from backline.people.models import Artist

    if not PayoutProfile.objects.exists():
        PayoutProfile.objects.bulk_create(
            PayoutProfile(artist_id=pk, state="ready", changed_at=SETTLED_AT)
            for pk in Artist.objects.filter(pk__gt=0).values_list("pk", flat=True)
            if pk % 3
        )
    found: list[tuple[str, float, float]] = []
    with timed(found, "the sums alone: a month's packed rows, read and added in numpy"):
        gathered(FIRST)
    with timed(found, "preview"):
        queries.preview(FIRST)
    with timed(found, "settlement: computed, statements written, posted, closed"):
        actions.run_settlement(FIRST, now=SETTLED_AT)
    largest = Statement.objects.order_by("-earned_minor").defer("packed")[0]
    for again in ("explain, the largest statement", "explain, again"):
        with timed(found, again):
            problems = queries.explanation(largest.pk).problems
    print(table(["", "wall s", "CPU-s"], [[name, f"{wall:.2f}", f"{cpu:.2f}"] for name, wall, cpu in found]))
    print(
        f"{Statement.objects.count():,} statements. Explained with {len(problems)} problems. Peak {peak_mb()} MB."
    )


if __name__ == "__main__":
    main()
