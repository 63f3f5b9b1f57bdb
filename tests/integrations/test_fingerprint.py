"""Which recordings are the same: real files through the child process, and the decision on what it found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from backline.domain.fingerprints import SHARED_TERMS, Print
from backline.integrations import audio
from backline.integrations.audio.resample import Resampler
from bench.audio.generator import KINDS, Beat, render
from bench.audio.sounds import RATE

BEAT = Beat(92, 5, "minor", KINDS[0], loop=11, rest=12, length_s=34)


def written(folder: Path, samples: np.ndarray[Any, Any], rate: int = RATE) -> Path:
    path = folder / f"{len(list(folder.iterdir()))}.wav"
    soundfile.write(path, samples, rate)
    return path


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    return audio.analyse(written(tmp_path_factory.mktemp("original"), render(BEAT)))


def compared(original: audio.Analysis, path: Path) -> bool:
    """Whether they are duplicates, by both rules: enough terms in common, few enough bits that differ."""
    other = audio.analyse(path)
    mine, theirs = Print(original.words), Print(other.words)
    match = mine.match(theirs)
    common = theirs.count(word for _, word in original.terms)
    return common >= SHARED_TERMS and match is not None and match.duplicate


def test_an_mp3_round_trip_is_the_same(original, tmp_path):
    audio.encode_stream(written(tmp_path, render(BEAT)), tmp_path / "a.mp3")
    samples, rate = soundfile.read(tmp_path / "a.mp3")
    assert compared(original, written(tmp_path, samples, rate))


def test_without_its_first_second_it_is_the_same(original, tmp_path):
    assert compared(original, written(tmp_path, render(BEAT)[int(1.02 * RATE) :]))


def test_quieter_and_at_another_rate_it_is_the_same(original, tmp_path):
    resampler = Resampler(RATE, 48_000, 1)
    samples = np.concatenate([resampler.push(render(BEAT)[:, None] * np.float32(0.25)), resampler.end()])
    assert compared(original, written(tmp_path, np.repeat(samples, 2, axis=1), 48_000))


def test_another_beat_of_the_same_tempo_and_key_is_not(original, tmp_path):
    assert not compared(original, written(tmp_path, render(replace(BEAT, loop=21, rest=22))))


def test_another_beat_over_the_same_loop_is_not(original, tmp_path):
    assert not compared(original, written(tmp_path, render(replace(BEAT, rest=22))))


def test_a_beat_inside_a_longer_one_is_the_same(original, tmp_path):
    longer = render(replace(BEAT, length_s=80))
    samples = np.concatenate([render(replace(BEAT, loop=5, rest=6, length_s=20)), longer])
    assert compared(original, written(tmp_path, samples))


def test_silence_is_nobodys_duplicate(tmp_path):
    quiet = np.zeros(40 * RATE)
    quiet[: 2 * RATE] = render(BEAT)[: 2 * RATE]
    other = np.zeros(40 * RATE)
    other[: 2 * RATE] = render(replace(BEAT, loop=21, rest=22))[: 2 * RATE]
    assert not compared(audio.analyse(written(tmp_path, quiet)), written(tmp_path, other))


def test_terms_are_words_at_their_places(original):
    words = [original.words[at : at + 4] for at in range(0, len(original.words), 4)]
    assert 50 < len(original.terms) <= len(words) / 12 + 1
    assert all(int.from_bytes(words[place]) == word for place, word in original.terms)
