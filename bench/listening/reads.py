"""Latencies of the named reads: `python -m bench.listening.reads FOLDER [FOLDER …] [--intake 500]`.

Each folder was filled by `generate` and `fold`. Reads are those of the artist and the fifty beats with most plays, of
those in the middle, and of some with a single play. With `--intake` another process appends so many listens a second
meanwhile, in batches of 100, so give it a copy of the folder. Besides the clock the reader's own CPU is printed: on a
machine that does other work the clock tells of the others, and the ratio of two sizes is taken from the CPU.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench.listening.named import Subject, named_reads, subjects
from bench.listening.platform import open_platform
from bench.listening.worlds import ARTISTS, BEATS, DAY_MS, DAYS, FIRST_DAY, LISTENERS
from bench.report import heading, table

TIMES, WARM_UP = 120, 3
BATCH = 100
WHO, SHARES = ("top", "middle", "tail"), ("p50", "p95", "p99")
COLUMNS = ["read", *(f"{who} {share}" for who in WHO for share in SHARES), "top CPU p50"]


def main() -> None:
    """Prints a table for each folder, and how the CPU of the last compares with the first's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--intake", type=int, default=0, help="listens a second that another process appends")
    options = parser.parse_args()
    open_platform(options.folders[0])
    print(heading("Listening: named reads"))
    medians: list[dict[str, float]] = []
    for folder in options.folders:
        with _intake(folder, options.intake):
            rows, cpu = _measure(folder)
        medians.append(cpu)
        print(f"{folder.name}, in ms:\n\n{table(COLUMNS, rows)}")
    if len(medians) > 1:
        pairs = [(name, first, medians[-1][name]) for name, first in medians[0].items()]
        ratios = [[name, f"{a:.3f}", f"{b:.3f}", f"{b / a:.2f}"] for name, a, b in pairs]
        print(table(["read, top artist", "first, CPU-ms", "last, CPU-ms", "ratio"], ratios))


def _measure(folder: Path) -> tuple[list[list[str]], dict[str, float]]:
    from django.conf import settings

    settings.LISTENING_URL = f"sqlite:///{folder.resolve() / 'listening.sqlite3'}"
    rows, medians = [], {}
    people = subjects()
    for name, read in named_reads().items():
        cells = [name]
        for person in people:
            wall, cpu = _times(read, person)
            cells += [f"{value:.2f}" for value in np.percentile(wall, [50, 95, 99])]
            if person is people[0]:
                medians[name] = float(np.median(cpu))
        rows.append([*cells, f"{medians[name]:.2f}"])
    return rows, medians


def _times(read: Any, person: Subject) -> tuple[list[float], list[float]]:
    wall, cpu = [], []
    for turn in range(WARM_UP + TIMES):
        began, busy = time.perf_counter(), time.thread_time()
        read(person)
        if turn >= WARM_UP:
            wall.append((time.perf_counter() - began) * 1000)
            cpu.append((time.thread_time() - busy) * 1000)
    return wall, cpu


@contextlib.contextmanager
def _intake(folder: Path, rate: int) -> Iterator[None]:
    """Another process that appends until the block ends."""
    if not rate:
        yield
        return
    process = multiprocessing.get_context("spawn").Process(target=_append, args=(folder, rate), daemon=True)
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join()


def _append(folder: Path, rate: int) -> None:
    from backline.core.ids import uuid7
    from backline.listening.calendar import to_instant
    from backline.listening.store.rows import Flag, ListenDraft, Listener
    from backline.listening.store.sqlite import SQLiteStore

    store, rng = SQLiteStore(folder / "listening.sqlite3"), np.random.default_rng(1)
    day = FIRST_DAY + DAYS
    while True:
        began = time.monotonic()
        at_ms = day * DAY_MS + int(began * 1000) % DAY_MS
        store.append(
            [
                ListenDraft(
                    id=uuid7(to_instant(at_ms)).bytes,
                    beat=int(rng.integers(1, BEATS + 1)),
                    artists=(int(rng.integers(1, ARTISTS + 1)),),
                    team=frozenset(),
                    listener=Listener(account=f"a:{rng.integers(1, LISTENERS)}"),
                    day=day,
                    hour=12,
                    started_ms=at_ms,
                    first_ms=at_ms,
                    received_ms=at_ms + 60_000,
                    heard=((0, 60_000),),
                    final=True,
                    beat_ms=180_000,
                    flags=Flag.BACK_END,
                    terms={},
                )
                for _ in range(BATCH)
            ]
        )
        time.sleep(max(0.0, BATCH / rate - (time.monotonic() - began)))


if __name__ == "__main__":
    main()
