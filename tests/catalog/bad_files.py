"""The files that issue and specification name as bad input, and what each refusal has to say."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.integrations.audio_files import RATE, flac_header, write_wav, write_with_soundfile

DAY_S = 24 * 3600


def _mp3(folder: Path) -> bytes:
    return write_with_soundfile(folder / "x.mp3").read_bytes()


def _cut_wav(folder: Path) -> bytes:
    return write_wav(folder / "x.wav").read_bytes()[:-100_000]


def _cut_flac(folder: Path) -> bytes:
    content = write_with_soundfile(folder / "x.flac").read_bytes()
    return content[: len(content) // 2]


def _short(folder: Path) -> bytes:
    return write_wav(folder / "x.wav", 10).read_bytes()


BAD_AUDIO: dict[str, tuple[Callable[[Path], bytes], str, str]] = {
    "renamed MP3": (_mp3, "beat.wav", "MP3"),
    "truncated WAV": (_cut_wav, "beat.wav", "cut off"),
    "truncated FLAC": (_cut_flac, "beat.flac", ""),
    "zero bytes": (lambda folder: b"", "beat.wav", "empty"),
    "text file": (lambda folder: b"Buy milk.\n" * 500, "beat.wav", ""),
    "24 h of silence": (lambda folder: flac_header(DAY_S * RATE, rate=RATE, channels=1), "beat.flac", "24 h"),
    "10 seconds": (_short, "beat.wav", "10 s"),
}
"""What it is → how to make it, what it is called, a word that the refusal holds."""


def image_bomb() -> bytes:
    """A PNG of a few kilobytes that promises 30,000 by 30,000 pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(90_001)))
        + chunk(b"IEND", b"")
    )


def named(content: bytes, name: str) -> io.BytesIO:
    """Content as the test client uploads it."""
    file = io.BytesIO(content)
    file.name = name
    return file
