"""Colours of drawn pictures, and the dice that choose among them: the same text always falls the same way."""

from __future__ import annotations

import hashlib
from typing import NamedTuple


class Palette(NamedTuple):
    """Five colours that go together, from the ground to the one bright spot."""

    ground: str
    deep: str
    middle: str
    light: str
    spot: str

    @property
    def is_dark(self) -> bool:
        """Whether the ground is dark, so that light shows on it best."""
        red, green, blue = (int(self.ground[at : at + 2], 16) for at in (1, 3, 5))
        return 3 * red + 6 * green + blue < 10 * 130

    @property
    def ink(self) -> str:
        """The colour that shows best on the ground."""
        return self.light if self.is_dark else self.deep


PALETTES = (
    Palette("#16323c", "#23424a", "#4f9fb8", "#e9dfc8", "#e8593b"),
    Palette("#e5b73b", "#222222", "#8a5a1f", "#fff3d6", "#d1495b"),
    Palette("#0d1726", "#24344d", "#4f6b95", "#c9d6e8", "#ffc857"),
    Palette("#7b1e2b", "#511122", "#b5443f", "#ffe7b5", "#ff9a5c"),
    Palette("#d9d3c4", "#1c1c1c", "#8c8373", "#f6f1e4", "#c8553d"),
    Palette("#265d7e", "#173f58", "#f0803c", "#fff3d6", "#f4b942"),
    Palette("#3c4a3a", "#26332a", "#7d9471", "#e9f0d8", "#ff5a3c"),
    Palette("#1f0a24", "#3f1236", "#8c2b52", "#f6c9c0", "#dd566b"),
    Palette("#29a0a6", "#17808a", "#f3b562", "#f6e7c8", "#e4572e"),
    Palette("#e08b90", "#7c3045", "#c4606c", "#fffbef", "#2f4858"),
    Palette("#1b2340", "#0d1122", "#5467a8", "#dfe4f5", "#f2c14e"),
    Palette("#f1ead9", "#1c1c28", "#3da5d9", "#fffaf0", "#f25f4c"),
    Palette("#2b2d2f", "#191a1b", "#8a5a3a", "#e8d3b8", "#de8642"),
    Palette("#8fa58b", "#38513f", "#5f7f66", "#f4efdc", "#c84a31"),
    Palette("#3b2a5c", "#241840", "#7a5bb0", "#e9ddf7", "#f7b32b"),
    Palette("#c9542c", "#1d2124", "#8d3417", "#f6d9b0", "#2b8a8f"),
)
CHOICES = 4  # palettes that a genre has to choose from


class Dice:
    """Numbers that depend on a text and on nothing else."""

    def __init__(self, *seed: str) -> None:
        self._key = "\n".join(seed).encode()
        self._turn = 0

    def between(self, least: int, most: int) -> int:
        """The next number, `least` and `most` included."""
        self._turn += 1
        digest = hashlib.blake2b(self._key, digest_size=8, salt=self._turn.to_bytes(16, "big")).digest()
        return least + int.from_bytes(digest, "big") % (most - least + 1)


def palette(genre: str, seed: str) -> Palette:
    """A palette for a beat: its genre narrows the choice, so that a genre has a look; the seed decides.

    Without a genre, the seed chooses among all.
    """
    turn = Dice("palette", seed)
    if not genre:
        return PALETTES[turn.between(0, len(PALETTES) - 1)]
    start = Dice("genre", genre)
    first, step = start.between(0, len(PALETTES) - 1), start.between(0, 3) * 2 + 1
    return PALETTES[(first + step * turn.between(0, CHOICES - 1)) % len(PALETTES)]
