"""What a day of honest people and of bots amounts to, and what a kill leaves: `python -m bench.listening.faults WHAT`.

`people` prints what counts of each crowd's day. `kill --rounds 20` kills web server, worker and both under load, and
compares what was acknowledged with what is there. `million` has a million listeners play one beat and prints memory.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from datetime import timedelta
from pathlib import Path

from bench.report import heading, table


def people() -> None:
    """The table of the crowds, each on a day and with an artist of its own."""
    from django.core.management import call_command

    from backline.core import clock
    from backline.people.actions import create_account, create_artist
    from bench.listening.crowds import CROWDS
    from bench.listening.simulation import live

    call_command("migrate", verbosity=0, interactive=False)
    now = clock.now()
    first = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=400)
    account = create_account("alice@example.com", name="Alice", password=None, now=first)
    rows = []
    for number, crowd in enumerate(CROWDS):
        artist = create_artist(account, name=crowd.name, handle=f"artist-{number}", now=first)
        result = live(crowd, artist, midnight=first + timedelta(days=7 * number))
        why = ", ".join(f"{count} {reason}" for reason, count in result.rejected.items())
        kind = "honest" if crowd.honest else "bot"
        rows.append(
            [crowd.name, kind, result.listens, result.counted, why or "none", result.counted_at_close]
        )
    columns = ["a day of", "who", "listens", "counted", "rejected", "counted after the close"]
    print(table(columns, rows))


def main() -> None:
    """Runs one of them on a data folder of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["people", "kill", "million"])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--listeners", type=int, default=1_000_000)
    options = parser.parse_args()
    print(heading(f"Faults: {options.what}"))
    with tempfile.TemporaryDirectory(prefix="backline-faults-") as folder:
        if options.what == "kill":
            from bench.listening.kills import kill

            kill(Path(folder), rounds=options.rounds)
            return
        os.environ |= {"BACKLINE_DATA": folder, "DJANGO_SETTINGS_MODULE": "backline.settings"}
        os.environ.pop("LISTENING_URL", None)
        import django

        django.setup()
        if options.what == "people":
            people()
        else:
            from bench.listening.million import million

            million(options.listeners)


if __name__ == "__main__":
    main()
