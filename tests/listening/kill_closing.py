"""The processes that `test_kill_closing` kills: `python -m tests.listening.kill_closing prepare|work|end`.

They work on the data folder in BACKLINE_DATA.
"""

from __future__ import annotations

import json
import os
import sys

FIRST, DAYS = 20_000, 45


def prepare() -> None:
    """Listening of some weeks, folded, with nothing closed."""
    from django.core.management import call_command

    from backline.listening.fold import fold_all
    from tests.listening.past import Past, at_noon, send_all

    call_command("migrate", verbosity=0, interactive=False)
    past = Past(11)
    for day in range(FIRST, FIRST + DAYS):
        send_all([*past.listens(day, 20), past.download(day), past.mark(day)])
    send_all([past.guest(FIRST + 7, number) for number in range(60)])
    fold_all(now=at_noon(FIRST + DAYS))


def work() -> None:
    """Says 0 when it begins; closes days one by one and makes everything anew in between, for ever."""
    from backline.listening import rebuild as rebuilding
    from backline.listening.closing import close_next_day
    from backline.listening.months import publish_month
    from tests.listening.past import at_noon

    rebuilding.PORTION, rebuilding.WRITTEN = 200, 20
    print(0, flush=True)
    while True:
        for _ in range(4):
            close_next_day(now=at_noon(FIRST + DAYS + 5)) or publish_month()
        rebuilding.rebuild()


def end() -> None:
    """Closes what is left, makes everything anew and says what there is."""
    import hashlib

    from backline.listening.closing import close_all
    from backline.listening.rebuild import rebuild
    from backline.listening.store import open_store
    from tests.listening.past import at_noon
    from tests.listening.rollups import rollups

    close_all(now=at_noon(FIRST + DAYS + 5))
    live = rollups()
    rebuild()
    changes = [change._replace(at_ms=0) for change in open_store().changes(0, 10_000)]
    closed = [day._replace(at_ms=0) for day in open_store().closed(0, 1 << 30)]
    found = {
        "identical": rollups() == live,
        "changes": len(changes),
        "closed": len(closed),
        "digest": hashlib.sha256(repr((live, changes, closed)).encode()).hexdigest(),
    }
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "backline.settings"
    import django

    django.setup()
    {"prepare": prepare, "work": work, "end": end}[sys.argv[1]]()
