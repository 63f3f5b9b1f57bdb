"""What demo beats and collections are called and how their makers describe them."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
MARLOS_BEATS: list[str] = _WORDS["marlos_beats"]
COLLECTION_NAMES: list[str] = _WORDS["collections"]
COLLECTION_DESCRIPTIONS: dict[str, str] = _WORDS["collection_descriptions"]
TAGS: dict[str, list[str]] = _WORDS["tags"]
"""Words that fit each genre, by its slug."""

MARLOS_COLLECTIONS: tuple[tuple[str, str, int], ...] = (
    ("Harbour Tapes", "album", 8),
    ("140 & Up", "pack", 7),
    ("Night Drives", "pack", 12),
    ("Rain Sessions", "ep", 6),
    ("Lanterns EP", "ep", 5),
    ("Low Water", "album", 4),
)
"""Name, kind and number of beats; the last one is still to come."""

KEYS = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")


def beat_names(*, seed: int) -> Iterator[str]:
    """The names of everybody's beats but Marlo's, in an order that depends on the seed."""
    names = list(_WORDS["other_beats"])
    random.Random(f"titles {seed}").shuffle(names)
    return iter(names)


def description(dice: random.Random, *, bpm: int, key: int, scale: str) -> str:
    """A few sentences a producer might write under a beat."""
    facts = {"bpm": bpm, "key": KEYS[key], "scale": scale, "Scale": scale.capitalize()}
    sentences = (dice.choice(_WORDS[part]) for part in ("openings", "middles", "closings"))
    chosen = " ".join(sentence for sentence in sentences if sentence)
    return chosen.format(**facts)
