"""A dense platform in a data folder: few artists, heard often every day, over two years.

`python -m bench.load.world FOLDER --listens 10000000`. Days are dense (about 14 plays of a beat a day at ten million),
as where many people listen; `bench.listening.generate` has a sparse one. People and catalogue are written past
the product's actions, the log past its intake. A tenth is folded, closed and published by the product's own steps; then
it is there ten times (`copies`), each time for other artists.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from backline.listening.store.packed import pack_intervals
from backline.listening.store.rows import Flag
from bench.listening.platform import open_platform
from bench.listening.worlds import DAY_MS, TERMS, Array, zipf
from bench.load.copies import multiply

DAYS, LISTENERS = 730, 100_000
COPIES, ARTISTS, BEATS = 10, 2, 50
SIGNED_OUT = 0.3
FOLDED_AT_ONCE = 50_000
# How much likelier the popular are heard: the n-th beat or listener about n ** -0.6 times as often as the first.
POPULARITY = 0.6


def main() -> None:
    """Makes the folder, which must be new, and says how far it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--listens", type=int, default=10_000_000)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    open_platform(options.folder)
    from bench.load.people import fill

    log = options.folder / "listening.sqlite3"
    beats = fill(ARTISTS * COPIES, BEATS)
    first = sorted(beats)[: ARTISTS * BEATS]
    random.Random(7).shuffle(first)
    write_log(log, first, total=options.listens // COPIES, until=datetime.now(UTC).date())
    count_log()
    multiply(log, times=COPIES, artists=ARTISTS, beats=ARTISTS * BEATS)


def write_log(path: Path, beats: list[tuple[int, tuple[int, ...], int]], *, total: int, until: date) -> None:
    """The log up to `until`, which is not in it. `beats` are numbers, artists and lengths in ms."""
    from backline.listening.store.sqlite import SQLiteStore

    SQLiteStore(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("BEGIN")
    sets = _dictionaries(connection, beats)
    rng = np.random.default_rng(7)
    facts = np.array([(beat, sets[artists], length) for beat, artists, length in beats])
    heard = [pack_intervals([(0, tenths * 100)]) for tenths in range(2_401)]
    first = (until - date(1970, 1, 1)).days - DAYS
    marks = ", ".join("?" * 21)
    for day in range(first, first + DAYS):
        rows = _day(rng, facts, heard, day, total // DAYS)
        connection.executemany(f"INSERT INTO listen VALUES (NULL, {marks})", rows)
    connection.execute("INSERT INTO day_span SELECT day, min(seq), max(seq) FROM listen GROUP BY day")
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _dictionaries(
    connection: sqlite3.Connection, beats: list[tuple[int, tuple[int, ...], int]]
) -> dict[tuple[int, ...], int]:
    """Accounts, terms and sets of artists; answers the sets' numbers."""
    accounts = ((no, f"a:{no + 1_000_000}") for no in range(1, LISTENERS + 1))
    connection.executemany("INSERT INTO account VALUES (?, ?)", accounts)
    terms = [(int(kind), text) for kind, texts in TERMS for text in texts]
    connection.executemany(
        "INSERT INTO term VALUES (?, ?, ?)", ((no, *term) for no, term in enumerate(terms, 1))
    )
    sets = {artists: no for no, artists in enumerate(dict.fromkeys(artists for _, artists, _ in beats), 1)}
    for artists, no in sets.items():
        connection.execute("INSERT INTO artist_set VALUES (?, ?)", (no, " ".join(map(str, artists))))
        connection.executemany("INSERT INTO artist_in_set VALUES (?, ?)", [(one, no) for one in artists])
    return sets


def _day(
    rng: np.random.Generator, facts: Array, heard: list[bytes], day: int, count: int
) -> Iterator[tuple[Any, ...]]:
    """A day's rows of the log in order of time; columns as in the table, but for `seq`."""
    beat, artists, length = facts[zipf(rng, len(facts), count, POPULARITY) - 1].T
    accounts = zipf(rng, LISTENERS, count, POPULARITY)
    visitors = -rng.integers(1, max(21, count // 5), count)
    listener = np.where(rng.random(count) < SIGNED_OUT, visitors, accounts)
    address = np.abs(listener) % 50_000 + 1
    network = np.where(listener < 0, address % 5_000 + 1, 0)
    tenths = np.minimum((length * np.minimum(rng.random(count) * 1.5, 1.0)).astype(np.int64) // 100, 2_400)
    begun = np.sort(rng.integers(0, DAY_MS - 240_000, count))
    flags = rng.choice(
        [0, int(Flag.ROBOT), int(Flag.OWN_TEAM), int(Flag.UNPROVEN)], count, p=[0.955, 0.03, 0.005, 0.01]
    )
    ids = rng.bytes(16 * count)
    started, ms, whole = day * DAY_MS + begun, tenths * 100, np.full(count, day)
    numbers = [beat, artists, listener, address, whole, begun // 3_600_000, started, started + ms]
    numbers += [ms, ms, ms, length, flags, *_terms(rng, count)]
    return zip(
        (ids[16 * n : 16 * n + 16] for n in range(count)),
        *(column.tolist() for column in numbers),
        (heard[place] for place in tenths.tolist()),
        network.tolist(),
        strict=True,
    )


def _terms(rng: np.random.Generator, count: int) -> list[Array]:
    """Numbers of the terms of each dimension, in the order of `TERMS`."""
    columns, before = [], 0
    for _, words in TERMS:
        columns.append(zipf(rng, len(words), count, 0.8) + before)
        before += len(words)
    return columns


def count_log() -> None:
    """Folds what waits, closes the days that are over, publishes months: what the worker does, in larger portions."""
    from backline.core import clock
    from backline.listening import fold
    from backline.listening.closing import close_next_day
    from backline.listening.months import merge_old_days, publish_month

    fold.PORTION = FOLDED_AT_ONCE
    total, began = 0, time.monotonic()
    while taken := fold.fold(now=clock.now()):
        total += taken
        print(
            f"{total:,} folded in {time.monotonic() - began:,.0f} s, {time.process_time():,.0f} CPU-s",
            flush=True,
        )
    days = 0
    while close_next_day(now=clock.now()):
        days += 1
        if days % 50 == 0:
            print(f"{days} days closed in {time.monotonic() - began:,.0f} s", flush=True)
    while publish_month() or merge_old_days():
        pass
    print(f"ready after {time.monotonic() - began:,.0f} s", flush=True)


if __name__ == "__main__":
    main()
