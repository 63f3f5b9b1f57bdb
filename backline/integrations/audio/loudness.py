"""Loudness and true peak after ITU-R BS.1770-5, in the child process only.

Sources: ITU-R BS.1770-5 (11/2023), annex 1 (K weighting, gating) and annex 2 (true peak by oversampling). The two
K-weighting filters are given there for 48 kHz only; for other rates they are designed again from the analogue
prototypes that the table follows, with the parameters of Mansbridge, Finn and Reiss, "Implementation and Evaluation of
Autonomous Multi-Track Fader Control" (AES 132, 2012), which reproduce the table to 1e-9.
"""

from __future__ import annotations

from math import log10, pi, tan
from typing import Any

import numpy as np

from backline.integrations.audio.blocks import Block, Floats

Doubles = np.ndarray[Any, np.dtype[np.float64]]
Biquad = tuple[tuple[float, float, float], tuple[float, float, float]]  # numerator, denominator

PARTS_A_SECOND = 10  # gating blocks of 400 ms start every 100 ms
PARTS = 4
OFFSET = -0.691  # so that 997 Hz at full scale in one channel is -3.01
ABSOLUTE_GATE = -70.0
RELATIVE_GATE = -10.0
PIECES = 32  # of a block; most cannot hold the true peak, which is cheap to see
WINGS = 6  # samples on either side that a value between two samples is made of


def shelf(rate: int) -> Biquad:
    """The head's effect: +4 dB above 2 kHz."""
    gain, quality, k = 3.999843853973347, 0.7071752369554196, tan(pi * 1681.974450955533 / rate)
    high = 10 ** (gain / 20)
    band = high**0.4996667741545416
    first = 1 + k / quality + k * k
    top = (
        (high + band * k / quality + k * k) / first,
        2 * (k * k - high) / first,
        (high - band * k / quality + k * k) / first,
    )
    return top, (1.0, 2 * (k * k - 1) / first, (1 - k / quality + k * k) / first)


def high_pass(rate: int) -> Biquad:
    """The revised low-frequency B curve: below 60 Hz little is heard."""
    quality, k = 0.5003270373238773, tan(pi * 38.13547087602444 / rate)
    first = 1 + k / quality + k * k
    return (1.0, -2.0, 1.0), (1.0, 2 * (k * k - 1) / first, (1 - k / quality + k * k) / first)


def weighting(rate: int, length: int) -> np.ndarray[Any, np.dtype[np.complex64]]:
    """K weighting at the frequencies of a real transform of `length` samples."""
    turn = np.exp(-2j * pi * np.arange(length // 2 + 1) / length)
    answer = np.ones(len(turn), np.complex128)
    for top, bottom in (shelf(rate), high_pass(rate)):
        answer *= np.polyval(top[::-1], turn) / np.polyval(bottom[::-1], turn)
    return answer.astype(np.complex64)


class Meter:
    """Collects a file's loudness and its true peak, block by block."""

    def __init__(self, rate: int, length: int) -> None:
        self.rate, self.length = rate, length
        self.weights = weighting(rate, length)
        self.phases = between(4 if rate < 96_000 else 2 if rate < 192_000 else 1)
        self.reach = float(np.abs(self.phases).sum(axis=1).max(initial=1.0))
        self.frames = 0
        self.energies = np.zeros(0)  # sum of squares of each 100 ms, over all channels
        self.peak = 0.0

    def push(self, block: Block) -> None:
        """Adds the block's new frames."""
        own = slice(block.left, block.left + block.count)
        weighted = np.fft.irfft(block.spectrum * self.weights, self.length)[:, own]
        places = (
            np.arange(self.frames, self.frames + block.count, dtype=np.int64) * PARTS_A_SECOND // self.rate
        )
        sums = np.bincount(places - places[0], np.einsum("cn,cn->n", weighted, weighted))
        missing = places[-1] + 1 - len(self.energies)
        self.energies = np.concatenate([self.energies, np.zeros(missing)])
        self.energies[places[0] :] += sums
        self.frames += block.count
        for channel in block.samples:
            self._peak(channel[block.left - WINGS : block.left + block.count + WINGS])

    def _peak(self, samples: Floats) -> None:
        self.peak = max(self.peak, float(np.abs(samples).max()))
        piece = len(samples) // PIECES + 1
        for start in range(0, len(samples) - 2 * WINGS, piece):
            part = samples[start : start + piece + 2 * WINGS]
            if float(np.abs(part).max()) * self.reach <= self.peak:
                continue  # nothing between these samples can be higher than what we have
            for phase in self.phases:
                self.peak = max(self.peak, float(np.abs(np.convolve(part, phase, "valid")).max()))

    def true_peak(self) -> float | None:
        """The highest value of the signal between and at samples, dBTP; None for silence."""
        return 20 * log10(self.peak) if self.peak > 0 else None

    def integrated(self) -> float | None:
        """Programme loudness, LUFS; None where nothing is above the absolute gate."""
        whole = self.energies[: self.frames * PARTS_A_SECOND // self.rate]
        if len(whole) < PARTS:
            return None
        powers = np.convolve(whole, np.ones(PARTS), "valid") * PARTS_A_SECOND / PARTS / self.rate
        return gated(powers)


def gated(powers: Doubles) -> float | None:
    """Integrated loudness of the mean squares of gating blocks: first an absolute, then a relative gate."""
    loud = powers[powers > power(ABSOLUTE_GATE)]
    if not len(loud):
        return None
    gate = power(level(float(loud.mean())) + RELATIVE_GATE)
    return level(float(loud[loud > gate].mean()))


def level(value: float) -> float:
    """Mean square to LUFS."""
    return OFFSET + 10 * log10(value)


def power(lufs: float) -> float:
    """LUFS to mean square."""
    return float(10 ** ((lufs - OFFSET) / 10))


def between(times: int) -> Floats:
    """Filters for the values between two samples: `times - 1` rows of a windowed sinc, made to sum to 1."""
    shifts = np.arange(1, times)[:, None] / times
    distance = np.arange(1 - WINGS, WINGS + 1) - shifts
    rows = np.sinc(distance) * np.cos(distance / (WINGS + 0.5) * pi / 2) ** 2
    filters: Floats = (rows / rows.sum(axis=1, keepdims=True)).astype(np.float32)
    return filters[:, ::-1]
