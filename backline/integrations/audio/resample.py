"""Changing the rate of samples block by block: a windowed sinc, evaluated at every phase in advance."""

from __future__ import annotations

from math import gcd
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

Samples = np.ndarray[Any, np.dtype[np.float32]]  # frames by channels

WINGS = 16  # zero crossings of the sinc on either side
PASS = 0.95  # of the narrower band; the rest is left for the filter's slope
STEP = 4_096  # output frames at a time, to keep memory small


class Resampler:
    """Turns samples at one rate into samples at another; the output is as long as the input, rounded up."""

    def __init__(self, rate: int, to_rate: int, channels: int) -> None:
        shared = gcd(rate, to_rate)
        self._up, self._down = to_rate // shared, rate // shared
        self._same = rate == to_rate
        self._kernels = _kernels(self._up, self._down)
        self._wing = self._kernels.shape[1] // 2
        # Silence before the first sample, so that it sits in the middle of its window.
        self._held = np.zeros((self._wing - 1, channels), np.float32)
        self._start = 0  # input frame at which the window of _held[0] begins
        self._taken = 0  # input frames pushed
        self._made = 0  # output frames made

    def push(self, block: Samples) -> Samples:
        """All output frames that the input so far decides."""
        self._taken += len(block)
        if self._same:
            return block
        self._held = np.concatenate([self._held, block])
        return self._make(self._start + len(self._held) - 2 * self._wing + 1)

    def end(self) -> Samples:
        """The rest, with silence after the last sample."""
        if self._same:
            return np.zeros((0, self._held.shape[1]), np.float32)
        self._held = np.concatenate([self._held, np.zeros((2 * self._wing, self._held.shape[1]), np.float32)])
        return self._make(self._taken)

    def _make(self, before: int) -> Samples:
        """Output frames whose window begins at an input frame lower than `before`."""
        last = max(-(-before * self._up // self._down), self._made)
        made = [self._between(first, min(first + STEP, last)) for first in range(self._made, last, STEP)] or [
            np.zeros((0, self._held.shape[1]), np.float32)
        ]
        self._made = last
        used = last * self._down // self._up - self._start
        self._held, self._start = self._held[used:], self._start + used
        return np.concatenate(made)

    def _between(self, first: int, last: int) -> Samples:
        places = np.arange(first, last, dtype=np.int64) * self._down
        windows = sliding_window_view(self._held, 2 * self._wing, axis=0)[places // self._up - self._start]
        out: Samples = np.einsum("nct,nt->nc", windows, self._kernels[places % self._up])
        return out


def _kernels(up: int, down: int) -> Samples:
    """One filter for each of the `up` places an output sample can have between two input samples."""
    stretch = max(1.0, down / up)
    wing = int(np.ceil(WINGS * stretch))
    distance = np.arange(1 - wing, wing + 1) - np.arange(up)[:, None] / up
    window = np.cos(np.clip(distance / (wing + 1), -1, 1) * np.pi / 2) ** 2
    raw = np.sinc(distance / stretch * PASS) * window
    kernels: Samples = (raw / raw.sum(axis=1, keepdims=True)).astype(np.float32)
    return kernels
