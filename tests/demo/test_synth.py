"""The audio: every genre sounds, nothing clips, no two beats are alike."""

from __future__ import annotations

import hashlib
import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from backline.demo.plan import FULL, plan
from backline.demo.styles import STYLES
from backline.demo.synth import Sound, render
from backline.demo.synthesiser import Synthesiser
from backline.integrations import audio
from tests.conftest import NOW


def rendered(path: Path, **changes: object) -> tuple[NDArray[np.float64], wave._wave_params]:
    values: dict[str, object] = {
        "genre": "garage",
        "bpm": 132,
        "key": 2,
        "scale": "minor",
        "seconds": 30.6,
        "rate": 22_050,
        "seed": 7,
    }
    render(Sound(**(values | changes)), path)  # type: ignore[arg-type]
    with wave.open(str(path)) as file:
        frames = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        return frames / 32768, file.getparams()


@pytest.mark.parametrize("genre", STYLES)
def test_each_genre_is_loud_enough_and_does_not_clip(genre: str, tmp_path: Path):
    samples, format_ = rendered(tmp_path / "beat.wav", genre=genre, bpm=STYLES[genre].bpm[0])
    assert (format_.nchannels, format_.sampwidth, format_.framerate) == (1, 2, 22_050)
    assert format_.nframes >= 30 * 22_050
    assert 0.8 < np.abs(samples).max() < 0.9
    loudness_db = 20 * np.log10(np.sqrt(np.mean(samples**2)))
    assert -18 < loudness_db < -9
    quarters = np.array_split(samples, 4)
    assert all(np.sqrt(np.mean(quarter**2)) > 0.02 for quarter in quarters)


def test_no_two_beats_of_the_world_are_alike(tmp_path: Path):
    beats = plan(now=NOW, seed=1, scale=FULL).beats[:40]
    found = set()
    for number, beat in enumerate(beats):
        sound = Sound(beat.genres[0], beat.bpm, beat.key, beat.scale, 30.6, 8_000, number)
        render(sound, tmp_path / "beat.wav")
        found.add(hashlib.sha256((tmp_path / "beat.wav").read_bytes()).hexdigest())
    assert len(found) == len(beats)


def test_the_same_sound_gives_the_same_file_and_another_seed_another(tmp_path: Path):
    first, _ = rendered(tmp_path / "a.wav")
    again, _ = rendered(tmp_path / "b.wav")
    other, _ = rendered(tmp_path / "c.wav", seed=8)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_four_to_the_floor_kick_keeps_the_declared_tempo(tmp_path: Path):
    """The energy of the low end repeats at the length of a beat."""
    samples, _ = rendered(tmp_path / "beat.wav", genre="house", bpm=120, seconds=34.0)
    step = 22_050 // 200
    energy = np.add.reduceat(samples**2, np.arange(0, samples.size, step))
    flux = np.maximum(np.diff(energy), 0)
    flux = flux - flux.mean()
    correlation = np.correlate(flux, flux, "full")[flux.size :]
    lags = np.arange(60, 140)
    best = lags[np.argmax(correlation[lags - 1])]
    assert abs(best * 0.005 - 0.5) < 0.012


def test_the_child_says_when_a_beat_is_written_and_ends_with_its_input(tmp_path: Path):
    beat = plan(now=NOW, seed=1, scale=FULL).beats[0]
    child, path = Synthesiser(), tmp_path / "one.wav"
    decoded = child.render(beat, seed=3, path=path)
    assert path.stat().st_size > 1_000_000
    assert audio.check(path, "one.wav", decoded=decoded) == audio.check(path, "one.wav")
    child.close()
    assert child._process.poll() == 0


def test_a_child_that_dies_is_said(tmp_path: Path):
    child = Synthesiser()
    child._process.kill()
    child._process.wait()
    with pytest.raises(RuntimeError, match="ended while it made"):
        child.render(plan(now=NOW, seed=1, scale=FULL).beats[0], seed=3, path=tmp_path / "one.wav")
    child.close()
