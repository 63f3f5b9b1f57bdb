"""The MP3 stream and the change of rate."""

from __future__ import annotations

import os

import numpy as np
import pytest
import soundfile

from backline.integrations import audio
from backline.integrations.audio.encode import mp3_rate
from backline.integrations.audio.resample import Resampler
from tests.integrations.audio_files import write_wav


@pytest.mark.parametrize(
    ("rate", "to_rate", "channels"),
    [(22_050, 22_050, 1), (44_100, 44_100, 2), (8_000, 16_000, 1), (96_000, 48_000, 1)],
)
def test_a_stream_has_the_right_rate_size_and_length(tmp_path, rate, to_rate, channels):
    source = write_wav(tmp_path / "a.wav", 6, rate=rate, channels=channels)
    stream = audio.encode_stream(source, tmp_path / "a.mp3")
    assert (stream.rate, stream.channels) == (to_rate, channels)
    assert stream.size_bytes == (tmp_path / "a.mp3").stat().st_size == pytest.approx(6 * 16_000, rel=0.03)
    with soundfile.SoundFile(tmp_path / "a.mp3") as file:
        assert (file.format, file.samplerate, file.channels) == ("MP3", to_rate, channels)
        assert file.frames == pytest.approx(6 * to_rate, abs=3_000)
        assert np.abs(file.read()).max() == pytest.approx(0.5, abs=0.05)


def test_floats_beyond_full_scale_are_clipped(tmp_path):
    soundfile.write(tmp_path / "a.wav", np.sin(np.arange(80_000) * 0.3) * 40, 16_000, subtype="FLOAT")
    audio.encode_stream(tmp_path / "a.wav", tmp_path / "a.mp3")
    samples, _ = soundfile.read(tmp_path / "a.mp3")
    assert np.abs(samples).max() < 1.5


def test_a_broken_source_leaves_nothing_behind(tmp_path):
    folder = tmp_path / "beat"
    folder.mkdir()
    (folder / "a.wav").write_bytes(b"RIFF\0\0\0\0WAVEjunk")
    with pytest.raises(audio.Refused):
        audio.encode_stream(folder / "a.wav", folder / "a.mp3")
    assert os.listdir(folder) == ["a.wav"]


def test_a_missing_folder_is_our_failure(tmp_path):
    with pytest.raises(audio.Failed):
        audio.encode_stream(write_wav(tmp_path / "a.wav", 3), tmp_path / "none" / "a.mp3")


@pytest.mark.parametrize(
    ("rate", "to_rate"),
    [
        (8_000, 16_000),
        (37_800, 44_100),
        (44_056, 44_100),
        (64_000, 32_000),
        (88_200, 44_100),
        (176_400, 44_100),
        (192_000, 48_000),
        (50_000, 48_000),
        (48_000, 48_000),
    ],
)
def test_rates_that_mp3_does_not_know(rate, to_rate):
    assert mp3_rate(rate) == to_rate


@pytest.mark.parametrize("rate", [8_000, 44_056, 96_000, 50_000])
def test_a_tone_survives_the_change_of_rate(rate):
    to_rate, hertz = mp3_rate(rate), 1_000
    source = np.sin(2 * np.pi * hertz * np.arange(rate) / rate).astype(np.float32)[:, None]
    resampler = Resampler(rate, to_rate, 1)
    made = [resampler.push(block) for block in np.array_split(source, 7)]
    result = np.concatenate([*made, resampler.end()])[:, 0]
    assert len(result) == to_rate
    wanted = np.sin(2 * np.pi * hertz * np.arange(to_rate) / to_rate)
    middle = slice(to_rate // 10, -to_rate // 10)  # the ends ring: before and after there is silence
    assert np.abs(result[middle] - wanted[middle]).max() < 0.002


def test_a_tone_above_the_new_band_disappears():
    source = np.sin(2 * np.pi * 40_000 * np.arange(96_000) / 96_000).astype(np.float32)[:, None]
    resampler = Resampler(96_000, 48_000, 1)
    result = np.concatenate([resampler.push(source), resampler.end()])
    assert np.abs(result[2_000:-2_000]).max() < 0.001
