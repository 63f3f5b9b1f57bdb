"""Synthesises the demo world's audio. Run as a program it is a child that renders one beat for each line it reads.

Each line on standard input is a JSON object with the fields of `Sound` and `path`; when the WAV file is written, the
child decodes it as an upload's check would, and answers with a line of what that found. It ends when its input ends,
so it never outlives the build.
"""

from __future__ import annotations

import json
import sys
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from backline.demo import sounds
from backline.demo.sounds import Signal
from backline.demo.styles import STYLES, Style
from backline.integrations.audio import PEAKS, decode

STEPS = 16
LOOP_BARS = 4
PEAK = 0.84
SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}
T = TypeVar("T")
PENTATONIC = {"major": (0, 1, 2, 4, 5), "minor": (0, 2, 3, 4, 6)}
LEVELS = {"drums": 0.9, "bass": 0.55, "chords": 0.34, "lead": 0.26}


@dataclass(frozen=True)
class Sound:
    """What to render: genre slug, tempo, key (semitones above C), scale, length, sample rate, and the seed."""

    genre: str
    bpm: int
    key: int
    scale: str
    seconds: float
    rate: int
    seed: int


def render(sound: Sound, path: Path) -> None:
    """Writes the beat as a mono 16-bit WAV file. The same `sound` gives the same bytes."""
    mix = _normalised(_Beat(sound).mix())
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes((mix * 32767).astype("<i2").tobytes())


