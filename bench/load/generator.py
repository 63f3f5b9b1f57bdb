"""The load, in a process of its own: `python -m bench.load.generator` with the plan on its input.

Requests leave at fixed moments whether or not earlier ones were answered, and are measured from the moment they were
due: what waits in a queue shows. Says what it saw as JSON.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from bench.listening.intake import event
from bench.load.client import Client
from bench.load.mix import MIX, WORDS

BATCH, BATCHES_A_SECOND = 20, 0.04
"""A platform's back end sends four fifths of the events, in batches: so many for each event a second."""
SINGLES = 0.2
REPORTS = 3
"""A player reports a listen three times: as it begins, underway, and when it is over."""
GIVE_UP_S = 20.0


@dataclass
class Seen:
    """What was measured: waits in ms by name, and what went wrong."""

    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    accepted: int = 0
    finals: int = 0


class Load:
    """One run of a plan."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan, self.seen = plan, Seen()
        parts = urlsplit(plan["address"])
        self.client = Client(parts.hostname or "", parts.port or 80)
        self.head = (
            f"Host: {parts.netloc}\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0\r\n"
        )
        self.dice = random.Random(7)
        self.playing: deque[tuple[int, dict[str, Any]]] = deque()
        self.counts_from = 0.0
        self.tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """All streams of requests until the time is over and everything is answered."""
        begin = time.monotonic() + 0.2
        self.counts_from = begin + self.plan["warm_up"]
        pages, events = self.plan["pages"], self.plan["events"]
        await asyncio.gather(
            self._stream(begin, pages, self._page),
            self._stream(begin, events * SINGLES, self._single),
            self._stream(begin, events * BATCHES_A_SECOND, self._batch),
        )
        if self.tasks:
            await asyncio.wait(self.tasks)

    async def _stream(self, begin: float, rate: float, make: Any) -> None:
        if not rate:
            return
        for number in range(int(rate * (self.plan["warm_up"] + self.plan["seconds"]))):
            due = begin + number / rate
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            name, request = make()
            task = asyncio.create_task(self._one(name, request, due))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _one(self, name: str, request: bytes, due: float) -> None:
        try:
            status, body = await asyncio.wait_for(self.client.ask(request), GIVE_UP_S)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            self.seen.errors[f"{name}: {type(error).__name__}"] += 1
            return
        if status not in (200, 202):
            self.seen.errors[f"{name}: {status}"] += 1
        if status == 202:
            self.seen.accepted += body.count(b'"accepted"')
        if due >= self.counts_from:
            self.seen.waits[name].append((time.monotonic() - due) * 1000)

    def _page(self) -> tuple[str, bytes]:
        ask = self.dice.choices(MIX, [each.weight for each in MIX])[0]
        person = self.dice.choice(self.plan["people"])
        places = {name: self.dice.choice(person[name]) for name in ("beat", "collection")}
        places |= {"artist": person["artist"], "word": self.dice.choice(WORDS)[:4]}
        path = ask.path.format(**places)
        # People click after their connection was closed, and proxies open one for each request.
        more = "Connection: close\r\n"
        more += f"HX-Request: true\r\nHX-Target: {ask.target}\r\n" if ask.target else ""
        if not path.startswith("/backstage/"):
            path += f"{'&' if '?' in path else '?'}artist={person['artist']}"
        text = f"GET {path} HTTP/1.1\r\n{self.head}{more}Cookie: backline_session={person['session']}\r\n\r\n"
        return ask.name, text.encode()

    def _single(self) -> tuple[str, bytes]:
        """A report of one player: half a minute lies between the reports of a listen."""
        if len(self.playing) > 30 * self.plan["events"] * SINGLES:
            told, one = self.playing.popleft()
        else:
            told, one = 0, event(self.plan["beats"], self.dice) | {"started_at": _now(), "source": "profile"}
        one |= {"final": told + 1 == REPORTS, "heard": [[0, 1 + told * 14]]}
        if not one["final"]:
            self.playing.append((told + 1, one))
        return "one event", self._post([one])

    def _batch(self) -> tuple[str, bytes]:
        return f"{BATCH} events", self._post([event(self.plan["beats"], self.dice) for _ in range(BATCH)])

    def _post(self, events: list[dict[str, Any]]) -> bytes:
        body = json.dumps(events).encode()
        self.seen.finals += sum(bool(one["final"]) for one in events)
        return (
            f"POST /api/v1/events HTTP/1.1\r\n{self.head}Authorization: Bearer {self.plan['token']}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body


def _now() -> str:
    return datetime.now(UTC).isoformat()


if __name__ == "__main__":
    load = Load(json.load(sys.stdin))
    asyncio.run(load.run())
    print(json.dumps(vars(load.seen)))
