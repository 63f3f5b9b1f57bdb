"""Whom an artist might make beats with: facts that two catalogues share, and nothing made of them.

A catalogue's tempo is its median, its keys are minor or major when three in five are. There is no score: who has more
genres in common comes first, then who shares more of the other facts, then the larger catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median_low

MOST = 6
NAMED_GENRES = 3
NEAR_BPM = 6
MOSTLY_BP = 6_000
ENOUGH_BEATS = 3  # public, with a genre


@dataclass(frozen=True)
class Catalogue:
    """What is known of an artist's public beats. `genres` are most used first; `bpm` and `scale` may be unknown."""

    artist_id: int
    beats: int
    genres: tuple[str, ...]
    bpm: int | None
    scale: str
    partners: frozenset[int]


@dataclass(frozen=True)
class Match:
    """An artist with the facts that it shares: up to three of `shared_genres`, tempo, scale, size, partners."""

    artist_id: int
    beats: int
    genres: tuple[str, ...]
    shared_genres: int
    bpm: int | None
    scale: str
    is_alike_in_size: bool
    partners: tuple[int, ...]

    @property
    def facts(self) -> int:
        """How many things are shared beside genres."""
        return sum((self.bpm is not None, bool(self.scale), self.is_alike_in_size, bool(self.partners)))


def catalogue(
    artist_id: int,
    *,
    genres: Sequence[str],
    beats: Sequence[tuple[int | None, str]],
    partners: Iterable[int] = (),
) -> Catalogue:
    """From the genres, most used first, and the BPM and scale of every public beat.

    >>> found = catalogue(7, genres=["trap"], beats=[(140, "minor"), (142, "minor"), (90, "major"), (None, "")])
    >>> found.bpm, found.scale
    (140, 'minor')
    """
    tempi = [bpm for bpm, _ in beats if bpm is not None]
    scales = [scale for _, scale in beats if scale]
    mostly = next(
        (one for one in ("minor", "major") if scales.count(one) * 10_000 >= len(scales) * MOSTLY_BP), ""
    )
    return Catalogue(
        artist_id=artist_id,
        beats=len(beats),
        genres=tuple(genres),
        bpm=median_low(tempi) if tempi else None,
        scale=mostly if scales else "",
        partners=frozenset(partners),
    )


def matches(mine: Catalogue, others: Iterable[Catalogue]) -> list[Match]:
    """At most six, the closest first; those without a genre in common are left out.

    >>> mine = Catalogue(1, 4, ("trap", "drill"), 140, "minor", frozenset({9}))
    >>> near = Catalogue(2, 5, ("drill", "trap"), 144, "minor", frozenset({9}))
    >>> far = Catalogue(3, 90, ("trap",), 90, "", frozenset())
    >>> [(one.artist_id, one.genres, one.facts) for one in matches(mine, [far, near])]
    [(2, ('drill', 'trap'), 4), (3, ('trap',), 0)]
    """
    found = [_match(mine, one) for one in others if set(mine.genres) & set(one.genres)]
    found.sort(key=lambda one: (-one.shared_genres, -one.facts, -one.beats, one.artist_id))
    return found[:MOST]


def _match(mine: Catalogue, other: Catalogue) -> Match:
    shared = [genre for genre in other.genres if genre in mine.genres]
    tempi = (mine.bpm, other.bpm)
    is_near = None not in tempi and abs((mine.bpm or 0) - (other.bpm or 0)) <= NEAR_BPM
    return Match(
        artist_id=other.artist_id,
        beats=other.beats,
        genres=tuple(shared[:NAMED_GENRES]),
        shared_genres=len(shared),
        bpm=other.bpm if is_near else None,
        scale=mine.scale if mine.scale == other.scale else "",
        is_alike_in_size=max(mine.beats, other.beats) <= 2 * min(mine.beats, other.beats),
        partners=tuple(sorted(mine.partners & other.partners)),
    )
