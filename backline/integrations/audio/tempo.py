"""Tempo, in the child process only.

Onset strength by spectral flux in bands (Dixon, "Onset Detection Revisited", DAFx 2006; logarithmic bands after Böck
and Widmer, "Maximum Filter Vibrato Suppression", DAFx 2013), its autocorrelation, and a comb over multiples of the beat
(Klapuri, Eronen and Astola, "Analysis of the Meter of Acoustic Musical Signals", 2006) with a log-normal prior on
tempo. Beats are made to a grid, so the multiples far away fix the tempo to a fraction of a BPM.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from backline.integrations.audio.blocks import HIGH, Floats

Doubles = np.ndarray[Any, np.dtype[np.float64]]

FRAME = 1_024
HOP = 200
RATE = HIGH / HOP  # values of onset strength a second
BANDS = 36
LOWEST_HZ, HIGHEST_HZ = 30.0, 9_500.0
CHUNK = 1_000  # frames at a time, to keep memory small
SLOWEST, FASTEST = 40, 240


def onsets(signal: Floats) -> Floats:
    """Onset strength of the mono mix at `HIGH`: rows low, middle, high; `RATE` values a second."""
    if len(signal) < 2 * FRAME:
        return np.zeros((3, 0), np.float32)
    windows = sliding_window_view(signal, FRAME)[::HOP]
    window, bands = np.hanning(FRAME).astype(np.float32), _bands()
    loud: list[Floats] = []
    for start in range(0, len(windows), CHUNK):
        strengths = np.abs(np.fft.rfft(windows[start : start + CHUNK] * window)) @ bands
        loud.append(np.log1p(20 * strengths).astype(np.float32))
    levels = np.concatenate(loud)
    rises = np.maximum(levels[2:] - levels[:-2], 0)
    groups = np.array_split(rises, 3, axis=1)
    return np.stack([_peaked(group.sum(axis=1)) for group in groups])


def _bands() -> Floats:
    """Sums of neighbouring frequencies, the bands equally wide on a logarithmic scale."""
    edges = np.geomspace(LOWEST_HZ, HIGHEST_HZ, BANDS + 1) / HIGH * FRAME
    bins = np.arange(FRAME // 2 + 1)
    first = np.maximum(np.arange(BANDS) + 1, np.round(edges[:-1]))
    last = np.maximum(first + 1, np.round(edges[1:]))
    inside = (bins[:, None] >= first) & (bins[:, None] < last)
    return np.asarray(inside / np.sqrt(inside.sum(axis=0)) / FRAME * 4, dtype=np.float32)


def _peaked(row: Floats) -> Floats:
    """What stands out of the surrounding second, scaled to unit energy."""
    width = int(RATE)
    padded = np.pad(row, (width // 2, width - width // 2 - 1), mode="edge")
    above = np.maximum(row - np.convolve(padded, np.ones(width, np.float32) / width, "valid"), 0)
    return (above / max(float(np.sqrt((above**2).mean())), 1e-9)).astype(np.float32)


def alike(row: Floats, longest: int) -> Doubles:
    """Autocorrelation for lags 0 to `longest`: 1 for a perfect repetition, 0 for none."""
    centred = row - row.mean()
    size = 1 << (len(row) + longest).bit_length()
    power = np.abs(np.fft.rfft(centred, size)) ** 2
    sums = np.fft.irfft(power)[: longest + 1] / np.maximum(len(row) - np.arange(longest + 1), 1) * len(row)
    return sums / max(float(sums[0]), 1e-9)


# How much the repetition after so many beats speaks for a tempo. Four beats are a bar, the shortest stretch that most
# beats repeat. What repeats four times within the beat is no beat but a bar of a tempo four times as fast.
BEATS = (0.25, 0.5, 4.0, 8.0)
SPEAKS = (-0.5, 0.3, 1.2, 0.4)
GROUPS = (0.5, 0.4, 0.1)  # kick and bass, snare and chords, hi-hats: the last repeat at every level
USUAL, SPREAD = 125.0, 0.7  # centre of the prior, and how fast it falls with the square of octaves from there
FINE = (8.0, 16.0, 32.0)  # beats after which the exact tempo shows
STEP = 0.1  # BPM
LONGEST_S = 26  # of repetition looked at
RELATED = (2.0, 0.5, 1.5, 2 / 3, 4 / 3, 0.75)  # tempi that people confuse with the right one
SHARP = 9.0  # turns a difference in score into a confidence; fitted on synthetic beats


def candidates(signal: Floats) -> list[tuple[float, float]]:
    """Tempi (BPM, confidence from 0 to 1) of the mono mix at `HIGH`, best first: the one found and what it may be
    taken for, half and double among them. Empty when nothing repeats."""
    rows = onsets(signal)
    longest = min(int(LONGEST_S * RATE), rows.shape[1] - int(2 * RATE))
    if longest < 4 * 60 * RATE / FASTEST * 4:
        return []
    again = np.tensordot(GROUPS, np.stack([alike(row, longest) for row in rows]), 1)
    grid = np.arange(SLOWEST, FASTEST + STEP / 2, STEP)
    scores = _scores(again, grid)
    best = float(grid[np.argmax(scores)])
    if _at(again, np.array([4 * 60 * RATE / best]))[0] <= 0:
        return []
    tempi = [best] + [best * ratio for ratio in RELATED if SLOWEST <= best * ratio <= FASTEST]
    found = [float(scores[np.abs(grid - tempo) <= max(tempo * 0.01, STEP)].max()) for tempo in tempi]
    shares = np.exp(SHARP * (np.array(found) - max(found)))
    shares /= shares.sum()
    exact = _refined(again, best)
    ranked = sorted(zip(shares.tolist(), tempi, strict=True), reverse=True)
    return [(exact * tempo / best, share) for share, tempo in ranked]


def _scores(again: Doubles, grid: Doubles) -> Doubles:
    """How well each tempo explains the repetitions, the prior included."""
    period = 60 * RATE / grid
    heard = sum(weight * _at(again, period * beats) for weight, beats in zip(SPEAKS, BEATS, strict=True))
    return np.asarray(heard - SPREAD / 2 * np.log2(grid / USUAL) ** 2)


def _refined(again: Doubles, tempo: float) -> float:
    """The tempo to a few hundredths of a BPM, by repetitions many beats away."""
    near = tempo * np.linspace(0.994, 1.006, 121)
    period = 60 * RATE / near
    heard = [
        _at(again, period * beats) for beats in FINE if tempo and 60 * RATE / tempo * beats < len(again) - 8
    ]
    return float(near[np.argmax(sum(heard))]) if heard else tempo


def _at(again: Doubles, lags: Doubles) -> Doubles:
    """Values between whole lags; 0 beyond the longest."""
    return np.interp(lags, np.arange(len(again)), again, right=0.0)
