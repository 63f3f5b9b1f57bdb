"""Work on money is cut off at every named step and taken up again: the end is that of an undisturbed run."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from backline.money import actions, steps
from backline.money.actions import settling, writing
from backline.money.checks import check
from backline.money.models import Settlement
from tests.conftest import Cast
from tests.money.january import facts, month, state
from tests.money.world import FIRST, World, noon

PART = "import sys, django; django.setup(); from tests.money.january import main; main(sys.argv[1:])"


class Cut(BaseException):
    """Stands for the end of the process."""


def cut_at(name: str, *, times: int = 1) -> Callable[[], None]:
    """Ends the work when a step is reached for the n-th time; the answer takes the hook off again."""
    left = [times]

    def hook(reached: str) -> None:
        if reached == name:
            left[0] -= 1
            if left[0] == 0:
                raise Cut(name)

    return steps.watch(hook)


def run(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A process on a data folder of its own, run until it ends or is killed."""
    ours = {
        name: value for name, value in os.environ.items() if name not in ("LISTENING_URL", "DATABASE_URL")
    }
    return subprocess.run(
        [sys.executable, "-c", PART, *words],
        cwd=Path(__file__).parents[2],
        env=ours | {"BACKLINE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "backline.settings"},
        stdout=subprocess.PIPE,
        text=True,
        timeout=120,
    )


def test_the_names_are_those_of_the_code(world: World, cast: Cast):
    seen: list[str] = []
    stop = steps.watch(seen.append)
    facts(world, cast.marlo, cast.sable, cast.kit)
    month(world)
    stop()
    assert set(seen) == set(steps.NAMES)


@pytest.mark.slow
@pytest.mark.parametrize("name", steps.NAMES)
def test_cut_off_at_a_step_and_taken_up_again(name: str, world: World, cast: Cast):
    facts(world, cast.marlo, cast.sable, cast.kit)
    with transaction.atomic():
        month(world)
        undisturbed = state()
        transaction.set_rollback(True)
    for times in (1, 2):
        stop = cut_at(name, times=times)
        try:
            month(world)
        except Cut:
            pass
        finally:
            stop()
    month(world)
    assert state() == undisturbed
    assert check() == []


@pytest.mark.parametrize(
    "name", ["weighed", "accrued", "started settlement", "wrote statements", "posted chunk"]
)
def test_two_workers_do_nothing_twice(name: str, world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    """The second comes when the first has committed a step, and goes all the way. Every statement is a chunk."""
    for module in (settling, writing):
        monkeypatch.setattr(module, "CHUNK", 1)
    facts(world, cast.marlo, cast.sable, cast.kit)
    with transaction.atomic():
        month(world)
        undisturbed = state()
        transaction.set_rollback(True)
    busy = [False]

    def second(reached: str) -> None:
        if reached != name or busy[0]:
            return
        busy[0] = True
        day = date(2026, 2, 10)
        while actions.advance_pool(now=noon(date(2026, 2, 4))):
            pass
        if Settlement.objects.exists():
            actions.run_settlement(FIRST, now=noon(day))
        busy[0] = False

    stop = steps.watch(second)
    month(world)
    stop()
    assert state() == undisturbed
    assert check() == []


@pytest.mark.slow
def test_killed_at_every_step(tmp_path: Path):
    """The same with processes that are killed, on databases in files."""
    fresh = tmp_path / "fresh"
    assert run(fresh, "prepare").returncode == 0
    undisturbed = run(Path(shutil.copytree(fresh, tmp_path / "undisturbed")), "work").stdout
    for number, name in enumerate(steps.NAMES):
        data = Path(shutil.copytree(fresh, tmp_path / str(number)))
        assert run(data, "work", name).returncode == -signal.SIGKILL
        assert run(data, "work").stdout == undisturbed, name
