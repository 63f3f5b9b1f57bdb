"""The whole analysis in its child process."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from backline.integrations import audio
from bench.audio.generator import KINDS, Beat, render
from bench.audio.sounds import RATE
from tests.integrations.audio_files import write_wav


@pytest.mark.parametrize(("ending", "channels"), [("wav", 2), ("flac", 1)])
def test_a_beat_is_measured_whatever_holds_it(tmp_path, ending, channels):
    samples = render(Beat(124, 9, "minor", KINDS[2], loop=1, rest=2))
    path = tmp_path / f"beat.{ending}"
    soundfile.write(path, np.repeat(samples[:, None] * 0.5, channels, axis=1), RATE)
    found = audio.analyse(path)
    assert found.tempi[0].bpm == 124
    assert found.tempi[0].exact == pytest.approx(124, abs=0.2)
    assert 62 in [tempo.bpm for tempo in found.tempi]
    assert (found.keys[0].key, found.keys[0].scale) == (9, "minor")
    assert (0, "major") in [(key.key, key.scale) for key in found.keys]
    assert found.loudness_lufs is not None and -30 < found.loudness_lufs < -8
    assert found.true_peak_dbtp == pytest.approx(20 * np.log10(0.45), abs=0.5)
    assert len(found.words) == pytest.approx(4 * 32 / 0.04, rel=0.05)


def test_silence_gives_nothing(tmp_path):
    found = audio.analyse(write_wav(tmp_path / "a.wav", 31, silent=True))
    assert (found.tempi, found.keys, found.terms) == ((), (), ())
    assert (found.loudness_lufs, found.true_peak_dbtp) == (None, None)


def test_what_cannot_be_decoded_is_refused(tmp_path):
    path = tmp_path / "a.wav"
    path.write_bytes(b"RIFF\0\0\0\0WAVEjunk")
    with pytest.raises(audio.Refused):
        audio.analyse(path)


def test_samples_that_are_no_numbers_are_refused(tmp_path):
    samples = np.zeros(31 * RATE)
    samples[RATE] = np.nan
    soundfile.write(tmp_path / "a.wav", samples, RATE, subtype="FLOAT")
    with pytest.raises(audio.Refused, match="not numbers"):
        audio.analyse(tmp_path / "a.wav")


def test_a_missing_file_is_no_crash(tmp_path):
    with pytest.raises((audio.Refused, audio.Failed)):
        audio.analyse(tmp_path / "none.wav")


def test_the_longest_file_at_the_highest_rate_stays_within_the_memory(tmp_path):
    path = tmp_path / "a.wav"
    random = np.random.default_rng(1)
    with soundfile.SoundFile(path, "w", 192_000, 2, subtype="PCM_16") as file:
        block = random.integers(-3_000, 3_000, (192_000, 2)).astype(np.int16)
        for _ in range(60):
            file.write(block)
    limits = audio.Limits(memory_bytes=400 * 1024 * 1024)
    assert audio.analyse(path, limits).loudness_lufs is not None
