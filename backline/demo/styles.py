"""How each genre sounds in the demo world: tempo, drum patterns, harmony and instruments, as plain data.

A pattern is one bar of sixteen steps: `x` a full hit, `o` a soft one, `.` silence. Chords are scale degrees, 0 the
tonic. The genres are those of the platform's first list, by slug.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Style:
    """One genre's recipe. `bpm` is the range of tempos, `swing` the delay of every second step in parts of a step."""

    bpm: tuple[int, int]
    kick: str
    snare: str
    hat: str
    perc: str = "................"
    swing: float = 0.0
    bass: str = "x.....x...x....."
    bass_sound: str = "sub"
    chords: str = "held"
    chord_sound: str = "pad"
    chord_size: int = 3
    lead_sound: str = "pluck"
    lead_density: float = 0.3
    minor: float = 0.7
    progressions: tuple[tuple[int, ...], ...] = ((0, 5, 3, 4), (0, 3, 5, 4), (0, 5, 2, 6))


SOUL = ((0, 3, 1, 4), (0, 5, 1, 4), (3, 4, 2, 5), (0, 2, 3, 4))
DARK = ((0, 0, 5, 4), (0, 5, 0, 6), (0, 3, 0, 4))
BRIGHT = ((0, 4, 5, 3), (0, 3, 4, 3), (5, 3, 0, 4))
FOUR = "x...x...x...x..."
BACKBEAT = "....x.......x..."
EIGHTHS = "x.o.x.o.x.o.x.o."
SIXTEENTHS = "xoxoxoxoxoxoxoxo"
OFFBEATS = "..x...x...x...x."
DEMBOW = "...x..x....x..x."
BROKEN = "x.....x...x....."

