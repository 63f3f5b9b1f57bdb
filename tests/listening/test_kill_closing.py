"""SIGKILL while days close and figures are made anew: nothing is done twice or lost, the result is the same."""

from __future__ import annotations

import json
import random
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from tests.listening.parts import begin, run

PART_OF = "kill_closing"
ROUNDS = 12


def end(data: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(PART_OF, data, "end"))
    return found


@pytest.mark.slow
def test_kill(tmp_path: Path):
    dice = random.Random(7)
    left_alone, killed = tmp_path / "left alone", tmp_path / "killed"
    run(PART_OF, left_alone, "prepare")
    shutil.copytree(left_alone, killed)
    for _ in range(ROUNDS):
        process = begin(PART_OF, killed, "work")
        assert process.stdout and process.stdout.readline() == "0\n"
        time.sleep(dice.uniform(0.02, 1.0))
        process.kill()
        process.communicate()
    wanted = end(left_alone)
    assert wanted["changes"] == 60 and wanted["closed"] > 40 and wanted["identical"]
    assert end(killed) == wanted
