"""Killed at any moment, the sandbox forgets nothing that it answered, and repeats nothing under the same key."""

from __future__ import annotations

import random
import threading
from pathlib import Path

import pytest
from stripe import StripeError

from tests.processes import free_port
from tests.sandbox import Sandbox, start

ROUNDS, EACH = 4, 12


@pytest.mark.slow
def test_kill_9_while_transfers_are_made(tmp_path: Path):
    port, dice = free_port(), random.Random(3)
    process = start(tmp_path, port)
    sandbox = Sandbox(f"http://127.0.0.1:{port}")
    sandbox.fund("eur", 1_000_000)
    account = sandbox.recipient()
    answered: dict[str, str] = {}

    def make(key: str) -> None:
        made = sandbox.client.v1.transfers.create(
            {"amount": 100, "currency": "eur", "destination": account, "metadata": {"key": key}},
            {"idempotency_key": key},
        )
        assert answered.setdefault(key, made.id) == made.id

    keys = [f"key-{number}" for number in range(ROUNDS * EACH)]
    for number in range(ROUNDS):
        killer = threading.Timer(dice.uniform(0.02, 0.3), process.kill)
        killer.start()
        for key in keys[number * EACH : (number + 1) * EACH]:
            try:
                make(key)
            except StripeError:
                break
        killer.join()
        process.wait()
        process = start(tmp_path, port)
    for key in keys:
        make(key)
    process.kill()
    process.wait()
    process = start(tmp_path, port)
    found = list(sandbox.client.v1.transfers.list({"limit": 100}).auto_paging_iter())
    process.terminate()
    process.wait(timeout=10)
    assert sorted(row.id for row in found) == sorted(answered.values())
    assert len({str(row.metadata) for row in found}) == len(keys)
