"""The tagged preview, in the child process only: the clean stream, with the voice tag where a tag is due.

Encoding takes most of the time, so only the seconds around each tag are encoded again; all other frames are those of
the stream. A window begins a little earlier than its first frame is used, until the encoder has settled.
"""

from __future__ import annotations

import io
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from backline.integrations.audio import encode, mp3_frames
from backline.integrations.audio.mp3_frames import Frame
from backline.integrations.audio.resample import Resampler, Samples
from backline.integrations.audio.voice_tag import Tagging, file_mark, own_mark

SETTLE = 10  # frames at either end of a window that are encoded and not used
AROUND = 3  # frames before and after a mark that are used: the encoder and its windows reach so far


@dataclass
class _Window:
    """Frames `first` up to `last` of the stream, encoded again from `begin` to `end`; all counted in frames."""

    first: int
    last: int
    size: int  # samples of a frame
    parts: list[Samples] = field(default_factory=list)

    @property
    def begin(self) -> int:
        return max(0, self.first - SETTLE)

    @property
    def end(self) -> int:
        return self.last + SETTLE

    def take(self, block: Samples, begin: int) -> None:
        """Keeps what falls into the window of the block that begins at sample `begin`."""
        low, high = max(self.begin * self.size - begin, 0), min(self.end * self.size - begin, len(block))
        if low < high:
            self.parts.append(block[low:high])


def preview(source: str, stream: str, target: str, every_s: float, tag: str = "") -> dict[str, Any]:
    """Writes the preview of `source`, whose clean stream is `stream`, to `target`, flushed to disk.

    `tag` is an artist's own voice tag, empty for the platform's. Answers its `rate` and `channels`.
    """
    information, clean = mp3_frames.frames(Path(stream).read_bytes())
    with soundfile.SoundFile(source) as file:
        rate, channels = encode.mp3_rate(file.samplerate), file.channels
        mark = file_mark(tag, rate) if tag else own_mark(rate)
        tagging = Tagging(mark, rate=rate, channels=channels, every_s=every_s)
        size = 1152 if rate >= 32_000 else 576
        windows = _windows(tagging, -(-file.frames * rate // file.samplerate), size)
        _fill(windows, file, rate, tagging)
    for window in windows:
        made = _encoded(window, rate, channels)
        last = min(window.last, len(clean), window.begin + len(made))
        clean[window.first : last] = made[window.first - window.begin : last - window.begin]
    _write(target, mp3_frames.joined(information, clean))
    return {"rate": rate, "channels": channels}


def _windows(tagging: Tagging, samples: int, size: int) -> list[_Window]:
    """Where the frames differ from those of the stream; windows whose frames meet become one."""
    found: list[_Window] = []
    for start, end in tagging.places(samples):
        first, last = max(0, start // size - AROUND), -(-end // size) + AROUND
        if found and first <= found[-1].last:
            found[-1].last = last
        else:
            found.append(_Window(first, last, size))
    return found


def _fill(windows: list[_Window], file: soundfile.SoundFile, rate: int, tagging: Tagging) -> None:
    resampler = Resampler(file.samplerate, rate, file.channels)
    begin = 0

    def lay(block: Samples) -> None:
        nonlocal begin
        concerned = [w for w in windows if w.begin * w.size < begin + len(block) and w.end * w.size > begin]
        if concerned:
            tagged = tagging.lay(block, begin)
            for window in concerned:
                window.take(tagged, begin)
        begin += len(block)

    for block in file.blocks(encode.BLOCK, dtype="float32", always_2d=True):
        lay(resampler.push(block))
    lay(resampler.end())


def _encoded(window: _Window, rate: int, channels: int) -> list[Frame]:
    held = io.BytesIO()
    with encode.mp3_file(held, rate, channels) as out:
        encode.write(out, np.concatenate(window.parts))
    window.parts.clear()
    return mp3_frames.frames(held.getvalue())[1]


def _write(target: str, content: bytes) -> None:
    with open(target, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
