"""Measures My Beats of a large catalogue: `python -m bench.catalogue [--beats N] [--data FOLDER]`.

In one process, the test client included: CPU-ms and database queries of the whole page and of the table alone with each
order and filter, median and 99th percentile of many; then the CSV of all beats, and the memory it takes at its highest.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any

from bench.report import heading, table

PAGE = "/dashboard/beats/?artist=marlo-vane"
TABLE = {"HX-Request": "true", "HX-Target": "beats"}
ASKED = (
    *(
        "",
        "&sort=name",
        "&sort=completeness",
        "&sort=length",
        "&sort=-plays",
        "&sort=-growth",
        "&sort=-points",
    ),
    *("&q=glass", "&q=glsas", "&q=g", "&review=any", "&collection=singles", "&credits=together"),
    *("&genre=trap", "&least=100", "&state=draft", "&size=50", "&page=200"),
)
TIMES = 100


def main() -> None:
    """Fills, measures and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beats", type=int, default=5_000)
    parser.add_argument("--data", help="an empty folder to fill")
    options = parser.parse_args()
    os.environ["BACKLINE_DATA"] = options.data or tempfile.mkdtemp(prefix="backline-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "backline.settings"
    os.environ["BACKLINE_LOG_LEVEL"] = "WARNING"
    import django

    django.setup()
    client, marks, indexing = _prepared(options.beats)
    import backline.wsgi  # noqa: F401 as the web server starts, so that the pauses are its own

    print(heading(f"My Beats with {options.beats:,} beats"))
    print(
        f"Indexing {marks:,} noted changes: {indexing:.2f} CPU-s; 5 million turns of a loop: {_turns():.2f}.\n"
    )
    rows = [_measured("whole page", client, PAGE, {})]
    rows += [_measured(asked or "(last changed first)", client, PAGE + asked, TABLE) for asked in ASKED]
    print(table(["what", "KB", "queries", "CPU-ms median", "p99"], rows))
    print(_csv(client))


def _prepared(beats: int) -> tuple[Any, int, float]:
    from django.test import Client

    from backline.catalog.actions import index_changes
    from backline.people.models import Account
    from backline.prepare import collect_static, migrate
    from bench.catalogue.world import fill

    migrate()
    collect_static()
    owner = Account.objects.get(pk=fill(beats))
    start, marks = time.process_time(), 0
    while done := index_changes():
        marks += done
    indexing = time.process_time() - start
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    return client, marks, indexing


def _measured(what: str, client: Any, path: str, headers: dict[str, str]) -> list[object]:
    from django.db import connection

    queries: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    client.get(path, headers=headers)
    with connection.execute_wrapper(note):
        answer = client.get(path, headers=headers)
    assert answer.status_code == 200, f"{path} answered {answer.status_code}"
    costs = []
    for _ in range(TIMES):
        start = time.process_time()
        client.get(path, headers=headers)
        costs.append((time.process_time() - start) * 1000)
    costs.sort()
    size = f"{len(answer.content) / 1024:.0f}"
    return [what, size, len(queries), f"{statistics.median(costs):.1f}", f"{costs[int(TIMES * 0.99)]:.1f}"]


def _csv(client: Any) -> str:
    before, start, lines, size = _memory(), time.process_time(), 0, 0
    for line in client.get("/dashboard/beats/beats.csv?artist=marlo-vane").streaming_content:
        lines, size = lines + 1, size + len(line)
    cpu, after = time.process_time() - start, _memory()
    grown = ", ".join(f"{name} {before[name]} MB before, {after[name]} after" for name in before)
    return f"CSV: {lines - 1:,} rows, {size / 1e6:.1f} MB, {cpu:.2f} CPU-s; {grown}."


def _memory() -> dict[str, int]:
    """Resident megabytes: the process's own, and those of mapped files, which the kernel may take back."""
    with open("/proc/self/status", encoding="ascii") as status:
        said = dict(line.split(":", 1) for line in status)
    return {
        name: int(said[key].split()[0]) // 1024 for name, key in (("own", "RssAnon"), ("mapped", "RssFile"))
    }


def _turns() -> float:
    start, total = time.process_time(), 0
    for number in range(5_000_000):
        total += number
    return time.process_time() - start


if __name__ == "__main__":
    main()
