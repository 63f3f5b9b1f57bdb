"""Keys of chords."""

from __future__ import annotations

import numpy as np
import pytest

from backline.domain.music import relative
from backline.integrations.audio import key
from backline.integrations.audio.blocks import LOW, Floats

DEGREES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}
PROGRESSION = (0, 3, 4, 0)


def song(tonic: int, scale: str, *, cents: int = 0) -> Floats:
    """Four chords with their roots in the bass, one second each, three times."""
    seconds = np.arange(LOW) / LOW
    chords = []
    for root in PROGRESSION * 3:
        notes = [36 + tonic + DEGREES[scale][root]]
        for third in (0, 2, 4):
            octave, degree = divmod(root + third, 7)
            notes.append(60 + tonic + DEGREES[scale][degree] + 12 * octave)
        hertz = [440 * 2 ** ((note + cents / 100 - 69) / 12) for note in notes]
        waves = [np.sin(2 * np.pi * each * times * seconds) / times for each in hertz for times in (1, 2, 3)]
        chords.append(np.sum(waves, axis=0) * np.minimum(1, 20 * (1 - seconds)))
    return np.asarray(np.concatenate(chords) * 0.1, dtype=np.float32)


@pytest.mark.parametrize("scale", ["major", "minor"])
@pytest.mark.parametrize("tonic", range(12))
def test_a_cadence_gives_its_key(tonic, scale):
    found = key.candidates(song(tonic, scale))
    assert found[0][:2] == (tonic, scale)
    assert relative(tonic, scale) in [each[:2] for each in found]
    assert [sure for *_, sure in found] == sorted((sure for *_, sure in found), reverse=True)
    assert 0.5 < sum(sure for *_, sure in found) <= 1.0001


@pytest.mark.parametrize("cents", [-40, -20, 20, 40])
def test_another_tuning_does_not_matter(cents):
    assert key.candidates(song(7, "minor", cents=cents))[0][:2] == (7, "minor")


def test_noise_silence_and_next_to_nothing_have_no_key():
    noise = np.random.default_rng(1).normal(0, 0.2, 30 * LOW).astype(np.float32)
    for signal in (noise, np.zeros(30 * LOW, np.float32), np.zeros(100, np.float32)):
        assert key.candidates(signal) == []
