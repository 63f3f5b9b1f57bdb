"""SIGKILL for the worker and for Stripe's side while artists are paid: all are paid once, and both books agree."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from backline.money.steps import PAYING
from tests.money.paying_parts import AHEAD, PRICES, REFUNDED, REFUNDS
from tests.processes import ROOT, free_port
from tests.sandbox import KEY, Sandbox, start

OWED = sorted(price for prices in PRICES for price in prices)
MORNING = 6
RANDOM_KILLS, DAYS = 6, 5
A_CLAIM = 0.3
"""Hours: a claim that was cut off is taken up again after ten minutes."""
REACHES_WITHIN_S = 20.0


class Scene:
    """A data folder, a sandbox process, and a process that forks workers; time is the test's."""

    def __init__(self, folder: Path) -> None:
        self.data, self.stripe_data = folder / "data", folder / "stripe"
        self.data.mkdir()
        self.port = free_port()
        self.stripe = start(self.stripe_data, self.port)
        self.sandbox = Sandbox(f"http://127.0.0.1:{self.port}")
        # It begins in the morning, so that Stripe pays nothing out before the test comes to that.
        tomorrow = datetime.now(UTC).replace(hour=MORNING, minute=0) + timedelta(days=1)
        self.ahead_s = int((tomorrow - datetime.now(UTC)).total_seconds())
        self.pass_time()
        self.part("prepare")
        self.forks = subprocess.Popen(
            self.command("workers"), cwd=ROOT, env=self.environment(), text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self.said() == "ready"

    def command(self, name: str) -> list[str]:
        return [sys.executable, "-m", "tests.money.paying_parts", name]

    def environment(self) -> dict[str, str]:
        names = ("LISTENING_URL", "DATABASE_URL")
        ours = {name: value for name, value in os.environ.items() if name not in names}
        return ours | {
            "BACKLINE_DATA": str(self.data), "BACKLINE_STRIPE_KEY": KEY, "BACKLINE_STRIPE_URL": self.sandbox.url,
            "BACKLINE_STRIPE_TIMEOUT_S": "2", "BACKLINE_LOG_LEVEL": "CRITICAL",
        }  # fmt: skip

    def part(self, name: str) -> str:
        """What a process says that runs to its end."""
        done = subprocess.run(
            self.command(name),
            cwd=ROOT,
            env=self.environment(),
            text=True,
            check=True,
            stdout=subprocess.PIPE,
        )
        return done.stdout

    def pass_time(self, hours: float = 0) -> None:
        """Both clocks go on."""
        if hours:
            self.sandbox.advance(hours=hours)
        self.ahead_s += int(hours * 3_600)
        (self.data / AHEAD).write_text(str(self.ahead_s))

    def said(self) -> str:
        assert self.forks.stdout
        return self.forks.stdout.readline().strip()

    def ask(self, line: str) -> str:
        assert self.forks.stdin
        self.forks.stdin.write(f"{line}\n")
        self.forks.stdin.flush()
        return self.said()

    def work_for(self, seconds: float) -> None:
        """A worker, killed outright after so long."""
        worker = int(self.ask("start"))
        time.sleep(seconds)
        os.kill(worker, signal.SIGKILL)
        assert self.ask("end") == str(-signal.SIGKILL)

    def work_until(self, enough: Callable[[int, int], bool]) -> None:
        """A worker, killed outright once Stripe has as many transfers, and as many reversed ones, as is enough."""
        worker = int(self.ask("start"))
        give_up = time.monotonic() + REACHES_WITHIN_S
        done = False
        while time.monotonic() < give_up and not done:
            rows = self.sandbox.client.v1.transfers.list({"limit": 100}).data
            done = enough(len(rows), sum(row.amount_reversed > 0 for row in rows))
            time.sleep(0.05)
        os.kill(worker, signal.SIGKILL)
        self.ask("end")
        assert done

    def work_to(self, step: str) -> bool:
        """A worker, killed outright when it reaches the step; whether it did."""
        worker = int(self.ask(f"start {step}"))
        give_up = time.monotonic() + REACHES_WITHIN_S
        reached = False
        while time.monotonic() < give_up and not reached:
            time.sleep(0.02)
            reached = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
        self.ask("end")
        return reached

    def kill_stripe(self) -> None:
        """SIGKILL for the sandbox, and a new one on the same folder and port."""
        self.stripe.kill()
        self.stripe.wait()
        self.stripe = start(self.stripe_data, self.port)


@contextmanager
def scene_in(folder: Path) -> Iterator[Scene]:
    scene = Scene(folder)
    try:
        yield scene
    finally:
        scene.forks.kill()
        scene.forks.communicate()
        scene.stripe.terminate()
        scene.stripe.wait(timeout=10)


@pytest.mark.slow
def test_worker_and_stripe_are_killed_while_artists_are_paid(tmp_path: Path):
    dice = random.Random(5)
    with scene_in(tmp_path) as scene:
        missed = []
        for step in PAYING:
            before(step, scene, dice)
            if not scene.work_to(step):
                missed.append(step)
        for _ in range(RANDOM_KILLS):
            scene.work_for(dice.uniform(0.05, 0.5))
            scene.pass_time(hours=A_CLAIM)
        found = finished(scene)
    assert missed == []
    assert [amount for amount, _ in found["sent"]] == OWED, "a transfer is lost or was made twice"
    assert sum(back for _, back in found["sent"]) == REFUNDS * REFUNDED, "a refund was not taken back once"
    at_the_bank = sorted([amount - back, "bank"] for amount, back in found["sent"])
    assert found["rows"] == at_the_bank, "our book and Stripe's differ"
    assert found["findings"] == []
    assert found["unmatched"] == 0


def before(step: str, scene: Scene, dice: random.Random) -> None:
    """What is to happen before a worker is killed at the step."""
    scene.pass_time(hours=A_CLAIM)
    if step == "called for transfer":
        stripe_goes_in_the_middle(scene, dice)
    if step == "called for reversal":
        scene.work_until(lambda sent, _: sent == len(OWED))
        scene.part("refund")
    if step == "take payout":  # what is at the bank cannot be taken back any more
        scene.work_until(lambda _, reversed_: reversed_ == REFUNDS)
        scene.pass_time(hours=25)


def stripe_goes_in_the_middle(scene: Scene, dice: random.Random) -> None:
    """The sandbox is killed while it answers slowly, twice, and the worker a little later."""
    for _ in range(2):
        scene.sandbox.fault("slow", path="/v1/transfers", seconds=0.3, times=3)
        worker = int(scene.ask("start"))
        time.sleep(dice.uniform(0.2, 0.6))
        scene.kill_stripe()
        os.kill(worker, signal.SIGKILL)
        scene.ask("end")
        scene.sandbox.clear_faults()
        scene.pass_time(hours=A_CLAIM)


def finished(scene: Scene) -> dict[str, Any]:
    """The state once a worker that nobody kills has had some days."""
    worker = int(scene.ask("start"))
    for _ in range(DAYS * 4):
        scene.pass_time(hours=6)
        time.sleep(0.3)
    os.kill(worker, signal.SIGTERM)
    scene.ask("end")
    found: dict[str, Any] = json.loads(scene.part("state"))
    return found
