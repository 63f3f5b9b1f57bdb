"""Synthetic beats with known tempo and key: drums, bass, chords and a tune in the manner of eight kinds of music.

Written for the bench alone: nothing is shared with the demo world's synthesiser or with the analyser. The tempo range
of each kind is the one in which its producers count, so half and double tempo are wrong by convention, not by sound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bench.audio import sounds
from bench.audio.sounds import RATE, Random, Signal

STEPS = 16  # of a bar
BARS = 4  # of a loop
DEGREES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}
PROGRESSIONS = {
    "major": (
        (0, 4, 5, 3),
        (0, 5, 3, 4),
        (0, 3, 4, 4),
        (0, 0, 3, 4),
        (0, 2, 3, 4),
        (0, 1, 4, 0),
        (0, 3, 0, 4),
    ),
    "minor": (
        (0, 5, 2, 6),
        (0, 3, 4, 0),
        (0, 5, 3, 4),
        (0, 6, 5, 6),
        (0, 0, 5, 4),
        (0, 3, 5, 6),
        (0, 0, 3, 3),
    ),
}


@dataclass(frozen=True)
class Kind:
    """A kind of music: tempi it is counted in and the patterns of kick, snare and hat over one bar."""

    name: str
    slowest: int
    fastest: int
    kicks: tuple[str, ...]
    snare: str
    hats: tuple[str, ...]
    swing: float = 0.0


FOUR = ("x...x...x...x...",)
BOOM_BAP = ("x..x..x...x.....", "x......x..x.....", "x.x.......xx....")
TRAP = ("x.....x...x.....", "x..........x..x.", "x...x.....x.....")
DRILL = ("x.....x....x....", "x..x......x.....", "x.........x..x..")
BREAKS = ("x.........x.....", "x.x.......x.....")
SOUL = ("x......xx.......", "x.....x.x.......")
EIGHTHS, SIXTEENTHS = "x.x.x.x.x.x.x.x.", "xxxxxxxxxxxxxxxx"
BACKBEAT = "....x.......x..."
KINDS = (
    Kind("boom bap", 78, 102, BOOM_BAP, BACKBEAT, (EIGHTHS, "x.x.x.xxx.x.x.x."), 0.16),
    Kind("trap", 126, 166, TRAP, "........x.......", (EIGHTHS, "x.x.xxx.x.x.x.xx", SIXTEENTHS)),
    Kind("house", 116, 130, FOUR, BACKBEAT, ("..x...x...x...x.", EIGHTHS, "..x.x.x...x.x.xx"), 0.06),
    Kind("drill", 136, 148, DRILL, "......x.......x.", ("x..x..x.x..x..x.", "x..x..x..x..x.x.")),
    Kind("dancehall", 88, 112, ("x..x..x.x..x..x.", *FOUR), "...x..x....x..x.", (EIGHTHS,)),
    Kind("drum and bass", 164, 180, BREAKS, BACKBEAT, (EIGHTHS, "xxx.xxx.xxx.xxx.")),
    Kind("slow soul", 60, 80, SOUL, BACKBEAT, (EIGHTHS, SIXTEENTHS), 0.1),
    Kind("pop", 96, 136, ("x.......x.x.....", *FOUR), BACKBEAT, (EIGHTHS, *FOUR)),
)


@dataclass(frozen=True)
class Beat:
    """What to render. The tune and the chords come from `loop`, everything else from `rest`."""

    bpm: int
    key: int
    scale: str
    kind: Kind
    loop: int
    rest: int
    length_s: float = 32.0
    loop_gain: float = 1.0


def beats(count: int, seed: int) -> list[Beat]:
    """Beats over all 24 keys and 60 to 180 BPM, each of a kind that is counted in its tempo."""
    random = np.random.default_rng(seed)
    made = []
    for number in range(count):
        bpm = 60 + round(number * 120 / max(count - 1, 1))
        key, scale = number * 7 % 12, ("minor", "major")[(number // 12 + number) % 2]
        fitting = [kind for kind in KINDS if kind.slowest <= bpm <= kind.fastest]
        kind = fitting[int(random.integers(len(fitting)))]
        made.append(Beat(bpm, key, scale, kind, *(int(n) for n in random.integers(1 << 30, size=2))))
    return made


def render(beat: Beat) -> Signal:
    """The beat's samples, mono at `RATE`, at most 0.9 of full scale."""
    loop, rest = np.random.default_rng(beat.loop), np.random.default_rng(beat.rest)
    tune = _Tune(beat, loop)
    parts = {
        "chords": tune.chords(),
        "lead": tune.lead(),
        "bass": tune.bass(rest),
        "drums": _drums(beat, rest),
    }
    levels = {name: rest.uniform(0.6, 1.0) * level for name, level in LEVELS.items()}
    levels |= {name: levels[name] * beat.loop_gain for name in ("chords", "lead")}
    count = int(beat.length_s * RATE)
    mix = rest.normal(0, rest.uniform(0.0002, 0.004), count).astype(np.float32)
    frames = len(parts["drums"])
    for section, start in enumerate(range(0, count, frames)):
        heard = [
            name for name in parts if section % 4 != 0 or name in ("chords", "drums") or rest.random() < 0.6
        ]
        for name in heard:
            piece = parts[name][: count - start]
            mix[start : start + len(piece)] += levels[name] * piece
    mix = np.tanh(mix * rest.uniform(0.9, 1.8))
    return np.asarray(mix * (0.9 / np.abs(mix).max()), dtype=np.float32)


