"""Runs the child process that decodes and encodes, and turns what became of it into an answer or an exception."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import backline
from backline.integrations.audio.refusals import Failed, Refused, shown
from backline.integrations.audio.rules import Limits

CHILD = "backline.integrations.audio.child"
ROOT = Path(backline.__file__).resolve().parent.parent
TOO_MUCH_CPU = (-signal.SIGXCPU, -signal.SIGKILL)


def run(task: list[str], limits: Limits, file_name: str) -> dict[str, Any]:
    """The child's answer to `task`.

    Raises:
        Refused: the file cannot be decoded, or not within the limits.
        Failed: anything else that went wrong.
    """
    bounds = [str(limits.memory_bytes), str(limits.cpu_seconds)]
    try:
        done = subprocess.run(
            [sys.executable, "-m", CHILD, *bounds, *task],
            cwd=ROOT,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limits.wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        sentence = f"{shown(file_name)} could not be decoded within {limits.wall_seconds} s."
        raise Refused("too_costly", sentence) from error
    except OSError as error:
        raise Failed(f"The audio process could not be started: {error.strerror}.") from error
    if done.returncode in TOO_MUCH_CPU:
        sentence = f"{shown(file_name)} could not be decoded within {limits.cpu_seconds} s of processor time."
        raise Refused("too_costly", sentence)
    return _answer(done, file_name)


def _answer(done: subprocess.CompletedProcess[bytes], file_name: str) -> dict[str, Any]:
    """The one JSON line that the child prints; a child that crashed printed none."""
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        if done.returncode < 0:
            name = signal.Signals(-done.returncode).name
            raise Refused(
                "damaged", f"{shown(file_name)} is damaged: decoding it ended with {name}."
            ) from None
        raise Failed(f"The audio process failed: {_last_line(done.stderr)}") from None
    if reason := answer.get("damaged"):
        raise Refused("damaged", f"{shown(file_name)} is damaged: {reason}.")
    if reason := answer.get("too_costly"):
        raise Refused("too_costly", f"{shown(file_name)} {reason}.")
    if reason := answer.get("failed"):
        raise Failed(f"{reason}.")
    return answer


def _environment() -> dict[str, str]:
    """Nothing of ours but what Python needs to start: a decoder has no business with secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ}
    # One thread: more would only wait for each other on blocks of this size. Memory that was freed is kept for the
    # next block: getting it from the system again, page by page, cost a third of the time.
    return kept | {
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONIOENCODING": "utf-8",
        "MALLOC_MMAP_THRESHOLD_": "33554432",
        "MALLOC_TRIM_THRESHOLD_": "67108864",
    }


def _last_line(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else "it said nothing"
