"""What a recording sounds like, in numbers: tempo, key, loudness and fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backline.integrations.audio import process
from backline.integrations.audio.rules import DEFAULT, Limits

SLOWEST, FASTEST = 40, 240  # BPM that a beat can have


@dataclass(frozen=True)
class Tempo:
    """A tempo that the recording may have. `exact` is the measured one, `bpm` the nearest whole."""

    bpm: int
    exact: float
    confidence: float  # 0 to 1


@dataclass(frozen=True)
class Key:
    """A key that the recording may be in: semitones above C, and "major" or "minor"."""

    key: int
    scale: str
    confidence: float  # 0 to 1


@dataclass(frozen=True)
class Analysis:
    """What `analyse` measured.

    `tempi` and `keys` start with the likeliest and may be empty: nothing repeats, nothing has a pitch. Half and double
    tempo are among them where a beat can have them, and the relative key always is. The confidences of keys are
    shares of all 24. `words` and `terms` are for `domain.fingerprints`: one word of four bytes for each frame, and the
    (place, word) pairs by which the catalogue finds whom to compare.
    """

    tempi: tuple[Tempo, ...]
    keys: tuple[Key, ...]
    loudness_lufs: float | None  # integrated, ITU-R BS.1770; None below its gate at -70
    true_peak_dbtp: float | None  # None for digital silence
    words: bytes
    terms: tuple[tuple[int, int], ...]


def analyse(path: Path, limits: Limits = DEFAULT) -> Analysis:
    """Measures a file that `check` has accepted, decoding it once, in a child process.

    Raises:
        Refused: the file cannot be decoded any more, or not within the limits.
        Failed: the child process did not finish.
    """
    answer = process.run(["analyse", str(path.resolve())], limits, path.name)
    return Analysis(
        tempi=_tempi(answer["tempi"]),
        keys=tuple(Key(key, scale, confidence) for key, scale, confidence in answer["keys"]),
        loudness_lufs=answer["loudness"],
        true_peak_dbtp=answer["peak"],
        words=bytes.fromhex(answer["words"]),
        terms=tuple((place, word) for place, word in answer["terms"]),
    )


def _tempi(found: list[Any]) -> tuple[Tempo, ...]:
    """One for each whole BPM, those out of range left out."""
    tempi: dict[int, Tempo] = {}
    for exact, confidence in found:
        if SLOWEST <= round(exact) <= FASTEST:
            tempi.setdefault(round(exact), Tempo(round(exact), exact, confidence))
    return tuple(tempi.values())
