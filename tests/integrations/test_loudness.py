"""Loudness and true peak: the test signals of EBU Tech 3341 (v4) and the coefficients of ITU-R BS.1770."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from backline.integrations.audio.blocks import Cutting
from backline.integrations.audio.loudness import Meter, high_pass, shelf

RATE = 48_000


def sine(
    decibels: float, seconds: float, *, hertz: float = 997, rate: int = RATE, phase: float = 0.0
) -> np.ndarray[Any, Any]:
    places = np.arange(int(seconds * rate))
    return np.asarray(10 ** (decibels / 20) * np.sin(2 * np.pi * hertz * places / rate + phase))


def measured(path: Path, samples: np.ndarray[Any, Any], *, channels: int = 2, rate: int = RATE) -> Meter:
    soundfile.write(path, np.repeat(samples[:, None], channels, axis=1), rate, subtype="FLOAT")
    with soundfile.SoundFile(path) as file:
        cutting = Cutting(rate)
        meter = Meter(rate, cutting.length)
        for block in cutting.blocks(file):
            meter.push(block)
    return meter


def test_the_filters_are_those_of_the_standard_at_48_khz():
    top, bottom = shelf(RATE)
    assert top == pytest.approx((1.53512485958697, -2.69169618940638, 1.19839281085285), abs=1e-8)
    assert bottom == pytest.approx((1, -1.69065929318241, 0.73248077421585), abs=1e-8)
    assert high_pass(RATE)[1] == pytest.approx((1, -1.99004745483398, 0.99007225036621), abs=1e-8)


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_056, 44_100, 48_000, 96_000, 192_000])
@pytest.mark.parametrize("decibels", [-23, -33])
def test_a_stereo_sine_has_its_own_level(tmp_path, rate, decibels):
    meter = measured(tmp_path / "a.wav", sine(decibels, 20, rate=rate), rate=rate)
    assert meter.integrated() == pytest.approx(decibels, abs=0.1)


def test_one_channel_is_3_db_less(tmp_path):
    meter = measured(tmp_path / "a.wav", sine(-20, 20, hertz=1_000), channels=1)
    assert meter.integrated() == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize(
    "levels",
    [
        [(-36, 10), (-23, 60), (-36, 10)],
        [(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)],
        [(-26, 20), (-20, 20.1), (-26, 20)],
    ],
)
def test_quiet_parts_are_gated_out(tmp_path, levels):
    meter = measured(tmp_path / "a.wav", np.concatenate([sine(level, seconds) for level, seconds in levels]))
    assert meter.integrated() == pytest.approx(-23, abs=0.1)


def test_silence_has_no_loudness(tmp_path):
    meter = measured(tmp_path / "a.wav", np.zeros(RATE * 3))
    assert (meter.integrated(), meter.true_peak()) == (None, None)


def test_what_is_shorter_than_a_gating_block_has_no_loudness(tmp_path):
    meter = measured(tmp_path / "a.wav", sine(-20, 0.3))
    assert meter.integrated() is None
    assert meter.true_peak() is not None


@pytest.mark.parametrize(
    ("part", "degrees"), [(4, 0.0), (4, 45.0), (6, 60.0), (8, 67.5)]
)  # cases 15 to 18: sines that samples miss
def test_a_true_peak_between_samples_is_found(tmp_path, part, degrees):
    samples = sine(-6, 2, hertz=RATE / part, phase=np.radians(degrees))
    fade = np.minimum(np.arange(len(samples)) / 4_800, 1)
    meter = measured(tmp_path / "a.wav", samples * fade * fade[::-1])
    assert -6.4 <= (meter.true_peak() or 0) <= -5.8


def test_a_peak_on_the_seam_of_two_blocks_is_found(tmp_path):
    samples = np.zeros(RATE * 2)
    for place in (Cutting(RATE).hop - 1, Cutting(RATE).hop):
        samples[:] = 0
        samples[place] = 0.5
        assert measured(tmp_path / "a.wav", samples).true_peak() == pytest.approx(-6.02, abs=0.05)
