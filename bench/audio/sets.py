"""Recordings with known tempo and key, written as WAV files of at least 30 seconds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from bench.audio.generator import beats, render
from bench.audio.sounds import RATE

SAMPLES = Path("/usr/share/sonic-pi/samples")  # Debian package sonic-pi-samples
SECONDS = 30
# Quarter notes in each loop. A loop is cut to be repeated, so its length is a whole number of bars; the number is the
# multiple of two that puts the tempo between 85 and 150 BPM. Seven of them come out at 97.0 BPM, as the name of one
# of them says; four at 120.0 and one at 140.0 and 126.0 each, which no other count of beats would make whole.
# loop_3d_printer is left out: a machine's noise, with no beat to count.
LOOPS = {
    "amen": 4,
    "amen_full": 16,
    "breakbeat": 4,
    "compus": 16,
    "drone_g_97": 8,
    "electric": 4,
    "garzul": 16,
    "industrial": 2,
    "mehackit1": 4,
    "mehackit2": 4,
    "mika": 16,
    "perc1": 4,
    "perc2": 4,
    "safari": 16,
    "tabla": 16,
    "weirdo": 8,
}


@dataclass(frozen=True)
class Labelled:
    """A file and what is known about it; loops of drums have no key."""

    name: str
    path: Path
    bpm: float
    key: int | None = None
    scale: str = ""
    about: str = ""


def loops(folder: Path) -> list[Labelled]:
    """The loops of Debian's sonic-pi-samples, each repeated to `SECONDS`."""
    made = []
    for name, count in LOOPS.items():
        samples, rate = soundfile.read(SAMPLES / f"loop_{name}.flac", dtype="float32", always_2d=True)
        length_s = len(samples) / rate
        path = folder / f"loop_{name}.wav"
        soundfile.write(path, np.tile(samples, (int(SECONDS / length_s) + 1, 1)), rate)
        made.append(
            Labelled(f"loop_{name}", path, 60 * count / length_s, about=f"{length_s:.3f} s, {count} beats")
        )
    return made


def synthetic(folder: Path, count: int, seed: int) -> list[Labelled]:
    """Beats of the generator over 60 to 180 BPM and all keys."""
    made = []
    for number, beat in enumerate(beats(count, seed)):
        path = folder / f"beat_{number}.wav"
        soundfile.write(path, render(beat), RATE)
        made.append(Labelled(f"beat_{number}", path, beat.bpm, beat.key, beat.scale, beat.kind.name))
    return made
