"""SIGKILL while the store forgets whose numbers were whose: the next run ends it, nothing is lost, no key is left."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.listening.kill_forgetting import LEAVERS

ROOT = Path(__file__).parents[2]
ROUNDS = 8


def begin(data: Path, part: str) -> subprocess.Popen[str]:
    ours = {name: value for name, value in os.environ.items() if name != "LISTENING_URL"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.listening.kill_forgetting", part],
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


def keys_in_files(data: Path) -> set[bytes]:
    files = [path for path in data.glob("listening*") if path.is_file()]
    return {key for path in files for key in re.findall(rb"a:734\d{6}", path.read_bytes())}


@pytest.mark.slow
def test_kill(tmp_path: Path):
    dice = random.Random(3)
    left_alone, killed = tmp_path / "left alone", tmp_path / "killed"
    run(left_alone, "prepare")
    assert len(keys_in_files(left_alone)) == LEAVERS
    shutil.copytree(left_alone, killed)
    for _ in range(ROUNDS):
        process = begin(killed, "work")
        # Of 150 portions it begins at most 80 before it is killed, somewhere in the last of them or soon after.
        for _ in range(dice.randint(2, 10)):
            assert process.stdout and process.stdout.readline() == "next\n"
        time.sleep(dice.uniform(0, 0.005))
        process.kill()
        process.communicate()
    found, wanted = json.loads(run(killed, "end")), json.loads(run(left_alone, "end"))
    assert wanted.pop("left") == LEAVERS and 0 < found.pop("left") < LEAVERS
    assert found == wanted and wanted["identical"] and wanted["nobodys"] == LEAVERS
    assert keys_in_files(killed) == keys_in_files(left_alone) == set()
