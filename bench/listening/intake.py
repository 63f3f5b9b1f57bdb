"""Loads `POST /api/v1/events` over HTTP: `python -m bench.listening.intake [--seconds 10] [--worker]`.

Makes an installation of its own, sends single events and batches of 100, and prints what was acknowledged a second, the
server's CPU for each event, waits, and whether each acknowledged event is in the store. With `--address`, `--token` and
`--beats` it loads a server that runs already, at `--rate` events a second (0: as fast as it answers).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from backline.core.ids import uuid7
from bench.listening.installation import Installation, make
from bench.report import heading, table

LISTENERS = 20_000
AGENTS = [
    f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 {kind}"
    for version in range(110, 130)
    for system, kind in (
        ("Windows NT 10.0; Win64; x64", "Safari/537.36"),
        ("X11; Linux x86_64", "Safari/537.36"),
        ("Linux; Android 10; K", "Mobile Safari/537.36"),
    )
]


@dataclass
class Sent:
    """What a load amounted to. `waits_ms` has one entry a request."""

    seconds: float = 0.0
    accepted: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    waits_ms: list[float] = field(default_factory=list)

    def wait_ms(self, share: float) -> float:
        """The wait that this share of the requests did not exceed."""
        ordered = sorted(self.waits_ms)
        return ordered[int(len(ordered) * share)] if ordered else 0.0


@dataclass(frozen=True)
class Target:
    """Where events go and what they are about."""

    address: str
    token: str
    beats: Sequence[int]


def event(beats: Sequence[int], dice: random.Random) -> dict[str, object]:
    """A whole listen as a platform's back end reports it, with agent and address."""
    now = datetime.now(UTC)
    listener = int(dice.paretovariate(0.6)) % LISTENERS
    return {
        "id": str(uuid7(now)),
        "type": "listen",
        "beat": beats[int(dice.paretovariate(0.6)) % len(beats)],
        "listener": f"listener {listener}",
        "started_at": (now - timedelta(seconds=90)).isoformat(),
        "heard": [[0, 31.5], [40, 80]],
        "final": True,
        "source": "playlist",
        "agent": AGENTS[listener % len(AGENTS)],
        "address": f"93.184.{listener % 250}.{listener // 250}",
    }


async def load(target: Target, *, seconds: float, batch: int, connections: int, rate: float = 0) -> Sent:
    """Sends batches over so many connections at once until the time is over."""
    sent = Sent()
    begin = time.monotonic()
    pause = connections * batch / rate if rate else 0.0
    work = (_connection(target, sent, begin + seconds, batch, pause, seed) for seed in range(connections))
    await asyncio.gather(*work)
    sent.seconds = time.monotonic() - begin
    return sent


async def _connection(target: Target, sent: Sent, end: float, batch: int, pause: float, seed: int) -> None:
    parts = urlsplit(target.address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    dice = random.Random(seed)
    due = time.monotonic() + dice.random() * pause
    while time.monotonic() < end:
        if pause:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            due += pause
        body = json.dumps([event(target.beats, dice) for _ in range(batch)]).encode()
        begin = time.monotonic()
        writer.write(_head(target, len(body)) + body)
        head = await reader.readuntil(b"\r\n\r\n")
        answer = await reader.readexactly(int(head.lower().partition(b"content-length:")[2].split()[0]))
        sent.waits_ms.append((time.monotonic() - begin) * 1000)
        status = head.split(maxsplit=2)[1].decode()
        if status == "202":
            sent.accepted += answer.count(b'"accepted"')
        else:
            sent.refused[status] = sent.refused.get(status, 0) + 1
            await asyncio.sleep(0.2)
        if b"onnection: close" in head:
            writer.close()
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.close()


def _head(target: Target, length: int) -> bytes:
    return (
        f"POST /api/v1/events HTTP/1.1\r\nHost: {urlsplit(target.address).netloc}\r\n"
        f"Authorization: Bearer {target.token}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--batch", type=int, action="append")
    parser.add_argument("--rate", type=float, default=0)
    parser.add_argument("--worker", action="store_true", help="with the worker folding meanwhile")
    parser.add_argument("--address")
    parser.add_argument("--token", default="")
    parser.add_argument("--beats", type=lambda text: [int(beat) for beat in text.split(",")], default=[1])
    options = parser.parse_args()
    if options.address:
        target = Target(options.address, options.token, options.beats)
        size = (options.batch or [1])[0]
        sent = asyncio.run(
            load(
                target,
                seconds=options.seconds,
                batch=size,
                connections=options.connections,
                rate=options.rate,
            )
        )
        print(json.dumps({"accepted": sent.accepted, "refused": sent.refused, "p99_ms": sent.wait_ms(0.99)}))
        return
    with tempfile.TemporaryDirectory(prefix="backline-intake-") as folder:
        _measure(make(Path(folder)), options)


def _measure(installation: Installation, options: argparse.Namespace) -> None:
    print(heading("Intake over HTTP"))
    installation.start("web")
    if options.worker:
        installation.start("worker")
    columns = [
        "batch",
        "events/s",
        "server CPU-ms an event",
        "client CPU-ms",
        "p50 ms",
        "p99 ms",
        "refused",
        "kept",
    ]
    try:
        sizes = options.batch or [1, 100]
        print(table(columns, [_row(installation, size, options) for size in sizes]))
        print(f"Web processes, resident MB: {installation.resident_mb('web')}")
    finally:
        installation.stop()


def _row(installation: Installation, size: int, options: argparse.Namespace) -> list[object]:
    target = Target(installation.address, installation.token, installation.beats)
    asyncio.run(load(target, seconds=1, batch=size, connections=options.connections))
    kept = _kept(installation.data)
    cpu, own = installation.cpu_s("web"), sum(os.times()[:2])
    sent = asyncio.run(
        load(target, seconds=options.seconds, batch=size, connections=options.connections, rate=options.rate)
    )
    cpu, own = installation.cpu_s("web") - cpu, sum(os.times()[:2]) - own
    each = max(1, sent.accepted)
    whole = "all" if _kept(installation.data) - kept == sent.accepted else "not all"
    return [
        size,
        f"{sent.accepted / sent.seconds:,.0f}",
        f"{cpu * 1000 / each:.3f}",
        f"{own * 1000 / each:.3f}",
        f"{sent.wait_ms(0.5):.1f}",
        f"{sent.wait_ms(0.99):.1f}",
        sent.refused or "none",
        whole,
    ]


def _kept(data: Path) -> int:
    connection = sqlite3.connect(data / "listening.sqlite3")
    try:
        return int(connection.execute("SELECT count(*) FROM listen").fetchone()[0])
    finally:
        connection.close()


if __name__ == "__main__":
    main()
