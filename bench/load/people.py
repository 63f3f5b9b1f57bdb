"""Artists, each with an account, beats and two collections; in a process where Django is set up on the folder."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from backline.catalog import models
from backline.core import clock
from backline.people import actions as people
from backline.people.models import Artist
from bench.load.mix import WORDS

STATES = ("public",) * 9 + ("private",)
BEFORE = timedelta(days=735)
IN_A_COLLECTION, ONE_TOGETHER_IN = 12, 5


def fill(artists: int, beats: int) -> list[tuple[int, tuple[int, ...], int]]:
    """Makes them, an even number, older than the log; answers each beat's number, its artists and its length in ms."""
    now, chance = clock.now() - BEFORE, random.Random(7)
    owners = [
        people.create_account(f"producer-{n}@example.com", name=f"Producer {n}", password=None, now=now)
        for n in range(artists)
    ]
    made = [
        people.create_artist(owner, name=f"Artist {n}", handle=f"artist-{n}", now=now)
        for n, owner in enumerate(owners)
    ]
    found = []
    for n, artist in enumerate(made):
        found += _catalogue(artist, made[n ^ 1], beats, now, chance)
    return found


def _catalogue(
    artist: Artist, partner: Artist, beats: int, now: datetime, chance: random.Random
) -> list[tuple[int, tuple[int, ...], int]]:
    """One artist's beats; of one in five the partner is the other artist."""
    rows = [_beat(artist, n, now + timedelta(minutes=n), chance) for n in range(beats)]
    genres = list(models.Genre.objects.values_list("pk", flat=True))
    models.Tag.objects.bulk_create(
        models.Tag(beat=beat, name=name, position=place)
        for beat in rows
        for place, name in enumerate(chance.sample(WORDS, 3))
    )
    linked = models.Beat.genres.through
    linked.objects.bulk_create(linked(beat=beat, genre_id=chance.choice(genres)) for beat in rows)
    credited = [[artist, partner] if n % ONE_TOGETHER_IN == 0 else [artist] for n in range(beats)]
    models.Credit.objects.bulk_create(
        models.Credit(
            beat=beat, artist=one, position=place, state="accepted", invited_at=now, answered_at=now
        )
        for beat, named in zip(rows, credited, strict=True)
        for place, one in enumerate(named)
    )
    for kind, first in (("album", 0), ("pack", IN_A_COLLECTION)):
        _collection(artist, kind, rows[first : first + IN_A_COLLECTION], now)
    return [
        (beat.pk, tuple(sorted(one.pk for one in named)), beat.recording.duration_ms)
        for beat, named in zip(rows, credited, strict=True)
    ]


def _beat(artist: Artist, n: int, at: datetime, chance: random.Random) -> models.Beat:
    recording = models.Recording.objects.create(
        artist=artist, file_name="x.wav", original_key=f"recordings/{artist.pk}-{n}/original.wav", container="wav",
        channels=2, rate=44_100, duration_ms=chance.randrange(60_000, 240_000, 1000), size_bytes=1,
        sha256=f"{artist.pk:032x}{n:032x}", peaks=chance.randbytes(1200), created_at=at,
        stream_key=f"recordings/{artist.pk}-{n}/stream.mp3",
    )  # fmt: skip
    return models.Beat.objects.create(
        artist=artist, recording=recording, name=" ".join(chance.sample(WORDS, 2)).title(), bpm=90 + n,
        state=chance.choice(STATES), description="Wide.", key=n % 12, scale="minor", cover_style="rings",
        cover_seed=str(recording.pk), created_at=at, updated_at=at, published_at=at, first_published_at=at,
    )  # fmt: skip


def _collection(artist: Artist, kind: str, beats: list[models.Beat], now: datetime) -> None:
    made = models.Collection.objects.create(
        artist=artist, name=f"The {kind}", kind=kind, state="public", created_at=now, updated_at=now
    )
    models.Entry.objects.bulk_create(
        models.Entry(collection=made, beat=beat, position=place) for place, beat in enumerate(beats)
    )
