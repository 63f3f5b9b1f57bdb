"""The header of a WAV file: RIFF, or RF64 for files beyond 4 GB."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

from backline.integrations.audio.refusals import Refused, shown

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE
SUBTYPES = {
    (PCM, 16): "PCM_16",
    (PCM, 24): "PCM_24",
    (PCM, 32): "PCM_32",
    (FLOAT, 32): "FLOAT",
    (FLOAT, 64): "DOUBLE",
}
OTHER_TAGS = {
    2: "ADPCM",
    6: "A-law",
    7: "mu-law",
    0x11: "ADPCM",
    0x31: "GSM",
    0x50: "MPEG",
    0x55: "MP3",
    0x161: "WMA",
}
GUID_TAIL = bytes.fromhex("000000001000800000aa00389b71")  # of every wave format known by its tag
MAX_CHUNKS = 1000  # a header of more chunks is an attack on our patience
IN_DS64 = 0xFFFFFFFF


@dataclass(frozen=True)
class Form:
    """What the `fmt ` and `data` chunks say."""

    subtype: str
    channels: int
    rate: int
    frames: int


def read(file: BinaryIO, size: int, file_name: str) -> Form:
    """The form of a file of `size` bytes that starts with RIFF…WAVE or RF64…WAVE.

    Raises:
        Refused: not PCM or float, a broken header, no audio in it, or less audio than it promises.
    """
    fmt, long_data = b"", 0
    place = 12
    for _ in range(MAX_CHUNKS):
        file.seek(place)
        head = file.read(8)
        if len(head) < 8:
            break
        name, length = head[:4], int.from_bytes(head[4:], "little")
        if name == b"ds64":
            long_data = int.from_bytes(file.read(16)[8:], "little")
        elif name == b"fmt ":
            fmt = file.read(min(length, 40))
        elif name == b"data":
            promised = long_data if length == IN_DS64 and long_data else length
            return _form(fmt, promised, size - place - 8, file_name)
        place += 8 + length + length % 2
    raise Refused("damaged", f"{shown(file_name)} is a WAV file without audio in it.")


def _form(fmt: bytes, promised: int, there: int, file_name: str) -> Form:
    """The form, from the `fmt ` chunk, the bytes that the data chunk promises, and those that are there."""
    if len(fmt) < 16:
        raise Refused(
            "damaged", f"{shown(file_name)} is a WAV file that does not say how its audio is stored."
        )
    tag, channels, rate, _, frame_bytes, bits = struct.unpack("<HHIIHH", fmt[:16])
    if tag == EXTENSIBLE and len(fmt) >= 40 and fmt[26:40] == GUID_TAIL:
        tag = int.from_bytes(fmt[24:26], "little")
    subtype = _subtype(tag, bits, file_name)
    if not channels or not rate or frame_bytes != channels * bits // 8:
        raise Refused("damaged", f"{shown(file_name)} is a WAV file whose header contradicts itself.")
    if promised > there:
        raise Refused.truncated(file_name, promised / frame_bytes / rate, there / frame_bytes / rate)
    return Form(subtype, channels, rate, promised // frame_bytes)


def _subtype(tag: int, bits: int, file_name: str) -> str:
    """libsndfile's name for a format; refuses what we do not take."""
    if subtype := SUBTYPES.get((tag, bits)):
        return subtype
    if tag in (PCM, FLOAT):
        raise Refused(
            "depth", f"{shown(file_name)} has {bits} bits a sample; we take 16, 24 and 32 bit and float."
        )
    held = OTHER_TAGS.get(tag, f"audio of format {tag:#06x}")
    raise Refused(
        "unsupported",
        f"{shown(file_name)} is a WAV file that holds {held}; we take PCM of 16, 24 or 32 bit and float.",
    )
