"""SIGKILL while days close and figures are made anew: nothing is done twice or lost, the result is the same."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ROUNDS = 12


def begin(data: Path, part: str) -> subprocess.Popen[str]:
    ours = {name: value for name, value in os.environ.items() if name != "LISTENING_URL"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.listening.kill_closing", part],
        cwd=ROOT,
        env=ours | {"BACKLINE_DATA": str(data)},
        stdout=subprocess.PIPE,
        text=True,
    )


def run(data: Path, part: str) -> str:
    process = begin(data, part)
    said, _ = process.communicate(timeout=240)
    assert process.returncode == 0
    return said


def end(data: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(data, "end"))
    return found


@pytest.mark.slow
def test_kill(tmp_path: Path):
    dice = random.Random(7)
    left_alone, killed = tmp_path / "left alone", tmp_path / "killed"
    run(left_alone, "prepare")
    shutil.copytree(left_alone, killed)
    for _ in range(ROUNDS):
        process = begin(killed, "work")
        assert process.stdout and process.stdout.readline() == "0\n"
        time.sleep(dice.uniform(0.02, 1.0))
        process.kill()
        process.communicate()
    wanted = end(left_alone)
    assert wanted["changes"] == 60 and wanted["closed"] > 40 and wanted["identical"]
    assert end(killed) == wanted