# A table is read by its rows: the formatter would give every step of it a line.
# fmt: off
STYLES: dict[str, Style] = {
    "afrobeats": Style(
        (98, 112), "x..x....x..x....", "...x..x....x..x.", EIGHTHS, "..o..o....o..o..", bass="x..x..x...x.x...",
        chords="stab", chord_sound="keys", lead_sound="marimba", lead_density=0.4, minor=0.5,
        progressions=BRIGHT,
    ),
    "amapiano": Style(
        (110, 115), FOUR, "............x...", OFFBEATS, "x.ox..oxo.x.o.xo", bass="..x..x..x..x.x..",
        bass_sound="log", chords="stab", chord_sound="keys", chord_size=4, lead_density=0.25, progressions=SOUL,
    ),
    "ambient": Style(
        (60, 90), "x...............", "................", "....o.......o...", bass="x...............",
        chord_size=4, lead_sound="bell", lead_density=0.2, minor=0.4, progressions=BRIGHT,
    ),
    "baile-funk": Style(
        (128, 134), "x..x..x.x..x..x.", "....x.......x.x.", "..o...o...o...o.", "x..x..x..x.x.x..",
        bass="x.....x.....x...", chords="stab", chord_sound="organ", lead_sound="square", progressions=DARK,
    ),
    "boom-bap": Style(
        (84, 98), "x......x..x.....", BACKBEAT, EIGHTHS, swing=0.32, bass="x......x..x...o.",
        chord_sound="keys", chord_size=4, lead_sound="bell", lead_density=0.22,
    ),
    "cloud-rap": Style(
        (126, 146), "x.....x...x.....", "........x.......", "x.x.x.xxx.x.x.oo", bass="x.....x...x.....",
        chord_size=4, lead_sound="bell", lead_density=0.3, minor=0.6,
    ),
    "dancehall": Style(
        (94, 104), "x.....x.x.....x.", DEMBOW, EIGHTHS, "....o.......o...", bass="x..x..x.x..x....",
        chords="stab", chord_sound="organ", lead_density=0.25, minor=0.6,
    ),
    "drill": Style(
        (138, 146), "x..x......x.....", "......x.......x.", "x..x..x.x..x..x.", "..............oo",
        bass="x......x..x...x.", bass_sound="glide", lead_sound="bell", lead_density=0.35, minor=0.95,
        progressions=DARK,
    ),
    "drum-and-bass": Style(
        (170, 176), "x.........x.....", BACKBEAT, "x.o.x.oox.o.x.o.", ".......o.o......",
        bass="x.......x..x....", bass_sound="reese", lead_density=0.15, minor=0.85,
    ),
    "dubstep": Style(
        (138, 142), "x.....x.........", "........x.......", "x.o.x.o.xoo.x.o.", bass="x..x..x.....x.x.",
        bass_sound="reese", lead_density=0.12, minor=0.95, progressions=DARK,
    ),
    "electro": Style(
        (122, 132), "x.....x..x......", BACKBEAT, SIXTEENTHS, "..o..o..o..o....", bass="x.xx..x.x.xx..x.",
        bass_sound="saw", chords="stab", lead_sound="square", minor=0.85,
    ),
    "experimental": Style(
        (70, 150), "x....x....x..x..", "...x......x.....", "o.xo..o.x..o.ox.", "..o..x.o....o..x",
        bass_sound="glide", chords="arp", chord_size=4, lead_sound="bell", lead_density=0.45,
    ),
    "footwork": Style(
        (158, 162), "x..x..x.x..x..x.", "....x.......x...", "..x...x...x...x.", "x.x..x.x..x.x.oo",
        chords="stab", chord_sound="keys", chord_size=4, lead_density=0.2,
    ),
    "funk": Style(
        (96, 114), "x..x......x..x..", BACKBEAT, SIXTEENTHS, swing=0.12, bass="x.xx...x.xx..xo.",
        bass_sound="saw", chords="stab", chord_sound="organ", chord_size=4, lead_density=0.2, minor=0.5,
        progressions=SOUL,
    ),
    "garage": Style(
        (130, 136), "x.........x.....", BACKBEAT, "..x..ox...x..ox.", ".......o.......o", swing=0.3,
        bass="x..x..x...x..x..", chords="stab", chord_sound="organ", chord_size=4, progressions=SOUL,
    ),
    "grime": Style(
        (138, 142), "x..x..x...x.....", "........x.......", "..x.o.x...x.o.x.", bass="x..x..x.x..x..x.",
        bass_sound="saw", chords="arp", lead_sound="square", minor=0.95, progressions=DARK,
    ),
    "hip-hop": Style(
        (84, 100), "x..x......x.....", BACKBEAT, "x.x.x.x.x.x.x.xo", swing=0.16, chord_sound="keys",
        lead_density=0.25,
    ),
    "house": Style(
        (118, 126), FOUR, BACKBEAT, OFFBEATS, "...o..o....o..o.", bass="..x...x...x..xx.", bass_sound="saw",
        chords="stab", chord_sound="organ", chord_size=4, lead_density=0.15, progressions=SOUL,
    ),
    "jazz-rap": Style(
        (82, 94), "x.....ox..x.....", BACKBEAT, "x..ox..ox..ox..o", swing=0.34, bass="x...x...x...x.o.",
        chords="stab", chord_sound="keys", chord_size=4, lead_sound="marimba", lead_density=0.35, minor=0.5,
        progressions=SOUL,
    ),
    "jersey-club": Style(
        (134, 142), "x...x...x..x..x.", BACKBEAT, OFFBEATS, "..o.o...o.o.o...", chords="stab",
        lead_sound="bell", minor=0.6, progressions=BRIGHT,
    ),
    "lo-fi": Style(
        (70, 90), "x......x..x.....", BACKBEAT, "x.o.x.o.x.o.x.o.", swing=0.3, bass="x.......x.......",
        chord_sound="keys", chord_size=4, lead_sound="marimba", lead_density=0.2, minor=0.45, progressions=SOUL,
    ),
    "neo-soul": Style(
        (76, 96), "x..o...x..x.....", BACKBEAT, "xooxxooxxooxxoox", swing=0.26, bass="x..o...x.ox.....",
        chords="stab", chord_sound="keys", chord_size=4, lead_density=0.18, minor=0.5, progressions=SOUL,
    ),
    "pop": Style(
        (96, 124), "x...x...x...x.x.", BACKBEAT, EIGHTHS, bass="x.x.x.x.x.x.x.x.", bass_sound="saw",
        lead_density=0.3, minor=0.3, progressions=BRIGHT,
    ),
    "r-and-b": Style(
        (64, 92), "x.....x...x.....", BACKBEAT, "x.xox.x.x.xox.oo", swing=0.1, chord_size=4, chord_sound="keys",
        lead_density=0.2, minor=0.55, progressions=SOUL,
    ),
    "reggaeton": Style(
        (88, 98), FOUR, DEMBOW, EIGHTHS, bass="x..x..x.x..x..x.", chords="arp", lead_density=0.25, minor=0.75,
    ),
    "rock": Style(
        (92, 138), "x.x.....x.x.....", BACKBEAT, EIGHTHS, bass="x.x.x.x.x.x.x.x.", bass_sound="saw",
        chord_sound="organ", lead_sound="square", lead_density=0.2, minor=0.5, progressions=BRIGHT,
    ),
    "soul": Style(
        (80, 104), "x.....x.x.......", BACKBEAT, EIGHTHS, swing=0.14, bass="x..x..x.x...x.o.", chords="stab",
        chord_sound="organ", chord_size=4, lead_density=0.18, minor=0.35, progressions=SOUL,
    ),
    "synthwave": Style(
        (84, 118), FOUR, BACKBEAT, SIXTEENTHS, bass="x.x.x.x.x.x.x.x.", bass_sound="saw", chords="held",
        lead_sound="square", lead_density=0.28, minor=0.8,
    ),
    "techno": Style(
        (126, 136), FOUR, "............o...", OFFBEATS, "..o.x..o..o.x.oo", bass="..xx..xx..xx..xx",
        bass_sound="reese", chords="stab", lead_density=0.1, minor=0.95, progressions=DARK,
    ),
    "trap": Style(
        (130, 160), "x.....x...x..x..", "........x.......", "x.xxx.x.x.xxxxx.", "..............o.",
        bass="x.....x...x..x..", bass_sound="glide", lead_sound="bell", lead_density=0.32, minor=0.9,
    ),
}
# fmt: on
"""Every genre of the platform's first list, by slug."""
