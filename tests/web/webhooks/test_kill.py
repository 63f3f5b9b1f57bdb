"""SIGKILL for the web server while webhooks come in: what was answered is kept, what is sent again is kept once."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

import pytest

from backline.integrations.stripe.signatures import sign
from tests.processes import COMMAND, ROOT, Installation, free_port

SECRET = "whsec_kill"
ROUNDS, SENDERS = 3, 6


class Web:
    """The web server alone, on a data folder; a process group of its own, which one signal reaches."""

    def __init__(self, place: Installation) -> None:
        self.place = place
        self.start()

    def start(self) -> None:
        environment = self.place.environment() | {"BACKLINE_STRIPE_WEBHOOK_SECRETS": SECRET}
        self.process = subprocess.Popen([*COMMAND, "web"], cwd=ROOT, env=environment, process_group=0)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Sender(threading.Thread):
    """Stripe: sends one event after the other, and each again until it is answered."""

    def __init__(self, name: str, port: int) -> None:
        super().__init__(daemon=True)
        self.label, self.port = name, port
        self.stop = threading.Event()
        self.answered: list[str] = []
        self.again = 0

    def run(self) -> None:
        while not self.stop.is_set():
            event = f"evt_{self.label}_{len(self.answered)}"
            while not self.post(event):
                self.again += 1
                time.sleep(0.02)
            self.answered.append(event)

    def post(self, name: str) -> bool:
        stamp = str(int(time.time()))
        event = {"id": name, "object": "event", "type": "invoice.paid", "created": int(stamp)}
        body = json.dumps(event | {"data": {"object": {"id": "in_1"}}}).encode()
        signature = f"t={stamp},v1={sign(body, secret=SECRET, stamp=stamp)}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("POST", "/webhooks/stripe/", body, {"Stripe-Signature": signature})
            return connection.getresponse().status == 204
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


@pytest.mark.slow
def test_none_is_lost_or_kept_twice(tmp_path: Path):
    dice = random.Random(3)
    place = Installation(tmp_path / "data", free_port())
    assert place.backline("prepare", "--empty").returncode == 0
    web = Web(place)
    senders = [Sender(str(number), place.port) for number in range(SENDERS)]
    for sender in senders:
        sender.start()
    try:
        for _ in range(ROUNDS):
            before = sum(len(sender.answered) for sender in senders)
            while sum(len(sender.answered) for sender in senders) < before + 20:
                time.sleep(0.01)
            time.sleep(dice.uniform(0, 0.2))
            web.kill()
            web.start()
        for sender in senders:
            sender.stop.set()
            sender.join(timeout=60)
    finally:
        web.kill()
    answered = sorted(event for sender in senders for event in sender.answered)
    with sqlite3.connect(place.data / "backline.sqlite3") as connection:
        kept = [row[0] for row in connection.execute("SELECT external_id FROM money_providerevent")]
        intact = connection.execute("PRAGMA integrity_check").fetchone()[0]
    assert sum(sender.again for sender in senders) > 0
    assert sorted(kept) == answered
    assert intact == "ok"
