"""What each request of the mix costs by itself: `python -m bench.load.cost FOLDER`, one process, nothing beside it.

CPU-ms (user and system) and database queries of Django's database, the test client included; the listening store's
statements are in the CPU.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.listening.platform import cpu_yardstick, open_platform
from bench.load.mix import MIX, WORDS, Ask
from bench.report import heading, table


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--profile", help="a request's name: print where its time goes instead")
    options = parser.parse_args()
    open_platform(options.folder)
    from bench.load.sessions import sessions

    people = sessions(8)["people"]
    if options.profile:
        _profile(next(ask for ask in MIX if ask.name == options.profile), people, options.times)
        return
    print(heading("Cost of the mix"))
    print(f"A loop of 5 million turns took {cpu_yardstick():.2f} CPU-s before.\n")
    rows = [_row(ask, people, options.times) for ask in MIX]
    print(table(["request", "KB", "queries", "CPU-ms median", "most"], rows))
    weights = sum(ask.weight for ask in MIX)
    mean = sum(float(str(row[3])) * ask.weight for row, ask in zip(rows, MIX, strict=True)) / weights
    print(f"The mix, by how often each is asked for: {mean:.1f} CPU-ms.")


def _row(ask: Ask, people: list[dict[str, Any]], times: int) -> list[object]:
    from django.db import connection

    dice, queries = random.Random(7), [0]

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        queries[0] += 1
        return execute(sql, *rest)

    _get(ask, people, dice)
    with connection.execute_wrapper(note):
        body = _get(ask, people, dice)
    spent = []
    for _ in range(times):
        begun = time.process_time()
        _get(ask, people, dice)
        spent.append((time.process_time() - begun) * 1000)
    return [
        ask.name,
        f"{len(body) / 1024:.0f}",
        queries[0],
        f"{statistics.median(spent):.1f}",
        f"{max(spent):.1f}",
    ]


def _get(ask: Ask, people: list[dict[str, Any]], dice: random.Random) -> bytes:
    from django.test import Client

    person = dice.choice(people)
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["backline_session"] = person["session"]
    headers = {"HX-Request": "true", "HX-Target": ask.target} if ask.target else {}
    answer = client.get(address(ask, person, dice), headers=headers)
    assert answer.status_code == 200, f"{ask.name} answered {answer.status_code}"
    return answer.getvalue()


def address(ask: Ask, person: dict[str, Any], dice: random.Random) -> str:
    """The address of a request for one of the people's beats or collections."""
    places = {name: dice.choice(person[name]) for name in ("beat", "collection")}
    path = ask.path.format(**places, artist=person["artist"], word=dice.choice(WORDS)[:4])
    if path.startswith("/backstage/"):
        return path
    return f"{path}{'&' if '?' in path else '?'}artist={person['artist']}"


def _profile(ask: Ask, people: list[dict[str, Any]], times: int) -> None:
    import cProfile
    import pstats

    dice = random.Random(7)
    _get(ask, people, dice)
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(times):
        _get(ask, people, dice)
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
