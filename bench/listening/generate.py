"""Writes the log of an invented platform into an embedded listening store, as intake would have left it.

`python -m bench.listening.generate FOLDER --listens 1000000`: 100,000 artists, a million beats, two million listeners,
two years. Nothing is folded yet; `bench.listening.fold` does that.
"""

from __future__ import annotations

import argparse
import sqlite3
import time
from pathlib import Path

from backline.listening.store.finals import FinalListen
from backline.listening.store.sqlite import SQLiteStore
from bench.listening.worlds import ARTISTS, LISTENERS, TERMS, World, listens, make_world

SEED = 7
_COLUMNS = ", ".join(FinalListen._fields)
_MARKS = ", ".join("?" * len(FinalListen._fields))


def main() -> None:
    """Writes the store and says how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--listens", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    started = time.monotonic()
    generate(options.folder / "listening.sqlite3", total=options.listens, seed=options.seed)
    print(f"{options.listens:,} listens in {time.monotonic() - started:.0f} s")


def generate(path: Path, *, total: int, seed: int = SEED) -> None:
    """Makes the store at `path`, which must not be there yet."""
    if path.exists():
        raise SystemExit(f"{path} is there already")
    SQLiteStore(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    world = make_world(seed)
    connection.execute("BEGIN")
    _dictionaries(connection, world)
    connection.execute("COMMIT")
    for rows in listens(world, total=total, seed=seed):
        connection.execute("BEGIN")
        connection.executemany(f"INSERT INTO listen ({_COLUMNS}) VALUES ({_MARKS})", rows)
        connection.execute("COMMIT")
    connection.execute("INSERT INTO day_span SELECT day, min(seq), max(seq) FROM listen GROUP BY day")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _dictionaries(connection: sqlite3.Connection, world: World) -> None:
    """Accounts, terms and sets of artists, numbered as the rows of the log expect."""
    connection.executemany(
        "INSERT INTO account VALUES (?, ?)", ((no, f"a:{no}") for no in range(1, LISTENERS + 1))
    )
    terms = [(int(kind), text) for kind, texts in TERMS for text in texts]
    connection.executemany(
        "INSERT INTO term VALUES (?, ?, ?)", ((no, *term) for no, term in enumerate(terms, 1))
    )
    sets = [*((no,) for no in range(1, ARTISTS + 1)), *world.duos]
    connection.executemany(
        "INSERT INTO artist_set VALUES (?, ?)",
        ((no, " ".join(map(str, artists))) for no, artists in enumerate(sets, 1)),
    )
    connection.executemany(
        "INSERT INTO artist_in_set VALUES (?, ?)",
        ((artist, no) for no, artists in enumerate(sets, 1) for artist in artists),
    )


if __name__ == "__main__":
    main()
