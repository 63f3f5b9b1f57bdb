"""Instruments of the synthetic beats: one function for each sound, mono at `RATE`."""

from __future__ import annotations

from typing import Any

import numpy as np

RATE = 22_050
Signal = np.ndarray[Any, np.dtype[np.float32]]
Random = np.random.Generator


def seconds(length_s: float) -> Signal:
    """Time, from 0."""
    return np.asarray(np.arange(max(int(length_s * RATE), 1)) / RATE, dtype=np.float32)


def noise(random: Random, length_s: float, low_hz: float, high_hz: float) -> Signal:
    """White noise between two frequencies."""
    count = len(seconds(length_s))
    spectrum = np.fft.rfft(random.normal(0, 1, count))
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    spectrum[(hertz < low_hz) | (hertz > high_hz)] = 0
    made = np.fft.irfft(spectrum, count)
    return np.asarray(made / max(np.abs(made).max(), 1e-9), dtype=np.float32)


def kick(random: Random) -> Signal:
    """A falling sine with a click."""
    t = seconds(random.uniform(0.12, 0.4))
    low, high = random.uniform(42, 60), random.uniform(90, 220)
    phase = 2 * np.pi * np.cumsum(low + high * np.exp(-t * random.uniform(25, 60))) / RATE
    return np.asarray(
        np.sin(phase) * np.exp(-t * random.uniform(7, 16)) * np.minimum(t * 800, 1), dtype=np.float32
    )


def snare(random: Random) -> Signal:
    """Noise over a short tone, or a clap: three bursts of noise."""
    length = random.uniform(0.12, 0.25)
    t = seconds(length)
    body = noise(random, length, 700, 9_000) * np.exp(-t * random.uniform(16, 34))
    if random.random() < 0.4:
        bursts = sum(np.exp(-np.abs(t - at) * 300) for at in (0.0, 0.011, 0.022))
        return np.asarray(body * (0.5 + bursts), dtype=np.float32)
    tone = np.sin(2 * np.pi * random.uniform(150, 260) * t) * np.exp(-t * 28)
    return np.asarray(0.7 * body + 0.6 * tone, dtype=np.float32)


def hat(random: Random, length_s: float = 0.05) -> Signal:
    """High noise, short."""
    t = seconds(length_s)
    return np.asarray(
        noise(random, length_s, random.uniform(5_000, 7_500), 10_900) * np.exp(-t * 4 / length_s),
        dtype=np.float32,
    )


def perc(random: Random) -> Signal:
    """A wooden or metallic hit without a clear pitch."""
    t = seconds(0.12)
    base = random.uniform(300, 1_400)
    tone = np.sin(2 * np.pi * base * t) + np.sin(2 * np.pi * base * random.uniform(1.3, 1.7) * t)
    return np.asarray(tone * np.exp(-t * 35) * 0.5, dtype=np.float32)


def hertz(midi: float) -> float:
    """A note's frequency; 69 is 440 Hz."""
    return float(440 * 2 ** ((midi - 69) / 12))


def tone(midi: float, length_s: float, partials: Signal, *, attack_s: float, decay: float) -> Signal:
    """A note of harmonics with the given strengths, cut where they would pass the band."""
    t = seconds(length_s)
    made = np.zeros(len(t), np.float32)
    for number, strength in enumerate(partials, start=1):
        if hertz(midi) * number < RATE * 0.45:
            made += strength * np.sin(2 * np.pi * hertz(midi) * number * t)
    envelope = np.minimum(t / attack_s, 1) * np.exp(-t * decay)
    release = np.minimum((t[-1] - t) / 0.02 + 0.001, 1)
    return np.asarray(made * envelope * release, dtype=np.float32)


def timbre(random: Random, *, bright: float) -> Signal:
    """Strengths of sixteen harmonics: falling faster for dull sounds, sometimes only the odd ones."""
    numbers = np.arange(1, 17)
    strengths = numbers ** -random.uniform(1.0, 2.6 - bright) * random.uniform(0.5, 1, 16)
    if random.random() < 0.3:
        strengths[1::2] *= 0.1
    return np.asarray(strengths / strengths.sum(), dtype=np.float32)
