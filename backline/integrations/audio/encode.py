"""Encoding the stream, in the child process only."""

from __future__ import annotations

import os
from typing import Any, BinaryIO

import numpy as np
import soundfile

from backline.integrations.audio.resample import Resampler

KBIT = 128
BLOCK = 65_536
MP3_RATES = (16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
# libsndfile takes no bit rate, only a level from 0 (most) to 1 (least) on the scale of the MPEG version.
LOW_RATE_LEVEL = (160 - KBIT) / (160 - 8)  # below 32 kHz
HIGH_RATE_LEVEL = (320 - KBIT) / (320 - 32)


class NotWritten(Exception):
    """The encoder could not write: most likely the disk is full."""


def stream(source: str, target: str) -> dict[str, Any]:
    """Writes `source` as MP3 of 128 kbit/s to `target`, flushed to disk; answers its `rate` and `channels`."""
    with (
        soundfile.SoundFile(source) as file,
        mp3_file(target, mp3_rate(file.samplerate), file.channels) as out,
    ):
        resampler = Resampler(file.samplerate, out.samplerate, file.channels)
        for block in file.blocks(BLOCK, dtype="float32", always_2d=True):
            write(out, resampler.push(block))
        write(out, resampler.end())
    descriptor = os.open(target, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    return {"rate": out.samplerate, "channels": out.channels}


def mp3_rate(rate: int) -> int:
    """The rate to encode at: the same where MP3 knows it, else the nearest above, 48 kHz at most.

    Multiples go to the rate they are a multiple of, because that loses least.
    """
    if rate in MP3_RATES:
        return rate
    for base in (48_000, 44_100, 32_000):
        if rate % base == 0:
            return base
    return min((known for known in MP3_RATES if known > rate), default=48_000)


def mp3_file(target: str | BinaryIO, rate: int, channels: int) -> soundfile.SoundFile:
    """An MP3 file to write to.

    Raises:
        NotWritten: it could not be made.
    """
    try:
        return soundfile.SoundFile(
            target,
            "w",
            rate,
            channels,
            format="MP3",
            subtype="MPEG_LAYER_III",
            bitrate_mode="CONSTANT",
            compression_level=LOW_RATE_LEVEL if rate < 32_000 else HIGH_RATE_LEVEL,
        )
    except soundfile.LibsndfileError as error:
        raise NotWritten from error


def write(out: soundfile.SoundFile, block: np.ndarray[Any, np.dtype[np.float32]]) -> None:
    """Encodes a block, what is beyond full scale cut off.

    Raises:
        NotWritten: the encoder could not write.
    """
    if len(block):
        try:
            out.write(np.clip(block, -1, 1))
        except soundfile.LibsndfileError as error:
            raise NotWritten from error
