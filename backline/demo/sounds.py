"""The demo world's instruments: single hits and notes as float32 arrays between -1 and 1.

Runs in the synthesis child only; the web server and the worker never import it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Signal = NDArray[np.float32]
TABLE = 2048

HARMONICS: dict[str, tuple[float, ...]] = {
    "pad": (1.0, 0.5, 0.3, 0.2, 0.12, 0.08),
    "keys": (1.0, 0.42, 0.06, 0.1),
    "organ": (1.0, 0.7, 0.0, 0.35, 0.0, 0.2, 0.0, 0.12),
    "saw": tuple(1 / n for n in range(1, 15)),
    "square": tuple(1 / n if n % 2 else 0.0 for n in range(1, 14)),
    "reese": tuple(1 / n for n in range(1, 12)),
    "sub": (1.0, 0.18, 0.05),
    "log": (1.0, 0.35, 0.2, 0.05),
    "glide": (1.0, 0.3, 0.12),
    "pluck": (1.0, 0.5, 0.33, 0.2, 0.15),
    "bell": (1.0, 0.0, 0.35, 0.0, 0.22, 0.0, 0.12),
    "marimba": (1.0, 0.0, 0.0, 0.3),
}
"""The strength of each overtone of each instrument."""

DECAY_S: dict[str, float] = {
    "keys": 1.1, "organ": 4.0, "pad": 6.0, "saw": 0.45, "square": 0.35, "reese": 1.2, "sub": 0.9,
    "log": 0.3, "glide": 1.1, "pluck": 0.3, "bell": 0.9, "marimba": 0.22,
}  # fmt: skip
"""Seconds in which a note falls to a third."""


@lru_cache(maxsize=64)
def _table(sound: str, overtones: int) -> Signal:
    phase = np.arange(TABLE) * (2 * np.pi / TABLE)
    wave = sum(level * np.sin(n * phase) for n, level in enumerate(HARMONICS[sound][:overtones], start=1))
    return np.asarray(wave / np.abs(wave).max(), dtype=np.float32)


def note(sound: str, pitch: float, seconds: float, rate: int) -> Signal:
    """A note of `pitch` (MIDI number) held for `seconds`, without overtones above half the sample rate."""
    count = max(int(seconds * rate), 64)
    hertz = 440.0 * 2 ** ((pitch - 69) / 12)
    table = _table(sound, max(1, int(rate / 2.2 / hertz)))
    steps = np.full(count, hertz * TABLE / rate)
    if sound == "glide":
        steps *= 1 + 0.5 * np.exp(-np.arange(count) / (0.03 * rate))
    phase = np.cumsum(steps)
    wave = table[phase.astype(np.int64) & (TABLE - 1)]
    if sound in ("reese", "pad"):
        # A second voice, slightly out of tune, makes the sound move.
        wave = 0.5 * (wave + table[(phase * 1.006).astype(np.int64) & (TABLE - 1)])
    return np.asarray(wave * _envelope(sound, count, rate), dtype=np.float32)


def _envelope(sound: str, count: int, rate: int) -> Signal:
    decay = -DECAY_S[sound] * rate
    shape: Signal = np.exp(np.arange(count, dtype=np.float32) / np.float32(decay)).astype(np.float32)
    attack = min(int((0.12 if sound == "pad" else 0.004) * rate), count // 3)
    release = min(int((0.25 if sound == "pad" else 0.02) * rate), count // 3)
    shape[:attack] *= np.linspace(0, 1, attack, dtype=np.float32)
    shape[count - release :] *= np.linspace(1, 0, release, dtype=np.float32)
    return shape


def kick(rate: int, *, low_hz: float, punch: float) -> Signal:
    """A bass drum: a sine that falls to `low_hz`; `punch` (0-1) is how hard it starts."""
    time = np.arange(int(0.34 * rate)) / rate
    hertz = low_hz + 150 * punch * np.exp(-time / 0.028)
    body = np.sin(2 * np.pi * np.cumsum(hertz) / rate) * np.exp(-time / 0.11)
    return _faded(body, rate)


def snare(rate: int, random: np.random.Generator, *, tone_hz: float, snap: float) -> Signal:
    """A snare drum or, with little tone, a clap; `snap` (seconds) is the length of its noise."""
    time = np.arange(int(0.22 * rate)) / rate
    noise = np.diff(random.standard_normal(time.size + 1)) * np.exp(-time / snap) * 0.4
    tone = np.sin(2 * np.pi * tone_hz * time) * np.exp(-time / 0.05)
    return _faded(0.6 * noise + 0.5 * tone, rate)


def hat(rate: int, random: np.random.Generator, *, length_s: float) -> Signal:
    """A closed or open cymbal: bright noise that is gone after `length_s`."""
    time = np.arange(int(max(length_s * 3, 0.03) * rate)) / rate
    noise = np.diff(random.standard_normal(time.size + 2), n=2)
    return _faded(noise * np.exp(-time / length_s) * 0.3, rate)


def wood(rate: int, *, hertz: float) -> Signal:
    """A short pitched knock: conga, rim or shaker, by its pitch."""
    time = np.arange(int(0.12 * rate)) / rate
    bend = hertz * (1 + 0.25 * np.exp(-time / 0.01))
    return _faded(np.sin(2 * np.pi * np.cumsum(bend) / rate) * np.exp(-time / 0.035) * 0.7, rate)


def _faded(wave: NDArray[np.float64], rate: int) -> Signal:
    end = min(int(0.01 * rate), wave.size // 2)
    wave[-end:] *= np.linspace(1, 0, end)
    return wave.astype(np.float32)
