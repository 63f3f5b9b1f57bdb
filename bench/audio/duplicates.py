"""Which pairs of recordings the fingerprint takes for duplicates, and how far apart the two kinds of pairs are."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np
import soundfile

from backline.domain.fingerprints import SHARED_TERMS, Print
from backline.integrations.audio import encode, fingerprint
from backline.integrations.audio.blocks import HIGH, Cutting, Lowered
from backline.integrations.audio.resample import Resampler
from bench.audio.generator import Beat, beats, render
from bench.audio.sounds import RATE, Signal

SECONDS = 60
LATE = int(1.02 * RATE)  # one second and half a frame: the worst place to cut
Pair = tuple[float, int]  # error, terms in common
Reader = Callable[[Path], tuple[Print, list[int]]]


def pairs(folder: Path, count: int, seed: int, read: Reader) -> dict[str, list[Pair]]:
    """Errors and common terms of `count` pairs for each way in which two recordings can be alike."""
    found: dict[str, list[Pair]] = {}
    others: list[Print] = []
    for beat in (replace(beat, length_s=SECONDS) for beat in beats(count, seed)):
        mine, terms = read(_write(folder, render(beat)))
        for name, path in chain(copies(folder, beat), relatives(folder, beat)):
            found.setdefault(name, []).append(_pair(mine, terms, read(path)[0]))
        for other in others[-5:]:
            found.setdefault("another beat", []).append(_pair(mine, terms, other))
        others.append(mine)
    return found


def copies(folder: Path, beat: Beat) -> Iterator[tuple[str, Path]]:
    """The same recording, changed in ways that do not make it another beat."""
    samples = render(beat)
    yield "MP3 round trip", _mp3(folder, samples)
    yield "first second cut", _write(folder, samples[RATE:])
    yield "cut between two frames", _write(folder, samples[LATE:])
    yield "gain -10 dB", _write(folder, samples * 0.316)
    yield "resampled to 16 kHz", _write(folder, _resampled(samples, 16_000), 16_000)
    yield "clipped by 6 dB", _write(folder, np.clip(samples * 2, -0.95, 0.95))
    everything = _resampled(samples[LATE:] * np.float32(0.316), 32_000)
    yield "cut, -10 dB, 32 kHz and MP3", _mp3(folder, everything, 32_000)


def relatives(folder: Path, beat: Beat) -> Iterator[tuple[str, Path]]:
    """Other beats, from nearly the same to merely similar."""
    other = replace(beat, rest=beat.rest + 1)
    yield "same loop, other drums and bass", _write(folder, render(other))
    yield "same drums, other tune", _write(folder, render(replace(beat, loop=beat.loop + 1)))
    yield "same tempo and key", _write(folder, render(replace(other, loop=beat.loop + 1)))


def ours(path: Path) -> tuple[Print, list[int]]:
    """Our fingerprint of a file, and the words it is found by."""
    with soundfile.SoundFile(path) as file:
        cutting = Cutting(file.samplerate)
        mono = Lowered(cutting, file.samplerate, HIGH, file.frames)
        for block in cutting.blocks(file):
            mono.push(block)
    found = fingerprint.fingerprint(mono.end())
    return Print(found.words.astype(">u4").tobytes()), [word for _, word in found.terms]


def chromaprint(path: Path) -> tuple[Print, list[int]]:
    """Chromaprint's, by Debian's fpcalc: words of an eighth of a second, compared in the same way."""
    command = ["fpcalc", "-raw", "-json", "-length", "0", str(path)]
    # Debian's version complains about the end of the file, after the whole fingerprint, with status 3.
    words = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)["fingerprint"]
    return Print(np.array(words, dtype=">u4").tobytes()), words[::4]


def rows(found: dict[str, list[Pair]], thresholds: tuple[float, ...]) -> list[list[object]]:
    """Table rows: pairs, errors from least to greatest, terms in common, and the share taken for duplicates."""
    made: list[list[object]] = []
    for name, results in found.items():
        errors = np.sort([error for error, _ in results])
        shared = np.sort([count for _, count in results])
        taken = [
            f"{sum(error <= limit and count >= SHARED_TERMS for error, count in results) / len(results):.0%}"
            for limit in thresholds
        ]
        spread = "/".join(
            "none" if error >= 1 else f"{error:.3f}" for error in np.quantile(errors, (0, 0.5, 1))
        )
        made.append(
            [name, len(results), spread, f"{shared[0]}/{shared[len(shared) // 2]}/{shared[-1]}", *taken]
        )
    return made


def _pair(mine: Print, terms: list[int], other: Print) -> Pair:
    match = mine.match(other)
    return match.error if match else 1.0, other.count(terms)


def _write(folder: Path, samples: Signal, rate: int = RATE) -> Path:
    path = folder / "pair.wav"
    soundfile.write(path, samples, rate)
    return path


def _mp3(folder: Path, samples: Signal, rate: int = RATE) -> Path:
    encode.stream(str(_write(folder, samples, rate)), str(folder / "pair.mp3"))
    return folder / "pair.mp3"


def _resampled(samples: Signal, rate: int) -> Signal:
    resampler = Resampler(RATE, rate, 1)
    return np.concatenate([resampler.push(samples[:, None]), resampler.end()])[:, 0]
