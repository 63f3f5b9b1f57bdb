"""Measures leaderboards: `python -m bench.standing.boards [--artists N] [--sizes 100000 1000000]`.

First with real rows: N artists with ten public beats each, a tenth of them made together, and plays of the last 30 days
of half of the artists: reading, ranking, keeping, and the page. Then ranking alone on simulated facts of each size, and
the same against a sorted set of a private Redis, where redis-server is installed.
"""

from __future__ import annotations

import argparse
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bench.report import heading, table
from bench.standing import xp
from bench.standing.simulated import simulated_facts
from bench.standing.sorted_set import Redis, private_redis

TIMES = 40
DAY = timedelta(days=1)


def main() -> None:
    """Prints the tables; each part has a process of its own, so that its memory is its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--artists", type=int, default=100_000)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--part", choices=("real", "simulated"), help="one part alone")
    options = parser.parse_args()
    if options.part is None:
        print(heading("Standing: leaderboards"), flush=True)
        _part("real", "--artists", options.artists)
        for size in options.sizes:
            _part("simulated", "--sizes", size)
        print(_against_redis(options.sizes))
        return
    _set_up()
    if options.part == "real":
        _real(options.artists)
    else:
        print(table(["artists", "what", "figure", "target"], _ranking(options.sizes[0])))


def _part(name: str, *options: object) -> None:
    command = [sys.executable, "-m", "bench.standing.boards", "--part", name, *map(str, options)]
    subprocess.run(command, check=True)


def _set_up() -> None:
    os.environ["BACKLINE_DATA"] = tempfile.mkdtemp(prefix="backline-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "backline.settings"
    os.environ["BACKLINE_LOG_LEVEL"] = "WARNING"
    import django

    django.setup()
    from backline.prepare import collect_static, migrate

    migrate()
    collect_static()


def _real(artists: int) -> None:
    xp._fill_catalogue(artists)
    xp._fill_plays(artists)
    _fill_more(artists)
    from backline.standing.board_facts import read_facts
    from backline.standing.boards.ranked import rank_all
    from backline.standing.snapshots.actions import keep_snapshots, take_snapshots

    facts, _, reading = xp._timed(lambda: read_facts(xp.NOW))
    _, _, ranking = xp._timed(lambda: rank_all(facts))
    _, wall, keeping = xp._timed(lambda: keep_snapshots(facts, now=xp.NOW))
    _, _, again = xp._timed(lambda: take_snapshots(xp.NOW + timedelta(minutes=5)))
    _, next_wall, next_day = xp._timed(lambda: take_snapshots(xp.NOW + DAY))
    rows: list[list[object]] = [
        ["read the facts", f"{reading:.1f} CPU-s", ""],
        ["rank all boards", f"{ranking:.1f} CPU-s", ""],
        ["rank, pack and keep 14 snapshots", f"{keeping:.1f} CPU-s, {wall:.1f} s", ""],
        ["all of it again, nothing changed", f"{again:.1f} CPU-s", ""],
        ["all of it on the next day", f"{next_day:.1f} CPU-s, {next_wall:.1f} s", "20 s"],
        [
            "resident at its highest",
            _resident(),
            "500 MB",
        ],
        *_pages(artists),
    ]
    print(f"{artists:,} artists, {artists * xp.BEATS:,} public beats, SQLite.\n")
    print(table(["what", "figure", "target"], rows))


def _fill_more(artists: int) -> None:
    """Plays of the last 30 days, beats made together, XP, and the staff account without which nothing is served."""
    from django.db import connection

    store = sqlite3.connect(os.path.join(os.environ["BACKLINE_DATA"], "listening.sqlite3"))
    for back in range(1, 31):
        plays = f"1 + (i * {7919 + back}) % 50"
        columns = {"artist_id": "i * 2", "day": str(xp._day(xp.NOW) - back), "plays": plays, "received": "60"}
        xp._fill(store, "artist_day", artists // 2, **columns)
    store.close()
    raw = connection.connection
    raw.execute("UPDATE people_account SET is_staff = 1 WHERE id = 1")
    accepted = {
        "position": "1",
        "state": "'accepted'",
        "invited_at": "'2025-01-01'",
        "answered_at": "'2025-01-01'",
    }
    beats = artists * xp.BEATS
    xp._fill(
        raw, "catalog_credit", beats // 10, id=f"{beats} + i", beat_id="i * 10",
        artist_id=f"1 + (i * 10 + 17 + i % 5) % {artists}", **accepted,
    )  # fmt: skip
    xp._fill(
        raw, "standing_tally", artists, artist_id="i", xp="(i * 15485863) % 90000", achievements="i % 40"
    )


def _pages(artists: int) -> list[list[object]]:
    """CPU-ms of pages for the owner of an artist in the middle of the board; the frame around it is measured alone."""
    from django.test import Client

    from backline.people.models import Account

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(
        Account.objects.get(pk=artists // 2), backend="django.contrib.auth.backends.ModelBackend"
    )
    here = "/dashboard/leaderboards/"
    rows: list[list[object]] = []
    for what, address in (
        ("page of the frame alone (My Collections)", "/dashboard/collections/"),
        ("page of Plays", f"{here}?board=plays"),
        ("page 900 of Plays", f"{here}?board=plays&page=900"),
        ("page of Overall with Why am I here?", here),
        ("finding a producer", f"{here}?board=plays&q=artist 4242"),
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        spent = sorted(_cpu_ms(lambda address=address: client.get(address)) for _ in range(TIMES))  # type: ignore[misc]
        median, late = statistics.median(spent), spent[int(TIMES * 0.95)]
        rows.append([what, f"{median:.1f} CPU-ms, p95 {late:.1f}", "12" if "page of" in what[:7] else ""])
    return rows


def _ranking(count: int) -> list[list[object]]:
    from backline.domain.boards import Board, Span
    from backline.standing.models import Snapshot
    from backline.standing.snapshots.actions import keep_snapshots
    from backline.standing.snapshots.sheets import newest

    Snapshot.objects.all().delete()
    facts = simulated_facts(count)
    _, wall, cpu = xp._timed(lambda: keep_snapshots(facts, now=xp.NOW))
    sizes = [len(packed) for packed in Snapshot.objects.values_list("packed", flat=True).iterator()]
    _, _, again = xp._timed(lambda: keep_snapshots(facts, now=xp.NOW))
    sheet = newest(Board.PLAYS, Span.ALL)
    assert sheet is not None
    ids = [1 + (number * 7919) % count for number in range(TIMES)]
    opening = statistics.median(_cpu_ms(lambda: newest(Board.PLAYS, Span.ALL)) for _ in range(TIMES))
    whole = statistics.median(_cpu_ms(lambda i=i: newest(Board.PLAYS, Span.ALL).of(i)) for i in ids)  # type: ignore[misc, union-attr]
    looking = statistics.median(_cpu_ms(lambda i=i: sheet.of(i)) for i in ids * 5)  # type: ignore[misc]
    return [
        [f"{count:,}", "rank, pack and keep all snapshots", f"{cpu:.1f} CPU-s, {wall:.1f} s", "20 s at 100,000"],
        ["", "the same, nothing changed", f"{again:.1f} CPU-s", ""],
        ["", "size of the 14 snapshots", f"{sum(sizes) / 1e6:.1f} MB, largest {max(sizes) / 1e6:.1f}", ""],
        ["", "opening a snapshot", f"{opening:.2f} CPU-ms", ""],
        ["", "own rank, opening included", f"{whole:.2f} CPU-ms", ""],
        ["", "own rank on an open snapshot", f"{looking * 1000:.0f} CPU-µs", ""],
        ["", "resident at its highest", _resident(), "500 MB at 100,000"],
    ]  # fmt: skip


def _against_redis(sizes: list[int]) -> str:
    rows = []
    with private_redis() as redis:
        if redis is None:
            return "redis-server is not installed here, so there is no comparison.\n"
        for count in sizes:
            rows += _redis(redis, count)
    return "A sorted set of Redis over a Unix socket, one board:\n\n" + table(
        ["artists", "what", "figure"], rows
    )


def _redis(redis: Redis, count: int) -> list[list[object]]:
    facts = simulated_facts(count)
    from backline.domain.boards import Board, Span

    rows = facts.rows[Board.PLAYS, Span.ALL]
    pairs = list(zip(rows.ids.tolist(), rows.figures[:, 0].tolist(), strict=True))
    redis.ask("DEL", "plays")
    _, wall, cpu = xp._timed(lambda: redis.fill("plays", pairs))

    def rank(artist: int) -> int:
        """With ties shared, which takes a second question."""
        score = redis.ask("ZSCORE", "plays", artist)
        return 1 + int(redis.ask("ZCOUNT", "plays", f"({score.decode()}", "+inf"))

    spent = [_wall_us(lambda n=n: rank(pairs[n * 17 % count][0])) for n in range(500)]  # type: ignore[misc]
    moves = [_wall_us(lambda n=n: redis.ask("ZADD", "plays", n, pairs[n][0])) for n in range(500)]  # type: ignore[misc]
    memory = int(redis.ask("MEMORY", "USAGE", "plays", "SAMPLES", 0))
    return [
        [f"{count:,}", "filling", f"{wall:.2f} s, of which {cpu:.2f} CPU-s here"],
        ["", "own rank with ties", f"{statistics.median(spent):.0f} µs"],
        ["", "changing one score", f"{statistics.median(moves):.0f} µs"],
        ["", "memory of the set", f"{memory / 1e6:.1f} MB"],
    ]


def _resident() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"


def _cpu_ms(work: Callable[[], Any]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def _wall_us(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1e6


if __name__ == "__main__":
    main()
