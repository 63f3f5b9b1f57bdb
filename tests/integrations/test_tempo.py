"""Tempo of clicks and of synthetic beats."""

from __future__ import annotations

import numpy as np
import pytest

from backline.integrations.audio import tempo
from backline.integrations.audio.blocks import HIGH, Floats
from bench.audio.generator import KINDS, Beat, render
from bench.audio.sounds import RATE


def clicks(bpm: float, seconds: int = 40) -> Floats:
    """A bar of strong and weak clicks, again and again, with a little noise."""
    random = np.random.default_rng(1)
    signal: Floats = random.normal(0, 0.001, seconds * HIGH).astype(np.float32)
    for beat in range(int(seconds * bpm / 60) - 1):
        at = round(beat * 60 / bpm * HIGH)
        burst = random.normal(0, (1.0, 0.3, 0.6, 0.3)[beat % 4], 800) * np.exp(-np.arange(800) / 150)
        signal[at : at + 800] += burst
    return signal


@pytest.mark.parametrize("bpm", [84, 97.5, 120, 133, 160])
def test_clicks_are_counted_to_a_tenth(bpm):
    found = [each for each, _ in tempo.candidates(clicks(bpm))]
    assert found[0] in (
        pytest.approx(bpm, abs=0.1),
        pytest.approx(bpm * 2, abs=0.2),
        pytest.approx(bpm / 2, abs=0.1),
    )
    assert any(each == pytest.approx(bpm, abs=0.1) for each in found)


@pytest.mark.parametrize(
    ("kind", "bpm"), [("boom bap", 88), ("trap", 142), ("house", 124), ("drum and bass", 172)]
)
def test_beats_are_counted_as_their_kind_is(kind, bpm):
    beat = Beat(bpm, 5, "minor", next(each for each in KINDS if each.name == kind), loop=3, rest=8)
    samples = render(beat)
    seconds = np.arange(int(beat.length_s * HIGH)) / HIGH
    signal = np.interp(seconds, np.arange(len(samples)) / RATE, samples).astype(np.float32)
    found = tempo.candidates(signal)
    assert found[0][0] == pytest.approx(bpm, abs=0.3)
    assert sum(sure for _, sure in found) == pytest.approx(1)


def test_half_and_double_are_offered_where_a_beat_can_have_them():
    offered = [round(found) for found, _ in tempo.candidates(clicks(100))]
    assert {50, 100, 200} <= set(offered)
    assert all(40 <= found <= 240 for found in offered)


@pytest.mark.parametrize("signal", [np.zeros(40 * HIGH), np.zeros(100), np.zeros(0)])
def test_silence_and_next_to_nothing_have_no_tempo(signal):
    assert tempo.candidates(signal.astype(np.float32)) == []
