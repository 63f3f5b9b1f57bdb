"""Everything that is measured on a recording, in one pass over its samples; in the child process only."""

from __future__ import annotations

from typing import Any

import soundfile

from backline.integrations.audio import fingerprint, key, tempo
from backline.integrations.audio.blocks import HIGH, LOW, Cutting, Lowered
from backline.integrations.audio.loudness import Meter


def analyse(source: str) -> dict[str, Any]:
    """Answers `tempi` (BPM, confidence), `keys` (semitones above C, scale, confidence), `loudness` (LUFS or null),
    `peak` (dBTP or null), `words` (hex, four bytes a frame) and `terms` (place, word)."""
    with soundfile.SoundFile(source) as file:
        cutting = Cutting(file.samplerate)
        meter = Meter(file.samplerate, cutting.length)
        low, high = (Lowered(cutting, file.samplerate, rate, file.frames) for rate in (LOW, HIGH))
        for block in cutting.blocks(file):
            for listener in (meter, low, high):
                listener.push(block)
    found = fingerprint.fingerprint(high.end())
    return {
        "tempi": tempo.candidates(high.end()),
        "keys": key.candidates(low.end()),
        "loudness": meter.integrated(),
        "peak": meter.true_peak(),
        "words": found.words.astype(">u4").tobytes().hex(),
        "terms": found.terms,
    }
