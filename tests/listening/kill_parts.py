"""The processes that the kill test kills: `python -m tests.listening.kill_parts prepare|intake|fold|check`.

They work on the data folder in BACKLINE_DATA. What they have to say goes to standard output, one JSON a line.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

BATCH = 20


def prepare() -> None:
    """Makes both stores and one beat."""
    from django.core.management import call_command

    from backline.core import clock
    from backline.people.actions import create_account, create_artist
    from tests.listening.world import make_beat

    call_command("migrate", verbosity=0, interactive=False)
    now = clock.now()
    account = create_account("alice@example.com", name="Alice", password=None, now=now)
    artist = create_artist(account, name="Marlo Vane", handle="marlo-vane", now=now)
    say({"beat": make_beat(artist, now=now).pk, "artist": artist.pk})


def intake(beat: int, start: int) -> None:
    """Sends batches from `start` on for ever: each opens listens and ends those of the batch before.

    Says 0 when it begins, and a batch's number once it was acknowledged.
    """
    from backline.core import clock
    from backline.listening.intake import receive
    from backline.listening.origins import BackEndOrigin
    from backline.listening.store import StoreBusyError

    say(0)
    batch = start
    while True:
        now = clock.now()
        started_at = (now - timedelta(minutes=2)).isoformat()
        events = [
            {
                "id": str(listen_id(number, n)),
                "type": "listen",
                "beat": beat,
                "listener": f"listener {number} {n}",
                "started_at": started_at,
                "heard": [[0, 60]],
                "final": number < batch,
            }
            for number in (batch - 1, batch)
            for n in range(BATCH)
        ]
        try:
            answers = receive(events, origin=BackEndOrigin(1), now=now)
        except StoreBusyError:
            continue
        if any(answer.status not in ("accepted", "duplicate") for answer in answers):
            raise SystemExit(f"refused: {answers}")
        say(batch)
        batch += 1


def fold() -> None:
    """Says 0 when it begins and folds for ever."""
    from backline.core import clock
    from backline.listening import fold as folding
    from backline.listening.store import StoreBusyError

    folding.PORTION = 50
    say(0)
    while True:
        try:
            if not folding.fold(now=clock.now()):
                time.sleep(0.01)
        except StoreBusyError:
            continue


def check(artist: int) -> None:
    """Says what is in the log and in the figures, before and after a rebuild."""
    import sqlite3

    from django.conf import settings

    from backline.core import clock
    from backline.listening import queries
    from backline.listening.fold import fold_all
    from backline.listening.rebuild import rebuild
    from tests.listening.rollups import rollups

    fold_all(now=clock.now())
    live = rollups()
    totals = queries.artist_totals(artist)
    rebuild()
    connection = sqlite3.connect(settings.LISTENING_URL.removeprefix("sqlite:///"))
    logged = [str(UUID(bytes=row[0])) for row in connection.execute("SELECT id FROM listen")]
    intact = connection.execute("PRAGMA integrity_check").fetchone()[0]
    connection.close()
    say(
        {
            "logged": logged,
            "received": totals.receipts.received,
            "plays": totals.plays,
            "identical": rollups() == live,
            "intact": intact,
        }
    )


def listen_id(batch: int, number: int) -> UUID:
    """The id of a batch's listen, the same in every process."""
    return uuid5(NAMESPACE_URL, f"{batch}/{number}")


def say(value: object) -> None:
    """One line to whoever listens."""
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "backline.settings"
    import django

    django.setup()
    parts: dict[str, Callable[..., None]] = {
        "prepare": prepare,
        "intake": intake,
        "fold": fold,
        "check": check,
    }
    parts[sys.argv[1]](*map(int, sys.argv[2:]))
