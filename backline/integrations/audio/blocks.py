"""One pass over the samples for everything that wants them, in the child process only.

Each block is transformed once. The loudness meter weights the spectrum, and cutting the same spectrum short and
transforming it back gives the mono mix at the two low rates that tempo, key and fingerprint are computed from: a
change of rate that costs almost nothing. Blocks overlap by `left` frames on either side, where the edges ring.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd
from typing import Any

import numpy as np
import soundfile

from backline.integrations.audio.decode import NotNumbers

Floats = np.ndarray[Any, np.dtype[np.float32]]
Spectrum = np.ndarray[Any, np.dtype[np.complex64]]

LOW = 5_000  # samples a second for the key: up to 2.5 kHz
HIGH = 4 * LOW  # for tempo and fingerprint: up to 10 kHz, where the hi-hats are
EDGE = 10  # one part in so many of a block rings on either side
SLOPE = 0.08  # of the kept band fades out, so that the new rate does not ring for long


@dataclass(frozen=True)
class Block:
    """`samples` and `spectrum` (channels first) of a block; the new frames are `left` to `left + count`."""

    samples: Floats
    spectrum: Spectrum
    left: int
    count: int


class Cutting:
    """How a file of a given rate is cut, so that blocks start at whole samples in every rate."""

    def __init__(self, rate: int) -> None:
        # One second is `shared` units; a unit is a whole number of frames in all three rates. Half a second is short
        # enough for the transform to work in memory that it need not ask the system for: a third of the time.
        self.shared = gcd(rate, LOW)
        units = max(self.shared // 2, EDGE)
        self.unit, self.left_units = rate // self.shared, units // EDGE
        self.hop_units = units - 2 * self.left_units
        self.length = units * self.unit
        self.left, self.hop = self.left_units * self.unit, self.hop_units * self.unit

    def blocks(self, file: soundfile.SoundFile) -> Iterator[Block]:
        """The whole file. Raises NotNumbers for NaN and infinity."""
        held = np.zeros((self.left, file.channels), np.float32)
        ahead = self.length - self.left
        while True:
            fresh = file.read(ahead, dtype="float32", always_2d=True)
            block = np.concatenate([held, fresh])
            count = min(self.hop, len(block) - self.left)
            if count <= 0:
                return
            block = np.concatenate([block, np.zeros((self.length - len(block), file.channels), np.float32)])
            samples = np.ascontiguousarray(block.T)
            spectrum = np.fft.rfft(samples).astype(np.complex64, copy=False)
            if not np.isfinite(spectrum[:, 0]).all():
                raise NotNumbers
            yield Block(samples, spectrum, self.left, count)
            # What was read beyond this block's own frames, and the ring before the next one.
            held, ahead = block[self.hop : len(held) + len(fresh)], self.hop


class Lowered:
    """The mono mix at another rate, collected block by block."""

    def __init__(self, cutting: Cutting, rate: int, to_rate: int, frames: int) -> None:
        self.unit = to_rate // cutting.shared
        self.length = cutting.length // cutting.unit * self.unit
        self.left, self.hop = cutting.left_units * self.unit, cutting.hop_units * self.unit
        self.scale = np.float32(self.length / cutting.length)
        self.ratio = to_rate / rate
        bins = min(self.length, cutting.length) // 2 + 1
        places = np.arange(bins) / (bins - 1)
        self.window = (0.5 + 0.5 * np.cos(np.pi * np.clip((places - 1) / SLOPE + 1, 0, 1))).astype(np.float32)
        # In one piece from the start: joining parts would take the memory twice.
        self.row = np.zeros(int(frames * self.ratio) + 1, np.float32)
        self.made = 0

    def push(self, block: Block) -> None:
        """Adds the block's new frames."""
        mono = block.spectrum[:, : len(self.window)].mean(axis=0) * self.window
        whole = np.fft.irfft(mono, self.length)[self.left : self.left + self.hop] * self.scale
        made = min(int(block.count * self.ratio), len(self.row) - self.made)
        self.row[self.made : self.made + made] = whole[:made]
        self.made += made

    def end(self) -> Floats:
        """Everything, as one row."""
        return self.row[: self.made]
