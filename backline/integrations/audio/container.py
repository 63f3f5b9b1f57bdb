"""What a file is, by its first bytes: WAV, FLAC, or something else with a name for it.

Plain Python on a few hundred bytes, so that most wrong files are refused without starting a decoder. It also
closes two gaps of libsndfile: a renamed MP3 opens as "WAV", and a WAV shorter than its header says opens silently.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from backline.integrations.audio import flac, wav
from backline.integrations.audio.refusals import Refused, shown


@dataclass(frozen=True)
class Header:
    """What the header says; `frames` is what it promises."""

    container: str  # "wav" or "flac"
    subtype: str
    channels: int
    rate: int
    frames: int
    size_bytes: int


SIGNATURES = (
    (0, b"ID3", "an MP3 file"),
    (0, b"OggS", "an Ogg file"),
    (4, b"ftyp", "an MP4 file (AAC or ALAC)"),
    (0, b"FORM", "an AIFF file"),
    (0, b"caff", "a Core Audio file"),
    (0, b"RIFX", "a big-endian WAV file"),
    (0, b"riff", "a Wave64 file"),
    (0, b"wvpk", "a WavPack file"),
    (0, b"MAC ", "a Monkey's Audio file"),
    (0, b".snd", "an AU file"),
    (0, b"0&\xb2u", "a Windows Media file"),
    (0, b"\x1aE\xdf\xa3", "a Matroska or WebM file"),
    (0, b"MThd", "a MIDI file"),
    (0, b"PK\x03\x04", "a ZIP archive"),
    (0, b"%PDF", "a PDF document"),
    (0, b"\x89PNG", "a PNG picture"),
    (0, b"\xff\xd8\xff", "a JPEG picture"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ", "a program"),
)


def read(path: Path, file_name: str) -> Header:
    """The header of a WAV or FLAC file.

    Raises:
        Refused: empty, not WAV or FLAC, a kind of WAV that we do not take, or shorter than its header says.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            return _read(file, size, file_name)
    except OSError as error:
        raise Refused("unreadable", f"{shown(file_name)} cannot be read: {error.strerror}.") from error


def _read(file: BinaryIO, size: int, file_name: str) -> Header:
    if not size:
        raise Refused("empty", f"{shown(file_name)} is empty: it has 0 bytes.")
    start = file.read(4096)
    if start[:4] in (b"RIFF", b"RF64") and start[8:12] == b"WAVE":
        form = wav.read(file, size, file_name)
        return Header("wav", form.subtype, form.channels, form.rate, form.frames, size)
    if start[:4] == b"fLaC":
        info = flac.read(start, file_name)
        return Header("flac", f"PCM_{info.bits}", info.channels, info.rate, info.frames, size)
    kind = kind_of(start)
    code = "unsupported" if kind.startswith("an MP3") else "not_audio"
    raise Refused(code, f"{shown(file_name)} is not a WAV or FLAC file: by its content it is {kind}.")


def kind_of(start: bytes) -> str:
    """What a file that is neither WAV nor FLAC is, by its first bytes, as words for a sentence.

    >>> kind_of(b"Dear diary"), kind_of(b"ID3\\x04")
    ('a text file', 'an MP3 file')
    """
    for at, signature, words in SIGNATURES:
        if start[at : at + len(signature)] == signature:
            return words
    if len(start) > 1 and start[0] == 0xFF and start[1] & 0xE6 in (0xE2, 0xE4, 0xE6):
        return "an MP3 file"
    if len(start) > 1 and start[0] == 0xFF and start[1] & 0xF6 == 0xF0:
        return "an AAC file"
    if not start.strip(b"\0"):
        return "a row of zero bytes"
    return "a text file" if _is_text(start) else "something we do not know"


def _is_text(start: bytes) -> bool:
    try:
        # The last bytes may be half a letter.
        text = start[:-4].decode() if len(start) > 256 else start.decode()
    except UnicodeDecodeError:
        return False
    return all(letter.isprintable() or letter in "\t\n\r\f\ufeff" for letter in text)
