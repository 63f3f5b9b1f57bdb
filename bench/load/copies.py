"""Copies of a counted log side by side in the same store, each about artists and beats of its own.

The rows of all copies of a listen are neighbours in the log, so that days lie together as they would in a log that was
counted as a whole. The same listeners are heard in all copies: what a rule finds across artists was found once.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

BY_SEQ = ("listen", "listen_verdict", "verdict_change")
BY_ARTIST = ("artist_day", "artist_total", "artist_month")
BY_BEAT = ("beat_day", "beat_total", "beat_month", "beat_second")


def multiply(path: Path, *, times: int, artists: int, beats: int) -> None:
    """Repeats what is there of the first `artists` and `beats`, whose numbers begin with 1, for those that follow."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("BEGIN")
    sets = _sets(connection, times, artists)
    for name in BY_SEQ:
        shifts = {"beat": beats, "artists": sets}
        _log(connection, name, times, shifts)
    for names, distance in ((BY_ARTIST, artists), (BY_BEAT, beats)):
        for name in names:
            _rollups(connection, name, times, distance)
    connection.execute(
        "UPDATE day_span SET first_seq = (first_seq - 1) * ?1 + 1, last_seq = last_seq * ?1", (times,)
    )
    connection.execute("UPDATE watermark SET seq = seq * ? WHERE name = 'listen'", (times,))
    connection.execute("UPDATE day_closed SET received = received * ?1, counted = counted * ?1", (times,))
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _sets(connection: sqlite3.Connection, times: int, artists: int) -> int:
    """Sets of the copies' artists; answers how many there were at first."""
    rows = connection.execute("SELECT no, artists FROM artist_set").fetchall()
    for copy in range(1, times):
        for no, text in rows:
            named = [int(one) + copy * artists for one in text.split()]
            connection.execute(
                "INSERT INTO artist_set VALUES (?, ?)", (no + copy * len(rows), " ".join(map(str, named)))
            )
            connection.executemany(
                "INSERT INTO artist_in_set VALUES (?, ?)", [(one, no + copy * len(rows)) for one in named]
            )
    return len(rows)


def _log(connection: sqlite3.Connection, name: str, times: int, shifts: dict[str, int]) -> None:
    """A table with a row a listen: copy k of row n becomes row (n - 1) * times + 1 + k."""
    made = {"seq": f"(seq - 1) * {times} + 1 + k", "no": f"(no - 1) * {times} + 1 + k"}
    made |= {column: f"{column} + k * {distance}" for column, distance in shifts.items()}
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
    values = ", ".join(made.get(column, column) for column in columns)
    copies = " UNION ALL ".join(f"SELECT {copy} AS k" for copy in range(times))
    connection.execute(f"CREATE TEMP TABLE once AS SELECT * FROM {name}")
    connection.execute(f"DELETE FROM {name}")
    connection.execute(f"INSERT INTO {name} SELECT {values} FROM once CROSS JOIN ({copies})")
    connection.execute("DROP TABLE once")


def _rollups(connection: sqlite3.Connection, name: str, times: int, distance: int) -> None:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
    for copy in range(1, times):
        connection.execute(
            f"INSERT INTO {name} SELECT {columns[0]} + ?, {', '.join(columns[1:])} FROM {name} WHERE {columns[0]} <= ?",
            (copy * distance, distance),
        )
