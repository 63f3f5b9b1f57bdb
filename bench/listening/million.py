"""A million listeners on one beat in a day: memory of intake and of the fold, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

from bench.listening.installation import ROOT
from bench.report import table

BATCH = 1_000


def million(listeners: int) -> None:
    """Prints the table."""
    from django.core.management import call_command

    from backline.core import clock
    from backline.people.actions import create_account, create_artist
    from tests.listening.world import make_beat

    call_command("migrate", verbosity=0, interactive=False)
    now = clock.now()
    account = create_account("alice@example.com", name="Alice", password=None, now=now)
    artist = create_artist(account, name="Marlo Vane", handle="marlo-vane", now=now)
    beat = make_beat(artist, now=now)
    rows = []
    for what, number in (("intake", listeners), ("fold", artist.pk)):
        command = [sys.executable, "-m", "bench.listening.million", what, str(beat.pk), str(number)]
        said = subprocess.run(
            command, cwd=ROOT, env=os.environ, check=True, stdout=subprocess.PIPE, text=True
        )
        rows.append([what, *said.stdout.split()])
    print(table(["process", "listens", "counted", "MB at the start", "MB at most", "CPU-s"], rows))


def _intake(beat: int, listeners: int) -> tuple[int, int]:
    from datetime import timedelta

    from backline.core import clock
    from backline.core.ids import uuid7
    from backline.listening.intake import receive
    from backline.listening.origins import BackEndOrigin

    for first in range(0, listeners, BATCH):
        now = clock.now()
        started_at = (now - timedelta(minutes=2)).isoformat()
        events = [
            {
                "id": str(uuid7(now)),
                "type": "listen",
                "beat": beat,
                "listener": f"listener {number}",
                "started_at": started_at,
                "heard": [[0, 60]],
            }
            for number in range(first, first + BATCH)
        ]
        assert all(
            answer.status == "accepted" for answer in receive(events, origin=BackEndOrigin(1), now=now)
        )
    return listeners, 0


def _fold(_beat: int, artist: int) -> tuple[int, int]:
    from backline.core import clock
    from backline.listening import queries
    from backline.listening.fold import fold_all

    fold_all(now=clock.now())
    totals = queries.artist_totals(artist)
    return totals.receipts.received, totals.receipts.counted


def _say(work: Callable[[int, int], tuple[int, int]], beat: int, number: int) -> None:
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    listens, counted = work(beat, number)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(listens, counted, before, used.ru_maxrss // 1024, round(used.ru_utime + used.ru_stime))


if __name__ == "__main__":
    import django

    django.setup()
    _say({"intake": _intake, "fold": _fold}[sys.argv[1]], int(sys.argv[2]), int(sys.argv[3]))