def _normalised(mix: Signal) -> Signal:
    """Soft-limited, then scaled so that the loudest sample is `PEAK`; short fades keep both ends silent."""
    mix = np.tanh(mix * (0.9 / max(float(np.sqrt(np.mean(mix**2))) * 3.2, 1e-6)))
    fade = min(2400, mix.size // 8)
    mix[:200] *= np.linspace(0, 1, 200, dtype=np.float32)
    mix[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    return np.asarray(mix * (PEAK / float(np.abs(mix).max())), dtype=np.float32)


class _Beat:
    """One beat in the making: four-bar loops for each instrument, then an arrangement of them."""

    def __init__(self, sound: Sound) -> None:
        self.sound = sound
        self.style: Style = STYLES[sound.genre]
        self.random = np.random.default_rng([sound.seed, sound.bpm, sound.key])
        self.step_s = 60 / sound.bpm / 4
        self.frames = round(LOOP_BARS * STEPS * self.step_s * sound.rate)
        self.progression = self._pick(self.style.progressions)

    def mix(self) -> Signal:
        """The whole beat: loops repeated and brought in and out, in sections of four bars."""
        total = int(self.sound.seconds * self.sound.rate)
        loops = {
            "drums": self._drums(),
            "bass": self._bass(),
            "chords": self._chords(),
            "lead": self._lead(),
            "answer": self._lead(),
        }
        mix = np.zeros(total, dtype=np.float32)
        for section, start in enumerate(range(0, total, self.frames)):
            length = min(self.frames, total - start)
            for part in self._section(section, last=start + self.frames >= total):
                level = LEVELS["lead" if part == "answer" else part]
                mix[start : start + length] += level * loops[part][:length]
        return mix

    def _section(self, section: int, *, last: bool) -> tuple[str, ...]:
        if section == 0:
            return self._pick(
                (("chords", "lead"), ("drums", "chords"), ("chords", "bass"), ("drums", "lead"))
            )
        if last and section > 2:
            return self._pick((("drums", "chords", "lead"), ("bass", "chords"), ("drums", "bass", "chords")))
        return ("drums", "bass", "chords", "answer" if section % 3 == 2 else "lead")

    def _drums(self) -> Signal:
        rate, style, random = self.sound.rate, self.style, self.random
        out = np.zeros(self.frames, dtype=np.float32)
        hits = (
            (style.kick, sounds.kick(rate, low_hz=random.uniform(44, 58), punch=random.uniform(0.5, 1)), 1.0),
            (style.snare, sounds.snare(rate, random, tone_hz=random.uniform(160, 240), snap=0.07), 0.75),
            (style.hat, sounds.hat(rate, random, length_s=random.uniform(0.014, 0.04)), 0.3),
            (style.perc, sounds.wood(rate, hertz=random.uniform(260, 900)), 0.4),
        )
        for pattern, hit, level in hits:
            for bar in range(LOOP_BARS):
                for step, mark in enumerate(self._varied(pattern, fill=bar == LOOP_BARS - 1)):
                    if mark != ".":
                        self._place(out, hit, bar, step, level * (1.0 if mark == "x" else 0.45))
        return out

    def _varied(self, pattern: str, *, fill: bool) -> str:
        """The pattern with, in a fill, a soft hit more here and there in its last quarter."""
        if not fill or "x" not in pattern:
            return pattern
        marks = [
            m if m != "." or i < 12 or self.random.random() > 0.25 else "o" for i, m in enumerate(pattern)
        ]
        return "".join(marks)

    def _bass(self) -> Signal:
        out = np.zeros(self.frames, dtype=np.float32)
        hits = [step for step, mark in enumerate(self.style.bass) if mark != "."]
        for bar in range(LOOP_BARS):
            root = self._pitch(self.progression[bar], octave=2)
            for place, step in enumerate(hits):
                following = hits[place + 1] if place + 1 < len(hits) else STEPS
                jump = (
                    12
                    if place and self.random.random() < 0.18
                    else 7
                    if place and self.random.random() < 0.15
                    else 0
                )
                tone = sounds.note(
                    self.style.bass_sound, root + jump, (following - step) * self.step_s, self.sound.rate
                )
                self._place(out, tone, bar, step, 1.0 if self.style.bass[step] == "x" else 0.6)
        return out

    def _chords(self) -> Signal:
        out = np.zeros(self.frames, dtype=np.float32)
        stabs = self._pick(((0, 6), (0, 3, 10), (2, 6, 12), (0, 10), (4, 7, 12)))
        for bar in range(LOOP_BARS):
            pitches = [
                self._pitch(self.progression[bar] + 2 * n, octave=4) for n in range(self.style.chord_size)
            ]
            if self.style.chords == "held":
                self._strike(out, pitches, bar, 0, STEPS)
            elif self.style.chords == "stab":
                for step in stabs:
                    self._strike(out, pitches, bar, step, 3)
            else:
                for place, step in enumerate(range(0, STEPS, 2)):
                    self._strike(out, [pitches[place % len(pitches)] + 12 * (place % 4 == 3)], bar, step, 2)
        return out

    def _strike(self, out: Signal, pitches: list[int], bar: int, step: int, steps: int) -> None:
        """A chord, or one note of it. The root leads and a seventh only colours it."""
        for place, pitch in enumerate(pitches):
            # Voices are kept within one octave around middle C, so that chords move little.
            voiced = 55 + (pitch - 55) % 12 if len(pitches) > 1 else pitch
            tone = sounds.note(self.style.chord_sound, voiced, steps * self.step_s, self.sound.rate)
            self._place(out, tone, bar, step, (0.62, 0.42, 0.46, 0.24)[place] if len(pitches) > 1 else 0.8)

    def _lead(self) -> Signal:
        """A pentatonic motif of one bar that begins on the tonic or the fifth; its last repetition differs a little."""
        out = np.zeros(self.frames, dtype=np.float32)
        ladder = PENTATONIC[self.sound.scale]
        rung = int(self.random.choice((0, 0, 3)))
        motif: list[tuple[int, int]] = []
        for step in range(0, STEPS, 2 if self.style.lead_density < 0.3 else 1):
            if step == 0 or self.random.random() < self.style.lead_density * 1.4:
                motif.append((step, rung))
                rung = int(np.clip(rung + self.random.integers(-2, 3), -2, 6))
        for bar in range(LOOP_BARS):
            for step, place in motif:
                moved = place + (int(self.random.integers(-1, 2)) if bar == LOOP_BARS - 1 and step else 0)
                pitch = self._pitch(ladder[moved % 5] + 7 * (moved // 5), octave=5)
                length = self.step_s * float(self.random.choice((2, 3, 4)))
                tone = sounds.note(self.style.lead_sound, pitch, length, self.sound.rate)
                self._place(out, tone, bar, step, 0.8)
        return out

    def _place(self, out: Signal, hit: Signal, bar: int, step: int, level: float) -> None:
        """Adds `hit` at a step; what rings over the end of the loop goes on at its beginning."""
        late = self.style.swing if step % 2 else 0.0
        start = round((bar * STEPS + step + late) * self.step_s * self.sound.rate) % self.frames
        fits = min(hit.size, self.frames - start)
        out[start : start + fits] += level * hit[:fits]
        out[: hit.size - fits] += level * hit[fits:]

    def _pitch(self, degree: int, *, octave: int) -> int:
        steps = SCALES[self.sound.scale]
        root = 12 * (octave + 1) + (self.sound.key if self.sound.key < 8 else self.sound.key - 12)
        return int(root + steps[degree % 7] + 12 * (degree // 7))

    def _pick(self, choices: tuple[T, ...]) -> T:
        return choices[int(self.random.integers(len(choices)))]


def main() -> None:
    """Renders what standard input asks for until it ends."""
    for line in sys.stdin:
        order = json.loads(line)
        path = order.pop("path")
        render(Sound(**order), Path(path))
        print(json.dumps(decode.peaks(path, PEAKS)), flush=True)


if __name__ == "__main__":
    main()
