"""Key and scale, in the child process only.

A chroma of spectral peaks, each moved to its true frequency by interpolation and shifted by the recording's own tuning
(Gómez, "Tonal Description of Polyphonic Audio", 2006), correlated with a profile of each of the 24 keys (the comparison
of Krumhansl, "Cognitive Foundations of Musical Pitch", 1990). The profiles are our own: fitted on synthetic beats from
a plain guess of what each degree is worth. The bass has no part of its own: its notes count by their strength, and
weighing them again made matters worse (roots of chords outweigh the tonic).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from backline.integrations.audio.blocks import LOW, Floats

Doubles = np.ndarray[Any, np.dtype[np.float64]]

FRAME = 2_048  # 0.4 s
HOP = 512
CHUNK = 256  # frames at a time, to keep memory small
LOWEST_HZ, HIGHEST_HZ = 40.0, 2_000.0
FLOOR = 0.02  # of a frame's strongest peak: weaker ones are noise
LOUDNESS = 0.6  # power that makes quiet notes count beside loud ones

# What each semitone above the tonic is worth. Notes outside the scale are worth nothing; minor's raised seventh little.
MAJOR = (5.9, 0.1, 2.3, 0.1, 4.8, 2.1, 0.1, 5.2, 0.1, 2.8, 0.1, 3.8)
MINOR = (5.9, 0.1, 2.4, 3.6, 0.1, 3.0, 0.1, 4.3, 3.1, 0.1, 3.1, 0.5)
SHARP = 25.0  # turns a difference in correlation into a confidence; fitted on synthetic beats
NOISE = 0.21  # spread of a chroma over its mean: noise and drums stay below, beats start at twice as much
NAMED = 4  # candidates given out, the relative key among them
C_HZ = 440 * 2 ** (-57 / 12)  # four octaves below the middle C; any C will do


def candidates(signal: Floats) -> list[tuple[int, str, float]]:
    """Keys (semitones above C, scale, confidence from 0 to 1) of the mono mix at `LOW`, best first: the one found, its
    relative, and the next best. Empty when nothing has a pitch."""
    heard = chroma(signal)
    tonal = (float(heard.std()) / float(heard.mean()) - NOISE) / NOISE if heard.any() else 0.0
    if tonal <= 0:
        return []
    scores = _matches(heard)
    shares = np.exp(SHARP * (scores - scores.max()))
    shares *= min(tonal, 1.0) / shares.sum()
    order = [int(place) for place in np.argsort(-shares)]
    best = order[0]
    relative = (best + 9) % 12 + 12 if best < 12 else (best - 12 + 3) % 12
    chosen = [best, relative, *[place for place in order[1:] if place != relative][: NAMED - 2]]
    chosen.sort(key=lambda place: -shares[place])
    return [(place % 12, "minor" if place >= 12 else "major", float(shares[place])) for place in chosen]


def _matches(heard: Doubles) -> Doubles:
    """Correlation with the profiles of the twelve major keys from C, then of the twelve minor ones."""
    profiles = np.array([np.roll(profile, key) for profile in (MAJOR, MINOR) for key in range(12)])
    profiles -= profiles.mean(axis=1, keepdims=True)
    heard = heard - heard.mean()
    lengths = np.linalg.norm(profiles, axis=1) * max(float(np.linalg.norm(heard)), 1e-12)
    return np.asarray(profiles @ heard / lengths)


def chroma(signal: Floats) -> Doubles:
    """Strengths of the twelve pitch classes from C; they sum to 1, or are 0 throughout when nothing has a pitch."""
    notes, strengths = _peaks(signal)
    turns = np.sum(strengths * np.exp(2j * np.pi * notes))
    away = notes - np.angle(turns) / (2 * np.pi)
    classes = np.round(away)
    sure = strengths * np.cos(np.pi * (away - classes)) ** 2
    sums = np.bincount(classes.astype(int) % 12, sure, 12)
    return np.asarray(sums / max(float(sums.sum()), 1e-12))


def _peaks(signal: Floats) -> tuple[Doubles, Doubles]:
    """Spectral peaks of all frames: semitones above C, and strength."""
    if len(signal) < FRAME:
        return np.zeros(0), np.zeros(0)
    windows = sliding_window_view(signal, FRAME)[::HOP]
    window = np.hanning(FRAME).astype(np.float32)
    found = []
    for start in range(0, len(windows), CHUNK):
        found.append(_peaks_of(np.abs(np.fft.rfft(windows[start : start + CHUNK] * window))))
    hertz, strengths = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return 12 * np.log2(hertz / C_HZ), strengths


def _peaks_of(spectra: Floats) -> tuple[Doubles, Doubles]:
    """Frequency and strength of the peaks of some frames; a parabola through three bins finds the true frequency."""
    first, last = (int(hertz * FRAME / LOW) for hertz in (LOWEST_HZ, HIGHEST_HZ))
    here, before, after = (spectra[:, first + by : last + by] for by in (0, -1, 1))
    strongest = here.max(axis=1, keepdims=True)
    frames, bins = np.nonzero((here > before) & (here >= after) & (here > FLOOR * strongest))
    left, middle, right = (np.log(part[frames, bins] + 1e-12) for part in (before, here, after))
    offset = 0.5 * (left - right) / np.minimum(left - 2 * middle + right, -1e-9)
    hertz = (bins + first + np.clip(offset, -0.5, 0.5)) * LOW / FRAME
    return hertz, here[frames, bins].astype(np.float64) ** LOUDNESS
