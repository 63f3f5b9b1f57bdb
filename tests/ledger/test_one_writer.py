"""Several processes at once: every entry is written once, and no more goes back than was moved."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from backline.core import locks
from tests.postgres import cluster
from tests.processes import COMMAND, Installation, free_port

WRITERS = 3
WRITE = """
import logging
from backline.core import clock
from backline.ledger import accounts
from backline.ledger.actions import Move, TooMuchReversed, post_entry
logging.disable()
paid, back = Move(accounts.STRIPE, accounts.POOL, 1200, "EUR"), Move(accounts.POOL, accounts.STRIPE, 500, "EUR")
for number in range(20):
    key = f"invoice:{number}"
    post_entry(key, moves=[paid], memo="", now=clock.now())
    try:
        post_entry(f"refund:{number}:WRITER", moves=[back], memo="", now=clock.now(), reverses=key)
    except TooMuchReversed:
        pass
"""
READ = """
from backline.ledger import accounts, queries
print("said", queries.entry_count(), queries.balance(accounts.POOL, currency="EUR"))
"""


def _at_once(place: Installation, **settings: str) -> str:
    """Lets the writers go, and says how many entries there are and what the pool holds."""
    commands = [
        [*COMMAND, "manage", "shell", "-v", "0", "-c", WRITE.replace("WRITER", str(n))]
        for n in range(WRITERS)
    ]
    environment = place.environment() | settings
    started = [subprocess.Popen(command, env=environment) for command in commands]
    assert [process.wait(timeout=120) for process in started] == [0] * WRITERS
    answer = place.backline("manage", "shell", "-v", "0", "-c", READ, **settings)
    return answer.stdout.strip().splitlines()[-1]


# Each of the 20 invoices has room for two of the three refunds: 20 + 40 entries, and 200 left of each 1,200.
EXPECTED = "said 60 4000"


@pytest.mark.slow
def test_processes_on_sqlite(tmp_path: Path):
    place = Installation(tmp_path / "data", free_port())
    assert place.backline("migrate").returncode == 0
    assert _at_once(place) == EXPECTED


@pytest.mark.slow
def test_processes_on_postgresql(tmp_path: Path):
    place = Installation(tmp_path / "data", free_port())
    with cluster() as address:
        assert place.backline("migrate", DATABASE_URL=address).returncode == 0
        assert _at_once(place, DATABASE_URL=address) == EXPECTED


@pytest.mark.django_db(transaction=True)
def test_a_lock_needs_a_transaction():
    with pytest.raises(RuntimeError, match="held by a transaction"):
        locks.hold("ledger")
