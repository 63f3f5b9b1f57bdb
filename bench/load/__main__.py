"""Pages beside intake over a large store: `python -m bench.load FOLDER` on what `bench.load.world` made.

Starts the product as `bin/run --empty` does, on a port of its own, and loads it at fixed rates: pages and fragments of
signed-in artists, and events. Prints for each what it took from the moment it was due, and what the fold made of it.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from bench.listening.installation import ROOT
from bench.listening.platform import cpu_yardstick
from bench.load.watch import Watch
from bench.report import heading, table

READY_WITHIN_S = 120.0
COLUMNS = ["request", "n", "p50 ms", "p95 ms", "p99 ms", "most ms"]


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=float, default=50, help="a second")
    parser.add_argument("--events", type=float, default=500, help="a second")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--warm-up", type=float, default=10, help="seconds before what is counted")
    parser.add_argument("--people", type=int, default=8)
    options = parser.parse_args()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "BACKLINE_DATA": str(options.folder.resolve()),
        "BACKLINE_PORT": str(port),
        "BACKLINE_LOG_LEVEL": "WARNING",
    }
    tree = subprocess.Popen(
        [sys.executable, "-m", "backline", "run", "--empty"],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(f"http://127.0.0.1:{port}/readyz")
        _measure(options, environment, port)
    finally:
        tree.send_signal(signal.SIGTERM)
        tree.wait()


def _measure(options: argparse.Namespace, environment: dict[str, str], port: int) -> None:
    said = _run(["bench.load.sessions", str(options.people)], environment)
    plan = json.loads(said) | {
        "address": f"http://127.0.0.1:{port}", "pages": options.pages, "events": options.events,
        "seconds": options.seconds, "warm_up": options.warm_up,
    }  # fmt: skip
    log = options.folder / "listening.sqlite3"
    print(heading("Pages beside intake"))
    print(
        f"{_count(log):,} listens in the log. {options.pages:g} requests and {options.events:g} events a second"
    )
    print(
        f"for {options.seconds:g} s after {options.warm_up:g} s of the same. A loop of 5 million turns took"
    )
    print(f"{cpu_yardstick():.2f} CPU-s before.\n", flush=True)
    watch = Watch(log, port)
    watch.start()
    seen = json.loads(_run(["bench.load.generator"], environment, json.dumps(plan)))
    watch.end()
    print(table(COLUMNS, _rows(seen["waits"])))
    print(watch.said(seen))


def _rows(waits: dict[str, list[float]]) -> list[list[object]]:
    events = {name: found for name, found in waits.items() if "event" in name}
    pages = {name: found for name, found in sorted(waits.items()) if name not in events}
    together = [wait for found in pages.values() for wait in found]
    return [_row(name, found) for name, found in [*pages.items(), ("all pages", together), *events.items()]]


def _row(name: str, waits: list[float]) -> list[object]:
    ordered = sorted(waits)
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95, 0.99, 1)]
    return [name, f"{len(ordered):,}", *(f"{wait:.1f}" for wait in at)]


def _run(words: list[str], environment: dict[str, str], given: str = "") -> Any:
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, env=environment, input=given, text=True, check=True,
        stdout=subprocess.PIPE,
    ).stdout  # fmt: skip


def _wait(address: str) -> None:
    give_up = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < give_up:
        try:
            with urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the web server does not answer")


def _count(log: Path) -> int:
    connection = sqlite3.connect(log)
    try:
        return int(connection.execute("SELECT max(seq) FROM listen").fetchone()[0])
    finally:
        connection.close()


if __name__ == "__main__":
    main()
