"""The mark that previews carry every few seconds, in the child process only: the platform's own, or an artist's file.

The platform's own is two soft bells, a fifth apart: made here, so that it belongs to nobody else.
"""

from __future__ import annotations

import numpy as np
import soundfile

from backline.integrations.audio.resample import Resampler, Samples

NOTES = ((0.0, 783.99), (0.17, 1174.66))  # seconds after the start, hertz: G5 and D6
OVERTONES = ((1.0, 1.0, 0.45), (2.0, 0.32, 0.25), (3.01, 0.18, 0.14), (5.4, 0.07, 0.06))
"""Of each note: times its pitch, how loud, seconds in which it falls to a third."""
LENGTH_S = 1.3
LOUD = 0.34  # of full scale
FIRST_S = 5.0  # a listener who looks in hears what it is first
DUCKED = 0.5  # of its loudness the beat keeps under the tag
RAMP_S = 0.06


def own_mark(rate: int) -> Samples:
    """The platform's mark as one channel at `rate`."""
    time = np.arange(int(LENGTH_S * rate)) / rate
    mark = np.zeros(len(time))
    for begin, pitch in NOTES:
        since = np.maximum(time - begin, 0)
        attack = np.clip(since / 0.006, 0, 1)
        for times, loud, falls in OVERTONES:
            mark += attack * loud * np.sin(2 * np.pi * pitch * times * since) * np.exp(-since / falls)
    mark *= LOUD / np.abs(mark).max()
    fade = min(len(mark), int(0.1 * rate))
    mark[-fade:] *= np.linspace(1, 0, fade)
    return mark.astype(np.float32)[:, None]


def file_mark(source: str, rate: int) -> Samples:
    """An artist's tag at `rate`, its channels as they are."""
    with soundfile.SoundFile(source) as file:
        resampler = Resampler(file.samplerate, rate, file.channels)
        samples = file.read(dtype="float32", always_2d=True)
        return np.concatenate([resampler.push(samples), resampler.end()])


class Tagging:
    """Lays the mark over a stream of samples, from `FIRST_S` on, once in `every_s`."""

    def __init__(self, mark: Samples, *, rate: int, channels: int, every_s: float) -> None:
        ramp = int(RAMP_S * rate)
        down = np.linspace(1, DUCKED, ramp, dtype=np.float32)
        level = np.full(len(mark), DUCKED, np.float32)
        self.level = np.concatenate([down, level, down[::-1]])[:, None]
        # Mono to both sides; two sides into one by their mean.
        fitted = (
            mark if mark.shape[1] == channels else np.repeat(mark.mean(axis=1, keepdims=True), channels, 1)
        )
        self.mark = np.pad(fitted, ((ramp, ramp), (0, 0)))
        self.first = int(FIRST_S * rate)
        self.step = max(int(every_s * rate), len(self.mark))

    def places(self, frames: int) -> list[tuple[int, int]]:
        """First frame and first one after it, of each mark in a recording of so many frames."""
        starts = range(self.first, frames, self.step)
        return [(start, min(frames, start + len(self.mark))) for start in starts]

    def lay(self, block: Samples, begin: int) -> Samples:
        """The block that begins at frame `begin`, with what falls into it of the marks."""
        block, end = block.copy(), begin + len(block)
        first = max(0, (begin - self.first - len(self.mark)) // self.step)
        for start in range(self.first + first * self.step, end, self.step):
            low, high = max(start, begin), min(start + len(self.mark), end)
            if low < high:
                here, there = slice(low - begin, high - begin), slice(low - start, high - start)
                block[here] = block[here] * self.level[there] + self.mark[there]
        return block
