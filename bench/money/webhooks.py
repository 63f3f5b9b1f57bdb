"""Webhooks over HTTP at a fixed rate: `python -m bench.money.webhooks [--rate 200] [--seconds 20]`.

Makes an installation of its own with web server and worker, and sends it signed events of Stripe's size at fixed times
whether or not earlier ones were answered. A wait counts from the moment an event was due; 204 means it is on the disk.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sqlite3
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from backline.integrations.stripe.signatures import sign
from bench.listening.installation import make
from bench.load.client import Client
from bench.report import heading, table

SECRET = "whsec_bench"
SETTINGS = {
    "BACKLINE_STRIPE_KEY": "sk_test_sandbox",
    "BACKLINE_STRIPE_URL": "http://127.0.0.1:9",
    "BACKLINE_STRIPE_WEBHOOK_SECRETS": SECRET,
}
"""Nobody answers at that address: the events are of a kind that the worker is done with at once."""
COLUMNS = [
    "webhooks a second",
    "n",
    "p50 ms",
    "p95 ms",
    "p99 ms",
    "most ms",
    "web CPU-ms each",
    "kept",
    "handled",
]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    os.environ |= SETTINGS
    with tempfile.TemporaryDirectory(prefix="backline-webhooks-") as folder:
        installation = make(Path(folder), artists=1, beats=1)
        installation.start("web")
        installation.start("worker")
        try:
            asyncio.run(send(installation.address, rate=options.rate, seconds=2, name="warm"))
            print(heading("Webhooks"))
            cpu = installation.cpu_s("web")
            waits = asyncio.run(
                send(installation.address, rate=options.rate, seconds=options.seconds, name="evt")
            )
            cpu = installation.cpu_s("web") - cpu
            print(table(COLUMNS, [_row(options.rate, waits, cpu, installation.data)]))
            print(
                "4 KB written and synced to the same disk afterwards: median {:.1f}, p99 {:.1f} ms.".format(
                    *_disk(folder)
                )
            )
        finally:
            installation.stop()


def _disk(folder: str) -> tuple[float, float]:
    """Median and 99th percentile in ms of a small write with fdatasync: no webhook can be quicker."""
    file = os.open(os.path.join(folder, "probe"), os.O_CREAT | os.O_WRONLY)
    spent = []
    for _ in range(200):
        os.write(file, bytes(4096))
        begun = time.monotonic()
        os.fdatasync(file)
        spent.append((time.monotonic() - begun) * 1000)
    os.close(file)
    spent.sort()
    return spent[100], spent[198]


async def send(address: str, *, rate: float, seconds: float, name: str) -> list[float]:
    """The waits, in ms, of those that were answered with 204."""
    parts = urlsplit(address)
    client, waits = Client(parts.hostname or "", parts.port or 80), []

    async def one(number: int, due: float) -> None:
        status, _ = await client.ask(_request(parts.netloc, f"{name}_{number}"))
        if status == 204:
            waits.append((time.monotonic() - due) * 1000)

    begin, under_way = time.monotonic() + 0.1, []
    for number in range(int(rate * seconds)):
        due = begin + number / rate
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        under_way.append(asyncio.create_task(one(number, due)))
    await asyncio.gather(*under_way, return_exceptions=True)
    return waits


def _request(host: str, name: str) -> bytes:
    stamp = str(int(time.time()))
    event = {
        "object": "event", "id": name, "type": "charge.updated", "created": int(stamp),
        "data": {"object": {"id": "ch_1", "filler": "x" * 3_000}},
    }  # fmt: skip
    body = json.dumps(event).encode()
    signature = f"t={stamp},v1={sign(body, secret=SECRET, stamp=stamp)}"
    return (
        f"POST /webhooks/stripe/ HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        f"Stripe-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def _row(rate: float, waits: list[float], cpu_s: float, data: Path) -> list[object]:
    connection = sqlite3.connect(data / "backline.sqlite3")
    kept, handled = connection.execute(
        "SELECT count(*), count(handled_at) FROM money_providerevent WHERE external_id LIKE 'evt%'"
    ).fetchone()
    connection.close()
    waits.sort()
    at = [waits[min(len(waits) - 1, int(len(waits) * share))] for share in (0.5, 0.95, 0.99, 1)]
    each = f"{cpu_s / len(waits) * 1000:.2f}"
    return [
        f"{rate:g}",
        f"{len(waits):,}",
        *(f"{wait:.1f}" for wait in at),
        each,
        f"{kept:,}",
        f"{handled:,}",
    ]


if __name__ == "__main__":
    main()
