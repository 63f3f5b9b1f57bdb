"""Several platforms side by side in one store, from one that was folded: `python -m bench.listening.beside FROM TO 10`.

Rollups of artists and beats are repeated under further numbers, so that reads search trees of that many times the size;
what a single artist has stays as it was. The log is not repeated: no read of rollups looks into it.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
from pathlib import Path

from bench.listening.worlds import ARTISTS, BEATS

TABLES = {
    "artist_day": ARTISTS,
    "artist_total": ARTISTS,
    "artist_month": ARTISTS,
    "beat_day": BEATS,
    "beat_total": BEATS,
    "beat_month": BEATS,
    "beat_second": BEATS,
}


def main() -> None:
    """Copies the store and repeats its rollups."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("times", type=int)
    options = parser.parse_args()
    options.target.mkdir(parents=True)
    shutil.copyfile(options.source / "listening.sqlite3", options.target / "listening.sqlite3")
    connection = sqlite3.connect(options.target / "listening.sqlite3", isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    for name, distance in TABLES.items():
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        for copy in range(1, options.times):
            connection.execute(
                f"INSERT INTO {name} SELECT {columns[0]} + ?, {', '.join(columns[1:])} FROM {name}"
                f" WHERE {columns[0]} <= ?",
                (copy * distance, distance),
            )
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


if __name__ == "__main__":
    main()
