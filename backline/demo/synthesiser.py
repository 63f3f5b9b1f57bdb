"""This side of the child process that synthesises audio: numpy stays out of the build itself."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from backline.demo.plan import PlannedBeat

PACKAGE_ROOT = Path(__file__).resolve().parents[2]


class Synthesiser:
    """A child process that renders beats one after the other. It ends when this side closes or dies."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "backline.demo.synth"],
            cwd=PACKAGE_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def render(self, beat: PlannedBeat, *, seed: int, path: Path) -> dict[str, Any]:
        """Writes the beat's WAV file to `path`; answers what decoding it found, as `audio.check` takes it.

        Raises:
            RuntimeError: the child ended.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        order = {
            "genre": beat.genres[0],
            "bpm": beat.bpm,
            "key": beat.key,
            "scale": beat.scale,
            "seconds": beat.seconds,
            "rate": beat.rate,
            "seed": seed,
            "path": str(path),
        }
        with suppress(BrokenPipeError):
            self._process.stdin.write(f"{json.dumps(order)}\n")
            self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"The synthesiser ended while it made {beat.name}.")
        found: dict[str, Any] = json.loads(answer)
        return found

    def close(self) -> None:
        """Ends the child."""
        assert self._process.stdin is not None and self._process.stdout is not None
        with suppress(BrokenPipeError):  # of a child that died
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
