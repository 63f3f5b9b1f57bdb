"""Small audio files for tests, made with the standard library where it can."""

from __future__ import annotations

import math
import struct
import wave
from array import array
from pathlib import Path

RATE = 8_000


def tone(seconds: float, *, rate: int = RATE, channels: int = 1, loudness: float = 0.5) -> array[int]:
    """Interleaved 16-bit samples of a sine whose loudness rises from 0 to `loudness`."""
    frames = int(seconds * rate)
    samples = array("h")
    for frame in range(frames):
        value = int(32767 * loudness * frame / frames * math.sin(frame * 0.3))
        samples.extend([value] * channels)
    return samples


def write_wav(
    path: Path, seconds: float = 31, *, rate: int = RATE, channels: int = 1, silent: bool = False
) -> Path:
    """A 16-bit PCM WAV file."""
    samples = (
        array("h", bytes(2 * channels * int(seconds * rate)))
        if silent
        else tone(seconds, rate=rate, channels=channels)
    )
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return path


def write_with_soundfile(
    path: Path, seconds: float = 31, *, rate: int = RATE, subtype: str | None = None
) -> Path:
    """A file in any form that libsndfile writes; the name's ending says which."""
    import soundfile

    with soundfile.SoundFile(path, "w", rate, 1, subtype=subtype) as file:
        file.buffer_write(tone(seconds, rate=rate).tobytes(), dtype="int16")
    return path


def wav_header(
    data_bytes: int, *, tag: int = 1, channels: int = 2, rate: int = 44_100, bits: int = 16
) -> bytes:
    """The first 44 bytes of a WAV file that claims to hold `data_bytes`."""
    frame = channels * bits // 8
    form = struct.pack("<HHIIHH", tag, channels, rate, rate * frame, frame, bits)
    riff = (36 + data_bytes).to_bytes(8, "little")[:4]
    return (
        b"RIFF" + riff + b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", data_bytes)
    )


def flac_header(frames: int, *, rate: int = 44_100, channels: int = 2, bits: int = 16) -> bytes:
    """The first 42 bytes of a FLAC file that claims to hold `frames`."""
    packed = rate << 44 | (channels - 1) << 41 | (bits - 1) << 36 | frames
    info = struct.pack(">HH", 4096, 4096) + bytes(6) + packed.to_bytes(8, "big") + bytes(16)
    return b"fLaC" + bytes([0x80]) + len(info).to_bytes(3, "big") + info
