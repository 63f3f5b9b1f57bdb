"""An invented platform as arrays: who made which beats, who listens, how, and when. The same seed, the same world."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from backline.listening.store.packed import pack_intervals
from backline.listening.store.rows import Flag, TermKind

Array = np.ndarray[Any, np.dtype[Any]]
DAY_MS = 24 * 3_600_000
DAYS = 730
FIRST_DAY = 20_028  # 1 November 2024, counted from 1970
ARTISTS, BEATS, LISTENERS = 100_000, 1_000_000, 2_000_000
DUOS = 50_000
SIGNED_OUT, PORTION = 0.3, 200_000
TERMS = (
    (TermKind.DEVICE, ("desktop", "mobile", "tablet", "tv")),
    (TermKind.PLATFORM, ("Windows", "macOS", "iOS", "Android", "Linux")),
    (TermKind.BROWSER, ("Chrome", "Safari", "Firefox", "Edge")),
    (
        TermKind.COUNTRY,
        ("US", "DE", "GB", "FR", "GH", "NG", "JP", "BR", "SE", "NL", "ZA", "CA", "AU", "IT", "ES"),
    ),
    (
        TermKind.SOURCE,
        ("profile", "discover", "search", "playlist", "embed", "direct", "external:example.org"),
    ),
)


@dataclass(frozen=True)
class World:
    """The fixed part. Artist n has set number n; the pairs in `duos` have the numbers after `ARTISTS`, in order."""

    artist_of: Array
    """By beat number minus one."""
    set_of: Array
    length_ms: Array
    duos: list[tuple[int, int]]


def make_world(seed: int) -> World:
    """100,000 artists, most with a few beats and some with many, one beat in twenty by two of them."""
    rng = np.random.default_rng(seed)
    artist_of = zipf(rng, ARTISTS, BEATS, 0.6)
    set_of = artist_of.copy()
    shared = rng.choice(BEATS, DUOS, replace=False)
    guests = rng.integers(1, ARTISTS + 1, DUOS)
    guests = np.where(guests == artist_of[shared], guests % ARTISTS + 1, guests)
    numbers: dict[tuple[int, int], int] = {}
    for beat, guest in zip(shared.tolist(), guests.tolist(), strict=True):
        own = int(artist_of[beat])
        set_of[beat] = numbers.setdefault((min(own, guest), max(own, guest)), ARTISTS + 1 + len(numbers))
    return World(artist_of, set_of, rng.integers(60, 241, BEATS) * 1000, list(numbers))


def zipf(rng: np.random.Generator, most: int, count: int, power: float) -> Array:
    """Numbers from 1 to `most`, the low ones more often: the n-th about n ** -power times as often as the first."""
    ranks = (rng.random(count) * (float(most) ** (1 - power) - 1) + 1) ** (1 / (1 - power))
    numbers: Array = np.minimum(ranks.astype(np.int64), most)
    return numbers


def listens(world: World, *, total: int, seed: int) -> Iterator[list[tuple[Any, ...]]]:
    """Rows of the log in the order of `FinalListen`, in portions, spread evenly over two years in order of time."""
    rng = np.random.default_rng(seed + 1)
    heard = [pack_intervals([(0, tenths * 100)]) for tenths in range(2_401)]
    span_ms = DAYS * DAY_MS
    for first in range(0, total, PORTION):
        count = min(PORTION, total - first)
        places = np.arange(first, first + count)
        started = FIRST_DAY * DAY_MS + (places * (span_ms / total)).astype(np.int64)
        yield _rows(world, rng, started, heard)


def _rows(
    world: World, rng: np.random.Generator, started: Array, heard: list[bytes]
) -> list[tuple[Any, ...]]:
    count = len(started)
    # The popular beats are spread over all artists: a permutation by a multiplier that shares no factor with BEATS.
    beats = zipf(rng, BEATS, count, 0.95) * 7_919_003 % BEATS + 1
    accounts = zipf(rng, LISTENERS, count, 0.75)
    visitors = -(rng.integers(1, 1 + max(20, count // 8), count))
    listeners = np.where(rng.random(count) < SIGNED_OUT, visitors, accounts)
    addresses = np.abs(listeners) % 50_000 + 1
    networks = np.where(listeners < 0, addresses % 5_000 + 1, 0)
    length = world.length_ms[beats - 1]
    part = np.minimum(rng.random(count) * 1.5, 1.0)
    tenths = np.minimum((length * part).astype(np.int64) // 100, 2_400)
    heard_ms = tenths * 100
    flags = rng.choice(
        [0, int(Flag.ROBOT), int(Flag.OWN_TEAM), int(Flag.UNPROVEN)], count, p=[0.955, 0.03, 0.005, 0.01]
    )
    days, hours = started // DAY_MS, started % DAY_MS // 3_600_000
    terms = [_terms(rng, count, kind) for kind in range(len(TERMS))]
    ids = rng.bytes(16 * count)
    return list(
        zip(
            (ids[16 * n : 16 * n + 16] for n in range(count)),
            *(column.tolist() for column in (beats, world.set_of[beats - 1], listeners, addresses, networks)),
            *(column.tolist() for column in (days, hours, started, started + heard_ms)),
            *(column.tolist() for column in (heard_ms, heard_ms, heard_ms, length, flags)),
            *(column.tolist() for column in terms),
            (heard[place] for place in tenths.tolist()),
            strict=True,
        )
    )


def _terms(rng: np.random.Generator, count: int, kind: int) -> Array:
    """Numbers of one dimension's terms; they were given in the order of `TERMS`."""
    before = sum(len(words) for _, words in TERMS[:kind])
    return zipf(rng, len(TERMS[kind][1]), count, 0.8) + before
