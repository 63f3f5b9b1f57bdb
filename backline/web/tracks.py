"""Beats as rows that can be played, for every public page that lists some; the cost does not grow with the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from backline.audience.queries import liked_beats
from backline.catalog.covers import Cover, beat_cover
from backline.catalog.models import Beat, BeatQuerySet, Credit
from backline.domain import waveform
from backline.domain.music import key_name
from backline.listening.queries import plays_of_beats
from backline.people.models import Account, Artist
from backline.web.sections import known

ROW_BARS = 75
BAR_PITCH = 4
WAVE_HEIGHT = 32


@dataclass(frozen=True)
class Track:
    """One playable row. `wave` is an SVG path (empty until the worker has drawn it).

    `plays` are of all time, None when they cannot be read.
    """

    beat_id: int
    name: str
    address: str
    artists: tuple[Artist, ...]
    cover: Cover
    bpm: int | None
    key: str
    duration_ms: int
    wave: str
    ready: bool
    plays: int | None
    liked: bool


def public_beats() -> BeatQuerySet:
    """Public beats with what a row needs: two queries for any number."""
    credits = Credit.objects.filter(state=Credit.State.ACCEPTED, artist__revoked_at__isnull=True)
    named = Prefetch(
        "credits", queryset=credits.select_related("artist").order_by("position"), to_attr="named_credits"
    )
    return Beat.objects.public().select_related("artist", "recording").prefetch_related(named)


def tracks(beats: Iterable[Beat], *, account: Account | None) -> list[Track]:
    """Rows for beats read through `public_beats`; one query, and one read of plays."""
    beats = list(beats)
    ids = [beat.pk for beat in beats]
    plays = known("plays", lambda: plays_of_beats(ids)) or {}
    liked = liked_beats(ids, account_id=account.pk if account else None)
    return [_track(beat, plays=plays.get(beat.pk), liked=beat.pk in liked) for beat in beats]


def wave_of(beat: Beat, *, bars: int) -> str:
    """The waveform as an SVG path in a box of `bars * 4` by 32; empty until the worker has measured it."""
    peaks = beat.recording.peaks
    return waveform.path(bytes(peaks), count=bars, height=WAVE_HEIGHT, pitch=BAR_PITCH) if peaks else ""


def in_order(ids: Sequence[int], beats: Iterable[Beat]) -> list[Beat]:
    """The beats in the order of `ids`; ids without a beat are left out."""
    found = {beat.pk: beat for beat in beats}
    return [found[beat_id] for beat_id in ids if beat_id in found]


def _track(beat: Beat, *, plays: int | None, liked: bool) -> Track:
    named: list[Credit] = beat.named_credits  # type: ignore[attr-defined]
    return Track(
        beat_id=beat.pk,
        name=beat.name,
        address=beat.get_absolute_url(),
        artists=tuple(credit.artist for credit in named) or (beat.artist,),
        cover=beat_cover(beat),
        bpm=beat.bpm,
        key=key_name(beat.key, beat.scale) if beat.key is not None and beat.scale else "",
        duration_ms=beat.recording.duration_ms,
        wave=wave_of(beat, bars=ROW_BARS),
        ready=bool(beat.recording.stream_key),
        plays=plays,
        liked=liked,
    )
