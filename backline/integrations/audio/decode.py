"""Decoding, in the child process only."""

from __future__ import annotations

from typing import Any

import numpy as np
import soundfile


class NotNumbers(Exception):
    """A float file holds NaN or infinity."""


def peaks(source: str, count: int) -> dict[str, Any]:
    """Decodes everything, slice by slice.

    Answers `rate`, `channels`, `frames` (how many could be decoded), `level` (largest absolute sample, 1.0 for full
    scale) and `peaks` (hex of `count` bytes, the largest sample of each of `count` equal slices).
    """
    levels = np.zeros(count)
    decoded = 0
    with soundfile.SoundFile(source) as file:
        ends = [file.frames * (number + 1) // count for number in range(count)]
        for number, end in enumerate(ends):
            # The longest file has slices of under a second, so memory stays constant.
            block = file.read(end - decoded, dtype="float32")
            if len(block):
                levels[number] = max(block.max(), -block.min())
            decoded += len(block)
            if decoded < end:
                break
    if not np.isfinite(levels).all():
        raise NotNumbers
    form = {"rate": file.samplerate, "channels": file.channels, "frames": decoded}
    loud = np.rint(np.minimum(levels, 1) * 255).astype(np.uint8)
    return form | {"level": float(levels.max()), "peaks": loud.tobytes().hex()}
