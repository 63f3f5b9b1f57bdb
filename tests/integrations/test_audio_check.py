"""What `audio.check` takes and refuses."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from backline.integrations import audio
from tests.integrations.audio_files import (
    flac_header,
    wav_header,
    write_wav,
    write_with_soundfile,
)


def refusal(path: Path, name: str = "take 3.wav", limits: audio.Limits = audio.DEFAULT) -> audio.Refused:
    """The refusal of a file, whose sentence names it."""
    with pytest.raises(audio.Refused) as caught:
        audio.check(path, name, limits)
    assert name in caught.value.sentence
    assert caught.value.sentence.endswith(".")
    return caught.value


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_wav_is_described(tmp_path):
    probe = audio.check(write_wav(tmp_path / "a", 30, channels=2), "a.wav")
    assert (probe.container, probe.subtype, probe.channels, probe.rate) == ("wav", "PCM_16", 2, 8_000)
    assert (probe.frames, probe.duration_ms) == (240_000, 30_000)


def test_peaks_follow_the_loudness(tmp_path):
    peaks = audio.check(write_wav(tmp_path / "a"), "a.wav").peaks
    assert len(peaks) == audio.PEAKS
    assert peaks[0] == 0
    assert 126 <= peaks[-1] <= 128  # half of full scale
    assert all(later >= earlier - 1 for earlier, later in pairwise(peaks))
    assert audio.peaks(tmp_path / "a") == peaks


@pytest.mark.parametrize("subtype", ["PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"])
def test_every_depth_of_wav(tmp_path, subtype):
    assert audio.check(write_with_soundfile(tmp_path / "a.wav", subtype=subtype), "a.wav").subtype == subtype


@pytest.mark.parametrize("subtype", ["PCM_16", "PCM_24"])
def test_every_depth_of_flac(tmp_path, subtype):
    probe = audio.check(write_with_soundfile(tmp_path / "a.flac", subtype=subtype), "a.flac")
    assert (probe.container, probe.subtype, probe.duration_ms) == ("flac", subtype, 31_000)


def test_extensible_and_long_wav_forms(tmp_path):
    import soundfile

    for form in ("WAVEX", "RF64"):
        path = tmp_path / form
        with soundfile.SoundFile(path, "w", 8_000, 1, format=form, subtype="PCM_16") as file:
            file.buffer_write(b"\x10\x20" * 8_000 * 31, dtype="int16")
        assert audio.check(path, "a.wav").frames == 248_000


def test_the_name_does_not_matter(tmp_path):
    assert audio.check(write_wav(tmp_path / "a"), "a.mp3").container == "wav"


def test_zero_bytes(tmp_path):
    assert refusal(written(tmp_path / "a", b"")).code == "empty"


def test_a_text_file(tmp_path):
    refused = refusal(written(tmp_path / "a", "Lyrics, später mehr\n".encode() * 99))
    assert (refused.code, "a text file" in refused.sentence) == ("not_audio", True)


def test_a_renamed_mp3(tmp_path):
    audio.encode_stream(write_wav(tmp_path / "a"), tmp_path / "b")
    for start in (b"", b"ID3\x04" + bytes(40)):
        refused = refusal(written(tmp_path / "c", start + (tmp_path / "b").read_bytes()))
        assert (refused.code, "an MP3 file" in refused.sentence) == ("unsupported", True)


def test_mp3_and_others_inside_a_wav(tmp_path):
    refused = refusal(written(tmp_path / "a", wav_header(4_000, tag=0x55) + bytes(4_000)))
    assert (refused.code, "MP3" in refused.sentence) == ("unsupported", True)
    assert refusal(write_with_soundfile(tmp_path / "b.wav", subtype="MS_ADPCM")).code == "unsupported"
    assert refusal(write_with_soundfile(tmp_path / "c.wav", subtype="PCM_U8")).code == "depth"
    assert refusal(write_with_soundfile(tmp_path / "d.flac", subtype="PCM_S8")).code == "depth"


def test_other_audio(tmp_path):
    assert "an Ogg file" in refusal(write_with_soundfile(tmp_path / "a.ogg")).sentence
    assert "an AIFF file" in refusal(write_with_soundfile(tmp_path / "a.aiff")).sentence


def test_a_truncated_wav_says_how_much_is_there(tmp_path):
    whole = write_wav(tmp_path / "a", 40).read_bytes()
    refused = refusal(written(tmp_path / "b", whole[: 44 + 35 * 16_000]))
    assert refused.code == "truncated"
    assert "promises 40 s of audio, but only 35 s" in refused.sentence


def test_a_truncated_flac(tmp_path):
    whole = write_with_soundfile(tmp_path / "a.flac", 40).read_bytes()
    refused = refusal(written(tmp_path / "b", whole[: len(whole) * 9 // 10]))
    assert refused.code in ("truncated", "damaged")


def test_a_flac_with_a_hole(tmp_path):
    whole = write_with_soundfile(tmp_path / "a.flac", 40).read_bytes()
    half = len(whole) // 2
    assert refusal(written(tmp_path / "b", whole[:half] + whole[half + 9_000 :])).code in (
        "truncated",
        "damaged",
    )


def test_ten_seconds(tmp_path):
    refused = refusal(write_wav(tmp_path / "a", 10))
    assert (refused.code, "10 s long; a beat has at least 30 s" in refused.sentence) == ("too_short", True)
    assert "29 s" in refusal(write_wav(tmp_path / "b", 29.999)).sentence


def test_a_day_of_silence_is_refused_without_decoding(tmp_path):
    path = tmp_path / "day"
    path.write_bytes(wav_header(86_400 * 16_000, channels=1, rate=8_000))
    with path.open("r+b") as file:
        file.truncate(44 + 86_400 * 16_000)  # a hole: takes no space
    began = time.process_time()
    refused = refusal(path, limits=replace(audio.DEFAULT, max_bytes=2_000_000_000))
    assert (refused.code, "24 h long" in refused.sentence) == ("too_long", True)
    assert refusal(path).code == "too_large"
    assert refusal(written(tmp_path / "b", flac_header(86_400 * 44_100))).code == "too_long"
    assert time.process_time() - began < 0.1


def test_a_flac_that_lies_about_its_length(tmp_path):
    whole = write_with_soundfile(tmp_path / "a.flac", 40, rate=44_100).read_bytes()
    lie = flac_header(44_100 * 600, channels=1)[4 + 4 : 4 + 4 + 18]
    assert refusal(written(tmp_path / "b", whole[:8] + lie + whole[26:])).code in ("truncated", "damaged")


def test_nothing_but_silence(tmp_path):
    refused = refusal(write_wav(tmp_path / "a", silent=True))
    assert (refused.code, "nothing but silence" in refused.sentence) == ("silent", True)


@pytest.mark.parametrize(
    ("channels", "rate", "code"), [(6, 8_000, "channels"), (1, 4_000, "rate"), (1, 384_000, "rate")]
)
def test_wrong_forms(tmp_path, channels, rate, code):
    size = 31 * rate * channels * 2
    assert (
        refusal(written(tmp_path / "a", wav_header(size, channels=channels, rate=rate) + bytes(size))).code
        == code
    )


def test_samples_that_are_not_numbers(tmp_path):
    path = write_with_soundfile(tmp_path / "a.wav", subtype="FLOAT")
    content = bytearray(path.read_bytes())
    content[-400:-396] = b"\0\0\xc0\x7f"
    assert "not numbers" in refusal(written(path, bytes(content))).sentence


@pytest.mark.parametrize(
    "content",
    [
        b"RIFF\0\0\0\0WAVE",
        b"RIFF\0\0\0\0WAVEfmt \x04\0\0\0abcddata\x04\0\0\0abcd",
        wav_header(0),
        wav_header(1_000, channels=0) + bytes(1_000),
        wav_header(1_000, rate=0) + bytes(1_000),
        b"fLaC",
        flac_header(0),
        flac_header(100, rate=0),
        b"\xff" * 200,
        b"\0" * 5_000,
        b"RIFF" + b"\xff" * 5_000,
    ],
)
def test_broken_headers(tmp_path, content):
    refusal(written(tmp_path / "a", content))


def test_a_decoder_that_takes_too_much(tmp_path):
    path = write_wav(tmp_path / "a")
    assert refusal(path, limits=replace(audio.DEFAULT, wall_seconds=0)).code == "too_costly"
    assert refusal(path, limits=replace(audio.DEFAULT, cpu_seconds=0)).code == "too_costly"


def test_a_child_that_cannot_even_start_is_our_fault(tmp_path):
    with pytest.raises(audio.Failed):
        audio.check(write_wav(tmp_path / "a"), "a.wav", replace(audio.DEFAULT, memory_bytes=40_000_000))


def test_a_hostile_name_is_shortened():
    assert audio.shown("a\x00\n\u202e" + "b" * 300 + ".wav") == "“a" + "b" * 49 + "…" + "b" * 21 + ".wav”"
    assert audio.shown("\n") == "“The file”"


def test_the_parent_never_imports_a_decoder():
    code = (
        "import sys, backline.integrations.audio; print({'numpy', 'soundfile', 'django'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