LEVELS = {"chords": 0.35, "lead": 0.25, "bass": 0.5, "drums": 0.8}


class _Tune:
    """The pitched parts over one loop of four bars."""

    def __init__(self, beat: Beat, random: Random) -> None:
        self.beat, self.random = beat, random
        self.step_s = 60 / beat.bpm / 4
        self.cents = random.normal(0, 0.08)
        choices = PROGRESSIONS[beat.scale]
        self.roots = choices[int(random.integers(len(choices)))]

    def chords(self) -> Signal:
        out = _silence(self.beat)
        partials = sounds.timbre(self.random, bright=0.6)
        sustained, seventh = self.random.random() < 0.5, self.random.random() < 0.35
        hits = (0,) if sustained else ((0, 6), (0, 3, 10), (0, 8), (2, 6, 12))[int(self.random.integers(4))]
        for bar, root in enumerate(self.roots):
            degrees = [root, root + 2, root + 4] + ([root + 6] if seventh else [])
            for hit, following in zip(hits, (*hits[1:], STEPS), strict=True):
                for degree in degrees:
                    midi = self._midi(degree, 48 + 12 * (self.beat.key < 6))
                    if self.beat.scale == "minor" and root == 4 and degree == root + 2 and seventh:
                        midi += 1  # the harmonic minor's leading note
                    note = sounds.tone(
                        midi, (following - hit) * self.step_s, partials, attack_s=0.02, decay=0.8
                    )
                    _place(out, note, self.beat, bar, hit)
        return out

    def lead(self) -> Signal:
        out = _silence(self.beat)
        partials = sounds.timbre(self.random, bright=0.9)
        scale = (0, 2, 4, 7, 9) if self.beat.scale == "major" else (0, 3, 5, 7, 10)
        place = int(self.random.integers(5))
        for bar in range(BARS):
            for step in range(0, STEPS, 2):
                if self.random.random() < 0.45:
                    place = int(np.clip(place + self.random.integers(-2, 3), 0, 9))
                    midi = 60 + self.beat.key + scale[place % 5] + 12 * (place // 5) + self.cents
                    length = self.step_s * self.random.integers(1, 5)
                    _place(
                        out,
                        sounds.tone(midi, length, partials, attack_s=0.005, decay=3),
                        self.beat,
                        bar,
                        step,
                    )
        return out

    def bass(self, random: Random) -> Signal:
        out = _silence(self.beat)
        partials = sounds.timbre(random, bright=float(random.uniform(-0.3, 0.8)))
        hits = [step for step, mark in enumerate(self.beat.kind.kicks[0]) if mark == "x"]
        for bar, root in enumerate(self.roots):
            for number, (hit, following) in enumerate(zip(hits, (*hits[1:], STEPS), strict=True)):
                jump = 4 if number and random.random() < 0.2 else 0
                midi = self._midi(root + jump, 24 + 12 * (self.beat.key < 4))
                note = sounds.tone(midi, (following - hit) * self.step_s, partials, attack_s=0.008, decay=1.5)
                _place(out, note, self.beat, bar, hit)
        return out

    def _midi(self, degree: int, base: int) -> float:
        octave, step = divmod(degree, 7)
        return base + self.beat.key + DEGREES[self.beat.scale][step] + 12 * octave + self.cents


def _drums(beat: Beat, random: Random) -> Signal:
    out = _silence(beat)
    kicks = beat.kind.kicks[int(random.integers(len(beat.kind.kicks)))]
    hats = beat.kind.hats[int(random.integers(len(beat.kind.hats)))]
    extra = "".join("x" if random.random() < 0.12 else "." for _ in range(STEPS))
    parts = (
        (kicks, sounds.kick(random), 1.0),
        (beat.kind.snare, sounds.snare(random), 0.8),
        (hats, sounds.hat(random), 0.3),
        (extra, sounds.perc(random), 0.35),
    )
    for pattern, sound, level in parts:
        for bar in range(BARS):
            for step, mark in enumerate(pattern):
                if mark == "x" or (bar == BARS - 1 and step > 11 and random.random() < 0.1):
                    _place(
                        out, sound * level * random.uniform(0.75, 1), beat, bar, step, random.normal(0, 0.003)
                    )
    return out


def _silence(beat: Beat) -> Signal:
    return np.zeros(round(BARS * 4 * 60 / beat.bpm * RATE), np.float32)


def _place(out: Signal, sound: Signal, beat: Beat, bar: int, step: int, late_s: float = 0) -> None:
    """Adds a sound at a step, its end wrapped round to the loop's start."""
    swung = step + (beat.kind.swing if step % 2 else 0)
    at = round(((bar * STEPS + swung) * 60 / beat.bpm / 4 + late_s) * RATE) % len(out)
    sound = sound[: len(out)]
    first = sound[: len(out) - at]
    out[at : at + len(first)] += first
    out[: len(sound) - len(first)] += sound[len(first) :]
