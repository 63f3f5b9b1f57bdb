"""A real recording: one of Debian's CC0 loops, repeated until it is long enough to be a beat."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

LOOPS = Path("/usr/share/sonic-pi/samples")


def real_recording(path: Path, *, loop: str = "compus", seconds: float = 40.0) -> Path:
    """Writes the loop over and over as FLAC; skips the test where the loops are not installed.

    Two artists need two loops: the second to publish one would be held back for copying.
    """
    source = LOOPS / f"loop_{loop}.flac"
    if not source.exists():
        pytest.skip("no real recording here; on Debian: apt-get install sonic-pi-samples")
    samples, rate = soundfile.read(source, dtype="float32", always_2d=True)
    times = int(np.ceil(seconds * rate / len(samples)))
    soundfile.write(path, np.tile(samples, (times, 1))[: int(seconds * rate)], rate, format="FLAC")
    return path
