"""Measures the round of XP and achievements: `python -m bench.standing.xp [--artists N] [--data FOLDER]`.

N artists with an owner each, ten public beats each, and plays of one beat in five on each of the last four days, which
are open. Filled past the product's actions; then measured: the first round, which derives everybody; one in which
nothing happened; one after some artists were edited and a day's plays came in; and one artist at once after a request.
"""

from __future__ import annotations

import argparse
import os
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.report import heading, table

BEATS, TAGS, DAYS = 10, 3, 4
NOW = datetime(2026, 3, 18, 15, 30, tzinfo=UTC)
DAY = timedelta(days=1)
EDITED = 1_000
BLANK = {"INTEGER": "0", "BIGINT": "0", "BLOB": "x''", "BOOL": "0", "TEXT": "'[]'"}


def main() -> None:
    """Fills, measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--artists", type=int, default=100_000)
    parser.add_argument("--data", help="a folder to fill")
    options = parser.parse_args()
    os.environ["BACKLINE_DATA"] = options.data or tempfile.mkdtemp(prefix="backline-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "backline.settings"
    os.environ.setdefault("BACKLINE_LOG_LEVEL", "WARNING")
    import django

    django.setup()
    from backline.prepare import migrate

    migrate()
    _fill_catalogue(options.artists)
    _fill_plays(options.artists)
    print(heading("XP and achievements"))
    print(f"{options.artists:,} artists, {options.artists * BEATS:,} public beats.\n")
    print(
        table(
            ["what", "rows for plays", "artists derived", "unlocked", "wall s", "CPU s"],
            _rounds(),
        )
    )
    print(_alone())
    print(f"Resident at its highest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB.")


def _rounds() -> list[list[object]]:
    from django.db import connection

    from backline.standing.actions import run_round

    def edit() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE catalog_beat SET bpm = NULL, updated_at = %s WHERE artist_id <= %s",
                [NOW + DAY, EDITED],
            )
        _listen("UPDATE beat_day SET visits = visits + 1 WHERE day = ?", (_day(NOW),))
        _listen("UPDATE artist_total SET plays = plays + 1 WHERE artist_id % 5 = 0")

    def one(what: str) -> list[object]:
        done, wall, cpu = _timed(lambda: run_round(now=NOW))
        return [
            what,
            f"{done.plays:,}",
            f"{done.artists:,}",
            f"{done.unlocked:,}",
            f"{wall:.1f}",
            f"{cpu:.1f}",
        ]

    rows = [one("first round, everybody new"), one("nothing happened")]
    edit()
    return [*rows, one(f"{EDITED:,} artists edited, plays of a fifth of all artists came in")]


def _alone() -> str:
    from backline.catalog.models import Beat
    from backline.standing.actions import refresh

    def edit_and_refresh() -> None:
        Beat.objects.filter(artist_id=7).update(updated_at=NOW + 3 * DAY)
        refresh([7], now=NOW)

    refresh([8], now=NOW)
    _none, _wall, idle = _timed(lambda: [refresh([8], now=NOW) for _ in range(20)])
    _none, _wall, cpu = _timed(edit_and_refresh)
    return f"One artist after a request: {cpu * 1000:.0f} CPU-ms when edited, {idle * 50:.1f} when not.\n"


def _timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    wall, cpu = time.monotonic(), time.process_time()
    found = work()
    return found, time.monotonic() - wall, time.process_time() - cpu


def _fill_catalogue(artists: int) -> None:
    from django.db import connection

    at, beats = "'2025-01-01 00:00:00'", artists * BEATS
    raw = connection.cursor().connection if connection.connection is None else connection.connection
    _fill(
        raw,
        "people_account",
        artists,
        id="i",
        email="'a' || i || '@example.com'",
        name="'A' || i",
        zone="'UTC'",
        is_active="1",
        joined_at=at,
    )
    _fill(
        raw,
        "people_artist",
        artists,
        id="i",
        handle="'artist-' || i",
        name="'Artist ' || i",
        bio="CASE i % 2 WHEN 0 THEN 'Hello' ELSE '' END",
        can_upload="1",
        created_at="datetime('2024-01-01', (i % 700) || ' days')",
    )
    _fill(raw, "people_member", artists, id="i", artist_id="i", account_id="i", role="'owner'", joined_at=at)
    _fill(
        raw,
        "catalog_recording",
        beats,
        id="i",
        artist_id=f"1 + i % {artists}",
        sha256="hex(i)",
        duration_ms="40000",
        created_at=at,
    )
    _fill(
        raw,
        "catalog_beat",
        beats,
        id="i",
        artist_id=f"1 + i % {artists}",
        recording_id="i",
        name="'Beat ' || i",
        state="'public'",
        description="'Wide.'",
        bpm="120",
        key="CASE i % 3 WHEN 0 THEN NULL ELSE 5 END",
        scale="'minor'",
        created_at=at,
        updated_at=at,
        first_published_at=f"datetime('2024-06-01', (i / {artists} * 30) || ' days')",
    )
    _fill(
        raw,
        "catalog_credit",
        beats,
        id="i",
        beat_id="i",
        artist_id=f"1 + i % {artists}",
        position="0",
        state="'accepted'",
        invited_at=at,
        answered_at=at,
    )
    _fill(
        raw,
        "catalog_tag",
        beats * TAGS,
        id="i",
        beat_id=f"1 + i % {beats}",
        name="'tag' || i",
        position=f"i / {beats}",
    )
    _fill(raw, "catalog_beat_genres", beats, id="i", beat_id="i", genre_id="1 + i % 10")


def _fill_plays(artists: int) -> None:
    from pyroaring import BitMap

    beats, heard = artists * BEATS, BitMap(range(1, 8)).serialize().hex()
    store = sqlite3.connect(os.path.join(os.environ["BACKLINE_DATA"], "listening.sqlite3"))
    for back in range(DAYS):
        _fill(
            store,
            "beat_day",
            beats // 5,
            beat_id="i * 5",
            day=str(_day(NOW) - back),
            plays="9",
            received="9",
            visits="2",
            accounts=f"x'{heard}'",
        )
    _fill(
        store,
        "beat_total",
        beats,
        beat_id="i",
        plays="(i * 7919) % 5000",
        received="5000",
        completions="(i * 104729) % 100",
        downloads="i % 40",
    )
    _fill(
        store,
        "artist_total",
        artists,
        artist_id="i",
        plays="(i * 7919) % 20000",
        received="20000",
        first_day=str(_day(NOW) - 600),
        last_day=str(_day(NOW)),
    )
    store.close()


def _fill(raw: sqlite3.Connection, name: str, count: int, /, **values: str) -> None:
    """Rows numbered `i` from 1: columns by expressions of i, the others blank."""
    columns = {row[1]: row for row in raw.execute(f"PRAGMA table_info({name})")}
    for column, (_no, _name, kind, needed, default, _key) in columns.items():
        if needed and default is None and column not in values:
            values[column] = BLANK.get(kind.upper().split("(")[0].split()[0], "''")
    names = ", ".join(f'"{column}"' for column in values)
    raw.execute(
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
        f" INSERT INTO {name} ({names}) SELECT {', '.join(values.values())} FROM n"
    )
    raw.commit()


def _listen(statement: str, values: tuple[object, ...] = ()) -> None:
    store = sqlite3.connect(os.path.join(os.environ["BACKLINE_DATA"], "listening.sqlite3"))
    with store:
        store.execute(statement, values)
    store.close()


def _day(at: datetime) -> int:
    return int(at.timestamp()) // 86_400


if __name__ == "__main__":
    main()
