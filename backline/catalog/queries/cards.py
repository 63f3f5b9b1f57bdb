"""Beats as lists show them: one query for any number of beats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from backline.catalog.covers import Cover, beat_cover
from backline.catalog.models import Beat, BeatQuerySet, Credit
from backline.core import sql
from backline.core.paging import page_of
from backline.domain import music


@dataclass(frozen=True)
class CreditedArtist:
    """An artist as a line of names shows them."""

    name: str
    handle: str

    @property
    def url(self) -> str:
        """The address of the public profile."""
        return f"/@{self.handle}/"


@dataclass(frozen=True)
class BeatCard:
    """A beat in a list. `key_name` is empty and `bpm` None while unknown; `playable` once its stream is encoded."""

    id: int
    name: str
    url: str
    cover: Cover
    artists: tuple[CreditedArtist, ...]
    bpm: int | None
    key_name: str
    duration_ms: int
    state: str
    playable: bool
    first_published_at: datetime | None
    published_at: datetime | None
    updated_at: datetime

    @property
    def is_public(self) -> bool:
        """Whether everybody may hear it."""
        return self.state == Beat.State.PUBLIC

    @property
    def edit_url(self) -> str:
        """The address of the beat form, for members."""
        return f"/backstage/beats/{self.id}/"


@dataclass(frozen=True)
class BeatPage:
    """One page of a list of beats; `number` counts from 1."""

    cards: list[BeatCard]
    total: int
    number: int
    pages: int


# In the order of the model's columns, as `from_db` wants them.
_LABEL_FIELDS = ("id", "name", "state", "cover_key", "cover_style", "cover_seed", "deleted_at")
_LABELS = f"SELECT {', '.join(_LABEL_FIELDS)} FROM catalog_beat WHERE deleted_at IS NULL"
_BEAT_FIELDS = (
    *("id", "name", "state", "bpm", "key", "scale", "cover_key", "cover_style", "cover_seed"),
    *("updated_at", "published_at", "first_published_at", "deleted_at"),
)
_CARDS = f"""
SELECT {", ".join(f"beat.{name}" for name in _BEAT_FIELDS)}, recording.duration_ms, recording.stream_key,
    artist.name, artist.handle
FROM catalog_beat beat JOIN catalog_recording recording ON recording.id = beat.recording_id
LEFT JOIN catalog_credit credit ON credit.beat_id = beat.id AND credit.state = 'accepted'
LEFT JOIN people_artist artist ON artist.id = credit.artist_id
WHERE beat.deleted_at IS NULL AND beat.id IN ({{ids}})
ORDER BY beat.id, credit.position
"""


def beat_cards(beat_ids: Sequence[int]) -> dict[int, BeatCard]:
    """The cards of these beats, in any state, in this order; what was deleted or never was is left out. One query."""
    if not beat_ids:
        return {}
    rows: dict[int, tuple[Any, ...]] = {}
    artists: defaultdict[int, list[CreditedArtist]] = defaultdict(list)
    for *row, name, handle in sql.rows(_CARDS.format(ids=sql.marks(beat_ids)), *beat_ids):
        rows[row[0]] = tuple(row)
        if handle is not None:
            artists[row[0]].append(CreditedArtist(name, handle))
    return {number: _card(rows[number], tuple(artists[number])) for number in beat_ids if number in rows}


@dataclass(frozen=True)
class BeatLabel:
    """A beat where only its name is said: with its cover, and the address its members look at."""

    id: int
    name: str
    url: str
    cover: Cover


def beat_labels(beat_ids: Sequence[int]) -> dict[int, BeatLabel]:
    """The labels of these beats, in any state; a draft's address is its form. One query."""
    if not beat_ids:
        return {}
    found = sql.rows(f"{_LABELS} AND id IN ({sql.marks(beat_ids)})", *beat_ids)
    return {row[0]: _label(Beat.from_db("default", _LABEL_FIELDS, row)) for row in found}


def artist_beats(
    artist_id: int, *, page: int = 1, size: int = 20, state: str = "", search: str = ""
) -> BeatPage:
    """The artist's own beats in any state and public ones they are credited on, newest first.

    `search` looks in names. A page beyond the end is the last.
    """
    beats = beats_of_artist(artist_id)
    if state:
        beats = beats.filter(state=state)
    if search:
        beats = beats.filter(name__icontains=search)
    total = beats.count()
    here = page_of(total, page=page, size=size)
    return BeatPage(_cards(beats.order_by("-id")[here.start : here.stop]), total, here.number, here.pages)


def artist_beats_before(artist_id: int, *, before_id: int | None, limit: int) -> list[BeatCard]:
    """Up to `limit` of the artist's beats that come after the one numbered `before_id`, newest first."""
    beats = beats_of_artist(artist_id)
    if before_id is not None:
        beats = beats.filter(pk__lt=before_id)
    return _cards(beats.order_by("-id")[:limit])


def _cards(beats: BeatQuerySet) -> list[BeatCard]:
    return list(beat_cards(list(beats.values_list("id", flat=True))).values())


def _card(row: tuple[Any, ...], artists: tuple[CreditedArtist, ...]) -> BeatCard:
    *values, duration_ms, stream_key = row
    beat = Beat.from_db("default", _BEAT_FIELDS, sql.instants(values))
    return BeatCard(
        id=beat.pk,
        name=beat.name,
        url=beat.get_absolute_url(),
        cover=beat_cover(beat),
        artists=artists,
        bpm=beat.bpm,
        key_name=key_name(beat),
        duration_ms=duration_ms,
        state=beat.state,
        playable=bool(stream_key),
        first_published_at=beat.first_published_at,
        published_at=beat.published_at,
        updated_at=beat.updated_at,
    )


def key_name(beat: Beat) -> str:
    """The beat's key in words, only the pitch while the scale is unknown, empty while the key is."""
    if beat.key is None:
        return ""
    return music.key_name(beat.key, beat.scale) if beat.scale else music.pitch_name(beat.key)


def _label(beat: Beat) -> BeatLabel:
    url = beat.get_absolute_url() if beat.is_public else f"/backstage/beats/{beat.pk}/"
    return BeatLabel(beat.pk, beat.name, url, beat_cover(beat))


# What `beats_of_artist` finds, for plain SQL: the artist's number three times.
LISTED = """
beat.deleted_at IS NULL AND (beat.artist_id = %s OR beat.state = 'public') AND beat.id IN (
    SELECT id FROM catalog_beat WHERE artist_id = %s
    UNION SELECT beat_id FROM catalog_credit WHERE artist_id = %s AND state = 'accepted')
"""


def beats_of_artist(artist_id: int) -> BeatQuerySet:
    """The artist's own beats in any state and public ones they are credited on."""
    credited = Credit.objects.filter(artist_id=artist_id, state=Credit.State.ACCEPTED).values("beat_id")
    reach = Q(artist_id=artist_id) | Q(pk__in=credited, state=Beat.State.PUBLIC)
    return Beat.objects.kept().filter(reach)
