"""The tagged preview: the stream's own frames, and the tag where it is due."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from backline.integrations import audio
from backline.integrations.audio import encode, mp3_frames, preview, voice_tag

Samples = np.ndarray[Any, np.dtype[np.float32]]
EVERY_S = 10


def beat(path: Path, *, rate: int, channels: int, seconds: float = 31.0) -> Path:
    """A beat of noise bursts over a chord: nothing an encoder finds easy."""
    random = np.random.default_rng(7)
    time = np.arange(int(seconds * rate)) / rate
    chord = sum(np.sin(2 * np.pi * pitch * time) for pitch in (110, 220.5, 331)) * 0.12
    hits = random.standard_normal(len(time)) * np.exp(-(time % 0.5) * 30) * 0.3
    left = (chord + hits).astype(np.float32)
    samples = np.stack([left, np.roll(left, rate // 200) * 0.8], 1)[:, :channels]
    soundfile.write(path, samples, rate, subtype="PCM_24")
    return path


def made(folder: Path, *, rate: int, channels: int, tag: str = "") -> tuple[Samples, Samples, int]:
    """Decoded stream and preview of a beat, and their rate."""
    source = beat(folder / "beat.wav", rate=rate, channels=channels)
    encode.stream(str(source), str(folder / "stream.mp3"))
    preview.preview(
        str(source), str(folder / "stream.mp3"), str(folder / "preview.mp3"), EVERY_S, *([tag] if tag else [])
    )
    clean, heard = (
        soundfile.read(folder / f"{name}.mp3", dtype="float32", always_2d=True)
        for name in ("stream", "preview")
    )
    assert clean[1] == heard[1]
    return clean[0], heard[0], clean[1]


@pytest.mark.parametrize(
    ("rate", "channels"),
    [(44_100, 2), (8_000, 1), *(pytest.param(rate, 2, marks=pytest.mark.slow) for rate in (96_000, 22_050))],
)
def test_it_is_the_stream_but_for_the_tag(tmp_path: Path, rate: int, channels: int):
    clean, heard, at = made(tmp_path, rate=rate, channels=channels)
    assert clean.shape == heard.shape
    tagging = voice_tag.Tagging(voice_tag.own_mark(at), rate=at, channels=channels, every_s=EVERY_S)
    places = tagging.places(len(clean))
    assert [round(start / at) for start, _ in places] == [5, 15, 25]
    differs = np.abs(heard - clean).max(axis=1)
    around = int(0.2 * at)
    outside = np.ones(len(clean), bool)
    for start, end in places:
        assert differs[start:end].max() > 0.1
        outside[start - around : end + around] = False
    # Away from the tags not one sample is another one.
    assert differs[outside].max() == 0


def test_where_it_was_joined_it_is_as_true_as_the_stream(tmp_path: Path):
    clean, heard, rate = made(tmp_path, rate=44_100, channels=2)
    source, _ = soundfile.read(tmp_path / "beat.wav", dtype="float32", always_2d=True)
    tagging = voice_tag.Tagging(voice_tag.own_mark(rate), rate=rate, channels=2, every_s=EVERY_S)
    wanted, around = tagging.lay(source, 0), 5 * 1152
    for start, end in tagging.places(len(source)):
        # The whole of it, and each joint by itself.
        for here in (
            slice(start - around, end + around),
            slice(start - around, start),
            slice(end, end + around),
        ):
            lost = np.sqrt(np.mean((heard[here] - wanted[here]) ** 2))
            usual = np.sqrt(np.mean((clean[here] - source[here]) ** 2))
            assert lost < 1.1 * usual


def test_an_artists_own_tag_is_heard_instead(tmp_path: Path):
    tone = np.sin(2 * np.pi * 3000 * np.arange(24_000) / 48_000).astype(np.float32) * 0.5
    soundfile.write(tmp_path / "tag.wav", tone, 48_000)
    _, heard, rate = made(tmp_path, rate=44_100, channels=2, tag=str(tmp_path / "tag.wav"))
    piece = heard[int(5.2 * rate) : int(5.4 * rate), 0]
    spectrum = np.abs(np.fft.rfft(piece * np.hanning(len(piece))))
    assert abs(np.argmax(spectrum) * rate / len(piece) - 3000) < 20


def test_the_beat_steps_back_under_the_tag():
    tagging = voice_tag.Tagging(np.zeros((4410, 1), np.float32), rate=44_100, channels=1, every_s=1)
    laid = tagging.lay(np.ones((300_000, 1), np.float32), 0)
    start, end = tagging.places(300_000)[0]
    assert laid[: start + 1].min() == 1 and laid[(start + end) // 2] == voice_tag.DUCKED
    assert np.abs(np.diff(laid[:, 0])).max() < 0.001  # no step that would click


def test_laying_block_by_block_is_laying_at_once():
    tagging = voice_tag.Tagging(voice_tag.own_mark(8_000), rate=8_000, channels=2, every_s=3)
    samples = np.random.default_rng(3).standard_normal((100_000, 2)).astype(np.float32)
    blocks = [tagging.lay(samples[begin : begin + 777], begin) for begin in range(0, 100_000, 777)]
    assert np.array_equal(np.concatenate(blocks), tagging.lay(samples, 0))


def test_frames_laid_out_anew_are_the_same_sound(tmp_path: Path):
    encode.stream(str(beat(tmp_path / "b.wav", rate=44_100, channels=2)), str(tmp_path / "s.mp3"))
    information, frames = mp3_frames.frames((tmp_path / "s.mp3").read_bytes())
    (tmp_path / "t.mp3").write_bytes(mp3_frames.joined(information, frames))
    first, second = (soundfile.read(tmp_path / name)[0] for name in ("s.mp3", "t.mp3"))
    assert np.array_equal(first, second)


@pytest.mark.parametrize("content", [b"", b"no music", b"\xff\xfb\x90\x64" + bytes(100), b"RIFF" * 300])
def test_what_is_no_stream_of_ours_is_said_so(content: bytes):
    with pytest.raises(mp3_frames.NotFrames):
        mp3_frames.frames(content)


def test_in_the_child_it_appears_whole_or_not_at_all(tmp_path: Path):
    source, stream, target = (
        beat(tmp_path / "b.wav", rate=8_000, channels=1),
        tmp_path / "s.mp3",
        tmp_path / "p.mp3",
    )
    audio.encode_stream(source, stream)
    written = audio.encode_preview(source, stream, target, every_s=20)
    assert (written.rate, written.channels) == (16_000, 1)
    assert abs(target.stat().st_size - stream.stat().st_size) < 0.02 * stream.stat().st_size
    stream.write_bytes(b"nothing that was made here")
    with pytest.raises(audio.Refused, match="not one that was made here"):
        audio.encode_preview(source, stream, tmp_path / "q.mp3", every_s=20)
    kept = sorted(place.name for place in tmp_path.iterdir() if place.is_file())
    assert kept == ["b.wav", "p.mp3", "s.mp3"]
