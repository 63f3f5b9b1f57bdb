"""Beats as lists show them: three queries for any number of beats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from backline.catalog.covers import Cover, beat_cover
from backline.catalog.models import Beat, BeatQuerySet, Credit
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


def beat_cards(beat_ids: Sequence[int]) -> dict[int, BeatCard]:
    """The cards of these beats, in any state; what was deleted or never was is left out."""
    beats = _listed(Beat.objects.kept().filter(pk__in=beat_ids))
    return {beat.pk: card(beat) for beat in beats}


@dataclass(frozen=True)
class BeatLabel:
    """A beat where only its name is said: with its cover, and the address its members look at."""

    id: int
    name: str
    url: str
    cover: Cover


def beat_labels(beat_ids: Sequence[int]) -> dict[int, BeatLabel]:
    """The labels of these beats, in any state; a draft's address is its form. One query."""
    fields = ("name", "state", "deleted_at", "cover_key", "cover_style", "cover_seed")
    beats = Beat.objects.kept().filter(pk__in=beat_ids).only(*fields)
    return {beat.pk: _label(beat) for beat in beats}


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
    rows = _listed(beats.order_by("-id")[here.start : here.stop])
    return BeatPage([card(beat) for beat in rows], total, here.number, here.pages)


def artist_beats_before(artist_id: int, *, before_id: int | None, limit: int) -> list[BeatCard]:
    """Up to `limit` of the artist's beats that come after the one numbered `before_id`, newest first."""
    beats = beats_of_artist(artist_id)
    if before_id is not None:
        beats = beats.filter(pk__lt=before_id)
    return [card(beat) for beat in _listed(beats.order_by("-id")[:limit])]


def card(beat: Beat) -> BeatCard:
    """The card of a beat that was read with artist, recording and accepted credits."""
    return BeatCard(
        id=beat.pk,
        name=beat.name,
        url=beat.get_absolute_url(),
        cover=beat_cover(beat),
        artists=tuple(CreditedArtist(credit.artist.name, credit.artist.handle) for credit in _credits(beat)),
        bpm=beat.bpm,
        key_name=key_name(beat),
        duration_ms=beat.recording.duration_ms,
        state=beat.state,
        playable=bool(beat.recording.stream_key),
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


def beats_of_artist(artist_id: int) -> BeatQuerySet:
    """The artist's own beats in any state and public ones they are credited on."""
    credited = Credit.objects.filter(artist_id=artist_id, state=Credit.State.ACCEPTED).values("beat_id")
    reach = Q(artist_id=artist_id) | Q(pk__in=credited, state=Beat.State.PUBLIC)
    return Beat.objects.kept().filter(reach)


def _listed(beats: BeatQuerySet) -> Iterable[Beat]:
    accepted = (
        Credit.objects.filter(state=Credit.State.ACCEPTED).select_related("artist").order_by("position")
    )
    named = Prefetch("credits", queryset=accepted, to_attr="accepted_credits")
    return beats.select_related("recording").defer("recording__peaks", "description").prefetch_related(named)


def _credits(beat: Beat) -> list[Credit]:
    found: list[Credit] = beat.accepted_credits  # type: ignore[attr-defined]
    return found
