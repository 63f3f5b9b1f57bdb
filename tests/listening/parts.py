"""Parts of a kill test's work, each in a process of its own on a data folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def begin(module: str, data: Path, part: str) -> subprocess.Popen[str]:
    """Starts a part of the module `tests.listening.<module>`; what it says can be read from its output."""
    ours = {name: value for name, value in os.environ.items() if name != "LISTENING_URL"}
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.listening.{module}", part],
        cwd=ROOT,
        env=ours | {"BACKLINE_DATA": str(data)},
        stdout=subprocess.PIPE,
        text=True,
    )


def run(module: str, data: Path, part: str) -> str:
    """What a part said that ran to its end."""
    process = begin(module, data, part)
    said, _ = process.communicate(timeout=240)
    assert process.returncode == 0
    return said
