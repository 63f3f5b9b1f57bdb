"""The header of a FLAC file: the STREAMINFO block that always comes first."""

from __future__ import annotations

from dataclasses import dataclass

from backline.integrations.audio.refusals import Refused, shown

DEPTHS = (16, 24)


@dataclass(frozen=True)
class Info:
    """What STREAMINFO says."""

    bits: int
    channels: int
    rate: int
    frames: int


def read(start: bytes, file_name: str) -> Info:
    """The form of a file from its first bytes, `fLaC` included.

    Raises:
        Refused: a broken or missing STREAMINFO, no stated length, or a depth that we do not take.
    """
    if len(start) < 42 or start[4] & 0x7F:
        raise Refused("damaged", f"{shown(file_name)} is a FLAC file with a broken header.")
    # After three sizes of 10 bytes: 20 bits rate, 3 channels - 1, 5 depth - 1, 36 frames.
    packed = int.from_bytes(start[18:26], "big")
    rate, channels = packed >> 44, (packed >> 41 & 7) + 1
    bits, frames = (packed >> 36 & 31) + 1, packed & (1 << 36) - 1
    if not rate:
        raise Refused("damaged", f"{shown(file_name)} is a FLAC file with a broken header.")
    if not frames:
        raise Refused(
            "damaged", f"{shown(file_name)} is a FLAC file that does not say how long it is. Export it again."
        )
    if bits not in DEPTHS:
        raise Refused("depth", f"{shown(file_name)} has {bits} bits a sample; as FLAC we take 16 and 24 bit.")
    return Info(bits, channels, rate, frames)
