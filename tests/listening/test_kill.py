"""SIGKILL at any moment: nothing acknowledged is lost, nothing counted twice, the rollups equal a rebuild."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.listening.kill_parts import BATCH, listen_id

ROOT = Path(__file__).parents[2]
ROUNDS = 5


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "tests.listening.kill_parts", *map(str, words)]


def environment(data: Path) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if name != "LISTENING_URL"}
    return ours | {"BACKLINE_DATA": str(data)}


def run(data: Path, *words: object) -> Any:
    """A process run to its end, and what it said."""
    done = subprocess.run(
        command(*words),
        cwd=ROOT,
        env=environment(data),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout)


def at_work(data: Path, *words: object) -> subprocess.Popen[str]:
    """A process that has said that it begins."""
    process = subprocess.Popen(
        command(*words), cwd=ROOT, env=environment(data), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout and process.stdout.readline() == "0\n"
    return process


@pytest.mark.slow
@pytest.mark.parametrize("victims", [("intake",), ("fold",), ("intake", "fold")], ids="+".join)
def test_kill(tmp_path: Path, victims: tuple[str, ...]):
    dice = random.Random("+".join(victims))
    world = run(tmp_path, "prepare")
    acknowledged = 0
    processes = {"intake": at_work(tmp_path, "intake", world["beat"], 1), "fold": at_work(tmp_path, "fold")}
    try:
        for _ in range(ROUNDS):
            time.sleep(dice.uniform(0.05, 0.6))
            for name in victims:
                processes[name].kill()
            for name in victims:
                acknowledged = max(acknowledged, *said(processes[name]))
            for name in victims:
                more = (world["beat"], acknowledged + 1) if name == "intake" else ()
                processes[name] = at_work(tmp_path, name, *more)
        time.sleep(0.5)
    finally:
        for process in processes.values():
            process.kill()
        acknowledged = max(acknowledged, *said(processes["intake"]), *said(processes["fold"]))
    assert acknowledged > ROUNDS

    found = run(tmp_path, "check", world["artist"])
    ended = {str(listen_id(batch, n)) for batch in range(acknowledged) for n in range(BATCH)}
    assert ended <= set(found["logged"]), "an acknowledged listen is lost"
    assert len(found["logged"]) == len(set(found["logged"])), "a listen is in the log twice"
    assert found["received"] == found["plays"] == len(found["logged"])
    assert found["identical"], "a rebuild comes out different"
    assert found["intact"] == "ok"


def said(process: subprocess.Popen[str]) -> list[int]:
    """What a killed process had said: the numbers of whole lines."""
    text, _ = process.communicate()
    return [0, *(int(line) for line in text.splitlines(keepends=True) if line.endswith("\n"))]
