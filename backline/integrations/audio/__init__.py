"""Audio files: what they are, their waveform, their stream, what they sound like in numbers.

Nothing a stranger uploaded is decoded in this process: `container` reads headers in plain Python, and everything
that needs a decoder runs in a child process (`child`) with limits on memory, processor time and the clock.
numpy and libsndfile are imported there only.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backline.integrations.audio import container, process
from backline.integrations.audio.analysis import Analysis, Key, Tempo, analyse
from backline.integrations.audio.refusals import Failed, Refused, shown
from backline.integrations.audio.rules import DEFAULT, Limits

__all__ = [
    "DEFAULT",
    "Analysis",
    "Failed",
    "Key",
    "Limits",
    "Probe",
    "Refused",
    "Stream",
    "Tempo",
    "analyse",
    "check",
    "encode_preview",
    "encode_stream",
    "peaks",
    "shown",
]

PEAKS = 1200  # enough for one bar per pixel of the widest player


@dataclass(frozen=True)
class Probe:
    """What a complete decode found.

    `peaks` holds one byte for each of `PEAKS` equal slices: the largest absolute sample, 255 for full scale.
    """

    container: str  # "wav" or "flac"
    subtype: str  # "PCM_16", "PCM_24", "PCM_32", "FLOAT" or "DOUBLE"
    channels: int
    rate: int  # frames per second
    frames: int
    duration_ms: int
    peaks: bytes


@dataclass(frozen=True)
class Stream:
    """An MP3 written by `encode_stream`."""

    size_bytes: int
    rate: int
    channels: int


def check(
    path: Path, file_name: str, limits: Limits = DEFAULT, *, decoded: dict[str, Any] | None = None
) -> Probe:
    """Decodes the whole file in a child process and says what it is.

    `file_name` is what the person called the file: sentences name it, and nothing else depends on it. `decoded` is what
    `decode.peaks` answered in a process that made the file itself; it is not decoded again.

    Raises:
        Refused: the file is not one we take; `code` and a sentence naming the file and the reason.
        Failed: we could not look at it; the file may be good.
    """
    header = container.read(path, file_name)
    limits.refuse(header, file_name)
    answer = decoded or process.run(["peaks", str(path.resolve()), str(PEAKS)], limits, file_name)
    if answer["frames"] < header.frames:
        raise Refused.truncated(file_name, header.frames / header.rate, answer["frames"] / header.rate)
    if (answer["rate"], answer["channels"], answer["frames"]) != (
        header.rate,
        header.channels,
        header.frames,
    ):
        raise Refused("damaged", f"{shown(file_name)} is damaged: its header contradicts its content.")
    if answer["level"] < limits.silence:
        raise Refused("silent", f"{shown(file_name)} holds nothing but silence.")
    duration_ms = (header.frames * 1000 + header.rate // 2) // header.rate
    return Probe(
        container=header.container,
        subtype=header.subtype,
        channels=header.channels,
        rate=header.rate,
        frames=header.frames,
        duration_ms=duration_ms,
        peaks=bytes.fromhex(answer["peaks"]),
    )


def peaks(path: Path, limits: Limits = DEFAULT) -> bytes:
    """The waveform of a file that `check` has accepted: `PEAKS` bytes, as in `Probe`.

    Raises:
        Refused: the file cannot be decoded any more.
        Failed: the child process did not finish.
    """
    answer = process.run(["peaks", str(path.resolve()), str(PEAKS)], limits, path.name)
    return bytes.fromhex(answer["peaks"])


def encode_stream(source: Path, target: Path, limits: Limits = DEFAULT) -> Stream:
    """Writes `source` as an MP3 of 128 kbit/s to `target`; mono stays mono.

    `target` appears complete or not at all. Rates that MP3 does not know are resampled.

    Raises:
        Refused: the source cannot be decoded.
        Failed: the child process did not finish, the disk is full.
    """
    return _encoded(["stream", str(source.resolve())], target, [], limits, source.name)


def encode_preview(
    source: Path,
    stream: Path,
    target: Path,
    *,
    every_s: float,
    tag: Path | None = None,
    limits: Limits = DEFAULT,
) -> Stream:
    """Writes the preview of `source` to `target`: its MP3 `stream` with a voice tag once in `every_s`, equally long.

    `tag` is a file that was accepted before; without one it is the platform's own. `target` appears complete or not at
    all.

    Raises:
        Refused: the source cannot be decoded, or `stream` is not its stream.
        Failed: the child process did not finish, the disk is full.
    """
    task = ["preview", str(source.resolve()), str(stream.resolve())]
    more = [str(every_s), *([str(tag.resolve())] if tag else [])]
    return _encoded(task, target, more, limits, source.name)


def _encoded(task: list[str], target: Path, more: list[str], limits: Limits, name: str) -> Stream:
    part = target.with_name(f".{target.name}.{secrets.token_hex(6)}")
    try:
        answer = process.run([*task, str(part.resolve()), *more], limits, name)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return Stream(size_bytes=target.stat().st_size, rate=answer["rate"], channels=answer["channels"])
