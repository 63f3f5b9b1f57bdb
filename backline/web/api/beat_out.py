"""A beat as the API shows it to its members."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Schema

from backline.catalog import queries as catalog
from backline.catalog.covers import beat_cover
from backline.catalog.fields import fields_of
from backline.catalog.models import Beat, Recording
from backline.catalog.queries.cards import BeatCard, key_name


class ArtistOut(Schema):
    """An artist, with the address of the public profile."""

    handle: str
    name: str
    url: str


class StepOut(Schema):
    """A step of processing: `state` is waiting, running, done or failed; `reason` says why it failed."""

    kind: str
    state: str
    reason: str


class TempoOut(Schema):
    """A tempo that was heard; `confidence` from 0 to 1."""

    bpm: int
    confidence: float


class KeyOut(Schema):
    """A key that was heard: semitones above C and scale; `confidence` from 0 to 1."""

    key: int
    scale: str
    confidence: float


class AnalysisOut(Schema):
    """What was measured from the audio, likeliest first; empty and null until the worker has listened."""

    tempi: list[TempoOut]
    keys: list[KeyOut]
    loudness_lufs: float | None
    true_peak_dbtp: float | None


class BeatOut(Schema):
    """A beat. `key` counts semitones above C; `missing` names the fields that publishing waits for."""

    id: int
    state: str
    name: str
    url: str
    edit_url: str
    cover_url: str
    artist: ArtistOut
    description: str
    genres: list[str]
    tags: list[str]
    bpm: int | None
    key: int | None
    scale: str | None
    key_name: str | None
    sample_status: str | None
    sample_note: str
    ai_declaration: str | None
    ai_tool: str
    ai_note: str
    ai_rights: bool
    licensing: str
    licensing_complete: bool
    duration_ms: int
    file_name: str
    playable: bool
    missing: list[str]
    processing: list[StepOut]
    analysis: AnalysisOut
    created_at: datetime
    updated_at: datetime
    scheduled_at: datetime | None
    published_at: datetime | None
    first_published_at: datetime | None


class BeatRow(Schema):
    """A beat in a list. `artists` are those whose credit is accepted."""

    id: int
    state: str
    name: str
    url: str
    cover_url: str
    artists: list[ArtistOut]
    bpm: int | None
    key_name: str | None
    duration_ms: int
    playable: bool
    published_at: datetime | None
    first_published_at: datetime | None
    updated_at: datetime


# long: one line for each field of the answer
def beat_out(request: HttpRequest, beat: Beat) -> BeatOut:
    """The whole beat, read again where it may have changed. Four queries for a beat with artist and recording."""
    fields = fields_of(beat)
    steps = [
        StepOut(kind=step.kind, state=step.state, reason=step.note if step.can_retry else "")
        for step in catalog.processing(beat.recording_id)
    ]
    return BeatOut(
        id=beat.pk,
        state=beat.state,
        name=beat.name,
        url=request.build_absolute_uri(beat.get_absolute_url()),
        edit_url=request.build_absolute_uri(f"/backstage/beats/{beat.pk}/"),
        cover_url=request.build_absolute_uri(beat_cover(beat).large),
        artist=_artist(request, beat.artist.handle, beat.artist.name),
        description=fields.description,
        genres=list(fields.genres),
        tags=list(fields.tags),
        bpm=fields.bpm,
        key=fields.key,
        scale=fields.scale or None,
        key_name=key_name(beat) or None,
        sample_status=fields.sample_status or None,
        sample_note=fields.sample_note,
        ai_declaration=fields.ai_declaration or None,
        ai_tool=fields.ai_tool,
        ai_note=fields.ai_note,
        ai_rights=fields.ai_rights,
        licensing=fields.licensing,
        licensing_complete=beat.licensing_complete,
        duration_ms=beat.recording.duration_ms,
        file_name=beat.recording.file_name,
        playable=bool(beat.recording.stream_key),
        missing=[part.field for part in fields.missing() + catalog.hindrances(beat)],
        processing=steps,
        analysis=_analysis(beat.recording),
        created_at=beat.created_at,
        updated_at=beat.updated_at,
        scheduled_at=beat.scheduled_at,
        published_at=beat.published_at,
        first_published_at=beat.first_published_at,
    )


def _analysis(recording: Recording) -> AnalysisOut:
    return AnalysisOut(
        tempi=[TempoOut(bpm=bpm, confidence=sure) for bpm, sure in recording.tempi],
        keys=[KeyOut(key=key, scale=scale, confidence=sure) for key, scale, sure in recording.keys],
        loudness_lufs=recording.loudness_lufs,
        true_peak_dbtp=recording.true_peak_dbtp,
    )


def beat_row(request: HttpRequest, card: BeatCard) -> BeatRow:
    """A line of a list."""
    return BeatRow(
        id=card.id,
        state=card.state,
        name=card.name,
        url=request.build_absolute_uri(card.url),
        cover_url=request.build_absolute_uri(card.cover.medium),
        artists=[_artist(request, artist.handle, artist.name) for artist in card.artists],
        bpm=card.bpm,
        key_name=card.key_name or None,
        duration_ms=card.duration_ms,
        playable=card.playable,
        published_at=card.published_at,
        first_published_at=card.first_published_at,
        updated_at=card.updated_at,
    )


def _artist(request: HttpRequest, handle: str, name: str) -> ArtistOut:
    return ArtistOut(handle=handle, name=name, url=request.build_absolute_uri(f"/@{handle}/"))
