"""Measures pages on the demo world: `python -m bench.pages [--data FOLDER] [--address URL]`.

In one process: CPU-ms (user and system) and database queries a request, median of many, signed in as Alice.
With `--address` of a running tree on the same data: requests a second over loopback from four client threads, the CPU
that the tree's processes spent on them (the client's own is left out), and their memory.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.report import heading, table

PAGES = (
    "/dashboard/",
    "/dashboard/activity/",
    "/dashboard/beats/",
    "/dashboard/collections/",
    "/dashboard/progress/",
    "/dashboard/leaderboards/",
    "/dashboard/finances/",
    "/backstage/artists/marlo-vane/insights/",
    "/backstage/artists/marlo-vane/insights/?all=1",
    "/backstage/artists/marlo-vane/insights/?all=1&range=all&by=day",
    "/",
    "/backstage/search/?q=harbor",
    "/api/v1/openapi.json",
)
WARM_UP = 10
TIMES = 200
CLIENTS = 4
TICK_S = 1 / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=os.environ.get("BACKLINE_DATA", "var"))
    parser.add_argument("--address", help="of a running tree on the same data")
    parser.add_argument("--seconds", type=float, default=8)
    options = parser.parse_args()
    os.environ["BACKLINE_DATA"] = options.data
    os.environ["DJANGO_SETTINGS_MODULE"] = "backline.settings"
    os.environ.setdefault("BACKLINE_LOG_LEVEL", "WARNING")
    import django

    django.setup()
    import backline.wsgi  # noqa: F401 as the web server starts, so that the pauses are its own

    session = _alice()
    print(heading("Pages on the demo world"))
    print(table(["page", "KB", "queries", "CPU-ms median", "CPU-ms p95"], [_page(p, session) for p in PAGES]))
    if options.address:
        rows = [_load(options.address, page, session, options.seconds) for page in PAGES[:4]]
        print(table(["page", "requests/s", "server CPU-ms each", "p50 ms", "p99 ms"], rows))
        print(_memory(urlsplit(options.address).port or 80))


def _alice() -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from backline.people.models import Account

    account = Account.objects.get(email="alice@example.com")
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _page(path: str, session: str) -> list[object]:
    from django.db import connection
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["backline_session"] = session
    queries: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    client.get(path)
    with connection.execute_wrapper(note):
        answer = client.get(path)
    assert answer.status_code == 200, f"{path} answered {answer.status_code}"
    for _ in range(WARM_UP):
        client.get(path)
    costs = []
    for _ in range(TIMES):
        start = time.process_time()
        client.get(path)
        costs.append((time.process_time() - start) * 1000)
    costs.sort()
    size = f"{len(answer.content) / 1024:.0f}"
    return [path, size, len(queries), f"{statistics.median(costs):.1f}", f"{costs[int(TIMES * 0.95)]:.1f}"]


def _load(address: str, path: str, session: str, seconds: float) -> list[object]:
    parts = urlsplit(address)
    waits: list[float] = []
    end = time.monotonic() + seconds

    def ask() -> None:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
        while time.monotonic() < end:
            start = time.monotonic()
            connection.request("GET", path, headers={"Cookie": f"backline_session={session}"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            waits.append((time.monotonic() - start) * 1000)

    before = cpu_seconds(processes(parts.port or 80))
    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cpu = cpu_seconds(processes(parts.port or 80)) - before
    waits.sort()
    rate, each = len(waits) / seconds, cpu * 1000 / len(waits)
    p50, p99 = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
    return [path, f"{rate:.0f}", f"{each:.1f}", f"{p50:.1f}", f"{p99:.1f}"]


def processes(port: int) -> list[int]:
    """The tree's processes: those whose environment names this port."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            variables = (folder / "environ").read_bytes().split(b"\0")
            words = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if f"BACKLINE_PORT={port}".encode() in variables and (b"backline" in words):
            found.append(int(folder.name))
    return found


def cpu_seconds(found: list[int]) -> float:
    total = 0.0
    for process in found:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) * TICK_S
    return total


def _memory(port: int) -> str:
    rows, total = [], 0
    for process in processes(port):
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
        resident = int(status.partition("VmRSS:")[2].split()[0]) // 1024
        words = Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()[-60:]
        rows.append([words, resident])
        total += resident
    return table(["process", "resident MB"], [*rows, ["all together", total]])


if __name__ == "__main__":
    main()
