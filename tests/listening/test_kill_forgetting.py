"""SIGKILL while the store forgets whose numbers were whose: the next run ends it, nothing is lost, no key is left."""

from __future__ import annotations

import json
import random
import re
import shutil
import time
from pathlib import Path

import pytest

from tests.listening.kill_forgetting import LEAVERS
from tests.listening.parts import begin, run

PART_OF = "kill_forgetting"
ROUNDS = 8


def keys_in_files(data: Path) -> set[bytes]:
    files = [path for path in data.glob("listening*") if path.is_file()]
    return {key for path in files for key in re.findall(rb"a:734\d{6}", path.read_bytes())}


@pytest.mark.slow
def test_kill(tmp_path: Path):
    dice = random.Random(3)
    left_alone, killed = tmp_path / "left alone", tmp_path / "killed"
    run(PART_OF, left_alone, "prepare")
    assert len(keys_in_files(left_alone)) == LEAVERS
    shutil.copytree(left_alone, killed)
    for _ in range(ROUNDS):
        process = begin(PART_OF, killed, "work")
        # Of 150 portions it begins at most 80 before it is killed, somewhere in the last of them or soon after.
        for _ in range(dice.randint(2, 10)):
            assert process.stdout and process.stdout.readline() == "next\n"
        time.sleep(dice.uniform(0, 0.005))
        process.kill()
        process.communicate()
    found, wanted = json.loads(run(PART_OF, killed, "end")), json.loads(run(PART_OF, left_alone, "end"))
    assert wanted.pop("left") == LEAVERS and 0 < found.pop("left") < LEAVERS
    assert found == wanted and wanted["identical"] and wanted["nobodys"] == LEAVERS
    assert keys_in_files(killed) == keys_in_files(left_alone) == set()
