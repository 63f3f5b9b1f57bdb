"""Fingerprints of recordings, in the child process only.

Haitsma and Kalker, "A Highly Robust Audio Fingerprinting System" (ISMIR 2002): every frame of 0.4 s gives 32 bits, the
signs of the differences of energy between 33 neighbouring bands and between two frames. Ours differ in that frames are
further apart (a quarter as many are stored, and the two that are compared are 0.3 s apart), the bands reach from the
kick and the bass to the hi-hats, which is where two beats over one sample differ, and silence has no bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from backline.integrations.audio.blocks import HIGH, Floats

Words = np.ndarray[Any, np.dtype[np.uint32]]

FRAME = 8_192
HOP = 800  # 40 ms; `domain.fingerprints.FRAME_MS` says the same
APART = (
    8  # frames between the two that are compared: neighbours are too alike for their difference to be sure
)
BITS = 32
LOWEST_HZ, HIGHEST_HZ = 60.0, 7_000.0
CHUNK = 128  # frames at a time, to keep memory small
SILENCE = 1e-4  # of full scale, root mean square of a frame
SPACING = 12  # one term for so many frames: about two a second
DOUBTFUL = 4  # bits of a word that are looked at to see how sure it is


@dataclass(frozen=True)
class Fingerprint:
    """`words`: one for each frame, 0 for silence. `terms`: the words to find it by, as (place, word)."""

    words: Words
    terms: list[tuple[int, int]]


def fingerprint(signal: Floats) -> Fingerprint:
    """The fingerprint of the mono mix at `HIGH`."""
    energies = _energies(signal)
    if len(energies) <= APART:
        return Fingerprint(np.zeros(0, np.uint32), [])
    levels = np.log(energies + 1e-10)
    slopes = levels[:, :-1] - levels[:, 1:]
    margins = slopes[APART:] - slopes[:-APART]
    heard = np.minimum(energies[APART:].sum(axis=1), energies[:-APART].sum(axis=1)) > SILENCE**2
    words = np.packbits(margins > 0, axis=1).view(">u4")[:, 0].astype(np.uint32)
    words[heard & (words == 0)] = 1
    words[~heard] = 0
    return Fingerprint(words, _terms(words, np.abs(margins)))


def _terms(words: Words, margins: Floats) -> list[tuple[int, int]]:
    """Of every `SPACING` frames the word whose most doubtful bits are the surest: noise will change it last."""
    sure = np.sort(margins, axis=1)[:, :DOUBTFUL].sum(axis=1) * (words != 0)
    terms = []
    for start in range(0, len(words), SPACING):
        place = start + int(np.argmax(sure[start : start + SPACING]))
        if words[place]:
            terms.append((place, int(words[place])))
    return terms


def _energies(signal: Floats) -> Floats:
    """Energy of 33 bands, equally wide on a logarithmic scale, of each frame."""
    if len(signal) < FRAME:
        return np.zeros((0, BITS + 1), np.float32)
    edges = np.geomspace(LOWEST_HZ, HIGHEST_HZ, BITS + 2) * FRAME / HIGH
    bins = np.arange(FRAME // 2 + 1)[:, None]
    # A bin on an edge belongs to both bands in part: narrow bands would be one bin or two by chance.
    inside = np.clip(np.minimum(bins + 0.5, edges[1:]) - np.maximum(bins - 0.5, edges[:-1]), 0, 1)
    window = np.hanning(FRAME).astype(np.float32) / FRAME * 2
    windows = sliding_window_view(signal, FRAME)[::HOP]
    parts = []
    for start in range(0, len(windows), CHUNK):
        spectra = np.fft.rfft(windows[start : start + CHUNK] * window)
        parts.append((spectra.real**2 + spectra.imag**2) @ inside.astype(np.float32))
    return np.concatenate(parts).astype(np.float32)
