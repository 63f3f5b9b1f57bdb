"""An artist with many beats, heard unevenly, filled past the product's actions."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, timedelta

DAYS, TAGS, PARTNERS = 60, 3, 40
WORDS = (
    *("glass", "harbour", "night", "velvet", "static", "sun", "wave", "echo", "paper", "lantern", "copper"),
    *("ghost", "river", "tide", "neon", "dust", "marble", "orbit", "signal", "winter", "café", "łódź", "808"),
)
STATES = ("public",) * 8 + ("draft", "private")


def fill(beats: int) -> int:
    """Makes artist and catalogue with plays of the last 60 complete days; returns the number of the owner's account."""
    from backline.core import clock
    from backline.people import actions as people

    now, chance = clock.now(), random.Random(7)
    owner = people.create_account("owner@example.com", name="Owner", password="-", now=now, is_staff=True)
    artist = people.create_artist(owner, name="Marlo Vane", handle="marlo-vane", now=now)
    other = people.create_account("other@example.com", name="Other", password="-", now=now, is_staff=True)
    partners = [
        people.create_artist(other, name=f"Partner {n}", handle=f"partner-{n}", now=now)
        for n in range(PARTNERS)
    ]
    ids = _catalogue(artist.pk, [one.pk for one in partners], beats, now, chance)
    _plays(ids, now.date(), chance)
    return owner.pk


def _catalogue(
    artist: int, partners: list[int], beats: int, now: datetime, chance: random.Random
) -> list[int]:
    from backline.catalog import models

    genres = list(models.Genre.objects.values_list("pk", flat=True))
    made = [now - timedelta(minutes=17 * n) for n in range(beats)]
    recordings = models.Recording.objects.bulk_create(
        models.Recording(artist_id=artist, file_name="x.wav", original_key=f"recordings/{n}/original.wav",
            container="wav", channels=2, rate=44_100, duration_ms=chance.randrange(60_000, 240_000), size_bytes=1,
            sha256=f"{n:064x}", peaks=bytes(1200), stream_key=f"recordings/{n}/stream.mp3", created_at=at)
        for n, at in enumerate(made)
    )  # fmt: skip
    rows = models.Beat.objects.bulk_create(
        models.Beat(artist_id=artist, recording=recording, name=" ".join(chance.sample(WORDS, 2)).title(),
            state=chance.choice(STATES), description=chance.choice(("", "Wide.")), bpm=chance.choice((None, 90, 140)),
            key=chance.randrange(12), scale="minor", cover_style="rings", cover_seed=str(recording.pk),
            created_at=recording.created_at, updated_at=recording.created_at, published_at=recording.created_at,
            first_published_at=recording.created_at)
        for recording in recordings
    )  # fmt: skip
    models.Tag.objects.bulk_create(
        models.Tag(beat=beat, name=name, position=place)
        for beat in rows for place, name in enumerate(chance.sample(WORDS, chance.randrange(TAGS + 1)))
    )  # fmt: skip
    models.Beat.genres.through.objects.bulk_create(
        models.Beat.genres.through(beat=beat, genre_id=chance.choice(genres)) for beat in rows
    )
    credit = {"state": "accepted", "invited_at": now, "answered_at": now}
    models.Credit.objects.bulk_create(
        models.Credit(beat=beat, artist_id=one, position=place, **credit)
        for n, beat in enumerate(rows)
        for place, one in enumerate([artist, partners[n % PARTNERS]] if n % 5 == 0 else [artist])
    )
    return [beat.pk for beat in rows]


def _plays(beats: list[int], today: date, chance: random.Random) -> None:
    """Beats are heard on as many days as their place in a Zipf-like order lets them be."""
    from backline.listening.calendar import to_number
    from backline.listening.store import open_store

    open_store()
    store = sqlite3.connect(os.path.join(os.environ["BACKLINE_DATA"], "listening.sqlite3"))
    days, totals = [], []
    for beat in beats:
        heard = sorted(chance.sample(range(1, DAYS + 1), min(DAYS, int(DAYS * chance.random() ** 3) + 1)))
        plays = [chance.randrange(1, 20) for _ in heard]
        days += [
            (beat, to_number(today - timedelta(days=back)), many)
            for back, many in zip(heard, plays, strict=True)
        ]
        totals.append((beat, sum(plays)))
    _insert(store, "beat_day", ("beat_id", "day", "plays"), days)
    _insert(store, "beat_total", ("beat_id", "plays"), totals)
    store.commit()
    store.close()


def _insert(
    store: sqlite3.Connection, name: str, given: tuple[str, ...], rows: Sequence[tuple[int, ...]]
) -> None:
    """Rows with these columns; the others are empty."""
    columns = [(row[1], row[2]) for row in store.execute(f"PRAGMA table_info({name})")]
    others = [(column, "x''" if kind == "BLOB" else "0") for column, kind in columns if column not in given]
    names = ", ".join([*given, *(column for column, _ in others)])
    values = ", ".join([*("?" for _ in given), *(blank for _, blank in others)])
    store.executemany(f"INSERT INTO {name} ({names}) VALUES ({values})", rows)
