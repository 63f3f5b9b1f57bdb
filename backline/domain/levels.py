"""Levels: how much XP each needs, and what a producer of that level is called.

Level n needs 100 * (n - 1) ** 1.5 XP, rounded, computed in whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt

HIGHEST = 100
TITLES_FROM = (
    (1, "Novice"),
    (3, "Apprentice"),
    (5, "Intermediate"),
    (7, "Skilled"),
    (10, "Experienced"),
    (15, "Advanced"),
    (20, "Professional"),
    (30, "Expert"),
    (40, "Master"),
    (50, "Legendary"),
)


@dataclass(frozen=True)
class Standing:
    """Where some XP stands: its level, the XP at which that began, and at which the next begins (None at the top)."""

    xp: int
    level: int
    title: str
    from_xp: int
    next_xp: int | None

    @property
    def xp_to_next(self) -> int | None:
        """How much is missing to the next level; None at the top."""
        return None if self.next_xp is None else self.next_xp - self.xp

    @property
    def progress_bp(self) -> int:
        """How far through the level, 0 to 10,000; always full at the top."""
        if self.next_xp is None:
            return 10_000
        return (self.xp - self.from_xp) * 10_000 // (self.next_xp - self.from_xp)


def xp_needed(level: int) -> int:
    """The XP at which a level begins.

    >>> [xp_needed(level) for level in (1, 2, 3, 10, 100)]
    [0, 100, 283, 2700, 98504]

    Raises:
        ValueError: there is no such level.
    """
    if not 1 <= level <= HIGHEST:
        raise ValueError(f"levels go from 1 to {HIGHEST}")
    return (isqrt(40_000 * (level - 1) ** 3) + 1) // 2


def level_of(xp: int) -> int:
    """The level that some XP reaches; it ends at 100 while XP goes on. Reversals may leave XP below 0: level 1."""
    level = 1
    while level < HIGHEST and xp_needed(level + 1) <= xp:
        level += 1
    return level


def title(level: int) -> str:
    """What a producer of a level is called.

    >>> title(1), title(50)
    ('Novice Producer', 'Legendary Producer')
    """
    return next(name for least, name in reversed(TITLES_FROM) if level >= least) + " Producer"


def standing(xp: int) -> Standing:
    """Everything a level strip shows.

    >>> standing(150)
    Standing(xp=150, level=2, title='Novice Producer', from_xp=100, next_xp=283)
    """
    xp = max(xp, 0)
    level = level_of(xp)
    next_xp = xp_needed(level + 1) if level < HIGHEST else None
    return Standing(xp, level, title(level), xp_needed(level), next_xp)
