"""Folds, closes and rebuilds a generated log: `python -m bench.listening.fold FOLDER [--rebuild] [--close]`.

Rates are those of one process, on the clock and by CPU; the second is what a loaded machine still tells. Disk is
counted by SQLite itself, table by table.
"""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Callable
from pathlib import Path

from bench.listening.platform import cpu_yardstick, measured, open_platform
from bench.report import heading, table

COLUMNS = ["work", "done", "a second", "a CPU-second", "CPU-s", "most resident, MB"]


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--close", action="store_true", help="close all days and publish their months as well"
    )
    parser.add_argument("--rebuild", action="store_true", help="rebuild everything afterwards")
    options = parser.parse_args()
    open_platform(options.folder)
    print(heading("Listening: fold"))
    print(f"5 million turns of a Python loop took {cpu_yardstick():.2f} CPU-s at the start.\n")
    print(table(COLUMNS, []), end="")
    _say("fold of listens", _fold)
    if options.close:
        _say("close of days", _close)
        _say("months published, old days merged", _months)
    if options.rebuild:
        _say("rebuild of listens", _rebuild)
    print()
    print(table(["table", "rows", "MB", "bytes a listen"], disk(options.folder / "listening.sqlite3")))


def _say(name: str, work: Callable[[], int]) -> None:
    """Does a piece of work and prints its row at once: what comes after may take an hour."""
    print(f"| {' | '.join([name, *measured(work).cells])} |", flush=True)


def _fold() -> int:
    from backline.core import clock
    from backline.listening.fold import fold_all

    return fold_all(now=clock.now())


def _close() -> int:
    from backline.core import clock
    from backline.listening.closing import close_next_day

    days = 0
    while close_next_day(now=clock.now()):
        days += 1
    return days


def _months() -> int:
    from backline.listening.months import merge_old_days, publish_month

    steps = 0
    while publish_month() or merge_old_days():
        steps += 1
    return steps


def _rebuild() -> int:
    from backline.listening.rebuild import rebuild

    return rebuild()


def disk(path: Path) -> list[list[str]]:
    """Each table with its indexes: rows, size, and bytes for each listen of the log."""
    connection = sqlite3.connect(path)
    listens = connection.execute("SELECT count(*) FROM listen").fetchone()[0]
    sizes: dict[str, int] = {}
    owners = dict(connection.execute("SELECT name, tbl_name FROM sqlite_master"))
    for name, size in connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
        sizes[owners.get(name, name)] = sizes.get(owners.get(name, name), 0) + size
    total = sum(sizes.values())
    shown = {name: size for name, size in sizes.items() if size * 200 > total}
    rows = [
        [name, f"{_rows(connection, name):,}", f"{size / 1e6:,.1f}", f"{size / listens:.1f}"]
        for name, size in sorted(shown.items(), key=lambda each: -each[1])
    ]
    return [*rows, ["everything", "", f"{total / 1e6:,.1f}", f"{total / listens:.1f}"]]


def _rows(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0])


if __name__ == "__main__":
    main()
