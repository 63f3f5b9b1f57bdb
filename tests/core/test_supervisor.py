"""The process tree, with small real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backline.core import supervisor
from backline.core.supervisor import Tree

ROOT = Path(__file__).resolve().parents[2]
PYTHON = [sys.executable, "-c"]
# Writes its own process id to the file named first, then sleeps.
SLEEPER = [*PYTHON, "import os,sys,time; open(sys.argv[1],'a').write(f'{os.getpid()}\\n'); time.sleep(60)"]


def wait_for(condition: Callable[[], bool], *, meanwhile: Callable[[], None] = lambda: None) -> None:
    give_up = time.monotonic() + 10
    while not condition():
        meanwhile()
        assert time.monotonic() < give_up, "waited in vain"
        time.sleep(0.02)


def pids(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().splitlines()] if path.exists() else []


def alive(pid: int) -> bool:
    """Whether the process runs; one that ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def tree() -> Iterator[Tree]:
    made = Tree(os.environ, say=lambda line: None)
    yield made
    made.stop()


def test_a_step_returns_the_exit_status(tree: Tree):
    assert tree.step([*PYTHON, "raise SystemExit(7)"]) == 7


def test_a_child_that_ends_is_started_again(tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(supervisor, "FIRST_PAUSE_S", 0.01)
    log = tmp_path / "pids"
    tree.start("sleeper", [*SLEEPER, str(log)])
    wait_for(lambda: len(pids(log)) == 1)
    os.kill(pids(log)[0], signal.SIGKILL)
    wait_for(lambda: tree.ended() == ["sleeper"])
    wait_for(lambda: len(pids(log)) == 2, meanwhile=tree.tend)
    assert tree.ended() == []


def test_the_pause_grows_while_a_child_keeps_failing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(supervisor, "FIRST_PAUSE_S", 0.01)
    said: list[str] = []
    tree = Tree(os.environ, say=said.append)
    tree.start("broken", [*PYTHON, "raise SystemExit(3)"])
    wait_for(lambda: len(said) == 3, meanwhile=tree.tend)
    tree.stop()
    assert said[0].startswith("The broken ended (exit status 3)")
    pauses = [supervisor.pause_s(failures) for failures in (1, 2, 3, 50)]
    assert pauses == [0.01, 0.02, 0.04, supervisor.LONGEST_PAUSE_S]


def test_stopping_also_ends_what_a_child_left_behind(tree: Tree, tmp_path: Path):
    log = tmp_path / "pids"
    inner = f"import subprocess,sys; subprocess.Popen([*{SLEEPER!r}, sys.argv[1]])"
    tree.start("parent", [*PYTHON, f"{inner}; import time; time.sleep(60)", str(log)])
    wait_for(lambda: len(pids(log)) == 1)
    tree.stop()
    wait_for(lambda: not alive(pids(log)[0]))


def test_a_child_that_ignores_the_polite_signal_is_ended_by_force(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(supervisor, "STOP_WITHIN_S", 0.2)
    log = tmp_path / "pids"
    stubborn = ["-c", f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n{SLEEPER[2]}"]
    tree.start("stubborn", [sys.executable, *stubborn, str(log)])
    wait_for(lambda: len(pids(log)) == 1)
    tree.stop()
    assert not alive(pids(log)[0])


@pytest.mark.skipif(
    sys.platform != "linux", reason="the kernel tells children of their parent's death on Linux only"
)
def test_children_end_when_the_supervisor_is_killed_outright(tmp_path: Path):
    log = tmp_path / "pids"
    program = (
        "import os; from backline.core.supervisor import Tree\n"
        f"tree = Tree(os.environ, say=print); tree.start('sleeper', {[*SLEEPER, str(log)]!r}); tree.watch()"
    )
    with subprocess.Popen([*PYTHON, program], cwd=ROOT) as parent:
        wait_for(lambda: len(pids(log)) == 1)
        parent.kill()
    wait_for(lambda: not alive(pids(log)[0]))


def test_a_signal_ends_the_watch_and_a_running_step(tmp_path: Path):
    log = tmp_path / "pids"
    program = (
        "import os, sys; from backline.core.supervisor import Tree\n"
        f"tree = Tree(os.environ, say=print); tree.listen_for_stop(); sys.exit(tree.step({[*SLEEPER, str(log)]!r}))"
    )
    with subprocess.Popen([*PYTHON, program], cwd=ROOT) as parent:
        wait_for(lambda: len(pids(log)) == 1)
        parent.terminate()
        assert parent.wait(timeout=10) == 130
    assert not alive(pids(log)[0])
