"""SIGKILL for web server, worker and both, again and again, while clients send over HTTP, and again when cut off."""

from __future__ import annotations

import http.client
import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from bench.listening.installation import ROOT, Installation, make
from bench.listening.intake import event
from bench.report import table

CLIENTS = 6
VICTIMS = (("web",), ("worker",), ("web", "worker"))


@dataclass
class Clients:
    """Threads that send until they are told to stop, single events and batches; what was answered with 202 is noted."""

    installation: Installation
    acknowledged: set[str] = field(default_factory=set)
    repeated: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def start(self) -> list[threading.Thread]:
        threads = [threading.Thread(target=self._send, args=(number,)) for number in range(CLIENTS)]
        for thread in threads:
            thread.start()
        return threads

    def _send(self, number: int) -> None:
        dice = random.Random(number)
        while not self.stop.is_set():
            batch = [event(self.installation.beats, dice) for _ in range(dice.choice((1, 1, 20, 100)))]
            for one in batch:
                one["listener"] = one["id"]
            while not self.stop.is_set() and not self._answered(json.dumps(batch)):
                self.repeated += 1
                time.sleep(0.05)

    def _answered(self, body: str) -> bool:
        connection = http.client.HTTPConnection(urlsplit(self.installation.address).netloc, timeout=10)
        try:
            connection.request(
                "POST", "/api/v1/events", body, {"Authorization": f"Bearer {self.installation.token}"}
            )
            answer = connection.getresponse()
            content = json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            return False
        finally:
            connection.close()
        if answer.status != 202:
            return False
        assert all(result["status"] in ("accepted", "duplicate") for result in content["results"]), content
        self.acknowledged.update(result["id"] for result in content["results"])
        return True


def kill(folder: Path, *, rounds: int) -> None:
    """Prints what each kind of victim left behind."""
    rows = [_kills(folder / "+".join(victims), victims, rounds) for victims in VICTIMS]
    columns = [
        "killed",
        "times",
        "acknowledged",
        "sent again",
        "lost",
        "twice",
        "not counted",
        "rebuild",
        "file",
    ]
    print(table(columns, rows))


def _kills(data: Path, victims: tuple[str, ...], rounds: int) -> list[object]:
    installation = make(data, artists=1, beats=50)
    dice = random.Random(str(victims))
    for name in ("web", "worker"):
        installation.start(name)
    clients = Clients(installation)
    threads = clients.start()
    try:
        for _ in range(rounds):
            time.sleep(dice.uniform(0.3, 1.5))
            for name in victims:
                installation.kill(name)
            for name in victims:
                installation.start(name)
        time.sleep(1)
    finally:
        clients.stop.set()
        for thread in threads:
            thread.join()
        installation.stop()
    return ["+".join(victims), rounds, *_judged(installation, clients)]


def _judged(installation: Installation, clients: Clients) -> list[object]:
    ours = os.environ | {"BACKLINE_DATA": str(installation.data)}
    command = [sys.executable, "-m", "tests.listening.kill_parts", "check", str(installation.artists[0])]
    said = subprocess.run(command, cwd=ROOT, env=ours, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(said.stdout.splitlines()[-1])
    logged = [str(UUID(bytes=row[0])) for row in _rows(installation.data, "SELECT id FROM listen")]
    return [
        len(clients.acknowledged),
        clients.repeated,
        len(clients.acknowledged - set(logged)),
        len(logged) - len(set(logged)),
        len(logged) - found["received"],
        "identical" if found["identical"] else "DIFFERS",
        found["intact"],
    ]


def _rows(data: Path, query: str) -> list[tuple[bytes]]:
    connection = sqlite3.connect(data / "listening.sqlite3")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()
