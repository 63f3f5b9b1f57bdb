"""A beat's name taken from its file's."""

from __future__ import annotations

import pytest

from backline.domain.file_names import beat_name


@pytest.mark.parametrize(
    ("file_name", "name"),
    [
        ("night_bus.wav", "Night Bus"),
        ("dial-tone_140_Fm.wav", "Dial Tone"),
        ("night walk 140 bpm.flac", "Night Walk"),
        ("slow_90bpm_C.wav", "Slow"),
        ("Marlo Vane - Undertow_v3_final.wav", "Undertow"),
        ("Route 66.wav", "Route 66"),
        ("plan c.flac", "Plan C"),
        ("McQueen.wav", "McQueen"),
        ("140_Fm.wav", "140 Fm"),
        ("夜行.wav", "夜行"),
        ("___", "Untitled"),
        ("", "Untitled"),
    ],
)
def test_beat_name(file_name: str, name: str):
    assert beat_name(file_name, artist="Marlo Vane") == name
